//! The last version of each row of the official files, cleaned.

use sea_orm::entity::prelude::*;

/// One row is the last version of one row of an official file, cleaned.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "official_record")]
pub struct Model {
    /// Internal key; it never leaves the program.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Name of the format, as in FORMATS.md: `jigyosho`.
    pub format: String,
    /// Key of the row within its format: `care:0670100123:110`.
    pub record_key: String,
    /// Key of all rows that may be the same place: `care:0670100123`.
    pub facility_key: String,
    /// Part within which a complete file is complete, service and prefecture: `110:06`.
    pub scope: String,
    /// Official code of the municipality, six digits; null: not known.
    pub municipality_code: Option<String>,
    /// Day in Asia/Tokyo of the file; null: unknown.
    pub as_of: Option<Date>,
    /// References `source.id`.
    pub source_id: i64,
    /// Digest of the facts as the file has them, 32 hexadecimal digits; equal facts have the same.
    pub fingerprint: String,
    /// JSON object of the facts (`src/import/facts`).
    pub body: String,
    /// Day of the complete file that no longer had the row; null: still listed.
    pub vanished_on: Option<Date>,
}

/// None is declared: the stores name their joins themselves.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
