//! Distribution lists (配布先): organizations that may read a thing which is not for every professional.

use sea_orm::entity::prelude::*;

/// One row is an organization on the distribution list (配布先) of a thing.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "distribution")]
pub struct Model {
    /// Public id of a version of a sheet, a desk of professionals, an acceptance or a vacancy report.
    #[sea_orm(primary_key, auto_increment = false)]
    pub thing_uuid: Uuid,
    /// References `organization.id`: the organization that reads it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: i64,
    /// Whether the organizations below that one read it too.
    pub covers_children: bool,
}

/// The rows that a row refers to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The organization whose people may read.
    #[sea_orm(
        belongs_to = "super::organization::Entity",
        from = "Column::OrganizationId",
        to = "super::organization::Column::Id"
    )]
    Organization,
    /// The version of a sheet, where the list is that of a sheet.
    #[sea_orm(
        belongs_to = "super::liaison_sheet::Entity",
        from = "Column::ThingUuid",
        to = "super::liaison_sheet::Column::Uuid"
    )]
    Sheet,
}

impl ActiveModelBehavior for ActiveModel {}
