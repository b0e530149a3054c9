//! Reads the times of a desk from Japanese prose. Times that cannot be computed exactly are a complaint.

use crate::import::cells::column::{Column, column};
use crate::import::cells::{Cells, Taken, not_one_of};
use crate::import::complaint::Flaw;
use crate::import::tables::professionals::cells::text;
use crate::liaison::facts::Times;
use chrono::NaiveDate;
use hours::compile::compile;
use hours::prose::{Context, read_with};
use hours::recurrence::{HolidayPolicy, YearEndPolicy};

const HOLIDAYS: &str = "祝日・年末年始";
const EXAMPLE: &str = "平日 9:00～17:00、毎週火曜 12:30～13:00（祝日は休み）";

/// The column for public holidays and the turn of the year; it completes times that do not mention them.
pub const COLUMN: Column =
    column(HOLIDAYS, "時間の欄に書いていないとき：休み・対応。空欄は不明", "休み").one_of(holiday_words);

fn holiday_words() -> Vec<&'static str> {
    vec!["休み", "対応"]
}

/// Opening on public holidays and at the turn of the year, for times that do not mention them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holidays {
    /// Not reached on those days (休み).
    Closed,
    /// Reached as on other days (対応).
    Open,
    /// Not said (不明).
    Unknown,
}

impl Holidays {
    /// Reads the column.
    pub fn read(cells: &impl Cells) -> Taken<Self> {
        match text(cells, HOLIDAYS)?.as_deref() {
            None | Some("不明") => Ok(Self::Unknown),
            Some("休み") => Ok(Self::Closed),
            Some("対応" | "通常どおり") => Ok(Self::Open),
            Some(other) => cells.wrong(HOLIDAYS, not_one_of(other, &holiday_words())),
        }
    }
}

/// The times of a text, one for each recurrence in it.
pub fn read(
    cells: &impl Cells,
    column: &'static str,
    text: &str,
    holidays: Holidays,
    as_of: Option<NaiveDate>,
) -> Taken<Vec<Times>> {
    let reading = read_with(text, &Context { as_of, fiscal_year: None });
    if let Some(unread) = reading.unread.first() {
        let part = unread.part.clone();
        return cells.wrong(column, Flaw::UnreadTime { cell: text.to_owned(), part, example: EXAMPLE });
    }
    if !reading.computable() {
        return cells.wrong(column, Flaw::VagueTime { cell: text.to_owned(), example: EXAMPLE });
    }
    let mut found = Vec::new();
    for mut recurrence in reading.recurrences {
        complete(&mut recurrence.holidays, &mut recurrence.year_end, holidays);
        match compile(&recurrence) {
            Ok(rule) => found.push(Times { rule, raw: Some(text.to_owned()) }),
            Err(_) => {
                let flaw = Flaw::ImpossibleTime { cell: text.to_owned(), example: EXAMPLE };
                return cells.wrong(column, flaw);
            }
        }
    }
    Ok(found)
}

fn complete(said: &mut HolidayPolicy, year_end: &mut YearEndPolicy, holidays: Holidays) {
    let (day, turn) = match holidays {
        Holidays::Closed => (HolidayPolicy::Cancelled, YearEndPolicy::Cancelled),
        Holidays::Open => (HolidayPolicy::Held, YearEndPolicy::Held),
        Holidays::Unknown => return,
    };
    if *said == HolidayPolicy::Unknown {
        *said = day;
    }
    if *year_end == YearEndPolicy::Unknown {
        *year_end = turn;
    }
}

/// The times of a column.
pub fn of_column(
    cells: &impl Cells,
    column: &'static str,
    holidays: Holidays,
    as_of: Option<NaiveDate>,
) -> Taken<Vec<Times>> {
    match text(cells, column)? {
        Some(text) => read(cells, column, &text, holidays, as_of),
        None => Ok(Vec::new()),
    }
}
