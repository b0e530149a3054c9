//! A daily-life district (日常生活圏域) and when it is valid.

use sea_orm::entity::prelude::*;

/// One row is a daily-life district (日常生活圏域) of a municipality.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "district")]
pub struct Model {
    /// Internal key; it never leaves the program.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Public id: a UUIDv5 of municipality code and district code.
    pub uuid: Uuid,
    /// References `municipality.id`.
    pub municipality_id: i64,
    /// Code, unique within its municipality: `D01`.
    pub code: String,
    /// Name (圏域名).
    pub name: String,
    /// First day in Asia/Tokyo of the district; null: no beginning is known.
    pub valid_from: Option<Date>,
    /// Last day in Asia/Tokyo of the district; null: no end is set.
    pub valid_to: Option<Date>,
}

/// The rows that a row refers to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The municipality it is a part of.
    #[sea_orm(
        belongs_to = "super::municipality::Entity",
        from = "Column::MunicipalityId",
        to = "super::municipality::Column::Id"
    )]
    Municipality,
}

impl ActiveModelBehavior for ActiveModel {}
