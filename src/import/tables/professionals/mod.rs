//! Columns that the lists for care professionals share: desks, and care needs that facilities accept.

pub mod cells;
pub mod lookup;
pub mod reader_keys;
pub mod readers;
pub mod times;

use crate::import::cells::Taken;
use crate::import::complaint::Refusal;
use crate::import::file::table::{Row, Table};
use crate::import::formats::Format;
use crate::import::read::own;
use crate::import::report::Report;

/// Reads each row of a list; unknown columns are noted.
///
/// # Errors
/// When it has no rows.
pub(in crate::import) fn rows<T>(
    format: Format,
    table: Table<'_>,
    report: &mut Report,
    read: impl Fn(&Row<'_>) -> Taken<T>,
) -> Result<Vec<T>, Refusal> {
    report.notes.extend(own::unknown_columns(format, table.columns()));
    let mut found = Vec::new();
    format.for_each_row(table, report, |row, _| {
        found.push(read(row)?);
        Ok(())
    })?;
    Ok(found)
}
