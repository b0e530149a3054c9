//! Imports one file: reads it, compares it and prepares what differs while others write, then publishes it in one transaction.

use crate::audit::{self, Author};
use crate::database::Databases;
use crate::import::compare::{Compared, compare};
use crate::import::complaint::{Refusal, Remark};
use crate::import::derive::observation::fill_up;
use crate::import::derive::records::{self, Known, Vanished};
use crate::import::derive::{self, Facilities, Import, Overlay, Point, matching};
use crate::import::file::input::Input;
use crate::import::file::table::Table;
use crate::import::file::tabular;
use crate::import::formats::{Family, Format};
use crate::import::options::{ImportOptions, Stopped};
use crate::import::read::own;
use crate::import::read::own::missing::Missing;
use crate::import::report::Report;
use crate::import::source::Planned;
use crate::import::tables::areas;
use crate::import::unscoped::reading;
use chrono::NaiveDate;
use entity::enums::AuditAction;
use japan::clock::Clock;
use sea_orm::{ConnectionTrait, DbErr};
use serde_json::{Map, Value};
use std::collections::HashSet;
use std::path::Path;
use std::time::Duration;
use tokio::time::Instant;

/// Longest wait for the write transaction that refreshes the statistics; the
/// import itself is committed by then.
const FOR_STATISTICS: Duration = Duration::from_secs(10);

/// Result of importing a file.
pub enum Outcome {
    /// The file was read; the report has the details.
    Read(Box<Report>),
    /// The file cannot be used; nothing was written.
    Unusable(Refusal),
}

/// Imports one file. `progress` is called with the number of facilities written so far and in all.
///
/// # Errors
/// Only when the database fails; problems of the file are in the [`Outcome`].
pub async fn import(
    databases: &Databases,
    path: &Path,
    options: &ImportOptions,
    clock: Clock,
    progress: impl Fn(u64, u64),
) -> Result<Outcome, DbErr> {
    match Input::read(path) {
        Ok(input) => {
            import_input(databases, &path.display().to_string(), input, options, clock, progress).await
        }
        Err(reason) => Ok(Outcome::Unusable(reason)),
    }
}

/// Imports a text that has been read already.
pub(super) async fn import_input(
    databases: &Databases,
    shown: &str,
    input: Input,
    options: &ImportOptions,
    clock: Clock,
    progress: impl Fn(u64, u64),
) -> Result<Outcome, DbErr> {
    let mut report = Report { file: shown.to_owned(), encoding: input.encoding, ..Report::default() };
    match import_any(databases, input, options, clock, &mut report, progress).await {
        Ok(()) => Ok(Outcome::Read(Box::new(report))),
        Err(Stopped::Unusable(reason)) => Ok(Outcome::Unusable(reason)),
        Err(Stopped::Failed(cause)) => Err(cause),
    }
}

async fn import_any(
    databases: &Databases,
    input: Input,
    options: &ImportOptions,
    clock: Clock,
    report: &mut Report,
    progress: impl Fn(u64, u64),
) -> Result<(), Stopped> {
    if input.is_json() && areas::file::is_area(&input, options) {
        return areas::file::import(databases, &input, options, clock, report).await;
    }
    let input = tabular::table_of(input, options.format, report)?;
    import_table(databases, input, options, clock, report, progress).await
}

async fn import_table(
    databases: &Databases,
    input: Input,
    options: &ImportOptions,
    clock: Clock,
    report: &mut Report,
    progress: impl Fn(u64, u64),
) -> Result<(), Stopped> {
    let mut table = Table::open(&input.text, clock.today())?;
    let found = Format::of_columns(table.columns(), options.format).map(|format| (format, Vec::new()));
    let (format, lacking) =
        found.or_else(|told| Format::nearly_own(table.columns(), options.format).ok_or(told))?;
    report.format = format.profile().name;
    table.rename(format.profile().synonyms);
    table.rename_remarked(&format.profile().own_names(), format.profile().synonyms);
    table.default_municipality(options.municipality.clone());
    let (read, is_medical) = match format.profile().family {
        Family::Facilities(read) => (read, false),
        Family::MedicalFacilities(read) => (read, true),
        Family::SideTable(side_table) => {
            return side_table.import(databases, &input.name, table, options, clock, report).await;
        }
        Family::Area => return Err(Refusal::TableForJson { format: report.format }.into()),
        Family::Refused(reason) => return Err(reason().into()),
    };
    let as_of = options.day(&input.name, clock.today(), report)?;
    report.notes.extend(own::unknown_columns(format, table.columns()));
    let header = (!lacking.is_empty()).then(|| own::lacking(format, table.columns(), &lacking, &input.text));
    // Checked as what they seem to be; nothing is written.
    for (like, lacking) in own::guesses(table.columns(), &lacking) {
        table.rename(&[(&like, lacking)]);
    }
    let lacking: Vec<&str> = lacking.into_iter().filter(|column| !table.columns().has(column)).collect();
    let missing = Missing::of(format, table.columns(), options.municipality.clone(), clock.today());
    let point = Point::now(&reading(databases)).await?;
    let known = Known::load(&reading(databases), report.format).await?;
    let mut compared = compare(table, (format, read), &input, &known, (as_of, options.accept_new), report)?;
    if !is_medical {
        compared.matched.clear();
    }
    derive::warn_of_rejected(&reading(databases), clock.today(), report).await?;
    if let Some(header) = header {
        // Nothing is written; the flaws of the rows are told with it, so that one round of corrections suffices.
        report.tell_lacking(header, &lacking);
        return options.refused(report).map_or(Ok(()), |reason| Err(Stopped::Unusable(reason)));
    }
    // The text of a national list is large and no longer needed.
    drop(input);
    drop(known);
    if let Some(reason) = options.refused(report) {
        return Err(Stopped::Unusable(reason));
    }
    let keep = |new: &mut Map<String, Value>, old: &Map<String, Value>| {
        // A list of one's own decides every fact of its columns; other files add to what is known.
        if missing.as_ref().is_none_or(|missing| missing.keep(new, old)) {
            fill_up(new, old.clone());
        }
    };
    records::list_changes(&reading(databases), report.format, &mut compared.pending, keep, report).await?;
    let gone = vanished(databases, options, as_of, &compared, report).await?;
    let nothing = compared.pending.is_empty() && gone.is_empty();
    if nothing {
        return Ok(());
    }
    if options.dry_run {
        let (overlay, facilities) =
            records_after(databases, (as_of, 0), clock, compared, &gone, report).await?;
        derive::rehearse(&reading(databases), overlay, facilities, clock.today(), report).await?;
        return Ok(());
    }
    let compared = (compared, point);
    write(databases, format, options, clock, as_of, compared, &gone, report, progress).await?;
    report.written = true;
    Ok(())
}

async fn vanished(
    databases: &Databases,
    options: &ImportOptions,
    as_of: Option<NaiveDate>,
    compared: &Compared,
    report: &mut Report,
) -> Result<Vec<Vanished>, DbErr> {
    if !options.complete {
        return Ok(Vec::new());
    }
    if !report.rejected.is_empty() {
        report.notes.push(Remark::NothingMarkedMissing);
        return Ok(Vec::new());
    }
    let present = |key: &str| compared.seen.contains_key(key);
    let gone =
        records::vanished(&reading(databases), report.format, as_of, &compared.scopes, present).await?;
    report.vanished = gone.len() as u64;
    Ok(gone)
}

/// The records as the import will leave them, and the facilities that follow from them.
async fn records_after(
    databases: &Databases,
    (as_of, source_id): (Option<NaiveDate>, i64),
    clock: Clock,
    compared: Compared,
    gone: &[Vanished],
    report: &Report,
) -> Result<(Overlay, Facilities), DbErr> {
    let db = reading(databases);
    let mut overlay = Overlay::of(report.format, as_of, source_id, compared.pending);
    let moved = matching::assign(&db, &mut overlay, &compared.matched).await?;
    overlay.mark_vanished(&db, gone, as_of.unwrap_or(clock.today())).await?;
    Ok((overlay, with_vanished(compared.facilities, gone, moved)))
}

#[expect(clippy::too_many_arguments, reason = "one call site; a struct would only move the names")]
async fn write(
    databases: &Databases,
    format: Format,
    options: &ImportOptions,
    clock: Clock,
    as_of: Option<NaiveDate>,
    (compared, point): (Compared, Point),
    gone: &[Vanished],
    report: &mut Report,
    progress: impl Fn(u64, u64),
) -> Result<(), DbErr> {
    let publisher = options.publisher.as_deref();
    let source = Planned::of(&reading(databases), format, as_of, publisher).await?;
    let (told, matched) = ((as_of, source.id), compared.matched.clone());
    let (overlay, facilities) = records_after(databases, told, clock, compared, gone, report).await?;
    let (total, done) = (facilities.keys.len() as u64, std::sync::atomic::AtomicU64::new(0));
    let step = |n| progress(done.fetch_add(n, std::sync::atomic::Ordering::Relaxed) + n, total);
    let import = Import { overlay, facilities, matched, source, point, today: clock.today() };
    let (transaction, prepared) = derive::prepare(databases, import, report, step).await?;
    audit::record(
        &transaction,
        &Author::command_line(),
        report.change(AuditAction::ImportResources, Vec::new()),
    )
    .await?;
    transaction.commit().await?;
    if let Err(cause) = prepared.let_go(databases).await {
        tracing::warn!(error = %cause, "the tables in which the import was prepared could not be dropped");
    }
    refresh_statistics(databases, total).await;
    Ok(())
}

/// The facilities of the rows, of vanished entries, and those whose rows moved.
fn with_vanished(facilities: Facilities, gone: &[Vanished], moved: Vec<String>) -> Facilities {
    let Facilities { mut keys, lines } = facilities;
    let known: HashSet<&String> = keys.iter().collect();
    let also = gone.iter().map(|row| row.facility_key.clone()).chain(moved);
    let mut also: Vec<String> = also.filter(|key| !known.contains(key)).collect();
    also.sort_unstable();
    also.dedup();
    keys.extend(also);
    Facilities { keys, lines }
}

/// Refreshes the statistics for the query planner after more than 500 facilities were derived. A failure is
/// only logged: the import is committed, and the next large import refreshes them.
async fn refresh_statistics(databases: &Databases, facilities: u64) {
    if facilities > 500
        && let Err(cause) = analyze(databases).await
    {
        tracing::warn!(error = %cause, "the statistics of the tables could not be refreshed");
    }
}

async fn analyze(databases: &Databases) -> Result<(), DbErr> {
    let tx = databases.begin_write_until(Instant::now() + FOR_STATISTICS).await?;
    tx.execute_unprepared("ANALYZE").await?;
    tx.commit().await
}
