//! Reading the change log, and trimming it by age.

use super::{Change, Readers};
use crate::database::{Databases, keys};
use entity::enums::{ChangeType, ChangedThing};
use sea_orm::{ActiveEnum, ConnectionTrait, DbErr, QueryResult, Statement, Value};

/// Changes that a trimming deletes in one transaction, so that others can write in between.
const AT_ONCE: u32 = 10_000;

/// How far a reader has read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Number of the last transaction that it has read of; 0: none.
    pub seq: i64,
    /// Ordinal of the last change of it that was read; `None`: all were.
    pub within: Option<i32>,
}

/// An entry of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    /// Number of the transaction.
    pub seq: i64,
    /// When it was committed, in milliseconds since 1970 UTC.
    pub at_ms: i64,
    /// Key of its entry in the audit; `None`: it has none.
    pub audit_entry: Option<i64>,
    /// What changed; `None`: anything may have.
    pub change: Option<Change>,
}

/// The log no longer holds what follows a position, or is another one, as after a restore: everything has to be read
/// again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expired;

/// Number of the newest transaction in the log; 0: there is none.
///
/// # Errors
/// When the database fails.
pub async fn newest(db: &impl ConnectionTrait) -> Result<i64, DbErr> {
    number(db, "SELECT COALESCE(MAX(seq), 0) FROM change_set").await
}

/// Number of the oldest transaction that is left in the log; 0: there is none.
async fn oldest(db: &impl ConnectionTrait) -> Result<i64, DbErr> {
    number(db, "SELECT COALESCE(MIN(seq), 0) FROM change_set").await
}

async fn number(db: &impl ConnectionTrait, sql: &str) -> Result<i64, DbErr> {
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    row.map_or(Ok(0), |row| row.try_get_by_index(0))
}

/// Reads the log from a position on.
#[derive(Clone, Copy, Debug)]
pub struct Follower {
    /// Up to where it has read.
    pub position: Position,
}

impl Follower {
    /// A reader that has seen all transactions up to a number.
    pub fn from(seq: i64) -> Self {
        Self { position: Position { seq, within: None } }
    }

    /// The next entries, at most `limit` of them, and none when there are no more. The position moves behind them.
    ///
    /// # Errors
    /// When the database fails. [`Expired`] when the log was trimmed beyond the position; the position stays.
    pub async fn next(
        &mut self,
        db: &impl ConnectionTrait,
        limit: u32,
    ) -> Result<Result<Vec<Logged>, Expired>, DbErr> {
        let sql = format!(
            "SELECT s.seq, s.at, s.audit_entry_id, s.changes, c.ordinal, c.thing, c.thing_id, c.uuid, c.how, \
             c.closes, c.readers_before, c.readers_after, c.fields \
             FROM change_set s LEFT JOIN change c ON c.set_id = s.id \
             WHERE s.seq > $1 OR (s.seq = $1 AND c.ordinal > $2) ORDER BY s.seq, c.ordinal LIMIT {limit}"
        );
        let within = self.position.within.unwrap_or(i32::MAX);
        let values = [Value::from(self.position.seq), Value::from(within)];
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
        let rows = db.query_all_raw(statement).await?;
        if rows.is_empty() {
            // The rest of a set is there as long as the set is. A transaction may be committed between the two statements.
            let seq = self.position.seq;
            let missed =
                self.position.within.is_some() || oldest(db).await? > seq + 1 || newest(db).await? < seq;
            return Ok(if missed { Err(Expired) } else { Ok(Vec::new()) });
        }
        let (mut entries, mut position) = (Vec::with_capacity(rows.len()), self.position);
        for row in &rows {
            let Some(next) = after(position, row)? else { return Ok(Err(Expired)) };
            position = next;
            entries.push(entry(row)?);
        }
        self.position = position;
        Ok(Ok(entries))
    }
}

/// The position behind a row; `None`: something is missing between the two.
fn after(position: Position, row: &QueryResult) -> Result<Option<Position>, DbErr> {
    let seq: i64 = row.try_get_by_index(0)?;
    let (changes, ordinal): (i32, Option<i32>) = (row.try_get_by_index(3)?, row.try_get_by_index(4)?);
    let expected = match position.within {
        Some(last) => (position.seq, Some(last + 1)),
        None => (position.seq + 1, (changes > 0).then_some(0)),
    };
    let within = ordinal.filter(|ordinal| ordinal + 1 < changes);
    Ok((expected == (seq, ordinal)).then_some(Position { seq, within }))
}

fn entry(row: &QueryResult) -> Result<Logged, DbErr> {
    let change = row.try_get_by_index::<Option<i16>>(5)?.map(|thing| change(row, thing)).transpose()?;
    Ok(Logged {
        seq: row.try_get_by_index(0)?,
        at_ms: row.try_get_by_index(1)?,
        audit_entry: row.try_get_by_index(2)?,
        change,
    })
}

fn change(row: &QueryResult, thing: i16) -> Result<Change, DbErr> {
    let unreadable = |cause| DbErr::Type(format!("an entry of the change log cannot be read: {cause}"));
    let readers = |place: usize| -> Result<Option<Readers>, DbErr> {
        let text: Option<String> = row.try_get_by_index(place)?;
        text.map(|text| serde_json::from_str(&text)).transpose().map_err(unreadable)
    };
    Ok(Change {
        thing: ChangedThing::try_from_value(&thing)?,
        id: row.try_get_by_index(6)?,
        uuid: row.try_get_by_index(7)?,
        how: ChangeType::try_from_value(&row.try_get_by_index(8)?)?,
        closes: row.try_get_by_index(9)?,
        before: readers(10)?,
        after: readers(11)?,
        fields: serde_json::from_str(&row.try_get_by_index::<String>(12)?).map_err(unreadable)?,
    })
}

/// A thing that changed, without how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Kind of thing.
    pub thing: ChangedThing,
    /// Internal key of the thing in its table.
    pub id: i64,
    /// Whether somebody may see less than before.
    pub closes: bool,
}

/// The things that changed after a transaction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Number of the newest transaction.
    pub seq: i64,
    /// The things, in no particular order.
    pub marks: Vec<Mark>,
    /// Whether anything may have changed.
    pub everything: bool,
    /// Changes of large transactions, of which only those things are told that close something.
    pub large: u64,
}

/// The things that changed after a transaction. A transaction with more than `most` changes is a large one.
///
/// # Errors
/// When the database fails. [`Expired`] when the log no longer holds all that follows.
pub async fn marks(
    db: &impl ConnectionTrait,
    after: i64,
    most: i32,
) -> Result<Result<Marks, Expired>, DbErr> {
    let sql = "SELECT seq, id, everything, changes FROM change_set WHERE seq > $1 ORDER BY seq";
    let sets = Statement::from_sql_and_values(db.get_database_backend(), sql, [after.into()]);
    let sets = db.query_all_raw(sets).await?;
    if sets.is_empty() {
        let missed = oldest(db).await? > after + 1 || newest(db).await? < after;
        return Ok(if missed { Err(Expired) } else { Ok(Marks { seq: after, ..Marks::default() }) });
    }
    let mut all = Marks { seq: after, ..Marks::default() };
    let (mut small, mut expected) = (Vec::new(), 0);
    for set in &sets {
        let seq: i64 = set.try_get_by_index(0)?;
        if seq != all.seq + 1 {
            return Ok(Err(Expired));
        }
        all.seq = seq;
        all.everything |= set.try_get_by_index::<bool>(2)?;
        let (id, changes): (i64, i32) = (set.try_get_by_index(1)?, set.try_get_by_index(3)?);
        if changes > most {
            all.large += u64::try_from(changes).unwrap_or_default();
            all.marks.extend(marks_of(db, &[id], "AND closes").await?);
        } else {
            small.push(id);
            expected += usize::try_from(changes).unwrap_or_default();
        }
    }
    let marks = marks_of(db, &small, "").await?;
    if marks.len() != expected {
        return Ok(Err(Expired));
    }
    all.marks.extend(marks);
    Ok(Ok(all))
}

/// The changes of some transactions under a condition.
async fn marks_of(db: &impl ConnectionTrait, sets: &[i64], condition: &str) -> Result<Vec<Mark>, DbErr> {
    if sets.is_empty() {
        return Ok(Vec::new());
    }
    let among = keys::in_list(db.get_database_backend());
    let sql = format!("SELECT thing, thing_id, closes FROM change WHERE set_id IN ({among}) {condition}");
    let values = [keys::list(sets).into()];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let mark = |row: &QueryResult| {
        Ok(Mark {
            thing: ChangedThing::try_from_value(&row.try_get_by_index(0)?)?,
            id: row.try_get_by_index(1)?,
            closes: row.try_get_by_index(2)?,
        })
    };
    db.query_all_raw(statement).await?.iter().map(mark).collect()
}

/// Deletes what is older than an instant, always except the newest transaction, by which numbers go on. Answers the
/// number of transactions.
///
/// # Errors
/// When the database fails, or when other transactions held the writer for too long.
pub async fn trim(databases: &Databases, before_ms: i64) -> Result<u64, DbErr> {
    let tx = databases.begin_write().await?;
    let sql = "DELETE FROM change_set WHERE at < $1 AND seq < (SELECT MAX(seq) FROM change_set)";
    let old = Statement::from_sql_and_values(tx.get_database_backend(), sql, [before_ms.into()]);
    let sets = tx.execute_raw(old).await?.rows_affected();
    tx.commit().await?;
    loop {
        let tx = databases.begin_write().await?;
        // The oldest first: the keys of sets grow with time.
        let sql = format!(
            "DELETE FROM change WHERE (set_id, ordinal) IN (SELECT c.set_id, c.ordinal FROM change c \
             WHERE c.set_id < (SELECT MIN(id) FROM change_set WHERE seq IS NOT NULL) ORDER BY c.set_id, c.ordinal LIMIT {AT_ONCE})"
        );
        let deleted = tx.execute_unprepared(&sql).await?.rows_affected();
        tx.commit().await?;
        if deleted < u64::from(AT_ONCE) {
            return Ok(sets);
        }
    }
}
