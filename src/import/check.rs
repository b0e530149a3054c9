//! Whether the directory is what the files say: facts, the text index, the cells of the map.

use crate::database::{Databases, ImportTurn};
use crate::import::derive::{differing, records};
use entity::resource::{Column, Entity};
use japan::clock::today;
use japan::values::cell::cell;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement,
};

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
pub async fn differences(databases: &Databases) -> Result<Checked, DbErr> {
    // One state of the database, whatever others write meanwhile.
    let turn = ImportTurn::begin(databases, true).await?;
    let checked = differences_in(&turn).await;
    turn.rollback().await?;
    checked
}

async fn differences_in(db: &ImportTurn) -> Result<Checked, DbErr> {
    let derived = differing(db, &records::facility_keys(db, None).await?, today()).await?;
    let mut differences: Vec<_> = derived.missing.into_iter().map(Difference::Missing).collect();
    differences.extend(derived.other.into_iter().map(Difference::Other));
    if !derived.unsupported.is_empty() {
        differences.push(Difference::Unsupported(derived.unsupported.len()));
    }
    differences.extend(not_in_the_index(db).await?.into_iter().map(Difference::NotFound));
    let (entries, misplaced) = misplaced(db).await?;
    differences.extend(misplaced.into_iter().map(Difference::Misplaced));
    Ok(Checked { entries, differences })
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

/// The number of all entries, and the names of those whose cell is not that of their position.
#[expect(clippy::disallowed_methods, reason = "whoever holds the database has no viewer")]
async fn misplaced(db: &ImportTurn) -> Result<(u64, Vec<String>), DbErr> {
    type Placed = (i64, String, Option<f64>, Option<f64>, Option<i64>);
    let (mut last, mut entries, mut found) = (0, 0, Vec::new());
    loop {
        let batch: Vec<Placed> = Entity::find()
            .filter(Column::Id.gt(last))
            .order_by_asc(Column::Id)
            .limit(BATCH)
            .select_only()
            .columns([Column::Id, Column::Name, Column::Latitude, Column::Longitude, Column::Cell])
            .into_tuple()
            .all(db)
            .await?;
        let Some((id, ..)) = batch.last() else { return Ok((entries, found)) };
        (last, entries) = (*id, entries + batch.len() as u64);
        let is_elsewhere = |(.., latitude, longitude, stored): &Placed| {
            latitude.zip(*longitude).map(|(latitude, longitude)| cell(latitude, longitude)) != *stored
        };
        found.extend(batch.into_iter().filter(is_elsewhere).map(|(_, name, ..)| name));
    }
}
