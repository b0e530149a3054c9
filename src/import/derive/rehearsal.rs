//! What an import says of the facilities of its rows when it is only tried (`--dry-run`): they are derived as if the rows
//! were stored. Writes nothing.

use crate::auth::row_scope::Unscoped;
use crate::import::derive::area_rows::AreaRows;
use crate::import::derive::facilities::{BATCH, Facilities, Writer};
use crate::import::derive::overlay::Overlay;
use crate::import::derive::place::Gazetteer;
use crate::import::derive::{hours_records, records};
use crate::import::report::Report;
use chrono::NaiveDate;
use sea_orm::DbErr;
use std::collections::HashMap;

/// Derives facilities as after an import, and reports what it would report of them.
pub async fn rehearse(
    db: &impl Unscoped,
    overlay: Overlay,
    facilities: Facilities,
    today: NaiveDate,
    report: &mut Report,
) -> Result<(), DbErr> {
    let keys = hours_records::facilities_of(db, &overlay, &facilities.keys).await?;
    let mut writer = Writer::new(db, Gazetteer::only_reading(), today, report).await?;
    writer.overlay = overlay;
    writer.lines = facilities.lines;
    writer.rehearse(db, &keys).await
}

/// Derives the facilities of some municipalities as after an import of rows of their areas, by municipality.
pub async fn rehearse_municipalities(
    db: &impl Unscoped,
    areas: HashMap<String, AreaRows>,
    codes: &[String],
    today: NaiveDate,
    report: &mut Report,
) -> Result<(), DbErr> {
    let keys = records::facility_keys(db, Some(codes)).await?;
    let keys = hours_records::facilities_of(db, &Overlay::default(), &keys).await?;
    Writer::new(db, Gazetteer::with(areas), today, report).await?.rehearse(db, &keys).await
}

impl Writer<'_> {
    async fn rehearse(&mut self, db: &impl Unscoped, keys: &[String]) -> Result<(), DbErr> {
        for batch in keys.chunks(BATCH) {
            let derived = self.derived(db, batch).await?;
            self.differing(&derived.drafts, &derived.existing, &derived.kept);
        }
        Ok(())
    }
}
