//! Reads the days of meetings: 毎週火・木, 第2・第4木曜日, 毎月15日, 平日, dates.

use super::Reason;
use super::cursor::Cursor;
use super::dates;
use super::items::{Days, Item, What};
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
        cursor.take_any(&[Word::Separator, Word::Slash, Word::Dot]);
        let marked = cursor.is_word(0, Word::EveryWeek);
        // 火曜（木）: added, or a remark?
        (!cursor.is_word(0, Word::Open)).then_some(())?;
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
        _ => cursor
            .attempt(nth)
            .or_else(|| cursor.attempt(nth_after))
            .or_else(|| cursor.attempt(nth_only))
            .or_else(|| cursor.attempt(dates::list).map(Days::Dates))
            .or_else(|| {
                let days = cursor.attempt(|cursor| weekdays(cursor, false))?;
                Some(Days::Weekly { days, every: false })
            }),
    }
}

fn taken(cursor: &mut Cursor, days: Days) -> Option<Days> {
    cursor.advance();
    Some(days)
}

/// 火・木・土, 月～金, 土日, (月)～(金). A lone 月 or 日 may be a month or a day: it is taken only if `sure` (after
/// 毎週), in brackets, or where its hours follow.
pub fn weekdays(cursor: &mut Cursor, sure: bool) -> Option<Vec<Weekday>> {
    let from = cursor.at();
    let bracketed = cursor.is_word(0, Word::Open);
    let (first, mut full) = named(cursor)?;
    let mut found = vec![first];
    let (mut listed, mut short) = (false, vec![]);
    loop {
        let last = *found.last()?;
        if let Some((until, is_full, dash)) = cursor.attempt(range) {
            cursor.take(Word::Until);
            let length = found.len();
            found.extend(up_to_weekday(last, until)?);
            // 月-水-金 may be a list.
            let chained = cursor.is_word(0, Word::Dash) || cursor.is_word(0, Word::Wave);
            if chained && matches!(cursor.kind(1), Some(Kind::Weekday { .. })) {
                return None;
            }
            short.extend((dash && found.len() - length == 2).then_some(last.succ()));
            full |= is_full;
        } else if let Some((day, is_full)) = cursor.attempt(|cursor| another(cursor, bracketed)) {
            listed = true;
            full |= is_full;
            found.push(day);
        } else {
            break;
        }
    }
    let mut unique = found.clone();
    unique.sort_by_key(Weekday::num_days_from_monday);
    unique.dedup();
    // 火-木 may be a list, unless the list has a sign of its own (火-木、土).
    let ranges = listed || short.iter().all(|between| is_range(cursor, from, &unique, *between));
    let lone = found.len() == 1 && !full && matches!(first, Weekday::Mon | Weekday::Sun);
    (ranges && unique.len() == found.len() && (sure || !lone || is_weekday(cursor, from))).then_some(unique)
}

/// 火, 火曜日, or (火), which is sure.
fn named(cursor: &mut Cursor) -> Option<(Weekday, bool)> {
    if !cursor.take(Word::Open) {
        return cursor.take_weekday();
    }
    let (day, _) = cursor.take_weekday()?;
    cursor.take(Word::Close).then_some((day, true))
}

fn range(cursor: &mut Cursor) -> Option<(Weekday, bool, bool)> {
    let dash = cursor.is_word(0, Word::Dash);
    cursor.take_any(&[Word::Wave, Word::Dash, Word::From]).then_some(())?;
    let (until, full) = named(cursor)?;
    Some((until, full, dash))
}

/// The days after `last` up to `until`; none for 日～月, which is more often a mistake than a range.
fn up_to_weekday(last: Weekday, until: Weekday) -> Option<Vec<Weekday>> {
    let mut days = vec![];
    let mut day = last;
    while day != until {
        day = day.succ();
        days.push(day);
    }
    ((last, until) != (Weekday::Sun, Weekday::Mon)).then_some(days)
}

/// The next day of a list: ・水, 水, ・(水) after a bracketed one.
fn another(cursor: &mut Cursor, bracketed: bool) -> Option<(Weekday, bool)> {
    // (月:火:水): a colon is a list sign between weekdays only.
    let colon = cursor.is_word(0, Word::Colon)
        && matches!(cursor.kind(1), Some(Kind::Weekday { .. }))
        && matches!(cursor.kind(2), Some(Kind::Word(Word::Colon | Word::Close)));
    if !(colon && cursor.take(Word::Colon)) {
        cursor.take_any(&[Word::Separator, Word::Slash, Word::Dot]);
    }
    if cursor.is_word(0, Word::Open) && !bracketed {
        return None;
    }
    named(cursor)
}

/// Whether a short dash (月-水) is a range: the day between is named nowhere else in a text that then covers most
/// of the week.
fn is_range(cursor: &Cursor, from: usize, days: &[Weekday], between: Weekday) -> bool {
    let others = other_weekdays(cursor, from);
    let mut all: Vec<Weekday> = days.iter().chain(&others).copied().collect();
    all.sort_by_key(Weekday::num_days_from_monday);
    all.dedup();
    !others.contains(&between) && all.len() >= 5
}

/// The weekdays that the text names before `from` or after the cursor.
fn other_weekdays(cursor: &Cursor, from: usize) -> Vec<Weekday> {
    let named = |at: usize| match cursor.token(at)? {
        Kind::Weekday { day, full } => (full || !is_unit(cursor, at)).then_some(day),
        _ => None,
    };
    (0..cursor.len()).filter(|at| !(from..cursor.at()).contains(at)).filter_map(named).collect()
}

/// Whether a lone 月 or 日 is a weekday because of what stands beside it: 日祝, 月：9:00～12:00.
fn is_weekday(cursor: &Cursor, from: usize) -> bool {
    let before = from.checked_sub(1).and_then(|at| cursor.token(at));
    let ordinal = matches!(before, Some(Kind::Word(Word::Ordinal | Word::Last)));
    !ordinal && !is_unit(cursor, from) && hours_follow(cursor, from)
}

/// Whether the 月 or 日 at `at` is a unit after a number (8月, 15日), not after that of an hour (19:00日10:00).
fn is_unit(cursor: &Cursor, at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).and_then(|at| cursor.token(at));
    let hour =
        matches!(before(2), Some(Kind::Word(Word::Colon | Word::Hour | Word::Dash | Word::Wave | Word::Dot)));
    let unit =
        matches!(cursor.token(at), Some(Kind::Weekday { day: Weekday::Mon | Weekday::Sun, full: false }));
    unit && !hour && matches!(before(1), Some(Kind::Number(..)))
}

/// Whether hours, a closure or a holiday stand after the days that began at `from`.
fn hours_follow(cursor: &Cursor, from: usize) -> bool {
    let hours = |ahead: usize| {
        let word =
            |word| matches!(word, Word::Am | Word::Pm | Word::Noon | Word::AroundTheClock | Word::Closed);
        match cursor.kind(ahead) {
            Some(Kind::Number(..)) => true,
            Some(Kind::Word(next)) => word(next),
            _ => false,
        }
    };
    match cursor.kind(0) {
        Some(Kind::Word(Word::Holiday)) => true,
        Some(Kind::Word(Word::Separator | Word::Slash)) => cursor.is_word(1, Word::Holiday),
        Some(Kind::Word(Word::Colon | Word::Semicolon | Word::Topic)) => {
            hours(1) || cursor.is_word(1, Word::Open)
        }
        Some(Kind::Word(Word::Open | Word::Close)) => hours(1) && !other_weekdays(cursor, from).is_empty(),
        Some(_) => hours(0) && !other_weekdays(cursor, from).is_empty(),
        None => false,
    }
}

/// 第2・第4木曜日, 最終土曜.
pub fn nth(cursor: &mut Cursor) -> Option<Days> {
    let from = cursor.at();
    let found = occurrences(cursor)?;
    cursor.take(Word::Of);
    let (day, full) = named(cursor)?;
    // 第2日: the second day, or the second Sunday? Beside the hours of other weekdays it is a weekday.
    if !full && matches!(day, Weekday::Mon | Weekday::Sun) {
        let beside = !other_weekdays(cursor, from).is_empty() && hours_follow(cursor, from);
        // 土 第1・3日: Sundays, or Saturdays?
        let before = from.checked_sub(1).and_then(|at| cursor.token(at));
        (beside && !matches!(before, Some(Kind::Weekday { .. }))).then_some(())?;
    }
    Some(Days::Nth { nth: found, day })
}

/// 土（第1・第3）: the occurrences stand after their weekday.
fn nth_after(cursor: &mut Cursor) -> Option<Days> {
    if is_unit(cursor, cursor.at()) {
        return None;
    }
    let (day, _) = cursor.take_weekday()?;
    cursor.take(Word::Colon);
    cursor.take(Word::Open).then_some(())?;
    let nth = occurrences(cursor)?;
    cursor.take(Word::Close).then_some(Days::Nth { nth, day })
}

/// 土は第1・3のみ: のみ says that the occurrences are those of the weekday before them.
fn nth_only(cursor: &mut Cursor) -> Option<Days> {
    if is_unit(cursor, cursor.at()) {
        return None;
    }
    let (day, _) = cursor.take_weekday()?;
    cursor.take(Word::Topic);
    let nth = occurrences(cursor)?;
    cursor.is_word(0, Word::Only).then_some(Days::Nth { nth, day })
}

/// 第2・第4, 第1～3, 最終.
fn occurrences(cursor: &mut Cursor) -> Option<Vec<Nth>> {
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
            cursor.take_any(&[Word::Separator, Word::Slash, Word::Dot]);
            let more =
                matches!(cursor.kind(0), Some(Kind::Number(..) | Kind::Word(Word::Ordinal | Word::Last)));
            more.then_some(())
        });
        if more.is_none() {
            break;
        }
    }
    found.windows(2).all(|pair| pair[0] < pair[1]).then_some(found)
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

/// 偶数月の15日: days of the month after several months and の; 7月、8月20日 may be a month and a date.
pub fn of_months(cursor: &mut Cursor, items: &[Item]) -> Option<Days> {
    let before = cursor.at().checked_sub(1).and_then(|at| cursor.token(at));
    let of = before == Some(Kind::Word(Word::Of));
    let several =
        matches!(items.last().map(|item| &item.what), Some(What::Months(months)) if months.len() > 1);
    (of && several).then_some(())?;
    month_days(cursor)
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
