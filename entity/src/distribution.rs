//! Which organizations read a thing that is not for every professional (配布先).

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "distribution")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub thing_uuid: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: i64,
    pub covers_children: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
