//! Anything a person can be pointed to (地域資源), whatever its kind.

use crate::enums::{LocationStatus, PositionPrecision, PublicationState, ResourceKind, ServiceArea};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "resource")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub uuid: Uuid,
    pub kind: ResourceKind,
    pub state: PublicationState,
    pub name: String,
    pub name_kana: Option<String>,
    pub alias: Option<String>,
    pub description: Option<String>,
    pub url: Option<String>,
    pub sort_key: String,
    pub categories: String,
    pub prefecture_code: Option<String>,
    pub municipality_id: Option<i64>,
    pub home_district_id: Option<i64>,
    pub address: Option<String>,
    pub building: Option<String>,
    pub location_status: LocationStatus,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub position_precision: Option<PositionPrecision>,
    pub cell: Option<i64>,
    pub service_area: ServiceArea,
    pub organization_id: Option<i64>,
    pub source_id: Option<i64>,
    pub as_of: Option<Date>,
    pub last_verified_on: Option<Date>,
    pub vanished_on: Option<Date>,
    pub note: Option<String>,
    pub digest: Option<String>,
    pub suspended_from: Option<Date>,
    pub suspended_to: Option<Date>,
    pub suspension_reason: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
