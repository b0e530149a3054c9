//! Municipalities and districts; both are public.

use super::{District, DistrictTown, Municipality};
use crate::auth::row_scope::public;
use crate::auth::{Viewer, conditions};
use crate::context::{Batch, BatchError, grouped};
use crate::error::{Error, Result};
use crate::scalars::Date;
use async_graphql::dataloader::Loader;
use chrono::NaiveDate;
use entity::{district, district_town, municipality, municipality_boundary, resource};
use japan::values::{Bounds, Outline};
use sea_orm::sea_query::{Expr, ExprTrait, NullOrdering, Order, Query, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, DatabaseConnection, IntoSimpleExpr, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationTrait,
};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use uuid::Uuid;

/// A municipality by internal key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MunicipalityKey(pub i64);

/// A district by internal key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DistrictKey(pub i64);

/// The districts of a municipality, present and past.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DistrictsOf(pub i64);

/// The 町字 of a district.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TownsOf(pub i64);

type Loaded<K, V> = std::result::Result<HashMap<K, V>, BatchError>;

/// Whether a period holds a day; both ends belong to it.
pub fn is_valid(from: Option<NaiveDate>, to: Option<NaiveDate>, day: NaiveDate) -> bool {
    from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
}

/// A municipality is listed for what the viewer may know about it: a resource, or its districts.
pub fn something_is_known(viewer: &Viewer) -> Condition {
    let here = |column: SimpleExpr| column.eq(municipality::Column::Id.into_simple_expr());
    let resources = Query::select()
        .expr(Expr::value(1))
        .from(resource::Entity)
        .and_where(here(resource::Column::MunicipalityId.into_simple_expr()))
        .cond_where(conditions::resources(viewer))
        .to_owned();
    let districts = Query::select()
        .expr(Expr::value(1))
        .from(district::Entity)
        .and_where(here(district::Column::MunicipalityId.into_simple_expr()))
        .to_owned();
    Condition::any().add(Expr::exists(resources)).add(Expr::exists(districts))
}

/// Municipalities of which the viewer may know something, by code.
pub async fn municipalities(
    db: &DatabaseConnection,
    viewer: &Viewer,
    prefecture_code: Option<&str>,
) -> Result<Vec<Municipality>> {
    let mut select = public::<municipality::Entity>()
        .filter(something_is_known(viewer))
        .order_by_asc(municipality::Column::Code);
    if let Some(code) = prefecture_code {
        select = select.filter(municipality::Column::PrefectureCode.eq(code));
    }
    Ok(select.all(db).await?.into_iter().map(Municipality).collect())
}

/// Which of some codes are those of municipalities of which the viewer may know something.
pub async fn municipalities_with<'c>(
    db: &DatabaseConnection,
    viewer: &Viewer,
    codes: impl Iterator<Item = &'c str>,
) -> Result<HashSet<String>> {
    let here = municipality::Column::Code.is_in(codes);
    let select = public::<municipality::Entity>().filter(something_is_known(viewer)).filter(here);
    Ok(select.all(db).await?.into_iter().map(|municipality| municipality.code).collect())
}

/// Districts valid on a day, by municipality and code.
pub async fn districts(
    db: &DatabaseConnection,
    municipality_code: Option<&str>,
    day: NaiveDate,
) -> Result<Vec<District>> {
    let in_municipality = district::Relation::Municipality.def();
    let mut select = public::<district::Entity>()
        .join(JoinType::InnerJoin, in_municipality)
        .filter(district::Column::ValidFrom.is_null().or(district::Column::ValidFrom.lte(day)))
        .filter(district::Column::ValidTo.is_null().or(district::Column::ValidTo.gte(day)))
        .order_by_asc(municipality::Column::Code)
        .order_by_asc(district::Column::Code);
    if let Some(code) = municipality_code {
        select = select.filter(municipality::Column::Code.eq(code));
    }
    Ok(select.all(db).await?.into_iter().map(District).collect())
}

/// Municipalities whose outline, where one is loaded, has anything in common with a box. Only
/// outlines that the edge of the box may cut are read.
pub async fn outlined_in(db: &DatabaseConnection, bounds: &Bounds) -> Result<Vec<i64>> {
    use municipality_boundary::Column;
    let overlapping = public::<municipality_boundary::Entity>()
        .filter(Column::South.lte(bounds.north()).and(Column::North.gte(bounds.south())))
        .filter(Column::West.lte(bounds.east()).and(Column::East.gte(bounds.west())));
    let within = Column::South
        .gte(bounds.south())
        .and(Column::North.lte(bounds.north()))
        .and(Column::West.gte(bounds.west()))
        .and(Column::East.lte(bounds.east()));
    let whole = overlapping.clone().filter(within.clone()).select_only().column(Column::MunicipalityId);
    let mut touched: Vec<i64> = whole.into_tuple().all(db).await?;
    for boundary in overlapping.filter(within.not()).all(db).await? {
        let outline: Outline = serde_json::from_str(&boundary.polygons).map_err(Error::internal)?;
        if outline.touches(bounds) {
            touched.push(boundary.municipality_id);
        }
    }
    Ok(touched)
}

/// Municipalities by public id.
pub async fn find_municipalities(db: &DatabaseConnection, ids: &[Uuid]) -> Result<Vec<Municipality>> {
    let select =
        public::<municipality::Entity>().filter(municipality::Column::Uuid.is_in(ids.iter().copied()));
    Ok(select.all(db).await?.into_iter().map(Municipality).collect())
}

/// Districts by public id.
pub async fn find_districts(db: &DatabaseConnection, ids: &[Uuid]) -> Result<Vec<District>> {
    let select = public::<district::Entity>().filter(district::Column::Uuid.is_in(ids.iter().copied()));
    Ok(select.all(db).await?.into_iter().map(District).collect())
}

impl Loader<MunicipalityKey> for Batch {
    type Value = Municipality;
    type Error = BatchError;

    async fn load(&self, keys: &[MunicipalityKey]) -> Loaded<MunicipalityKey, Municipality> {
        let view = self.view().await?;
        let known =
            |key: &MunicipalityKey| Some((*key, Municipality(view.areas().municipality(key.0)?.clone())));
        Ok(keys.iter().filter_map(known).collect())
    }
}

impl Loader<DistrictKey> for Batch {
    type Value = District;
    type Error = BatchError;

    async fn load(&self, keys: &[DistrictKey]) -> Loaded<DistrictKey, District> {
        let view = self.view().await?;
        let known = |key: &DistrictKey| Some((*key, District(view.areas().district(key.0)?.clone())));
        Ok(keys.iter().filter_map(known).collect())
    }
}

impl Loader<DistrictsOf> for Batch {
    type Value = Arc<Vec<District>>;
    type Error = BatchError;

    async fn load(&self, keys: &[DistrictsOf]) -> Loaded<DistrictsOf, Arc<Vec<District>>> {
        let view = self.view().await?;
        let here = |own: &&district::Model| keys.contains(&DistrictsOf(own.municipality_id));
        let mut found: Vec<District> = view.areas().districts().filter(here).cloned().map(District).collect();
        found.sort_by(|one, other| (&one.0.code, one.0.id).cmp(&(&other.0.code, other.0.id)));
        Ok(grouped(found.into_iter().map(|own| (DistrictsOf(own.0.municipality_id), own))))
    }
}

impl Loader<TownsOf> for Batch {
    type Value = Arc<Vec<DistrictTown>>;
    type Error = BatchError;

    async fn load(&self, keys: &[TownsOf]) -> Loaded<TownsOf, Arc<Vec<DistrictTown>>> {
        let select = public::<district_town::Entity>()
            .filter(district_town::Column::DistrictId.is_in(keys.iter().map(|key| key.0)))
            .order_by_asc(district_town::Column::NameKey)
            .order_by_with_nulls(district_town::Column::ValidFrom, Order::Asc, NullOrdering::First)
            .order_by_asc(Expr::col(district_town::Column::Id));
        let found = select.all(self.db()).await.map_err(Arc::new)?;
        let town = |t: district_town::Model| {
            (
                TownsOf(t.district_id),
                DistrictTown {
                    name: t.town,
                    valid_from: t.valid_from.map(Date),
                    valid_to: t.valid_to.map(Date),
                },
            )
        };
        Ok(grouped(found.into_iter().map(town)))
    }
}
