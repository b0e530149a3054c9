//! Reads exceptions to the hours of single days: 土曜は午前のみ, 木曜午後休診, 水曜は16:00まで, 12:30～14:00は休診.

use super::cursor::Cursor;
use super::days;
use super::items::{Days, Half, Item, Rule, What};
use super::times;
use super::tokens::Kind;
use super::words::Word;
use chrono::{NaiveTime, Weekday};

/// One exception to hours, if one begins here.
pub fn rule(cursor: &mut Cursor) -> Option<Rule> {
    cursor.attempt(pause).or_else(|| cursor.attempt(of_days))
}

/// 昼休み12:00～13:00, 12:30～14:00は休診, 水：13時～15時休み; without days for all of them.
pub fn pause(cursor: &mut Cursor) -> Option<Rule> {
    if cursor.take(Word::Pause) {
        cursor.take_any(&[Word::Colon, Word::Topic, Word::Of]);
        return Some(Rule::Pause { days: vec![], session: times::single(cursor)? });
    }
    let named = cursor.attempt(|cursor| {
        let days = days::weekdays(cursor, true)?;
        cursor.take_any(&[Word::Colon, Word::Topic]);
        Some(days)
    });
    let session = times::single(cursor)?;
    cursor.take(Word::Object);
    times::is_pause(cursor)?;
    cursor.skip_all(&[Word::Tail]);
    Some(Rule::Pause { days: named.unwrap_or_default(), session })
}

/// （水曜日 8:30～16:30）, （木～17:00） behind the one session of several days: other hours on some of them.
pub fn own_hours(cursor: &mut Cursor, items: &[Item]) -> Option<Rule> {
    let one = matches!(&items.last()?.what, What::Hours(Some(sessions)) if sessions.len() == 1);
    (one && cursor.take(Word::Open)).then_some(())?;
    let days = named(cursor)?;
    is_part_of_last(&days, items).then_some(())?;
    cursor.take_any(&[Word::Topic, Word::Colon]);
    let rule = if cursor.take(Word::Wave) {
        Rule::Until { days, half: None, end: times::moment(cursor)? }
    } else {
        Rule::Hours { days, sessions: times::sessions(cursor)?? }
    };
    cursor.take(Word::Close).then_some(rule)
}

/// Whether weekdays are some of those that were given last, and not all of them.
fn is_part_of_last(days: &[Weekday], items: &[Item]) -> bool {
    let last = items.iter().rev().find_map(|item| match &item.what {
        What::Days(days) => Some(days),
        _ => None,
    });
    match last.map(Vec::as_slice) {
        Some([Days::Daily]) => true,
        Some([Days::Weekly { days: all, .. }]) => {
            days.len() < all.len() && days.iter().all(|day| all.contains(day))
        }
        _ => false,
    }
}

/// 月・水の午前: the days are sure, their hours are not.
pub fn half_alone(cursor: &mut Cursor, items: &[Item]) -> Option<()> {
    let before = cursor.at().checked_sub(1).and_then(|at| cursor.token(at));
    let of_days = matches!(items.last()?.what, What::Days(_)) && before == Some(Kind::Word(Word::Of));
    (of_days && cursor.take_any(&[Word::Am, Word::Pm])).then_some(())?;
    let ends = matches!(
        cursor.kind(0),
        None | Some(Kind::Word(Word::Break | Word::Close | Word::Separator | Word::Semicolon | Word::Mark))
    );
    ends.then_some(())
}

fn of_days(cursor: &mut Cursor) -> Option<Rule> {
    let from = cursor.at();
    cursor.take(Word::EveryWeek);
    let mut days = named(cursor)?;
    // 木曜午後・土曜午後休診
    while let Some(more) = cursor.attempt(|cursor| {
        cursor.take(Word::Pm).then_some(())?;
        cursor.skip_all(&[Word::Separator]);
        let more = named(cursor)?;
        (cursor.is_word(0, Word::Pm) && more.iter().all(|day| !days.contains(day))).then_some(more)
    }) {
        days.extend(more);
    }
    cursor.skip_all(&[Word::Separator]);
    let topic = cursor.take_any(&[Word::Topic, Word::Of, Word::Colon, Word::Only]);
    // 水曜・土曜午後休診: is Wednesday closed all day?
    let listed = (from..cursor.at()).any(|at| cursor.token(at) == Some(Kind::Word(Word::Separator)));
    let repeated = (from..cursor.at()).any(|at| cursor.token(at) == Some(Kind::Word(Word::Pm)));
    let unsure = listed && !topic && !repeated && !cursor.is_word(1, Word::Only);
    let rule = cursor
        .attempt(|cursor| half(cursor).filter(|_| !unsure))
        .map(|open| Rule::HalfDay { days: days.clone(), open })
        .or_else(|| cursor.attempt(until).map(|(half, end)| Rule::Until { days: days.clone(), half, end }))?;
    cursor.skip_all(&[Word::Tail]);
    Some(rule)
}

fn named(cursor: &mut Cursor) -> Option<Vec<Weekday>> {
    match cursor.take(Word::WorkingDays) {
        true => Some(days::WORKING_DAYS.to_vec()),
        false => days::weekdays(cursor, true),
    }
}

/// The half that is open: 午前のみ, 午後休診.
fn half(cursor: &mut Cursor) -> Option<Half> {
    let half = if cursor.take(Word::Am) { Half::Am } else { cursor.take(Word::Pm).then_some(Half::Pm)? };
    if cursor.take(Word::Only) {
        cursor.skip_all(&[Word::Of, Word::Held]);
        // 午前のみ（9:00～13:00） has hours of its own.
        return (!cursor.is_word(0, Word::Open) && !times::follow(cursor)).then_some(half);
    }
    cursor.take_any(&[Word::Topic, Word::Of]);
    cursor.take_any(&[Word::Closed, Word::ClosedDays]).then_some(match half {
        Half::Am => Half::Pm,
        Half::Pm => Half::Am,
    })
}

/// 16:00まで, 診療終了時間16:00, 午後診療終了時間18:00.
fn until(cursor: &mut Cursor) -> Option<(Option<Half>, NaiveTime)> {
    let half = [(Word::Am, Half::Am), (Word::Pm, Half::Pm)].into_iter().find_map(|(word, half)| {
        let ends = cursor.is_word(0, word) && cursor.is_word(1, Word::EndTime);
        (ends && cursor.take(word)).then_some(half)
    });
    let named = cursor.take(Word::EndTime);
    cursor.take_any(&[Word::Topic, Word::Colon]);
    let end = times::moment(cursor)?;
    let said = cursor.take(Word::Until);
    cursor.skip_all(&[Word::Of, Word::Held]);
    (named || said).then_some((half, end))
}
