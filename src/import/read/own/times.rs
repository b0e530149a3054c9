//! Schedules: prose, with exceptions in columns of their own. A text that is not understood keeps its words.

use crate::import::cells::column::{Column, column};
use crate::import::cells::timing;
use crate::import::cells::{Cells, RemarkedRow, Taken, called_off, days};
use crate::import::complaint::{Flaw, Remark};
use crate::import::facts::Timing;
use crate::schedules::MonthlyVenue;
use chrono::{Datelike, NaiveDate};
use hours::opening_hours::UNTIMED;
use hours::prose::{Context, Note, Reading, read_note, read_times, read_with, with_note};
use hours::recurrence::{Closure, Frequency, HolidayPolicy, Recurrence, YearEndPolicy};
use hours::schedule::Uncomputable;
use unicode_normalization::UnicodeNormalization;

const HOLIDAYS: &str = "祝日";
const YEAR_END: &str = "年末年始";
const WINTER: &str = "冬期休止";
const CANCELLED: &str = "臨時の休み";
const ADDED: &str = "臨時の開催";
const ANCHOR: &str = "隔週の基準日";
const VENUES: &str = "月別の会場";

/// The columns of exceptions, which apply to all texts of the row.
pub const COLUMNS: &[Column] = &[
    column(
        HOLIDAYS,
        "開催・休み・第2水曜日に変更・9:00～12:00（祝日だけの時間）のどれか。空欄は不明",
        "休み",
    ),
    column(YEAR_END, "開催・休み、または休みの期間（12/29～1/3）。空欄は不明", "休み"),
    column(WINTER, "毎年休む期間（12月～3月、12/1～3/31）。なければ空欄", "12月～3月"),
    column(CANCELLED, "休む日。年も書く。複数は「、」で区切る", "2026/12/24"),
    column(ADDED, "追加で開く日。年も書く。複数は「、」で区切る。時間は「１つめの日時」のもの", "2026/12/17"),
    column(ANCHOR, "隔週のとき、実際に開いた日を1日（年も書く）。ないと日付は計算できない", "").wide(),
    column(VENUES, "月で会場が替わるとき、1行に1会場：3・6・9月：会場名（住所）", "").wide(),
];

/// Values of the columns of exceptions.
struct Exceptions {
    holidays: Option<HolidayPolicy>,
    notes: Vec<(&'static str, Note)>,
    year_end: Option<YearEndPolicy>,
    closures: Vec<Closure>,
    cancelled: Vec<NaiveDate>,
    added: Vec<NaiveDate>,
    anchor: Option<NaiveDate>,
    venues: Vec<MonthlyVenue>,
    words: String,
}

/// The schedules of a row, from the columns of these names.
pub fn read(
    cells: &mut RemarkedRow<'_, '_>,
    columns: &[&'static str],
    as_of: Option<NaiveDate>,
) -> Taken<Vec<Timing>> {
    read_each(cells, columns, as_of, |_| {})
}

/// The same of an event that is called off.
pub fn read_called_off(
    cells: &mut RemarkedRow<'_, '_>,
    columns: &[&'static str],
    as_of: Option<NaiveDate>,
) -> Taken<Vec<Timing>> {
    read_each(cells, columns, as_of, called_off::call_off)
}

fn read_each(
    cells: &mut RemarkedRow<'_, '_>,
    columns: &[&'static str],
    as_of: Option<NaiveDate>,
    change: impl Fn(&mut Reading),
) -> Taken<Vec<Timing>> {
    let mut exceptions = Exceptions::read(cells)?;
    let today = cells.row().today;
    for (column, days) in [(CANCELLED, &exceptions.cancelled), (ADDED, &exceptions.added)] {
        if days.iter().any(|day| *day < today) {
            cells.warn(column, Remark::PastDay);
        }
    }
    let mut timings = Vec::new();
    for column in columns {
        let Some(text) = cells.text(column) else { continue };
        let reading = read_with(&text, &Context { as_of, fiscal_year: None });
        let mut reading = exceptions.apply(cells, column, reading)?;
        change(&mut reading);
        // An added day has the hours of the first text.
        exceptions.added.clear();
        let raw = format!("{text}{}", exceptions.words);
        let mut found =
            cells.remarking(column, |report| timing::of_reading(&reading, Some(raw.as_str()), report));
        warn_of_gaps(cells, column, &text, &found);
        found.iter_mut().for_each(|timing| timing.venues.clone_from(&exceptions.venues));
        timings.append(&mut found);
    }
    Ok(timings)
}

/// Warns where dates or hours are not known though the text looks as if it said them.
fn warn_of_gaps(cells: &mut RemarkedRow<'_, '_>, column: &'static str, text: &str, found: &[Timing]) {
    let plain: Vec<char> = text.nfkc().collect();
    let has_clock = plain.windows(2).any(|two| two[0].is_ascii_digit() && matches!(two[1], ':' | '時'));
    let is_untimed = |timing: &Timing| {
        let hours = timing.rule.opening_hours();
        hours.is_some_and(|hours| hours.lines().iter().any(|line| line.comment.as_deref() == Some(UNTIMED)))
    };
    if has_clock && found.iter().any(is_untimed) {
        cells.warn(column, Remark::HoursUnread);
    }
    for why in found.iter().filter_map(|timing| timing.rule.uncomputable()) {
        match why {
            Uncomputable::BiweeklyWithoutAnchor => cells.warn(ANCHOR, Remark::NeedsAnchor),
            Uncomputable::TimesPerMonth(_) | Uncomputable::TimesPerYear(_) => {
                cells.warn(column, Remark::DaysIncomplete);
            }
            // Said by the text, or warned of where it was read.
            Uncomputable::Irregular
            | Uncomputable::OnRequest
            | Uncomputable::NotStated
            | Uncomputable::Prose => {}
        }
    }
}

impl Exceptions {
    fn read(cells: &impl Cells) -> Taken<Self> {
        let mut words = String::new();
        for column in COLUMNS {
            if let Some(text) = cells.text(column.name) {
                words.push_str(&format!("\n{}：{text}", column.name));
            }
        }
        let mut exceptions = Self {
            holidays: None,
            notes: Vec::new(),
            year_end: None,
            closures: Vec::new(),
            cancelled: cells.days(CANCELLED)?,
            added: cells.days(ADDED)?,
            anchor: cells.day(ANCHOR)?,
            venues: venues(cells)?,
            words,
        };
        exceptions.holidays(cells)?;
        exceptions.year_end(cells)?;
        exceptions.winter(cells)?;
        Ok(exceptions)
    }

    fn holidays(&mut self, cells: &impl Cells) -> Taken<()> {
        let Some(text) = cells.text(HOLIDAYS) else { return Ok(()) };
        self.holidays = match text.as_str() {
            "開催" | "開く" | "通常どおり" => Some(HolidayPolicy::Held),
            "休み" | "休止" | "開催なし" => Some(HolidayPolicy::Cancelled),
            "不明" | "未確認" => None,
            text => {
                let hours = read_times(text);
                if let ([part], []) = (hours.parts.as_slice(), hours.unread.as_slice()) {
                    Some(HolidayPolicy::OwnHours(part.sessions.clone()))
                } else {
                    let note = read_note(&format!("祝日は{text}"), &Context::default());
                    if note.is_empty() || !note.unread.is_empty() {
                        return cells
                            .wrong(HOLIDAYS, unclear(text, "開催 / 休み / 第2水曜日に変更 / 9:00～12:00"));
                    }
                    self.notes.push((HOLIDAYS, note));
                    None
                }
            }
        };
        Ok(())
    }

    fn year_end(&mut self, cells: &impl Cells) -> Taken<()> {
        let Some(text) = cells.text(YEAR_END) else { return Ok(()) };
        match text.as_str() {
            "開催" | "開く" | "通常どおり" => self.year_end = Some(YearEndPolicy::Held),
            "休み" | "休止" | "開催なし" => self.year_end = Some(YearEndPolicy::Cancelled),
            "不明" | "未確認" => {}
            text => {
                let Some((from, to)) = days::span(text) else {
                    return cells.wrong(YEAR_END, unclear(text, "開催 / 休み / 12/29～1/3"));
                };
                self.year_end = Some(YearEndPolicy::AsUsual);
                self.closures.push(Closure { from, to, label: Some(YEAR_END.to_owned()) });
            }
        }
        Ok(())
    }

    fn winter(&mut self, cells: &impl Cells) -> Taken<()> {
        let Some((from, to)) = cells.period(WINTER)? else { return Ok(()) };
        self.closures.push(Closure { from, to, label: Some(WINTER.to_owned()) });
        Ok(())
    }

    /// Adds the exceptions to a reading; where both cover the same days, they must agree.
    fn apply(&self, cells: &impl Cells, column: &'static str, mut reading: Reading) -> Taken<Reading> {
        if reading.refused() {
            return Ok(reading);
        }
        for (name, note) in &self.notes {
            reading = with_note(&reading, note);
            if reading.refused() {
                return cells.wrong(name, Flaw::Contradicts { column });
            }
        }
        for recurrence in &mut reading.recurrences {
            self.change(recurrence).or_else(|name| cells.wrong(name, Flaw::Contradicts { column }))?;
        }
        Ok(reading)
    }

    /// Adds the exceptions to a rule; `Err`: the column that contradicts the text.
    fn change(&self, recurrence: &mut Recurrence) -> Result<(), &'static str> {
        if let Some(holidays) = &self.holidays {
            if recurrence.holidays != HolidayPolicy::Unknown && recurrence.holidays != *holidays {
                return Err(HOLIDAYS);
            }
            recurrence.holidays.clone_from(holidays);
        }
        if let Some(year_end) = self.year_end {
            recurrence.year_end = recurrence.year_end.and(year_end).ok_or(YEAR_END)?;
        }
        recurrence.closures.extend(self.closures.iter().cloned());
        recurrence.cancelled.extend(&self.cancelled);
        recurrence.added.extend(&self.added);
        if recurrence.frequency == Frequency::Biweekly {
            if self.anchor.is_some_and(|day| !recurrence.weekdays.contains(&day.weekday())) {
                return Err(ANCHOR);
            }
            recurrence.anchor = recurrence.anchor.or(self.anchor);
        }
        Ok(())
    }
}

fn unclear(cell: &str, right: &'static str) -> Flaw {
    Flaw::Unclear { cell: cell.to_owned(), right }
}

fn venues(cells: &impl Cells) -> Taken<Vec<MonthlyVenue>> {
    let mut venues = Vec::new();
    for line in cells.lines(VENUES) {
        match venue(&line) {
            Some(venue) => venues.push(venue),
            None => return cells.wrong(VENUES, unclear(&line, "1行に1会場、3・6・9月：会場名（住所）")),
        }
    }
    Ok(venues)
}

fn venue(line: &str) -> Option<MonthlyVenue> {
    let (months, place) = line.split_once(['：', ':'])?;
    let months: String = months.nfkc().filter(|c| !c.is_whitespace() && *c != '月').collect();
    let months: Option<Vec<u32>> = months
        .split(['・', '、', ',', '/'])
        .map(|month| month.parse().ok().filter(|month| (1..=12).contains(month)))
        .collect();
    let place = place.trim();
    let (name, address) = match place.trim_end_matches(['）', ')']).split_once(['（', '(']) {
        Some((name, address)) => (name.trim(), Some(address.trim().to_owned())),
        None => (place, None),
    };
    // Another venue in the same line.
    let is_one = !["月：", "月:"].iter().any(|more| place.contains(more));
    (!name.is_empty() && is_one).then_some(MonthlyVenue { months: months?, name: name.to_owned(), address })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::file::table::Table;
    use crate::import::report::Report;

    fn rules(header: &str, row: &str) -> Taken<Vec<String>> {
        let mut found = Ok(Vec::new());
        let text = format!("{header}\n{row}\n");
        Table::open(&text, chrono::NaiveDate::MAX).unwrap().for_each(|row| {
            let Ok(row) = row else { return };
            let mut report = Report::default();
            let timings = read(&mut RemarkedRow::new(&row, &mut report), &["開催日時", "開催日時２"], None);
            let json = |timing: &Timing| timing.rule.to_json().unwrap();
            found = timings.map(|timings| timings.iter().map(json).collect());
        });
        found
    }

    #[test]
    fn the_columns_change_what_the_text_says() {
        let found =
            rules("開催日時,祝日,年末年始,冬期休止", "毎週木曜 10:00～11:30,休み,開催,12月～3月").unwrap();
        assert_eq!(
            found,
            [
                r#"{"rule":{"HOURS":"Th 10:00-11:30"},"holidays":"CANCELLED","year_end":"HELD","closures":[{"from":{"month":12,"day":1},"to":{"month":3,"day":31},"label":"冬期休止"}]}"#
            ]
        );
        let moved = rules("開催日時,祝日", "第1・3水曜 10:00～,第2水曜日に変更").unwrap();
        assert!(moved[0].contains("MOVED"), "{moved:?}");
    }

    #[test]
    fn an_added_day_belongs_to_the_first_text() {
        let found =
            rules("開催日時,開催日時2,臨時の開催", "第2火曜 10:00～12:00,第4火曜 18:00～20:00,2026/12/17")
                .unwrap();
        assert!(found[0].contains("added") && !found[1].contains("added"), "{found:?}");
    }

    #[test]
    fn columns_that_contradict_the_text_are_named() {
        let told = |header, row| {
            let complaint = rules(header, row).unwrap_err();
            (complaint.column.unwrap(), complaint.flaw)
        };
        let contradicts = Flaw::Contradicts { column: "開催日時" };
        assert_eq!(told("開催日時,祝日", "毎週木曜（祝日は休み）,開催"), (HOLIDAYS, contradicts));
        let unclear = told("開催日時,祝日", "毎週木曜,たぶん休み");
        assert!(matches!(unclear, (HOLIDAYS, Flaw::Unclear { .. })), "{unclear:?}");
        let winter = Flaw::NotAPeriod { cell: "冬の間".into() };
        assert_eq!(told("開催日時,冬期休止", "毎週木曜,冬の間"), (WINTER, winter));
    }

    #[test]
    fn a_text_that_is_not_understood_keeps_its_words() {
        let found = rules("開催日時,祝日", "おおむね月1回,休み").unwrap();
        assert_eq!(found, [r#"{"rule":{"UNDATED":{"why":"PROSE","hours":null}}}"#]);
    }

    #[test]
    fn a_venue_belongs_to_its_months() {
        let found = venue("３・６・９月：見本公民館（見本町1-1）").unwrap();
        assert_eq!((found.months, found.name.as_str()), (vec![3, 6, 9], "見本公民館"));
        assert_eq!(found.address.as_deref(), Some("見本町1-1"));
        assert!(venue("春：公民館").is_none());
    }
}
