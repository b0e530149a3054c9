//! Writes desks for care professionals that are new or changed.

use crate::audit::Author;
use crate::auth::row_scope::Unscoped;
use crate::database::ImportTurn;
use crate::id::{NodeId, NodeType};
use crate::import::cells::Taken;
use crate::import::complaint::{Complaint, Flaw, Remark};
use crate::import::derive::draft::uuid_of;
use crate::import::options::Honoured;
use crate::import::report::Report;
use crate::import::tables::desks::{Desk, ORGANIZATION, STAND_IN, search_key};
use crate::import::tables::professionals::lookup::{Facility, Named};
use crate::import::tables::professionals::reader_keys::{self, Keys};
use crate::import::tables::professionals::readers::LIST as READER_LIST;
use crate::import::tables::{Changed, Import, Rows};
use crate::liaison::contacts::store as contacts;
use crate::liaison::facts::StandIn;
use crate::liaison::terms::LiaisonContactKind;
use chrono::NaiveDate;
use entity::enums::AuditAction;
use entity::liaison_contact::{Entity, Model};
use japan::text::fold;
use sea_orm::DbErr;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// The desks of one kind from a list. With `--complete`, stored desks of the
/// kind that the file lacks are ended.
pub(in crate::import) struct ContactRows {
    pub(in crate::import) kind: LiaisonContactKind,
    pub(in crate::import) desks: Vec<Desk>,
}

/// A desk as it will be stored.
pub(in crate::import) struct Resolved {
    row: Model,
    tags: Vec<String>,
    readers: Keys,
}

impl Rows for ContactRows {
    type Compared = (LiaisonContactKind, HashMap<String, Model>, Vec<Resolved>);
    const ACTION: AuditAction = AuditAction::ImportLiaisonContacts;
    const HONOURED: Honoured = Honoured { day: true, complete: true, publisher: false };

    async fn compare(self, import: &mut Import<'_>) -> Result<Self::Compared, DbErr> {
        let Self { kind, desks } = self;
        let named = Named::load(import.turn, desks.iter().filter_map(|desk| desk.facility.as_ref())).await?;
        let known = known(import.turn).await?;
        let resolved = resolve(desks, &named, &known, import.report)?;
        Ok((kind, known, resolved))
    }

    async fn write(
        (kind, known, resolved): Self::Compared,
        import: &mut Import<'_>,
    ) -> Result<Changed, DbErr> {
        let mut changed = Vec::new();
        for desk in &resolved {
            if store(import, desk, known.get(&desk.row.number)).await? {
                changed.push(desk.row.uuid);
            }
        }
        if import.options.complete {
            let gone = end_missing(import.turn, kind, &known, &resolved, import.as_of, import.report);
            changed.extend(gone.await?);
        }
        let id = |uuid| NodeId::new(NodeType::LiaisonContact, uuid);
        Ok((!changed.is_empty()).then(|| changed.into_iter().map(id).collect()))
    }
}

async fn known(db: &impl Unscoped) -> Result<HashMap<String, Model>, DbErr> {
    Ok(db.every::<Entity>().all(db).await?.into_iter().map(|row| (row.number.clone(), row)).collect())
}

/// The desks whose facility, organizations and stand-in exist.
fn resolve(
    desks: Vec<Desk>,
    named: &Named,
    known: &HashMap<String, Model>,
    report: &mut Report,
) -> Result<Vec<Resolved>, DbErr> {
    let mut lines: HashMap<String, u64> = HashMap::new();
    let numbers: HashSet<String> = desks.iter().map(|desk| desk.number.clone()).collect();
    let mut resolved = Vec::new();
    for desk in desks {
        let line = desk.line;
        if let Some(first) = lines.insert(desk.number.clone(), line) {
            report.reject(line, "管理番号", Flaw::SameDeskNumber { line: first });
            continue;
        }
        let other = known.get(&desk.number).filter(|row| row.kind != desk.kind.into());
        if other.is_some() {
            report.reject(line, "管理番号", Flaw::DeskNumberOfOtherList);
            continue;
        }
        let is_known = |number: &str| numbers.contains(number) || known.contains_key(number);
        match named_by(&desk, named, is_known) {
            Ok((facility, ..))
                if known.get(&desk.number).is_some_and(|row| is_another(row, &desk, facility)) =>
            {
                report.reject(line, "管理番号", Flaw::DeskNumberOfOthers);
            }
            Ok((facility, organization, readers)) => {
                resolved.push(resolved_of(desk, facility, organization, readers)?);
            }
            Err(complaint) => report.rejected.push(complaint),
        }
    }
    Ok(resolved)
}

/// Whether a stored number belongs to a different desk: of another facility, or
/// without facilities of another name.
fn is_another(known: &Model, desk: &Desk, facility: Option<&Facility>) -> bool {
    match (known.resource_id, facility) {
        (Some(before), Some(now)) => before != now.id,
        _ => fold(&known.organization_name) != fold(&desk.name),
    }
}

type Found<'n> = (Option<&'n Facility>, Option<i64>, Keys);

fn named_by<'n>(desk: &Desk, named: &'n Named, is_known: impl Fn(&str) -> bool) -> Taken<Found<'n>> {
    let wrong = |column, flaw| Complaint::of_cell(desk.line, column, flaw);
    let facility = desk
        .facility
        .as_ref()
        .map(|number| named.facility(number, &desk.name).map_err(|flaw| wrong(number.column, flaw)));
    let organization = desk.organization.as_ref().map(|code| named.organization(code));
    let organization = organization.transpose().map_err(|flaw| wrong(ORGANIZATION, flaw))?;
    let readers = reader_keys::keys(&desk.readers, named).map_err(|flaw| wrong(READER_LIST, flaw))?;
    match desk.stand_in.as_deref() {
        Some(number) if number == desk.number => Err(wrong(STAND_IN, Flaw::StandsInForItself)),
        Some(number) if !is_known(number) => {
            Err(wrong(STAND_IN, Flaw::UnknownDesk { number: number.to_owned() }))
        }
        _ => Ok((facility.transpose()?, organization, readers)),
    }
}

fn contact_uuid(number: &str) -> Uuid {
    uuid_of(&format!("liaison-contact:{number}"))
}

fn resolved_of(
    desk: Desk,
    facility: Option<&Facility>,
    organization_id: Option<i64>,
    readers: Keys,
) -> Result<Resolved, DbErr> {
    let mut facts = desk.facts.clone();
    if let Some(number) = &desk.stand_in {
        let said = facts.stand_in.take().unwrap_or_default();
        facts.stand_in = Some(StandIn { contact: Some(contact_uuid(number)), ..said });
    }
    let row = Model {
        id: 0,
        uuid: contact_uuid(&desk.number),
        number: desk.number.clone(),
        kind: desk.kind.into(),
        organization_type: desk.organization_type.into(),
        resource_id: facility.map(|facility| facility.id),
        organization_id,
        organization_name: desk.name.clone(),
        search_key: search_key(&desk, facility.map(|facility| facility.name.as_str())),
        sort_key: fold(&desk.name),
        audience: desk.readers.audience.into(),
        facts: json(&facts)?,
        reach: json(&facts.reach().map_err(unwritable)?)?,
        as_of: desk.as_of,
        valid_from: desk.valid_from,
        valid_to: desk.valid_to,
        recorded_at: 0,
    };
    Ok(Resolved { row, tags: facts.tags(), readers })
}

/// Writes one desk if it is new or changed, or of a later day; returns whether it was written.
async fn store(import: &mut Import<'_>, desk: &Resolved, known: Option<&Model>) -> Result<bool, DbErr> {
    let (db, report) = (import.turn, &mut *import.report);
    let new = Model { recorded_at: Author::command_line().clock.now_ms(), ..desk.row.clone() };
    let Some(known) = known else {
        report.created += 1;
        if db.is_rehearsal() {
            return Ok(true);
        }
        contacts::insert(db, new, &desk.tags).await?;
        reader_keys::replace(db, desk.row.uuid, &desk.readers).await?;
        return Ok(true);
    };
    if desk.row.as_of < known.as_of {
        report.older += 1;
        return Ok(false);
    }
    let same = Model { id: known.id, recorded_at: known.recorded_at, as_of: known.as_of, ..desk.row.clone() };
    let readers_differ = reader_keys::differ(db, desk.row.uuid, &desk.readers).await?;
    let counted = match (same == *known && !readers_differ, desk.row.as_of > known.as_of) {
        (true, false) => &mut report.unchanged,
        (true, true) => &mut report.confirmed,
        (false, _) => &mut report.updated,
    };
    *counted += 1;
    if same == *known && !readers_differ && desk.row.as_of == known.as_of {
        return Ok(false);
    }
    if db.is_rehearsal() {
        return Ok(true);
    }
    reader_keys::replace(db, desk.row.uuid, &desk.readers).await?;
    contacts::update(db, Model { id: known.id, ..new }, &desk.tags).await?;
    Ok(true)
}

/// Ends desks of the kind that a complete list lacks and that are not newer than it: their last day becomes
/// the day before the list's.
async fn end_missing(
    db: &ImportTurn,
    kind: LiaisonContactKind,
    known: &HashMap<String, Model>,
    present: &[Resolved],
    as_of: Option<NaiveDate>,
    report: &mut Report,
) -> Result<Vec<Uuid>, DbErr> {
    let days = as_of.and_then(|day| Some((day, day.pred_opt()?)));
    let Some((day, last)) = days.filter(|_| report.rejected.is_empty()) else {
        report.notes.push(Remark::NothingEnded);
        return Ok(Vec::new());
    };
    let there: HashSet<&str> = present.iter().map(|desk| desk.row.number.as_str()).collect();
    let gone: Vec<&Model> = known
        .values()
        .filter(|row| row.kind == kind.into() && !there.contains(row.number.as_str()))
        .filter(|row| row.as_of <= day && row.valid_to.is_none_or(|to| to > last))
        .collect();
    report.vanished += gone.len() as u64;
    if db.is_rehearsal() {
        return Ok(gone.iter().map(|row| row.uuid).collect());
    }
    contacts::end(db, gone.iter().map(|row| row.id), last, day).await?;
    Ok(gone.iter().map(|row| row.uuid).collect())
}

fn json(value: &impl serde::Serialize) -> Result<String, DbErr> {
    serde_json::to_string(value).map_err(unwritable)
}

fn unwritable(cause: serde_json::Error) -> DbErr {
    DbErr::Custom(format!("facts cannot be written: {cause}"))
}
