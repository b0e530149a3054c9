//! The search keys of a resource, of which the text index in memory is made.

use sea_orm::entity::prelude::*;

/// One row is a resource that can be searched.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "resource_search")]
pub struct Model {
    /// References `resource.id`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub resource_id: i64,
    /// Keys of names, readings and aliases, each on a line of its own.
    pub names: String,
    /// Keys of address, organization and other texts, each on a line of its own.
    pub others: String,
}

/// None is declared: the picture names its join itself.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
