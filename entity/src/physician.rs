//! A physician (医師), who may work at several institutions.

use sea_orm::entity::prelude::*;

/// One row is a physician (医師), who may work at several institutions.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "physician")]
pub struct Model {
    /// Internal key; it never leaves the program.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Public id: a UUIDv5 of the institution that first named the physician, and the name.
    pub uuid: Uuid,
    /// Code in the yearly questionnaire (医師コード): `D` and eight letters or digits; unique.
    pub code: String,
    /// Name (氏名).
    pub name: String,
    /// Reading (フリガナ); null: not said.
    pub name_kana: Option<String>,
    /// Folded name and reading, separated by a blank.
    pub search_key: String,
}

/// None is declared: the stores name their joins themselves.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
