//! Reads hours of the day: 10:00～11:30, 午後1時半から3時, 9～12時. Days are read elsewhere.

use super::Reason;
use super::cursor::Cursor;
use super::tokens::Kind;
use super::words::Word;
use crate::recurrence::Session;
use chrono::NaiveTime;

/// An hour as printed.
#[derive(Clone, Copy, Debug)]
struct Clock {
    half: Option<Half>,
    hour: u32,
    minute: u32,
    approximate: bool,
    /// Only the number: 9 in 9～12時.
    bare: bool,
    /// 翌
    next_day: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    Am,
    Pm,
}

/// How the end of a session is printed.
enum End {
    At(Clock),
    /// 10:00～
    Open,
    /// 10:00 with nothing after it.
    Point,
}

/// Consecutive sessions; `Some(None)`: hours, but uncertain ones.
pub fn sessions(cursor: &mut Cursor) -> Option<Option<Vec<Session>>> {
    let from = cursor.at();
    let mut found = vec![];
    let mut points = 0;
    let mut sure = true;
    let mut afternoon = false;
    while let Some((start, end)) = cursor.attempt(|cursor| session(cursor, !found.is_empty() || !sure)) {
        points += usize::from(matches!(end, End::Point));
        match resolve(start, &end, afternoon) {
            Ok(Some(session)) => found.push(session),
            Ok(None) => return Some(Some(around_the_clock())),
            Err(Reason::AmbiguousHour) => {
                cursor.refuse(from, Reason::AmbiguousHour);
                sure = false;
            }
            Err(reason) => {
                cursor.refuse(from, reason);
                return Some(None);
            }
        }
        afternoon |=
            start.half == Some(Half::Pm) || matches!(end, End::At(Clock { half: Some(Half::Pm), .. }));
    }
    if found.is_empty() && sure {
        return cursor.take(Word::AroundTheClock).then(|| Some(around_the_clock()));
    }
    if points > 1 || (points == 1 && found.len() > 1) {
        cursor.refuse(from, Reason::LooseHours);
    } else if overlap(&found) {
        cursor.refuse(from, Reason::OverlappingHours);
    }
    Some(sure.then_some(found))
}

/// Reads and discards a single hour, as in 受付9:30.
pub fn arrival(cursor: &mut Cursor) -> bool {
    cursor.skip_all(&[Word::Topic, Word::Colon]);
    let until = |cursor: &mut Cursor| clock(cursor).filter(|_| cursor.take(Word::Until)).map(|_| ());
    cursor.attempt(|cursor| session(cursor, false)).is_some() || cursor.attempt(until).is_some()
}

fn around_the_clock() -> Vec<Session> {
    let midnight = Some(NaiveTime::MIN);
    vec![Session { start: midnight, end: midnight, approximate: false }]
}

fn session(cursor: &mut Cursor, follows: bool) -> Option<(Clock, End)> {
    if follows {
        cursor.take_any(&[Word::Separator, Word::Slash]);
    }
    let start = clock(cursor)?;
    if cursor.take_any(&[Word::Wave, Word::Dash, Word::From, Word::Since]) {
        let night = cursor.take(Word::Next);
        let end = match cursor.attempt(clock) {
            Some(end) if end.bare => return None,
            Some(end) => End::At(Clock { next_day: night, ..end }),
            None if start.bare || night => return None,
            None => End::Open,
        };
        cursor.take(Word::Until);
        let late = cursor.take(Word::About);
        cursor.take(Word::Until);
        return Some((Clock { approximate: start.approximate || late, ..start }, end));
    }
    // 12:00まで is an end, not a start.
    (!start.bare && !cursor.is_word(0, Word::Until)).then_some((start, End::Point))
}

fn clock(cursor: &mut Cursor) -> Option<Clock> {
    let half = [(Word::Am, Half::Am), (Word::Pm, Half::Pm)];
    let half = half.into_iter().find(|(word, _)| cursor.take(*word)).map(|(_, half)| half);
    if cursor.take(Word::Noon) {
        return half.is_none().then_some(Clock {
            half: Some(Half::Pm),
            hour: 0,
            minute: 0,
            approximate: false,
            bare: false,
            next_day: false,
        });
    }
    let hour = cursor.take_number()?;
    let (minute, bare) = match cursor.word() {
        Some(Word::Colon) => {
            cursor.advance();
            let two_digits = matches!(cursor.kind(0), Some(Kind::Number(_, 2)));
            (two_digits.then(|| cursor.take_number()).flatten()?, false)
        }
        Some(Word::HalfPast) => {
            cursor.advance();
            (30, false)
        }
        Some(Word::Hour) => {
            cursor.advance();
            (minutes(cursor), false)
        }
        Some(Word::Wave | Word::Dash) => (0, true),
        _ => return None,
    };
    let approximate = cursor.take(Word::About);
    Some(Clock { half, hour, minute, approximate, bare, next_day: false })
}

fn minutes(cursor: &mut Cursor) -> u32 {
    let written = cursor.attempt(|cursor| {
        let minute = cursor.take_number()?;
        cursor.take(Word::Minute).then_some(minute)
    });
    written.unwrap_or(0)
}

/// The session of printed hours; `Ok(None)`: the whole day. `afternoon`: an earlier hour of the same text was
/// marked 午後, so the text does not use the 24-hour clock.
fn resolve(start: Clock, end: &End, afternoon: bool) -> Result<Option<Session>, Reason> {
    let unmarked = start.half.is_none();
    if unmarked && (start.hour < 7 && !is_midnight(start, end) || afternoon && start.hour < 13) {
        return Err(Reason::AmbiguousHour);
    }
    let from = minute_of_day(start)?;
    if from == 24 * 60 {
        return Err(Reason::ImpossibleHour);
    }
    let approximate = start.approximate || matches!(end, End::At(end) if end.approximate);
    let until = match end {
        End::At(end) => Some(end_of(start, *end, from)?),
        _ => None,
    };
    if from == 0 && until == Some(24 * 60) {
        return Ok(None);
    }
    let time = |minutes: u32| NaiveTime::from_hms_opt(minutes / 60 % 24, minutes % 60, 0);
    Ok(Some(Session { start: time(from), end: until.and_then(time), approximate }))
}

fn is_midnight(start: Clock, end: &End) -> bool {
    start.hour == 0 && start.minute == 0 && matches!(end, End::At(_))
}

fn end_of(start: Clock, end: Clock, from: u32) -> Result<u32, Reason> {
    // 午後1時～3時: the mark applies to both hours; 午前10時～12時 ends at noon.
    let inherits = end.half.is_none()
        && !end.next_day
        && end.hour < 12
        && start.half == Some(Half::Pm)
        && start.hour < 13;
    let until = minute_of_day(Clock { half: if inherits { Some(Half::Pm) } else { end.half }, ..end })?;
    let by_night = from >= 20 * 60 && until <= 10 * 60 && start.half.is_none() && end.half.is_none();
    match (until > from, end.next_day) {
        (true, false) => Ok(until),
        (false, true) => Ok(until + 24 * 60),
        (false, false) if by_night => Ok(until + 24 * 60),
        (false, false) if end.half.is_none() && end.hour <= 12 => Err(Reason::AmbiguousHour),
        _ => Err(Reason::HoursReversed),
    }
}

fn minute_of_day(clock: Clock) -> Result<u32, Reason> {
    let whole = clock.hour < 24 || (clock.hour == 24 && clock.minute == 0);
    if !whole || clock.minute > 59 {
        return Err(Reason::ImpossibleHour);
    }
    let hour = match (clock.half, clock.hour) {
        // 午前12時, 午後12時: noon or midnight, depending on the writer.
        (Some(_), 12) => return Err(Reason::AmbiguousHour),
        (Some(Half::Am), 13..) => return Err(Reason::ImpossibleHour),
        (Some(Half::Pm), hour @ 0..12) => hour + 12,
        (Some(Half::Pm), 24) => return Err(Reason::ImpossibleHour),
        (_, hour) => hour,
    };
    Ok(hour * 60 + clock.minute)
}

fn overlap(sessions: &[Session]) -> bool {
    sessions.windows(2).any(|pair| match pair[0].end {
        Some(end) => pair[1].start < Some(end) || pair[0].start >= Some(end),
        None => pair[1].start <= pair[0].start,
    })
}
