//! Whether a facility takes people with a care need (医療ニーズの受け入れ).

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
    /// Code of the care need (医療ニーズ): `GASTROSTOMY`.
    pub need: String,
    /// Code of the answer (受け入れの可否): `YES`, `CONSULT`, `NO`, `MEDICAL` or `UNKNOWN`.
    pub answer: String,
    /// Conditions in words; null: none.
    pub conditions: Option<String>,
    /// Whether a nurse is there at night (夜間の看護職員); null: not said.
    pub night_nurse: Option<bool>,
    /// Most persons with such needs (受け入れ人数の上限); null: not said.
    pub max_persons: Option<i32>,
    /// Day in Asia/Tokyo the answer is from (情報時点).
    pub as_of: Date,
    /// Code of the audience (閲覧範囲): `ALL_CARE_PROFESSIONALS`, `LISTED` or `PUBLIC`.
    pub audience: String,
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
