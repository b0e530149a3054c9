//! Checks that the directory agrees with the records: facts, the text index, the cells of the map.

use crate::auth::row_scope::Unscoped;
use crate::database::{Databases, ImportTurn};
use crate::import::derive::{differing, records};
use chrono::NaiveDate;
use entity::resource::{Column, Entity};
use japan::clock::Clock;
use japan::values::cell::cell;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, Statement,
};
use std::collections::HashSet;
use uuid::Uuid;

/// Rows per statement.
const BATCH: u64 = 10_000;

/// A contradiction within the database.
#[derive(Debug, PartialEq, Eq)]
pub enum Difference {
    /// A facility that follows from the records and is not stored, by its official key.
    Missing(String),
    /// A facility whose stored facts differ from those that follow from the records, by its official key.
    Other(String),
    /// The number of stored facilities that no longer follow from any record.
    Unsupported(usize),
    /// A resource that is missing in the text index, by its name.
    NotFound(String),
    /// A resource whose cell of the map does not contain its position, by its name.
    Misplaced(String),
}

/// Result of the check.
#[derive(Debug)]
pub struct Checked {
    /// Number of resources.
    pub entries: u64,
    /// The contradictions.
    pub differences: Vec<Difference>,
}

/// Derives the directory again and compares. Writes nothing.
///
/// # Errors
/// When the database fails.
pub async fn differences(databases: &Databases, clock: Clock) -> Result<Checked, DbErr> {
    // One transaction, so that concurrent writers do not change what is compared.
    let turn = ImportTurn::begin(databases, true).await?;
    let checked = differences_in(&turn, clock.today()).await;
    turn.rollback().await?;
    checked
}

async fn differences_in(db: &ImportTurn, today: NaiveDate) -> Result<Checked, DbErr> {
    let derived = differing(db, &records::facility_keys(db, None).await?, today).await?;
    let mut differences: Vec<_> = derived.missing.into_iter().map(Difference::Missing).collect();
    differences.extend(derived.other.into_iter().map(Difference::Other));
    let walk = Walk::of(db, &derived.expected).await?;
    if walk.unsupported > 0 {
        differences.push(Difference::Unsupported(walk.unsupported));
    }
    differences.extend(not_in_the_index(db).await?.into_iter().map(Difference::NotFound));
    differences.extend(walk.misplaced.into_iter().map(Difference::Misplaced));
    Ok(Checked { entries: walk.entries, differences })
}

async fn not_in_the_index(db: &ImportTurn) -> Result<Vec<String>, DbErr> {
    let sql = "SELECT name FROM resource WHERE digest IS NOT NULL \
               AND id NOT IN (SELECT resource_id FROM resource_search) ORDER BY id LIMIT 100";
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}

/// Counts and contradictions from reading all resources once.
#[derive(Default)]
struct Walk {
    entries: u64,
    /// Names of resources whose cell of the map is not that of their position.
    misplaced: Vec<String>,
    /// Number of derived resources that no longer follow from any record.
    unsupported: usize,
}

#[derive(FromQueryResult)]
struct Entry {
    id: i64,
    uuid: Uuid,
    name: String,
    latitude: Option<f64>,
    longitude: Option<f64>,
    cell: Option<i64>,
    digest: Option<String>,
}

impl Entry {
    fn is_misplaced(&self) -> bool {
        self.latitude.zip(self.longitude).map(|(latitude, longitude)| cell(latitude, longitude)) != self.cell
    }
}

impl Walk {
    async fn of(db: &ImportTurn, expected: &HashSet<Uuid>) -> Result<Self, DbErr> {
        let (mut last, mut walk) = (0, Self::default());
        loop {
            let batch = next_entries(db, last).await?;
            let Some(entry) = batch.last() else { return Ok(walk) };
            last = entry.id;
            for entry in batch {
                walk.entries += 1;
                walk.unsupported += usize::from(entry.digest.is_some() && !expected.contains(&entry.uuid));
                if entry.is_misplaced() {
                    walk.misplaced.push(entry.name);
                }
            }
        }
    }
}

async fn next_entries(db: &ImportTurn, after: i64) -> Result<Vec<Entry>, DbErr> {
    let columns = [
        Column::Id,
        Column::Uuid,
        Column::Name,
        Column::Latitude,
        Column::Longitude,
        Column::Cell,
        Column::Digest,
    ];
    let batch = db.every::<Entity>().filter(Column::Id.gt(after)).order_by_asc(Column::Id).limit(BATCH);
    batch.select_only().columns(columns).into_model().all(db).await
}
