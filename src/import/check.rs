//! Whether the directory is what the files say: facts, the text index, the cells of the map.

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

/// Rows that are looked at together.
const BATCH: u64 = 10_000;

/// Something that is not as it follows from the rest.
#[derive(Debug, PartialEq, Eq)]
pub enum Difference {
    /// A facility that the records name and the directory lacks, by its official key.
    Missing(String),
    /// A facility of which the directory says something else, by its official key.
    Other(String),
    /// Entries that no record supports any more, and how many.
    Unsupported(usize),
    /// An entry that no search finds, by its name.
    NotFound(String),
    /// An entry that the map draws elsewhere, by its name.
    Misplaced(String),
}

/// What was compared, and what was found.
#[derive(Debug)]
pub struct Checked {
    /// Entries of the directory.
    pub entries: u64,
    /// What was found.
    pub differences: Vec<Difference>,
}

/// Derives the directory anew and compares. Writes nothing.
///
/// # Errors
/// When the database fails.
pub async fn differences(databases: &Databases, clock: Clock) -> Result<Checked, DbErr> {
    // One state of the database, whatever others write meanwhile.
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
    let key = if db.get_database_backend() == sea_orm::DbBackend::Postgres { "resource_id" } else { "rowid" };
    let sql = format!(
        "SELECT name FROM resource WHERE digest IS NOT NULL \
         AND id NOT IN (SELECT {key} FROM resource_search) ORDER BY id LIMIT 100"
    );
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}

/// What a walk over all entries found.
#[derive(Default)]
struct Walk {
    entries: u64,
    /// Names of entries whose cell of the map is not that of their position.
    misplaced: Vec<String>,
    /// Derived entries that no record comes to.
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
