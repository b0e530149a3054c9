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
use crate::id::NodeId;
use crate::import::complaint::Refusal;
use crate::import::file::table::Table;
use crate::import::options::{Honoured, ImportOptions, Stopped};
use crate::import::report::Report;
use chrono::NaiveDate;
use entity::enums::AuditAction;
use futures_util::future::LocalBoxFuture;
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
pub(in crate::import) type Changed = Option<Vec<NodeId>>;

/// The rows of a table beside the resources, as read from a file.
pub(in crate::import) trait Rows {
    /// The rows with the keys that their codes and numbers stand for, and the stored rows to compare with.
    type Compared;

    /// Action of the audit entry.
    const ACTION: AuditAction;
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

/// A list that brings rows of a table beside the resources: how its files are read.
pub(in crate::import) trait List: Sync + 'static {
    /// The rows that it brings.
    type Rows: Rows;

    /// The day of the data in a file; `None`: unknown, or the table has no such day.
    ///
    /// # Errors
    /// When that day lies in the future.
    fn day(
        &self,
        file_name: &str,
        options: &ImportOptions,
        today: NaiveDate,
        report: &mut Report,
    ) -> Result<Option<NaiveDate>, Stopped> {
        // Rows without a day hold as they are.
        if Self::Rows::HONOURED.day { options.day(file_name, today, report) } else { Ok(None) }
    }

    /// Reads a file. Flaws go into the report.
    ///
    /// # Errors
    /// When it has no rows.
    fn read(
        &self,
        table: Table<'_>,
        as_of: Option<NaiveDate>,
        report: &mut Report,
    ) -> Result<Self::Rows, Refusal>;
}

/// A list of any kind, as the profile of its format names it.
#[derive(Clone, Copy)]
pub struct SideTable(&'static dyn ImportList);

impl SideTable {
    /// The side table that a list fills.
    pub(in crate::import) const fn of(list: &'static impl List) -> Self {
        Self(list)
    }

    /// Reads a file and writes what differs.
    pub(in crate::import) async fn import(
        self,
        databases: &Databases,
        file_name: &str,
        table: Table<'_>,
        options: &ImportOptions,
        clock: Clock,
        report: &mut Report,
    ) -> Result<(), Stopped> {
        self.0.import(databases, file_name, table, options, clock, report).await
    }
}

trait ImportList: Sync {
    fn import<'i>(
        &'i self,
        databases: &'i Databases,
        file_name: &'i str,
        table: Table<'i>,
        options: &'i ImportOptions,
        clock: Clock,
        report: &'i mut Report,
    ) -> LocalBoxFuture<'i, Result<(), Stopped>>;
}

impl<L: List> ImportList for L {
    fn import<'i>(
        &'i self,
        databases: &'i Databases,
        file_name: &'i str,
        table: Table<'i>,
        options: &'i ImportOptions,
        clock: Clock,
        report: &'i mut Report,
    ) -> LocalBoxFuture<'i, Result<(), Stopped>> {
        Box::pin(async move {
            let as_of = self.day(file_name, options, clock.today(), report)?;
            let rows = self.read(table, as_of, report)?;
            run(databases, rows, as_of, options, clock, report).await
        })
    }
}
