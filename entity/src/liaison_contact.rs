//! A desk for care professionals (平時の連絡窓口・退院調整担当者).

use crate::enums::{Audience, LiaisonContactKind, LiaisonOrganizationType};
use sea_orm::entity::prelude::*;

/// One row is a desk that care professionals turn to (平時の連絡窓口・退院調整担当者).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "liaison_contact")]
pub struct Model {
    /// Internal key; it never leaves the program.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Public id: a UUIDv5 of `number`.
    pub uuid: Uuid,
    /// Number in the list of the city or association (管理番号); unique.
    pub number: String,
    /// Kind of desk (窓口の種類).
    pub kind: LiaisonContactKind,
    /// Kind of organization (機関の種類).
    pub organization_type: LiaisonOrganizationType,
    /// References `resource.id`: the facility whose desk it is; null: none of this directory.
    pub resource_id: Option<i64>,
    /// References `organization.id`: the organization whose desk it is; null: none.
    pub organization_id: Option<i64>,
    /// Name of the organization as the list writes it (機関名).
    pub organization_name: String,
    /// Folded names of organization and facility, department and ward; never the name of a person.
    pub search_key: String,
    /// Folded `organization_name`; the order of lists.
    pub sort_key: String,
    /// Audience (閲覧範囲).
    pub audience: Audience,
    /// JSON of `ContactFacts` (`src/liaison/facts.rs`): channels, times, person in charge.
    pub facts: String,
    /// JSON of `Reach` (`src/liaison/facts.rs`): the part of `facts` that `reachableNow` reads.
    pub reach: String,
    /// Day in Asia/Tokyo the facts are from (情報時点).
    pub as_of: Date,
    /// First day in Asia/Tokyo on which the desk holds (有効期間の初日); null: not said.
    pub valid_from: Option<Date>,
    /// Last day in Asia/Tokyo on which the desk holds (有効期間の末日); null: no end is set.
    pub valid_to: Option<Date>,
    /// When the row was last written, in milliseconds since 1970 UTC.
    pub recorded_at: i64,
}

/// The rows that a row refers to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The facility, where there is one.
    #[sea_orm(
        belongs_to = "super::resource::Entity",
        from = "Column::ResourceId",
        to = "super::resource::Column::Id"
    )]
    Resource,
}

impl ActiveModelBehavior for ActiveModel {}
