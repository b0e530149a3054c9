//! Facts that only one local kind of resource has, as JSON.

use sea_orm::entity::prelude::*;

/// One row holds the facts that only the local kind of a resource has.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "local_details")]
pub struct Model {
    /// References `resource.id`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub resource_id: i64,
    /// JSON of the `…Details` of the kind (`src/gatherings/details.rs` and others).
    pub body: String,
    /// Highest cost of one visit in yen, for filters; null: no fee known, or one of them not certain.
    pub visit_yen: Option<i32>,
    /// Lowest certain cost of an hour of help in yen, for filters; null: none.
    pub hour_yen: Option<i32>,
    /// JSON of `PartnerFacts` (`src/local/partner.rs`), for partners and professionals; null: none.
    pub partner: Option<String>,
}

/// The rows that a row refers to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The resource of a local kind.
    #[sea_orm(
        belongs_to = "super::resource::Entity",
        from = "Column::ResourceId",
        to = "super::resource::Column::Id"
    )]
    Resource,
}

impl ActiveModelBehavior for ActiveModel {}
