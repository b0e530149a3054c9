//! The regular rule of a schedule as text in the grammar of OpenStreetMap's `opening_hours`, checked when it is read.
//!
//! The crate `opening-hours-syntax` parses the grammar; `read` accepts the part that Yui can evaluate. Which
//! days and windows a text means is decided only here, see `Line`.

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

/// Minutes in a day.
pub const DAY: u16 = 24 * 60;

/// A valid text in the grammar of `opening_hours` that Yui can evaluate: `Th[2,4] 10:00-11:30`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OpeningHours {
    text: String,
    lines: Arc<[Line]>,
}

/// One parsed rule of the text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Line {
    /// Effect on the windows of those days.
    pub effect: Effect,
    /// Days that the line names.
    pub days: Days,
    /// For an opening rule its windows, in order; for a closing rule the hours cut out of earlier windows.
    pub spans: Vec<Span>,
    /// Comment in quotes at the end of the line, `冬期休止`; `None`: none.
    pub comment: Option<Arc<str>>,
}

/// The effect of a line on its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Its windows replace those of earlier lines (`;`).
    Replace,
    /// Its windows are added to those of earlier lines (`,`).
    Add,
    /// No windows, or its hours are cut out of them (`off`).
    Close,
}

/// A window of a day, in minutes after the midnight at which that day begins.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First minute, below [`DAY`].
    pub start: u16,
    /// Minute after the last, up to two days; past [`DAY`] it lies on the following day.
    pub end: u16,
    /// Whether it continues after `end` for an unknown time (10:00〜); then `end` may equal `start`.
    pub open_end: bool,
    /// How reliable the window is.
    pub certainty: Certainty,
    /// Comment of the text on the window; `None`: none.
    pub comment: Option<Arc<str>>,
}

/// How reliable a window is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// Days and times are sure.
    Sure,
    /// Sure, but the times are approximate (頃).
    Approximate,
    /// Sure, but the times are not known; the span is the whole day.
    Untimed,
    /// Marked as `unknown` by the text.
    Unknown,
}

impl OpeningHours {
    /// Parses and checks a text that was typed or stored.
    pub fn read(text: &str) -> Result<Self, OpeningHoursError> {
        let text = text.trim();
        Ok(Self { lines: read::lines(text)?.into(), text: text.to_owned() })
    }

    /// The text as it was read.
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
    /// A window of unknown times.
    pub fn untimed() -> Self {
        Self { start: 0, end: DAY, open_end: false, certainty: Certainty::Untimed, comment: None }
    }

    /// Whether it is the day from midnight to midnight, with a known end.
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
