//! A municipality (市区町村), wards of designated cities included.

use sea_orm::entity::prelude::*;

/// One row is a municipality (市区町村); wards of designated cities have their own.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "municipality")]
pub struct Model {
    /// Internal key; it never leaves the program.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Public id: a UUIDv5 of the code.
    pub uuid: Uuid,
    /// Official code (全国地方公共団体コード), six digits with check digit: `062031`.
    pub code: String,
    /// Code of the prefecture (都道府県), two digits: `06`.
    pub prefecture_code: String,
    /// Name as in an address after the prefecture: `鶴岡市`, `最上郡金山町`.
    pub name: String,
    /// Reading in hiragana (よみ); null: not in the code table.
    pub name_kana: Option<String>,
}

/// None is declared: the stores name their joins themselves.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
