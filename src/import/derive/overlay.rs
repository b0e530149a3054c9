//! The records as an import will leave them: rows that are not stored, over the records that are. Empty where facilities are
//! derived from the stored records only.

use crate::auth::row_scope::Unscoped;
use crate::import::derive::records::{self, Pending, Vanished, model};
use chrono::NaiveDate;
use entity::official_record::{ActiveModel, Model};
use sea_orm::{ActiveModelTrait, DbErr, IntoActiveModel};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Format and key of a record, by which one row replaces another.
type Id = (String, String);

/// Rows that stand in place of the stored records of the same format and key.
#[derive(Default)]
pub struct Overlay {
    rows: BTreeMap<String, BTreeMap<String, Model>>,
    by_facility: HashMap<String, BTreeSet<Id>>,
}

impl Overlay {
    /// The rows of a file of a format and a day, with the internal key of its data set.
    pub fn of(format: &str, as_of: Option<NaiveDate>, source_id: i64, rows: Vec<Pending>) -> Self {
        let mut overlay = Self::default();
        rows.into_iter().for_each(|row| overlay.put(model(format, as_of, source_id, row)));
        overlay
    }

    /// The rows, for the table of records.
    pub(super) fn rows(&self) -> impl Iterator<Item = ActiveModel> {
        let rows = self.rows.values().flat_map(BTreeMap::values).cloned();
        rows.map(|row| row.into_active_model().reset_all())
    }

    /// Names another data set as that of the rows that have one.
    pub(super) fn of_source(&mut self, planned: i64, source_id: i64) {
        let rows = self.rows.values_mut().flat_map(BTreeMap::values_mut);
        rows.filter(|row| row.source_id == planned).for_each(|row| row.source_id = source_id);
    }

    /// Gives way to stored records of a later day: another import may have written them since the file was compared.
    pub(super) async fn give_way(&mut self, db: &impl Unscoped) -> Result<(), DbErr> {
        for (format, rows) in &mut self.rows {
            let keys: Vec<&str> = rows.keys().map(String::as_str).collect();
            let stored = records::days(db, format, &keys).await?;
            let by_facility = &mut self.by_facility;
            rows.retain(|key, row| {
                let is_older = stored.get(key).copied().flatten().is_some_and(|day| row.as_of < Some(day));
                if is_older && let Some(ids) = by_facility.get_mut(&row.facility_key) {
                    ids.remove(&(format.clone(), key.clone()));
                }
                !is_older
            });
        }
        Ok(())
    }

    /// Marks stored records as missing since a day.
    pub async fn mark_vanished(
        &mut self,
        db: &impl Unscoped,
        gone: &[Vanished],
        since: NaiveDate,
    ) -> Result<(), DbErr> {
        let ids: Vec<i64> = gone.iter().map(|row| row.id).collect();
        for row in records::with_ids(db, &ids).await? {
            self.put(Model { vanished_on: Some(since), ..row });
        }
        Ok(())
    }

    /// Puts a row in place of the stored record or of an earlier row.
    pub(super) fn put(&mut self, row: Model) {
        let id = (row.format.clone(), row.record_key.clone());
        self.by_facility.entry(row.facility_key.clone()).or_default().insert(id.clone());
        let facility = row.facility_key.clone();
        let before = self.rows.entry(id.0.clone()).or_default().insert(id.1.clone(), row);
        if let Some(before) = before.filter(|before| before.facility_key != facility)
            && let Some(rows) = self.by_facility.get_mut(&before.facility_key)
        {
            rows.remove(&id);
        }
    }

    /// Stored records that were found for a condition, without those that are replaced and with the rows that fulfil it.
    pub(super) fn over(&self, mut stored: Vec<Model>, condition: impl Fn(&Model) -> bool) -> Vec<Model> {
        stored.retain(|record| !self.replaces(record));
        stored.extend(self.rows.values().flat_map(BTreeMap::values).filter(|row| condition(row)).cloned());
        stored
    }

    /// All records of some facilities, by key of the facility.
    pub(super) async fn of_facilities(
        &self,
        db: &impl Unscoped,
        keys: &[String],
    ) -> Result<HashMap<String, Vec<Model>>, DbErr> {
        let mut found = records::of_facilities(db, keys).await?;
        if self.rows.is_empty() {
            return Ok(found);
        }
        for key in keys {
            let rows = self.by_facility.get(key).into_iter().flatten();
            let mut all: Vec<Model> = rows.filter_map(|id| self.row(id)).cloned().collect();
            let stored = found.remove(key).unwrap_or_default().into_iter();
            all.extend(stored.filter(|record| !self.replaces(record)));
            if !all.is_empty() {
                found.insert(key.clone(), all);
            }
        }
        Ok(found)
    }

    /// Those keys of facilities that have a record.
    pub(super) async fn existing(&self, db: &impl Unscoped, keys: Vec<String>) -> Result<Vec<String>, DbErr> {
        if self.rows.is_empty() {
            return records::existing(db, keys).await;
        }
        Ok(self.of_facilities(db, &keys).await?.into_keys().collect())
    }

    fn replaces(&self, record: &Model) -> bool {
        self.rows.get(&record.format).is_some_and(|rows| rows.contains_key(&record.record_key))
    }

    fn row(&self, (format, key): &Id) -> Option<&Model> {
        self.rows.get(format)?.get(key)
    }
}
