//! A coordinator of everyday support (生活支援コーディネーター).

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "coordinator")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub uuid: Uuid,
    pub municipality_id: i64,
    pub tier: i16,
    pub name: Option<String>,
    pub organization: Option<String>,
    pub phone: Option<String>,
    pub phone_e164: Option<String>,
    pub desk_uuid: Option<Uuid>,
    pub as_of: Option<Date>,
    pub vanished_on: Option<Date>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
