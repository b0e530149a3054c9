//! Reads one hour of the day as it is printed: 9:00, 午後1時半, 正午, 9.00, 900.

use super::Reason;
use super::cursor::Cursor;
use super::items::Half;
use super::tokens::Kind;
use super::words::Word;

/// An hour as printed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clock {
    pub half: Option<Half>,
    pub hour: u32,
    pub minute: u32,
    pub approximate: bool,
    /// Only the number: 9 in 9～12時.
    pub bare: bool,
    /// 900
    pub compact: bool,
    /// 9.00
    pub dotted: bool,
    /// 翌
    pub next_day: bool,
}

/// The hour that begins here.
pub fn clock(cursor: &mut Cursor) -> Option<Clock> {
    let half = [(Word::Am, Half::Am), (Word::Pm, Half::Pm)];
    let half = half.into_iter().find(|(word, _)| cursor.take(*word)).map(|(_, half)| half);
    if half.is_some() {
        // 午前は診療開始時間8時30分から
        cursor.take(Word::Topic);
    }
    cursor.attempt(|cursor| {
        cursor.take(Word::Begin).then_some(())?;
        matches!(cursor.kind(0), Some(Kind::Number(..))).then_some(())
    });
    if cursor.take(Word::Noon) {
        return half.is_none().then_some(Clock {
            half: Some(Half::Pm),
            hour: 0,
            minute: 0,
            ..Clock::default()
        });
    }
    let length = match cursor.kind(0)? {
        Kind::Number(_, length) => length,
        _ => return None,
    };
    let hour = cursor.take_number()?;
    let mut clock = Clock { half, hour, ..Clock::default() };
    match cursor.word() {
        _ if length > 2 => {
            (clock.hour, clock.minute, clock.compact) = (hour / 100, hour % 100, true);
            if half.is_some() {
                return None;
            }
        }
        Some(Word::Colon | Word::Semicolon) => {
            cursor.advance();
            // 9:0 is a mistyped 9:00.
            clock.minute = match cursor.kind(0) {
                Some(Kind::Number(0, 1)) => cursor.take_number()?,
                _ => two_digits(cursor)?,
            };
            cursor.attempt(no_seconds);
            cursor.take(Word::Minute);
        }
        Some(Word::Dot) => {
            cursor.advance();
            (clock.minute, clock.dotted) = (two_digits(cursor)?, true);
        }
        Some(Word::HalfPast) => {
            cursor.advance();
            clock.minute = 30;
        }
        Some(Word::Hour) => {
            cursor.advance();
            clock.minute = minutes(cursor);
        }
        Some(Word::Wave | Word::Dash) => clock.bare = true,
        _ => return None,
    }
    clock.approximate = cursor.take(Word::About);
    Some(clock)
}

fn two_digits(cursor: &mut Cursor) -> Option<u32> {
    matches!(cursor.kind(0), Some(Kind::Number(_, 2))).then(|| cursor.take_number()).flatten()
}

/// The last part of 9:00:00, not the next hour.
fn no_seconds(cursor: &mut Cursor) -> Option<()> {
    cursor.take(Word::Colon).then_some(())?;
    let seconds = two_digits(cursor)?;
    (seconds == 0 && !cursor.is_word(0, Word::Colon)).then_some(())
}

fn minutes(cursor: &mut Cursor) -> u32 {
    let written = cursor.attempt(|cursor| {
        let minute = cursor.take_number()?;
        cursor.take(Word::Minute).then_some(minute)
    });
    written.unwrap_or(0)
}

/// `latest`: the last hour that may be named; an end may be 25:00 to 29:59, or 24:00.
pub fn minute_of_day(clock: Clock, latest: u32) -> Result<u32, Reason> {
    if clock.hour > latest.max(23) && (clock.hour, clock.minute) != (24, 0) || clock.minute > 59 {
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
