//! A schedule in Japanese: as a leaflet would print it, and in easy Japanese (やさしい日本語).
//!
//! `outline` understands the rule once, without a language; `standard` and `easy` say it. A rule that cannot be said
//! without loss is shown as it is written.

use super::schedule::Schedule;

mod easy;
mod outline;
mod standard;

/// In which Japanese.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// 「毎月第2・第4木曜 10:00〜11:30（祝日は休み）」
    Standard(Voice),
    /// 「毎月、2回目と4回目の木曜日です。時間は、午前10時から午前11時30分までです。祝日は休みです。」
    Easy,
}

/// Of what the schedule is, and where it is read. Easy Japanese has words for places alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Voice {
    /// A place that is open or meets: 「毎週火曜 12:30〜13:00（祝日も開催、年末年始は休み）」. Prose reads these words.
    Place,
    /// A person who is there or can be turned to: 「毎週火曜 12:30〜13:00（祝日も同じ、年末年始は休み）」.
    Person,
    /// A person, in the short words of a printed sheet: 「火曜 12:30〜13:00（祝日・年末年始は休み）」.
    Paper,
}

/// Says a schedule. The words of the source, where there are any, are the caller's to add.
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
