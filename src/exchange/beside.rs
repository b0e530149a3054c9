//! Tables of what stands beside the resources: districts, coordinators, organizations, what care professionals need.

use super::formats::{Format, coordinators, distribution, districts, organizations, sheets};
use super::import::{ImportOptions, refused};
use super::report::Report;
use super::table::Table;
use super::{
    areas, coordinators::write_coordinators, distribution::write_distribution,
    organizations::write_organizations, professionals, sheets::write_sheets,
};
use crate::database::Databases;
use chrono::NaiveDate;
use sea_orm::DbErr;

/// Whether a format is one of these.
pub fn is_about(format: Format) -> bool {
    matches!(
        format,
        Format::Districts
            | Format::Coordinators
            | Format::Organizations
            | Format::Liaison
            | Format::LiaisonDistribution
    ) || professionals::is_about(format)
}

/// Reads the table and writes what differs.
pub async fn import(
    databases: &Databases,
    format: Format,
    table: Table<'_>,
    as_of: Option<NaiveDate>,
    options: &ImportOptions,
    report: &mut Report,
) -> Result<Result<(), String>, DbErr> {
    match format {
        _ if professionals::is_about(format) => {
            professionals::import(databases, format, table, as_of, options, report).await
        }
        Format::Coordinators => {
            let found = coordinators::read(table, report);
            if let Some(nothing) = nothing(report) {
                return Ok(Err(nothing));
            }
            write_coordinators(databases, found, as_of, options, report).await
        }
        Format::Organizations => {
            let found = organizations::read(table, report);
            if let Some(nothing) = nothing(report) {
                return Ok(Err(nothing));
            }
            write_organizations(databases, found, options, report).await
        }
        Format::LiaisonDistribution => {
            let found = distribution::read(table, report);
            if let Some(nothing) = nothing(report) {
                return Ok(Err(nothing));
            }
            write_distribution(databases, found, options, report).await
        }
        Format::Liaison => {
            let found = sheets::read(table, report);
            if found.is_empty() && report.read == 0 {
                return Ok(Err("it has a header but no rows.".into()));
            }
            write_sheets(databases, found, as_of, options, report).await
        }
        _ => {
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
