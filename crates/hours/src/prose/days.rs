//! Reads the days of meetings: 毎週火・木, 第2・第4木曜日, 毎月15日, 平日, dates.

use super::Reason;
use super::cursor::Cursor;
use super::dates;
use super::items::Days;
use super::tokens::Kind;
use super::words::Word;
use crate::recurrence::{Nth, NthWeekday};
use chrono::Weekday;

pub const WORKING_DAYS: [Weekday; 5] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];

/// A list of days: 毎月第2火曜日、第4木曜日.
pub fn days(cursor: &mut Cursor) -> Option<Vec<Days>> {
    let from = cursor.at();
    let mut found = vec![one(cursor)?];
    while let Some((next, marked)) = cursor.attempt(|cursor| {
        cursor.take_any(&[Word::Separator, Word::Slash]);
        let marked = cursor.is_word(0, Word::EveryWeek);
        Some((one(cursor)?, marked))
    }) {
        // 第2火曜・木曜: every Thursday, or the second? Only 毎週 would say.
        let weekly = matches!(next, Days::Weekly { .. } | Days::Holidays);
        if weekly && !marked && matches!(found.last(), Some(Days::Nth { .. })) {
            cursor.refuse(from, Reason::NthScope);
        }
        found.push(next);
    }
    Some(found)
}

fn one(cursor: &mut Cursor) -> Option<Days> {
    match cursor.word() {
        Some(Word::EveryDay) => taken(cursor, Days::Daily),
        Some(Word::AllYear) => taken(cursor, Days::AllYear),
        Some(Word::Holiday) => taken(cursor, Days::Holidays),
        Some(Word::WorkingDays) => taken(cursor, Days::Weekly { days: WORKING_DAYS.to_vec(), every: true }),
        Some(Word::EveryOtherWeek) => {
            cursor.advance();
            cursor.take(Word::Of);
            Some(Days::Biweekly(weekdays(cursor, true)?))
        }
        Some(Word::EveryMonth) => {
            cursor.advance();
            cursor.take(Word::Of);
            cursor.attempt(nth).or_else(|| cursor.attempt(month_days))
        }
        Some(Word::EveryWeek) => {
            cursor.advance();
            cursor.take(Word::Of);
            Some(Days::Weekly { days: weekdays(cursor, true)?, every: true })
        }
        _ => cursor.attempt(nth).or_else(|| cursor.attempt(dates::list).map(Days::Dates)).or_else(|| {
            cursor.attempt(|cursor| weekdays(cursor, false)).map(|days| Days::Weekly { days, every: false })
        }),
    }
}

fn taken(cursor: &mut Cursor, days: Days) -> Option<Days> {
    cursor.advance();
    Some(days)
}

/// 火・木・土, 月～金, 土日. A lone 月 or 日 may be a month or a day: it
/// is taken only if `sure` (after 毎週).
pub fn weekdays(cursor: &mut Cursor, sure: bool) -> Option<Vec<Weekday>> {
    let (first, mut full) = cursor.take_weekday()?;
    let mut found = vec![first];
    loop {
        let last = *found.last()?;
        if let Some((until, is_full, dash)) = cursor.attempt(|cursor| {
            let dash = cursor.is_word(0, Word::Dash);
            cursor.take_any(&[Word::Wave, Word::Dash, Word::From]).then_some(())?;
            let (until, full) = cursor.take_weekday()?;
            Some((until, full, dash))
        }) {
            cursor.take(Word::Until);
            let mut day = last;
            let length = found.len();
            while day != until {
                day = day.succ();
                found.push(day);
            }
            // 火-木 and 月-水-金 may be lists; 月-金 is not.
            let chained = cursor.is_word(0, Word::Dash) || cursor.is_word(0, Word::Wave);
            let next = matches!(cursor.kind(1), Some(Kind::Weekday { .. }));
            if (dash && found.len() - length < 3) || (chained && next) {
                return None;
            }
            full |= is_full;
        } else if let Some((day, is_full)) = cursor.attempt(|cursor| {
            cursor.take_any(&[Word::Separator, Word::Slash]);
            cursor.take_weekday()
        }) {
            full |= is_full;
            found.push(day);
        } else {
            break;
        }
    }
    let lone = found.len() == 1 && !full && matches!(first, Weekday::Mon | Weekday::Sun);
    let mut unique = found.clone();
    unique.sort_by_key(Weekday::num_days_from_monday);
    unique.dedup();
    (unique.len() == found.len() && (sure || !lone)).then_some(unique)
}

/// 第2・第4木曜日, 最終土曜.
pub fn nth(cursor: &mut Cursor) -> Option<Days> {
    let mut found: Vec<Nth> = vec![];
    loop {
        if cursor.take(Word::Last) {
            found.push(Nth::Last);
        } else if cursor.take(Word::Ordinal) || !found.is_empty() {
            found.push(ordinal(cursor)?);
            if let Some(until) = cursor.attempt(up_to) {
                let &Nth::Of(last) = found.last()? else { return None };
                found.extend((last + 1..=until).map(Nth::Of));
            }
        } else {
            return None;
        }
        let more = cursor.attempt(|cursor| {
            cursor.take_any(&[Word::Separator, Word::Slash]);
            let more =
                matches!(cursor.kind(0), Some(Kind::Number(..) | Kind::Word(Word::Ordinal | Word::Last)));
            more.then_some(())
        });
        if more.is_none() {
            break;
        }
    }
    cursor.take(Word::Of);
    let (day, full) = cursor.take_weekday()?;
    // 第2日: the second day, or the second Sunday?
    if !full && matches!(day, Weekday::Mon | Weekday::Sun) {
        return None;
    }
    let ascending = found.windows(2).all(|pair| pair[0] < pair[1]);
    ascending.then_some(Days::Nth { nth: found, day })
}

/// Exactly one: 第2水曜日.
pub fn single_nth(cursor: &mut Cursor) -> Option<NthWeekday> {
    match nth(cursor)? {
        Days::Nth { nth, day } if nth.len() == 1 => Some(NthWeekday { nth: nth[0], weekday: day }),
        _ => None,
    }
}

fn ordinal(cursor: &mut Cursor) -> Option<Nth> {
    let number = cursor.take_number()?;
    (1..=5).contains(&number).then_some(Nth::Of(number as u8))
}

fn up_to(cursor: &mut Cursor) -> Option<u8> {
    cursor.take_any(&[Word::Wave, Word::From]).then_some(())?;
    cursor.take(Word::Ordinal);
    match ordinal(cursor)? {
        Nth::Of(number) => Some(number),
        Nth::Last => None,
    }
}

/// 5日、20日 after 毎月.
fn month_days(cursor: &mut Cursor) -> Option<Days> {
    let mut found: Vec<u8> = vec![];
    loop {
        let day = cursor.take_number()?;
        if !(1..=31).contains(&day) {
            return None;
        }
        found.push(day as u8);
        let unit = cursor.take_unit(Weekday::Sun);
        let more = cursor.attempt(|cursor| {
            cursor.take_any(&[Word::Separator, Word::Slash]).then_some(())?;
            let number = matches!(cursor.kind(0), Some(Kind::Number(..)));
            let list = matches!(cursor.kind(1), Some(Kind::Word(Word::Separator | Word::Slash)));
            (number && (list || cursor.is_unit(1, Weekday::Sun))).then_some(())
        });
        match more {
            None if unit => break,
            None => return None,
            Some(()) => {}
        }
    }
    let ascending = found.windows(2).all(|pair| pair[0] < pair[1]);
    ascending.then_some(Days::OfMonth(found))
}
