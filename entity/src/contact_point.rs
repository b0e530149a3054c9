//! A way to reach somebody at a resource, and who may know it.

use crate::enums::{ContactKind, Visibility};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contact_point")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub resource_id: i64,
    pub service_code: Option<String>,
    pub ordinal: i32,
    pub kind: ContactKind,
    pub visibility: Visibility,
    pub label: Option<String>,
    pub phone: Option<String>,
    pub phone_e164: Option<String>,
    pub fax: Option<String>,
    pub fax_e164: Option<String>,
    pub email: Option<String>,
    pub person_name: Option<String>,
    pub public_until: Option<Date>,
    pub partner_until: Option<Date>,
    pub care_until: Option<Date>,
    pub base_visibility: Option<Visibility>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
