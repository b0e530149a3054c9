//! Combines the statements of a text: assigns hours to days, and exceptions to both.

use super::items::{Count, Days, Item, Per, Rule, Subject, What};
use super::scope::Place;
use super::{Context, Reading, Reason, Unread, build};
use crate::recurrence::{Frequency, Recurrence, Session};

/// Days with the hours that follow them.
#[derive(Clone, Debug, Default)]
pub struct Group {
    pub label: Option<String>,
    pub days: Vec<Days>,
    /// The days are those of the group before (昼の部…、夜の部…).
    pub inherited: bool,
    pub months: Vec<u8>,
    /// `Some(None)`: hours that are stated but uncertain.
    pub hours: Option<Option<Vec<Session>>>,
    /// The days are taken from an earlier group (ただし第3土曜は…).
    pub exception: bool,
    /// The days stand in brackets.
    pub framed: bool,
}

#[derive(Default)]
pub struct Parts {
    pub groups: Vec<Group>,
    pub rules: Vec<(Rule, Place)>,
    pub count: Option<Count>,
    pub irregular: bool,
    pub on_request: bool,
    pub months: Vec<u8>,
    depth: usize,
    apart: bool,
    /// After a ※.
    noted: bool,
    new_line: bool,
    /// Right after a count.
    counted: bool,
    /// Whether the text begins with a vague frequency.
    begins_vague: bool,
    pub all_year: bool,
    /// Right after an opening bracket.
    opened: bool,
    /// The item begins with a bracket of its own.
    pub framed: bool,
    /// The closure right before, and whether it was written as an exclusion (除く).
    last_closure: Option<(Vec<Subject>, bool)>,
    trouble: Vec<Reason>,
}

/// The reading of a text as a whole; refused when a decisive part was not understood.
pub fn reading(text: &str, items: Vec<Item>, mut unread: Vec<Unread>, context: &Context) -> Reading {
    let begins_vague = items.first().is_some_and(|item| vague_with_remark(text, item));
    let mut parts = Parts { begins_vague, ..Parts::default() };
    for item in items {
        let before = parts.trouble.len();
        let written = &text[item.range.clone()];
        parts.framed = written.starts_with(['(', '（', '[', '［', '【']);
        if let What::Rule(rule) = &item.what {
            parts.trouble.extend(parts.contradicts_last(rule, written));
        }
        parts.add(item.what, written);
        unread.extend(
            parts.trouble[before..].iter().map(|reason| Unread { part: written.to_owned(), reason: *reason }),
        );
    }
    if unread.iter().any(|unread| !unread.reason.spares_days()) {
        // The most informative reasons come first.
        unread.sort_by_key(|unread| matches!(unread.reason, Reason::Unplaced | Reason::UnknownWords));
        return refusal(&parts, unread);
    }
    match parts.finish(context) {
        Ok(recurrences) => Reading { recurrences, unread },
        Err(reason) => {
            unread.push(Unread { part: text.to_owned(), reason });
            refusal(&parts, unread)
        }
    }
}

/// Whether the text begins like 不定期（友引の前日など）: irregular, whatever follows in brackets.
/// 不定期に休む does not.
fn vague_with_remark(text: &str, item: &Item) -> bool {
    let vague = matches!(item.what, What::Count(_) | What::Irregular);
    let (before, after) = (text[..item.range.start].trim(), text[item.range.end..].trim());
    let bracketed = after.starts_with(['（', '(']) && after.ends_with(['）', ')']);
    vague && before.is_empty() && bracketed && !text.contains('休')
}

/// The refused reading; it keeps the frequency when the text begins with one and names no days.
fn refusal(parts: &Parts, unread: Vec<Unread>) -> Reading {
    let no_days = parts.begins_vague && parts.groups.iter().all(|group| group.days.is_empty());
    let recurrence = match parts.count {
        Some(count) if no_days => build::counted(count),
        None if no_days && parts.irregular => Recurrence::new(Frequency::Irregular),
        _ => Recurrence::new(Frequency::Unknown),
    };
    Reading { recurrences: vec![recurrence], unread }
}

impl Parts {
    fn add(&mut self, what: What, written: &str) {
        let new_line = what == What::Boundary;
        let opened = what == What::Open;
        let what_kind = if matches!(what, What::Open | What::Close | What::Note | What::Boundary) {
            Kind::Frame
        } else {
            Kind::Statement
        };
        let closure = match &what {
            What::Rule(Rule::Closed(subjects)) => Some((subjects.clone(), is_exclusion(written))),
            _ => None,
        };
        let counted = matches!(what, What::Count(_) | What::Irregular);
        match what {
            What::Boundary => (self.apart, self.noted) = (true, false),
            What::Note => (self.apart, self.noted) = (true, true),
            What::Open => self.depth += 1,
            What::Close => self.depth = self.depth.saturating_sub(1),
            What::Days(days) if self.repeats_all_year(&days) => self.all_year = true,
            What::Days(days) => self.add_days(days),
            What::Months(months) => self.add_months(months),
            What::Hours(hours) => self.add_hours(hours),
            What::Label(label) => self.add_label(label),
            What::Count(count) => {
                self.trouble.extend(self.count.is_some().then_some(Reason::Contradiction));
                self.count = Some(count);
            }
            What::Irregular => self.irregular = true,
            What::OnRequest => self.on_request = true,
            // ※8月第2水曜休み, 年1回日曜休み: the limit of the exception cannot be expressed.
            What::Rule(_) if !self.months.is_empty() || self.counted => self.trouble.push(Reason::Unplaced),
            What::Rule(Rule::Closed(_)) if self.may_be_closed_too() => {
                self.trouble.push(Reason::ExceptionScope)
            }
            What::Rule(rule) if self.may_be_of_one_session(&rule) || self.follows_several_days() => {
                self.trouble.push(Reason::ExceptionScope);
            }
            What::Rule(rule) => {
                let groups = self.groups.len();
                let place = match self.apart {
                    true => Place::Apart { groups },
                    false => Place::Within { groups, bracketed: self.depth > 0 },
                };
                self.rules.push((rule, place));
            }
        }
        if !matches!(what_kind, Kind::Frame) {
            self.last_closure = closure;
        }
        self.opened = opened;
        self.new_line = new_line;
        self.counted = counted;
    }

    /// 日曜（改行）12/30～1/3を除く: the days before, still without hours, may belong to the closed ones.
    fn may_be_closed_too(&self) -> bool {
        let every =
            |days: &Days| matches!(days, Days::Weekly { every: true, .. } | Days::Daily | Days::AllYear);
        let Some(group) = self.groups.last().filter(|group| group.hours.is_none()) else { return false };
        let said = self.depth > 0 || self.noted || (self.apart && group.days.iter().all(every));
        !group.days.is_empty() && !said
    }

    /// 毎週火曜、第4土曜（8月を除く）: the last of several days, or all of them?
    fn follows_several_days(&self) -> bool {
        let last = self.groups.last().filter(|group| group.hours.is_none());
        self.depth > 0 && last.is_some_and(|group| entries(&group.days) > 1)
    }

    /// 月～土 9:00～12:00、15:00～18:00（木休診）: the afternoon, or the whole day?
    fn may_be_of_one_session(&self, rule: &Rule) -> bool {
        let Some(group) = self.groups.last().filter(|_| self.depth > 0) else { return false };
        let several = matches!(&group.hours, Some(Some(sessions)) if sessions.len() > 1);
        let Rule::Closed(subjects) = rule else { return false };
        let met = build::weekdays(group);
        let meets = |day: &chrono::Weekday| group.days.is_empty() || met.contains(day);
        several
            && subjects.iter().any(|subject| match subject {
                Subject::Weekdays(days) => days.iter().any(meets),
                Subject::Nth { day, .. } => meets(day),
                _ => false,
            })
    }

    /// 月曜休館（祝日を除く）, 月曜休館（祝日は開館）: an exception to the closure before it, which cannot be expressed.
    fn contradicts_last(&self, rule: &Rule, written: &str) -> Option<Reason> {
        let (closed, was_exclusion) = self.last_closure.as_ref()?;
        let of_weekdays =
            closed.iter().any(|subject| matches!(subject, Subject::Weekdays(_) | Subject::Nth { .. }));
        let excepts = match rule {
            Rule::Closed(_) => is_exclusion(written) && !was_exclusion && (of_weekdays || self.opened),
            Rule::Held(_) => of_weekdays,
            _ => false,
        };
        excepts.then_some(Reason::ExceptionScope)
    }

    /// 年中無休 after days that are already all days.
    fn repeats_all_year(&self, days: &[Days]) -> bool {
        let every_day = |days: &Days| match days {
            Days::Daily => true,
            Days::Weekly { days, .. } => days.len() == 7,
            _ => false,
        };
        days == [Days::AllYear] && self.groups.last().is_some_and(|group| group.days.iter().any(every_day))
    }

    fn add_days(&mut self, days: Vec<Days>) {
        self.apart = false;
        let months = std::mem::take(&mut self.months);
        // 奇数月第2火曜・毎週木曜: the months of the first, or of both?
        if !months.is_empty() && entries(&days) > 1 {
            self.trouble.push(Reason::ExceptionScope);
        }
        let nth = days.iter().all(|days| matches!(days, Days::Nth { .. }));
        if self.noted
            && nth
            && self.groups.last().is_some_and(|group| group.hours.is_some())
            && months.is_empty()
        {
            self.groups.push(Group { days, exception: true, ..Group::default() });
            return;
        }
        if self.noted {
            self.trouble.push(Reason::Unplaced);
        }
        // 月～金（祝日含む）、第1土曜: the exception applies to the days before it.
        let excepted = self.rules.iter().any(|(_, place)| match place {
            Place::Within { groups, .. } | Place::Apart { groups } => {
                *groups > 0 && *groups == self.groups.len()
            }
        });
        let remark = self.depth > 0 || excepted;
        match self.groups.last_mut() {
            // 年中無休 月～日
            Some(group) if group.days == [Days::AllYear] && group.hours.is_none() && whole_week(&days) => {}
            // 火曜（祝日）, 第2火曜 ※木曜: added days or excluded days?
            Some(group)
                if group.hours.is_none()
                    && !group.inherited
                    && !group.days.is_empty()
                    && (remark || days == [Days::Holidays]) =>
            {
                self.trouble.push(Reason::Unplaced);
            }
            Some(group) if group.hours.is_none() && group.inherited => {
                group.days = days;
                group.inherited = false;
                group.months = months;
            }
            Some(group) if group.hours.is_none() && months.is_empty() => group.days.extend(days),
            _ => {
                let framed = self.framed || self.depth > 0;
                self.groups.push(Group { days, months, framed, ..Group::default() });
            }
        }
    }

    fn add_months(&mut self, months: Vec<u8>) {
        if self.depth > 0 && self.follows_several_days() {
            self.trouble.push(Reason::ExceptionScope);
        }
        match self.groups.last_mut() {
            Some(group) if self.depth > 0 && group.months.is_empty() => group.months = months,
            _ if self.months.is_empty() => self.months = months,
            _ => self.trouble.push(Reason::Contradiction),
        }
    }

    fn add_hours(&mut self, hours: Option<Vec<Session>>) {
        self.apart = false;
        let new_line = self.new_line;
        match self.groups.last_mut() {
            Some(Group { hours: Some(known), .. }) if new_line && self.depth == 0 => match (known, hours) {
                (Some(known), Some(more)) if known.last().map(|s| s.end) <= more.first().map(|s| s.start) => {
                    known.extend(more);
                }
                _ => self.trouble.push(Reason::OverlappingHours),
            },
            Some(Group { hours: Some(_), .. }) => self.trouble.push(Reason::OverlappingHours),
            Some(group) => group.hours = Some(hours),
            None => self.groups.push(Group { hours: Some(hours), ..Group::default() }),
        }
    }

    fn add_label(&mut self, label: String) {
        self.apart = false;
        match self.groups.last_mut() {
            Some(group) if group.hours.is_none() && group.label.is_none() => group.label = Some(label),
            Some(group) if group.hours.is_none() || group.label.is_none() => {
                self.trouble.push(Reason::Unplaced)
            }
            Some(group) => {
                let next = Group { label: Some(label), inherited: true, hours: None, ..group.clone() };
                self.groups.push(next);
            }
            None => self.groups.push(Group { label: Some(label), inherited: true, ..Group::default() }),
        }
    }
}

enum Kind {
    /// Brackets, line breaks and ※.
    Frame,
    Statement,
}

/// Whether a closure was written as an exclusion.
fn is_exclusion(written: &str) -> bool {
    written.contains('除') || written.contains("のぞ")
}

/// How many kinds of days these are; holidays beside weekdays are none of their own.
fn entries(days: &[Days]) -> usize {
    days.iter().filter(|days| **days != Days::Holidays).count()
}

fn whole_week(days: &[Days]) -> bool {
    matches!(days, [Days::Weekly { days, .. }] if days.len() == 7)
}

/// Whether a count agrees with the listed days: 月2回 第2・第4土曜.
pub fn agrees(count: Count, days: usize) -> bool {
    count.per == Per::Month && count.times.is_some_and(|times| usize::from(times) == days)
}
