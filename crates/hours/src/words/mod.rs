//! Renders a schedule in Japanese: in the wording of leaflets, and in easy Japanese (やさしい日本語).
//!
//! `outline` reads the rule once, independent of language; `standard` and `easy` put it into words. A rule
//! that cannot be put into words without loss is shown in its own grammar.

use super::schedule::Schedule;

mod easy;
mod outline;
mod standard;

/// The kind of Japanese.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// 「毎月第2・第4木曜 10:00〜11:30（祝日は休み）」
    Standard(Voice),
    /// 「毎月、2回目と4回目の木曜日です。時間は、午前10時から午前11時30分までです。祝日は休みです。」
    Easy,
}

/// The subject of the schedule and the medium. Easy Japanese has wordings for places only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Voice {
    /// A place that is open or meets: 「毎週火曜 12:30〜13:00（祝日も開催、年末年始は休み）」. `prose` can
    /// read this wording.
    Place,
    /// A person who is present or can be contacted: 「毎週火曜 12:30〜13:00（祝日も同じ、年末年始は休み）」.
    Person,
    /// A person, in the short wording of a printed sheet: 「火曜 12:30〜13:00（祝日・年末年始は休み）」.
    Paper,
}

/// Renders a schedule. The words of its source are not included; callers add them where they want them.
pub fn text(schedule: &Schedule, style: Style) -> String {
    match style {
        Style::Standard(voice) => standard::text(schedule, voice),
        Style::Easy => easy::text(schedule),
    }
}

/// The months of a bit set (bit 1 is January), in runs: April to June, October to March.
fn month_runs(months: u16) -> Vec<(u8, u8)> {
    let mut runs = runs((1..=12).filter(|month| months & 1 << month != 0));
    if let [(1, end), .., (start, 12)] = runs[..] {
        runs.pop();
        runs.remove(0);
        runs.push((start, end));
    }
    runs
}

/// Ascending numbers as runs of first and last.
fn runs(numbers: impl Iterator<Item = u8>) -> Vec<(u8, u8)> {
    let mut runs: Vec<(u8, u8)> = vec![];
    for number in numbers {
        match runs.last_mut() {
            Some(run) if run.1 + 1 == number => run.1 = number,
            _ => runs.push((number, number)),
        }
    }
    runs
}

#[cfg(test)]
mod tests;
