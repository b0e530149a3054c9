//! A word of a closed set that a filter can ask for.

use sea_orm::entity::prelude::*;

/// One row is a tag by which a resource of a local kind is filtered.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "resource_tag")]
pub struct Model {
    /// References `resource.id`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub resource_id: i64,
    /// Set and code: `activity:EXERCISE`, `topic:DEMENTIA`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tag: String,
}

/// None is declared: the stores name their joins themselves.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
