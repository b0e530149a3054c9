//! The records as an import will leave them: rows that are not stored, over the records that are. Empty where facilities are
//! derived from the stored records only.

use crate::auth::row_scope::Unscoped;
use crate::import::derive::records::{self, Pending, Vanished, model};
use chrono::NaiveDate;
use entity::official_record::Model;
use sea_orm::DbErr;
use std::collections::{BTreeMap, HashMap};

/// Rows that stand in place of the stored records of the same format and key.
#[derive(Default)]
pub struct Overlay {
    /// Places in `rows`, by format and key.
    places: BTreeMap<String, BTreeMap<String, usize>>,
    rows: Vec<Row>,
    /// Places of the rows of each facility.
    by_facility: HashMap<String, Vec<usize>>,
}

enum Row {
    Here(Box<Model>),
    /// Prepared, and read no more unless it is recalled.
    Released,
    /// It has given way to a stored record.
    Gone,
}

impl Row {
    fn here(&self) -> Option<&Model> {
        match self {
            Self::Here(row) => Some(row),
            Self::Released | Self::Gone => None,
        }
    }
}

impl Overlay {
    /// The rows of a file of a format and a day, with the internal key of its data set.
    pub fn of(format: &str, as_of: Option<NaiveDate>, source_id: i64, rows: Vec<Pending>) -> Self {
        let mut overlay = Self::default();
        rows.into_iter().for_each(|row| overlay.put(model(format, as_of, source_id, row)));
        overlay
    }

    /// The rows.
    pub(super) fn rows(&self) -> impl Iterator<Item = &Model> {
        self.rows.iter().filter_map(Row::here)
    }

    /// Lets go of the rows of facilities that have been prepared.
    pub(super) fn release(&mut self, facilities: &[String]) {
        for place in facilities.iter().filter_map(|key| self.by_facility.get(key)).flatten() {
            if let Some(row) = self.rows.get_mut(*place).filter(|row| row.here().is_some()) {
                *row = Row::Released;
            }
        }
    }

    /// Takes back rows that were let go, as they were prepared.
    pub(super) fn recall(&mut self, prepared: Vec<Model>) {
        for row in prepared {
            let place = self.places.get(&row.format).and_then(|rows| rows.get(&row.record_key));
            if let Some(place) = place.and_then(|place| self.rows.get_mut(*place))
                && matches!(place, Row::Released)
            {
                *place = Row::Here(Box::new(row));
            }
        }
    }

    /// Names another data set as that of the rows that have one.
    pub(super) fn of_source(&mut self, planned: i64, source_id: i64) {
        for row in &mut self.rows {
            if let Row::Here(row) = row
                && row.source_id == planned
            {
                row.source_id = source_id;
            }
        }
    }

    /// Gives way to stored records of a later day: another import may have written them since the file was compared.
    pub(super) async fn give_way(&mut self, db: &impl Unscoped) -> Result<(), DbErr> {
        for (format, places) in &mut self.places {
            let keys: Vec<&str> = places.keys().map(String::as_str).collect();
            let stored = records::days(db, format, &keys).await?;
            let rows = &mut self.rows;
            places.retain(|key, place| {
                let Some(row) = rows.get_mut(*place) else { return false };
                let day = row.here().and_then(|row| row.as_of);
                let is_older = stored.get(key).copied().flatten().is_some_and(|stored| day < Some(stored));
                if is_older {
                    *row = Row::Gone;
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
        let places = match self.places.get_mut(&row.format) {
            Some(places) => places,
            None => self.places.entry(row.format.clone()).or_default(),
        };
        let place = *places.entry(row.record_key.clone()).or_insert(self.rows.len());
        let before = self.rows.get(place).and_then(Row::here);
        if let Some(before) = before.filter(|before| before.facility_key != row.facility_key)
            && let Some(of_facility) = self.by_facility.get_mut(&before.facility_key)
        {
            of_facility.retain(|other| *other != place);
        }
        let of_facility = match self.by_facility.get_mut(&row.facility_key) {
            Some(of_facility) => of_facility,
            None => self.by_facility.entry(row.facility_key.clone()).or_default(),
        };
        if !of_facility.contains(&place) {
            of_facility.push(place);
        }
        match self.rows.get_mut(place) {
            Some(known) => *known = Row::Here(Box::new(row)),
            None => self.rows.push(Row::Here(Box::new(row))),
        }
    }

    /// Stored records that were found for a condition, without those that are replaced and with the rows that fulfil it.
    pub(super) fn over(&self, mut stored: Vec<Model>, condition: impl Fn(&Model) -> bool) -> Vec<Model> {
        stored.retain(|record| !self.replaces(record));
        let places = self.places.values().flat_map(BTreeMap::values);
        let rows = places.filter_map(|place| self.rows.get(*place)?.here());
        stored.extend(rows.filter(|row| condition(row)).cloned());
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
            let places = self.by_facility.get(key).into_iter().flatten();
            let rows = places.filter_map(|place| self.rows.get(*place)?.here());
            let mut all: Vec<Model> = rows.cloned().collect();
            // As by format and key, whatever the order of the file.
            all.sort_by(|a, b| (&a.format, &a.record_key).cmp(&(&b.format, &b.record_key)));
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
        let stored = self.of_facilities(db, &keys).await?;
        let is_there = |place: &usize| self.rows.get(*place).is_some_and(|row| !matches!(row, Row::Gone));
        let has_row = |key: &String| self.by_facility.get(key).is_some_and(|rows| rows.iter().any(is_there));
        Ok(keys.into_iter().filter(|key| stored.contains_key(key) || has_row(key)).collect())
    }

    fn replaces(&self, record: &Model) -> bool {
        self.places.get(&record.format).is_some_and(|rows| rows.contains_key(&record.record_key))
    }
}
