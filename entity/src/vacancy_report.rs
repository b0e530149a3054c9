//! Reports of vacancies (空き情報).

use crate::enums::{Audience, VacancyStatus};
use sea_orm::entity::prelude::*;

/// One row is a report of vacancies (空き情報) of a service of a facility; older ones are kept.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "vacancy_report")]
pub struct Model {
    /// Internal key; it never leaves the program.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Public id.
    pub uuid: Uuid,
    /// References `resource.id`: the facility.
    pub resource_id: i64,
    /// Code of the service, as in `care_service.service_code`; empty: the whole facility.
    pub service_code: String,
    /// Status (空き状況).
    pub status: VacancyStatus,
    /// Free places (空き人数); null: not said.
    pub places: Option<i32>,
    /// First day in Asia/Tokyo the report speaks of (対象期間の初日); null: from now.
    pub period_from: Option<Date>,
    /// Last day in Asia/Tokyo the report speaks of (対象期間の末日); null: not said.
    pub period_to: Option<Date>,
    /// Remarks (備考); null: none.
    pub note: Option<String>,
    /// Audience (閲覧範囲).
    pub audience: Audience,
    /// When it was reported (報告日時), in milliseconds since 1970 UTC.
    pub reported_at: i64,
    /// From when on the status counts as unknown (有効期限), in milliseconds since 1970 UTC: seven days after the
    /// report, or the end of `period_to` if that is earlier.
    pub expires_at: i64,
    /// Subject that reported it, as in `audit_entry.subject`.
    pub reported_by: String,
}

/// The rows that a row refers to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The facility.
    #[sea_orm(
        belongs_to = "super::resource::Entity",
        from = "Column::ResourceId",
        to = "super::resource::Column::Id"
    )]
    Resource,
}

impl ActiveModelBehavior for ActiveModel {}
