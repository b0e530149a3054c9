//! Writes the change log at the commit of a transaction.

use super::compare::{Touched, compare};
use super::{Change, Prepared, Readers};
use entity::enums::ChangedThing;
use entity::{change, change_set};
use sea_orm::{
    ActiveEnum, ActiveValue::Set, ConnectionTrait, DbBackend, DbErr, EntityTrait, Iterable, Statement, Value,
};
use std::collections::{BTreeMap, BTreeSet};

/// "change" in ASCII: the advisory lock on PostgreSQL under which a transaction gets its number.
const LOCK: i64 = 0x63_68_61_6e_67_65;
/// Rows of `touched` that are read at a time: some hundred things.
const AT_ONCE: usize = 2_000;
/// Things that another program may touch before all of the directory counts as changed.
const MOST_PAST: usize = 1_000;
/// Rows of a statement: ten values each.
const ROWS: usize = 1_000;

/// Logs what a transaction changed, as its last act, beside the changes that were prepared. Answers its number; `None`: it
/// changed nothing that is watched.
pub(in crate::database) async fn finish(
    committed: &impl ConnectionTrait,
    tx: &impl ConnectionTrait,
    prepared: Option<Prepared>,
    now_ms: i64,
) -> Result<Option<i64>, DbErr> {
    let own = Own::of(tx);
    let things = own.things(tx).await?;
    if things.is_none() && prepared.is_none() {
        return Ok(None);
    }
    let things = things.unwrap_or_default();
    let past = own.take_up(committed, tx).await?;
    if past.len() > MOST_PAST {
        return finish_everything(tx, now_ms).await.map(Some);
    }
    let things: BTreeSet<i16> = things.into_iter().chain(past.iter().map(|(thing, _)| *thing)).collect();
    let mut set = prepared.map(|prepared| prepared.set);
    let mut count = prepared.map_or(0, |prepared| prepared.count);
    if let Some(prepared) = prepared {
        prepared.name_audit_entry(tx, &own).await?;
    }
    for thing in ChangedThing::iter().filter(|thing| things.contains(&thing.to_value())) {
        let mut last = i64::MIN;
        loop {
            let page = own.touched_after(tx, thing, last, &past).await?;
            let Some((end, _)) = page.parts.last_key_value() else { break };
            last = *end;
            let changes = compare(committed, tx, thing, &page).await?;
            if changes.is_empty() {
                continue;
            }
            let set = match set {
                Some(set) => set,
                None => *set.insert(own.begin_set(tx, now_ms, false).await?),
            };
            count = insert(tx, set, count, changes).await?;
        }
    }
    own.forget(tx).await?;
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
    let own = Own::of(tx);
    let set = own.begin_set(tx, now_ms, true).await?;
    own.forget(tx).await?;
    number(tx, set, 0).await
}

/// The rows of `touched` that are those of a transaction.
pub(super) struct Own {
    is_postgres: bool,
    /// Condition on the rows.
    rows: &'static str,
}

impl Own {
    pub(super) fn of(tx: &impl ConnectionTrait) -> Self {
        match tx.get_database_backend() {
            DbBackend::Postgres => Self { is_postgres: true, rows: "tx = txid_current()" },
            _ => Self { is_postgres: false, rows: "tx = 0" },
        }
    }

    fn statement(&self, sql: &str, values: impl IntoIterator<Item = Value>) -> Statement {
        let backend = if self.is_postgres { DbBackend::Postgres } else { DbBackend::Sqlite };
        Statement::from_sql_and_values(backend, sql.replace("{own}", self.rows), values)
    }

    /// The kinds of things that were touched; `None`: none was, neither here nor past the log.
    async fn things(&self, tx: &impl ConnectionTrait) -> Result<Option<BTreeSet<i16>>, DbErr> {
        let sql = match self.is_postgres {
            true => {
                "SELECT DISTINCT thing FROM touched WHERE {own} \
                 UNION SELECT CAST(-1 AS SMALLINT) WHERE EXISTS (SELECT 1 FROM touched_past)"
            }
            false => "SELECT DISTINCT thing FROM touched WHERE {own}",
        };
        let rows = tx.query_all_raw(self.statement(sql, [])).await?;
        let things: BTreeSet<i16> =
            rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?;
        Ok(Some(things).filter(|things| !things.is_empty()))
    }

    /// What another program touched past the log, which becomes part of this transaction; at most one more than
    /// [`MOST_PAST`] are answered. On PostgreSQL each is taken by one transaction, and is there again when that fails.
    async fn take_up(
        &self,
        committed: &impl ConnectionTrait,
        tx: &impl ConnectionTrait,
    ) -> Result<BTreeSet<(i16, i64)>, DbErr> {
        let most = MOST_PAST + 1;
        let rows = match self.is_postgres {
            true => {
                let sql = format!(
                    "WITH taken AS (DELETE FROM touched_past WHERE ctid IN \
                       (SELECT ctid FROM touched_past FOR UPDATE SKIP LOCKED) RETURNING thing, id, part), \
                     kept AS (INSERT INTO touched (tx, thing, id, part) \
                       SELECT txid_current(), thing, id, part FROM taken ON CONFLICT DO NOTHING) \
                     SELECT DISTINCT thing, id FROM taken LIMIT {most}"
                );
                tx.query_all_raw(self.statement(&sql, [])).await?
            }
            // What is committed there was left by others: this program's own rows are gone with their commit.
            false => {
                let sql = format!("SELECT DISTINCT thing, id FROM touched WHERE {{own}} LIMIT {most}");
                committed.query_all_raw(self.statement(&sql, [])).await?
            }
        };
        rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
    }

    /// The next touched things of a kind, by their keys.
    async fn touched_after(
        &self,
        tx: &impl ConnectionTrait,
        thing: ChangedThing,
        last: i64,
        past: &BTreeSet<(i16, i64)>,
    ) -> Result<Touched, DbErr> {
        let sql = format!(
            "SELECT id, part FROM touched WHERE {{own}} AND thing = $1 AND id > $2 ORDER BY tx, thing, id, part LIMIT {AT_ONCE}"
        );
        let thing = thing.to_value();
        let rows = tx.query_all_raw(self.statement(&sql, [thing.into(), last.into()])).await?;
        let mut parts: BTreeMap<i64, i32> = BTreeMap::new();
        for row in &rows {
            *parts.entry(row.try_get_by_index(0)?).or_default() |= row.try_get_by_index::<i32>(1)?;
        }
        if rows.len() == AT_ONCE && parts.len() > 1 {
            // Of the last one, parts may be on the next page.
            parts.pop_last();
        }
        let unlogged = parts.keys().copied().filter(|id| past.contains(&(thing, *id))).collect();
        Ok(Touched { parts, unlogged })
    }

    /// The entry of the audit that the transaction has written.
    pub(super) async fn audit_entry(&self, tx: &impl ConnectionTrait) -> Result<Option<i64>, DbErr> {
        let entry = "SELECT MAX(id) FROM touched WHERE {own} AND thing = 0";
        let entry = tx.query_one_raw(self.statement(entry, [])).await?;
        Ok(entry.map(|row| row.try_get_by_index(0)).transpose()?.flatten())
    }

    pub(super) async fn begin_set(
        &self,
        tx: &impl ConnectionTrait,
        now_ms: i64,
        everything: bool,
    ) -> Result<i64, DbErr> {
        let entry = self.audit_entry(tx).await?;
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

    async fn forget(&self, tx: &impl ConnectionTrait) -> Result<(), DbErr> {
        tx.execute_raw(self.statement("DELETE FROM touched WHERE {own}", [])).await.map(drop)
    }
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

pub(super) fn row(set: i64, ordinal: i32, change: Change) -> Result<change::ActiveModel, DbErr> {
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
