//! A schedule prepared for many queries: which windows start on a date, and how certain they are.
//!
//! Rules apply in this order: base rule (with its months), closed seasons, holidays, the turn of the year,
//! cancelled dates, added dates; an added date wins over everything.

use std::sync::Arc;

use chrono::{Datelike, Days as DayCount, NaiveDate};

use super::{
    calendar::{self, HolidayKnowledge},
    opening_hours::{Certainty, DAY, Effect, Line, OpeningHours, Span, occurrence, within_year},
    reason::Reason,
    recurrence::{Closure, HolidayPolicy, MonthDay, Nth, NthWeekday, Session, WeatherPolicy, YearEndPolicy},
    schedule::{Rule, Schedule, Uncomputable},
};

mod week;

pub(super) use week::{Window, is_ordinary};

/// A [`Schedule`] prepared for queries. Make it once for each distinct schedule and keep it.
#[derive(Clone, Debug)]
pub struct Timetable {
    lines: Arc<[Line]>,
    /// Monday of a week with meetings, of a schedule that meets every other week.
    fortnight: Option<NaiveDate>,
    undated: Option<Uncomputable>,
    holidays: HolidayPolicy,
    /// Windows on public holidays, when they have hours of their own.
    own_hours: Vec<Span>,
    year_end: YearEndPolicy,
    closures: Vec<(MonthDay, MonthDay, Reason)>,
    cancelled: Vec<NaiveDate>,
    added: Vec<NaiveDate>,
    by_appointment: bool,
    weather: WeatherPolicy,
    valid_from: Option<NaiveDate>,
    valid_to: Option<NaiveDate>,
    /// The windows of an ordinary week, where all weeks are alike.
    week: Option<week::Week>,
}

/// The windows that start on one date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// Windows in order of start; empty: none.
    pub spans: Vec<Span>,
    /// How certain it is that the windows take place.
    pub status: Status,
    /// Reason for which there are no windows although the rule has some, or
    /// for which the status is not planned.
    pub reason: Option<Reason>,
}

/// How certain it is that the windows of a day take place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// As the schedule says (予定).
    Planned,
    /// A holiday or the turn of the year, and the source does not say whether
    /// it is held then (祝日のため要確認).
    HolidayUnconfirmed,
    /// Called off; still listed, so that people see it (中止).
    Cancelled,
    /// Held only if the day becomes a public holiday, which has hours of its
    /// own: no meeting, but not surely closed.
    OnlyIfHoliday,
}

impl Timetable {
    /// Prepares a schedule.
    pub fn new(schedule: &Schedule) -> Self {
        let schedule = schedule.clone().canonical();
        let closure =
            |closure: Closure| (closure.from, closure.to, Reason::Season(closure.label.map(Arc::from)));
        let mut new = Self {
            lines: schedule.hours().map(OpeningHours::shared_lines).unwrap_or_default(),
            fortnight: match schedule.rule {
                Rule::Fortnightly { from, .. } => Some(monday(from)),
                Rule::Hours(_) | Rule::Undated { .. } => None,
            },
            undated: schedule.uncomputable(),
            own_hours: match &schedule.holidays {
                HolidayPolicy::OwnHours(sessions) => spans(sessions),
                _ => vec![],
            },
            holidays: schedule.holidays,
            year_end: schedule.year_end,
            closures: schedule.closures.into_iter().map(closure).collect(),
            cancelled: schedule.cancelled,
            added: schedule.added,
            by_appointment: schedule.by_appointment,
            weather: schedule.weather,
            valid_from: schedule.valid_from,
            valid_to: schedule.valid_to,
            week: None,
        };
        new.week = new.ordinary_week();
        new
    }

    /// The windows that start on a date. A window that runs past midnight
    /// belongs to the day on which it starts.
    pub fn day(&self, date: NaiveDate) -> Day {
        if self.added.binary_search(&date).is_ok() {
            return Day::planned(self.added_spans(date));
        }
        if self.undated.is_some() || !self.in_force(date) {
            return Day::planned(vec![]);
        }
        let day = self.regular(date);
        let cancelled = !day.spans.is_empty() && self.cancelled.binary_search(&date).is_ok();
        match day.status {
            _ if !cancelled => day,
            Status::OnlyIfHoliday => Day::off(Reason::Cancelled),
            _ => Day { status: Status::Cancelled, reason: Some(Reason::Cancelled), ..day },
        }
    }

    /// Whether a date lies within the validity of the schedule, or is an added date.
    pub fn in_force(&self, date: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= date) && self.valid_to.is_none_or(|to| date <= to)
            || self.added.binary_search(&date).is_ok()
    }

    /// Reason for which the schedule is closed on a date whatever the weekday: called off, out of season, a
    /// holiday, the turn of the year.
    pub(super) fn closes_beyond_rule(&self, date: NaiveDate) -> Option<Reason> {
        if self.added.binary_search(&date).is_ok() {
            return None;
        }
        if self.cancelled.binary_search(&date).is_ok() {
            return Some(Reason::Cancelled);
        }
        if let Some((_, _, reason)) = self.closure(date) {
            return Some(reason.clone());
        }
        if calendar::is_year_end(date) {
            match self.year_end {
                YearEndPolicy::Held => return None,
                YearEndPolicy::Cancelled => return Some(Reason::YearEnd),
                YearEndPolicy::AsUsual | YearEndPolicy::Unknown => {}
            }
        }
        match (calendar::holiday(date), &self.holidays) {
            (HolidayKnowledge::Holiday(name), HolidayPolicy::Cancelled | HolidayPolicy::Moved(_)) => {
                Some(Reason::Holiday(name))
            }
            _ => None,
        }
    }

    /// Whether the schedule explicitly holds on a date on which the house is closed for this reason.
    pub(super) fn holds_in_spite_of(&self, reason: &Reason, date: NaiveDate) -> bool {
        match reason {
            _ if self.added.binary_search(&date).is_ok() => true,
            Reason::Holiday(_) => matches!(self.holidays, HolidayPolicy::Held | HolidayPolicy::OwnHours(_)),
            Reason::YearEnd => self.year_end == YearEndPolicy::Held,
            _ => false,
        }
    }

    /// Reason for which it has no computed dates; `None`: it has.
    pub fn undated(&self) -> Option<Uncomputable> {
        self.undated
    }

    /// Whether an appointment is needed (要予約).
    pub fn by_appointment(&self) -> bool {
        self.by_appointment
    }

    /// Weather in which the meeting is called off (天候).
    pub fn weather(&self) -> WeatherPolicy {
        self.weather
    }

    /// The comment of the rule that closes a day: `Dec 1-Mar 31 off "冬期休止"`.
    pub(super) fn comment_on_closing(&self, date: NaiveDate) -> Option<Reason> {
        let last = self.lines.iter().rev().find(|line| line.days.contains(date))?;
        let comment = last.comment.clone().filter(|_| last.effect == Effect::Close)?;
        Some(Reason::Comment(comment))
    }

    fn regular(&self, date: NaiveDate) -> Day {
        let base = self.base(date);
        let only_on_its_days = !matches!(self.holidays, HolidayPolicy::Moved(_) | HolidayPolicy::OwnHours(_));
        if base.is_empty() && only_on_its_days {
            return Day::planned(base);
        }
        if let Some((_, _, reason)) = self.closure(date) {
            return if base.is_empty() { Day::planned(base) } else { Day::off(reason.clone()) };
        }
        let day = match calendar::holiday(date) {
            _ if self.holidays == HolidayPolicy::Held => Day::planned(base),
            HolidayKnowledge::Ordinary => Day::planned(self.or_moved_here(base, date)),
            HolidayKnowledge::Holiday(name) => self.on_holiday(date, base, name),
            HolidayKnowledge::NotAnnounced => self.unannounced(date, base),
        };
        self.at_turn_of_year(date, day)
    }

    fn on_holiday(&self, date: NaiveDate, base: Vec<Span>, name: &'static str) -> Day {
        let held = self.held_at_turn_of_year(date);
        match &self.holidays {
            HolidayPolicy::OwnHours(_) if self.in_season(date) => Day::planned(self.own_hours.clone()),
            HolidayPolicy::Moved(to) if !held && is_nth(date, *to) => {
                Day::unconfirmed(self.or_moved_here(base, date), Reason::HolidayUnconfirmed)
            }
            _ if base.is_empty() => Day::planned(base),
            HolidayPolicy::Cancelled | HolidayPolicy::Moved(_) if !held => Day::off(Reason::Holiday(name)),
            HolidayPolicy::Unknown if !held => Day::unconfirmed(base, Reason::HolidayUnconfirmed),
            _ => Day::planned(base),
        }
    }

    fn unannounced(&self, date: NaiveDate, base: Vec<Span>) -> Day {
        let reason = Reason::HolidaysNotAnnounced;
        match &self.holidays {
            HolidayPolicy::OwnHours(_) if base.is_empty() && !self.in_season(date) => Day::planned(base),
            HolidayPolicy::OwnHours(_) if base.is_empty() => {
                Day { spans: self.own_hours.clone(), status: Status::OnlyIfHoliday, reason: Some(reason) }
            }
            // The regular or the holiday hours may hold: the day is certain, its times are not.
            HolidayPolicy::OwnHours(_) => Day::unconfirmed(vec![Span::untimed()], reason),
            _ => Day::unconfirmed(self.or_moved_here(base, date), reason),
        }
    }

    fn at_turn_of_year(&self, date: NaiveDate, day: Day) -> Day {
        if !calendar::is_year_end(date) || day.spans.is_empty() {
            return day;
        }
        match self.year_end {
            YearEndPolicy::Held | YearEndPolicy::AsUsual => day,
            YearEndPolicy::Cancelled => Day::off(Reason::YearEnd),
            YearEndPolicy::Unknown if day.status == Status::Planned => {
                Day::unconfirmed(day.spans, Reason::YearEndUnconfirmed)
            }
            YearEndPolicy::Unknown => day,
        }
    }

    /// Whether the turn of the year is held on a date; this includes New
    /// Year's Day, which is a public holiday.
    fn held_at_turn_of_year(&self, date: NaiveDate) -> bool {
        calendar::is_year_end(date) && self.year_end == YearEndPolicy::Held
    }

    /// The day's own windows; without any, those of a meeting that a holiday moves to this day. Several
    /// meetings that move to it are one.
    fn or_moved_here(&self, base: Vec<Span>, date: NaiveDate) -> Vec<Span> {
        let HolidayPolicy::Moved(to) = &self.holidays else { return base };
        if !base.is_empty() || !is_nth(date, *to) {
            return base;
        }
        let month = (1..=31).filter_map(|day| date.with_day(day));
        month
            .filter(|day| self.moves_away(*day))
            .map(|day| self.base(day))
            .find(|base| !base.is_empty())
            .unwrap_or(base)
    }

    fn moves_away(&self, date: NaiveDate) -> bool {
        calendar::holiday(date) != HolidayKnowledge::Ordinary
            && self.in_force(date)
            && self.closure(date).is_none()
            && !self.held_at_turn_of_year(date)
    }

    /// Whether any rule opens in this part of the year: hours for holidays do not apply in excluded months.
    fn in_season(&self, date: NaiveDate) -> bool {
        self.lines.iter().any(|line| line.effect != Effect::Close && line.days.in_season(date))
    }

    fn closure(&self, date: NaiveDate) -> Option<&(MonthDay, MonthDay, Reason)> {
        self.closures.iter().find(|(from, to, _)| within_year(date, *from, *to))
    }

    /// The regular rule alone.
    fn base(&self, date: NaiveDate) -> Vec<Span> {
        let mut spans = vec![];
        if self.fortnight.is_some_and(|meets| (monday(date) - meets).num_weeks() % 2 != 0) {
            return spans;
        }
        for line in self.lines.iter().filter(|line| line.days.contains(date)) {
            match line.effect {
                Effect::Replace => spans.clone_from(&line.spans),
                Effect::Add => spans.extend_from_slice(&line.spans),
                Effect::Close => spans = line.spans.iter().fold(spans, cut),
            }
        }
        if !spans.is_sorted() {
            spans.sort();
        }
        spans.dedup();
        spans
    }

    /// The windows of an added date: those of its day; without any, those that
    /// all days share, else unknown times.
    fn added_spans(&self, date: NaiveDate) -> Vec<Span> {
        let regular = self.regular(date);
        let on_the_day = if regular.spans.is_empty() { self.base(date) } else { regular.spans };
        if !on_the_day.is_empty() {
            return on_the_day;
        }
        self.usual_spans().unwrap_or_else(|| vec![Span::untimed()])
    }

    /// The windows that all days of the rule share; `None` when they differ, or when there is no rule.
    fn usual_spans(&self) -> Option<Vec<Span>> {
        let opening: Vec<&Line> = self.lines.iter().filter(|line| line.effect != Effect::Close).collect();
        let of_same_days = opening.chunk_by(|one, next| next.effect == Effect::Add && one.days == next.days);
        let mut windows = of_same_days.map(|lines| {
            let mut spans: Vec<_> = lines.iter().flat_map(|line| line.spans.clone()).collect();
            spans.sort();
            spans
        });
        let first = windows.next()?;
        windows.all(|spans| spans == first).then_some(first)
    }
}

impl Day {
    fn planned(spans: Vec<Span>) -> Self {
        Self { spans, status: Status::Planned, reason: None }
    }

    fn off(reason: Reason) -> Self {
        Self { spans: vec![], status: Status::Planned, reason: Some(reason) }
    }

    fn unconfirmed(spans: Vec<Span>, reason: Reason) -> Self {
        if spans.is_empty() {
            return Self::planned(spans);
        }
        Self { spans, status: Status::HolidayUnconfirmed, reason: Some(reason) }
    }
}

/// The windows of sessions; without any, one window of unknown times.
fn spans(sessions: &[Session]) -> Vec<Span> {
    let mut spans: Vec<_> = sessions.iter().filter_map(Session::span).collect();
    if spans.is_empty() {
        spans.push(Span::untimed());
    }
    spans.sort();
    spans.dedup();
    spans
}

/// Cuts closed hours out of windows. Closed hours that last until midnight
/// or later end a window for the night.
fn cut(spans: Vec<Span>, gap: &Span) -> Vec<Span> {
    let mut left = Vec::with_capacity(spans.len() + 1);
    for span in spans {
        if gap.is_whole_day() {
            continue;
        }
        let apart = gap.end <= span.start || span.end.max(span.start + 1) <= gap.start;
        if apart || span.certainty == Certainty::Untimed {
            left.push(span);
            continue;
        }
        if span.start < gap.start {
            left.push(Span { end: gap.start, open_end: false, ..span.clone() });
        }
        if gap.end < DAY && (gap.end < span.end || span.open_end) {
            left.push(Span { start: gap.end, end: span.end.max(gap.end), ..span });
        }
    }
    left
}

fn is_nth(date: NaiveDate, day: NthWeekday) -> bool {
    let bit = match day.nth {
        Nth::Of(nth @ 1..=5) => 1 << (nth - 1),
        Nth::Of(_) => 0,
        Nth::Last => 1 << 5,
    };
    date.weekday() == day.weekday && occurrence(date) & bit != 0
}

/// The Monday of the week of a date.
fn monday(date: NaiveDate) -> NaiveDate {
    let passed = u64::from(date.weekday().num_days_from_monday());
    date.checked_sub_days(DayCount::new(passed)).unwrap_or(date)
}

/// The end of the day that contains a minute of a span.
pub(super) fn end_of_day(minute: u16) -> u16 {
    (minute / DAY + 1) * DAY
}
