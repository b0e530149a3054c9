//! Whether a facility takes people with a care need (医療ニーズの受け入れ).

use crate::enums::{AcceptanceAnswer, Audience, CareNeed};
use sea_orm::entity::prelude::*;

/// One row is the answer of a service of a facility to one care need (医療ニーズの受け入れ).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "medical_acceptance")]
pub struct Model {
    /// Internal key; it never leaves the program.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Public id: a UUIDv5 of facility, service and need.
    pub uuid: Uuid,
    /// References `resource.id`: the facility.
    pub resource_id: i64,
    /// Code of the service, as in `care_service.service_code`; empty: the whole facility.
    pub service_code: String,
    /// Care need (医療ニーズ).
    pub need: CareNeed,
    /// Answer (受け入れの可否).
    pub answer: AcceptanceAnswer,
    /// Conditions in words; null: none.
    pub conditions: Option<String>,
    /// Whether a nurse is there at night (夜間の看護職員); null: not said.
    pub night_nurse: Option<bool>,
    /// Most persons with such needs (受け入れ人数の上限); null: not said.
    pub max_persons: Option<i32>,
    /// Day in Asia/Tokyo the answer is from (情報時点).
    pub as_of: Date,
    /// Audience (閲覧範囲).
    pub audience: Audience,
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
