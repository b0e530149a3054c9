//! The regular rule of a schedule as text in the grammar of OpenStreetMap's `opening_hours`, checked when it is read.
//!
//! The crate `opening-hours-syntax` knows the grammar; `read` takes what Yui can answer for from it. Which days and
//! windows a text means is decided here and nowhere else, see `Line`.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize};

mod days;
mod read;

pub use days::{Days, YearSpan, occurrence, within_year};
pub use read::OpeningHoursError;

/// The comment of a line whose days are known and whose times are not: `Th[2,4] unknown "時間は未確認"`.
pub const UNTIMED: &str = "時間は未確認";
/// The comment of a line whose times are approximate (頃): `We 10:00-14:00 "時間は目安"`.
pub const APPROXIMATE: &str = "時間は目安";

/// Minutes of a day.
pub const DAY: u16 = 24 * 60;

/// A text in the grammar of `opening_hours`, known to be one Yui can answer for: `Th[2,4] 10:00-11:30`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OpeningHours {
    text: String,
    lines: Arc<[Line]>,
}

/// One rule of the text, taken apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Line {
    /// Effect on the windows of those days.
    pub effect: Effect,
    /// Days that the line names.
    pub days: Days,
    /// Opens: the windows, in order. Closes: what is cut out of the windows said so far.
    pub spans: Vec<Span>,
    /// Comment in quotes at the end of the line, `冬期休止`; `None`: none.
    pub comment: Option<Arc<str>>,
}

/// What a line does to the days it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// These windows instead of those said before (`;`).
    Replace,
    /// These windows as well (`,`).
    Add,
    /// No windows, or the given hours cut out of them (`off`).
    Close,
}

/// A window of a day, in minutes after the midnight that day begins with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Below [`DAY`].
    pub start: u16,
    /// Up to two days; past [`DAY`] it lies on the following day.
    pub end: u16,
    /// It goes on after `end`, nobody has said for how long (10:00〜); then `end` may equal `start`.
    pub open_end: bool,
    /// How far the window can be relied on.
    pub certainty: Certainty,
    /// What the text adds to it.
    pub comment: Option<Arc<str>>,
}

/// How far a window can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// Days and times are sure.
    Sure,
    /// Sure, but the times are approximate (頃).
    Approximate,
    /// Sure, but the times are not known; the span is the whole day.
    Untimed,
    /// The text itself says `unknown`.
    Unknown,
}

impl OpeningHours {
    /// Reads what a person typed or a table holds.
    pub fn read(text: &str) -> Result<Self, OpeningHoursError> {
        let text = text.trim();
        Ok(Self { lines: read::lines(text)?.into(), text: text.to_owned() })
    }

    /// The text, as it was read.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Its rules, in order.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    pub(super) fn shared_lines(&self) -> Arc<[Line]> {
        self.lines.clone()
    }
}

impl Span {
    /// A window whose times nobody has said.
    pub fn untimed() -> Self {
        Self { start: 0, end: DAY, open_end: false, certainty: Certainty::Untimed, comment: None }
    }

    /// Midnight to midnight, with nothing left open.
    pub fn is_whole_day(&self) -> bool {
        self.start == 0 && self.end == DAY && !self.open_end
    }
}

impl fmt::Display for OpeningHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl TryFrom<String> for OpeningHours {
    type Error = OpeningHoursError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::read(&text)
    }
}

impl From<OpeningHours> for String {
    fn from(hours: OpeningHours) -> Self {
        hours.text
    }
}
