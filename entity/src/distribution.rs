//! Which organizations read a thing that is not for every professional (配布先).

use sea_orm::entity::prelude::*;

/// One row is an organization on the distribution list (配布先) of a thing.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "distribution")]
pub struct Model {
    /// Public id of a version of a sheet, a desk of professionals, an acceptance or a vacancy report.
    #[sea_orm(primary_key, auto_increment = false)]
    pub thing_uuid: Uuid,
    /// References `organization.id`: the organization that reads it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: i64,
    /// Whether the organizations below that one read it too.
    pub covers_children: bool,
}

/// None is declared: the stores name their joins themselves.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
