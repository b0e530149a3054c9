//! Distribution lists of sheets in the database. An organization that is removed reads no version any more;
//! one that is added reads the current version, not earlier ones.

use super::{DistributionEntry, ListedOrganization};
use crate::audit::{self, Author, Change};
use crate::auth::row_scope::{Unscoped, WithoutViewer, visible_to};
use crate::auth::{Viewer, conditions};
use crate::context::{Batch, BatchError};
use crate::database::WriteTransaction;
use crate::error::Result;
use crate::id::{NodeId, NodeType};
use crate::liaison::sheets::LiaisonSheet;
use crate::liaison::sheets::store::current;
use crate::user_error::{NotDone, UserError};
use async_graphql::dataloader::Loader;
use entity::distribution::{ActiveModel, Column, Entity};
use entity::enums::AuditAction;
use entity::{liaison_sheet, organization, resource};
use japan::values::is_storable;
use sea_orm::sea_query::{Expr, Query, SelectStatement};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationDef, RelationTrait, Select,
};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// The list of a version of a sheet, by its internal key; no value for a viewer who does not keep the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ReadersOf(pub i64);

/// An organization to be put on a list: its code, and whether those below it are included.
pub type WantedReader = (String, bool);

/// The differences between two lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Organizations that were not on it.
    pub added: Vec<DistributionEntry>,
    /// Organizations that are no longer on it, as they were.
    pub removed: Vec<DistributionEntry>,
    /// Organizations that stay and now include, or no longer include, those below them; as they are now.
    pub changed: Vec<DistributionEntry>,
}

impl Difference {
    /// Whether the list is as it was.
    pub fn is_none(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }

    /// The differences from one list to another.
    pub fn between(before: &[DistributionEntry], after: &[DistributionEntry]) -> Self {
        let on = |list: &[DistributionEntry], one: &DistributionEntry| {
            list.iter().find(|other| other.organization_id == one.organization_id).cloned()
        };
        let stays = |one: &&DistributionEntry| {
            on(before, one).is_some_and(|was| was.covers_children != one.covers_children)
        };
        Self {
            added: after.iter().filter(|one| on(before, one).is_none()).cloned().collect(),
            removed: before.iter().filter(|one| on(after, one).is_none()).cloned().collect(),
            changed: after.iter().filter(stays).cloned().collect(),
        }
    }
}

/// Replaces the list of an institution whose sheet the viewer keeps.
///
/// # Errors
/// When there is no such institution for them, it has no sheet, or a code is not known.
pub async fn replace(
    tx: &WriteTransaction,
    viewer: &Viewer,
    author: &Author,
    institution: Uuid,
    wanted: &[WantedReader],
) -> std::result::Result<(LiaisonSheet, Difference), NotDone> {
    let sheet = kept(tx, viewer, institution).await?.ok_or_else(|| {
        UserError::not_found("institution", "No institution with a sheet that you speak for has this id.")
    })?;
    let wanted = resolve(tx, wanted).await?;
    let difference = set(tx, author, &sheet, &wanted).await?;
    Ok((LiaisonSheet::read(sheet)?, difference))
}

/// The current sheet of an institution whose sheet the viewer keeps.
async fn kept(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    institution: Uuid,
) -> Result<Option<liaison_sheet::Model>> {
    let Some(keeps) = conditions::keeps(viewer) else { return Ok(None) };
    let select = current(viewer).filter(resource::Column::Uuid.eq(institution)).filter(keeps);
    Ok(select.one(db).await?)
}

#[expect(clippy::disallowed_methods, reason = "permission to change the list was checked")]
fn unscoped<C: ConnectionTrait>(db: &C) -> WithoutViewer<'_, C> {
    WithoutViewer::of(db)
}

async fn resolve(
    db: &impl ConnectionTrait,
    wanted: &[WantedReader],
) -> std::result::Result<Vec<DistributionEntry>, NotDone> {
    use organization::{Column, Entity};
    let codes = wanted.iter().map(|(code, _)| code.as_str()).filter(|code| is_storable(code));
    let found = unscoped(db).every::<Entity>().filter(Column::Code.is_in(codes)).all(db).await?;
    let known: HashMap<_, _> =
        found.iter().filter_map(|row| Some((row.code.as_deref()?, (row.id, row.name.as_str())))).collect();
    let unknown: Vec<_> =
        wanted.iter().map(|(code, _)| code.as_str()).filter(|code| !known.contains_key(code)).collect();
    if !unknown.is_empty() {
        let message = format!("No organization has these codes: {}.", unknown.join(", "));
        return Err(UserError::not_found("organizations", message).into());
    }
    let entry = |(code, covers_children): &WantedReader| {
        let (organization_id, name) = known.get(code.as_str())?;
        let organization = ListedOrganization { code: Some(code.clone()), name: (*name).to_owned() };
        Some(DistributionEntry {
            organization,
            covers_children: *covers_children,
            organization_id: *organization_id,
        })
    };
    Ok(wanted.iter().filter_map(entry).collect())
}

/// Writes the list of the current sheet and its audit entry, and answers what it changed.
pub async fn set(
    tx: &WriteTransaction,
    author: &Author,
    sheet: &liaison_sheet::Model,
    wanted: &[DistributionEntry],
) -> std::result::Result<Difference, DbErr> {
    let before = readers(tx, sheet.uuid).await?;
    let difference = Difference::between(&before, wanted);
    if difference.is_none() {
        return Ok(difference);
    }
    narrow(tx, sheet.resource_id, wanted).await?;
    let of_sheet = Column::ThingUuid.eq(sheet.uuid);
    let widened = difference.changed.iter().filter(|one| one.covers_children);
    let widened = Column::OrganizationId.is_in(widened.map(|one| one.organization_id));
    let more = Entity::update_many().col_expr(Column::CoversChildren, Expr::value(true));
    more.filter(of_sheet).filter(widened).exec(tx).await?;
    if !difference.added.is_empty() {
        let row = |one: &DistributionEntry| ActiveModel {
            thing_uuid: Set(sheet.uuid),
            organization_id: Set(one.organization_id),
            covers_children: Set(one.covers_children),
        };
        Entity::insert_many(difference.added.iter().map(row)).exec_without_returning(tx).await?;
    }
    let change = Change {
        action: AuditAction::SetLiaisonDistribution,
        things: vec![NodeId::new(NodeType::LiaisonSheet, sheet.uuid)],
        before: Some(described(&before)),
        after: Some(described(wanted)),
    };
    audit::record(tx, author, change).await?;
    Ok(difference)
}

/// Removes from the lists of all versions of the sheet the organizations that are not wanted, and the
/// inclusion of those below them where it is not.
async fn narrow(
    tx: &WriteTransaction,
    resource_id: i64,
    wanted: &[DistributionEntry],
) -> std::result::Result<(), DbErr> {
    let all = || Column::ThingUuid.in_subquery(versions(resource_id));
    let stay = Column::OrganizationId.is_not_in(wanted.iter().map(|one| one.organization_id));
    Entity::delete_many().filter(all()).filter(stay).exec(tx).await?;
    let alone = wanted.iter().filter(|one| !one.covers_children).map(|one| one.organization_id);
    let less = Entity::update_many().col_expr(Column::CoversChildren, Expr::value(false));
    less.filter(all()).filter(Column::OrganizationId.is_in(alone)).exec(tx).await?;
    Ok(())
}

fn versions(resource_id: i64) -> SelectStatement {
    Query::select()
        .column(liaison_sheet::Column::Uuid)
        .from(liaison_sheet::Entity)
        .and_where(liaison_sheet::Column::ResourceId.eq(resource_id))
        .to_owned()
}

/// The list of a version, by code.
pub async fn readers(
    tx: &impl ConnectionTrait,
    sheet: Uuid,
) -> std::result::Result<Vec<DistributionEntry>, DbErr> {
    let select = unscoped(tx).every::<Entity>().filter(Column::ThingUuid.eq(sheet));
    let rows = with_organization(select.select_only()).into_tuple().all(tx).await?;
    Ok(rows.into_iter().map(entry).collect())
}

type Row = (i64, bool, Option<String>, String);

fn with_organization<E: EntityTrait>(select: Select<E>) -> Select<E> {
    let to_organization: RelationDef = entity::distribution::Relation::Organization.def();
    select
        .join(JoinType::InnerJoin, to_organization)
        .column(Column::OrganizationId)
        .column(Column::CoversChildren)
        .column(organization::Column::Code)
        .column(organization::Column::Name)
        .order_by_asc(organization::Column::Code)
        .order_by_asc(organization::Column::Id)
}

fn entry((organization_id, covers_children, code, name): Row) -> DistributionEntry {
    DistributionEntry { organization: ListedOrganization { code, name }, covers_children, organization_id }
}

/// A list as JSON for the audit.
fn described(list: &[DistributionEntry]) -> Value {
    let one = |entry: &DistributionEntry| json!({ "code": entry.organization.code, "coversChildren": entry.covers_children });
    json!({ "organizations": list.iter().map(one).collect::<Vec<_>>() })
}

impl Loader<ReadersOf> for Batch {
    type Value = Arc<Vec<DistributionEntry>>;
    type Error = BatchError;

    async fn load(
        &self,
        keys: &[ReadersOf],
    ) -> std::result::Result<HashMap<ReadersOf, Self::Value>, BatchError> {
        let Some(keeps) = conditions::keeps(&self.viewer) else { return Ok(HashMap::new()) };
        let sheets = visible_to::<liaison_sheet::Entity>(&self.viewer)
            .filter(liaison_sheet::Column::Id.is_in(keys.iter().map(|key| key.0)))
            .filter(keeps)
            .select_only()
            .column(liaison_sheet::Column::Id);
        let kept: Vec<i64> = sheets.clone().into_tuple().all(self.db()).await.map_err(Arc::new)?;
        let list: RelationDef = entity::distribution::Relation::Sheet.def().rev();
        let rows = with_organization(sheets.join(JoinType::InnerJoin, list)).into_tuple();
        let rows: Vec<(i64, i64, bool, Option<String>, String)> =
            rows.all(self.db()).await.map_err(Arc::new)?;
        let mut lists: HashMap<i64, Vec<DistributionEntry>> =
            kept.into_iter().map(|id| (id, Vec::new())).collect();
        for (sheet, organization, covers_children, code, name) in rows {
            lists.entry(sheet).or_default().push(entry((organization, covers_children, code, name)));
        }
        Ok(lists.into_iter().map(|(id, list)| (ReadersOf(id), Arc::new(list))).collect())
    }
}
