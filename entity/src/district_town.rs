//! A 町字 that belongs to a district, and when.

use sea_orm::entity::prelude::*;

/// One row is a 町字 that belongs to a district during a period.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "district_town")]
pub struct Model {
    /// Internal key; it never leaves the program.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// References `district.id`.
    pub district_id: i64,
    /// Name of the 町字 as the list of the city writes it.
    pub town: String,
    /// Key by which the 町字 is compared: spelling unified, 大字 and 字 removed.
    pub name_key: String,
    /// First day in Asia/Tokyo on which it belongs to the district; null: no beginning is known.
    pub valid_from: Option<Date>,
    /// Last day in Asia/Tokyo on which it belongs to the district; null: no end is set.
    pub valid_to: Option<Date>,
}

/// The rows that a row refers to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The district the 町字 belongs to.
    #[sea_orm(
        belongs_to = "super::district::Entity",
        from = "Column::DistrictId",
        to = "super::district::Column::Id"
    )]
    District,
}

impl ActiveModelBehavior for ActiveModel {}
