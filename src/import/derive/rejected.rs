//! What an import would say of the entries of rejected rows once they are corrected: districts and towns that are not known,
//! text that looks private. It is told with their flaws, so that one round of corrections suffices.

use crate::auth::row_scope::Unscoped;
use crate::consents::store as consents;
use crate::import::derive::place::Gazetteer;
use crate::import::derive::{local, privacy};
use crate::import::report::{RejectedEntry, Report};
use crate::withheld::store as withheld;
use chrono::NaiveDate;
use sea_orm::DbErr;

/// Adds the warnings to the report.
pub async fn warn_of_rejected(
    db: &impl Unscoped,
    today: NaiveDate,
    report: &mut Report,
) -> Result<(), DbErr> {
    let rejected = std::mem::take(&mut report.rejected_entries);
    if rejected.is_empty() {
        return Ok(());
    }
    let mut gazetteer = Gazetteer::only_reading();
    let codes = rejected.iter().filter_map(|row| row.facts.municipality_code.as_deref());
    gazetteer.load(db, codes, today).await?;
    let (ledger, released) = (consents::ledger(db).await?, withheld::released(db).await?);
    for RejectedEntry { line, number, facts } in rejected {
        let Some(mut draft) = local::of_rejected(number, *facts) else { continue };
        report.begin_row(line);
        gazetteer.locate(&mut draft, report);
        privacy::withhold(&mut draft, &ledger, &released, report);
        report.end_row();
    }
    Ok(())
}
