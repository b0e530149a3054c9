//! A person who may sign in here.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub uuid: Uuid,
    pub email: String,
    pub name: String,
    pub password_hash: Option<String>,
    pub roles: i16,
    pub organization_code: Option<String>,
    pub district_codes: String,
    pub created_at: i64,
    pub closed_at: Option<i64>,
    pub failed_attempts: i32,
    pub locked_until: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
