//! Writes the change log at the commit of a transaction.

use super::compare::{Touched, compare};
use super::{Change, Readers};
use entity::enums::ChangedThing;
use entity::{change, change_set};
use sea_orm::{
    ActiveEnum, ActiveValue::Set, ConnectionTrait, DbBackend, DbErr, EntityTrait, Iterable, Statement, Value,
};
use std::collections::{BTreeMap, BTreeSet};

/// "change" in ASCII: the advisory lock on PostgreSQL under which a transaction gets its number.
const LOCK: i64 = 0x63_68_61_6e_67_65;
/// Things that are compared at a time.
const AT_ONCE: u64 = 500;
/// Rows of a statement: ten values each.
const ROWS: usize = 1_000;

/// Logs what a transaction changed, as its last act. Answers its number; `None`: it changed nothing that is watched.
pub(in crate::database) async fn finish(
    committed: &impl ConnectionTrait,
    tx: &impl ConnectionTrait,
    now_ms: i64,
) -> Result<Option<i64>, DbErr> {
    let Some(touched) = noted(tx).await? else { return Ok(None) };
    let mut set = None;
    let mut count = 0;
    for thing in ChangedThing::iter().filter(|thing| touched.contains(&thing.to_value())) {
        let mut last = i64::MIN;
        loop {
            let page = touched_after(committed, tx, thing, last).await?;
            let Some((end, _)) = page.parts.last_key_value() else { break };
            last = *end;
            let changes = compare(committed, tx, thing, &page).await?;
            if changes.is_empty() {
                continue;
            }
            let set = match set {
                Some(set) => set,
                None => *set.insert(begin_set(tx, now_ms, false).await?),
            };
            count = insert(tx, set, count, changes).await?;
        }
    }
    tx.execute_unprepared("DELETE FROM touched").await?;
    match set {
        Some(set) => number(tx, set, count).await.map(Some),
        None => Ok(None),
    }
}

/// Logs that anything may have changed, without a comparison: after an upgrade of the database, whose former tables
/// cannot be read by this program.
pub(in crate::database) async fn finish_everything(
    tx: &impl ConnectionTrait,
    now_ms: i64,
) -> Result<i64, DbErr> {
    tx.execute_unprepared("DELETE FROM touched").await?;
    let set = begin_set(tx, now_ms, true).await?;
    number(tx, set, 0).await
}

/// The numbers of the things that were touched; `None`: none was.
async fn noted(tx: &impl ConnectionTrait) -> Result<Option<BTreeSet<i16>>, DbErr> {
    let rows = tx.query_all_raw(plain(tx, "SELECT DISTINCT thing FROM touched")).await?;
    let things: BTreeSet<i16> = rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?;
    Ok(Some(things).filter(|things| !things.is_empty()))
}

/// The next touched things of a kind, by their keys.
async fn touched_after(
    committed: &impl ConnectionTrait,
    tx: &impl ConnectionTrait,
    thing: ChangedThing,
    last: i64,
) -> Result<Touched, DbErr> {
    let sql = format!(
        "SELECT id, part FROM touched WHERE thing = $1 AND id > $2 AND id <= (SELECT MAX(id) FROM \
         (SELECT DISTINCT id FROM touched WHERE thing = $1 AND id > $2 ORDER BY id LIMIT {AT_ONCE}) AS page)"
    );
    let values = [Value::from(thing.to_value()), Value::from(last)];
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    let mut parts: BTreeMap<i64, i32> = BTreeMap::new();
    for row in tx.query_all_raw(statement.clone()).await? {
        *parts.entry(row.try_get_by_index(0)?).or_default() |= row.try_get_by_index::<i32>(1)?;
    }
    // What is noted in the committed state was written by another program.
    let unlogged = committed.query_all_raw(statement).await?;
    let unlogged = unlogged.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?;
    Ok(Touched { parts, unlogged })
}

async fn begin_set(tx: &impl ConnectionTrait, now_ms: i64, everything: bool) -> Result<i64, DbErr> {
    let entry = tx.query_one_raw(plain(tx, "SELECT MAX(id) FROM touched WHERE thing = 0")).await?;
    let entry: Option<i64> = entry.map(|row| row.try_get_by_index(0)).transpose()?.flatten();
    let set = change_set::ActiveModel {
        seq: Set(None),
        at: Set(now_ms),
        audit_entry_id: Set(entry),
        everything: Set(everything),
        changes: Set(0),
        ..Default::default()
    };
    Ok(change_set::Entity::insert(set).exec(tx).await?.last_insert_id)
}

/// Writes changes of a set from an ordinal on; answers the next one.
async fn insert(
    tx: &impl ConnectionTrait,
    set: i64,
    mut ordinal: i32,
    changes: Vec<Change>,
) -> Result<i32, DbErr> {
    let mut rows = Vec::with_capacity(changes.len());
    for change in changes {
        rows.push(row(set, ordinal, change)?);
        ordinal += 1;
    }
    for some in rows.chunks(ROWS) {
        change::Entity::insert_many(some.iter().cloned()).exec_without_returning(tx).await?;
    }
    Ok(ordinal)
}

fn row(set: i64, ordinal: i32, change: Change) -> Result<change::ActiveModel, DbErr> {
    let unwritable = |cause: serde_json::Error| DbErr::Custom(cause.to_string());
    let text = |readers: Option<Readers>| {
        readers.map(|readers| serde_json::to_string(&readers)).transpose().map_err(unwritable)
    };
    Ok(change::ActiveModel {
        set_id: Set(set),
        ordinal: Set(ordinal),
        thing: Set(change.thing),
        thing_id: Set(change.id),
        uuid: Set(change.uuid),
        how: Set(change.how),
        closes: Set(change.closes),
        readers_before: Set(text(change.before)?),
        readers_after: Set(text(change.after)?),
        fields: Set(serde_json::to_string(&change.fields).map_err(unwritable)?),
    })
}

/// Gives a set the next number. From here until its commit no other transaction gets one.
async fn number(tx: &impl ConnectionTrait, set: i64, changes: i32) -> Result<i64, DbErr> {
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({LOCK})")).await?;
    }
    let sql = "UPDATE change_set SET seq = (SELECT COALESCE(MAX(seq), 0) + 1 FROM change_set), changes = $1 \
               WHERE id = $2 RETURNING seq";
    let values = [Value::from(changes), Value::from(set)];
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    let row = tx.query_one_raw(statement).await?;
    row.ok_or_else(|| DbErr::RecordNotFound("the change set".into()))?.try_get_by_index(0)
}

fn plain(db: &impl ConnectionTrait, sql: &str) -> Statement {
    Statement::from_string(db.get_database_backend(), sql)
}
