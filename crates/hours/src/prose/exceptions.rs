//! Reads exceptions to the days: 祝日は休み, 8月を除く, 2月は第1水曜日, 雨天中止. It applies none of them.

use super::Reason;
use super::cursor::Cursor;
use super::dates;
use super::days;
use super::items::{Days, Half, Rule, Span, Subject};
use super::partial;
use super::tokens::Kind;
use super::words::Word;
use crate::recurrence::WeatherPolicy;
use chrono::Weekday;

/// One exception, if one begins here.
pub fn rule(cursor: &mut Cursor) -> Option<Rule> {
    let simple = match cursor.word() {
        Some(Word::RainCancel) => Some(Rule::Weather(WeatherPolicy::RainCancel)),
        Some(Word::SnowCancel) => Some(Rule::Weather(WeatherPolicy::SnowCancel)),
        Some(Word::WarningCancel) => Some(Rule::Weather(WeatherPolicy::WarningCancel)),
        Some(Word::Appointment) => Some(Rule::Appointment),
        _ => None,
    };
    if simple.is_some() {
        cursor.advance();
        cursor.skip_all(&[Word::Tail]);
        return simple;
    }
    cursor
        .attempt(headed)
        .or_else(|| cursor.attempt(moved))
        .or_else(|| cursor.attempt(month_override))
        .or_else(|| partial::rule(cursor))
        .or_else(|| cursor.attempt(closed))
        .or_else(|| cursor.attempt(held))
}

/// 【休診日】日曜、祝日: a heading in brackets, unlike the （定休日） after a weekday.
pub fn framed(cursor: &mut Cursor) -> Option<Rule> {
    let before = cursor.at().checked_sub(1).and_then(|at| cursor.token(at));
    let heading = cursor.is_word(0, Word::Open)
        && cursor.is_word(1, Word::ClosedDays)
        && cursor.is_word(2, Word::Close)
        && !matches!(before, Some(Kind::Weekday { .. } | Kind::Word(Word::Holiday)));
    heading.then_some(())?;
    (0..3).for_each(|_| cursor.advance());
    closed_list(cursor)
}

/// 定休日：水曜日・第3日曜日
fn headed(cursor: &mut Cursor) -> Option<Rule> {
    if cursor.take(Word::ClosedDays) {
        cursor.take_any(&[Word::Topic, Word::Colon]);
    } else {
        let said = cursor.take(Word::Closed) && cursor.take_any(&[Word::Topic, Word::Colon]);
        said.then_some(())?;
    }
    closed_list(cursor)
}

/// The closed days after their heading. Blanks may separate them too (休診：祝 土 日); days before hours are open.
fn closed_list(cursor: &mut Cursor) -> Option<Rule> {
    let (mut found, _) = subjects(cursor)?;
    let (mark, length) = (cursor.at(), found.len());
    while let Some((more, _)) = cursor.attempt(|cursor| {
        cursor.skip_all(&[Word::Separator, Word::Slash]);
        subjects(cursor)
    }) {
        found.extend(more);
    }
    if !list_ends(cursor) {
        cursor.go_to(mark);
        found.truncate(length);
        // 休診日 日曜 月～金 診療時間 9:00～17:00: which of them are closed?
        let days = matches!(
            cursor.kind(0),
            Some(
                Kind::Weekday { .. }
                    | Kind::Word(Word::WorkingDays | Word::Ordinal | Word::EveryWeek | Word::EveryDay)
            )
        );
        let one = matches!(&found[..], [Subject::Weekdays(days)] if days.len() == 1);
        (list_ends(cursor) || days || one).then_some(())?;
    }
    cursor.skip_all(&[Word::Closed, Word::Tail]);
    half_days_are_sure(&found).then_some(Rule::Closed(found))
}

/// Whether no whole day stands before a half one. 水曜・祝日・土曜午後: is Wednesday closed all day? Only Sunday is sure.
fn half_days_are_sure(subjects: &[Subject]) -> bool {
    let is_half = |subject: &Subject| matches!(subject, Subject::HalfDay { .. });
    let is_whole = |subject: &Subject| match subject {
        Subject::Weekdays(days) => days != &[Weekday::Sun],
        Subject::Nth { .. } => true,
        _ => false,
    };
    let last = subjects.iter().rposition(is_half).unwrap_or(0);
    !subjects.iter().take(last).any(is_whole)
}

/// Whether nothing stands here that the days before it may belong to.
fn list_ends(cursor: &Cursor) -> bool {
    // 休館日：月曜 開館時間：9:00～17:00
    let heading = cursor.is_word(0, Word::Heading)
        && (cursor.is_word(1, Word::Colon) || cursor.is_word(1, Word::Topic));
    heading
        || matches!(
            cursor.kind(0),
            None | Some(Kind::Word(
                Word::Break
                    | Word::Semicolon
                    | Word::Close
                    | Word::Mark
                    | Word::But
                    | Word::Closed
                    | Word::Tail
            ))
        )
}

/// 祝日は第2水曜日に変更
fn moved(cursor: &mut Cursor) -> Option<Rule> {
    cursor.take(Word::Holiday).then_some(())?;
    cursor.take_any(&[Word::InCase, Word::Topic]).then_some(())?;
    cursor.skip_all(&[Word::Separator]);
    let day = days::single_nth(cursor)?;
    let said = cursor.take(Word::MovedTo) || cursor.attempt(held_on).is_some();
    cursor.skip_all(&[Word::Tail]);
    said.then_some(Rule::HolidayMoved(day))
}

fn held_on(cursor: &mut Cursor) -> Option<()> {
    cursor.take(Word::To);
    cursor.take(Word::Held).then_some(())
}

/// 2月は第1水曜日
fn month_override(cursor: &mut Cursor) -> Option<Rule> {
    let months = dates::months(cursor)?;
    cursor.take_any(&[Word::Topic, Word::Colon]).then_some(())?;
    cursor.take(Word::EveryMonth);
    let day = days::single_nth(cursor)?;
    if !cursor.take(Word::MovedTo) {
        cursor.attempt(held_on);
    }
    cursor.skip_all(&[Word::Tail]);
    Some(Rule::Override { months, day })
}

/// 土日祝、年末年始を除く
fn closed(cursor: &mut Cursor) -> Option<Rule> {
    let (subjects, said) = subjects(cursor)?;
    let verb = cursor.attempt(|cursor| {
        cursor.take(Word::InCase);
        cursor.take_any(&[Word::Topic, Word::Object, Word::Also, Word::Colon]);
        cursor.skip_all(&[Word::Separator]);
        // 12月31日（改行）は休診
        cursor.attempt(|cursor| (cursor.take(Word::Break) && cursor.take(Word::Topic)).then_some(()));
        // 8月なし means no meeting; 祝日なし may mean that there is no holiday.
        let months = subjects.iter().all(|subject| matches!(subject, Subject::Months(_)));
        let closed = cursor.take_any(&[Word::Closed, Word::ClosedDays]) || (months && cursor.take(Word::Nil));
        closed.then_some(())
    });
    cursor.skip_all(&[Word::Closed, Word::Tail]);
    // 祝日休みあり, 年末年始休みあり: some of them, unless the days are given.
    let given =
        |subject: &Subject| matches!(subject, Subject::YearEnd(Some(_)) | Subject::Season(_, Some(_)));
    let some = cursor.take(Word::Exists) && !subjects.iter().all(given);
    let is_sure = half_days_are_sure(&subjects);
    ((verb.is_some() || said) && !some && is_sure).then_some(Rule::Closed(subjects))
}

/// 祝日も開催, 祝日を含む. If the list has weekdays, only も makes it a
/// statement instead of the days themselves.
fn held(cursor: &mut Cursor) -> Option<Rule> {
    let (subjects, said) = subjects(cursor)?;
    let special = subjects.iter().all(|s| matches!(s, Subject::Holidays | Subject::YearEnd(None)));
    // 祝日の場合も開催
    let in_case = special && cursor.is_word(0, Word::InCase) && cursor.is_word(1, Word::Also);
    if in_case {
        cursor.advance();
    }
    let also = cursor.take(Word::Also);
    if !also && special {
        cursor.take_any(&[Word::InCase, Word::Topic, Word::Object]);
    }
    let usual = cursor.take(Word::AsUsual);
    let verb = cursor.take_any(&[Word::Held, Word::Including]) | usual;
    cursor.skip_all(&[Word::Held, Word::Tail]);
    let some = cursor.is_word(0, Word::Exists);
    (!said && verb && !some && (also || special)).then_some(Rule::Held(subjects))
}

/// A list of closed subjects, and whether its last member states the closure itself (年末年始休み
/// 12/29～1/3), which ends the list.
fn subjects(cursor: &mut Cursor) -> Option<(Vec<Subject>, bool)> {
    let (first, said) = subject(cursor)?;
    let mut found = vec![first];
    if said {
        return Some((found, true));
    }
    while let Some((next, said)) = cursor.attempt(|cursor| {
        let dated = is_dated(found.last()?);
        let before = cursor.at();
        cursor.skip_all(&[Word::Separator, Word::Slash]);
        let separated = cursor.at() > before;
        let new_line = cursor.take(Word::Break);
        let months = matches!(found.last()?, Subject::Months(_));
        let marked = cursor.is_word(0, Word::EveryWeek);
        let begins = cursor.at();
        let (next, said) = subject(cursor)?;
        // 第1・3火曜・水曜休み: every Wednesday, or the first and third? Only 日祝 is sure.
        let with_holidays = cursor.is_word(0, Word::Holiday)
            || (cursor.is_word(0, Word::Separator) && cursor.is_word(1, Word::Holiday));
        if let (Subject::Nth { .. }, Subject::Weekdays(days)) = (found.last()?, &next)
            && !marked
            && !(days == &[Weekday::Sun] && with_holidays)
        {
            cursor.refuse(begins, Reason::NthScope);
        }
        // 月曜祝日の場合は休み is no list, 日曜祝日は休み is one.
        let of_weekend = |subject: &Subject| match subject {
            Subject::Weekdays(days) => days.len() > 1 || days == &[Weekday::Sun],
            _ => true,
        };
        if next == Subject::Holidays
            && !separated
            && (!of_weekend(found.last()?) || cursor.is_word(0, Word::InCase))
        {
            return None;
        }
        // Only dates continue on a new line: 毎週火曜（改行）祝日は休み are two
        // statements. 8月第2水曜 is not 8月、第2水曜.
        let apart = new_line && !(dated && is_dated(&next));
        let glued = !separated && (months || !(is_dated(&next) || next == Subject::Holidays));
        (!apart && !glued).then_some((next, said))
    }) {
        found.push(next);
        if said {
            return Some((found, true));
        }
    }
    Some((found, false))
}

fn is_dated(subject: &Subject) -> bool {
    matches!(subject, Subject::Dates(_) | Subject::Days(_) | Subject::YearEnd(_) | Subject::Season(..))
}

fn subject(cursor: &mut Cursor) -> Option<(Subject, bool)> {
    match cursor.word() {
        Some(Word::Holiday) => {
            cursor.advance();
            return Some((Subject::Holidays, false));
        }
        Some(Word::YearEnd) => {
            cursor.advance();
            let (span, said) = dated(cursor);
            return Some((Subject::YearEnd(span), said));
        }
        Some(Word::Season(label)) => {
            cursor.advance();
            let months = cursor.attempt(|cursor| bracketed(cursor, dates::months));
            if let Some(months) = months {
                return Some((Subject::Months(months), false));
            }
            let (span, said) = dated(cursor);
            return Some((Subject::Season(label, span), said));
        }
        Some(Word::WorkingDays) => {
            cursor.advance();
            return Some((Subject::Weekdays(days::WORKING_DAYS.to_vec()), false));
        }
        _ => {}
    }
    cursor.take_any(&[Word::EveryWeek, Word::EveryMonth]);
    let subject = cursor
        .attempt(dates::span)
        .map(Subject::Days)
        .or_else(|| cursor.attempt(dates::list).map(Subject::Dates))
        .or_else(|| cursor.attempt(dates::months).map(Subject::Months))
        .or_else(|| match cursor.attempt(days::nth)? {
            Days::Nth { nth, day } => Some(Subject::Nth { nth, day }),
            _ => None,
        })
        .or_else(|| cursor.attempt(half_day))
        .or_else(|| cursor.attempt(|cursor| days::weekdays(cursor, true)).map(Subject::Weekdays))?;
    Some((named_after(cursor, subject), false))
}

/// 木曜午後 in a list of closed days; of several days before it (木・土午後) the whole day may be closed.
fn half_day(cursor: &mut Cursor) -> Option<Subject> {
    let days = days::weekdays(cursor, true)?;
    let [day] = days[..] else { return None };
    let open = if cursor.take(Word::Pm) { Half::Am } else { cursor.take(Word::Am).then_some(Half::Pm)? };
    let goes_on = cursor.is_word(0, Word::Separator) || cursor.is_word(0, Word::Slash);
    (goes_on || list_ends(cursor)).then_some(Subject::HalfDay { day, open })
}

/// （12/29～1/3）, ：12/29～1/3, 休み 12/29～1/3 after a name.
fn dated(cursor: &mut Cursor) -> (Option<Span>, bool) {
    let found = cursor.attempt(|cursor| {
        let said = cursor.take(Word::Closed);
        cursor.take_any(&[Word::Topic, Word::Colon, Word::Of]);
        bracketed(cursor, dates::span).map(|span| (span, said))
    });
    match found {
        Some((span, said)) => (Some(span), said),
        None => (None, false),
    }
}

/// 12/29～1/3（年末年始）
fn named_after(cursor: &mut Cursor, subject: Subject) -> Subject {
    let Subject::Days(span) = subject else { return subject };
    let named = cursor.attempt(|cursor| {
        cursor.take(Word::Open).then_some(())?;
        let word = cursor.word()?;
        cursor.advance();
        cursor.take(Word::Closed);
        cursor.take(Word::Close).then_some(word)
    });
    match named {
        Some(Word::YearEnd) => Subject::YearEnd(Some(span)),
        Some(Word::Season(label)) => Subject::Season(label, Some(span)),
        _ => Subject::Days(span),
    }
}

fn bracketed<T>(cursor: &mut Cursor, inner: impl FnOnce(&mut Cursor) -> Option<T>) -> Option<T> {
    let open = cursor.take(Word::Open);
    let found = inner(cursor)?;
    (!open || cursor.take(Word::Close)).then_some(found)
}
