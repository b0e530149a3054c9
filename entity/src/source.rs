//! A published data set: a format, a publisher and a day.

use sea_orm::entity::prelude::*;

/// One row is a published data set (出典) of one format, publisher and day.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "source")]
pub struct Model {
    /// Internal key; it never leaves the program.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Unique key: format, publisher and day or `unknown`, joined by colons.
    pub name_key: String,
    /// Title of the data set.
    pub title: String,
    /// Publisher; null: not known.
    pub publisher: Option<String>,
    /// Page that offers it; null: not recorded.
    pub url: Option<String>,
    /// Licence as stated by the publisher; null: not recorded.
    pub license: Option<String>,
    /// Day in Asia/Tokyo the data set is from; null: unknown.
    pub as_of: Option<Date>,
}

/// None is declared: the stores name their joins themselves.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
