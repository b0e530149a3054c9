//! Prepares an import while others write, and takes in what they wrote before it is published.
//!
//! Facilities are derived and prepared without any lock. Whatever was committed since is read from the change log: what it
//! concerns is derived again, until few facilities are left; these are derived under the lock for rewriting the directory,
//! directly before everything is published. So a withdrawal of consent during an import holds at once and stays.

use crate::auth::row_scope::Unscoped;
use crate::consents::effect::Ledger;
use crate::consents::store as consents;
use crate::database::changes::Follower;
use crate::database::{Databases, ImportTurn, state};
use crate::import::derive::facilities::{Facilities, Writer};
use crate::import::derive::overlay::Overlay;
use crate::import::derive::place::Gazetteer;
use crate::import::derive::staged::Staged;
use crate::import::derive::{hours_records, matching};
use crate::import::report::Report;
use crate::import::source::Planned;
use crate::import::unscoped::reading;
use crate::withheld::{Released, store as withheld};
use chrono::NaiveDate;
use entity::contact_point;
use entity::enums::{ChangeType, ChangedThing};
use japan::values::ContactValue;
use sea_orm::sea_query::{Alias, Query};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, EntityName, Statement};
use std::collections::{BTreeSet, HashSet};

/// Facilities that are derived under the lock; more are derived before it is taken.
const FEW: usize = 500;
/// How often facilities are derived again before the lock is taken all the same.
const ROUNDS: u32 = 5;
/// Entries of the change log that are read at a time.
const ENTRIES: u32 = 2_000;

/// What an import is going to write.
pub struct Import {
    /// The rows of the file as records, with those that are matched otherwise and those that have vanished.
    pub overlay: Overlay,
    /// The facilities of these records.
    pub facilities: Facilities,
    /// The municipalities in which records of medical facilities are matched; none where records are not matched.
    pub matched: BTreeSet<String>,
    /// The data set.
    pub source: Planned,
    /// How far others had written before the file was compared with the records.
    pub point: Point,
    /// The day of the import.
    pub today: NaiveDate,
}

/// Derives the facilities of an import and writes what differs. The transaction that is answered has everything in it but
/// the entry of the audit, and is not committed yet; afterwards the prepared tables are [let go](Prepared::let_go). `progress`
/// receives the number of facilities of each finished batch.
///
/// # Errors
/// When the database fails, or when other transactions held the lock for too long.
pub async fn prepare(
    databases: &Databases,
    import: Import,
    report: &mut Report,
    progress: impl Fn(u64),
) -> Result<(ImportTurn, Prepared), DbErr> {
    let Import { overlay, facilities, matched, source, point, today } = import;
    let read = reading(databases);
    let staging = databases.stage().await?;
    let mut staged = Staged::create(&staging, true).await?;
    let keys = hours_records::facilities_of(&read, &overlay, &facilities.keys).await?;
    let mut writer = Writer::new(&read, Gazetteer::default(), today, report).await?;
    (writer.overlay, writer.lines) = (overlay, facilities.lines);
    let mut seen = Seen { point, ledger: writer.ledger.clone(), released: writer.released.clone() };
    let mut base = Base { keys: facilities.keys, matched, source };
    base.stage(&staging, &staged, &writer).await?;
    writer.stage(&read, &staging, &mut staged, &keys, progress).await?;
    for _ in 0..ROUNDS {
        let now = Seen::now(&read).await?;
        let concerned = seen.concerned(&now, &read, &staging, &staged).await?;
        if matches!(&concerned, Concerned::These(keys) if keys.len() <= FEW) {
            break;
        }
        tracing::info!("others have written meanwhile: what they changed is derived again");
        base.again(concerned, &now, (&read, &staging), &mut staged, &mut writer).await?;
        seen = now;
    }
    staged.analyze(&staging).await?;
    let turn = staging.begin_rewrite().await?;
    let now = Seen::now(&read).await?;
    let concerned = seen.concerned(&now, &read, &turn, &staged).await?;
    base.again(concerned, &now, (&read, &turn), &mut staged, &mut writer).await?;
    staged.publish(&turn, turn.writing()).await?;
    let records = now.point.records.parse::<u64>().unwrap_or_default() + 1;
    state::set(&turn, state::RECORDS, &records.to_string()).await?;
    Ok((turn, Prepared(staged)))
}

/// The tables in which an import was prepared.
pub struct Prepared(Staged);

impl Prepared {
    /// Drops them, once the import is committed and nobody waits for it; PostgreSQL has dropped them then.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn let_go(self, databases: &Databases) -> Result<(), DbErr> {
        match databases.writer().get_database_backend() {
            DbBackend::Postgres => Ok(()),
            _ => self.0.drop_tables(databases.writer()).await,
        }
    }
}

/// What an import prepares whatever others write.
struct Base {
    /// Keys of facilities and of hours.
    keys: Vec<String>,
    matched: BTreeSet<String>,
    source: Planned,
}

impl Base {
    /// Prepares the data set and the records.
    async fn stage(
        &self,
        db: &impl ConnectionTrait,
        staged: &Staged,
        writer: &Writer<'_>,
    ) -> Result<(), DbErr> {
        let source = self.source.new.iter().map(|row| (self.source.id, None, row.clone())).collect();
        staged.add(db, ChangedThing::Source, source).await?;
        staged.records(db, writer.overlay.rows()).await
    }

    /// Derives again what others have changed. Of its remarks nothing is reported: the same were made the first time.
    async fn again(
        &mut self,
        concerned: Concerned,
        now: &Seen,
        (read, db): (&impl Unscoped, &impl ConnectionTrait),
        staged: &mut Staged,
        writer: &mut Writer<'_>,
    ) -> Result<(), DbErr> {
        let keys: Vec<String> = match concerned {
            Concerned::These(keys) if keys.is_empty() => return Ok(()),
            Concerned::These(keys) => {
                writer.overlay.recall(staged.prepared_records(db, Some(&keys)).await?);
                staged.forget(db, &keys).await?;
                keys.into_iter().collect()
            }
            Concerned::All => {
                writer.overlay.recall(staged.prepared_records(db, None).await?);
                staged.clear(db).await?;
                writer.start_again();
                writer.overlay.give_way(read).await?;
                let planned = self.source.id;
                self.source.plan(read).await?;
                writer.overlay.of_source(planned, self.source.id);
                let moved = matching::assign(read, &mut writer.overlay, &self.matched).await?;
                let known: HashSet<&String> = self.keys.iter().collect();
                let moved: Vec<String> = moved.into_iter().filter(|key| !known.contains(key)).collect();
                self.keys.extend(moved);
                self.stage(db, staged, writer).await?;
                hours_records::facilities_of(read, &writer.overlay, &self.keys).await?
            }
        };
        (writer.ledger, writer.released) = (now.ledger.clone(), now.released.clone());
        let reported = std::mem::take(writer.report);
        let derived = writer.stage(read, db, staged, &keys, |_| {}).await;
        *writer.report = reported;
        derived
    }
}

/// How far others have written.
pub struct Point {
    /// Number of the newest transaction in the change log.
    seq: i64,
    /// How often imports have changed the records.
    records: String,
}

impl Point {
    /// Looks.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn now(db: &impl ConnectionTrait) -> Result<Self, DbErr> {
        let sql = "SELECT (SELECT COALESCE(MAX(seq), 0) FROM change_set), \
                   COALESCE((SELECT value FROM program_state WHERE name = $1), '')";
        let values = [state::RECORDS.into()];
        let row =
            db.query_one_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
        let row = row.ok_or_else(|| DbErr::RecordNotFound("the change log".into()))?;
        Ok(Self { seq: row.try_get_by_index(0)?, records: row.try_get_by_index(1)? })
    }
}

/// What others have written so far of that on which a derivation depends.
struct Seen {
    point: Point,
    ledger: Ledger,
    released: Released,
}

/// The prepared facilities that something concerns.
enum Concerned {
    All,
    /// Those with these keys.
    These(HashSet<String>),
}

impl Seen {
    async fn now(db: &impl Unscoped) -> Result<Self, DbErr> {
        Ok(Self {
            // Read first: what is committed after it is looked at again.
            point: Point::now(db).await?,
            ledger: consents::ledger(db).await?,
            released: withheld::released(db).await?,
        })
    }

    /// What the transactions since then concern. Prepared rows are read from `db`.
    async fn concerned(
        &self,
        now: &Self,
        read: &impl Unscoped,
        db: &impl ConnectionTrait,
        staged: &Staged,
    ) -> Result<Concerned, DbErr> {
        if self.point.records != now.point.records {
            // Another import: its records may give other facilities.
            return Ok(Concerned::All);
        }
        let mut keys = HashSet::new();
        let mut follower = Follower::from(self.point.seq);
        loop {
            let Ok(entries) = follower.next(read, ENTRIES).await? else { return Ok(Concerned::All) };
            if entries.is_empty() {
                break;
            }
            for entry in entries {
                let Some(change) = entry.change else { return Ok(Concerned::All) };
                match change.thing {
                    ChangedThing::Resource => {
                        keys.extend(staged.entries().get(&change.id).map(|entry| entry.key.clone()));
                    }
                    // Where facilities are placed, and keys that this import was going to give.
                    ChangedThing::District | ChangedThing::Municipality | ChangedThing::Source => {
                        return Ok(Concerned::All);
                    }
                    ChangedThing::Organization if change.how == ChangeType::Created => {
                        return Ok(Concerned::All);
                    }
                    ChangedThing::Organization
                    | ChangedThing::Coordinator
                    | ChangedThing::Physician
                    | ChangedThing::Sheet
                    | ChangedThing::LiaisonContact
                    | ChangedThing::Acceptance
                    | ChangedThing::Vacancy => {}
                }
            }
        }
        let withdrawn = now.ledger.withdrawn_since(&self.ledger);
        if !withdrawn.is_empty() {
            keys.extend(sharing(db, staged, &withdrawn).await?);
            let released = now.released.resources();
            let released = staged.entries().values().filter(|entry| released.contains(&entry.uuid));
            keys.extend(released.map(|entry| entry.key.clone()));
        }
        Ok(Concerned::These(keys))
    }
}

/// The facilities of prepared contacts with one of some numbers and addresses.
async fn sharing(
    db: &impl ConnectionTrait,
    staged: &Staged,
    values: &HashSet<ContactValue>,
) -> Result<HashSet<String>, DbErr> {
    use contact_point::{Column, Entity};
    let Some(may_share) = consents::may_share(values) else { return Ok(HashSet::new()) };
    let columns =
        [Column::ResourceId, Column::Phone, Column::PhoneE164, Column::Fax, Column::FaxE164, Column::Email];
    let mut contacts = Query::select();
    let table = Alias::new(staged.name(Entity.table_name()));
    contacts.columns(columns).from_as(table, Entity).cond_where(may_share);
    let rows = db.query_all(&contacts).await?;
    let mut keys = HashSet::new();
    for row in rows {
        let text = |column: usize| row.try_get_by_index::<Option<String>>(column);
        let numbers = [text(1)?, text(2)?, text(3)?, text(4)?];
        let mail = text(5)?;
        let of_contact =
            ContactValue::of_contact(numbers.each_ref().map(|number| number.as_deref()), mail.as_deref());
        if of_contact.iter().any(|value| values.contains(value)) {
            let id: i64 = row.try_get_by_index(0)?;
            keys.extend(staged.entries().get(&id).map(|entry| entry.key.clone()));
        }
    }
    Ok(keys)
}
