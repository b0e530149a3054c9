//! Answers of facilities in the database: reads within the viewer's scope, and the one way in.

use super::decide::Stated;
use super::filter::AcceptanceCriteria;
use crate::auth::Viewer;
use crate::auth::row_scope::{Unscoped, below_found, visible_to};
use crate::context::{Batch, BatchError, grouped};
use crate::database::keys;
use crate::error::Result;
use async_graphql::dataloader::Loader;
use entity::enums;
use entity::medical_acceptance::{Column, Entity, Model};
use entity::{care_service, distribution, resource};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseConnection, DbBackend, DbErr, EntityTrait, IntoActiveModel,
    IntoSimpleExpr, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// The answers of a facility, by its internal key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AcceptancesOf(pub i64);

/// Puts the answers of a service in the place of those it had, whoever changes them. Their keys are set here; their
/// distribution lists are the caller's.
///
/// # Errors
/// When the database fails.
pub async fn replace(db: &impl Unscoped, before: &[Model], new: &[Model]) -> std::result::Result<(), DbErr> {
    delete(db, before).await?;
    for row in new {
        let mut row = row.clone().into_active_model();
        row.not_set(Column::Id);
        row.insert(db).await?;
    }
    Ok(())
}

/// Deletes answers, with their distribution lists.
///
/// # Errors
/// When the database fails.
pub async fn delete(db: &impl Unscoped, rows: &[Model]) -> std::result::Result<(), DbErr> {
    let uuids = rows.iter().map(|row| row.uuid);
    distribution::Entity::delete_many().filter(distribution::Column::ThingUuid.is_in(uuids)).exec(db).await?;
    Entity::delete_many().filter(Column::Id.is_in(rows.iter().map(|row| row.id))).exec(db).await?;
    Ok(())
}

fn wanted_of(
    backend: DbBackend,
    viewer: &Viewer,
    wanted: &AcceptanceCriteria,
    among: &[i64],
) -> Select<Entity> {
    let of_these = keys::among(backend, Column::ResourceId.into_simple_expr(), among);
    let select = visible_to::<Entity>(viewer).filter(of_these);
    match wanted.takes_unknown() {
        true => select,
        false => {
            select.filter(Column::Need.is_in(wanted.needs.iter().map(|need| enums::CareNeed::from(*need))))
        }
    }
}

/// The answers of the facilities that a statement finds.
pub async fn answers_of(
    db: &DatabaseConnection,
    viewer: &Viewer,
    facilities: SelectStatement,
) -> Result<Vec<Stated>> {
    let all = visible_to::<Entity>(viewer).filter(Column::ResourceId.in_subquery(facilities));
    Ok(stated(all, db).await?)
}

/// The services of the facilities that a statement finds, by internal key: an empty list where all have ended, no key
/// where there never was one.
pub async fn services_of(
    db: &DatabaseConnection,
    facilities: SelectStatement,
) -> Result<HashMap<i64, Vec<String>>> {
    let rows: Vec<(i64, String, Option<chrono::NaiveDate>)> = below_found::<care_service::Entity>(facilities)
        .select_only()
        .column(care_service::Column::ResourceId)
        .column(care_service::Column::ServiceCode)
        .column(care_service::Column::VanishedOn)
        .into_tuple()
        .all(db)
        .await?;
    let mut services: HashMap<i64, Vec<String>> = HashMap::new();
    for (facility, code, vanished) in rows {
        let offered = services.entry(facility).or_default();
        offered.extend(vanished.is_none().then_some(code));
    }
    Ok(services)
}

/// A statement that finds the facilities with an answer to the needs of a filter among those with some internal keys.
pub fn facilities(
    backend: DbBackend,
    viewer: &Viewer,
    wanted: &AcceptanceCriteria,
    among: &[i64],
) -> SelectStatement {
    wanted_of(backend, viewer, wanted, among).select_only().column(Column::ResourceId).into_query()
}

/// A statement that finds the facilities with an answer that have one of these public ids, by internal key.
pub fn with_uuids(viewer: &Viewer, facilities: impl IntoIterator<Item = Uuid>) -> SelectStatement {
    let of_these = visible_to::<Entity>(viewer).filter(resource::Column::Uuid.is_in(facilities));
    of_these.select_only().column(Column::ResourceId).into_query()
}

async fn stated(select: Select<Entity>, db: &DatabaseConnection) -> std::result::Result<Vec<Stated>, DbErr> {
    let rows: Vec<(Model, Option<resource::Model>)> =
        select.select_also(resource::Entity).order_by_asc(Column::Id).all(db).await?;
    let read = |(row, facility): (Model, Option<resource::Model>)| {
        let facility = facility?;
        Some(Stated { row, facility: facility.uuid, sort_key: facility.sort_key })
    };
    Ok(rows.into_iter().filter_map(read).collect())
}

impl Loader<AcceptancesOf> for Batch {
    type Value = Arc<Vec<Stated>>;
    type Error = BatchError;

    async fn load(
        &self,
        keys: &[AcceptancesOf],
    ) -> std::result::Result<HashMap<AcceptancesOf, Self::Value>, BatchError> {
        let select =
            visible_to::<Entity>(&self.viewer).filter(Column::ResourceId.is_in(keys.iter().map(|key| key.0)));
        let found = stated(select, self.db()).await.map_err(Arc::new)?;
        Ok(grouped(found.into_iter().map(|one| (AcceptancesOf(one.row.resource_id), one))))
    }
}
