//! Organizations: corporations (法人) and, below them, offices.

use sea_orm::entity::prelude::*;

/// One row is an organization: a corporation (法人), or an office below it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organization")]
pub struct Model {
    /// Internal key; it never leaves the program.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Public id: a UUIDv5 of `name_key`.
    pub uuid: Uuid,
    /// Unique key: `number:` and 法人番号, `code:` and the code, or `name:` and the folded name.
    pub name_key: String,
    /// References `organization.id`: the organization above it (上位組織); null: none.
    pub parent_id: Option<i64>,
    /// Name (名称).
    pub name: String,
    /// Corporate number (法人番号), 13 digits with a correct check digit; null: not known.
    pub corporate_number: Option<String>,
    /// Code by which accounts and tokens name it (組織コード), unique; null: no token can name it.
    pub code: Option<String>,
    /// Official number of the facility it is (事業所番号 or 医療情報ネット ID); null: not said.
    pub facility_number: Option<String>,
}

/// None is declared: the stores name their joins themselves.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
