//! How a file is to be imported, and why an import ends early.

use crate::import::cells::clean;
use crate::import::complaint::{Refusal, Remark};
use crate::import::formats::Format;
use crate::import::report::Report;
use chrono::NaiveDate;
use sea_orm::DbErr;

/// How a file is to be imported.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// Nothing means: recognise it.
    pub format: Option<Format>,
    /// The day the data is from; nothing means: see the file name.
    pub as_of: Option<NaiveDate>,
    /// Who published it, when not the usual publisher of the format.
    pub publisher: Option<String>,
    /// Compare and report, but write nothing.
    pub dry_run: bool,
    /// Write nothing when a single row is rejected.
    pub strict: bool,
    /// The file holds everything there is, so what it lacks is marked as missing.
    pub complete: bool,
    /// The options are for several files, some of which may be of formats for which they mean nothing.
    pub for_several: bool,
}

impl ImportOptions {
    /// Why a file with rejected rows is not taken at all, when the caller wants it so.
    pub(super) fn refused(&self, report: &Report) -> Option<Refusal> {
        let first = report.rejected.first().filter(|_| self.strict)?;
        let rows = report.rejected.len() as u64;
        Some(Refusal::Strict { rows, line: first.line, flaw: first.flaw.clone() })
    }

    /// The day of the data: as said by hand, else as the file name says, else unknown.
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

/// Which of the options mean something for the rows of a format.
#[derive(Clone, Copy, Debug)]
pub(super) struct Honoured {
    pub(super) day: bool,
    pub(super) complete: bool,
    pub(super) publisher: bool,
}

impl Honoured {
    /// No option is ignored in silence: for one file it is refused, for several a note tells.
    ///
    /// # Errors
    /// Names the option that means nothing.
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

/// Why an import ended before it was done; nothing was written.
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
