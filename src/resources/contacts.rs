//! How to reach somebody at a resource.

use super::kinds::ContactKind;
use super::scope::contacts_visible_to;
use crate::auth::Viewer;
use crate::context::{Batch, BatchError, grouped};
use crate::database::packed::{self, Cells};
use async_graphql::SimpleObject;
use async_graphql::dataloader::Loader;
use entity::contact_point::{Column, Model};
use entity::resource;
use sea_orm::sea_query::{Expr, ExprTrait, SimpleExpr};
use sea_orm::{ColumnTrait, DbBackend, DbErr, IntoSimpleExpr, QueryFilter, QueryOrder, QueryTrait};
use std::collections::HashMap;
use std::sync::Arc;

/// A way to reach somebody (連絡先).
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct ContactPoint {
    /// Who answers (種別).
    pub kind: ContactKind,
    /// Name of the desk or service (窓口名), never of a person.
    pub label: Option<String>,
    /// Phone number as people read it (電話番号), `0235-26-5111`.
    pub tel: Option<String>,
    /// The phone number in international form, `+81235265111`, where its area is known.
    pub tel_e164: Option<String>,
    /// Fax number as people read it (FAX番号).
    pub fax: Option<String>,
    /// The fax number in international form, where its area is known.
    pub fax_e164: Option<String>,
    /// Mail address (メールアドレス).
    pub email: Option<String>,
    /// The service it belongs to, at a facility with several.
    #[graphql(skip)]
    pub service_code: Option<String>,
}

impl From<Model> for ContactPoint {
    fn from(row: Model) -> Self {
        Self {
            kind: row.kind.into(),
            label: row.label,
            tel: row.phone,
            tel_e164: row.phone_e164,
            fax: row.fax,
            fax_e164: row.fax_e164,
            email: row.email,
            service_code: row.service_code,
        }
    }
}

/// Contacts of several services of one facility without repeating the same numbers.
pub fn distinct(contacts: &[ContactPoint]) -> Vec<ContactPoint> {
    let mut seen: Vec<&ContactPoint> = Vec::new();
    for contact in contacts {
        let same = |other: &&ContactPoint| {
            (&other.tel, &other.fax, &other.email) == (&contact.tel, &contact.fax, &contact.email)
        };
        if !seen.iter().any(same) {
            seen.push(contact);
        }
    }
    seen.into_iter().cloned().collect()
}

/// The visible contacts of the resource a statement is about, as a part of its row.
pub fn nested(viewer: &Viewer, backend: DbBackend) -> SimpleExpr {
    let own = Expr::col((resource::Entity, resource::Column::Id));
    let mut select =
        contacts_visible_to(viewer).filter(Column::ResourceId.into_simple_expr().eq(own)).into_query();
    let columns = [
        Column::Ordinal,
        Column::ServiceCode,
        Column::Kind,
        Column::Label,
        Column::Phone,
        Column::PhoneE164,
        Column::Fax,
        Column::FaxE164,
        Column::Email,
    ];
    let row = packed::array(backend, columns.map(IntoSimpleExpr::into_simple_expr).to_vec());
    select.clear_selects().expr(packed::list(backend, row));
    packed::nested(backend, select)
}

/// Reads what [`nested`] selects.
pub fn read(rows: Vec<Cells>) -> Result<Vec<ContactPoint>, DbErr> {
    let mut contacts = Vec::with_capacity(rows.len());
    for mut cells in rows {
        let (ordinal, service_code): (i32, _) = (cells.value()?, cells.value()?);
        let kind: entity::enums::ContactKind = cells.member()?;
        let contact = ContactPoint {
            service_code,
            kind: kind.into(),
            label: cells.value()?,
            tel: cells.value()?,
            tel_e164: cells.value()?,
            fax: cells.value()?,
            fax_e164: cells.value()?,
            email: cells.value()?,
        };
        contacts.push((ordinal, contact));
    }
    contacts.sort_by_key(|(ordinal, _)| *ordinal);
    Ok(contacts.into_iter().map(|(_, contact)| contact).collect())
}

/// The visible contacts of a resource, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ContactsOf(pub i64);

impl Loader<ContactsOf> for Batch {
    type Value = Arc<Vec<ContactPoint>>;
    type Error = BatchError;

    async fn load(&self, keys: &[ContactsOf]) -> Result<HashMap<ContactsOf, Self::Value>, BatchError> {
        let select = contacts_visible_to(&self.viewer)
            .filter(Column::ResourceId.is_in(keys.iter().map(|key| key.0)))
            .order_by_asc(Column::ResourceId)
            .order_by_asc(Column::Ordinal);
        let found = select.all(self.db()).await.map_err(Arc::new)?;
        Ok(grouped(found.into_iter().map(|row| (ContactsOf(row.resource_id), row.into()))))
    }
}
