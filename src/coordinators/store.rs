//! Coordinators in the database; all stored facts about them are public.

use super::SupportCoordinator;
use super::terms::CoordinatorTier;
use crate::auth::row_scope::{Unscoped, public};
use crate::context::{Batch, BatchError, grouped};
use crate::districts::District;
use crate::error::Result;
use async_graphql::dataloader::Loader;
use chrono::NaiveDate;
use entity::coordinator::{ActiveModel, Column, Entity, Model};
use entity::enums;
use entity::{coordinator_district, district, municipality};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SimpleExpr};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, DatabaseConnection, DbErr, EntityTrait,
    IntoSimpleExpr, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait, Select,
};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use uuid::Uuid;

/// The coordinators responsible for a district of a municipality.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CoordinatorsOf {
    /// The district.
    pub district: i64,
    /// Its municipality, for which the first layer works.
    pub municipality: i64,
}

/// The filter of coordinators.
#[derive(Clone, Debug, Default)]
pub struct CoordinatorCriteria {
    /// Of a municipality, by code.
    pub municipality_code: Option<String>,
    /// Responsible for one of these districts, by internal key.
    pub districts: Option<Vec<i64>>,
    /// Of a layer.
    pub tier: Option<CoordinatorTier>,
}

/// Writes a coordinator with the districts they work for, whoever enters them: a new one, or over the row of a key.
///
/// # Errors
/// When the database fails.
pub async fn write(
    db: &impl Unscoped,
    id: Option<i64>,
    coordinator: ActiveModel,
    districts: &BTreeSet<i64>,
) -> std::result::Result<(), DbErr> {
    let id = match id {
        Some(id) => ActiveModel { id: Set(id), ..coordinator }.update(db).await?.id,
        None => coordinator.insert(db).await?.id,
    };
    replace_districts(db, id, districts).await
}

/// Marks coordinators that the list of their city no longer has, by key.
///
/// # Errors
/// When the database fails.
pub async fn mark_vanished(
    db: &impl Unscoped,
    ids: Vec<i64>,
    day: NaiveDate,
) -> std::result::Result<(), DbErr> {
    let marked = Entity::update_many().filter(Column::Id.is_in(ids));
    marked.col_expr(Column::VanishedOn, Expr::value(day)).exec(db).await?;
    Ok(())
}

async fn replace_districts(
    db: &impl Unscoped,
    coordinator_id: i64,
    districts: &BTreeSet<i64>,
) -> std::result::Result<(), DbErr> {
    use coordinator_district::{ActiveModel, Column, Entity};
    Entity::delete_many().filter(Column::CoordinatorId.eq(coordinator_id)).exec(db).await?;
    if districts.is_empty() {
        return Ok(());
    }
    let model = |id: &i64| ActiveModel { coordinator_id: Set(coordinator_id), district_id: Set(*id) };
    Entity::insert_many(districts.iter().map(model)).exec_without_returning(db).await?;
    Ok(())
}

/// Coordinators by municipality, layer and place of work, without those missing from the city's list.
pub async fn list(db: &DatabaseConnection, wanted: CoordinatorCriteria) -> Result<Vec<SupportCoordinator>> {
    let mut select = public::<Entity>().filter(Column::VanishedOn.is_null());
    if let Some(code) = wanted.municipality_code {
        let here = Query::select()
            .column(municipality::Column::Id)
            .from(municipality::Entity)
            .and_where(municipality::Column::Code.eq(code))
            .to_owned();
        select = select.filter(Column::MunicipalityId.in_subquery(here));
    }
    if let Some(tier) = wanted.tier {
        select = select.filter(Column::Tier.eq(enums::CoordinatorTier::from(tier)));
    }
    if let Some(districts) = wanted.districts {
        let of_these = Query::select()
            .column(district::Column::MunicipalityId)
            .from(district::Entity)
            .and_where(district::Column::Id.is_in(districts.iter().copied()))
            .to_owned();
        let any = Condition::any()
            .add(responsible_for(districts))
            .add(for_everything().and(Column::MunicipalityId.in_subquery(of_these)));
        select = select.filter(any);
    }
    Ok(with_districts(db, select).await?)
}

/// Coordinators by public id.
pub async fn find_many(db: &DatabaseConnection, ids: &[Uuid]) -> Result<Vec<SupportCoordinator>> {
    Ok(with_districts(db, public::<Entity>().filter(Column::Uuid.is_in(ids.iter().copied()))).await?)
}

fn responsible_for(districts: Vec<i64>) -> SimpleExpr {
    let responsible = Query::select()
        .column(coordinator_district::Column::CoordinatorId)
        .from(coordinator_district::Entity)
        .and_where(coordinator_district::Column::DistrictId.is_in(districts))
        .to_owned();
    Column::Id.in_subquery(responsible)
}

/// Coordinators of the first layer without a list of districts, who work for the whole municipality.
fn for_everything() -> SimpleExpr {
    let own =
        coordinator_district::Column::CoordinatorId.into_simple_expr().eq(Column::Id.into_simple_expr());
    let listed =
        Query::select().expr(Expr::value(1)).from(coordinator_district::Entity).and_where(own).to_owned();
    Column::Tier.eq(enums::CoordinatorTier::First).and(Expr::exists(listed).not())
}

/// The rows with their districts: two statements, however many rows.
async fn with_districts(
    db: &DatabaseConnection,
    select: Select<Entity>,
) -> std::result::Result<Vec<SupportCoordinator>, DbErr> {
    let select =
        select.order_by_asc(Column::MunicipalityId).order_by_asc(Column::Tier).order_by_asc(Column::Id);
    let rows: Vec<Model> = select.all(db).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let to_district = coordinator_district::Relation::District.def();
    let pairs = public::<coordinator_district::Entity>()
        .filter(coordinator_district::Column::CoordinatorId.is_in(rows.iter().map(|row| row.id)))
        .select_also(district::Entity)
        .join(JoinType::InnerJoin, to_district)
        .order_by_asc(district::Column::Code)
        .all(db)
        .await?;
    let coordinator = |row: Model| {
        let own = pairs.iter().filter(|(pair, _)| pair.coordinator_id == row.id);
        let districts = own.filter_map(|(_, district)| district.clone().map(District)).collect();
        SupportCoordinator { tier: row.tier.into(), row, districts }
    };
    Ok(rows.into_iter().map(coordinator).collect())
}

impl Loader<CoordinatorsOf> for Batch {
    type Value = Arc<Vec<SupportCoordinator>>;
    type Error = BatchError;

    async fn load(
        &self,
        keys: &[CoordinatorsOf],
    ) -> std::result::Result<HashMap<CoordinatorsOf, Self::Value>, BatchError> {
        let districts = keys.iter().map(|key| key.district).collect();
        let everywhere =
            for_everything().and(Column::MunicipalityId.is_in(keys.iter().map(|key| key.municipality)));
        let select = public::<Entity>()
            .filter(Column::VanishedOn.is_null())
            .filter(Condition::any().add(responsible_for(districts)).add(everywhere));
        let found = with_districts(self.db(), select).await.map_err(Arc::new)?;
        Ok(grouped(keys.iter().flat_map(|key| {
            let own = found.iter().filter(|coordinator| coordinator.works_for(key));
            own.map(|coordinator| (*key, coordinator.clone())).collect::<Vec<_>>()
        })))
    }
}

impl SupportCoordinator {
    fn works_for(&self, key: &CoordinatorsOf) -> bool {
        let everything = self.tier == CoordinatorTier::First && self.districts.is_empty();
        (everything && self.row.municipality_id == key.municipality)
            || self.districts.iter().any(|district| district.0.id == key.district)
    }
}
