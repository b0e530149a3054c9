//! Import of tables beside the resources: districts, coordinators,
//! organizations, lists for care professionals.
//!
//! One driver does what all of them share: the transaction, `--strict`, `--dry-run`, and the audit entry.

pub mod acceptances;
pub mod areas;
pub mod coordinators;
pub mod desks;
pub mod distribution;
pub mod organizations;
pub mod professionals;
pub mod questionnaire;

use crate::audit::{self, Author};
use crate::database::{Databases, ImportTurn};
use crate::import::cells::clean;
use crate::import::complaint::Refusal;
use crate::import::file::input::Input;
use crate::import::file::table::Table;
use crate::import::formats::SideTable;
use crate::import::options::{Honoured, ImportOptions, Stopped};
use crate::import::report::Report;
use chrono::NaiveDate;
use japan::clock::Clock;
use sea_orm::DbErr;

/// An import in progress.
pub(in crate::import) struct Import<'i> {
    /// Its transaction, or its rehearsal.
    pub(in crate::import) turn: &'i ImportTurn,
    pub(in crate::import) options: &'i ImportOptions,
    /// The day of the import, by which its file was read.
    pub(in crate::import) today: NaiveDate,
    /// Day of the data; `None`: unknown, or the table has no such day.
    pub(in crate::import) as_of: Option<NaiveDate>,
    pub(in crate::import) report: &'i mut Report,
}

/// Public ids or official codes of the changed rows, for the audit. `None`: nothing changed.
pub(in crate::import) type Changed = Option<Vec<String>>;

/// The rows of a table beside the resources, as read from a file.
pub(in crate::import) trait Rows {
    /// The rows with the keys that their codes and numbers stand for, and the stored rows to compare with.
    type Compared;

    /// Action of the audit entry.
    const ACTION: &'static str;
    /// The options that apply to these rows.
    const HONOURED: Honoured;

    /// Looks up the codes and numbers in the rows. Flaws go into the report.
    async fn compare(self, import: &mut Import<'_>) -> Result<Self::Compared, DbErr>;

    /// Counts new and changed rows, and writes them unless this is a rehearsal.
    async fn write(compared: Self::Compared, import: &mut Import<'_>) -> Result<Changed, DbErr>;
}

/// Compares and writes rows in one transaction.
pub(in crate::import) async fn run<R: Rows>(
    databases: &Databases,
    rows: R,
    as_of: Option<NaiveDate>,
    options: &ImportOptions,
    clock: Clock,
    report: &mut Report,
) -> Result<(), Stopped> {
    R::HONOURED.check(options, report)?;
    let turn = ImportTurn::begin(databases, options.dry_run).await?;
    let mut import = Import { turn: &turn, options, today: clock.today(), as_of, report };
    let compared = rows.compare(&mut import).await?;
    // `compare` has found the last flaws.
    if let Some(reason) = options.refused(import.report) {
        turn.rollback().await?;
        return Err(Stopped::Unusable(reason));
    }
    let changed = R::write(compared, &mut import).await?;
    let Some(things) = changed.filter(|_| !options.dry_run) else {
        turn.rollback().await?;
        return Ok(());
    };
    audit::record(&turn, &Author::command_line(), report.change(R::ACTION, things)).await?;
    turn.commit().await?;
    report.written = true;
    Ok(())
}

/// The day of the data in a file, where its table has one.
///
/// # Errors
/// When that day lies in the future.
pub(in crate::import) fn day(
    side_table: SideTable,
    input: &Input,
    options: &ImportOptions,
    clock: Clock,
    report: &mut Report,
) -> Result<Option<NaiveDate>, Stopped> {
    match side_table {
        // Their rows hold as they are; the file has no day.
        SideTable::Districts | SideTable::Organizations | SideTable::Distribution => Ok(None),
        // Each form has its own day; this one is for forms without it.
        SideTable::Questionnaires => {
            let as_of = options.as_of.or_else(|| clean::date_in_name(&input.name));
            report.as_of = as_of.map(|day| day.to_string());
            Ok(as_of)
        }
        SideTable::Coordinators | SideTable::LiaisonContacts(_) | SideTable::MedicalAcceptances => {
            options.day(&input.name, clock.today(), report)
        }
    }
}

/// Reads the table and writes what differs.
pub(in crate::import) async fn import(
    databases: &Databases,
    side_table: SideTable,
    table: Table<'_>,
    as_of: Option<NaiveDate>,
    options: &ImportOptions,
    clock: Clock,
    report: &mut Report,
) -> Result<(), Stopped> {
    match side_table {
        SideTable::LiaisonContacts(kind) => {
            let rows = professionals::read_contacts(kind, table, as_of, report)?;
            run(databases, rows, as_of, options, clock, report).await
        }
        SideTable::MedicalAcceptances => {
            let rows = professionals::read_acceptances(table, as_of, report)?;
            run(databases, rows, as_of, options, clock, report).await
        }
        SideTable::Coordinators => {
            let rows = coordinators::form::read(table, report)?;
            run(databases, rows, as_of, options, clock, report).await
        }
        SideTable::Organizations => {
            let rows = organizations::form::read(table, report)?;
            run(databases, rows, as_of, options, clock, report).await
        }
        SideTable::Distribution => {
            let rows = distribution::form::read(table, report)?;
            run(databases, rows, as_of, options, clock, report).await
        }
        SideTable::Questionnaires => {
            let rows = questionnaire::form::read(table, report);
            // Blank forms count as no rows and as no flaw.
            if rows.is_empty() && report.read == 0 {
                return Err(Refusal::NoRows.into());
            }
            run(databases, rows, as_of, options, clock, report).await
        }
        SideTable::Districts => {
            let rows = areas::districts::read(table, report)?;
            run(databases, areas::write::DistrictRows(rows), as_of, options, clock, report).await
        }
    }
}
