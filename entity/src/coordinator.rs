//! A coordinator of everyday support (生活支援コーディネーター).

use crate::enums::CoordinatorTier;
use sea_orm::entity::prelude::*;

/// One row is a coordinator of everyday support (生活支援コーディネーター) of a municipality.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "coordinator")]
pub struct Model {
    /// Internal key; it never leaves the program.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Public id: a UUIDv5 of municipality, layer, place of work and a running number.
    pub uuid: Uuid,
    /// References `municipality.id`.
    pub municipality_id: i64,
    /// Layer (層).
    pub tier: CoordinatorTier,
    /// Name of the person (氏名); null unless the list says that the city prints it (氏名の公開).
    pub name: Option<String>,
    /// Place of work (所属).
    pub organization: Option<String>,
    /// Phone number at work as people read it; null: none published.
    pub phone: Option<String>,
    /// Phone number at work in E.164 form; null: none, or its area is unknown.
    pub phone_e164: Option<String>,
    /// Public id (`resource.uuid`) of the consultation desk the coordinator works at; null: none named.
    pub desk_uuid: Option<Uuid>,
    /// Day in Asia/Tokyo the facts are from (情報時点); null: unknown.
    pub as_of: Option<Date>,
    /// Day of the complete list that no longer had the coordinator; null: still listed.
    pub vanished_on: Option<Date>,
}

/// None is declared: the stores name their joins themselves.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
