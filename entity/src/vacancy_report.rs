//! Whether a facility has room (空き情報).

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "vacancy_report")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub uuid: Uuid,
    pub resource_id: i64,
    pub service_code: String,
    pub status: String,
    pub places: Option<i32>,
    pub period_from: Option<Date>,
    pub period_to: Option<Date>,
    pub note: Option<String>,
    pub audience: String,
    pub reported_at: i64,
    pub expires_at: i64,
    pub reported_by: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
