//! A schedule of a resource: its rule, and the words of the source.

use sea_orm::entity::prelude::*;

/// One row is a schedule of a resource (開催日時・営業時間).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "schedule")]
pub struct Model {
    /// Internal key; it never leaves the program.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// References `resource.id`.
    pub resource_id: i64,
    /// Place among the schedules of the resource, from 0.
    pub ordinal: i32,
    /// References `schedule_rule.id`.
    pub rule_id: i64,
    /// Part of the resource the schedule is for, `昼の部`, `内科`; null: all of it.
    pub label: Option<String>,
    /// Words of the source (原文); null: none.
    pub raw_text: Option<String>,
    /// JSON list of `MonthlyVenue` (`src/schedules/mod.rs`) when venues take turns; null: they do not.
    pub venues: Option<String>,
}

/// None is declared: the stores name their joins themselves.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
