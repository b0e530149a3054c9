//! Facilities that are prepared: their rows lie in tables of the session (`database/staging.rs`) until they are published in
//! one transaction, in the order in which the database accepts them.

use crate::auth::row_scope::Unscoped;
use crate::database::changes::{self, Change, Readers, StagedRows, Ties};
use crate::database::keys;
use crate::database::staging::{StagedTables, insert_into};
use crate::import::derive::children::{self, Table};
use crate::import::derive::draft::Draft;
use entity::enums::{ChangeType, ChangedThing, PublicationState};
use entity::{
    change, municipality, official_record, organization, resource, resource_district, schedule_rule, source,
};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use sea_orm::{
    ActiveEnum, ActiveModelTrait, ConnectionTrait, DbErr, EntityName, FromQueryResult, IntoActiveModel,
    Iterable, Statement,
};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// The first internal key of prepared resources that are not stored yet. Published, they get the next free keys.
pub(super) const NEW: i64 = 1 << 40;

/// The table of what differs: the place of a table below the resources, and the key of a resource.
pub(super) const DIFFERING: &str = "differing";
/// Rows of records that are written at a time.
const RECORDS: usize = 1_024;

/// A prepared resource.
pub(super) struct Entry {
    pub(super) uuid: Uuid,
    /// Key of its facility.
    pub(super) key: String,
    /// The tables below it whose rows differ from the stored ones: a bit for each, in their order.
    differs: u32,
}

/// A resource to prepare.
pub(super) struct StagedRow<'d> {
    /// Its internal key, or that of one that is not stored yet ([`Staged::next`]).
    pub(super) id: i64,
    pub(super) uuid: Uuid,
    pub(super) row: resource::ActiveModel,
    /// Key of its facility.
    pub(super) facility: &'d str,
    /// What it is derived from; none: it is withdrawn.
    pub(super) draft: Option<&'d Draft>,
}

/// The prepared rows, and of what they are.
pub(super) struct Staged {
    tables: StagedTables,
    /// The children of a resource, with their columns.
    pub(super) below: Vec<Table>,
    /// Whether the entries of the change log are prepared too. Otherwise the commit compares what was written.
    pub(super) logs: bool,
    entries: HashMap<i64, Entry>,
    /// Resources that are there, whose service districts are replaced.
    pub(super) with_districts: HashSet<i64>,
    /// Key of the last resource that is not stored yet.
    last: i64,
}

impl StagedRows for Staged {
    fn table(&self, table: &str) -> Option<String> {
        let here = [resource::Entity.table_name(), resource_district::Entity.table_name()];
        let is_staged = here.contains(&table) || self.below.iter().any(|below| below.name == table);
        is_staged.then(|| self.tables.name(table))
    }

    fn replaces(&self, table: &str, resource: i64) -> bool {
        if table == resource_district::Entity.table_name() {
            return self.with_districts.contains(&resource);
        }
        let Some(place) = self.below.iter().position(|below| below.name == table) else { return true };
        self.entries.get(&resource).is_some_and(|entry| entry.differs & (1 << place) != 0)
    }
}

impl Staged {
    /// Makes the tables.
    pub(super) async fn create(db: &impl ConnectionTrait, logs: bool) -> Result<Self, DbErr> {
        let staged = Self {
            tables: StagedTables::default(),
            below: children::tables(),
            logs,
            entries: HashMap::new(),
            with_districts: HashSet::new(),
            last: NEW,
        };
        for (table, key) in staged.all() {
            staged.tables.create(db, table, key).await?;
        }
        let records = staged.name(official_record::Entity.table_name());
        db.execute_unprepared(&format!("CREATE INDEX {records}_id ON {records} (id)")).await?;
        staged.tables.create_with(db, DIFFERING, "place INTEGER, id BIGINT").await?;
        Ok(staged)
    }

    /// All tables, each with the column by which rows are looked up.
    pub(super) fn all(&self) -> Vec<(&'static str, &'static str)> {
        let mut all: Vec<_> = self.below.iter().map(|table| (table.name, "resource_id")).collect();
        all.extend([
            (resource_district::Entity.table_name(), "resource_id"),
            (resource::Entity.table_name(), "id"),
            (municipality::Entity.table_name(), "id"),
            (organization::Entity.table_name(), "id"),
            (source::Entity.table_name(), "id"),
            (schedule_rule::Entity.table_name(), "id"),
            (official_record::Entity.table_name(), "facility_key"),
            (change::Entity.table_name(), "thing_id"),
        ]);
        all
    }

    /// Forgets everything that was prepared.
    pub(super) async fn clear(&mut self, db: &impl ConnectionTrait) -> Result<(), DbErr> {
        for table in self.all().into_iter().map(|(table, _)| table).chain([DIFFERING]) {
            db.execute_unprepared(&format!("DELETE FROM {}", self.tables.name(table))).await?;
        }
        (self.entries, self.with_districts) = (HashMap::new(), HashSet::new());
        Ok(())
    }

    /// Forgets what was prepared of some facilities.
    pub(super) async fn forget(
        &mut self,
        db: &impl ConnectionTrait,
        facilities: &HashSet<String>,
    ) -> Result<(), DbErr> {
        let of_these = self.entries.iter().filter(|(_, entry)| facilities.contains(&entry.key));
        let ids: Vec<i64> = of_these.map(|(id, _)| *id).collect();
        let listed = ids.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
        for table in self.below.iter().map(|table| table.name).chain([resource_district::Entity.table_name()])
        {
            let name = self.tables.name(table);
            db.execute_unprepared(&format!("DELETE FROM {name} WHERE resource_id IN ({listed})")).await?;
        }
        for table in [resource::Entity.table_name(), DIFFERING] {
            let name = self.tables.name(table);
            db.execute_unprepared(&format!("DELETE FROM {name} WHERE id IN ({listed})")).await?;
        }
        let changes = self.tables.name(change::Entity.table_name());
        let thing = ChangedThing::Resource.to_value();
        let sql = format!("DELETE FROM {changes} WHERE thing = {thing} AND thing_id IN ({listed})");
        db.execute_unprepared(&sql).await?;
        for id in ids {
            self.entries.remove(&id);
            self.with_districts.remove(&id);
        }
        Ok(())
    }

    /// The prepared resources, by internal key.
    pub(super) fn entries(&self) -> &HashMap<i64, Entry> {
        &self.entries
    }

    /// The name of the table of prepared rows.
    pub(super) fn name(&self, table: &str) -> String {
        self.tables.name(table)
    }

    /// The key of a resource that is not stored yet.
    pub(super) fn next(&mut self) -> i64 {
        self.last += 1;
        self.last
    }

    /// Prepares rows of the records.
    pub(super) async fn records(
        &self,
        db: &impl ConnectionTrait,
        rows: impl Iterator<Item = &official_record::Model>,
    ) -> Result<(), DbErr> {
        let name = self.name(official_record::Entity.table_name());
        let rows = rows.map(|row| official_record::Model { id: 0, ..row.clone() });
        let mut rows = rows.peekable();
        while rows.peek().is_some() {
            let some = rows.by_ref().take(RECORDS);
            insert_into(db, &name, some.map(|row| row.into_active_model().reset_all())).await?;
        }
        self.confirmed(db).await
    }

    /// Gives prepared records of which only the day and the data set differ the keys of the stored ones: the others have 0.
    async fn confirmed(&self, db: &impl ConnectionTrait) -> Result<(), DbErr> {
        let (stored, staged) =
            (official_record::Entity.table_name(), self.name(official_record::Entity.table_name()));
        let same = ["fingerprint", "body", "facility_key", "scope"]
            .map(|column| format!("r.{column} = {staged}.{column}"));
        let same = same.join(" AND ");
        let sql = format!(
            "UPDATE {staged} SET id = COALESCE((SELECT r.id FROM {stored} r WHERE r.format = {staged}.format \
             AND r.record_key = {staged}.record_key AND {same} \
             AND r.municipality_code IS NOT DISTINCT FROM {staged}.municipality_code), 0)"
        );
        db.execute_unprepared(&sql).await.map(drop)
    }

    /// The prepared records of some facilities; `None`: of all.
    pub(super) async fn prepared_records(
        &self,
        db: &impl ConnectionTrait,
        facilities: Option<&HashSet<String>>,
    ) -> Result<Vec<official_record::Model>, DbErr> {
        use official_record::{Column, Entity};
        let mut select = Query::select();
        select.columns(Column::iter()).from(Alias::new(self.name(Entity.table_name())));
        if let Some(keys) = facilities {
            select.and_where(Expr::col(Column::FacilityKey).is_in(keys.iter().map(String::as_str)));
        }
        let rows = db.query_all(&select).await?;
        rows.iter().map(|row| official_record::Model::from_query_result(row, "")).collect()
    }

    /// Prepares new rows of a table beside the resources, each with its internal key and public id.
    pub(super) async fn add<A>(
        &self,
        db: &impl ConnectionTrait,
        thing: ChangedThing,
        rows: Vec<(i64, Option<Uuid>, A)>,
    ) -> Result<(), DbErr>
    where
        A: ActiveModelTrait + Send,
    {
        let after = match thing {
            ChangedThing::Organization => Readers::OfItsRecords,
            _ => Readers::Everyone,
        };
        let new = rows.iter().map(|(id, uuid, _)| created(thing, *id, *uuid, after.clone())).collect();
        let rows = rows.into_iter().map(|(_, _, row)| row);
        insert_into(db, &self.name(A::Entity::default().table_name()), rows).await?;
        self.log(db, new).await
    }

    /// Prepares resources: those that are not stored yet, those that are replaced, those that are withdrawn.
    pub(super) async fn put(
        &mut self,
        read: &impl Unscoped,
        db: &impl ConnectionTrait,
        rows: Vec<StagedRow<'_>>,
    ) -> Result<(), DbErr> {
        let (mut known, mut changes) = (Vec::new(), Vec::new());
        for StagedRow { id, uuid, row, facility, draft } in &rows {
            let id = *id;
            self.entries.insert(id, Entry { uuid: *uuid, key: (*facility).to_owned(), differs: 0 });
            if id < NEW {
                known.push(id);
            } else if let Some(draft) = draft {
                changes.push(created(ChangedThing::Resource, id, Some(*uuid), readers(id, row, draft)));
            }
            if draft.is_some_and(|draft| draft.local.is_some()) {
                self.with_districts.insert(id);
            }
        }
        let resources = rows.into_iter().map(|staged| staged.row);
        insert_into(db, &self.name(resource::Entity.table_name()), resources).await?;
        self.compare(db, &known).await?;
        if self.logs {
            changes.extend(changes::compare_staged(read, db, self, &known).await?);
        }
        self.log(db, changes).await
    }

    /// Finds the tables below some stored resources whose prepared rows differ from the stored ones, and forgets the
    /// prepared rows of the others: what does not change is not written.
    async fn compare(&mut self, db: &impl ConnectionTrait, known: &[i64]) -> Result<(), DbErr> {
        if known.is_empty() {
            return Ok(());
        }
        let (listed, among) = (keys::list(known), keys::in_list(db.get_database_backend()));
        let run = async |sql: String| {
            let values = [listed.as_str().into()];
            db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await
        };
        let differing = self.tables.name(DIFFERING);
        for (place, below) in self.below.iter().enumerate() {
            let (columns, staged) = (below.columns.join(", "), self.tables.name(below.name));
            let rows = |table: &str| format!("SELECT {columns} FROM {table} WHERE resource_id IN ({among})");
            let (is, will) = (rows(below.name), rows(&staged));
            let found = run(format!(
                "INSERT INTO {differing} (place, id) SELECT DISTINCT {place}, resource_id FROM \
                 (SELECT * FROM ({is} EXCEPT {will}) AS going UNION ALL SELECT * FROM ({will} EXCEPT {is}) AS coming) AS either \
                 RETURNING id"
            ));
            for row in found.await? {
                if let Some(entry) = self.entries.get_mut(&row.try_get_by_index(0)?) {
                    entry.differs |= 1 << place;
                }
            }
            run(format!(
                "DELETE FROM {staged} WHERE resource_id IN ({among}) \
                 AND resource_id NOT IN (SELECT id FROM {differing} WHERE place = {place}) RETURNING 1"
            ))
            .await?;
        }
        Ok(())
    }

    async fn log(&self, db: &impl ConnectionTrait, changes: Vec<Change>) -> Result<(), DbErr> {
        match self.logs {
            true => changes::stage(db, &self.name(change::Entity.table_name()), changes).await,
            false => Ok(()),
        }
    }

    /// The prepared tables of children, and of what they are.
    pub(super) fn tables(&self) -> StagedTables {
        self.tables
    }
}

fn created(thing: ChangedThing, id: i64, uuid: Option<Uuid>, after: Readers) -> Change {
    let how = ChangeType::Created;
    Change { thing, id, uuid, how, closes: false, before: None, after: Some(after), fields: Vec::new() }
}

/// Who can read a resource that is not stored yet.
fn readers(id: i64, row: &resource::ActiveModel, draft: &Draft) -> Readers {
    let mut districts: Vec<i64> = draft.local.iter().flat_map(|local| local.district_ids.clone()).collect();
    districts.extend(draft.home_district_id);
    districts.sort_unstable();
    districts.dedup();
    Readers::Resource(Ties {
        resource: id,
        state: row.state.try_as_ref().map_or(PublicationState::Published, |state| *state).to_value(),
        districts,
        organization: row.organization_id.try_as_ref().copied().flatten(),
    })
}
