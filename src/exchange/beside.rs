//! Tables of what stands beside the resources: districts, coordinators, organizations, what care professionals need.

use super::formats::{SideTable, coordinators, distribution, districts, organizations, sheets};
use super::import::{self, ImportOptions, refused};
use super::input::Input;
use super::report::Report;
use super::table::Table;
use super::{
    areas, clean, coordinators::write_coordinators, distribution::write_distribution,
    organizations::write_organizations, professionals, sheets::write_sheets,
};
use crate::database::Databases;
use chrono::NaiveDate;
use sea_orm::DbErr;

/// The day that the rows are of, where they have one.
///
/// # Errors
/// Says why the file cannot be taken when that day lies in the future.
pub fn day(
    side_table: SideTable,
    input: &Input,
    options: &ImportOptions,
    report: &mut Report,
) -> Result<Option<NaiveDate>, String> {
    match side_table {
        // As they are, not as of a day.
        SideTable::Districts | SideTable::Organizations | SideTable::Distribution => Ok(None),
        // Every form says its own day; this is for those that do not.
        SideTable::Questionnaires => {
            let as_of = options.as_of.or_else(|| clean::date_in_name(&input.name));
            report.as_of = as_of.map(|day| day.to_string());
            Ok(as_of)
        }
        SideTable::Coordinators | SideTable::LiaisonContacts(_) | SideTable::MedicalAcceptances => {
            import::day(input, options, report)
        }
    }
}

/// Reads the table and writes what differs.
pub async fn import(
    databases: &Databases,
    side_table: SideTable,
    table: Table<'_>,
    as_of: Option<NaiveDate>,
    options: &ImportOptions,
    report: &mut Report,
) -> Result<Result<(), String>, DbErr> {
    match side_table {
        SideTable::LiaisonContacts(kind) => {
            professionals::contacts(databases, kind, table, as_of, options, report).await
        }
        SideTable::MedicalAcceptances => {
            professionals::acceptances(databases, table, as_of, options, report).await
        }
        SideTable::Coordinators => {
            let found = coordinators::read(table, report);
            if let Some(nothing) = nothing(report) {
                return Ok(Err(nothing));
            }
            write_coordinators(databases, found, as_of, options, report).await
        }
        SideTable::Organizations => {
            let found = organizations::read(table, report);
            if let Some(nothing) = nothing(report) {
                return Ok(Err(nothing));
            }
            write_organizations(databases, found, options, report).await
        }
        SideTable::Distribution => {
            let found = distribution::read(table, report);
            if let Some(nothing) = nothing(report) {
                return Ok(Err(nothing));
            }
            write_distribution(databases, found, options, report).await
        }
        SideTable::Questionnaires => {
            let found = sheets::read(table, report);
            if found.is_empty() && report.read == 0 {
                return Ok(Err("it has a header but no rows.".into()));
            }
            write_sheets(databases, found, as_of, options, report).await
        }
        SideTable::Districts => {
            let found = districts::read(table, report);
            if let Some(reason) = nothing(report).or_else(|| refused(options, report)) {
                return Ok(Err(reason));
            }
            areas::write_districts(databases, found, options, report).await.map(Ok)
        }
    }
}

fn nothing(report: &Report) -> Option<String> {
    (report.read == 0).then(|| "it has a header but no rows.".into())
}
