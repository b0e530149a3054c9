//! Compares the coordinators of a city with the stored ones and writes what changed.

use crate::auth::row_scope::Unscoped;
use crate::coordinators::store;
use crate::database::ImportTurn;
use crate::import::complaint::{Flaw, Remark};
use crate::import::derive::draft::uuid_of;
use crate::import::derive::local::number_in_list;
use crate::import::derive::place;
use crate::import::formats::Format;
use crate::import::options::Honoured;
use crate::import::report::Report;
use crate::import::tables::coordinators::Coordinator;
use crate::import::tables::{Changed, Import, Rows};
use chrono::NaiveDate;
use entity::coordinator::{ActiveModel, Column, Entity, Model};
use entity::enums::AuditAction;
use entity::enums::ResourceKind;
use entity::{coordinator_district, district, identifier, resource};
use japan::text::fold;
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, JoinType, QueryFilter, QuerySelect, RelationTrait};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// The stored districts, desks and coordinators of a municipality.
pub(in crate::import) struct City {
    id: i64,
    /// Districts by folded code and name.
    districts: HashMap<String, i64>,
    /// Desks by their number in the city's list.
    desks: HashMap<String, Uuid>,
    known: HashMap<Uuid, (Model, BTreeSet<i64>)>,
}

/// A coordinator with the keys of districts and desk.
pub(in crate::import) struct Resolved {
    uuid: Uuid,
    row: Coordinator,
    districts: BTreeSet<i64>,
    desk_uuid: Option<Uuid>,
}

/// The coordinators of each city. With `--complete`, stored coordinators that
/// the list lacks are marked as vanished.
impl Rows for Vec<Coordinator> {
    type Compared = Vec<(City, Vec<Resolved>)>;
    const ACTION: AuditAction = AuditAction::ImportCoordinators;
    const HONOURED: Honoured = Honoured { day: true, complete: true, publisher: false };

    async fn compare(self, import: &mut Import<'_>) -> Result<Self::Compared, DbErr> {
        let mut by_city: BTreeMap<String, Vec<Coordinator>> = BTreeMap::new();
        for one in self {
            by_city.entry(one.municipality_code.clone()).or_default().push(one);
        }
        let mut cities = Vec::new();
        for (code, rows) in by_city {
            let city = City::load(import.turn, &code).await?;
            let resolved = rows.into_iter().filter_map(|row| city.resolve(row, import.report)).collect();
            cities.push((city, resolved));
        }
        Ok(cities)
    }

    async fn write(cities: Self::Compared, import: &mut Import<'_>) -> Result<Changed, DbErr> {
        let mut changed = false;
        for (city, rows) in &cities {
            for row in rows {
                changed |= city.write(import.turn, row, import.as_of, import.report).await?;
            }
            if import.options.complete {
                changed |= city.mark_vanished(import, rows).await?;
            }
        }
        Ok(changed.then(Vec::new))
    }
}

impl City {
    async fn load(db: &ImportTurn, code: &str) -> Result<Self, DbErr> {
        let id = place::municipality_id_in(db, code).await?;
        Ok(Self {
            id,
            districts: districts(db, id).await?,
            desks: desks(db, id).await?,
            known: known(db, id).await?,
        })
    }

    /// Looks up districts and desk of a row; an unknown district rejects
    /// the row, an unknown desk is a warning.
    fn resolve(&self, row: Coordinator, report: &mut Report) -> Option<Resolved> {
        let mut districts = BTreeSet::new();
        for name in &row.districts {
            let Some(id) = self.districts.get(&fold(name)) else {
                report.reject(row.line, "担当地区", Flaw::UnknownDistrict { name: name.clone() });
                return None;
            };
            districts.insert(*id);
        }
        let desk_uuid = row.desk.as_ref().and_then(|number| self.desks.get(number)).copied();
        if row.desk.is_some() && desk_uuid.is_none() {
            report.warn_at(row.line, "相談窓口の管理番号", Remark::NoSuchDesk);
        }
        Some(Resolved { uuid: uuid_of(&row.key()), row, districts, desk_uuid })
    }

    /// Writes one coordinator if new, changed or of a later day; returns whether it was written.
    async fn write(
        &self,
        db: &ImportTurn,
        new: &Resolved,
        as_of: Option<NaiveDate>,
        report: &mut Report,
    ) -> Result<bool, DbErr> {
        let known = self.known.get(&new.uuid);
        if let Some((known, districts)) = known {
            if as_of < known.as_of {
                report.older += 1;
                return Ok(false);
            }
            if new.says(known, districts) {
                let count = if as_of > known.as_of { &mut report.confirmed } else { &mut report.unchanged };
                *count += 1;
                if as_of == known.as_of {
                    return Ok(false);
                }
            } else {
                report.updated += 1;
            }
        } else {
            report.created += 1;
        }
        if db.is_rehearsal() {
            return Ok(true);
        }
        let id = known.map(|(known, _)| known.id);
        store::write(db, id, new.model(self.id, as_of), &new.districts).await?;
        Ok(true)
    }

    /// Marks coordinators of the municipality that a complete list lacks and that are not newer than it.
    async fn mark_vanished(&self, import: &mut Import<'_>, present: &[Resolved]) -> Result<bool, DbErr> {
        let (db, as_of, report) = (import.turn, import.as_of, &mut *import.report);
        if !report.rejected.is_empty() {
            report.notes.push(Remark::NothingMarkedMissing);
            return Ok(false);
        }
        let gone = self.known.iter().filter(|(uuid, (known, _))| {
            known.vanished_on.is_none()
                && known.as_of <= as_of
                && !present.iter().any(|row| row.uuid == **uuid)
        });
        let ids: Vec<i64> = gone.map(|(_, (known, _))| known.id).collect();
        report.vanished += ids.len() as u64;
        if ids.is_empty() || db.is_rehearsal() {
            return Ok(!ids.is_empty());
        }
        let day = as_of.unwrap_or(import.today);
        store::mark_vanished(db, ids, day).await?;
        Ok(true)
    }
}

impl Resolved {
    fn model(&self, municipality_id: i64, as_of: Option<NaiveDate>) -> ActiveModel {
        let (phone, phone_e164) =
            self.row.phone.as_ref().map_or((None, None), |p| (Some(p.display.clone()), p.e164.clone()));
        ActiveModel {
            uuid: Set(self.uuid),
            municipality_id: Set(municipality_id),
            tier: Set(self.row.tier.into()),
            name: Set(self.row.name.clone()),
            organization: Set(Some(self.row.organization.clone())),
            phone: Set(phone),
            phone_e164: Set(phone_e164),
            desk_uuid: Set(self.desk_uuid),
            as_of: Set(as_of),
            vanished_on: Set(None),
            ..Default::default()
        }
    }

    /// Whether the stored coordinator is the same.
    fn says(&self, known: &Model, districts: &BTreeSet<i64>) -> bool {
        let phone = self.row.phone.as_ref().map(|phone| phone.display.as_str());
        known.name == self.row.name
            && known.phone.as_deref() == phone
            && known.desk_uuid == self.desk_uuid
            && known.vanished_on.is_none()
            && *districts == self.districts
    }
}

async fn districts(db: &impl Unscoped, municipality_id: i64) -> Result<HashMap<String, i64>, DbErr> {
    let here = db.every::<district::Entity>().filter(district::Column::MunicipalityId.eq(municipality_id));
    let all = here.all(db).await?;
    let names = all.iter().map(|district| (fold(&district.name), district.id));
    // Codes come last, so that a code wins over an equal name.
    Ok(names.chain(all.iter().map(|district| (fold(&district.code), district.id))).collect())
}

async fn desks(db: &impl Unscoped, municipality_id: i64) -> Result<HashMap<String, Uuid>, DbErr> {
    let of_resource = identifier::Relation::Resource.def().rev();
    let found: Vec<(String, Uuid)> = db
        .every::<resource::Entity>()
        .join(JoinType::InnerJoin, of_resource)
        .filter(resource::Column::MunicipalityId.eq(municipality_id))
        .filter(resource::Column::Kind.eq(ResourceKind::ConsultationDesk))
        .filter(identifier::Column::System.eq(identifier::LOCAL_ID))
        .filter(identifier::Column::Value.starts_with(format!("{}:", Format::Desks.profile().name)))
        .select_only()
        .column(identifier::Column::Value)
        .column(resource::Column::Uuid)
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().map(|(entry, uuid)| (number_in_list(&entry).to_owned(), uuid)).collect())
}

async fn known(
    db: &impl Unscoped,
    municipality_id: i64,
) -> Result<HashMap<Uuid, (Model, BTreeSet<i64>)>, DbErr> {
    let rows = db.every::<Entity>().filter(Column::MunicipalityId.eq(municipality_id)).all(db).await?;
    let ids = coordinator_district::Column::CoordinatorId.is_in(rows.iter().map(|row| row.id));
    let pairs = db.every::<coordinator_district::Entity>().filter(ids).all(db).await?;
    let with_districts = |row: Model| {
        let own = pairs.iter().filter(|pair| pair.coordinator_id == row.id);
        (row.uuid, (row.clone(), own.map(|pair| pair.district_id).collect()))
    };
    Ok(rows.into_iter().map(with_districts).collect())
}
