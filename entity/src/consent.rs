//! The ledger of consents to publish contacts, and of their withdrawals.

use crate::enums::{ConsentMethod, ConsentPurpose, ConsentSubject};
use sea_orm::entity::prelude::*;

/// One row is a line of the ledger of consents (公開同意), never deleted: agreed, perhaps withdrawn.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "consent")]
pub struct Model {
    /// Internal key; it never leaves the program.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Public id: a UUIDv7.
    pub uuid: Uuid,
    /// Public id of the resource (`resource.uuid`); no foreign key, since the line outlives the row.
    pub resource_uuid: Uuid,
    /// Purpose of the consent (目的).
    pub purpose: ConsentPurpose,
    /// Person or group that agreed (同意者).
    pub subject: ConsentSubject,
    /// Way in which the consent was given (方法).
    pub method: ConsentMethod,
    /// Phone number it is about: `+81235265111`, or digits alone where the area is unknown; null: none.
    pub phone: Option<String>,
    /// Fax number it is about, written like `phone`; null: none.
    pub fax: Option<String>,
    /// Mail address it is about, in lower case; null: none.
    pub email: Option<String>,
    /// Day in Asia/Tokyo on which the consent was given (同意日).
    pub obtained_on: Date,
    /// Last day in Asia/Tokyo on which it counts (有効期限); null: no end.
    pub expires_on: Option<Date>,
    /// Day in Asia/Tokyo on which it was withdrawn (取下げ日); null: it was not.
    pub withdrawn_on: Option<Date>,
    /// When the withdrawal was recorded, in milliseconds since 1970 UTC; only later consents count again.
    pub withdrawn_at: Option<i64>,
    /// Words that say where the evidence is kept (証跡): `同意書綴り 令和8年度 12番`; null: not said.
    pub evidence: Option<String>,
    /// Subject that recorded the consent, as in `audit_entry.subject`.
    pub recorded_by: String,
    /// When the consent was recorded, in milliseconds since 1970 UTC.
    pub recorded_at: i64,
}

/// The rows that a row refers to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The resource whose numbers it is about.
    #[sea_orm(
        belongs_to = "super::resource::Entity",
        from = "Column::ResourceUuid",
        to = "super::resource::Column::Uuid"
    )]
    Resource,
}

impl ActiveModelBehavior for ActiveModel {}
