//! Writes 町字, boundaries and districts of an area. Facilities there are derived again.

use crate::auth::row_scope::Unscoped;
use crate::database::ImportTurn;
use crate::import::derive::draft::uuid_of;
use crate::import::derive::{derive_municipalities, place};
use crate::import::options::Honoured;
use crate::import::report::Report;
use crate::import::tables::areas::districts::{District, Districts, Member};
use crate::import::tables::areas::towns::Town;
use crate::import::tables::{Changed, Import, Rows};
use entity::{district, district_town, municipality_boundary, town};
use japan::codes::{self, Municipality};
use japan::values::Outline;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, ExprTrait, QueryFilter, QueryOrder};
use std::collections::{BTreeMap, BTreeSet, HashMap};

const CHUNK: usize = 1_000;

/// The 町字 of a municipality.
pub(in crate::import) struct TownRows {
    pub(in crate::import) municipality: &'static Municipality,
    pub(in crate::import) towns: Vec<Town>,
}

/// The 町字 that are new or have moved.
pub(in crate::import) struct NewTowns {
    municipality: &'static Municipality,
    municipality_id: i64,
    towns: Vec<Town>,
}

impl Rows for TownRows {
    type Compared = NewTowns;
    const ACTION: &'static str = "importTowns";
    const HONOURED: Honoured = Honoured { day: false, complete: false, publisher: false };

    async fn compare(self, import: &mut Import<'_>) -> Result<NewTowns, DbErr> {
        let Self { municipality, towns } = self;
        let municipality_id = place::municipality_id_in(import.turn, municipality.code).await?;
        let known = known_towns(import.turn, municipality_id).await?;
        let mut pending = Vec::new();
        for town in towns {
            match known.get(&(town.town.clone(), town.koaza.clone())) {
                None => import.report.created += 1,
                Some(position) if *position == town.position => {
                    import.report.unchanged += 1;
                    continue;
                }
                Some(_) => import.report.updated += 1,
            }
            pending.push(town);
        }
        Ok(NewTowns { municipality, municipality_id, towns: pending })
    }

    async fn write(new: NewTowns, import: &mut Import<'_>) -> Result<Changed, DbErr> {
        if new.towns.is_empty() {
            return Ok(None);
        }
        let code = new.municipality.code.to_owned();
        if !import.turn.is_rehearsal() {
            insert_towns(import.turn, new.municipality_id, &new.towns).await?;
            derive_municipalities(import.turn, std::slice::from_ref(&code), import.today, import.report)
                .await?;
        }
        Ok(Some(vec![code]))
    }
}

async fn known_towns(
    db: &impl Unscoped,
    municipality_id: i64,
) -> Result<HashMap<(String, String), Option<(f64, f64)>>, DbErr> {
    let all = db.every::<town::Entity>();
    let found = all.filter(town::Column::MunicipalityId.eq(municipality_id)).all(db).await?;
    Ok(found.into_iter().map(|t| ((t.town, t.koaza), t.latitude.zip(t.longitude))).collect())
}

async fn insert_towns(db: &impl Unscoped, municipality_id: i64, towns: &[Town]) -> Result<(), DbErr> {
    let model = |town: &Town| town::ActiveModel {
        municipality_id: Set(municipality_id),
        town: Set(town.town.clone()),
        koaza: Set(town.koaza.clone()),
        name_key: Set(town.name_key.clone()),
        latitude: Set(town.position.map(|p| p.0)),
        longitude: Set(town.position.map(|p| p.1)),
        ..Default::default()
    };
    let key = [town::Column::MunicipalityId, town::Column::Town, town::Column::Koaza];
    let over = [town::Column::NameKey, town::Column::Latitude, town::Column::Longitude];
    for chunk in towns.chunks(CHUNK) {
        town::Entity::insert_many(chunk.iter().map(model))
            .on_conflict(OnConflict::columns(key).update_columns(over).to_owned())
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// The outlines of municipalities, by code.
pub(in crate::import) struct BoundaryRows(pub(in crate::import) BTreeMap<String, Outline>);

impl Rows for BoundaryRows {
    type Compared = Self;
    const ACTION: &'static str = "importBoundaries";
    const HONOURED: Honoured = Honoured { day: false, complete: false, publisher: false };

    async fn compare(self, _: &mut Import<'_>) -> Result<Self, DbErr> {
        Ok(self)
    }

    async fn write(Self(boundaries): Self, import: &mut Import<'_>) -> Result<Changed, DbErr> {
        let mut changed = Vec::new();
        for (code, outline) in boundaries {
            if write_boundary(import.turn, &code, &outline, import.report).await? {
                changed.push(code);
            }
        }
        if !(changed.is_empty() || import.turn.is_rehearsal()) {
            let around = municipalities_around(&changed);
            derive_municipalities(import.turn, &around, import.today, import.report).await?;
        }
        Ok((!changed.is_empty()).then_some(changed))
    }
}

/// The municipalities to derive again: a position is looked up in every outline of its prefecture, so a
/// changed outline may affect all of it.
fn municipalities_around(changed: &[String]) -> Vec<String> {
    let prefectures: BTreeSet<&str> = changed.iter().filter_map(|code| code.get(..2)).collect();
    let around = codes::municipalities().iter().filter(|m| prefectures.contains(m.prefecture_code));
    around.map(|m| m.code.to_owned()).collect()
}

async fn write_boundary(
    db: &ImportTurn,
    code: &str,
    outline: &Outline,
    report: &mut Report,
) -> Result<bool, DbErr> {
    let polygons = serde_json::to_string(outline).map_err(|e| DbErr::Custom(e.to_string()))?;
    let Some((south, west, north, east)) = outline.extent() else { return Ok(false) };
    let municipality_id = place::municipality_id_in(db, code).await?;
    let known = db
        .every::<municipality_boundary::Entity>()
        .filter(municipality_boundary::Column::MunicipalityId.eq(municipality_id))
        .one(db)
        .await?;
    match known {
        Some(known) if known.polygons == polygons => {
            report.unchanged += 1;
            return Ok(false);
        }
        Some(_) => report.updated += 1,
        None => report.created += 1,
    }
    if db.is_rehearsal() {
        return Ok(true);
    }
    let model = municipality_boundary::ActiveModel {
        municipality_id: Set(municipality_id),
        south: Set(south),
        west: Set(west),
        north: Set(north),
        east: Set(east),
        polygons: Set(polygons),
    };
    let column = municipality_boundary::Column::MunicipalityId;
    let over = [
        municipality_boundary::Column::South,
        municipality_boundary::Column::West,
        municipality_boundary::Column::North,
        municipality_boundary::Column::East,
        municipality_boundary::Column::Polygons,
    ];
    municipality_boundary::Entity::insert(model)
        .on_conflict(OnConflict::column(column).update_columns(over).to_owned())
        .exec_without_returning(db)
        .await?;
    Ok(true)
}

/// The districts of municipalities.
pub(in crate::import) struct DistrictRows(pub(in crate::import) Districts);

impl Rows for DistrictRows {
    type Compared = Self;
    const ACTION: &'static str = "importDistricts";
    const HONOURED: Honoured = Honoured { day: false, complete: false, publisher: false };

    async fn compare(self, _: &mut Import<'_>) -> Result<Self, DbErr> {
        Ok(self)
    }

    async fn write(Self(districts): Self, import: &mut Import<'_>) -> Result<Changed, DbErr> {
        let mut changed = BTreeSet::new();
        for ((municipality, code), district) in districts {
            let id = place::municipality_id_in(import.turn, &municipality).await?;
            if write_district(import.turn, id, &municipality, &code, &district, import.report).await? {
                changed.insert(municipality);
            }
        }
        let changed: Vec<String> = changed.into_iter().collect();
        if !(changed.is_empty() || import.turn.is_rehearsal()) {
            derive_municipalities(import.turn, &changed, import.today, import.report).await?;
        }
        Ok((!changed.is_empty()).then_some(changed))
    }
}

async fn write_district(
    db: &ImportTurn,
    municipality_id: i64,
    municipality: &str,
    code: &str,
    district: &District,
    report: &mut Report,
) -> Result<bool, DbErr> {
    let here = district::Column::MunicipalityId.eq(municipality_id).and(district::Column::Code.eq(code));
    let known = db.every::<district::Entity>().filter(here.clone()).one(db).await?;
    let members = match &known {
        Some(known) => members(db, known.id).await?,
        None => Vec::new(),
    };
    let rows = district.members.len() as u64;
    if known.as_ref().is_some_and(|k| k.name == district.name) && members == district.members {
        report.unchanged += rows;
        return Ok(false);
    }
    *(if known.is_some() { &mut report.updated } else { &mut report.created }) += rows;
    if db.is_rehearsal() {
        return Ok(true);
    }
    let model = district::ActiveModel {
        uuid: Set(uuid_of(&format!("district:{municipality}:{code}"))),
        municipality_id: Set(municipality_id),
        code: Set(code.to_owned()),
        name: Set(district.name.clone()),
        valid_from: Set(district.valid_from()),
        valid_to: Set(district.valid_to()),
        ..Default::default()
    };
    let key = [district::Column::MunicipalityId, district::Column::Code];
    let over = [district::Column::Name, district::Column::ValidFrom, district::Column::ValidTo];
    let upsert = OnConflict::columns(key).update_columns(over).to_owned();
    district::Entity::insert(model).on_conflict(upsert).exec_without_returning(db).await?;
    let written = db.every::<district::Entity>().filter(here).one(db).await?;
    let id = written.map(|d| d.id).ok_or_else(|| DbErr::RecordNotFound(format!("district {code}")))?;
    replace_members(db, id, &district.members).await?;
    Ok(true)
}

async fn members(db: &impl Unscoped, district_id: i64) -> Result<Vec<Member>, DbErr> {
    let all = db.every::<district_town::Entity>();
    let found = all
        .filter(district_town::Column::DistrictId.eq(district_id))
        .order_by_asc(district_town::Column::Id)
        .all(db)
        .await?;
    let member = |t: district_town::Model| Member {
        town: t.town,
        name_key: t.name_key,
        valid_from: t.valid_from,
        valid_to: t.valid_to,
    };
    Ok(found.into_iter().map(member).collect())
}

async fn replace_members(db: &impl Unscoped, district_id: i64, members: &[Member]) -> Result<(), DbErr> {
    district_town::Entity::delete_many()
        .filter(district_town::Column::DistrictId.eq(district_id))
        .exec(db)
        .await?;
    let model = |member: &Member| district_town::ActiveModel {
        district_id: Set(district_id),
        town: Set(member.town.clone()),
        name_key: Set(member.name_key.clone()),
        valid_from: Set(member.valid_from),
        valid_to: Set(member.valid_to),
        ..Default::default()
    };
    for chunk in members.chunks(CHUNK) {
        district_town::Entity::insert_many(chunk.iter().map(model)).exec_without_returning(db).await?;
    }
    Ok(())
}
