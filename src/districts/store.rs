//! Municipalities and districts; both are public.

use super::{District, DistrictTown, Municipality};
use crate::auth::row_scope::public;
use crate::context::{Batch, BatchError, grouped};
use crate::error::Result;
use crate::picture::{Areas, View};
use crate::scalars::Date;
use async_graphql::dataloader::Loader;
use chrono::NaiveDate;
use entity::{district, district_town, municipality};
use sea_orm::sea_query::{Expr, NullOrdering, Order};
use sea_orm::{ColumnTrait, DatabaseConnection, QueryFilter, QueryOrder};
use std::collections::HashMap;
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

/// Municipalities of which the viewer may know something, by code.
pub fn municipalities(view: &View, prefecture_code: Option<&str>) -> Vec<Municipality> {
    let here = |one: &&municipality::Model| prefecture_code.is_none_or(|code| one.prefecture_code == code);
    let all = view.areas().municipalities().filter(here);
    let mut known: Vec<&municipality::Model> = all.filter(|one| view.knows_something_of(one.id)).collect();
    known.sort_by(|one, other| one.code.cmp(&other.code));
    known.into_iter().cloned().map(Municipality).collect()
}

/// Districts valid on a day, by municipality and code.
pub fn districts(areas: &Areas, municipality_code: Option<&str>, day: NaiveDate) -> Vec<District> {
    let code_of =
        |one: &district::Model| areas.municipality(one.municipality_id).map(|own| own.code.as_str());
    let here = |one: &&district::Model| municipality_code.is_none_or(|code| code_of(one) == Some(code));
    let all = areas.districts().filter(|one| is_valid(one.valid_from, one.valid_to, day)).filter(here);
    let mut valid: Vec<&district::Model> = all.collect();
    valid.sort_by(|one, other| (code_of(one), &one.code).cmp(&(code_of(other), &other.code)));
    valid.into_iter().cloned().map(District).collect()
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
