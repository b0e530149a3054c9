//! What only a medical facility has.

use crate::enums::InstitutionType;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "medical_facility")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub resource_id: i64,
    pub institution_type: InstitutionType,
    pub published_id: String,
    pub closed_days_note: Option<String>,
    pub beds_general: Option<i32>,
    pub beds_long_term: Option<i32>,
    pub beds_psychiatric: Option<i32>,
    pub beds_tuberculosis: Option<i32>,
    pub beds_infectious: Option<i32>,
    pub beds_total: Option<i32>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
