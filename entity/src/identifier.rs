//! An official code of a resource.

use sea_orm::entity::prelude::*;

/// One row is an official code (識別子) of a resource.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "identifier")]
pub struct Model {
    /// References `resource.id`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub resource_id: i64,
    /// System of the code: `care-office-number`, `medical-institution-id` or `local-id`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub system: String,
    /// The code as published; of `local-id` with its list and municipality before it: `gathering-places:062031:K-001`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub value: String,
}

/// The rows that a row refers to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The resource that has the code.
    #[sea_orm(
        belongs_to = "super::resource::Entity",
        from = "Column::ResourceId",
        to = "super::resource::Column::Id"
    )]
    Resource,
}

impl ActiveModelBehavior for ActiveModel {}
