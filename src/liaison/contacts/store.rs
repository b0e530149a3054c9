//! Desks of professionals in the database: reads within the viewer's scope, and the one way in.
//!
//! The name of a person at a desk is read for professionals only, whatever the audience of the desk, and is
//! not searched.

use super::LiaisonContact;
use crate::auth::row_scope::{Unscoped, find_visible, visible_to};
use crate::auth::{Viewer, conditions};
use crate::context::{Batch, BatchError, grouped};
use crate::database::json;
use crate::error::Result;
use crate::liaison::facts::ContactFacts;
use async_graphql::dataloader::Loader;
use chrono::NaiveDate;
use entity::enums;
use entity::liaison_contact::{Column, Entity, Model};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, DatabaseConnection, DbErr, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// A desk that holds today, by its public id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LiaisonContactKey(pub Uuid);

/// The desks of a facility that hold today, by its internal key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LiaisonContactsOf(pub i64);

/// The name of the person in charge of a desk, by its internal key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PersonNameOf(pub i64);

/// Stores a new desk with its tags, whoever enters it; its `id` is set here.
///
/// # Errors
/// When the database fails.
pub async fn insert(db: &impl Unscoped, desk: Model, tags: &[String]) -> std::result::Result<(), DbErr> {
    let mut row = desk.into_active_model();
    row.not_set(Column::Id);
    let id = row.insert(db).await?.id;
    replace_tags(db, id, tags).await
}

/// Changes a desk and its tags, whoever enters it.
///
/// # Errors
/// When the database fails.
pub async fn update(db: &impl Unscoped, desk: Model, tags: &[String]) -> std::result::Result<(), DbErr> {
    let id = desk.id;
    desk.into_active_model().reset_all().update(db).await?;
    replace_tags(db, id, tags).await
}

/// Ends desks: their last day, and the day that is known from, so that no older list reopens them.
///
/// # Errors
/// When the database fails.
pub async fn end(
    db: &impl Unscoped,
    ids: impl Iterator<Item = i64>,
    last: NaiveDate,
    as_of: NaiveDate,
) -> std::result::Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::ValidTo, Expr::value(last))
        .col_expr(Column::AsOf, Expr::value(as_of))
        .filter(Column::Id.is_in(ids))
        .exec(db)
        .await?;
    Ok(())
}

async fn replace_tags(
    db: &impl Unscoped,
    contact_id: i64,
    tags: &[String],
) -> std::result::Result<(), DbErr> {
    use entity::liaison_contact_tag::{ActiveModel, Column, Entity};
    Entity::delete_many().filter(Column::ContactId.eq(contact_id)).exec(db).await?;
    if tags.is_empty() {
        return Ok(());
    }
    let model = |tag: &String| ActiveModel { tag: Set(tag.clone()), contact_id: Set(contact_id) };
    Entity::insert_many(tags.iter().map(model)).exec_without_returning(db).await?;
    Ok(())
}

/// Desks that hold on a day.
pub fn valid_on(day: NaiveDate) -> Condition {
    let begun = Column::ValidFrom.is_null().or(Column::ValidFrom.lte(day));
    let lasts = Column::ValidTo.is_null().or(Column::ValidTo.gte(day));
    Condition::all().add(begun).add(lasts)
}

/// Desks by public id, in no particular order.
pub async fn find_many(
    db: &DatabaseConnection,
    viewer: &Viewer,
    ids: &[Uuid],
) -> Result<Vec<LiaisonContact>> {
    let rows = find_visible::<Entity>(db, viewer, Column::Uuid, ids).await?;
    Ok(rows.into_iter().map(LiaisonContact::read).collect::<std::result::Result<_, _>>()?)
}

/// Desks by internal key.
pub async fn find_by_key(
    db: &DatabaseConnection,
    viewer: &Viewer,
    ids: &[i64],
) -> Result<HashMap<i64, LiaisonContact>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = visible_to::<Entity>(viewer).filter(Column::Id.is_in(ids.iter().copied())).all(db).await?;
    rows.into_iter().map(|row| Ok((row.id, LiaisonContact::read(row)?))).collect()
}

impl Loader<LiaisonContactKey> for Batch {
    type Value = LiaisonContact;
    type Error = BatchError;

    async fn load(
        &self,
        keys: &[LiaisonContactKey],
    ) -> std::result::Result<HashMap<LiaisonContactKey, LiaisonContact>, BatchError> {
        let found = visible_to::<Entity>(&self.viewer)
            .filter(Column::Uuid.is_in(keys.iter().map(|key| key.0)))
            .filter(valid_on(self.viewer.today()))
            .all(self.db())
            .await
            .map_err(Arc::new)?;
        let read =
            |row: Model| Ok((LiaisonContactKey(row.uuid), LiaisonContact::read(row).map_err(Arc::new)?));
        found.into_iter().map(read).collect()
    }
}

impl Loader<LiaisonContactsOf> for Batch {
    type Value = Arc<Vec<LiaisonContact>>;
    type Error = BatchError;

    async fn load(
        &self,
        keys: &[LiaisonContactsOf],
    ) -> std::result::Result<HashMap<LiaisonContactsOf, Self::Value>, BatchError> {
        let found = visible_to::<Entity>(&self.viewer)
            .filter(Column::ResourceId.is_in(keys.iter().map(|key| key.0)))
            .filter(valid_on(self.viewer.today()))
            .order_by_asc(Column::SortKey)
            .order_by_asc(Column::Id)
            .all(self.db())
            .await
            .map_err(Arc::new)?;
        let read = |row: Model| {
            let key = LiaisonContactsOf(row.resource_id?);
            Some(LiaisonContact::read(row).map(|contact| (key, contact)).map_err(Arc::new))
        };
        Ok(grouped(found.into_iter().filter_map(read).collect::<std::result::Result<Vec<_>, _>>()?))
    }
}

impl Loader<PersonNameOf> for Batch {
    type Value = String;
    type Error = BatchError;

    /// Loads names of persons. A public desk is treated as one for professionals, since names are never
    /// public.
    async fn load(
        &self,
        keys: &[PersonNameOf],
    ) -> std::result::Result<HashMap<PersonNameOf, String>, BatchError> {
        let professional = Expr::value(enums::Audience::AllCareProfessionals);
        let found: Vec<(i64, String)> = visible_to::<Entity>(&self.viewer)
            .select_only()
            .column(Column::Id)
            .column(Column::Facts)
            .filter(Column::Id.is_in(keys.iter().map(|key| key.0)))
            .filter(conditions::desk_audience(&self.viewer, professional))
            .into_tuple()
            .all(self.db())
            .await
            .map_err(Arc::new)?;
        let mut names = HashMap::new();
        for (id, facts) in found {
            let facts: ContactFacts = json::read(&facts, "liaison_contact", id).map_err(Arc::new)?;
            names.extend(facts.person_name.map(|name| (PersonNameOf(id), name)));
        }
        Ok(names)
    }
}
