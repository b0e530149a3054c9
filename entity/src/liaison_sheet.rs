//! A version of the liaison sheet of an institution (連携シート).

use crate::enums::ConsentMethod;
use sea_orm::entity::prelude::*;

/// One row is a version of the liaison sheet (連携シート) of a medical institution; never deleted.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "liaison_sheet")]
pub struct Model {
    /// Internal key; it never leaves the program.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Public id: a UUIDv5 of institution and version.
    pub uuid: Uuid,
    /// References `resource.id`: the medical institution.
    pub resource_id: i64,
    /// Number of the version (版), from 1.
    pub version: i32,
    /// Person or body that made the sheet (作成主体).
    pub issuer: String,
    /// Day in Asia/Tokyo on which the sheet was made (作成日).
    pub issued_on: Date,
    /// Day in Asia/Tokyo the facts are from (情報時点).
    pub as_of: Date,
    /// Day in Asia/Tokyo by which the sheet is to be reviewed (見直しの期限).
    pub review_due_on: Date,
    /// JSON of `SheetFacts` (`src/liaison/facts.rs`): numbers, cautions, fees of the institution.
    pub facts: String,
    /// Way in which the institution agreed (承諾).
    pub consent_method: ConsentMethod,
    /// Day in Asia/Tokyo on which the institution agreed.
    pub consented_on: Date,
    /// Day in Asia/Tokyo on which it withdrew the consent, which hides the sheet; null: it holds.
    pub consent_withdrawn_on: Option<Date>,
    /// When the version was recorded (登録日時), in milliseconds since 1970 UTC.
    pub recorded_at: i64,
    /// Subject that recorded the version, as in `audit_entry.subject`.
    pub recorded_by: String,
    /// When a newer version took its place, in milliseconds since 1970 UTC; null: the current version.
    pub replaced_at: Option<i64>,
}

/// The rows that a row refers to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The institution.
    #[sea_orm(
        belongs_to = "super::resource::Entity",
        from = "Column::ResourceId",
        to = "super::resource::Column::Id"
    )]
    Resource,
}

impl ActiveModelBehavior for ActiveModel {}
