//! Contacts of a resource, with their visibility.

use crate::enums::{ContactKind, Visibility};
use sea_orm::entity::prelude::*;

/// One row is a contact of a resource (連絡先): its numbers, mail address and visibility.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contact_point")]
pub struct Model {
    /// Internal key; it never leaves the program.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// References `resource.id`.
    pub resource_id: i64,
    /// Code of the service of the care facility, as in `care_service.service_code`; null: the whole resource.
    pub service_code: Option<String>,
    /// Place among the contacts of the resource, from 0.
    pub ordinal: i32,
    /// Kind of contact (種別).
    pub kind: ContactKind,
    /// Smallest audience that always sees the contact (公開範囲), after withdrawals of consents.
    pub visibility: Visibility,
    /// Name of the desk or service (窓口名), never of a person; null: none.
    pub label: Option<String>,
    /// Phone number as people read it, `0235-26-5111`; null: none.
    pub phone: Option<String>,
    /// Phone number in E.164 form, `+81235265111`; null: none, or its area is unknown.
    pub phone_e164: Option<String>,
    /// Fax number as people read it; null: none.
    pub fax: Option<String>,
    /// Fax number in E.164 form; null: none, or its area is unknown.
    pub fax_e164: Option<String>,
    /// Mail address; null: none.
    pub email: Option<String>,
    /// Name of the person in charge (担当者名); null: none.
    pub person_name: Option<String>,
    /// Last day in Asia/Tokyo on which a consent opens it to all; 9999-12-31: no end; null: none does.
    pub public_until: Option<Date>,
    /// Last day on which a consent opens it to holders of any role, like `public_until`.
    pub partner_until: Option<Date>,
    /// Last day on which a consent opens it to care professionals, like `public_until`.
    pub care_until: Option<Date>,
    /// Visibility given by the source where a withdrawal has closed it; null: `visibility` is the given one.
    pub base_visibility: Option<Visibility>,
}

/// The rows that a row refers to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The resource that is reached by it.
    #[sea_orm(
        belongs_to = "super::resource::Entity",
        from = "Column::ResourceId",
        to = "super::resource::Column::Id"
    )]
    Resource,
}

impl ActiveModelBehavior for ActiveModel {}
