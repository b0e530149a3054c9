//! How to reach somebody at a resource.

use super::kinds::{self, ContactKind};
use super::row::Row;
use crate::auth::row_scope::visible_to;
use crate::auth::{Viewer, conditions};
use crate::consents::Consent;
use crate::consents::store::ConsentsOf;
use crate::context::{Batch, BatchError, RequestContext};
use crate::database::packed::{self, Cells};
use crate::desks::store::IntermediaryOf;
use crate::error::{Nullable, Result};
use crate::id::{NodeId, NodeType};
use crate::restricted::restricted;
use crate::terms::Term;
use async_graphql::dataloader::Loader;
use async_graphql::{ComplexObject, Context, SimpleObject};
use entity::contact_point::{self, Column};
use entity::enums::Visibility;
use entity::resource;
use japan::values::ContactValue;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, DbBackend, DbErr, EntityTrait, IntoSimpleExpr, JoinType, QueryFilter,
    QuerySelect, QueryTrait, RelationDef,
};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// A way to reach somebody (連絡先).
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
#[graphql(complex)]
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
    /// Public id of its resource, when it is for care professionals and not for everybody else too.
    #[graphql(skip)]
    pub professional: Option<String>,
    /// What only those were given who look after the resource.
    #[graphql(skip)]
    pub confidential: Option<Confidential>,
}

/// What only those may read who look after a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confidential {
    person_name: Option<String>,
    visibility: Visibility,
    resource_id: i64,
}

#[ComplexObject]
impl ContactPoint {
    /// Name of the person (担当者名). For coordinators of its districts, its organization and the city.
    async fn person_name(&self, ctx: &Context<'_>) -> Option<String> {
        let name = self.confidential.as_ref().and_then(|known| known.person_name.clone());
        restricted(ctx, "ContactPoint.personName", Visibility::Coordinator, name)
    }

    /// Who may always know this contact (公開範囲); `consents` may open it to more. For coordinators of its
    /// districts, its organization and the city.
    async fn visibility(&self, ctx: &Context<'_>) -> Option<Term<kinds::Visibility>> {
        let visibility = self.confidential.as_ref().map(|known| Term(known.visibility.into()));
        restricted(ctx, "ContactPoint.visibility", Visibility::Coordinator, visibility)
    }

    /// Who agreed to what about its numbers and address (公開同意), the newest first. For coordinators of its
    /// districts, its organization and the city.
    async fn consents(&self, ctx: &Context<'_>) -> Option<Vec<Consent>> {
        let known =
            restricted(ctx, "ContactPoint.consents", Visibility::Coordinator, self.confidential.as_ref())?;
        self.load_consents(ctx, known.resource_id).await.nullable(ctx)
    }
}

impl ContactPoint {
    /// The numbers and the address, as they are compared.
    fn values(&self) -> Vec<ContactValue> {
        let numbers = [&self.tel, &self.tel_e164, &self.fax, &self.fax_e164];
        ContactValue::of_contact(numbers.map(Option::as_deref), self.email.as_deref())
    }

    async fn load_consents(&self, ctx: &Context<'_>, resource_id: i64) -> Result<Option<Vec<Consent>>> {
        let values = self.values();
        let all = RequestContext::of(ctx).load_list(ConsentsOf(resource_id)).await?;
        let shared = |consent: &&Consent| consent.values().iter().any(|value| values.contains(value));
        Ok(Some(all.iter().filter(shared).cloned().collect()))
    }
}

/// The contacts of a resource without repeating the same numbers. Where the viewer may ring nobody
/// directly, the support centre of the district stands in, whether or not there is a number they may not
/// know: nobody can tell from the answer.
pub async fn shown(ctx: &Context<'_>, row: &Row) -> Result<Vec<ContactPoint>> {
    let mut shown = distinct(&row.contacts);
    if row.kind.is_run_from_home() && shown.iter().all(|contact| contact.tel.is_none()) {
        shown.extend(RequestContext::of(ctx).load(IntermediaryOf(row.id)).await?);
    }
    note_reading(ctx, &shown);
    Ok(shown)
}

/// Whoever is handed contacts for care professionals is remembered, with the resource.
pub fn note_reading(ctx: &Context<'_>, contacts: &[ContactPoint]) {
    for thing in contacts.iter().filter_map(|contact| contact.professional.as_ref()) {
        RequestContext::of(ctx).reads().note(thing);
    }
}

/// Contacts of several services of one facility without repeating the same numbers.
pub fn distinct(contacts: &[ContactPoint]) -> Vec<ContactPoint> {
    let mut seen: Vec<&ContactPoint> = Vec::new();
    for contact in contacts {
        let person = |contact: &ContactPoint| contact.confidential.as_ref()?.person_name.clone();
        let same = |other: &&ContactPoint| {
            (&other.tel, &other.fax, &other.email) == (&contact.tel, &contact.fax, &contact.email)
                && person(other) == person(contact)
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
    let mut select = visible_to::<contact_point::Entity>(viewer)
        .filter(Column::ResourceId.into_simple_expr().eq(own))
        .into_query();
    let row = packed::array(backend, columns(viewer, backend));
    select.clear_selects().expr(packed::list(backend, row));
    packed::nested(backend, select)
}

/// What is selected of a contact. What the viewer may not read is not among it: no viewer without any
/// right has the last columns, and of a resource they have no tie to they are empty.
fn columns(viewer: &Viewer, backend: DbBackend) -> Vec<SimpleExpr> {
    let open = [
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
    let mut columns: Vec<SimpleExpr> = open.map(IntoSimpleExpr::into_simple_expr).to_vec();
    if !is_public(viewer) {
        columns.extend(whose(viewer, backend));
    }
    if let Some(readable) = conditions::field(viewer, Visibility::Coordinator) {
        let confidential = [Column::PersonName, Column::Visibility, Column::ResourceId];
        columns.extend(confidential.map(|column| only_where(&readable, column.into_simple_expr())));
    }
    columns
}

fn is_public(viewer: &Viewer) -> bool {
    [Visibility::CareProfessional, Visibility::Coordinator]
        .iter()
        .all(|visibility| conditions::field(viewer, *visibility).is_none())
}

/// Kind and UUID of the resource, where the contact is one for care professionals.
fn whose(viewer: &Viewer, backend: DbBackend) -> [SimpleExpr; 2] {
    let own = || Alias::new("own");
    let of_own = |expression: SimpleExpr| {
        let same = Expr::col((own(), resource::Column::Id)).eq(Column::ResourceId.into_simple_expr());
        let select =
            Query::select().expr(expression).from_as(resource::Entity, own()).and_where(same).to_owned();
        let found = SimpleExpr::SubQuery(None, Box::new(select.into()));
        Expr::case(conditions::for_professionals(viewer), found).into()
    };
    let uuid = packed::uuid(backend, Expr::col((own(), resource::Column::Uuid)));
    [of_own(Expr::col((own(), resource::Column::Kind))), of_own(uuid)]
}

fn only_where(readable: &Condition, value: SimpleExpr) -> SimpleExpr {
    if readable.is_empty() { value } else { Expr::case(readable.clone(), value).into() }
}

/// Reads what [`nested`] selects.
pub fn read(rows: Vec<Cells>) -> std::result::Result<Vec<ContactPoint>, DbErr> {
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
            professional: read_whose(&mut cells)?,
            confidential: read_confidential(&mut cells)?,
        };
        contacts.push((ordinal, contact));
    }
    contacts.sort_by_key(|(ordinal, _)| *ordinal);
    Ok(contacts.into_iter().map(|(_, contact)| contact).collect())
}

fn read_whose(cells: &mut Cells) -> std::result::Result<Option<String>, DbErr> {
    let (kind, uuid) = (cells.optional_member()?, cells.value::<Option<String>>()?);
    let uuid = uuid.and_then(|text| Uuid::parse_str(&text).ok());
    Ok(kind.zip(uuid).map(|(kind, uuid)| NodeId::new(NodeType::Resource(kind), uuid).text()))
}

fn read_confidential(cells: &mut Cells) -> std::result::Result<Option<Confidential>, DbErr> {
    let person_name = cells.value()?;
    let (visibility, resource_id) = (cells.optional_member()?, cells.value::<Option<i64>>()?);
    Ok(visibility.zip(resource_id).map(|(visibility, resource_id)| Confidential {
        person_name,
        visibility,
        resource_id,
    }))
}

/// The visible contacts of a resource, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ContactsOf(pub i64);

impl Loader<ContactsOf> for Batch {
    type Value = Arc<Vec<ContactPoint>>;
    type Error = BatchError;

    async fn load(
        &self,
        keys: &[ContactsOf],
    ) -> std::result::Result<HashMap<ContactsOf, Self::Value>, BatchError> {
        let mut select = visible_to::<contact_point::Entity>(&self.viewer)
            .filter(Column::ResourceId.is_in(keys.iter().map(|key| key.0)));
        if conditions::field(&self.viewer, Visibility::Coordinator).is_some() {
            select = select.join(JoinType::InnerJoin, its_resource());
        }
        let mut select = select.into_query();
        select.clear_selects();
        let mut expressions = vec![Column::ResourceId.into_simple_expr()];
        expressions.extend(columns(&self.viewer, self.db().get_database_backend()));
        let found = packed::rows(self.db(), select, expressions).await.map_err(Arc::new)?;
        let mut owned: HashMap<ContactsOf, Vec<Cells>> = HashMap::new();
        for mut cells in found {
            let key = ContactsOf(cells.value().map_err(Arc::new)?);
            owned.entry(key).or_default().push(cells);
        }
        let contacts = |(key, rows)| Ok((key, Arc::new(read(rows).map_err(Arc::new)?)));
        owned.into_iter().map(contacts).collect()
    }
}

fn its_resource() -> RelationDef {
    contact_point::Entity::belongs_to(resource::Entity)
        .from(Column::ResourceId)
        .to(resource::Column::Id)
        .into()
}
