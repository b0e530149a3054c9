//! Weekdays, hours and remarks in columns of their own.

use crate::import::cells::clean;
use crate::import::cells::timing::{as_written, of_reading};
use crate::import::facts::Timing;
use crate::import::report::Report;
use hours::prose::{Context, combine, read_note, read_times, read_weekdays, with_note};

/// The cells of a row about hours.
#[derive(Clone, Copy, Debug, Default)]
pub struct Weekly<'a> {
    /// 月火水木金.
    pub days: &'a str,
    pub start: &'a str,
    pub end: &'a str,
    /// 特記事項.
    pub note: &'a str,
    /// The column of the remark, which warnings name.
    pub column: &'static str,
}

/// The schedules of these cells. A remark that is not understood may contradict the other cells, so all of
/// them are then kept in words.
pub fn weekly(written: Weekly<'_>, report: &mut Report) -> Vec<Timing> {
    let days = clean::text(written.days);
    let hours = hours(written);
    let note = clean::text(written.note);
    let parts = [days.as_deref(), hours.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let raw = [Some(parts).filter(|parts| !parts.is_empty()), note.clone()];
    let raw = raw.into_iter().flatten().collect::<Vec<_>>().join("\n");
    let Some(days) = days else {
        return if raw.is_empty() { Vec::new() } else { vec![as_written(&raw)] };
    };
    let mut reading = read_weekdays(&days);
    if let Some(hours) = &hours {
        reading = combine(&reading, &read_times(hours));
    }
    if let Some(note) = &note {
        reading = with_note(&reading, &read_note(note, &Context::default()));
    }
    report.in_column(written.column, |report| of_reading(&reading, Some(&raw), report))
}

fn hours(written: Weekly<'_>) -> Option<String> {
    match (clean::text(written.start), clean::text(written.end)) {
        (None, None) => None,
        (start, end) => Some(format!("{}～{}", start.unwrap_or_default(), end.unwrap_or_default())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hours::schedule::Rule;

    fn read(days: &str, start: &str, end: &str, note: &str) -> (bool, Option<String>) {
        let timings = weekly(Weekly { days, start, end, note, column: "特記事項" }, &mut Report::default());
        let dated = timings.iter().any(|timing| matches!(timing.rule.rule, Rule::Hours(_)));
        (dated, timings.first().and_then(|timing| timing.raw_text.clone()))
    }

    #[test]
    fn columns_alone_are_certain() {
        let (dated, raw) = read("月火水木金", "08:30", "17:00", "");
        assert!(dated);
        assert_eq!(raw.as_deref(), Some("月火水木金 08:30～17:00"));
        assert!(read("月", "09:00", "12:00", "").0, "a lone 月 is Monday");
    }

    #[test]
    fn a_remark_that_is_understood_is_applied() {
        let holidays =
            "国民の祝日に関する法律に規定する休日及び年末年始（12月29日から翌年の1月3日まで）は利用不可。";
        for note in [holidays, "休館日：年末年始", "祝日は休診。"] {
            assert!(read("月火水木金", "08:30", "17:00", note).0, "{note}");
        }
        assert!(read("月火水木金土日", "08:30", "17:15", "休館日：年末年始").0);
    }

    #[test]
    fn a_remark_that_is_not_understood_leaves_everything_in_words() {
        let (dated, raw) = read("月火水木金土", "09:00", "18:00", "木曜日は隔週で休む週がある。");
        assert!(!dated);
        assert_eq!(raw.as_deref(), Some("月火水木金土 09:00～18:00\n木曜日は隔週で休む週がある。"));
    }

    #[test]
    fn without_days_there_are_words_or_nothing() {
        assert_eq!(read("", "", "", ""), (false, None));
        assert_eq!(read("", "", "", "開館時間は要問合せ").1.as_deref(), Some("開館時間は要問合せ"));
    }
}
