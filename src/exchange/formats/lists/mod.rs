//! Yui's own lists, which a city fills in itself: one file per kind, and what all of them share.

mod amounts;
pub mod cells;
pub mod column;
mod common;
mod contacts;
pub mod days;
pub mod desks;
mod fees;
pub mod gatherings;
pub mod mutual_aid;
mod people;
pub mod private_services;
pub mod professionals;
mod times;

use super::Format;
use crate::exchange::official::local::{KEY, LocalFacts};
use crate::exchange::report::Report;
use crate::exchange::row::OfficialRow;
use crate::exchange::table::{Columns, Row, column_key};
use cells::{Cells, Taken};
use unicode_normalization::UnicodeNormalization;

pub use column::Column;

/// How the first cell of a row begins that explains the columns.
pub const EXPLANATION: &str = "（説明）";
/// How the first cell of a row begins that only shows how to fill in the list.
pub const EXAMPLE: &str = "（記入例）";

/// The columns of a list, in the order in which people fill them in; none for other formats.
pub fn columns(format: Format) -> Option<Vec<&'static Column>> {
    let groups = match format {
        Format::GatheringPlaces => gatherings::COLUMNS,
        Format::MutualAid => mutual_aid::COLUMNS,
        Format::PrivateServices => private_services::COLUMNS,
        Format::Desks => desks::COLUMNS,
        Format::LiaisonContacts => professionals::contacts::GENERAL_COLUMNS,
        Format::DischargeCoordinators => professionals::contacts::DISCHARGE_COLUMNS,
        Format::MedicalAcceptances => professionals::acceptances::COLUMNS,
        Format::LiaisonDistribution => super::distribution::COLUMNS,
        _ => return None,
    };
    Some(groups.iter().copied().flatten().collect())
}

/// Whether a row is part of the form and says nothing of the world.
pub fn is_guidance(row: &Row<'_>) -> bool {
    let marked = |cell: &str| {
        let cell: String = cell.trim().nfkc().collect();
        [EXPLANATION, EXAMPLE].iter().any(|mark| cell.starts_with(&mark.nfkc().collect::<String>()))
    };
    row.cells().next().is_some_and(|(_, cell)| marked(cell)) || marked(row.text(common::ID))
}

/// The columns of a file that its list does not have: a slip of the pen would otherwise lose them silently.
pub fn unknown_columns(format: Format, columns: &Columns) -> Vec<String> {
    let Some(known) = self::columns(format) else { return Vec::new() };
    let known: Vec<String> = known.iter().map(|column| column_key(column.name)).collect();
    columns.names().iter().filter(|name| !name.is_empty() && !known.contains(name)).cloned().collect()
}

/// Reads a row of a list.
pub fn read(format: Format, row: &Row<'_>, report: &mut Report) -> Option<OfficialRow> {
    match entry(format, row, report) {
        Ok((id, facts)) => {
            let list = format.profile().name;
            let municipality = facts.municipality_code.clone().unwrap_or_default();
            let key = format!("{KEY}{list}:{municipality}:{id}");
            let scope = format!("{list}:{municipality}");
            Some(facts.into_row(row.line, key.clone(), key, scope))
        }
        Err(flaw) => {
            report.reject(row.line, Some(flaw.column), flaw.reason);
            None
        }
    }
}

fn entry(format: Format, row: &Row<'_>, report: &mut Report) -> Taken<(String, LocalFacts)> {
    let mut cells = Cells::new(row, report);
    let (id, mut facts) = common::read(&mut cells)?;
    match format {
        Format::GatheringPlaces => gatherings::read(&mut cells, &mut facts)?,
        Format::MutualAid => mutual_aid::read(&mut cells, &mut facts)?,
        Format::PrivateServices => private_services::read(&mut cells, &mut facts)?,
        Format::Desks => desks::read(&mut cells, &mut facts)?,
        _ => {}
    }
    Ok((id, facts))
}
