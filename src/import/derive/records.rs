//! The records: the last state of each row in each format, compared with a
//! file before they are replaced by it.

use crate::auth::row_scope::Unscoped;
use crate::import::report::{Report, differences};
use crate::import::row::{OfficialRow, fingerprint};
use chrono::NaiveDate;
use entity::official_record::{self, Column, Entity};
use sea_orm::{ColumnTrait, DbErr, ExprTrait, FromQueryResult, QueryFilter, QuerySelect};
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};

/// Keys per statement, well below the limit of either database.
const CHUNK: usize = 1_000;

/// Fingerprints of the stored records of one format, by key.
pub struct Known(HashMap<String, Fingerprint>);

#[derive(FromQueryResult)]
struct Stored {
    record_key: String,
    fingerprint: String,
    as_of: Option<NaiveDate>,
    vanished_on: Option<NaiveDate>,
}

struct Fingerprint {
    fingerprint: String,
    as_of: Option<NaiveDate>,
    vanished: bool,
}

/// Result of comparing a row with its record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// There is no record.
    New,
    /// The facts differ, or the record was marked as vanished, and the row is not older.
    Changed,
    /// The same facts, at a later day.
    Confirmed,
    /// The same facts, not later.
    Same,
    /// The facts differ, and the record is newer.
    Older,
}

/// A row to be written, its facts serialized.
#[derive(Clone)]
pub struct Pending {
    pub key: String,
    pub facility_key: String,
    pub scope: String,
    pub municipality_code: Option<String>,
    /// Fingerprint of the facts as the file has them.
    pub fingerprint: String,
    pub body: String,
    /// Whether it replaces a record, of other facts or of an earlier day.
    pub replaces: bool,
}

impl From<OfficialRow> for Pending {
    fn from(row: OfficialRow) -> Self {
        let (facts, body) = (row.body.to_json(), row.stored());
        Self {
            key: row.key,
            facility_key: row.facility_key,
            scope: row.scope,
            municipality_code: row.municipality_code,
            fingerprint: fingerprint(facts.as_bytes()),
            body,
            replaces: false,
        }
    }
}

impl Known {
    /// Loads the fingerprints of a format.
    pub async fn load(db: &impl Unscoped, format: &str) -> Result<Self, DbErr> {
        let columns = [Column::RecordKey, Column::Fingerprint, Column::AsOf, Column::VanishedOn];
        let rows = select(db, Column::Format.eq(format)).select_only().columns(columns);
        let rows = rows.into_model::<Stored>().all(db).await?;
        let known = rows.into_iter().map(|r| {
            let known =
                Fingerprint { fingerprint: r.fingerprint, as_of: r.as_of, vanished: r.vanished_on.is_some() };
            (r.record_key, known)
        });
        Ok(Self(known.collect()))
    }

    /// The keys of all records.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Whether there is a record of a key.
    pub fn has(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// Compares a row of a file of this day with its record. A file without a day never replaces dated facts.
    pub fn compare(&self, row: &Pending, as_of: Option<NaiveDate>) -> Verdict {
        let Some(known) = self.0.get(&row.key) else { return Verdict::New };
        let same = known.fingerprint == row.fingerprint && !known.vanished;
        match (same, as_of.cmp(&known.as_of)) {
            (true, std::cmp::Ordering::Greater) => Verdict::Confirmed,
            (true, _) => Verdict::Same,
            (false, std::cmp::Ordering::Less) => Verdict::Older,
            (false, _) => Verdict::Changed,
        }
    }
}

fn select(db: &impl Unscoped, condition: sea_orm::sea_query::SimpleExpr) -> sea_orm::Select<Entity> {
    db.every::<Entity>().filter(condition)
}

/// Reports the changed facts of rows that replace a record. `keep` takes over from the record what the new file does not
/// decide: the new facts, and the stored ones.
pub async fn list_changes(
    db: &impl Unscoped,
    format: &str,
    rows: &mut [Pending],
    keep: impl Fn(&mut Map<String, Value>, &Map<String, Value>),
    report: &mut Report,
) -> Result<(), DbErr> {
    let mut changed: Vec<&mut Pending> = rows.iter_mut().filter(|row| row.replaces).collect();
    for chunk in changed.chunks_mut(CHUNK) {
        let keys: Vec<String> = chunk.iter().map(|row| row.key.clone()).collect();
        let condition = Column::Format.eq(format).and(Column::RecordKey.is_in(keys));
        let before: HashMap<String, String> =
            select(db, condition).all(db).await?.into_iter().map(|r| (r.record_key, r.body)).collect();
        for row in chunk {
            let old = before.get(&row.key).map(|body| facts(body)).unwrap_or_default();
            let mut new = facts(&row.body);
            keep(&mut new, &old);
            report.changes.extend(differences(&row.key, &old, &new));
            row.body = Value::Object(new).to_string();
        }
    }
    Ok(())
}

fn facts(body: &str) -> Map<String, Value> {
    serde_json::from_str(body).unwrap_or_default()
}

/// The record of a row as it will be stored; it has no id yet.
pub fn model(format: &str, as_of: Option<NaiveDate>, source_id: i64, row: Pending) -> official_record::Model {
    official_record::Model {
        id: 0,
        format: format.to_owned(),
        record_key: row.key,
        facility_key: row.facility_key,
        scope: row.scope,
        municipality_code: row.municipality_code,
        as_of,
        source_id,
        fingerprint: row.fingerprint,
        body: row.body,
        vanished_on: None,
    }
}

/// The days of the stored records of a format, by key.
pub async fn days(
    db: &impl Unscoped,
    format: &str,
    keys: &[&str],
) -> Result<HashMap<String, Option<NaiveDate>>, DbErr> {
    let mut found = HashMap::new();
    for some in keys.chunks(CHUNK) {
        let condition = Column::Format.eq(format).and(Column::RecordKey.is_in(some.iter().copied()));
        let days = select(db, condition).select_only().columns([Column::RecordKey, Column::AsOf]);
        found.extend(days.into_tuple::<(String, Option<NaiveDate>)>().all(db).await?);
    }
    Ok(found)
}

/// A record that a complete file of the same scope lacks.
#[derive(FromQueryResult)]
pub struct Vanished {
    pub id: i64,
    pub record_key: String,
    pub facility_key: String,
}

/// Finds the records that a complete file lacks: same format and scopes, not newer than the file.
pub async fn vanished(
    db: &impl Unscoped,
    format: &str,
    as_of: Option<NaiveDate>,
    scopes: &HashSet<String>,
    present: impl Fn(&str) -> bool,
) -> Result<Vec<Vanished>, DbErr> {
    let mut newer_or_same = Column::AsOf.is_null();
    if let Some(day) = as_of {
        newer_or_same = newer_or_same.or(Column::AsOf.lte(day));
    }
    let condition = Column::Format
        .eq(format)
        .and(Column::Scope.is_in(scopes.iter().map(String::as_str)))
        .and(Column::VanishedOn.is_null())
        .and(newer_or_same);
    let columns = [Column::Id, Column::RecordKey, Column::FacilityKey];
    let rows = select(db, condition).select_only().columns(columns).into_model::<Vanished>().all(db).await?;
    Ok(rows.into_iter().filter(|row| !present(&row.record_key)).collect())
}

/// Records by their ids.
pub async fn with_ids(db: &impl Unscoped, ids: &[i64]) -> Result<Vec<official_record::Model>, DbErr> {
    let mut found = Vec::new();
    for chunk in ids.chunks(CHUNK) {
        found.extend(select(db, Column::Id.is_in(chunk.iter().copied())).all(db).await?);
    }
    Ok(found)
}

/// All records of some facilities, by key of the facility.
pub async fn of_facilities(
    db: &impl Unscoped,
    keys: &[String],
) -> Result<HashMap<String, Vec<official_record::Model>>, DbErr> {
    let mut found: HashMap<String, Vec<official_record::Model>> = HashMap::new();
    let keys = keys.iter().map(String::as_str);
    for record in select(db, Column::FacilityKey.is_in(keys)).all(db).await? {
        found.entry(record.facility_key.clone()).or_default().push(record);
    }
    Ok(found)
}

/// Those keys of facilities that have a record.
pub async fn existing(db: &impl Unscoped, keys: Vec<String>) -> Result<Vec<String>, DbErr> {
    let known = select(db, Column::FacilityKey.is_in(keys)).select_only().column(Column::FacilityKey);
    known.distinct().into_tuple().all(db).await
}

/// The sorted keys of facilities with a record, in some municipalities or everywhere.
pub async fn facility_keys(
    db: &impl Unscoped,
    municipalities: Option<&[String]>,
) -> Result<Vec<String>, DbErr> {
    let condition = match municipalities {
        Some(codes) => Column::MunicipalityCode.is_in(codes.iter().map(String::as_str)),
        None => Column::FacilityKey.is_not_null(),
    };
    let mut keys: Vec<String> = select(db, condition)
        .select_only()
        .column(Column::FacilityKey)
        .distinct()
        .into_tuple()
        .all(db)
        .await?;
    keys.sort_unstable();
    Ok(keys)
}

/// Keys of records, each with that of its facility, in a municipality or without a known one.
pub async fn keys_in(db: &impl Unscoped, municipality: Option<&str>) -> Result<Vec<(String, String)>, DbErr> {
    let mut here = Column::MunicipalityCode.is_null();
    if let Some(code) = municipality {
        here = here.or(Column::MunicipalityCode.eq(code));
    }
    let keys = select(db, here).select_only().columns([Column::RecordKey, Column::FacilityKey]);
    keys.into_tuple().all(db).await
}
