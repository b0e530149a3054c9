//! Schedules of a children's cafeteria: weekday, days, hours and remark are in columns of their own, and give
//! dates only together.
//!
//! The weekday column alone never gives dates: lists contain 土 for cafeterias that are held once a month.
//! The code of 開催頻度 is not read, because publishers do not document it.

use crate::import::cells::clean;
use crate::import::cells::private::public_text;
use crate::import::cells::timing;
use crate::import::complaint::Remark;
use crate::import::facts::Timing;
use crate::import::file::table::Row;
use crate::import::report::Report;
use chrono::Weekday;
use hours::prose::{Context, Reading, Times, combine, read, read_note, read_times, read_weekdays, with_note};
use hours::recurrence::{Frequency, Recurrence, Session};
use unicode_normalization::UnicodeNormalization;

/// The cells about days and times.
#[derive(Debug, Default)]
struct Cells {
    weekdays: String,
    days: String,
    start: String,
    end: String,
    remark: String,
}

/// The schedules of a row.
pub fn schedules(row: &Row<'_>, report: &mut Report) -> Vec<Timing> {
    let text = |column| clean::text(row.text(column)).unwrap_or_default();
    let cells = Cells {
        weekdays: text("開催曜日"),
        days: text("開催日"),
        start: text("開催開始時間"),
        end: text("開催終了時間"),
        remark: public_text(row.text("開催日時特記事項"), report).unwrap_or_default(),
    };
    let Some(raw) = cells.raw() else { return Vec::new() };
    match cells.reading() {
        Some(reading) if reading.computable() => timing::of_reading(&reading, Some(&raw), report),
        Some(reading) => {
            report.warn(Remark::DaysIncomplete);
            timing::of_recurrences(&reading.recurrences, Some(&raw), report)
        }
        None => {
            report.warn(Remark::DatesUnknown);
            vec![timing::as_written(&raw)]
        }
    }
}

impl Cells {
    fn raw(&self) -> Option<String> {
        let hours = match (self.start.as_str(), self.end.as_str()) {
            ("", "") => String::new(),
            (start, end) => format!("{start}～{end}"),
        };
        let parts = [&self.weekdays, &self.days, &hours, &self.remark];
        let parts: Vec<&str> =
            parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        Some(parts.join(" ")).filter(|raw| !raw.is_empty())
    }

    /// The reading of all cells together; `None` when one is not understood or contradicts another.
    fn reading(&self) -> Option<Reading> {
        let named = self.named_weekdays()?;
        let (days, remark_is_used) = self.dated(&named)?;
        let Some(days) = days else { return self.undated(named) };
        if !agree(&days, &named) {
            return None;
        }
        let days = match self.times()? {
            Some(times) => self.with_times(&days, &times)?,
            None => days,
        };
        let remark = if remark_is_used { "" } else { self.remark.as_str() };
        self.with_remark(days, remark)
    }

    /// The weekdays of their column: 月木, 水曜日. `None` when it is not understood.
    fn named_weekdays(&self) -> Option<Vec<Weekday>> {
        if self.weekdays.is_empty() {
            return Some(Vec::new());
        }
        let reading = read_weekdays(&self.weekdays);
        match (reading.unread.is_empty(), reading.recurrences.as_slice()) {
            (true, [one]) if one.frequency == Frequency::Weekly => Some(one.weekdays.clone()),
            (true, [one]) if one.frequency == Frequency::Daily => Some(every_day()),
            _ => None,
        }
    }

    /// The days from their column, else from the remark if all of it gives weeks of the month for the named
    /// weekdays (第3土曜). The flag is `true` when the remark was used.
    fn dated(&self, named: &[Weekday]) -> Option<(Option<Reading>, bool)> {
        if !self.days.is_empty() {
            let alone = read(&self.days);
            let reading = if alone.refused() { self.joined(named)? } else { alone };
            return reading
                .unread
                .iter()
                .all(|unread| unread.reason.spares_days())
                .then_some((Some(reading), false));
        }
        let remark = read(&self.remark);
        let certain = |one: &Recurrence| one.frequency == Frequency::MonthlyNth && !one.nth.is_empty();
        let sure = remark.unread.is_empty() && remark.recurrences.iter().all(certain);
        let whole = sure && !named.is_empty() && agree(&remark, named);
        Some(if whole { (Some(remark), true) } else { (None, false) })
    }

    /// Days of which 毎月第３ is in one column and 水曜日 in the other.
    fn joined(&self, named: &[Weekday]) -> Option<Reading> {
        let plain: String = self.days.nfkc().filter(|c| !c.is_whitespace()).collect();
        let [_] = named else { return None };
        let which = plain == "毎週" || plain.trim_start_matches("毎月").starts_with('第');
        let reading =
            read(&format!("{plain}{}曜日", self.weekdays.trim_end_matches("曜日").trim_end_matches('曜')));
        (which && !plain.contains('曜') && !reading.refused()).then_some(reading)
    }

    /// The hours of their own columns; `Some(None)`: not given, `None`: not understood.
    fn times(&self) -> Option<Option<Times>> {
        if self.start.is_empty() && self.end.is_empty() {
            return Some(None);
        }
        let times = read_times(&format!("{}～{}", self.start, self.end));
        times.unread.iter().all(|unread| unread.reason.spares_days()).then_some(Some(times))
    }

    /// Adds the hours to the days; `None` when the text of the days has other hours.
    fn with_times(&self, days: &Reading, times: &Times) -> Option<Reading> {
        let both = combine(days, times);
        (!both.refused()).then_some(both)
    }

    fn with_remark(&self, days: Reading, remark: &str) -> Option<Reading> {
        let note = read_note(remark, &Context::default());
        if remark.is_empty() || note.is_empty() || !days.computable() {
            return (remark.is_empty() || note.unread.is_empty()).then_some(days);
        }
        let noted = with_note(&days, &note);
        if !noted.refused() {
            return Some(noted);
        }
        let parts = read_times(remark);
        let within = parts.unread.is_empty() && self.spans(&parts);
        let bare = |one: &Recurrence| Recurrence { sessions: Vec::new(), ..one.clone() };
        let bare = Reading { recurrences: days.recurrences.iter().map(bare).collect(), unread: Vec::new() };
        within.then(|| combine(&bare, &parts)).filter(|reading| !reading.refused())
    }

    /// Whether the parts begin and end at the times of the columns.
    fn spans(&self, parts: &Times) -> bool {
        if self.start.is_empty() && self.end.is_empty() {
            return true;
        }
        let whole = read_times(&format!("{}～{}", self.start, self.end));
        let edges = |times: &Times| {
            let sessions: Vec<Session> = times.parts.iter().flat_map(|part| part.sessions.clone()).collect();
            (sessions.iter().filter_map(|s| s.start).min(), sessions.iter().filter_map(|s| s.end).max())
        };
        whole.unread.is_empty() && edges(&whole) == edges(parts)
    }

    /// Weekdays and hours without the weeks: no dates. With a remark that is unused, `None`.
    fn undated(&self, weekdays: Vec<Weekday>) -> Option<Reading> {
        if !self.remark.is_empty() {
            return None;
        }
        let sessions = match self.times()? {
            Some(times) => match times.parts.as_slice() {
                [part] if part.label.is_none() => part.sessions.clone(),
                _ => return None,
            },
            None => Vec::new(),
        };
        let one = Recurrence { weekdays, sessions, ..Recurrence::new(Frequency::Unknown) };
        Some(Reading { recurrences: vec![one], unread: Vec::new() })
    }
}

/// Whether the days agree with the weekdays of their column, if that names any.
fn agree(days: &Reading, named: &[Weekday]) -> bool {
    if named.is_empty() || !days.computable() {
        let of_days: Vec<Weekday> = days.recurrences.iter().flat_map(|one| one.weekdays.clone()).collect();
        return named.is_empty() || of_days.iter().all(|day| named.contains(day));
    }
    let said = |day: &Weekday| days.recurrences.iter().any(|one| one.weekdays.contains(day));
    let only = days.recurrences.iter().flat_map(|one| &one.weekdays).all(|day| named.contains(day));
    only && named.iter().all(said)
}

fn every_day() -> Vec<Weekday> {
    crate::import::cells::weekly::DAYS.iter().map(|day| day.1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(weekdays: &str, days: &str, hours: (&str, &str), remark: &str) -> String {
        let [weekdays, days, start, end, remark] =
            [weekdays, days, hours.0, hours.1, remark].map(str::to_owned);
        let cells = Cells { weekdays, days, start, end, remark };
        let timings = match cells.reading() {
            Some(reading) => timing::of_recurrences(&reading.recurrences, Some(""), &mut Report::default()),
            None => return "as written".into(),
        };
        let one = |t: &Timing| {
            let hours = t.rule.opening_hours().map_or("undated".to_owned(), ToString::to_string);
            t.label.iter().fold(hours, |text, label| format!("{text} [{label}]"))
        };
        timings.iter().map(one).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn the_columns_together_say_a_date() {
        for (cells, expected) in [
            (("水", "毎月第三水曜日", ("16:00", "20:00"), ""), "We[3] 16:00-20:00"),
            (("", "第2・4水曜日 15時～19時", ("15:00", "19:00"), ""), "We[2,4] 15:00-19:00"),
            (("", "第4日曜日　14時～", ("14:00", ""), ""), "Su[4] 14:00+"),
            (("木曜日", "毎月第３", ("17:00", "20:00"), ""), "Th[3] 17:00-20:00"),
            (("水", "毎週", ("", ""), ""), "We unknown \"時間は未確認\""),
            (("水", "", ("18:00", "19:00"), "開催日は毎月第4水曜日"), "We[4] 18:00-19:00"),
            (("日", "", ("11:00", "14:00"), "毎月第4日曜日"), "Su[4] 11:00-14:00"),
            (
                ("", "毎月最終土曜日", ("11:30", "14:20"), "1部11:30～12:50、2部13:00～14:20"),
                "Sa[-1] 11:30-12:50 [1部] | Sa[-1] 13:00-14:20 [2部]",
            ),
        ] {
            assert_eq!(said(cells.0, cells.1, cells.2, cells.3), expected, "{cells:?}");
        }
    }

    #[test]
    fn what_is_not_certain_has_no_dates() {
        for (cells, expected) in [
            // The column 土 is used for monthly cafeterias as often as for weekly ones.
            (("土", "", ("13:00", ""), ""), "undated"),
            (("", "", ("17:00", "19:00"), ""), "undated"),
            (("", "月1回　17時～19時", ("17:00", "19:00"), ""), "undated"),
            (("木", "偶数月の第３土曜日", ("15:00", "19:00"), ""), "as written"),
            (("日", "第3日曜日", ("11:30", "13:30"), "平日も不定期開催"), "as written"),
            (("月火水木金", "", ("11:00", "20:00"), "・開催日は第3木・飲食店で実施"), "as written"),
            (("", "第3日曜日 10時～", ("11:00", ""), ""), "as written"),
            (("水", "", ("17:30", "19:00"), "11月～2月は17：00～18：30"), "as written"),
            (("土", "第１土曜日\n第3土曜日", ("17:00", "19:30"), "食事時間は午後6時頃から"), "as written"),
        ] {
            assert_eq!(said(cells.0, cells.1, cells.2, cells.3), expected, "{cells:?}");
        }
    }
}
