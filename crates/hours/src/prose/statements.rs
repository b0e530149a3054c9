//! Splits a whole text into statements; a part that no rule accepts becomes unread, with its reason.

use super::cursor::Cursor;
use super::items::{Count, Item, Per, What};
use super::tokens::{Kind, Token};
use super::words::Word;
use super::{Reason, Unread, dates, days, exceptions, partial, times};
use chrono::Weekday;

/// The statements of a text, and the parts that were not understood.
pub fn statements(text: &str, tokens: &[Token]) -> (Vec<Item>, Vec<Unread>) {
    let mut cursor = Cursor::new(text, tokens);
    let mut items: Vec<Item> = vec![];
    while cursor.kind(0).is_some() {
        let from = cursor.at();
        match statement(&mut cursor, &items) {
            Some(Some(what)) => items.push(Item { what, range: cursor.range(from) }),
            Some(None) => {}
            None => {
                cursor.go_to(from);
                let reason = reason(&cursor, from);
                cursor.advance();
                cursor.refuse(from, reason);
            }
        }
    }
    (items, cursor.unread)
}

/// One statement; `Some(None)`: words that were read and have no content.
fn statement(cursor: &mut Cursor, items: &[Item]) -> Option<Option<What>> {
    if let Some(rule) = cursor.attempt(exceptions::framed) {
        return Some(Some(What::Rule(rule)));
    }
    // （月）～（金） begins with a day, not with a remark.
    let bracketed = cursor.is_word(0, Word::Open)
        && matches!(cursor.kind(1), Some(Kind::Weekday { .. }))
        && cursor.is_word(2, Word::Close);
    let starts = items.last().is_none_or(|item| !matches!(item.what, What::Days(_)));
    if bracketed && starts {
        if let Some(rule) = cursor.attempt(exceptions::rule) {
            return Some(Some(What::Rule(rule)));
        }
        if let Some(days) = cursor.attempt(days::days) {
            return Some(Some(What::Days(days)));
        }
    }
    if let Some(rule) = cursor.attempt(|cursor| partial::own_hours(cursor, items)) {
        return Some(Some(What::Rule(rule)));
    }
    if let Some(what) = layout(cursor) {
        return Some(Some(what));
    }
    if let Some(rule) = cursor.attempt(exceptions::rule) {
        return Some(Some(What::Rule(rule)));
    }
    if let Some(label) = cursor.attempt(label) {
        return Some(Some(What::Label(label)));
    }
    if let Some(count) = cursor.attempt(count) {
        return Some(Some(What::Count(count)));
    }
    if let Some(months) = cursor.attempt(scope) {
        return Some(Some(What::Months(months)));
    }
    if let Some(days) = cursor.attempt(|cursor| days::of_months(cursor, items)) {
        return Some(Some(What::Days(vec![days])));
    }
    if let Some(days) = cursor.attempt(days::days) {
        return Some(Some(What::Days(days)));
    }
    // 土曜半日: the day is sure, its hours are not.
    if cursor.take(Word::HalfDay) {
        return Some(Some(What::Hours(None)));
    }
    if let Some(hours) = times::sessions(cursor) {
        return Some(Some(What::Hours(hours)));
    }
    if cursor.attempt(|cursor| partial::half_alone(cursor, items)).is_some() {
        return Some(Some(What::Hours(None)));
    }
    if let Some(what) = cursor.attempt(vague) {
        return Some(Some(what));
    }
    filler(cursor, items).then_some(None)
}

fn layout(cursor: &mut Cursor) -> Option<What> {
    let before = cursor.at().checked_sub(1).and_then(|at| cursor.token(at));
    let in_table = matches!(before, Some(Kind::Weekday { .. } | Kind::Word(Word::Holiday)));
    let what = match cursor.word()? {
        Word::Break | Word::Semicolon => What::Boundary,
        Word::Bullet if !in_table => What::Boundary,
        Word::Mark | Word::But => What::Note,
        Word::Open => What::Open,
        Word::Close => What::Close,
        _ => return None,
    };
    cursor.advance();
    Some(what)
}

fn vague(cursor: &mut Cursor) -> Option<What> {
    let what = match cursor.word()? {
        Word::Irregular => What::Irregular,
        Word::OnRequest => What::OnRequest,
        _ => return None,
    };
    cursor.advance();
    Some(what)
}

/// Months that limit days: 4月～11月の, （7月、11月）, 7月・11月のみ; not those of 8月は.
fn scope(cursor: &mut Cursor) -> Option<Vec<u8>> {
    let months = dates::months(cursor)?;
    let limits = match cursor.word() {
        Some(Word::Of | Word::Only) => {
            cursor.advance();
            true
        }
        Some(Word::To) => {
            cursor.advance();
            cursor.take(Word::Held)
        }
        Some(Word::Ordinal | Word::Last | Word::EveryWeek) => true,
        // 第2火曜（8月）: only in August, or not in August?
        Some(Word::Close | Word::Break) | None => months.len() > 1,
        _ => false,
    };
    limits.then_some(months)
}

/// 1部, 2回目, ①, 昼の部.
fn label(cursor: &mut Cursor) -> Option<String> {
    let label = match cursor.kind(0)? {
        Kind::Circled(number) => {
            // ①土曜日 alone may be the first Saturday.
            let weekday = matches!(cursor.kind(1), Some(Kind::Weekday { .. }));
            let alone =
                (0..cursor.len()).filter(|at| matches!(cursor.token(*at), Some(Kind::Circled(_)))).count()
                    == 1;
            if weekday && alone {
                return None;
            }
            cursor.advance();
            format!("{number}")
        }
        Kind::Word(Word::Part(name)) => {
            cursor.advance();
            name.to_owned()
        }
        _ => {
            cursor.take(Word::Ordinal);
            let number = cursor.take_number()?;
            match cursor.word()? {
                Word::PartNumber => format!("{number}部"),
                // 2回目土曜日 is the second Saturday.
                Word::Round if !matches!(cursor.kind(1), Some(Kind::Weekday { .. })) => {
                    format!("{number}回目")
                }
                _ => return None,
            }
        }
    };
    cursor.skip_all(&[Word::PartNumber, Word::Round, Word::Colon, Word::Topic]);
    Some(label)
}

/// 月1回, 毎月2回, 年6回, 週3回, 月1～2回, 月1回程度.
fn count(cursor: &mut Cursor) -> Option<Count> {
    let per = match cursor.kind(0)? {
        Kind::Word(Word::EveryMonth) => Per::Month,
        Kind::Word(Word::Year) => Per::Year,
        Kind::Word(Word::Week | Word::EveryWeek) => Per::Week,
        Kind::Weekday { day: Weekday::Mon, full: false } => Per::Month,
        _ => return None,
    };
    cursor.advance();
    cursor.take(Word::To);
    let first = cursor.take_number()?;
    let second = cursor.attempt(|cursor| {
        cursor.take_any(&[Word::Wave, Word::Dash, Word::Separator]).then_some(())?;
        cursor.take_number()
    });
    cursor.take(Word::Times).then_some(())?;
    let roughly = cursor.take_any(&[Word::Roughly, Word::About]);
    cursor.take(Word::Of);
    let sure = second.is_none() && !roughly && (1..=366).contains(&first);
    Some(Count { per, times: sure.then_some(first as u16) })
}

/// Takes words that may stand between statements and have no content.
fn filler(cursor: &mut Cursor, items: &[Item]) -> bool {
    let after = items.last().map(|item| &item.what);
    let days = matches!(after, Some(What::Days(_) | What::Months(_) | What::Count(_)));
    let anything = matches!(
        after,
        Some(What::Days(_) | What::Hours(_) | What::Months(_) | What::Count(_) | What::Irregular)
    );
    let of_days = matches!(after, Some(What::Days(_)));
    let remark = matches!(after, None | Some(What::Boundary | What::Open | What::Close | What::Note));
    let Some(word) = cursor.word() else { return false };
    cursor.advance();
    match word {
        Word::Separator | Word::Slash | Word::Harmless => true,
        // 月～金：9:00～18:00; a colon after the hours is a mistype that changes nothing.
        Word::Colon | Word::Semicolon => days || matches!(after, Some(What::Hours(_) | What::Close)),
        Word::Dot => matches!(after, Some(What::Hours(_))),
        Word::MayChange => remark,
        Word::Between => false,
        // 土-9:00～12:30
        Word::Dash => of_days && times::follow(cursor),
        Word::Begin => of_days && times::follow(cursor),
        // 祝日の月曜, 土曜は第2土曜: days of days; 月曜の祝日: some holidays.
        Word::Of | Word::Topic | Word::To => days && !(of_days && speaks_of_days(cursor)),
        Word::Tail => anything || matches!(after, Some(What::Close | What::Rule(_))),
        Word::Only | Word::Held => anything || matches!(after, Some(What::Close)),
        Word::Heading => {
            cursor.skip_all(&[Word::Separator, Word::Heading]);
            cursor.take_any(&[Word::Colon, Word::Topic]);
            true
        }
        // Only in brackets or a note: 10:00～ is otherwise the hour itself.
        Word::Reception => match after {
            None | Some(What::Open | What::Note | What::Boundary | What::Rule(_)) => times::arrival(cursor),
            // 開場9:30 開始10:00
            Some(What::Days(_)) => times::arrival(cursor) && cursor.is_word(0, Word::Begin),
            _ => false,
        },
        _ => false,
    }
}

fn speaks_of_days(cursor: &mut Cursor) -> bool {
    let at = cursor.at();
    let found = cursor.attempt(days::days).is_some();
    cursor.go_to(at);
    found
}

fn reason(cursor: &Cursor, at: usize) -> Reason {
    let before = at.checked_sub(1).and_then(|at| cursor.token(at));
    let ordinal = at.checked_sub(2).and_then(|at| cursor.token(at)) == Some(Kind::Word(Word::Ordinal));
    match cursor.kind(0) {
        Some(Kind::Word(Word::Doubt(reason))) => reason,
        Some(Kind::Word(Word::MayChange)) => Reason::Hedged,
        Some(Kind::Word(Word::Week)) if matches!(before, Some(Kind::Number(..))) => Reason::WeekOfMonth,
        Some(Kind::Word(Word::Season(_))) => Reason::Undated,
        // 8月: a month, only in the wrong place; 第2月 and 月 alone may be Monday.
        Some(Kind::Weekday { day: Weekday::Mon | Weekday::Sun, full: false })
            if !matches!(before, Some(Kind::Number(..))) || ordinal =>
        {
            Reason::MonthOrMonday
        }
        Some(Kind::Unknown | Kind::Circled(_)) => Reason::UnknownWords,
        _ => Reason::Unplaced,
    }
}
