//! Withheld text of a resource that looks private and waits for review.

use crate::enums::HeldReason;
use sea_orm::entity::prelude::*;

/// One row is a text of a resource that is withheld because it looks private (非公開にした項目).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "held_text")]
pub struct Model {
    /// References `resource.id`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub resource_id: i64,
    /// Path of the text in the words of the GraphQL schema: `description`, `services[0].name`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub field: String,
    /// The withheld text; of a name, all of it.
    pub text: String,
    /// Reason for withholding it.
    pub reason: HeldReason,
}

/// The rows that a row refers to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The resource whose text it is.
    #[sea_orm(
        belongs_to = "super::resource::Entity",
        from = "Column::ResourceId",
        to = "super::resource::Column::Id"
    )]
    Resource,
}

impl ActiveModelBehavior for ActiveModel {}
