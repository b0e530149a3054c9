//! The affiliation of a physician with an institution (所属), to which the preferences on the sheet belong.

use sea_orm::entity::prelude::*;

/// One row is a physician at a medical institution (所属).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "affiliation")]
pub struct Model {
    /// Internal key; it never leaves the program.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// UUIDv5 of institution and physician.
    pub uuid: Uuid,
    /// References `physician.id`.
    pub physician_id: i64,
    /// References `resource.id`: the medical institution.
    pub resource_id: i64,
    /// First day in Asia/Tokyo on which the physician no longer works there; null: still there.
    pub ended_on: Option<Date>,
}

/// The rows that a row refers to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The person.
    #[sea_orm(
        belongs_to = "super::physician::Entity",
        from = "Column::PhysicianId",
        to = "super::physician::Column::Id"
    )]
    Physician,
}

impl ActiveModelBehavior for ActiveModel {}
