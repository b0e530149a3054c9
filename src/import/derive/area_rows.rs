//! The stored rows of an area: its 町字, its districts with their 町字, and its outline; for an import that is only tried
//! with the rows of its file in their place.

use crate::auth::row_scope::Unscoped;
use entity::{district, district_town, municipality_boundary, town};
use sea_orm::{ColumnTrait, DbErr, QueryFilter, QueryOrder};
use std::collections::HashMap;

/// The rows of one municipality.
#[derive(Clone, Default)]
pub struct AreaRows {
    pub towns: Vec<town::Model>,
    /// Each with its 町字.
    pub districts: Vec<(district::Model, Vec<district_town::Model>)>,
    pub boundary: Option<municipality_boundary::Model>,
}

impl AreaRows {
    /// The stored rows of a municipality.
    pub async fn load(db: &impl Unscoped, municipality_id: i64) -> Result<Self, DbErr> {
        let towns = db.every::<town::Entity>().filter(town::Column::MunicipalityId.eq(municipality_id));
        let here = municipality_boundary::Column::MunicipalityId.eq(municipality_id);
        let boundary = db.every::<municipality_boundary::Entity>().filter(here);
        Ok(Self {
            towns: towns.all(db).await?,
            districts: districts(db, municipality_id).await?,
            boundary: boundary.one(db).await?,
        })
    }

    /// Puts rows of a file in the places where an import would write them.
    pub(super) fn overwrite(&mut self, rows: &Self) {
        let at = |t: &town::Model| (t.town.clone(), t.koaza.clone());
        put(&mut self.towns, &rows.towns, at);
        put(&mut self.districts, &rows.districts, |(district, _)| district.code.clone());
        self.boundary = rows.boundary.clone().or(self.boundary.take());
    }
}

/// Replaces the rows with the same key, and adds the others.
fn put<R: Clone, K: Eq + std::hash::Hash>(stored: &mut Vec<R>, rows: &[R], key: impl Fn(&R) -> K) {
    let mut places: HashMap<K, usize> = stored.iter().enumerate().map(|(n, row)| (key(row), n)).collect();
    for row in rows {
        match places.get(&key(row)).and_then(|n| stored.get_mut(*n)) {
            Some(place) => place.clone_from(row),
            None => {
                places.insert(key(row), stored.len());
                stored.push(row.clone());
            }
        }
    }
}

async fn districts(
    db: &impl Unscoped,
    municipality_id: i64,
) -> Result<Vec<(district::Model, Vec<district_town::Model>)>, DbErr> {
    let here = db.every::<district::Entity>().filter(district::Column::MunicipalityId.eq(municipality_id));
    let districts = here.order_by_asc(district::Column::Id).all(db).await?;
    let ids = districts.iter().map(|district| district.id);
    let members = db.every::<district_town::Entity>().filter(district_town::Column::DistrictId.is_in(ids));
    let mut by_district: HashMap<i64, Vec<district_town::Model>> = HashMap::new();
    for member in members.order_by_asc(district_town::Column::Id).all(db).await? {
        by_district.entry(member.district_id).or_default().push(member);
    }
    let with_members = districts.into_iter().map(|district| {
        let members = by_district.remove(&district.id).unwrap_or_default();
        (district, members)
    });
    Ok(with_members.collect())
}
