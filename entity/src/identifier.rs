//! An official code of a resource.

use sea_orm::entity::prelude::*;

/// System of the numbers of care offices (介護保険事業所番号).
pub const CARE_OFFICE_NUMBER: &str = "care-office-number";
/// System of the IDs of 医療情報ネット, with the prefecture code before them.
pub const MEDICAL_INSTITUTION_ID: &str = "medical-institution-id";
/// System of the numbers in lists of cities (管理番号).
pub const LOCAL_ID: &str = "local-id";

/// One row is an official code (識別子) of a resource.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "identifier")]
pub struct Model {
    /// References `resource.id`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub resource_id: i64,
    /// System of the code, one of the constants of this module.
    #[sea_orm(primary_key, auto_increment = false)]
    pub system: String,
    /// The code as published; of `local-id` with its list and municipality before it: `gathering-places:062031:K-001`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub value: String,
}

/// The rows that a row refers to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The resource that has the code.
    #[sea_orm(
        belongs_to = "super::resource::Entity",
        from = "Column::ResourceId",
        to = "super::resource::Column::Id"
    )]
    Resource,
}

impl ActiveModelBehavior for ActiveModel {}
