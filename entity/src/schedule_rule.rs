//! A rule of a schedule, stored once for all schedules that share it; its key is a hash of its text.

use sea_orm::entity::prelude::*;

/// One row is a rule that any number of schedules share.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "schedule_rule")]
pub struct Model {
    /// First eight bytes of the SHA-256 of `body`, as a signed number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// JSON of `hours::schedule::Schedule`.
    pub body: String,
}

/// None is declared: the stores name their joins themselves.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
