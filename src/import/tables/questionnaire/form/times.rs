//! Times of a returned questionnaire: a text that cannot be computed exactly is a flaw, never a guess.

use crate::import::complaint::Flaw;
use crate::import::tables::questionnaire::form::answers::Answers;
use crate::import::tables::questionnaire::form::columns::{HOLIDAYS, NOT_REACHED, REACHED, YEAR_END};
use crate::liaison::facts::Times;
use chrono::NaiveDate;
use hours::compile::compile;
use hours::prose::{Reading, read, read_weekdays};
use hours::recurrence::{HolidayPolicy, Recurrence, WeatherPolicy, YearEndPolicy};
use hours::timetable::Timetable;
use unicode_normalization::UnicodeNormalization;

/// Every hour of every day.
pub const ANY_TIME: &str = "いつでも";
const ALL_HOURS: &str = "年中無休 24時間";
const EXAMPLES: &str =
    "「火・木 12:30～13:00」「平日 17:00～18:00」「いつでも」。計算できない説明は備考に書いてください。";

/// Answers of a row on public holidays and on the turn of the year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DaysOff {
    holidays: Option<HolidayPolicy>,
    year_end: Option<YearEndPolicy>,
}

impl DaysOff {
    /// Reads the two columns.
    pub fn read(cells: &mut Answers) -> Self {
        let holidays = reached(cells, HOLIDAYS);
        let year_end = reached(cells, YEAR_END);
        Self {
            holidays: holidays.map(|yes| if yes { HolidayPolicy::Held } else { HolidayPolicy::Cancelled }),
            year_end: year_end.map(|yes| if yes { YearEndPolicy::Held } else { YearEndPolicy::Cancelled }),
        }
    }

    /// Adds the answers to a rule; `Err`: the column whose answer contradicts the rule.
    fn add(&self, recurrence: &mut Recurrence) -> Result<(), &'static str> {
        if let Some(holidays) = &self.holidays {
            if recurrence.holidays != HolidayPolicy::Unknown && recurrence.holidays != *holidays {
                return Err(HOLIDAYS);
            }
            recurrence.holidays.clone_from(holidays);
        }
        if let Some(year_end) = self.year_end {
            recurrence.year_end = recurrence.year_end.and(year_end).ok_or(YEAR_END)?;
        }
        Ok(())
    }
}

fn reached(cells: &mut Answers, column: &'static str) -> Option<bool> {
    match cells.raw(column) {
        "" | "不明" | "未確認" => None,
        REACHED | "○" | "通常どおり" => Some(true),
        NOT_REACHED | "×" | "休み" => Some(false),
        other => {
            let other = other.to_owned();
            cells.unknown(column, &other, &[REACHED, NOT_REACHED]);
            None
        }
    }
}

/// Times at which a physician may be contacted.
pub fn convenient(cells: &mut Answers, column: &'static str, off: &DaysOff) -> Vec<Times> {
    let Some(text) = cells.short(column) else { return Vec::new() };
    let anytime = text == ANY_TIME;
    let reading = read(&if anytime { ALL_HOURS.to_owned() } else { weekdays_spelled(&text) });
    let mut found = exact(cells, column, &text, reading, true);
    let mut differs = None;
    for recurrence in found.iter_mut().filter(|_| !anytime) {
        differs = differs.or(off.add(recurrence).err());
    }
    if let Some(other) = differs {
        cells.flaw(other, Flaw::Contradicts { column });
    }
    compiled(cells, column, &text, &found)
}

/// Times to avoid; they hold on public holidays and at the turn of the year
/// too, unless the text says otherwise.
pub fn avoided(cells: &mut Answers, column: &'static str) -> Vec<Times> {
    let Some(text) = cells.short(column) else { return Vec::new() };
    let mut found = exact(cells, column, &text, read(&weekdays_spelled(&text)), true);
    for recurrence in &mut found {
        if recurrence.holidays == HolidayPolicy::Unknown {
            recurrence.holidays = HolidayPolicy::Held;
        }
        if recurrence.year_end == YearEndPolicy::Unknown {
            recurrence.year_end = YearEndPolicy::Held;
        }
    }
    compiled(cells, column, &text, &found)
}

/// Days and hours of work; weekdays without hours are enough.
pub fn attendance(cells: &mut Answers, column: &'static str) -> Vec<Times> {
    let Some(text) = cells.short(column) else { return Vec::new() };
    let found = exact(cells, column, &text, read_weekdays(&weekdays_spelled(&text)), false);
    compiled(cells, column, &text, &found)
}

/// Spells out the weekdays of `月 9:00～12:00`: a 月 or 日 that begins an
/// item and is followed by a time of day.
fn weekdays_spelled(text: &str) -> String {
    let mut spelled = String::with_capacity(text.len());
    let mut before = '、';
    for (at, c) in text.char_indices() {
        spelled.push(c);
        let begins = before.is_whitespace() || "、，,".contains(before);
        if matches!(c, '月' | '日') && begins && begins_with_a_time(&text[at + c.len_utf8()..]) {
            spelled.push('曜');
        }
        before = c;
    }
    spelled
}

fn begins_with_a_time(text: &str) -> bool {
    let text: String = text.nfkc().collect();
    let text = text.trim_start();
    let after = text.trim_start_matches(|c: char| c.is_ascii_digit());
    after.len() < text.len() && after.starts_with([':', '時'])
}

/// Whether times of contact and times to avoid overlap within four weeks without holidays. いつでも never
/// overlaps: it means all hours but those to avoid.
pub fn overlap(convenient: &[Times], avoided: &[Times]) -> bool {
    let tables = |times: &[Times]| {
        let limited = times.iter().filter(|times| times.raw.as_deref() != Some(ANY_TIME));
        limited.map(|times| Timetable::new(&times.rule)).collect::<Vec<_>>()
    };
    let (convenient, avoided) = (tables(convenient), tables(avoided));
    let Some(june) = NaiveDate::from_ymd_opt(2026, 6, 1) else { return false };
    june.iter_days().take(28).any(|date| {
        let avoided: Vec<_> = avoided.iter().flat_map(|table| table.day(date).spans).collect();
        let mut spans = convenient.iter().flat_map(|table| table.day(date).spans);
        spans.any(|span| avoided.iter().any(|other| span.start < other.end && other.start < span.end))
    })
}

/// The recurrences of a text when all of it is certain; else none, and a flaw.
fn exact(
    cells: &mut Answers,
    column: &'static str,
    text: &str,
    reading: Reading,
    with_hours: bool,
) -> Vec<Recurrence> {
    let cell = text.to_owned();
    let flaw = match reading.unread.first() {
        Some(unread) if !unread.part.is_empty() => {
            Some(Flaw::UnreadTime { cell, part: unread.part.clone(), example: EXAMPLES })
        }
        Some(_) => Some(Flaw::VagueTime { cell, example: EXAMPLES }),
        None if !reading.computable() => Some(Flaw::VagueTime { cell, example: EXAMPLES }),
        None => reading.recurrences.iter().find_map(|recurrence| doubt(recurrence, text, with_hours)),
    };
    let Some(flaw) = flaw else { return reading.recurrences };
    cells.flaw(column, flaw);
    Vec::new()
}

fn doubt(recurrence: &Recurrence, text: &str, with_hours: bool) -> Option<Flaw> {
    let (cell, example) = (text.to_owned(), EXAMPLES);
    let sessions = &recurrence.sessions;
    let open = sessions.iter().any(|session| session.start.is_none() || session.end.is_none());
    if with_hours && (sessions.is_empty() || open) {
        Some(Flaw::TimesWithoutEnd { cell, example })
    } else if sessions.iter().any(|session| session.approximate) {
        Some(Flaw::ApproximateTime { cell, example })
    } else if recurrence.by_appointment {
        Some(Flaw::AppointmentInTime { cell, example })
    } else if recurrence.weather != WeatherPolicy::None {
        Some(Flaw::WeatherInTime { cell, example })
    } else {
        None
    }
}

fn compiled(cells: &mut Answers, column: &'static str, text: &str, found: &[Recurrence]) -> Vec<Times> {
    let mut times = Vec::with_capacity(found.len());
    for recurrence in found {
        match compile(recurrence) {
            Ok(rule) => times.push(Times { rule, raw: Some(text.to_owned()) }),
            Err(_) => {
                cells.flaw(column, Flaw::ImpossibleTime { cell: text.to_owned(), example: EXAMPLES });
            }
        }
    }
    times
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lone_weekday_before_a_time_is_spelled_out() {
        for (written, spelled) in [
            ("月 9:00～12:00", "月曜 9:00～12:00"),
            ("火 9時～12時、日９：００～12:00", "火 9時～12時、日曜９：００～12:00"),
            ("月1回 土曜", "月1回 土曜"),
            ("月 2回 土曜", "月 2回 土曜"),
            ("12月 9:00", "12月 9:00"),
            ("毎月15日 9:00～10:00", "毎月15日 9:00～10:00"),
        ] {
            assert_eq!(weekdays_spelled(written), spelled);
        }
    }

    #[test]
    fn times_to_avoid_may_take_from_the_others() {
        let times = |text: &str| {
            let mut cells = Answers::default();
            cells.add(2, HOLIDAYS, text);
            let found = avoided(&mut cells, HOLIDAYS);
            assert!(cells.flaws.is_empty(), "{:?}", cells.flaws);
            found
        };
        assert!(overlap(&times("平日 8:30～9:00"), &times("木 8:30～9:00")));
        assert!(!overlap(&times("平日 8:30～9:00"), &times("木 9:00～10:00、土 8:30～9:00")));
    }
}
