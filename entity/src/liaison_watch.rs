//! Watch lists of institutions whose changed sheets a professional wants to see (見守り).

use sea_orm::entity::prelude::*;

/// One row is a medical institution on the watch list of a subject (見守り).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "liaison_watch")]
pub struct Model {
    /// Subject that watches, as in `audit_entry.subject`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject: String,
    /// References `resource.id`: the medical institution.
    #[sea_orm(primary_key, auto_increment = false)]
    pub resource_id: i64,
    /// When the watch began, in milliseconds since 1970 UTC.
    pub since: i64,
}

/// The rows that a row refers to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The institution that is watched.
    #[sea_orm(
        belongs_to = "super::resource::Entity",
        from = "Column::ResourceId",
        to = "super::resource::Column::Id"
    )]
    Resource,
}

impl ActiveModelBehavior for ActiveModel {}
