//! The content of a rule independent of language: the days on which it meets, its exceptions, its closures.

use chrono::{NaiveDate, Weekday};

use crate::{
    opening_hours::{Days, Effect, Line, Span},
    recurrence::MonthDay,
};

/// One statement of a rule. Later statements win over earlier ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Item {
    Meets {
        days: Said,
        spans: Vec<Span>,
    },
    /// Other windows on days that an earlier statement covers.
    Instead {
        days: Said,
        spans: Vec<Span>,
    },
    /// Other days in this month, at the usual times.
    MonthMeets {
        month: u8,
        days: Said,
    },
    /// No meetings in these months; bit 1 is January.
    MonthsClosed(u16),
    /// No meetings on these days, or none in these hours of them.
    Closed {
        days: Said,
        spans: Vec<Span>,
        comment: Option<String>,
    },
}

/// Days in terms that can be put into words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// Only in these months; zero for all.
    pub months: u16,
    /// Only between these days of the year.
    pub yearly: Vec<(MonthDay, MonthDay)>,
    /// Only between these dates.
    pub dated: Vec<(NaiveDate, NaiveDate)>,
    /// Days of each month, instead of weekdays.
    pub month_days: Vec<u8>,
    /// Weekdays, grouped by their occurrences in the month; empty: every day.
    pub weekdays: Vec<(Occurrences, Vec<Weekday>)>,
}

/// Occurrences of a weekday in its month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Occurrences {
    Every,
    /// Counted from the start, and from the end (1 is the last).
    These {
        from_start: Vec<u8>,
        from_end: Vec<u8>,
    },
    /// All but these.
    AllBut(Vec<u8>),
}

/// The statements of a rule in order; `None` when one of them cannot be put into words.
pub(super) fn outline(lines: &[Line]) -> Option<Vec<Item>> {
    let rules = rules(lines);
    let (first, rest) = rules.split_first()?;
    let mut items = vec![];
    let months = Months::left_out(first, rest);
    for (place, rule) in rules.iter().enumerate() {
        let (mut days, spans) = (said(&rule.line.days)?, rule.spans.clone());
        let earlier = || rules[..place].iter().any(|earlier| may_meet(&earlier.line.days, &rule.line.days));
        items.push(match rule.line.effect {
            Effect::Close => {
                let comment = rule.line.comment.as_deref().map(str::to_owned);
                Item::Closed { days, spans, comment }
            }
            Effect::Replace if place > 0 && months.changed & rule.line.days.months != 0 => {
                let month = rule.line.days.months.trailing_zeros() as u8;
                days.months = 0;
                Item::MonthMeets { month, days }
            }
            Effect::Replace if earlier() => Item::Instead { days, spans },
            Effect::Replace | Effect::Add => {
                if place == 0 && months.any() {
                    days.months = 0;
                }
                Item::Meets { days, spans }
            }
        });
    }
    if months.closed != 0 {
        items.insert(1, Item::MonthsClosed(months.closed));
    }
    Some(items)
}

/// A line with the windows that following lines add to the same days.
struct Rule<'a> {
    line: &'a Line,
    spans: Vec<Span>,
}

fn rules(lines: &[Line]) -> Vec<Rule<'_>> {
    let same = |one: &Line, next: &Line| {
        one.effect != Effect::Close && next.effect == Effect::Add && one.days == next.days
    };
    let rule = |lines: &'_ [Line]| {
        let mut spans: Vec<_> = lines.iter().flat_map(|line| line.spans.clone()).collect();
        spans.sort();
        spans
    };
    lines.chunk_by(same).map(|lines| Rule { line: &lines[0], spans: rule(lines) }).collect()
}

/// Months that the first rule omits, where naming these is shorter than naming the others.
#[derive(Default)]
struct Months {
    /// Months that have days of their own at the same times.
    changed: u16,
    /// Months that no rule names.
    closed: u16,
}

impl Months {
    const ALL: u16 = 0b1_1111_1111_1110;
    /// Most months that are named as omitted.
    const MOST: u32 = 5;

    fn left_out(first: &Rule, rest: &[Rule]) -> Self {
        let named = first.line.days.months;
        let left_out = Self::ALL & !named;
        let meets = first.line.effect != Effect::Close;
        if !meets || !only_months(&first.line.days) || left_out.count_ones() > Self::MOST {
            return Self::default();
        }
        let mut changed = 0;
        for rule in rest.iter().filter(|rule| rule.line.effect != Effect::Close) {
            let days = &rule.line.days;
            let own = days.months & left_out;
            let replaces =
                rule.line.effect == Effect::Replace && rule.spans == first.spans && !days.any_weekday();
            let is_change = replaces && days.months.count_ones() == 1 && changed & own == 0;
            // An omitted month that differs in more than its days needs statements of its own.
            if !only_months(days) || own != 0 && !is_change {
                return Self::default();
            }
            changed |= own;
        }
        Self { changed, closed: left_out & !changed }
    }

    fn any(&self) -> bool {
        self.changed | self.closed != 0
    }
}

fn only_months(days: &Days) -> bool {
    days.months != 0 && days.yearly.is_empty() && days.dated.is_empty()
}

/// Whether two rules may cover the same day; where this is uncertain, they may.
fn may_meet(one: &Days, other: &Days) -> bool {
    if only_months(one) && only_months(other) && one.months & other.months == 0 {
        return false;
    }
    if one.any_weekday() || other.any_weekday() {
        return true;
    }
    one.weekdays.iter().zip(&other.weekdays).any(|(a, b)| {
        let from_start_only = |bits: &u16| bits >> 5 == 0;
        *a != 0 && *b != 0 && (a & b != 0 || !from_start_only(a) || !from_start_only(b))
    })
}

fn said(days: &Days) -> Option<Said> {
    if days.weeks != 0 || !days.years.is_empty() {
        return None;
    }
    let weekdays = weekday_groups(days);
    let only_yearly = weekdays.is_empty() && days.months == 0 && days.dated.is_empty();
    if only_yearly && let Some((months, month_days)) = days_of_months(&days.yearly) {
        return Some(Said { months, month_days, ..Said::default() });
    }
    Some(Said {
        months: if days.months == Months::ALL { 0 } else { days.months },
        yearly: days.yearly.clone(),
        dated: days.dated.clone(),
        month_days: vec![],
        weekdays,
    })
}

/// Reads `Jan 15,Feb 15` … `Dec 15` as the 15th of each month. Days that a
/// month does not have may be missing.
fn days_of_months(yearly: &[(MonthDay, MonthDay)]) -> Option<(u16, Vec<u8>)> {
    if yearly.is_empty() || yearly.iter().any(|(from, to)| from != to) {
        return None;
    }
    let mut days: Vec<u8> = yearly.iter().map(|(day, _)| day.day).collect();
    days.sort();
    days.dedup();
    let months = yearly.iter().fold(0_u16, |months, (day, _)| months | 1 << day.month);
    let named = |month: u8, day: u8| yearly.iter().any(|(named, _)| *named == MonthDay { month, day });
    let in_all =
        |month: u8| days.iter().all(|day| named(month, *day) || !MonthDay { month, day: *day }.exists());
    let missed = |month: u8| days.iter().any(|day| MonthDay { month, day: *day }.exists());
    if !(1..=12).filter(|month| months & 1 << month != 0).all(in_all) {
        return None;
    }
    let every_month = (1..=12).filter(|month| months & 1 << month == 0).all(|month| !missed(month));
    // A single day of the year stays a date.
    (every_month || months.count_ones() > 1).then_some((if every_month { 0 } else { months }, days))
}

fn weekday_groups(days: &Days) -> Vec<(Occurrences, Vec<Weekday>)> {
    let week =
        [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
    let mut groups: Vec<(u16, Vec<Weekday>)> = vec![];
    for (weekday, bits) in week.into_iter().zip(days.weekdays) {
        match groups.iter_mut().find(|(of, _)| *of == bits) {
            _ if bits == 0 => {}
            Some((_, weekdays)) => weekdays.push(weekday),
            None => groups.push((bits, vec![weekday])),
        }
    }
    if matches!(&groups[..], [(Days::EVERY, weekdays)] if weekdays.len() == 7) {
        return vec![];
    }
    groups.into_iter().map(|(bits, weekdays)| (occurrences(bits), weekdays)).collect()
}

fn occurrences(bits: u16) -> Occurrences {
    let these = |bits: u16| (1..=5_u8).filter(|nth| bits & 1 << (nth - 1) != 0).collect::<Vec<_>>();
    let (from_start, from_end) = (these(bits & 0b11111), these(bits >> 5));
    match from_start.len() {
        5 => Occurrences::Every,
        3..5 if from_end.is_empty() => Occurrences::AllBut(these(!bits & 0b11111)),
        _ => Occurrences::These { from_start, from_end },
    }
}
