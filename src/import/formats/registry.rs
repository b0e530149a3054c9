//! The profiles of all formats, and how a file is recognised by its header.

use super::{Family, Format, Issuer, Profile};
use crate::import::cells::Taken;
use crate::import::complaint::{Complaint, Flaw, Refusal, Remark, Words};
use crate::import::file::footer::Footer;
use crate::import::file::table::{Columns, Row, Table};
use crate::import::formats::other_lists;
use crate::import::read::{municipal, national, own};
use crate::import::report::Report;
use crate::import::tables::{self, SideTable};
use std::cmp::Reverse;

macro_rules! registry {
    ($($(#[$doc:meta])* $name:ident = $profile:expr,)+) => {
        /// The profiles of all formats.
        static PROFILES: &[Profile] = &[$($profile,)+];
    };
}

each_format!(registry);

/// The flaws of a row whose cells have errors of a spreadsheet.
fn damaged(row: &Row<'_>) -> Vec<Complaint> {
    let flaw = |(column, cell): (&str, &str)| Flaw::SpreadsheetError {
        column: column.to_owned(),
        cell: cell.to_owned(),
    };
    row.damaged().map(flaw).map(|flaw| Complaint::of_row(row.line, flaw)).collect()
}

impl Format {
    /// The profiles of all formats, in the order in which headers are tried.
    pub fn profiles() -> &'static [Profile] {
        PROFILES
    }

    /// The profile of this format.
    pub fn profile(self) -> &'static Profile {
        // `each_format!` makes both the enum and the table.
        &PROFILES[self as usize]
    }

    /// The format with this name on the command line.
    pub fn named(name: &str) -> Option<Self> {
        PROFILES.iter().find(|p| p.name == name).map(|p| p.format)
    }

    /// Counts every row and passes it to the reader; a row that is broken or that the reader refuses is
    /// rejected. Rows of a list that only explain how to fill it in are skipped.
    ///
    /// # Errors
    /// When there are no rows.
    pub fn for_each_row(
        self,
        table: Table<'_>,
        report: &mut Report,
        mut take: impl FnMut(&Row<'_>, &mut Report) -> Taken<()>,
    ) -> Result<(), Refusal> {
        let is_list = own::columns(self).is_some();
        // In a table beside the resources an empty cell takes away what was said before.
        let takes_away = matches!(self.profile().family, Family::SideTable(_));
        let footer = table.for_each(|row| {
            if let Ok(row) = row.as_ref()
                && is_list
                && !takes_away
                && let Some(text) = own::heading(row)
            {
                report.begin_row(row.line);
                report.warn(Remark::HeadingRow { text });
                report.end_row();
                return;
            }
            if let Ok(row) = row.as_ref()
                && is_list
                && own::is_guidance(row)
            {
                if own::is_filled_in_example(self, row) {
                    report.begin_row(row.line);
                    report.warn_in(own::ID, Remark::ExampleRow);
                    report.end_row();
                }
                return;
            }
            report.read += 1;
            let taken = row.and_then(|row| {
                report.begin_row(row.line);
                let damaged = if takes_away { damaged(&row) } else { Vec::new() };
                if !damaged.is_empty() {
                    report.rejected.extend(damaged);
                    return Ok(());
                }
                row.odd_cells(report);
                take(&row, report)
            });
            report.rejected.extend(taken.err());
            report.end_row();
        });
        report.notes.extend(footer.map(|Footer { line, rows }| Remark::Footer { line, rows }));
        if report.read == 0 { Err(Refusal::NoRows) } else { Ok(()) }
    }

    /// The format of a header: the given one, if its columns are there;
    /// without one the format that is recognised.
    ///
    /// # Errors
    /// When columns are missing; names them.
    pub fn of_columns(columns: &Columns, wanted: Option<Self>) -> Result<Self, Refusal> {
        match wanted {
            Some(format) => format.check_header(columns).map(|()| format),
            None => Self::of_header(columns),
        }
    }

    /// Recognises a table by its header.
    ///
    /// # Errors
    /// When no format fits; names the nearest one and the columns that are missing for it.
    pub fn of_header(columns: &Columns) -> Result<Self, Refusal> {
        let missing = |p: &Profile| p.missing(columns);
        let tables = || PROFILES.iter().filter(|p| !p.required.is_empty());
        // A list that a city fills in itself may have any column beside its own.
        let own = tables().find(|p| !p.columns.is_empty() && missing(p).is_empty());
        if let Some(profile) = own {
            return Ok(profile.format);
        }
        if let Some(list) = other_lists::title(columns) {
            return Err(Refusal::KindNotKept { list });
        }
        if let Some(profile) = tables().find(|p| missing(p).is_empty()) {
            return Ok(profile.format);
        }
        let nearest = tables().min_by_key(|p| missing(p).len() * 100 / p.required.len());
        let near = nearest.filter(|nearest| missing(nearest).len() < nearest.required.len());
        Err(match near {
            Some(nearest) => Refusal::NearestHeader {
                format: nearest.name,
                title: nearest.title,
                missing: Words::of(missing(nearest)),
            },
            None => Refusal::UnknownHeader { columns: Words::of(columns.names().iter().take(5).cloned()) },
        })
    }

    /// The list of Yui's own whose header this is but for one or two required columns, which are answered too.
    pub fn nearly_own(columns: &Columns, wanted: Option<Self>) -> Option<(Self, Vec<&'static str>)> {
        /// Columns that may be missing, and how many of the others must then be there.
        const FEWEST_KNOWN: [(usize, usize); 2] = [(1, 4), (2, 6)];
        let known = |profile: &Profile| profile.own_names().iter().filter(|name| columns.has(name)).count();
        let lists = PROFILES.iter().filter(|profile| {
            let is_list = profile.is_own() && matches!(profile.family, Family::Facilities(_));
            is_list && wanted.is_none_or(|wanted| wanted == profile.format)
        });
        let near = lists.filter(|profile| {
            let missing = profile.missing(columns).len();
            FEWEST_KNOWN.iter().any(|(most, fewest)| missing == *most && known(profile) >= *fewest)
        });
        let nearest = near.min_by_key(|profile| (profile.missing(columns).len(), Reverse(known(profile))))?;
        Some((nearest.format, nearest.missing(columns)))
    }

    /// Checks that a table has the columns of a format that was given by the operator.
    ///
    /// # Errors
    /// When columns are missing; names them.
    pub fn check_header(self, columns: &Columns) -> Result<(), Refusal> {
        let profile = self.profile();
        if profile.required.is_empty() {
            return Err(Refusal::TableForJson { format: profile.name });
        }
        let missing = profile.missing(columns);
        if missing.is_empty() {
            return Ok(());
        }
        Err(Refusal::MissingColumns { format: profile.name, missing: Words::of(missing) })
    }
}

#[cfg(test)]
mod tests;
