//! Schedules of a children's cafeteria: weekday, days, hours and remark are in columns of their own, and give
//! dates only together.
//!
//! The weekday column alone never gives dates: lists contain 土 for cafeterias that are held once a month. The code of
//! 開催頻度 says which: with a weekly one the weekdays are those of every week, and no days may be more frequent than
//! the code.

use crate::import::cells::clean;
use crate::import::cells::days::names_days;
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
    pace: Option<Pace>,
}

/// 開催頻度: how often the cafeteria is held at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pace {
    /// 1: five days a week or more.
    NearlyDaily,
    /// 2: two to four days a week.
    SeveralAWeek,
    /// 3: once a week.
    Weekly,
    /// 4: twice or three times a month.
    SeveralAMonth,
    /// 5: once a month.
    Monthly,
    /// 6 and above: every other month, in school holidays, irregularly.
    LessOften,
}

impl Pace {
    fn of(code: &str) -> Option<Self> {
        let code: String = code.nfkc().collect();
        match code.trim().trim_end_matches(".0").parse().ok()? {
            1 => Some(Self::NearlyDaily),
            2 => Some(Self::SeveralAWeek),
            3 => Some(Self::Weekly),
            4 => Some(Self::SeveralAMonth),
            5 => Some(Self::Monthly),
            6..=9 => Some(Self::LessOften),
            _ => None,
        }
    }

    /// Whether these are all the weekdays of every week.
    fn is_weekly_on(self, weekdays: &[Weekday]) -> bool {
        match self {
            Self::NearlyDaily => weekdays.len() >= 5,
            Self::SeveralAWeek => (2..=4).contains(&weekdays.len()),
            Self::Weekly => weekdays.len() == 1,
            Self::SeveralAMonth | Self::Monthly | Self::LessOften => false,
        }
    }

    /// Whether the days are no more frequent than this.
    fn allows(self, recurrences: &[Recurrence]) -> bool {
        let in_a_month = |one: &Recurrence| match one.frequency {
            Frequency::MonthlyNth => one.nth.len() * one.weekdays.len(),
            Frequency::MonthlyDay => one.month_days.len(),
            Frequency::Dates => 0,
            _ => 5,
        };
        // Parts of a day (1部, 2部) are the same days.
        let days = recurrences.iter().map(in_a_month);
        let all: usize = match recurrences.iter().all(|one| one.label.is_some()) {
            true => days.max().unwrap_or(0),
            false => days.sum(),
        };
        let months_left_out = recurrences.iter().all(|one| {
            one.frequency == Frequency::Dates || (!one.months.is_empty() && one.months.len() <= 6)
        });
        match self {
            Self::NearlyDaily | Self::SeveralAWeek | Self::Weekly => true,
            Self::SeveralAMonth => all <= 4,
            Self::Monthly => all <= 1,
            Self::LessOften => months_left_out,
        }
    }
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
        pace: Pace::of(row.text("開催頻度")),
    };
    let Some(raw) = cells.raw() else { return Vec::new() };
    let told = [(&cells.remark, "開催日時特記事項"), (&cells.days, "開催日")];
    let column = told.iter().find(|(cell, _)| !cell.is_empty()).map_or("開催曜日", |(_, column)| *column);
    report.in_column(column, |report| dated(&cells, &raw, report))
}

fn dated(cells: &Cells, raw: &str, report: &mut Report) -> Vec<Timing> {
    match cells.reading() {
        Some(reading) if reading.computable() => timing::of_reading(&reading, Some(raw), report),
        Some(reading) => {
            report.warn(Remark::DaysIncomplete);
            timing::of_recurrences(&reading.recurrences, Some(raw), report)
        }
        None => {
            report.warn(Remark::DatesUnknown);
            vec![timing::as_written(raw)]
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
        let reading = self.together()?;
        let allowed = self.pace.is_none_or(|pace| pace.allows(&reading.recurrences));
        (allowed || !reading.computable()).then_some(reading)
    }

    fn together(&self) -> Option<Reading> {
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
        let weekly = self.remark.contains("毎週") || self.pace.is_some_and(|pace| pace.is_weekly_on(named));
        let certain = |one: &Recurrence| match one.frequency {
            Frequency::MonthlyNth => !one.nth.is_empty(),
            Frequency::Weekly => weekly,
            _ => false,
        };
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

    /// Weekdays and hours without the weeks: no dates, unless 開催頻度 is weekly. With a remark that is unused, `None`.
    fn undated(&self, weekdays: Vec<Weekday>) -> Option<Reading> {
        let note = read_note(&self.remark, &Context::default());
        if !self.remark.is_empty() && !note.is_empty() {
            return None;
        }
        let sessions = match self.times()? {
            Some(times) => match times.parts.as_slice() {
                [part] if part.label.is_none() => part.sessions.clone(),
                _ => return None,
            },
            None => Vec::new(),
        };
        let plain =
            !names_days(&self.remark) && !["休", "長期"].iter().any(|word| self.remark.contains(word));
        let weekly = plain && self.pace.is_some_and(|pace| pace.is_weekly_on(&weekdays));
        let frequency = if weekly { Frequency::Weekly } else { Frequency::Unknown };
        let one = Recurrence { weekdays, sessions, ..Recurrence::new(frequency) };
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
        coded("", weekdays, days, hours, remark)
    }

    fn coded(code: &str, weekdays: &str, days: &str, hours: (&str, &str), remark: &str) -> String {
        let [weekdays, days, start, end, remark] =
            [weekdays, days, hours.0, hours.1, remark].map(str::to_owned);
        let cells = Cells { weekdays, days, start, end, remark, pace: Pace::of(code) };
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

    #[test]
    fn the_frequency_limits_the_dates() {
        let noon = ("11:00", "13:00");
        for (code, weekdays, days, remark, expected) in [
            ("1", "月火水木金", "", "", "Mo-Fr 11:00-13:00"),
            ("2", "火木", "", "", "Tu,Th 11:00-13:00"),
            ("３", "土", "", "", "Sa 11:00-13:00"),
            ("3", "土", "", "毎週土曜日", "Sa 11:00-13:00"),
            ("3", "火木", "", "", "undated"),
            ("4", "土", "", "", "undated"),
            ("4", "土", "毎週土曜日", "", "as written"),
            ("5", "土", "", "毎月第2土曜日", "Sa[2] 11:00-13:00"),
            ("5", "土", "第2・4土曜日", "", "as written"),
            ("6", "土", "", "第2土曜日", "as written"),
            ("6", "土", "", "奇数月の第2土曜日", "Jan,Mar,May,Jul,Sep,Nov: Sa[2] 11:00-13:00"),
            ("8", "土", "", "", "undated"),
        ] {
            assert_eq!(
                coded(code, weekdays, days, noon, remark),
                expected,
                "{code} {weekdays} {days} {remark}"
            );
        }
    }
}
