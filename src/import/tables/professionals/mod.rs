//! The lists for care professionals: desks, and care needs that facilities accept.

pub mod cells;
pub mod lookup;
pub mod profiles;
pub mod reader_keys;
pub mod readers;
pub mod times;

use crate::import::cells::Taken;
use crate::import::complaint::Refusal;
use crate::import::file::table::{Row, Table};
use crate::import::formats::Format;
use crate::import::read::own;
use crate::import::report::Report;
use crate::import::tables::acceptances::form::{Taking, read as read_acceptance};
use crate::import::tables::desks::form::read as read_desk;
use crate::import::tables::desks::write::ContactRows;
use crate::liaison::terms::LiaisonContactKind;
use chrono::NaiveDate;

/// Reads a list of desks of professionals.
pub(in crate::import) fn read_contacts(
    kind: LiaisonContactKind,
    table: Table<'_>,
    as_of: Option<NaiveDate>,
    report: &mut Report,
) -> Result<ContactRows, Refusal> {
    let format = match kind {
        LiaisonContactKind::General => Format::LiaisonContacts,
        LiaisonContactKind::Discharge => Format::DischargeCoordinators,
    };
    let desks = rows(format, table, report, |row| read_desk(kind, row, as_of))?;
    Ok(ContactRows { kind, desks })
}

/// Reads a list of the care needs that facilities accept.
pub(in crate::import) fn read_acceptances(
    table: Table<'_>,
    as_of: Option<NaiveDate>,
    report: &mut Report,
) -> Result<Vec<Taking>, Refusal> {
    rows(Format::MedicalAcceptances, table, report, |row| read_acceptance(row, as_of))
}

fn rows<T>(
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
