//! The ledger in the database, and its effect on the contacts of resources.
//!
//! A withdrawal is kept forever. The ledger holds numbers and addresses, not rows of contacts: imports delete
//! those and write them again. So every writer of contacts asks [`Ledger::effect`] and stores the result
//! beside the contact (`visibility`, `*_until`), where `auth/conditions.rs` reads it; no other instance needs
//! a notice. The publishing of an import and a change of the ledger exclude each other (`Databases::begin_rewrite`); what changed
//! while the import was prepared is taken in before (`import/derive/catch_up.rs`).

use super::Consent;
use super::effect::{Entry, Ledger};
use crate::auth::policy::Action;
use crate::auth::row_scope::{Unscoped, visible_to};
use crate::auth::{Viewer, conditions};
use crate::context::{Batch, BatchError, grouped};
use crate::error::Result;
use async_graphql::dataloader::Loader;
use chrono::NaiveDate;
use entity::consent::{Column, Entity, Model};
use entity::enums::Visibility;
use entity::{consent, contact_point, resource};
use japan::values::ContactValue;
use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait, Func, Query, SelectStatement, SimpleExpr};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, DbErr, IntoActiveModel, IntoSimpleExpr, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationTrait, Unchanged,
};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// Keys per statement, well below the parameters that a statement of either database takes.
const CHUNK: usize = 1_000;

/// The consents about contacts of a resource, the newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ConsentsOf(pub i64);

/// A page of the consents that end soon.
pub struct Due {
    /// Those that end before this day.
    pub before: NaiveDate,
    /// The last consent of the page before: the day on which it ends, and its key.
    pub after: Option<(NaiveDate, i64)>,
    /// How many at most.
    pub limit: usize,
}

/// Every line of the ledger.
pub async fn ledger(db: &impl Unscoped) -> std::result::Result<Ledger, DbErr> {
    let all = db.every::<Entity>();
    Ok(Ledger::of(all.all(db).await?.iter().map(entry)))
}

/// The numbers and the address a line is about.
pub fn values(row: &Model) -> Vec<ContactValue> {
    // An earlier version stored a number without its trunk zero as it was written.
    let number = |stored: &String| {
        ContactValue::number(stored).unwrap_or_else(|| ContactValue::Number(stored.clone()))
    };
    let numbers = row.phone.iter().chain(&row.fax).map(number);
    numbers.chain(row.email.iter().cloned().map(ContactValue::Mail)).collect()
}

fn entry(row: &Model) -> Entry {
    Entry {
        resource: row.resource_uuid,
        purpose: row.purpose,
        values: values(row),
        obtained_on: row.obtained_on,
        expires_on: row.expires_on,
        withdrawn: row.withdrawn_on.map(|day| (day, row.withdrawn_at.unwrap_or(i64::MAX))),
        recorded_at: row.recorded_at,
    }
}

/// The numbers and addresses of a stored contact.
fn values_of(row: &contact_point::Model) -> Vec<ContactValue> {
    let numbers = [&row.phone, &row.phone_e164, &row.fax, &row.fax_e164];
    ContactValue::of_contact(numbers.map(Option::as_deref), row.email.as_deref())
}

/// Applies the ledger to the stored contacts of some resources.
pub async fn apply(
    db: &impl Unscoped,
    ledger: &Ledger,
    resource_ids: &[i64],
) -> std::result::Result<(), DbErr> {
    for chunk in resource_ids.chunks(CHUNK) {
        let contacts = db
            .every::<contact_point::Entity>()
            .filter(contact_point::Column::ResourceId.is_in(chunk.iter().copied()));
        for (row, owner) in contacts
            .select_also(resource::Entity)
            .join(JoinType::InnerJoin, contact_point::Relation::Resource.def())
            .all(db)
            .await?
        {
            let Some(owner) = owner else { continue };
            let base = row.base_visibility.unwrap_or(row.visibility);
            let effect = ledger.effect(owner.uuid, &values_of(&row), base);
            let changed = contact_point::ActiveModel {
                id: Unchanged(row.id),
                visibility: Set(effect.visibility),
                base_visibility: Set((effect.visibility != base).then_some(base)),
                public_until: Set(effect.public_until),
                partner_until: Set(effect.partner_until),
                care_until: Set(effect.care_until),
                ..Default::default()
            };
            changed.update(db).await?;
        }
    }
    Ok(())
}

/// The resources whose contacts have one of these numbers or addresses; only values that look private are
/// compared.
pub async fn sharing(db: &impl Unscoped, values: &[ContactValue]) -> std::result::Result<Vec<i64>, DbErr> {
    let private: Vec<&ContactValue> = values.iter().filter(|value| value.is_private()).collect();
    let Some(may_share) = may_share(values) else { return Ok(Vec::new()) };
    let found = db.every::<contact_point::Entity>().filter(may_share).all(db).await?;
    let shares = |row: &&contact_point::Model| values_of(row).iter().any(|value| private.contains(&value));
    let mut ids: Vec<i64> = found.iter().filter(shares).map(|row| row.resource_id).collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

/// A condition on contacts that those with one of these values fulfil, and a few others, which the caller leaves out;
/// `None`: none of the values looks private.
pub fn may_share<'v>(values: impl IntoIterator<Item = &'v ContactValue>) -> Option<Condition> {
    use contact_point::Column;
    let private: Vec<&ContactValue> = values.into_iter().filter(|value| value.is_private()).collect();
    let mut any = Condition::any();
    for value in &private {
        any = match value {
            ContactValue::Mail(mail) => {
                any.add(Expr::expr(Func::lower(Column::Email.into_simple_expr())).eq(mail.as_str()))
            }
            ContactValue::Number(number) => {
                let pattern = in_order(number);
                any.add(Column::Phone.like(&pattern)).add(Column::Fax.like(&pattern))
            }
        };
    }
    (!private.is_empty()).then_some(any)
}

/// A pattern that matches the digits of a number in any grouping. It matches more; the caller checks the
/// values.
fn in_order(number: &str) -> String {
    let national = number.strip_prefix("+81").unwrap_or(number);
    let digits = national.chars().filter(char::is_ascii_digit);
    digits.fold("%".to_owned(), |pattern, digit| format!("{pattern}{digit}%"))
}

/// The numbers and addresses of a resource that the viewer may read.
pub async fn known_values(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    resource_id: i64,
) -> Result<Vec<ContactValue>> {
    let contacts =
        visible_to::<contact_point::Entity>(viewer).filter(contact_point::Column::ResourceId.eq(resource_id));
    Ok(contacts.all(db).await?.iter().flat_map(values_of).collect())
}

/// Adds a line to the ledger. The caller has checked the permission: see `resources::managed`.
pub async fn create(db: &impl ConnectionTrait, resource_id: i64, line: Model) -> Result<Consent> {
    let line = consent::ActiveModel { id: NotSet, ..line.into_active_model().reset_all() };
    Ok(Consent { row: line.insert(db).await?, resource_id })
}

/// A line of the ledger by public id, without a scope. Whether the viewer may know and change it depends on
/// its resource: the caller checks with `resources::managed`.
pub async fn find(db: &impl Unscoped, uuid: Uuid) -> Result<Option<Model>> {
    Ok(db.every::<Entity>().filter(Column::Uuid.eq(uuid)).one(db).await?)
}

/// Lines by public id, in no particular order: of the resources whose consents the viewer reads.
pub async fn find_many(db: &impl ConnectionTrait, viewer: &Viewer, ids: &[Uuid]) -> Result<Vec<Consent>> {
    let Some(readable) = conditions::field(viewer, Visibility::Coordinator) else { return Ok(Vec::new()) };
    let select = of_resources(viewer, readable).filter(Column::Uuid.is_in(ids.iter().copied()));
    Ok(select.all(db).await?.into_iter().filter_map(consent_of).collect())
}

/// Marks a line as withdrawn. The caller has checked the permission.
pub async fn withdraw(
    db: &impl ConnectionTrait,
    resource_id: i64,
    row: &Model,
    (day, at): (NaiveDate, i64),
) -> Result<Consent> {
    let line = consent::ActiveModel {
        id: Unchanged(row.id),
        withdrawn_on: Set(Some(day)),
        withdrawn_at: Set(Some(at)),
        ..Default::default()
    };
    Ok(Consent { row: line.update(db).await?, resource_id })
}

/// Consents of resources the viewer looks after that end soon or have ended, the earliest first; withdrawn
/// and renewed ones are not due.
pub async fn due(db: &impl ConnectionTrait, viewer: &Viewer, due: &Due) -> Result<Vec<Consent>> {
    let Some(own) = conditions::acting(viewer, Action::RecordConsent) else { return Ok(Vec::new()) };
    let mut select = of_resources(viewer, own)
        .filter(Column::WithdrawnOn.is_null())
        .filter(Column::ExpiresOn.lt(due.before))
        .filter(Expr::exists(later()).not());
    if let Some((day, id)) = due.after {
        let same_day = Column::ExpiresOn.eq(day).and(Column::Id.gt(id));
        select = select.filter(Column::ExpiresOn.gt(day).or(same_day));
    }
    let select = select.order_by_asc(Column::ExpiresOn).order_by_asc(Column::Id).limit(due.limit as u64);
    Ok(select.all(db).await?.into_iter().filter_map(consent_of).collect())
}

/// Lines about resources the viewer knows of and has a tie to, each with its resource.
fn of_resources(viewer: &Viewer, tie: Condition) -> sea_orm::SelectTwo<Entity, resource::Entity> {
    visible_to::<Entity>(viewer).filter(tie).select_also(resource::Entity)
}

fn consent_of((row, resource): (Model, Option<resource::Model>)) -> Option<Consent> {
    Some(Consent { row, resource_id: resource?.id })
}

/// Lines of the same resource and purpose that supersede the one of the statement: a consent to the same
/// values that ends later, or a later withdrawal of any of them.
fn later() -> SelectStatement {
    let other = || Alias::new("other");
    let its = |column: Column| Expr::col((other(), column));
    let own = |column: Column| Expr::col((Entity, column));
    let covers = [Column::Phone, Column::Fax, Column::Email]
        .into_iter()
        .fold(Condition::all(), |all, column| all.add(own(column).is_null().or(its(column).eq(own(column)))));
    let ends_later = its(Column::ExpiresOn)
        .is_null()
        .or(its(Column::ExpiresOn).gt(own(Column::ExpiresOn)))
        .or(its(Column::ExpiresOn).eq(own(Column::ExpiresOn)).and(its(Column::Id).gt(own(Column::Id))));
    let renewed = covers.add(its(Column::WithdrawnOn).is_null()).add(ends_later);
    let shares = [Column::Phone, Column::Fax, Column::Email]
        .into_iter()
        .fold(Condition::any(), |any, column| any.add(its(column).eq(own(column))));
    let taken_back = shares_since(shares, its(Column::WithdrawnOn).gte(own(Column::ObtainedOn)));
    Query::select()
        .expr(Expr::value(1))
        .from_as(Entity, other())
        .and_where(its(Column::ResourceUuid).eq(own(Column::ResourceUuid)))
        .and_where(its(Column::Purpose).eq(own(Column::Purpose)))
        .cond_where(Condition::any().add(renewed).add(taken_back))
        .to_owned()
}

fn shares_since(shares: Condition, since: SimpleExpr) -> Condition {
    Condition::all().add(shares).add(since)
}

impl Loader<ConsentsOf> for Batch {
    type Value = Arc<Vec<Consent>>;
    type Error = BatchError;

    async fn load(
        &self,
        keys: &[ConsentsOf],
    ) -> std::result::Result<HashMap<ConsentsOf, Self::Value>, BatchError> {
        let Some(readable) = conditions::field(&self.viewer, Visibility::Coordinator) else {
            return Ok(HashMap::new());
        };
        let select = of_resources(&self.viewer, readable)
            .filter(resource::Column::Id.is_in(keys.iter().map(|key| key.0)))
            .order_by_desc(Column::ObtainedOn)
            .order_by_desc(Column::Id);
        let found = select.all(self.db()).await.map_err(Arc::new)?;
        let consents = found.into_iter().filter_map(consent_of);
        Ok(grouped(consents.map(|consent| (ConsentsOf(consent.resource_id), consent))))
    }
}
