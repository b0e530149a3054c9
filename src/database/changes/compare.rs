//! Compares things as a transaction leaves them with what is committed: which fields differ, and for whom.

use super::readers::{Readers, Ties, is_hidden};
use super::rows::{Row, rows, rows_from};
use super::watched::{CONSENTS, CONTACTS, MAIN, Part, READERS, parts};
use super::{Change, ChangedField, StagedRows};
use chrono::NaiveDate;
use entity::enums::{Audience, ChangeType, ChangedThing, Visibility};
use sea_orm::{ActiveEnum, ConnectionTrait, DbErr};
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// The field of a row that was written past this program: any may differ.
const ANY_FIELD: &str = "*";

/// Touched things of one kind, by their internal keys.
pub(super) struct Touched {
    /// The bits of the parts that were touched.
    pub(super) parts: BTreeMap<i64, i32>,
    /// Those that another program touched without the log: what they were before is unknown.
    pub(super) unlogged: BTreeSet<i64>,
}

/// The things that differ, ordered by their keys.
pub(super) async fn compare(
    committed: &impl ConnectionTrait,
    tx: &impl ConnectionTrait,
    thing: ChangedThing,
    touched: &Touched,
) -> Result<Vec<Change>, DbErr> {
    let before = Snapshot::read(committed, thing, touched, None).await?;
    // Of what is new only its readers are told.
    let after = Snapshot::read(tx, thing, touched, Some(&before)).await?;
    let change = |id: &i64| one(thing, *id, before.of(*id), after.of(*id), touched.unlogged.contains(id));
    Ok(touched.parts.keys().filter_map(change).collect())
}

/// What will differ of some resources that are there already. Of each only the rows are read that are replaced, and those
/// that tell its readers.
///
/// # Errors
/// When the database fails.
pub async fn compare_staged(
    committed: &impl ConnectionTrait,
    staged: &impl ConnectionTrait,
    rows: &impl StagedRows,
    ids: &[i64],
) -> Result<Vec<Change>, DbErr> {
    let thing = ChangedThing::Resource;
    let replaced =
        |part: &&Part, id: i64| rows.table(part.table()).is_some() && rows.replaces(part.table(), id);
    let bits = |id: i64| {
        parts(thing).iter().filter(|part| replaced(part, id)).fold(0, |bits, part| bits | part.part)
    };
    let touched =
        Touched { parts: ids.iter().map(|id| (*id, bits(*id))).collect(), unlogged: BTreeSet::new() };
    let before = Snapshot::read(committed, thing, &touched, None).await?;
    let mut after = Snapshot { parts: Vec::new(), facilities: HashMap::new() };
    for (part, known) in &before.parts {
        let (mut found, mut kept) = (HashMap::new(), known.clone());
        if let Some(table) = rows.table(part.table()) {
            let ids: Vec<i64> = ids.iter().copied().filter(|id| replaced(part, *id)).collect();
            found = rows_from(staged, part, &format!("{table} AS {}", part.table()), &ids).await?;
            kept.retain(|id, _| !rows.replaces(part.table(), *id));
        }
        found.extend(kept);
        after.parts.push((part, found));
    }
    let change = |id: &i64| one(thing, *id, before.of(*id), after.of(*id), false);
    Ok(touched.parts.keys().filter_map(change).collect())
}

/// Things of one kind with their parts, as one connection sees them.
struct Snapshot {
    parts: Vec<(&'static Part, HashMap<i64, Vec<Row>>)>,
    facilities: HashMap<i64, Ties>,
}

impl Snapshot {
    /// Reads the touched parts, and those that tell the readers. With `known`, further parts are read only of things
    /// that are there too.
    async fn read(
        db: &impl ConnectionTrait,
        thing: ChangedThing,
        touched: &Touched,
        known: Option<&Self>,
    ) -> Result<Self, DbErr> {
        let mut found = Vec::new();
        for part in parts(thing) {
            let wanted = |(id, mask): (&i64, &i32)| match part.part {
                MAIN | READERS => Some(*id),
                bit => {
                    (mask & bit != 0 && known.is_none_or(|known| known.main(*id).is_some())).then_some(*id)
                }
            };
            let ids: Vec<i64> = touched.parts.iter().filter_map(wanted).collect();
            found.push((part, rows(db, part, &ids).await?));
        }
        let mut read = Self { parts: found, facilities: HashMap::new() };
        if thing != ChangedThing::Resource {
            let named = touched.parts.keys().filter_map(|id| read.of(*id).and_then(|one| one.facility()));
            let named: Vec<i64> = named.collect::<BTreeSet<_>>().into_iter().collect();
            read.facilities = ties_of(db, &named).await?;
        }
        Ok(read)
    }

    fn main(&self, id: i64) -> Option<&Row> {
        self.parts.first()?.1.get(&id)?.first()
    }

    fn of(&self, id: i64) -> Option<One<'_>> {
        self.main(id).map(|main| One { id, main, all: self })
    }
}

/// A thing in a snapshot.
#[derive(Clone, Copy)]
struct One<'s> {
    id: i64,
    main: &'s Row,
    all: &'s Snapshot,
}

impl<'s> One<'s> {
    /// A value of its own row; `None`: null, or there is no such column.
    fn value<T: DeserializeOwned>(&self, column: &str) -> Option<T> {
        let place = self.all.parts.first()?.0.place(column)?;
        value(self.main, place)
    }

    fn rows(&self, part: i32) -> &'s [Row] {
        let of = self.all.parts.iter().find(|(one, _)| one.part == part);
        of.and_then(|(_, rows)| rows.get(&self.id)).map_or(&[], Vec::as_slice)
    }

    fn uuid(&self) -> Option<Uuid> {
        self.value::<String>("uuid").and_then(|text| Uuid::parse_str(&text).ok())
    }

    fn facility(&self) -> Option<i64> {
        self.value("resource_id")
    }

    fn listed(&self) -> Vec<(i64, bool)> {
        let mut listed: Vec<(i64, bool)> = self
            .rows(READERS)
            .iter()
            .filter_map(|row| Some((value(row, 0)?, is_true(row.get(1)?))))
            .collect();
        listed.sort_unstable();
        listed
    }

    fn ties(&self) -> Ties {
        let mut districts: Vec<i64> = self.rows(READERS).iter().filter_map(|row| value(row, 0)).collect();
        districts.extend(self.value::<i64>("home_district_id"));
        districts.sort_unstable();
        districts.dedup();
        let (state, organization) = (self.value("state").unwrap_or_default(), self.value("organization_id"));
        Ties { resource: self.id, state, districts, organization }
    }

    fn readers(&self, thing: ChangedThing) -> Readers {
        let facility = || self.facility().and_then(|id| self.all.facilities.get(&id).cloned());
        match thing {
            ChangedThing::Resource => Readers::Resource(self.ties()),
            ChangedThing::District
            | ChangedThing::Municipality
            | ChangedThing::Coordinator
            | ChangedThing::Source => Readers::Everyone,
            ChangedThing::Organization | ChangedThing::Physician => Readers::OfItsRecords,
            ChangedThing::Sheet => Readers::Sheet {
                institution: facility(),
                listed: self.listed(),
                withdrawn: self.value::<String>("consent_withdrawn_on").is_some(),
            },
            ChangedThing::LiaisonContact | ChangedThing::Acceptance | ChangedThing::Vacancy => {
                Readers::Audience {
                    audience: self.value("audience").unwrap_or_else(|| Audience::Listed.to_value()),
                    facility: facility(),
                    owner: self.value("organization_id"),
                    listed: self.listed(),
                }
            }
        }
    }
}

fn one(
    thing: ChangedThing,
    id: i64,
    before: Option<One<'_>>,
    after: Option<One<'_>>,
    unlogged: bool,
) -> Option<Change> {
    let uuid = before.or(after).and_then(|one| one.uuid());
    let readers = |one: Option<One<'_>>| one.map(|one| one.readers(thing));
    let (was, is) = (readers(before), readers(after));
    let fields = match (before, after) {
        (Some(before), Some(after)) if !unlogged => fields(thing, before, after, is.as_ref()),
        (Some(_), Some(_)) => vec![plain(ANY_FIELD)],
        _ => Vec::new(),
    };
    let how = match (&was, &is) {
        (None, None) => return None,
        (None, Some(_)) => ChangeType::Created,
        (Some(_), None) => ChangeType::Gone,
        (Some(was), Some(is)) if was == is && fields.is_empty() => return None,
        (Some(was), Some(is)) => match (hidden(was), hidden(is)) {
            (false, true) => ChangeType::Gone,
            (true, false) => ChangeType::Restored,
            _ => ChangeType::Updated,
        },
    };
    let closes = unlogged
        || how == ChangeType::Gone
        || narrows(was.as_ref(), is.as_ref())
        || before.zip(after).is_some_and(|(before, after)| takes_away(thing, before, after, &fields));
    Some(Change { thing, id, uuid, how, closes, before: was, after: is, fields })
}

fn plain(field: &str) -> ChangedField {
    ChangedField { field: field.to_owned(), before: Vec::new(), after: Vec::new() }
}

/// Whether a resource is only known to those who may edit it.
fn hidden(readers: &Readers) -> bool {
    matches!(readers, Readers::Resource(ties) if is_hidden(ties))
}

/// Whether somebody who could read the thing, which is not hidden now, may not read it or its restricted fields any more.
fn narrows(before: Option<&Readers>, after: Option<&Readers>) -> bool {
    match (before, after) {
        (Some(Readers::Resource(before)), Some(Readers::Resource(after))) => {
            let left = before.districts.iter().any(|district| !after.districts.contains(district));
            left || before.organization.is_some() && before.organization != after.organization
        }
        (Some(before), Some(after)) => before != after && after.is_restricted(),
        _ => false,
    }
}

/// Whether a row, a value, a contact or a restricted fact is no longer there, or a name or the facts of a local kind are
/// others: text may have been taken out of them.
fn takes_away(thing: ChangedThing, before: One<'_>, after: One<'_>, fields: &[ChangedField]) -> bool {
    let vanished = || {
        let day = |one: One<'_>| one.value::<String>("vanished_on");
        day(before).is_none() && day(after).is_some()
    };
    let emptied = |(part, _): &(&Part, HashMap<i64, Vec<Row>>)| {
        let filled = |rows: &[Row], place: usize| {
            rows.iter().filter(|row| row.get(place).is_some_and(|value| value.get() != "null")).count()
        };
        let (was, is) = (before.rows(part.part), after.rows(part.part));
        is.len() < was.len() || (0..part.columns.len()).any(|place| filled(is, place) < filled(was, place))
    };
    before.all.parts.iter().any(emptied)
        || vanished()
        || fields.iter().any(|field| !field.before.is_empty() || matches!(&*field.field, "name" | "details"))
        || thing == ChangedThing::Sheet && before.value::<i64>("replaced_at") != after.value("replaced_at")
}

/// The fields that differ, in the order of the parts.
fn fields(
    thing: ChangedThing,
    before: One<'_>,
    after: One<'_>,
    readers: Option<&Readers>,
) -> Vec<ChangedField> {
    let mut changed: Vec<ChangedField> = Vec::new();
    for (part, _) in &before.all.parts {
        let (was, is) = (before.rows(part.part), after.rows(part.part));
        let mut of_part: Vec<&str> = part.columns.iter().map(|column| column.field).collect();
        of_part.retain(|field| !field.is_empty());
        of_part.dedup();
        for field in of_part {
            if projected(part, was, field) == projected(part, is, field)
                || changed.iter().any(|known| known.field == field)
            {
                continue;
            }
            changed.push(match (thing, part.part, field) {
                (ChangedThing::Resource, CONTACTS, _) => ChangedField {
                    field: field.to_owned(),
                    before: contacts(part, was, is),
                    after: contacts(part, is, was),
                },
                (ChangedThing::Resource, CONSENTS, _) => restricted(field, Visibility::Coordinator),
                (ChangedThing::Resource, _, "partner") => restricted(field, Visibility::Partner),
                // Single facts may have a narrower audience than the desk.
                (ChangedThing::LiaisonContact, MAIN, "facts") => narrowest(field, readers),
                _ => plain(field),
            });
        }
    }
    changed
}

/// The values of a field in the rows of a part, in an order of their own: the order of lists is a column.
fn projected<'r>(part: &Part, rows: &'r [Row], field: &str) -> Vec<Vec<&'r str>> {
    let of_field = |row: &'r Row| {
        let values = part.columns.iter().zip(row).filter(|(column, _)| column.field == field);
        values.map(|(_, value)| value.get()).collect()
    };
    let mut all: Vec<Vec<&str>> = rows.iter().map(of_field).collect();
    all.sort_unstable();
    all
}

/// The readers of the contacts that are in the first rows and not in the second.
fn contacts(part: &Part, rows: &[Row], others: &[Row]) -> Vec<Readers> {
    let is_same =
        |row: &Row, other: &Row| row.iter().map(|cell| cell.get()).eq(other.iter().map(|cell| cell.get()));
    let mut readers = Vec::new();
    for row in rows.iter().filter(|row| !others.iter().any(|other| is_same(row, other))) {
        let day = |column| part.place(column).and_then(|place| value::<NaiveDate>(row, place));
        let visibility = part.place("visibility").and_then(|place| value(row, place));
        let of_row = Readers::Contact {
            visibility: visibility.unwrap_or_else(|| Visibility::Admin.to_value()),
            until: ["public_until", "partner_until", "care_until"].map(day),
        };
        if !readers.contains(&of_row) {
            readers.push(of_row);
        }
    }
    readers
}

fn restricted(field: &str, visibility: Visibility) -> ChangedField {
    let readers = Readers::Contact { visibility: visibility.to_value(), until: [None; 3] };
    ChangedField { field: field.to_owned(), before: vec![readers.clone()], after: vec![readers] }
}

fn narrowest(field: &str, readers: Option<&Readers>) -> ChangedField {
    let Some(Readers::Audience { facility, owner, listed, .. }) = readers.cloned() else {
        return plain(field);
    };
    let listed = Readers::Audience { audience: Audience::Listed.to_value(), facility, owner, listed };
    ChangedField { field: field.to_owned(), before: vec![listed.clone()], after: vec![listed] }
}

fn value<T: DeserializeOwned>(row: &Row, place: usize) -> Option<T> {
    serde_json::from_str(row.get(place)?.get()).ok()
}

/// SQLite keeps truth as a number.
fn is_true(value: &RawValue) -> bool {
    matches!(value.get(), "true" | "1")
}

/// The ties of some resources.
async fn ties_of(db: &impl ConnectionTrait, ids: &[i64]) -> Result<HashMap<i64, Ties>, DbErr> {
    let touched = Touched { parts: ids.iter().map(|id| (*id, MAIN)).collect(), unlogged: BTreeSet::new() };
    let found = Box::pin(Snapshot::read(db, ChangedThing::Resource, &touched, None)).await?;
    Ok(ids.iter().filter_map(|id| Some((*id, found.of(*id)?.ties()))).collect())
}
