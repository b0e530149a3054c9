//! Places a facility: municipality, position and district, from the loaded data of its area.
//!
//! Of a private home only the district is kept: no address and no position.

use crate::auth::row_scope::Unscoped;
use crate::database::ImportTurn;
use crate::import::complaint::{Remark, Words};
use crate::import::derive::area_rows::AreaRows;
use crate::import::derive::draft::{Draft, uuid_of};
use crate::import::facts::{Placement, ServedArea};
use crate::import::report::Report;
use chrono::NaiveDate;
use entity::enums::{PositionPrecision, PublicationState};
use entity::municipality;
use japan::address::{self, Towns};
use japan::codes;
use japan::text::fold;
use japan::values::Outline;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// Tolerance at a boundary, which may be simplified.
const BOUNDARY_TOLERANCE_DEGREES: f64 = 0.01;

/// Data of the municipalities that one import has needed so far.
#[derive(Default)]
pub struct Gazetteer {
    /// Whether it only compares: unknown municipalities are not created.
    only_reads: bool,
    /// Municipalities that the database lacks, with the keys that they will have.
    created: Vec<(i64, Uuid, municipality::ActiveModel)>,
    /// The last key of a municipality that is stored or will be; none: not known yet.
    last: Option<i64>,
    /// Rows that are not stored, by municipality, of an import that is only tried.
    overlay: HashMap<String, AreaRows>,
    areas: HashMap<String, Area>,
}

#[derive(Default)]
struct Area {
    /// `None`: the database lacks it, and it is only read.
    municipality_id: Option<i64>,
    towns: Towns<(f64, f64)>,
    districts: Towns<i64>,
    /// Present districts by folded code and name.
    names: BTreeMap<String, i64>,
    /// The same as a person reads them: `D01 第一圏域`.
    titles: Vec<String>,
    /// Outline of the municipality; none: not loaded.
    outline: Option<Outline>,
}

impl Gazetteer {
    /// Loads the municipalities of drafts that are not loaded yet, and creates those that the database lacks.
    pub async fn load<'c>(
        &mut self,
        db: &impl Unscoped,
        codes: impl Iterator<Item = &'c str>,
        today: NaiveDate,
    ) -> Result<(), DbErr> {
        let mut missing: Vec<&str> = codes.filter(|code| !self.areas.contains_key(*code)).collect();
        missing.sort_unstable();
        missing.dedup();
        for code in missing {
            let known = known_municipality_id(db, code).await?;
            let mut rows = match known {
                Some(id) => AreaRows::load(db, id).await?,
                None => AreaRows::default(),
            };
            let municipality_id = match known {
                None if !self.only_reads => Some(self.create(db, code).await?),
                known => known,
            };
            self.overlay.get(code).into_iter().for_each(|file| rows.overwrite(file));
            self.areas.insert(code.to_owned(), Area { municipality_id, ..Area::of(rows, today) });
        }
        Ok(())
    }

    /// A municipality that the database lacks; answers the key that it will have.
    async fn create(&mut self, db: &impl Unscoped, code: &str) -> Result<i64, DbErr> {
        let last = match self.last {
            Some(last) => last,
            None => last_municipality(db).await?,
        };
        self.last = Some(last + 1);
        let row = municipality::ActiveModel { id: Set(last + 1), ..municipality_model(code) };
        self.created.push((last + 1, municipality_uuid(code), row));
        Ok(last + 1)
    }

    /// Takes the municipalities that were created since the last time.
    pub(super) fn created(&mut self) -> Vec<(i64, Uuid, municipality::ActiveModel)> {
        std::mem::take(&mut self.created)
    }

    /// A gazetteer that creates no municipalities.
    pub fn only_reading() -> Self {
        Self::with(HashMap::new())
    }

    /// A gazetteer that creates no municipalities, with rows of a file as if they were stored, by municipality.
    pub fn with(overlay: HashMap<String, AreaRows>) -> Self {
        Self { only_reads: true, overlay, ..Self::default() }
    }

    /// The internal id of a municipality that was loaded.
    pub fn municipality_id(&self, code: &str) -> Option<i64> {
        self.areas.get(code)?.municipality_id
    }

    /// Completes a draft: a position outside of its municipality's outline (where loaded) is dropped,
    /// a missing one becomes the representative point of the 町字 when that is certain.
    pub fn locate(&self, draft: &mut Draft, report: &mut Report) {
        let Some(area) = draft.municipality_code.as_ref().and_then(|code| self.areas.get(code)) else {
            draft.precision = draft.position.map(|_| PositionPrecision::Source);
            let placement = draft.local.as_ref().map(|local| local.placement).unwrap_or_default();
            conceal(draft, placement);
            return;
        };
        let outside = |(lat, lng): &(f64, f64)| {
            area.outline.as_ref().is_some_and(|o| !o.contains(*lat, *lng, BOUNDARY_TOLERANCE_DEGREES))
        };
        if draft.position.as_ref().is_some_and(outside) {
            report.warn(Remark::CoordinatesOutside { name: draft.name.clone() });
            draft.position = None;
        }
        draft.precision = draft.position.map(|_| PositionPrecision::Source);
        let prefecture = draft.prefecture_code.as_deref().and_then(codes::prefecture);
        let rest = draft.address.as_deref().map(|a| address::split(a, prefecture).rest).unwrap_or_default();
        if draft.position.is_none()
            && let Some(point) = area.towns.find(&rest)
        {
            draft.position = Some(point);
            draft.precision = Some(PositionPrecision::Town);
        }
        draft.home_district_id = area.districts.find(&rest);
        if let Some(local) = &mut draft.local {
            let placement = local.placement;
            let is_lost = placement == Placement::Stands && draft.position.is_none() && !rest.is_empty();
            if is_lost && draft.home_district_id.is_none() && !area.towns.is_empty() {
                report.warn_in("住所", Remark::TownUnknown);
            }
            local.district_ids = area.reached(&local.reach, report);
            if local.needs_districts && local.nowhere() && !area.names.is_empty() {
                report.warn_in("利用できる地区", Remark::NoDistrict);
                local.state = PublicationState::Draft;
            }
            conceal(draft, placement);
        }
    }
}

impl Area {
    fn of(rows: AreaRows, today: NaiveDate) -> Self {
        let is_present = |from: Option<NaiveDate>, to: Option<NaiveDate>| {
            from.is_none_or(|from| from <= today) && to.is_none_or(|to| to >= today)
        };
        let mut area = Self::default();
        for town in rows.towns {
            if let Some(position) = town.latitude.zip(town.longitude) {
                area.towns.insert(town.name_key, position);
            }
        }
        for (district, members) in rows.districts {
            if is_present(district.valid_from, district.valid_to) {
                area.titles.push(format!("{} {}", district.code, district.name));
                area.names.extend([&district.code, &district.name].map(|name| (fold(name), district.id)));
            }
            for town in members.into_iter().filter(|town| is_present(town.valid_from, town.valid_to)) {
                area.districts.insert(town.name_key, district.id);
            }
        }
        let outline = rows.boundary.and_then(|boundary| serde_json::from_str(&boundary.polygons).ok());
        Self { outline, ..area }
    }

    fn unknown(&self, name: String) -> Remark {
        match self.titles.is_empty() {
            true => Remark::NoDistrictsYet { name },
            false => Remark::UnknownDistrict { name, known: Words(self.titles.clone()) },
        }
    }

    /// Ids of the districts from which a resource can be used; unknown names are a warning.
    fn reached(&self, reach: &ServedArea, report: &mut Report) -> Vec<i64> {
        let mut ids: Vec<i64> = match reach {
            ServedArea::Unknown | ServedArea::Everywhere => Vec::new(),
            ServedArea::WholeMunicipality => self.names.values().copied().collect(),
            ServedArea::Districts(wanted) => wanted
                .iter()
                .filter_map(|name| {
                    let found = self.names.get(&fold(name)).copied();
                    if found.is_none() {
                        report.warn_in("利用できる地区", self.unknown(name.clone()));
                    }
                    found
                })
                .collect(),
        };
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}

/// Removes the address and position of a private home or of a resource without a fixed place; of the latter
/// also its district.
fn conceal(draft: &mut Draft, placement: Placement) {
    if placement != Placement::Stands {
        (draft.postal_code, draft.address, draft.building) = (None, None, None);
        (draft.position, draft.precision) = (None, None);
    }
    if placement == Placement::NoFixedPlace {
        draft.home_district_id = None;
    }
}

/// The public id of a municipality.
pub fn municipality_uuid(code: &str) -> Uuid {
    uuid_of(&format!("municipality:{code}"))
}

/// The id of a municipality, which is created if the database lacks it.
pub async fn municipality_id(db: &impl Unscoped, code: &str) -> Result<i64, DbErr> {
    if let Some(id) = known_municipality_id(db, code).await? {
        return Ok(id);
    }
    let model = municipality_model(code);
    let once = OnConflict::column(municipality::Column::Code).do_nothing().to_owned();
    municipality::Entity::insert(model).on_conflict(once).try_insert().exec_without_returning(db).await?;
    let found = known_municipality_id(db, code).await?;
    found.ok_or_else(|| DbErr::RecordNotFound(format!("municipality {code}")))
}

fn municipality_model(code: &str) -> municipality::ActiveModel {
    let known = codes::municipality(code);
    municipality::ActiveModel {
        uuid: Set(municipality_uuid(code)),
        code: Set(code.to_owned()),
        prefecture_code: Set(code.chars().take(2).collect()),
        name: Set(known.map_or(code, |m| m.name).to_owned()),
        name_kana: Set(known.map(|m| m.kana.to_owned()).filter(|kana| !kana.is_empty())),
        ..Default::default()
    }
}

async fn last_municipality(db: &impl Unscoped) -> Result<i64, DbErr> {
    let last =
        db.every::<municipality::Entity>().select_only().column_as(municipality::Column::Id.max(), "last");
    let last: Option<Option<i64>> = last.into_tuple().one(db).await?;
    Ok(last.flatten().unwrap_or_default())
}

/// The id of a municipality in a turn; in a rehearsal one that would be created has 0, the id of no row.
pub async fn municipality_id_in(turn: &ImportTurn, code: &str) -> Result<i64, DbErr> {
    if turn.is_rehearsal() {
        return Ok(known_municipality_id(turn, code).await?.unwrap_or_default());
    }
    municipality_id(turn, code).await
}

async fn known_municipality_id(db: &impl Unscoped, code: &str) -> Result<Option<i64>, DbErr> {
    let found =
        db.every::<municipality::Entity>().filter(municipality::Column::Code.eq(code)).one(db).await?;
    Ok(found.map(|municipality| municipality.id))
}
