//! Writes 町字, boundaries and districts of an area. Facilities there are derived again.

use crate::auth::row_scope::Unscoped;
use crate::id::{NodeId, NodeType};
use crate::import::derive::draft::uuid_of;
use crate::import::derive::place::municipality_uuid;
use crate::import::derive::{AreaRows, derive_municipalities, place, rehearse_municipalities};
use crate::import::options::Honoured;
use crate::import::tables::areas::districts::{Districts, Member};
use crate::import::tables::areas::towns::Town;
use crate::import::tables::{Changed, Import, Rows};
use entity::enums::AuditAction;
use entity::{district, district_town, municipality_boundary, town};
use japan::codes::{self, Municipality};
use japan::values::Outline;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ActiveValue::NotSet, ColumnTrait, DbErr, EntityTrait, ExprTrait, IntoActiveModel,
    QueryFilter, QueryOrder,
};
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
    const ACTION: AuditAction = AuditAction::ImportTowns;
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
        let towns: Vec<town::Model> =
            new.towns.into_iter().map(|town| town_row(new.municipality_id, town)).collect();
        let mut rehearsed = HashMap::new();
        match import.turn.is_rehearsal() {
            true => _ = rehearsed.insert(code.clone(), AreaRows { towns, ..AreaRows::default() }),
            false => insert_towns(import.turn, towns).await?,
        }
        derive(import, rehearsed, std::slice::from_ref(&code)).await?;
        Ok(Some(municipalities([&code])))
    }
}

/// Derives the facilities of some municipalities again: from the stored rows, which an import has written, or from the
/// rows that a rehearsal would have written, by municipality.
async fn derive(
    import: &mut Import<'_>,
    rehearsed: HashMap<String, AreaRows>,
    codes: &[String],
) -> Result<(), DbErr> {
    let (turn, today) = (import.turn, import.today);
    match turn.is_rehearsal() {
        true => rehearse_municipalities(turn, rehearsed, codes, today, import.report).await,
        false => derive_municipalities(turn, codes, today, import.report).await,
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

fn town_row(municipality_id: i64, town: Town) -> town::Model {
    town::Model {
        id: 0,
        municipality_id,
        town: town.town,
        koaza: town.koaza,
        name_key: town.name_key,
        latitude: town.position.map(|p| p.0),
        longitude: town.position.map(|p| p.1),
    }
}

async fn insert_towns(db: &impl Unscoped, towns: Vec<town::Model>) -> Result<(), DbErr> {
    let new =
        |town: &town::Model| town::ActiveModel { id: NotSet, ..town.clone().into_active_model().reset_all() };
    let key = [town::Column::MunicipalityId, town::Column::Town, town::Column::Koaza];
    let over = [town::Column::NameKey, town::Column::Latitude, town::Column::Longitude];
    for chunk in towns.chunks(CHUNK) {
        town::Entity::insert_many(chunk.iter().map(new))
            .on_conflict(OnConflict::columns(key).update_columns(over).to_owned())
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// The outlines of municipalities, by code.
pub(in crate::import) struct BoundaryRows(pub(in crate::import) BTreeMap<String, Outline>);

impl Rows for BoundaryRows {
    /// The outlines that are new or have changed.
    type Compared = BTreeMap<String, municipality_boundary::Model>;
    const ACTION: AuditAction = AuditAction::ImportBoundaries;
    const HONOURED: Honoured = Honoured { day: false, complete: false, publisher: false };

    async fn compare(self, import: &mut Import<'_>) -> Result<Self::Compared, DbErr> {
        let mut changed = BTreeMap::new();
        for (code, outline) in self.0 {
            let municipality_id = place::municipality_id_in(import.turn, &code).await?;
            let Some(row) = boundary_row(municipality_id, &outline)? else { continue };
            let here = municipality_boundary::Column::MunicipalityId.eq(municipality_id);
            let known = import.turn.every::<municipality_boundary::Entity>().filter(here);
            match known.one(import.turn).await? {
                Some(known) if known.polygons == row.polygons => {
                    import.report.unchanged += 1;
                    continue;
                }
                Some(_) => import.report.updated += 1,
                None => import.report.created += 1,
            }
            changed.insert(code, row);
        }
        Ok(changed)
    }

    async fn write(boundaries: Self::Compared, import: &mut Import<'_>) -> Result<Changed, DbErr> {
        if boundaries.is_empty() {
            return Ok(None);
        }
        let changed: Vec<String> = boundaries.keys().cloned().collect();
        let mut rehearsed = HashMap::new();
        for (code, boundary) in boundaries {
            match import.turn.is_rehearsal() {
                true => {
                    let rows = AreaRows { boundary: Some(boundary), ..AreaRows::default() };
                    rehearsed.insert(code, rows);
                }
                false => upsert_boundary(import.turn, boundary).await?,
            }
        }
        derive(import, rehearsed, &municipalities_around(&changed)).await?;
        Ok(Some(municipalities(&changed)))
    }
}

/// The public ids of municipalities, for the audit.
fn municipalities<'c>(codes: impl IntoIterator<Item = &'c String>) -> Vec<NodeId> {
    let id = |code: &String| NodeId::new(NodeType::Municipality, municipality_uuid(code));
    codes.into_iter().map(id).collect()
}

/// The municipalities to derive again: a position is looked up in every outline of its prefecture, so a
/// changed outline may affect all of it.
fn municipalities_around(changed: &[String]) -> Vec<String> {
    let prefectures: BTreeSet<&str> = changed.iter().filter_map(|code| code.get(..2)).collect();
    let around = codes::municipalities().iter().filter(|m| prefectures.contains(m.prefecture_code));
    around.map(|m| m.code.to_owned()).collect()
}

/// The row of an outline; `None`: it has no extent.
fn boundary_row(
    municipality_id: i64,
    outline: &Outline,
) -> Result<Option<municipality_boundary::Model>, DbErr> {
    let polygons = serde_json::to_string(outline).map_err(|e| DbErr::Custom(e.to_string()))?;
    let row = outline.extent().map(|(south, west, north, east)| municipality_boundary::Model {
        municipality_id,
        south,
        west,
        north,
        east,
        polygons,
    });
    Ok(row)
}

async fn upsert_boundary(db: &impl Unscoped, row: municipality_boundary::Model) -> Result<(), DbErr> {
    let column = municipality_boundary::Column::MunicipalityId;
    let over = [
        municipality_boundary::Column::South,
        municipality_boundary::Column::West,
        municipality_boundary::Column::North,
        municipality_boundary::Column::East,
        municipality_boundary::Column::Polygons,
    ];
    municipality_boundary::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(OnConflict::column(column).update_columns(over).to_owned())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The districts of municipalities.
pub(in crate::import) struct DistrictRows(pub(in crate::import) Districts);

/// A district that is new or has changed.
pub(in crate::import) struct ChangedDistrict {
    municipality: String,
    /// Its row; a new one has a negative id, the id of no row.
    row: district::Model,
    members: Vec<Member>,
}

impl Rows for DistrictRows {
    type Compared = Vec<ChangedDistrict>;
    const ACTION: AuditAction = AuditAction::ImportDistricts;
    const HONOURED: Honoured = Honoured { day: false, complete: false, publisher: false };

    async fn compare(self, import: &mut Import<'_>) -> Result<Self::Compared, DbErr> {
        let mut changed = Vec::new();
        for (n, ((municipality, code), district)) in (1..).zip(self.0) {
            let municipality_id = place::municipality_id_in(import.turn, &municipality).await?;
            let known = known_district(import.turn, municipality_id, &code).await?;
            let rows = district.members.len() as u64;
            let same = |(known, members): &(district::Model, Vec<Member>)| {
                known.name == district.name && *members == district.members
            };
            if known.as_ref().is_some_and(same) {
                import.report.unchanged += rows;
                continue;
            }
            *(if known.is_some() { &mut import.report.updated } else { &mut import.report.created }) += rows;
            let row = district::Model {
                id: known.map_or(-n, |(known, _)| known.id),
                uuid: uuid_of(&format!("district:{municipality}:{code}")),
                municipality_id,
                code,
                name: district.name.clone(),
                valid_from: district.valid_from(),
                valid_to: district.valid_to(),
            };
            changed.push(ChangedDistrict { municipality, row, members: district.members });
        }
        Ok(changed)
    }

    async fn write(districts: Self::Compared, import: &mut Import<'_>) -> Result<Changed, DbErr> {
        if districts.is_empty() {
            return Ok(None);
        }
        let changed: BTreeSet<String> = districts.iter().map(|d| d.municipality.clone()).collect();
        let changed: Vec<String> = changed.into_iter().collect();
        let mut rehearsed: HashMap<String, AreaRows> = HashMap::new();
        for district in districts {
            match import.turn.is_rehearsal() {
                true => {
                    let members = member_rows(district.row.id, district.members);
                    let area = rehearsed.entry(district.municipality).or_default();
                    area.districts.push((district.row, members));
                }
                false => write_district(import.turn, district).await?,
            }
        }
        derive(import, rehearsed, &changed).await?;
        Ok(Some(municipalities(&changed)))
    }
}

/// A stored district with its members.
async fn known_district(
    db: &impl Unscoped,
    municipality_id: i64,
    code: &str,
) -> Result<Option<(district::Model, Vec<Member>)>, DbErr> {
    let here = district::Column::MunicipalityId.eq(municipality_id).and(district::Column::Code.eq(code));
    let Some(known) = db.every::<district::Entity>().filter(here).one(db).await? else { return Ok(None) };
    let of_it = district_town::Column::DistrictId.eq(known.id);
    let members = db.every::<district_town::Entity>().filter(of_it);
    let members = members.order_by_asc(district_town::Column::Id).all(db).await?;
    let member = |t: district_town::Model| Member {
        town: t.town,
        name_key: t.name_key,
        valid_from: t.valid_from,
        valid_to: t.valid_to,
    };
    Ok(Some((known, members.into_iter().map(member).collect())))
}

async fn write_district(db: &impl Unscoped, district: ChangedDistrict) -> Result<(), DbErr> {
    let ChangedDistrict { municipality: _, row, members } = district;
    let (here, code) = (row.municipality_id, row.code.clone());
    let key = [district::Column::MunicipalityId, district::Column::Code];
    let over = [district::Column::Name, district::Column::ValidFrom, district::Column::ValidTo];
    let upsert = OnConflict::columns(key).update_columns(over).to_owned();
    let new = district::ActiveModel { id: NotSet, ..row.into_active_model().reset_all() };
    district::Entity::insert(new).on_conflict(upsert).exec_without_returning(db).await?;
    let written = known_district(db, here, &code).await?;
    let id = written.map(|(d, _)| d.id).ok_or_else(|| DbErr::RecordNotFound(format!("district {code}")))?;
    district_town::Entity::delete_many().filter(district_town::Column::DistrictId.eq(id)).exec(db).await?;
    let new = |row: &district_town::Model| district_town::ActiveModel {
        id: NotSet,
        ..row.clone().into_active_model().reset_all()
    };
    for chunk in member_rows(id, members).chunks(CHUNK) {
        district_town::Entity::insert_many(chunk.iter().map(new)).exec_without_returning(db).await?;
    }
    Ok(())
}

fn member_rows(district_id: i64, members: Vec<Member>) -> Vec<district_town::Model> {
    let row = |member: Member| district_town::Model {
        id: 0,
        district_id,
        town: member.town,
        name_key: member.name_key,
        valid_from: member.valid_from,
        valid_to: member.valid_to,
    };
    members.into_iter().map(row).collect()
}
