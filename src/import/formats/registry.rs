//! The profiles of all formats, and how a file is recognised by its header.

use super::{Family, Format, Profile, SideTable};
use crate::import::cells::Taken;
use crate::import::complaint::{Refusal, Words};
use crate::import::file::table::{Columns, Row, Table};
use crate::import::read::national::{
    care, children_cafeteria, kayoinoba, medical, medical_hours, national_list,
};
use crate::import::read::{municipal, own};
use crate::import::report::Report;
use crate::import::tables::professionals::profiles;
use crate::import::tables::{coordinators, distribution, organizations, questionnaire};

macro_rules! registry {
    ($($(#[$doc:meta])* $name:ident = $profile:expr,)+) => {
        /// What is known of every format.
        static PROFILES: &[Profile] = &[$($profile,)+];
    };
}

each_format!(registry);

impl Format {
    /// What is known of every format, in the order in which headers are tried.
    pub fn profiles() -> &'static [Profile] {
        PROFILES
    }

    /// What is known of this format.
    pub fn profile(self) -> &'static Profile {
        // Both are made from one table.
        &PROFILES[self as usize]
    }

    /// The format with a name of the command line.
    pub fn named(name: &str) -> Option<Self> {
        PROFILES.iter().find(|p| p.name == name).map(|p| p.format)
    }

    /// Counts every row and gives it to the reader; a row that is broken or not taken is rejected. Rows of a list that
    /// only explain how to fill it in are passed over.
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
        table.for_each(|row| {
            if is_list && row.as_ref().is_ok_and(own::is_guidance) {
                return;
            }
            report.read += 1;
            if let Err(complaint) = row.and_then(|row| take(&row, report)) {
                report.rejected.push(complaint);
            }
        });
        if report.read == 0 { Err(Refusal::NoRows) } else { Ok(()) }
    }

    /// The format that a header is of: the one that was named by hand, or the one it is recognised as.
    ///
    /// # Errors
    /// Names the missing columns.
    pub fn of_columns(columns: &Columns, wanted: Option<Self>) -> Result<Self, Refusal> {
        match wanted {
            Some(format) => format.check_header(columns).map(|()| format),
            None => Self::of_header(columns),
        }
    }

    /// Recognises a table by its header.
    ///
    /// # Errors
    /// Says which known format is nearest and which of its columns are missing.
    pub fn of_header(columns: &Columns) -> Result<Self, Refusal> {
        let missing =
            |p: &Profile| p.required.iter().filter(|c| !columns.has(c)).copied().collect::<Vec<_>>();
        let tables = || PROFILES.iter().filter(|p| !p.required.is_empty());
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

    /// Checks that a table has the columns of a format that was named by hand.
    ///
    /// # Errors
    /// Names the missing columns.
    pub fn check_header(self, columns: &Columns) -> Result<(), Refusal> {
        let profile = self.profile();
        if profile.required.is_empty() {
            return Err(Refusal::TableForJson { format: profile.name });
        }
        let missing: Vec<_> = profile.required.iter().filter(|c| !columns.has(c)).copied().collect();
        if missing.is_empty() {
            return Ok(());
        }
        Err(Refusal::MissingColumns { format: profile.name, missing: Words::of(missing) })
    }
}

#[cfg(test)]
mod tests;
