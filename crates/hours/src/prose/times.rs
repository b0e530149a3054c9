//! Reads hours of the day: 10:00～11:30, 午後1時半から3時, 9～12時. Days are read elsewhere.

use super::clock::{Clock, clock, minute_of_day};
use super::cursor::Cursor;
use super::items::{Half, Rule};
use super::tokens::{Kind, Token};
use super::words::Word;
use super::{Reason, partial};
use crate::recurrence::Session;
use chrono::{NaiveTime, Weekday};

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
    let earlier = cursor.afternoon;
    while let Some((start, end)) = cursor.attempt(|cursor| next(cursor, &found, !sure)) {
        points += usize::from(matches!(end, End::Point));
        // 火曜 午後7時～9時 木曜 7時～9時
        let unsure = earlier && start.half.is_none() && start.hour < 9;
        match if unsure { Err(Reason::AmbiguousHour) } else { resolve(start, &end, afternoon) } {
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
        cursor.afternoon |= afternoon;
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

/// The next session after `found`. A break within these (昼休み 12:00～13:00, 12:00～13:00は休憩) is a statement of its
/// own; 9:00～12:00 昼休み 13:00～17:00 are two sessions.
fn next(cursor: &mut Cursor, found: &[Session], unsure: bool) -> Option<(Clock, End)> {
    let follows = unsure || !found.is_empty();
    if follows {
        let at = cursor.at();
        cursor.take_any(&[Word::Separator, Word::Slash]);
        let begins = cursor.at();
        let pause = cursor.attempt(partial::pause);
        if let Some(Rule::Pause { session, .. }) = pause
            && without(found, session).is_some()
        {
            return None;
        }
        cursor.go_to(begins);
        match cursor.take(Word::Pause) {
            true => cursor.skip_all(&[Word::Colon, Word::Topic, Word::Dash]),
            false => cursor.go_to(at),
        }
    }
    session(cursor, follows)
}

/// の間は閉局, 昼休憩, は休診 after a span of hours; not 休館日：, nor 休み：, which begin a statement.
pub fn is_pause(cursor: &mut Cursor) -> Option<()> {
    cursor.take(Word::Between);
    cursor.take_any(&[Word::Topic, Word::Object]);
    cursor.skip_all(&[Word::Separator]);
    cursor.take_any(&[Word::Pause, Word::Closed]).then_some(())?;
    let heading = matches!(
        cursor.kind(0),
        Some(Kind::Weekday { .. } | Kind::Number(..) | Kind::Word(Word::Colon | Word::Topic | Word::Holiday))
    );
    (!heading).then_some(())
}

/// The sessions without the break; `None` unless it lies within exactly one of them.
pub fn without(sessions: &[Session], pause: Session) -> Option<Vec<Session>> {
    let contains = |session: &Session| session.start < pause.start && pause.end < session.end;
    let ordered = |session: &Session| session.start < session.end;
    let at = sessions.iter().position(|session| contains(session) && ordered(session))?;
    let whole = sessions[at];
    let parts = [Session { end: pause.start, ..whole }, Session { start: pause.end, ..whole }];
    Some(sessions[..at].iter().copied().chain(parts).chain(sessions[at + 1..].iter().copied()).collect())
}

/// Reads and discards hours of arrival, as in 受付9:30.
pub fn arrival(cursor: &mut Cursor) -> bool {
    cursor.skip_all(&[Word::Topic, Word::Colon]);
    let until = |cursor: &mut Cursor| clock(cursor).filter(|_| cursor.take(Word::Until)).map(|_| ());
    let found = cursor.attempt(|cursor| session(cursor, false)).is_some() || cursor.attempt(until).is_some();
    // 受付8:30～11:30、13:30～16:30
    while found && !cursor.is_word(0, Word::Begin) && cursor.attempt(|cursor| session(cursor, true)).is_some()
    {
    }
    found
}

/// Whether hours begin here; takes nothing.
pub fn follow(cursor: &mut Cursor) -> bool {
    let (at, unread) = (cursor.at(), cursor.unread.len());
    let found = session(cursor, false).is_some();
    cursor.go_to(at);
    cursor.unread.truncate(unread);
    found
}

/// The one session that begins here: 12:30～14:00.
pub fn single(cursor: &mut Cursor) -> Option<Session> {
    let (start, end) = session(cursor, false)?;
    match (resolve(start, &end, false), end) {
        (Ok(Some(session)), End::At(_)) => Some(session),
        _ => None,
    }
}

/// The hour of a text that contains nothing else.
pub fn only(text: &str, tokens: &[Token]) -> Option<NaiveTime> {
    let cursor = &mut Cursor::new(text, tokens);
    let at = clock(cursor).filter(|at| !(at.bare || at.compact || at.dotted || at.approximate))?;
    let minutes = minute_of_day(at, 23).ok().filter(|_| cursor.kind(0).is_none())?;
    NaiveTime::from_hms_opt(minutes / 60 % 24, minutes % 60, 0)
}

/// A single hour without a span: the 16:00 of 16:00まで.
pub fn moment(cursor: &mut Cursor) -> Option<NaiveTime> {
    let at = clock(cursor).filter(|at| !(at.bare || at.compact || at.dotted || at.approximate))?;
    let minutes = minute_of_day(at, 23).ok().filter(|minutes| *minutes >= 7 * 60 || at.half.is_some())?;
    NaiveTime::from_hms_opt(minutes / 60, minutes % 60, 0)
}

fn around_the_clock() -> Vec<Session> {
    let midnight = Some(NaiveTime::MIN);
    vec![Session { start: midnight, end: midnight, approximate: false }]
}

fn session(cursor: &mut Cursor, follows: bool) -> Option<(Clock, End)> {
    if follows {
        cursor.take_any(&[Word::Separator, Word::Slash, Word::Dot]);
    }
    let after_days = cursor.at().checked_sub(1).and_then(|at| cursor.token(at)).is_some_and(ends_days);
    let start = clock(cursor)?;
    if cursor.take_any(&[Word::Wave, Word::Dash, Word::From, Word::Since]) {
        let night = cursor.take(Word::Next);
        cursor.take(Word::EndTime);
        let end = match cursor.attempt(clock) {
            Some(end) if end.bare => return None,
            Some(end) => End::At(Clock { next_day: night, ..end }),
            None if start.bare && after_days => End::At(cursor.attempt(|cursor| bare_end(cursor, start))?),
            None if start.bare || start.compact || night || is_shared(cursor) => return None,
            None => End::Open,
        };
        let mistyped = |end: &Clock| start.bare && (end.compact || end.dotted);
        if matches!(&end, End::At(end) if mistyped(end)) || unsure_sign(start, &end) {
            return None;
        }
        cursor.take(Word::Until);
        let late = cursor.take(Word::About);
        cursor.take(Word::Until);
        return Some((Clock { approximate: start.approximate || late, ..start }, end));
    }
    if start.bare || start.compact || start.dotted {
        return None;
    }
    if let Some(end) = cursor.attempt(end_after_begin) {
        return Some((start, End::At(end)));
    }
    // 10:00開始; in 開場9:30 開始10:00 it belongs to the hour after it.
    if !matches!(cursor.kind(1), Some(Kind::Number(..))) {
        cursor.take(Word::Begin);
    }
    // 12:00まで is an end, not a start.
    (!cursor.is_word(0, Word::Until)).then_some((start, End::Point))
}

/// 10:00開始 12:00終了: the end of the hour before.
fn end_after_begin(cursor: &mut Cursor) -> Option<Clock> {
    cursor.take(Word::Begin).then_some(())?;
    cursor.take_any(&[Word::Separator, Word::Slash]);
    let end = clock(cursor).filter(|end| !(end.bare || end.compact || end.dotted))?;
    cursor.take(Word::EndTime).then_some(end)
}

/// 月：8:00-金：21:00 is one span of days and hours, not two beginnings.
fn is_shared(cursor: &mut Cursor) -> bool {
    let at = cursor.at();
    let dash = at.checked_sub(1).and_then(|at| cursor.token(at)) == Some(Kind::Word(Word::Dash));
    let day = cursor.take_weekday().is_some();
    cursor.take_any(&[Word::Colon, Word::Topic]);
    let point = matches!(cursor.attempt(|cursor| session(cursor, false)), Some((_, End::Point)));
    cursor.go_to(at);
    day && (dash || point)
}

/// Whether hours may follow without any sign of an hour: 月～金9-19.
fn ends_days(kind: Kind) -> bool {
    matches!(kind, Kind::Weekday { .. } | Kind::Word(Word::Colon | Word::Holiday | Word::Close | Word::Open))
}

/// The 19 of 月～金9-19: only a span that can be nothing but morning to evening.
fn bare_end(cursor: &mut Cursor, start: Clock) -> Option<Clock> {
    let hour = cursor.take_number()?;
    let unit =
        matches!(cursor.kind(0), Some(Kind::Number(..) | Kind::Word(Word::Dash | Word::Wave | Word::Slash)))
            || [Weekday::Mon, Weekday::Sun].iter().any(|unit| {
                // 9-19日 and 9-19月 are days and months, unless hours follow: 9-19日9-17.
                cursor.is_unit(0, *unit)
                    && !matches!(cursor.kind(1), Some(Kind::Number(..) | Kind::Word(Word::Colon)))
            });
    let day = (6..=12).contains(&start.hour) && (13..=24).contains(&hour) && start.half.is_none();
    (day && !unit).then_some(Clock { half: None, hour, minute: 0, ..start })
}

/// 9.00 and 900 are hours only as both ends of a plausible span; otherwise they may be dates, years or numbers.
fn unsure_sign(start: Clock, end: &End) -> bool {
    let End::At(end) = end else { return start.dotted || start.compact };
    let odd = |clock: &Clock| (clock.dotted || clock.compact) && !clock.minute.is_multiple_of(5);
    let both = (start.dotted || start.compact) && (end.dotted || end.compact);
    let signs = both || start.dotted || start.compact || end.dotted || end.compact;
    let ascending = (start.hour, start.minute) < (end.hour, end.minute) && start.hour >= 5;
    odd(&start) || odd(end) || (signs && !ascending)
}

/// The session of printed hours; `Ok(None)`: the whole day. `afternoon`: an earlier hour of the same text was
/// marked 午後, so the text does not use the 24-hour clock.
fn resolve(start: Clock, end: &End, afternoon: bool) -> Result<Option<Session>, Reason> {
    let unmarked = start.half.is_none();
    // 6:00-14:00 can only begin in the morning.
    let by_day =
        matches!(end, End::At(end) if start.hour >= 5 && end.half.is_none() && (13..24).contains(&end.hour));
    if unmarked && (start.hour < 7 && !is_midnight(start, end) && !by_day || afternoon && start.hour < 13) {
        return Err(Reason::AmbiguousHour);
    }
    let start = match end {
        End::At(end) => noon_start(start, *end),
        _ => start,
    };
    let from = minute_of_day(start, 23)?;
    if from >= 24 * 60 {
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

/// 午後12時30分～3時 can only begin after noon.
fn noon_start(start: Clock, end: Clock) -> Clock {
    let until_evening = end.half != Some(Half::Am) && (1..12).contains(&end.hour) && !end.next_day;
    match (start.half, start.hour) {
        (Some(Half::Pm), 12) if until_evening => Clock { hour: 0, ..start },
        _ => start,
    }
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
    // 午前9時～午前12時 ends at noon.
    let noon = end.half == Some(Half::Am) && end.hour == 12 && end.minute == 0 && !end.next_day;
    let end = if noon && (1..12 * 60).contains(&from) { Clock { half: None, ..end } } else { end };
    let until = minute_of_day(Clock { half: if inherits { Some(Half::Pm) } else { end.half }, ..end }, 29)?;
    if until > 24 * 60 {
        // 18:00～25:30 ends on the following day.
        return if until - from <= 24 * 60 { Ok(until) } else { Err(Reason::ImpossibleHour) };
    }
    let by_night = from >= 20 * 60 && until <= 7 * 60 && start.half.is_none() && end.half.is_none();
    match (until > from, end.next_day) {
        (true, false) => Ok(until),
        (false, true) => Ok(until + 24 * 60),
        (false, false) if by_night => Ok(until + 24 * 60),
        (false, false) if end.half.is_none() && end.hour <= 12 => Err(Reason::AmbiguousHour),
        _ => Err(Reason::HoursReversed),
    }
}

fn overlap(sessions: &[Session]) -> bool {
    sessions.windows(2).any(|pair| match pair[0].end {
        Some(end) => pair[1].start < Some(end) || pair[0].start >= Some(end),
        None => pair[1].start <= pair[0].start,
    })
}
