//! Reads Japanese schedule prose: a certain text becomes a `Recurrence`,
//! any other is refused with its reason.
//!
//! The list of known words is closed. A text with a single unknown word has no dates.

mod apply;
mod assemble;
mod build;
mod clock;
mod closures;
mod combine;
mod cursor;
mod dates;
mod days;
mod exceptions;
mod finish;
mod items;
mod partial;
mod scope;
mod sessions;
mod statements;
mod times;
mod tokens;
mod words;
#[cfg(test)]
mod tests;

use super::recurrence::{Frequency, Recurrence, Session};
use chrono::{NaiveDate, NaiveTime};
use items::Rule;

pub use combine::{combine, with_note};

/// Longest text in characters; a longer one is refused unread.
pub const LONGEST: usize = 500;

/// The result of reading a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Never empty. When a decisive part was not understood: one recurrence, with the frequency at most.
    pub recurrences: Vec<Recurrence>,
    /// The parts that were not understood, the most informative first.
    pub unread: Vec<Unread>,
}

impl Reading {
    /// Whether dates follow from every recurrence.
    pub fn computable(&self) -> bool {
        self.recurrences.iter().all(computable)
    }

    /// Whether nothing is known of the schedule, not even its frequency.
    pub fn refused(&self) -> bool {
        self.recurrences.iter().all(|recurrence| recurrence.frequency == Frequency::Unknown)
    }
}

/// A part of a text that was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The words that were not understood; empty when the fault is not in single words.
    pub part: String,
    /// Reason why they were not understood.
    pub reason: Reason,
}

/// Reason for which a part was not understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// More than [`LONGEST`] characters.
    TooLong,
    /// An empty text, or 特になし.
    NothingSaid,
    /// Explicitly not stated: 未定, 非公開.
    NotSaid,
    /// Words the reader does not know.
    UnknownWords,
    /// Known words in a place where their meaning is unclear.
    Unplaced,
    /// など, ほか, 原則, 予定, 変更の可能性あり.
    Hedged,
    /// または, もしくは.
    Alternative,
    /// 第1週: the calendar week or the first such weekday?
    WeekOfMonth,
    /// 下旬.
    PartOfMonth,
    /// A lone 月 or 日.
    MonthOrMonday,
    /// 第2火・木: every Thursday or the second?
    NthScope,
    /// The printed weekday is not that of the date.
    WeekdayContradictsDate,
    /// A date without a year.
    YearNotSaid,
    /// 2月30日.
    ImpossibleDate,
    /// お盆休み without its dates.
    Undated,
    /// 2時～3時: morning or afternoon? The days stay sure.
    AmbiguousHour,
    /// 18:00～17:30.
    HoursReversed,
    /// 25:00, 午前15時.
    ImpossibleHour,
    /// 10:00～12:00、11:00～13:00.
    OverlappingHours,
    /// 10:00 12:00 without a sign between.
    LooseHours,
    /// Hours or a frequency, but no days.
    NoDays,
    /// Closures without the days they are taken from.
    OnlyClosures,
    /// Two statements cover the same days (月～金 9時～ and 水 13時～).
    OverlappingDays,
    /// Some days have hours and others have none.
    MixedHours,
    /// An exception after several statements: for the last, or for all?
    ExceptionScope,
    /// The text contradicts itself (月1回 第2・第4土曜).
    Contradiction,
    /// Understood, but a recurrence cannot express it (翌日, 隔月).
    Inexpressible,
}

impl Reason {
    /// Whether only the hours are uncertain, not the days.
    pub fn spares_days(self) -> bool {
        matches!(self, Self::AmbiguousHour | Self::HoursReversed)
    }
}

/// Facts about a text beside its words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// The day the text was printed: gives a year to dates whose printed weekday fits only one year around it.
    pub as_of: Option<NaiveDate>,
    /// The fiscal year (April to March) the text is about: gives a year to every date.
    pub fiscal_year: Option<i32>,
}

/// Hours read from a column of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Times {
    /// Never empty; one without label unless the text named parts (1部, 昼の部).
    pub parts: Vec<Part>,
    /// The parts that were not understood.
    pub unread: Vec<Unread>,
}

/// Hours with the name of their part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Name of the part, `昼の部`; `None`: the text has none.
    pub label: Option<String>,
    /// Hours of the part.
    pub sessions: Vec<Session>,
}

/// Exceptions read from a column of remarks: 年末年始休み, 祝日は休み.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    rules: Vec<Rule>,
    context: Context,
    /// The parts that were not understood.
    pub unread: Vec<Unread>,
}

impl Note {
    /// Whether it was read and contains no exception (特になし).
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty() && self.unread.is_empty()
    }
}

/// Reads a schedule.
pub fn read(text: &str) -> Reading {
    read_with(text, &Context::default())
}

/// Reads a schedule, with facts from which the year of its dates may follow.
pub fn read_with(text: &str, context: &Context) -> Reading {
    match parse(text) {
        Ok((items, unread)) => assemble::reading(text, items, unread, context),
        Err(unread) => {
            Reading { recurrences: vec![Recurrence::new(Frequency::Unknown)], unread: vec![unread] }
        }
    }
}

/// Reads a column of weekdays only, where 月 and 日 alone are Monday and Sunday.
pub fn read_weekdays(text: &str) -> Reading {
    match text.trim() {
        lone @ ("月" | "日") => read(&format!("{lone}曜日")),
        text => read(text),
    }
}

/// Reads a text of hours only: `1部11:30～12:50、2部13:00～14:20`.
pub fn read_times(text: &str) -> Times {
    match parse(text) {
        Ok((items, unread)) => combine::times(items, unread),
        Err(unread) => combine::unknown_times(vec![unread]),
    }
}

/// Reads a single time of day: `9:00`, `09:00:00`, 午前10時, 正午; `24:00` is midnight. `None` when it is anything else,
/// or may be another hour. An hour without a mark is one of 24.
pub fn read_moment(text: &str) -> Option<NaiveTime> {
    times::only(text, &tokens::tokens(text))
}

/// Reads a text of exceptions only, as remark columns have them; days and hours of its own make it unread.
pub fn read_note(text: &str, context: &Context) -> Note {
    match parse(text) {
        Ok((items, unread)) => combine::note(items, unread, context),
        Err(unread) if unread.reason == Reason::NothingSaid => {
            Note { rules: vec![], context: *context, unread: vec![] }
        }
        Err(unread) => Note { rules: vec![], context: *context, unread: vec![unread] },
    }
}

/// Reads a column of closed days only (定休日, その他の休診日): `日曜日、12月29日～1月3日`.
pub fn read_closures(text: &str, context: &Context) -> Note {
    match read_note(text, context) {
        note if note.is_empty() => note,
        _ => read_note(&format!("定休日：{text}"), context),
    }
}

fn parse(text: &str) -> Result<(Vec<items::Item>, Vec<Unread>), Unread> {
    if text.chars().nth(LONGEST).is_some() {
        let part = text.chars().take(20).collect();
        return Err(Unread { part, reason: Reason::TooLong });
    }
    let tokens = tokens::tokens(text);
    if says_nothing(&tokens) {
        return Err(Unread { part: text.trim().to_owned(), reason: Reason::NothingSaid });
    }
    Ok(statements::statements(text, &tokens))
}

/// Whether the text is 特になし, なし or －.
fn says_nothing(tokens: &[tokens::Token]) -> bool {
    use tokens::Kind::Word;
    use words::Word::{Break, Dash, Mark, Nil, Nothing, Tail, Wave};
    let mut said = tokens
        .iter()
        .filter(|token| !matches!(token.kind, Word(Break | Dash | Wave | Mark | Nil | Nothing | Tail)));
    said.next().is_none()
}

fn computable(recurrence: &Recurrence) -> bool {
    match recurrence.frequency {
        Frequency::Dates
        | Frequency::Daily
        | Frequency::Weekly
        | Frequency::MonthlyNth
        | Frequency::MonthlyDay => true,
        Frequency::Biweekly => recurrence.anchor.is_some(),
        _ => false,
    }
}
