//! Writes the care needs that facilities accept, by service, and the vacancy reports of the same rows.

use crate::acceptances::{acceptance_id, store as acceptances};
use crate::audit::Author;
use crate::auth::row_scope::Unscoped;
use crate::database::ImportTurn;
use crate::id::NodeId;
use crate::import::cells::Taken;
use crate::import::complaint::{Complaint, Flaw, Remark};
use crate::import::options::Honoured;
use crate::import::report::Report;
use crate::import::tables::acceptances::{Answered, NAME, SERVICE, Taking, Vacancy};
use crate::import::tables::professionals::lookup::{self, Facility, Named};
use crate::import::tables::professionals::reader_keys::{self, Keys};
use crate::import::tables::professionals::readers::LIST as READER_LIST;
use crate::import::tables::{Changed, Import, Rows};
use crate::terms::Labelled;
use crate::vacancies::store as vacancies;
use chrono::NaiveDate;
use entity::enums;
use entity::enums::AuditAction;
use entity::medical_acceptance::{Entity, Model};
use entity::{resource, vacancy_report};
use japan::clock::end_of_ms;
use sea_orm::{ColumnTrait, DbErr, QueryFilter};
use std::collections::{BTreeMap, HashMap, HashSet};
use uuid::Uuid;

/// Id of a facility and code of one of its services; an empty code: the whole facility.
type Key = (i64, String);

/// A row with the keys of its facility and its readers.
pub(in crate::import) struct Resolved {
    key: Key,
    facility: Uuid,
    /// Codes of the services that the facility offers.
    offered: Vec<String>,
    row: Taking,
    readers: Keys,
}

/// Acceptances of facilities. With `--complete`, stored acceptances that the file lacks are deleted.
impl Rows for Vec<Taking> {
    type Compared = (BTreeMap<Key, Vec<Model>>, Vec<Resolved>);
    const ACTION: AuditAction = AuditAction::ImportMedicalAcceptances;
    const HONOURED: Honoured = Honoured { day: true, complete: true, publisher: false };

    async fn compare(self, import: &mut Import<'_>) -> Result<Self::Compared, DbErr> {
        let resolved = resolve(import.turn, self, import.report).await?;
        Ok((known(import.turn).await?, resolved))
    }

    async fn write((known, resolved): Self::Compared, import: &mut Import<'_>) -> Result<Changed, DbErr> {
        let mut changed = HashSet::new();
        for service in &resolved {
            let before = known.get(&service.key).map(Vec::as_slice).unwrap_or_default();
            let newest = before.iter().map(|row| row.as_of).max();
            if newest.is_some_and(|day| service.row.as_of < day) {
                import.report.older += 1;
                continue;
            }
            if store(import, service, before).await? {
                changed.extend(public_ids(service.facility, &service.key.1, &service.offered));
            }
        }
        if import.options.complete {
            forget_missing(import.turn, &known, &resolved, &mut changed, import.report).await?;
        }
        Ok((!changed.is_empty()).then(|| changed.into_iter().collect()))
    }
}

/// The rows whose facility offers the service and whose readers exist.
async fn resolve(db: &impl Unscoped, rows: Vec<Taking>, report: &mut Report) -> Result<Vec<Resolved>, DbErr> {
    let unnumbered = rows.iter().filter(|row| row.facility.is_none()).map(|row| row.name.as_str());
    let named = Named::load(db, rows.iter().filter_map(|row| row.facility.as_ref())).await?;
    let named = named.with_names(db, unnumbered).await?;
    let mut found = Vec::new();
    for row in rows {
        match named_by(&row, &named) {
            Ok((facility, readers)) => found.push((row, facility, readers)),
            Err(complaint) => report.rejected.push(complaint),
        }
    }
    let ids: Vec<i64> = found.iter().map(|(_, facility, _)| facility.id).collect();
    let services = lookup::services(db, &ids).await?;
    let offered = by_facility(&services);
    let mut lines: HashMap<Key, u64> = HashMap::new();
    let mut resolved = Vec::new();
    for (row, facility, readers) in found {
        let key = (facility.id, row.service_code.clone());
        if !row.service_code.is_empty() && !services.contains(&key) {
            report.reject(row.line, SERVICE, Flaw::NotOffered { name: facility.name });
        } else if let Some(first) = lines.insert(key.clone(), row.line) {
            report.reject(row.line, SERVICE, Flaw::SameFacilityAndService { line: first });
        } else {
            let offered = offered.get(&facility.id).cloned().unwrap_or_default();
            resolved.push(Resolved { key, facility: facility.uuid, offered, row, readers });
        }
    }
    Ok(resolved)
}

fn named_by(row: &Taking, named: &Named) -> Taken<(Facility, Keys)> {
    let wrong = |column, flaw| Complaint::of_cell(row.line, column, flaw);
    let facility = match &row.facility {
        Some(number) => named.facility(number, &row.name).map_err(|flaw| wrong(number.column, flaw))?,
        None => named.facility_named(&row.name).map_err(|flaw| wrong(NAME, flaw))?,
    };
    let readers = reader_keys::keys(&row.readers, named).map_err(|flaw| wrong(READER_LIST, flaw))?;
    Ok((facility.clone(), readers))
}

async fn known(db: &impl Unscoped) -> Result<BTreeMap<Key, Vec<Model>>, DbErr> {
    let mut known: BTreeMap<Key, Vec<Model>> = BTreeMap::new();
    for row in db.every::<Entity>().all(db).await? {
        known.entry((row.resource_id, row.service_code.clone())).or_default().push(row);
    }
    Ok(known)
}

/// Writes the answers and the vacancy report of one service where they are
/// new or changed, and counts the row.
async fn store(import: &mut Import<'_>, service: &Resolved, before: &[Model]) -> Result<bool, DbErr> {
    let (db, report) = (import.turn, &mut *import.report);
    let new = models(service);
    let reported = match &service.row.vacancy {
        Some(vacancy) => report_vacancy(db, &Author::command_line(), service, vacancy).await?,
        None => false,
    };
    let plain = |row: &Model| Model { id: 0, as_of: NaiveDate::default(), ..row.clone() };
    let said: BTreeMap<enums::CareNeed, Model> = before.iter().map(|row| (row.need, plain(row))).collect();
    let same = new.len() == said.len() && new.iter().all(|row| said.get(&row.need) == Some(&plain(row)));
    let same = same && !readers_differ(db, service, &new).await?;
    let later = before.iter().any(|row| row.as_of < service.row.as_of);
    match (before.is_empty(), same && !reported, later) {
        (true, same, _) if !same => report.created += 1,
        (_, true, false) => report.unchanged += 1,
        (_, true, true) => report.confirmed += 1,
        (_, false, _) => report.updated += 1,
    }
    if same && !later {
        return Ok(reported);
    }
    if db.is_rehearsal() {
        return Ok(true);
    }
    acceptances::replace(db, before, &new).await?;
    for row in &new {
        reader_keys::replace(db, row.uuid, &service.readers).await?;
    }
    Ok(true)
}

fn models(service: &Resolved) -> Vec<Model> {
    let (resource_id, service_code) = service.key.clone();
    let model = |answered: &Answered| {
        let of = format!("acceptance:{service_code}:{}", answered.need.code());
        Model {
            id: 0,
            uuid: Uuid::new_v5(&service.facility, of.as_bytes()),
            resource_id,
            service_code: service_code.clone(),
            need: answered.need.into(),
            answer: answered.answer.into(),
            conditions: answered.conditions.clone(),
            night_nurse: service.row.night_nurse,
            max_persons: service.row.max_persons,
            as_of: service.row.as_of,
            audience: service.row.readers.audience.into(),
        }
    };
    service.row.answers.iter().map(model).collect()
}

/// Whether the distribution list changed; all answers of a service share one list, so the first is compared.
async fn readers_differ(db: &impl Unscoped, service: &Resolved, new: &[Model]) -> Result<bool, DbErr> {
    match new.first() {
        Some(row) => reader_keys::differ(db, row.uuid, &service.readers).await,
        None => Ok(false),
    }
}

/// Adds a vacancy report unless a report of the same or a later day is stored.
async fn report_vacancy(
    db: &ImportTurn,
    author: &Author,
    service: &Resolved,
    vacancy: &Vacancy,
) -> Result<bool, DbErr> {
    use vacancy_report::{Column, Entity};
    let begins = vacancy.reported_on.pred_opt().map_or(0, end_of_ms);
    let known = db
        .every::<Entity>()
        .filter(Column::ResourceId.eq(service.key.0))
        .filter(Column::ServiceCode.eq(service.key.1.as_str()))
        .filter(Column::ReportedAt.gte(begins));
    if known.one(db).await?.is_some() {
        return Ok(false);
    }
    if db.is_rehearsal() {
        return Ok(true);
    }
    let reported_at =
        if vacancy.reported_on == author.clock.today() { author.clock.now_ms() } else { begins };
    let uuid = Uuid::new_v5(&service.facility, format!("vacancy:{}:{begins}", service.key.1).as_bytes());
    let report = vacancy_report::Model {
        id: 0,
        uuid,
        resource_id: service.key.0,
        service_code: service.key.1.clone(),
        status: vacancy.status.into(),
        places: vacancy.places,
        period_from: vacancy.period_from,
        period_to: vacancy.period_to,
        note: vacancy.note.clone(),
        audience: service.row.readers.audience.into(),
        reported_at,
        expires_at: 0,
        reported_by: author.subject.clone(),
    };
    vacancies::add(db, report).await?;
    reader_keys::replace(db, uuid, &service.readers).await?;
    Ok(true)
}

/// The public ids of the acceptances of a service; of the whole facility (empty code) those of all its services, which are
/// shown in its place.
fn public_ids(facility: Uuid, code: &str, offered: &[String]) -> Vec<NodeId> {
    match code.is_empty() && !offered.is_empty() {
        true => offered.iter().map(|code| acceptance_id(facility, code)).collect(),
        false => vec![acceptance_id(facility, code)],
    }
}

/// Codes of services by facility.
fn by_facility(services: &HashSet<(i64, String)>) -> HashMap<i64, Vec<String>> {
    let mut by_facility: HashMap<i64, Vec<String>> = HashMap::new();
    for (facility, code) in services {
        by_facility.entry(*facility).or_default().push(code.clone());
    }
    by_facility
}

/// Deletes acceptances that a complete list lacks, unless they are newer than all of its rows.
async fn forget_missing(
    db: &ImportTurn,
    known: &BTreeMap<Key, Vec<Model>>,
    present: &[Resolved],
    changed: &mut HashSet<NodeId>,
    report: &mut Report,
) -> Result<(), DbErr> {
    let day = present.iter().map(|service| service.row.as_of).max();
    let Some(day) = day.filter(|_| report.rejected.is_empty()) else {
        report.notes.push(Remark::NothingMarkedMissing);
        return Ok(());
    };
    let there: HashSet<&Key> = present.iter().map(|service| &service.key).collect();
    let is_missing =
        |(key, rows): &(&Key, &Vec<Model>)| !there.contains(key) && rows.iter().all(|row| row.as_of <= day);
    let missing: Vec<_> = known.iter().filter(is_missing).collect();
    let facilities: Vec<i64> = missing.iter().map(|(key, _)| key.0).collect();
    let offered = by_facility(&lookup::services(db, &facilities).await?);
    for (key, rows) in missing {
        report.vanished += 1;
        let facility = db.every::<resource::Entity>().filter(resource::Column::Id.eq(key.0)).one(db).await?;
        let offered = offered.get(&key.0).map(Vec::as_slice).unwrap_or_default();
        changed.extend(facility.iter().flat_map(|facility| public_ids(facility.uuid, &key.1, offered)));
        if !db.is_rehearsal() {
            acceptances::delete(db, rows).await?;
        }
    }
    Ok(())
}
