//! Reads the contacts of a resource within the viewer's scope, nested in its row or on their own.

use super::{Confidential, ContactPoint};
use crate::auth::row_scope::visible_to;
use crate::auth::{Viewer, conditions};
use crate::context::{Batch, BatchError};
use crate::database::packed::{self, Cells};
use crate::id::{NodeId, NodeType};
use async_graphql::dataloader::Loader;
use entity::contact_point::{self, Column};
use entity::enums::Visibility;
use entity::resource;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, DbBackend, DbErr, IntoSimpleExpr, JoinType, QueryFilter, QuerySelect, QueryTrait,
    RelationTrait,
};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// The visible contacts of the resource of a statement, as a JSON aggregate nested in its row.
pub fn nested(viewer: &Viewer, backend: DbBackend) -> SimpleExpr {
    let own = Expr::col((resource::Entity, resource::Column::Id));
    let mut select = visible_to::<contact_point::Entity>(viewer)
        .filter(Column::ResourceId.into_simple_expr().eq(own))
        .into_query();
    let row = packed::array(backend, columns(viewer, backend));
    select.clear_selects().expr(packed::list(backend, row));
    packed::nested(backend, select)
}

/// The selected columns of a contact. The confidential columns at the end are selected only for viewers with
/// a permission for some resource, and are null for a resource to which they have no tie.
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

fn read_whose(cells: &mut Cells) -> std::result::Result<Option<NodeId>, DbErr> {
    let (kind, uuid) = (cells.optional_member()?, cells.value::<Option<String>>()?);
    let uuid = uuid.and_then(|text| Uuid::parse_str(&text).ok());
    Ok(kind.zip(uuid).map(|(kind, uuid)| NodeId::new(NodeType::Resource(kind), uuid)))
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
            select = select.join(JoinType::InnerJoin, contact_point::Relation::Resource.def());
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
