//! What an import says of the facilities of its rows when it is only tried (`--dry-run`): they are derived as if the rows
//! were stored. Writes nothing.

use crate::auth::row_scope::Unscoped;
use crate::import::derive::facilities::{BATCH, Facilities, Writer};
use crate::import::derive::place::Gazetteer;
use crate::import::derive::records::{Pending, model};
use crate::import::derive::{hours_records, medical_hours};
use crate::import::report::Report;
use chrono::NaiveDate;
use entity::official_record;
use sea_orm::DbErr;
use std::collections::HashMap;

/// Rows of a file that stand in place of the stored records.
#[derive(Default)]
pub struct Overlay(HashMap<String, Vec<official_record::Model>>);

impl Overlay {
    /// The rows of a file of a format and a day.
    pub fn of(format: &str, as_of: Option<NaiveDate>, rows: Vec<Pending>) -> Self {
        let mut by_facility: HashMap<String, Vec<official_record::Model>> = HashMap::new();
        for row in rows {
            by_facility.entry(row.facility_key.clone()).or_default().push(model(format, as_of, row));
        }
        Self(by_facility)
    }

    /// Puts the rows of a facility into its records, those of its hours included.
    pub(super) fn lay(&mut self, facility: &str, records: &mut Vec<official_record::Model>) {
        let hours = hours_records::id_of(facility).map(|id| format!("{}{id}", medical_hours::KEY));
        let keys = [Some(facility), hours.as_deref()];
        for row in keys.into_iter().flatten().filter_map(|key| self.0.remove(key)).flatten() {
            records.retain(|record| (&record.format, &record.record_key) != (&row.format, &row.record_key));
            records.push(row);
        }
    }
}

/// Derives facilities as after an import, and reports what it would report of them.
pub async fn rehearse(
    db: &impl Unscoped,
    overlay: Overlay,
    facilities: Facilities,
    today: NaiveDate,
    report: &mut Report,
) -> Result<(), DbErr> {
    let keys = hours_records::facilities_of(db, &facilities.keys).await?;
    let mut writer = Writer::new(db, Gazetteer::only_reading(), today, report).await?;
    writer.overlay = overlay;
    writer.lines = facilities.lines;
    for batch in keys.chunks(BATCH) {
        let derived = writer.derived(db, batch).await?;
        writer.differing(&derived.drafts, &derived.existing, &derived.kept);
    }
    Ok(())
}
