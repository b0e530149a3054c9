//! Imports a JSON file of an area: the 町字 or the outlines of municipalities.

use crate::database::Databases;
use crate::import::complaint::Refusal;
use crate::import::file::input::Input;
use crate::import::formats::{Family, Format};
use crate::import::options::{ImportOptions, Stopped};
use crate::import::report::Report;
use crate::import::tables;
use crate::import::tables::areas::{boundaries, towns, write};
use japan::clock::Clock;

/// Whether a JSON file describes an area instead of a table.
pub(in crate::import) fn is_area(input: &Input, options: &ImportOptions) -> bool {
    let named = options.format.is_some_and(|format| matches!(format.profile().family, Family::Area));
    named || towns::recognise(&input.text) || boundaries::recognise(&input.text)
}

/// Imports the file.
///
/// # Errors
/// When it describes no area, or not one of the wanted format, and when the database fails.
pub(in crate::import) async fn import(
    databases: &Databases,
    input: &Input,
    options: &ImportOptions,
    clock: Clock,
    report: &mut Report,
) -> Result<(), Stopped> {
    let wanted = |format| options.format.is_none_or(|wanted| wanted == format);
    if towns::recognise(&input.text) && wanted(Format::Towns) {
        report.format = Format::Towns.profile().name;
        let (municipality, towns) = towns::read(&input.name, &input.text, report)?;
        return tables::run(databases, write::TownRows { municipality, towns }, None, options, clock, report)
            .await;
    }
    if boundaries::recognise(&input.text) && wanted(Format::Boundaries) {
        report.format = Format::Boundaries.profile().name;
        let rows = write::BoundaryRows(boundaries::read(&input.text, report)?);
        return tables::run(databases, rows, None, options, clock, report).await;
    }
    let format = options.format.map_or("towns / boundaries", |format| format.profile().name);
    Err(Refusal::NotThatJson { format }.into())
}
