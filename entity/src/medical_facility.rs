//! Facts that only medical facilities have.

use crate::enums::InstitutionType;
use sea_orm::entity::prelude::*;

/// One row holds the facts that only a medical facility (医療機関) has.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "medical_facility")]
pub struct Model {
    /// References `resource.id`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub resource_id: i64,
    /// Kind of institution (機関区分).
    pub institution_type: InstitutionType,
    /// ID of 医療情報ネット as published, 4 to 14 letters and digits; empty: only a list of a city has it.
    pub published_id: String,
    /// Words about closed days beyond the weekly ones (その他の休診日); null: none.
    pub closed_days_note: Option<String>,
    /// General beds (一般病床); null: not published.
    pub beds_general: Option<i32>,
    /// Beds for long-term care (療養病床); null: not published.
    pub beds_long_term: Option<i32>,
    /// Psychiatric beds (精神病床); null: not published.
    pub beds_psychiatric: Option<i32>,
    /// Beds for tuberculosis (結核病床); null: not published.
    pub beds_tuberculosis: Option<i32>,
    /// Beds for infectious diseases (感染症病床); null: not published.
    pub beds_infectious: Option<i32>,
    /// All beds together (合計病床数); null: not published.
    pub beds_total: Option<i32>,
}

/// None is declared: the stores name their joins themselves.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
