//! The entry for one physician in a version of a sheet.

use sea_orm::entity::prelude::*;

/// One row is the entry for one physician in one version of a liaison sheet (医師ごとの記載).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "liaison_entry")]
pub struct Model {
    /// Internal key; it never leaves the program.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Public id: a UUIDv5 of version and affiliation.
    pub uuid: Uuid,
    /// References `liaison_sheet.id`.
    pub sheet_id: i64,
    /// References `affiliation.id`.
    pub affiliation_id: i64,
    /// Place of the physician on the sheet, from 0.
    pub ordinal: i32,
    /// JSON of `EntryFacts` (`src/liaison/facts.rs`): channels, times, conferences.
    pub facts: String,
    /// JSON of `Reach` (`src/liaison/facts.rs`): the part of `facts` that `reachableNow` reads.
    pub reach: String,
}

/// The rows that a row refers to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The version of the sheet it stands on.
    #[sea_orm(
        belongs_to = "super::liaison_sheet::Entity",
        from = "Column::SheetId",
        to = "super::liaison_sheet::Column::Id"
    )]
    Sheet,
    /// The physician at the institution.
    #[sea_orm(
        belongs_to = "super::affiliation::Entity",
        from = "Column::AffiliationId",
        to = "super::affiliation::Column::Id"
    )]
    Affiliation,
}

impl ActiveModelBehavior for ActiveModel {}
