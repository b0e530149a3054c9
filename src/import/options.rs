//! The options of an import, and the reasons for which it ends early.

use crate::import::cells::clean;
use crate::import::complaint::{Refusal, Remark};
use crate::import::formats::Format;
use crate::import::report::Report;
use chrono::NaiveDate;
use japan::values::MunicipalityCode;
use sea_orm::DbErr;

/// The options of an import.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// The format; `None`: recognised by the header.
    pub format: Option<Format>,
    /// The day of the data; `None`: from the file name.
    pub as_of: Option<NaiveDate>,
    /// The publisher, when it is not the usual one of the format.
    pub publisher: Option<String>,
    /// Compare and report, but write nothing.
    pub dry_run: bool,
    /// Write nothing when a single row is rejected.
    pub strict: bool,
    /// The file is complete within its scope, so stored rows that it lacks are marked as missing.
    pub complete: bool,
    /// Take entries whose number (管理番号) looks like that of another one, 7 beside 007.
    pub accept_new: bool,
    /// Code of the municipality of rows that name none.
    pub municipality: Option<MunicipalityCode>,
    /// The options are for several files; some may be of formats to which they do not apply.
    pub for_several: bool,
}

impl ImportOptions {
    /// With `--strict`, the refusal of a file that has rejected rows.
    pub(super) fn refused(&self, report: &Report) -> Option<Refusal> {
        let first = report.rejected.first().filter(|_| self.strict)?;
        let rows = report.rejected_rows();
        Some(Refusal::Strict { rows, line: first.line, flaw: first.flaw.clone() })
    }

    /// The day of the data: as given, else from the file name, else unknown.
    pub(super) fn day(
        &self,
        file_name: &str,
        today: NaiveDate,
        report: &mut Report,
    ) -> Result<Option<NaiveDate>, Stopped> {
        let day = self.as_of.or_else(|| clean::date_in_name(file_name));
        if day.is_some_and(|day| day > today) {
            return Err(Refusal::FutureDay.into());
        }
        report.as_of = day.map(|day| day.to_string());
        if day.is_none() {
            report.notes.push(Remark::DayUnknown);
        }
        Ok(day)
    }
}

/// The options that apply to the rows of a format.
#[derive(Clone, Copy, Debug)]
pub(super) struct Honoured {
    pub(super) day: bool,
    pub(super) complete: bool,
    pub(super) publisher: bool,
}

impl Honoured {
    /// Never ignores an option silently: one that does not apply is an
    /// error for one file, a note for several.
    ///
    /// # Errors
    /// Names the option that does not apply.
    pub(super) fn check(self, options: &ImportOptions, report: &mut Report) -> Result<(), Stopped> {
        let asked = [
            (options.complete && !self.complete, Refusal::CompleteIgnored),
            (options.as_of.is_some() && !self.day, Refusal::DayIgnored),
            (options.publisher.is_some() && !self.publisher, Refusal::PublisherIgnored),
        ];
        for (_, told) in asked.into_iter().filter(|(is_ignored, _)| *is_ignored) {
            if !options.for_several {
                return Err(Stopped::Unusable(told));
            }
            report.notes.push(Remark::OptionIgnored { told: Box::new(told) });
        }
        Ok(())
    }
}

/// The reason for which an import ended early; nothing was written.
#[derive(Debug)]
pub(super) enum Stopped {
    /// The file cannot be used.
    Unusable(Refusal),
    /// The database failed.
    Failed(DbErr),
}

impl From<DbErr> for Stopped {
    fn from(cause: DbErr) -> Self {
        Self::Failed(cause)
    }
}

impl From<Refusal> for Stopped {
    fn from(refusal: Refusal) -> Self {
        Self::Unusable(refusal)
    }
}
