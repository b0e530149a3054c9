//! Reads 町字: their reference points, the districts they belong to, and outlines of municipalities.

use super::matching::{Member, Town};
use crate::auth::row_scope::public;
use crate::districts::Municipality;
use crate::error::{Error, Result};
use crate::picture::View;
use chrono::NaiveDate;
use entity::{district, district_town, municipality_boundary, town};
use japan::address::{borders, town_key};
use japan::values::{Bounds, Outline, Position, meters_per_degree};
use sea_orm::sea_query::{Expr, ExprTrait, LikeExpr, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, DatabaseConnection, IntoSimpleExpr, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationTrait,
};

/// Names one statement reads at most; no 大字 has that many parts.
const MOST_NAMES: u64 = 500;
/// A simplified outline may be off by this much.
const OUTLINE_TOLERANCE_DEGREES: f64 = 0.01;

/// The 町字 to find, by key.
#[derive(Clone, Debug)]
pub enum PlaceCriteria {
    /// With one of these keys.
    Keys(Vec<String>),
    /// Whose key begins so.
    Beginning(String),
    /// Whose key ends in one of these ways.
    Ending(Vec<String>),
}

impl PlaceCriteria {
    fn condition(&self, key: impl Fn() -> SimpleExpr) -> Condition {
        match self {
            Self::Keys(keys) => Condition::all().add(key().is_in(keys.iter().cloned())),
            // Keys are compared by code point on both databases.
            Self::Beginning(start) => {
                Condition::all().add(key().gte(start.as_str())).add(key().lt(format!("{start}{}", char::MAX)))
            }
            Self::Ending(ends) => {
                let literal = |end: &&String| end.chars().all(char::is_alphanumeric);
                let nothing = Condition::any().add(Expr::value(false));
                let like = |end: &String| key().like(LikeExpr::new(format!("%{end}")));
                ends.iter().filter(literal).fold(nothing, |any, end| any.add(like(end)))
            }
        }
    }
}

/// Municipalities by official code, as far as the directory has them.
pub async fn municipalities(
    db: &DatabaseConnection,
    view: &View,
    codes: &[&str],
) -> Result<Vec<Municipality>> {
    let areas = view.areas();
    let mut found: Vec<_> = codes
        .iter()
        .filter_map(|code| areas.municipality_of(code))
        .filter_map(|id| areas.municipality(id))
        .collect();
    found.sort_by(|one, other| one.code.cmp(&other.code));
    found.dedup_by_key(|one| one.id);
    let here = town::Column::MunicipalityId.is_in(found.iter().map(|one| one.id));
    let select = public::<town::Entity>().select_only().column(town::Column::MunicipalityId);
    let listed: Vec<i64> = select.filter(here).distinct().into_tuple().all(db).await?;
    found.retain(|one| listed.contains(&one.id) || view.knows_something_of(one.id));
    Ok(found.into_iter().cloned().map(Municipality).collect())
}

/// 町字 of the official list, with their municipality.
pub async fn towns(
    db: &DatabaseConnection,
    municipality_id: i64,
    wanted: &PlaceCriteria,
) -> Result<Vec<Town>> {
    let select = public::<town::Entity>()
        .filter(town::Column::MunicipalityId.eq(municipality_id))
        .filter(wanted.condition(|| town::Column::NameKey.into_simple_expr()))
        .order_by_asc(town::Column::NameKey)
        .limit(MOST_NAMES);
    Ok(select.all(db).await?.into_iter().map(listed).collect())
}

fn listed(row: town::Model) -> Town {
    let text = format!("{}{}", row.town, row.koaza);
    let mut borders = borders(&text);
    // 小字 stand in a column of their own, without the word 字.
    let own = town_key(&row.town).chars().count();
    if !row.koaza.is_empty() && !borders.contains(&own) {
        borders.push(own);
    }
    Town { municipality_id: row.municipality_id, key: row.name_key, text, borders }
}

type MemberCells = (i64, i64, String, String, Option<NaiveDate>, Option<NaiveDate>);

/// 町字 that belong or belonged to a district: of some municipalities, or of all.
pub async fn members(
    db: &DatabaseConnection,
    municipality_ids: Option<&[i64]>,
    wanted: &PlaceCriteria,
) -> Result<Vec<Member>> {
    use district_town::Column;
    let of_district = district_town::Relation::District.def();
    let mut select = public::<district_town::Entity>()
        .join(JoinType::InnerJoin, of_district)
        .select_only()
        .column(district::Column::MunicipalityId)
        .columns([Column::DistrictId, Column::Town, Column::NameKey, Column::ValidFrom, Column::ValidTo])
        .filter(wanted.condition(|| district_town::Column::NameKey.into_simple_expr()))
        .order_by_asc(district_town::Column::NameKey)
        .order_by_asc(district_town::Column::Id)
        .limit(MOST_NAMES);
    if let Some(ids) = municipality_ids {
        select = select.filter(district::Column::MunicipalityId.is_in(ids.iter().copied()));
    }
    let rows: Vec<MemberCells> = select.into_tuple().all(db).await?;
    let member = |(municipality_id, district_id, town, name_key, valid_from, valid_to)| Member {
        municipality_id,
        district_id,
        town,
        name_key,
        valid_from,
        valid_to,
    };
    Ok(rows.into_iter().map(member).collect())
}

/// The municipalities around a point by their outlines, and whether it lies inside; those within the
/// tolerance of a simplified outline come last.
pub async fn around(db: &DatabaseConnection, position: &Position) -> Result<Vec<(i64, bool)>> {
    use municipality_boundary::Column;
    let (latitude, longitude) = (position.latitude(), position.longitude());
    let tolerance = OUTLINE_TOLERANCE_DEGREES;
    let near = public::<municipality_boundary::Entity>()
        .filter(Column::South.lte(latitude + tolerance).and(Column::North.gte(latitude - tolerance)))
        .filter(Column::West.lte(longitude + tolerance).and(Column::East.gte(longitude - tolerance)))
        .order_by_asc(Column::MunicipalityId);
    let mut found = Vec::new();
    for boundary in near.all(db).await? {
        let outline: Outline = serde_json::from_str(&boundary.polygons).map_err(Error::internal)?;
        if outline.contains(latitude, longitude, 0.0) {
            found.push((boundary.municipality_id, true));
        } else if outline.contains(latitude, longitude, tolerance) {
            found.push((boundary.municipality_id, false));
        }
    }
    found.sort_by_key(|(_, inside)| !inside);
    Ok(found)
}

/// The 町字 of some municipalities whose reference points lie nearest to a point, with the distance
/// in metres.
pub async fn nearest(
    db: &DatabaseConnection,
    municipality_ids: &[i64],
    position: &Position,
    within_meters: f64,
    count: u64,
) -> Result<Vec<(Town, f64)>> {
    use town::Column;
    let bounds = Bounds::around(position, within_meters);
    let (north, east) = meters_per_degree(position.latitude());
    let part = |column: Column, from: f64, scale: f64| {
        let meters = column.into_simple_expr().sub(Expr::value(from)).mul(Expr::value(scale));
        meters.clone().mul(meters)
    };
    let squared = part(Column::Latitude, position.latitude(), north).add(part(
        Column::Longitude,
        position.longitude(),
        east,
    ));
    let select = public::<town::Entity>()
        .filter(Column::MunicipalityId.is_in(municipality_ids.iter().copied()))
        .filter(Column::Latitude.between(bounds.south(), bounds.north()))
        .filter(Column::Longitude.between(bounds.west(), bounds.east()))
        .order_by_asc(squared)
        .order_by_asc(Column::Id)
        .limit(count);
    let mut towns = Vec::new();
    for row in select.all(db).await? {
        let point = row.latitude.zip(row.longitude).and_then(|(lat, lng)| Position::parse(lat, lng).ok());
        let Some(distance) = point.map(|point| position.distance_meters(&point)) else { continue };
        if distance <= within_meters {
            towns.push((listed(row), distance));
        }
    }
    Ok(towns)
}
