//! Combines the statements of a text: assigns hours to days, and exceptions to both.

use super::items::{Count, Days, Item, Per, Rule, Subject, What};
use super::scope::Place;
use super::{Context, Reading, Reason, Unread, apply, build};
use crate::recurrence::{Frequency, HolidayPolicy, Recurrence, Session};

/// Days with the hours that follow them.
#[derive(Clone, Debug, Default)]
pub struct Group {
    pub label: Option<String>,
    pub days: Vec<Days>,
    /// The days are those of the group before (昼の部…、夜の部…).
    inherited: bool,
    pub months: Vec<u8>,
    /// `Some(None)`: hours that are stated but uncertain.
    pub hours: Option<Option<Vec<Session>>>,
    /// The days are taken from an earlier group (ただし第3土曜は…).
    exception: bool,
}

#[derive(Default)]
pub struct Parts {
    pub groups: Vec<Group>,
    pub rules: Vec<(Rule, Place)>,
    pub count: Option<Count>,
    pub irregular: bool,
    pub on_request: bool,
    months: Vec<u8>,
    depth: usize,
    apart: bool,
    /// After a ※.
    noted: bool,
    new_line: bool,
    /// Right after a count.
    counted: bool,
    /// Whether the text begins with a vague frequency.
    begins_vague: bool,
    all_year: bool,
    trouble: Vec<Reason>,
}

/// The reading of a text as a whole; refused when a decisive part was not understood.
pub fn reading(text: &str, items: Vec<Item>, mut unread: Vec<Unread>, context: &Context) -> Reading {
    let begins_vague = items.first().is_some_and(|item| vague_with_remark(text, item));
    let mut parts = Parts { begins_vague, ..Parts::default() };
    for item in items {
        let before = parts.trouble.len();
        parts.add(item.what);
        unread.extend(
            parts.trouble[before..]
                .iter()
                .map(|reason| Unread { part: text[item.range.clone()].to_owned(), reason: *reason }),
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
    fn add(&mut self, what: What) {
        let new_line = what == What::Boundary;
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
            What::Rule(rule) => {
                let groups = self.groups.len();
                let place = match self.apart {
                    true => Place::Apart { groups },
                    false => Place::Within { groups, bracketed: self.depth > 0 },
                };
                self.rules.push((rule, place));
            }
        }
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
            _ => self.groups.push(Group { days, months, ..Group::default() }),
        }
    }

    fn add_months(&mut self, months: Vec<u8>) {
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

    fn finish(&mut self, context: &Context) -> Result<Vec<Recurrence>, Reason> {
        self.hours_first();
        self.all_but_closed();
        let months = std::mem::take(&mut self.months);
        if !months.is_empty() {
            match &mut self.groups[..] {
                [] => self.groups.push(Group { months, ..Group::default() }),
                [group] if group.months.is_empty() => group.months = months,
                _ => return Err(Reason::ExceptionScope),
            }
        }
        let mut built = self.build(context)?;
        for (rule, place) in &self.rules {
            match self.reach(rule, *place)? {
                // 祝日10:00～15:00（第3は休み): no exception to holidays can be expressed.
                Some(group) if built[group].is_empty() => return Err(Reason::ExceptionScope),
                Some(group) => apply::rule(rule, &mut built[group], context)?,
                None => {
                    let met = built.iter_mut().filter(|group| !group.is_empty());
                    met.map(|group| apply::rule(rule, group, context)).collect::<Result<(), Reason>>()?;
                }
            }
        }
        let mut recurrences: Vec<Recurrence> = built.into_iter().flatten().collect();
        if self.all_year || self.groups.iter().any(|group| group.days.contains(&Days::AllYear)) {
            recurrences.iter_mut().for_each(build::open_all_year);
        }
        Ok(recurrences)
    }

    /// 10:00～12:00 毎週火曜; 9:00～18:00（月・火）9:00～13:00（土）: each hours stand before their days.
    fn hours_first(&mut self) {
        let [first, between @ .., last] = &self.groups[..] else { return };
        let complete =
            |group: &Group| !group.days.is_empty() && group.hours.is_some() && group.label.is_none();
        let before =
            first.days.is_empty() && first.label.is_none() && first.hours.is_some() && last.hours.is_none();
        if !before || last.days.is_empty() || !between.iter().all(complete) {
            return;
        }
        self.groups = self
            .groups
            .windows(2)
            .map(|pair| Group { hours: pair[0].hours.clone(), ..pair[1].clone() })
            .collect();
    }

    /// 9:00～17:00 休館日：月曜日: open on every other day.
    fn all_but_closed(&mut self) {
        let weekdays = |subject: &Subject| matches!(subject, Subject::Weekdays(_) | Subject::Nth { .. });
        let regular = self.rules.iter().any(|(rule, _)| match rule {
            Rule::Closed(subjects) => subjects.iter().any(weekdays),
            _ => false,
        });
        let vague = self.count.is_some() || self.irregular || self.on_request;
        if let [group] = &mut self.groups[..]
            && group.days.is_empty()
            && group.label.is_none()
            && regular
            && !vague
        {
            group.days = vec![Days::Daily];
        }
    }

    fn build(&self, context: &Context) -> Result<Vec<Vec<Recurrence>>, Reason> {
        if self.count.is_some() || self.irregular || self.on_request {
            let empty = Group::default();
            let group = match &self.groups[..] {
                [] => &empty,
                [group] => group,
                _ => return Err(Reason::Contradiction),
            };
            return Ok(vec![build::vague(self, group, context)?]);
        }
        let asks = self.rules.iter().all(|(rule, _)| *rule == Rule::Appointment);
        match &self.groups[..] {
            [] if self.rules.is_empty() => return Err(Reason::NothingSaid),
            [] if asks => return Ok(vec![vec![Recurrence::new(Frequency::OnRequest)]]),
            [] => return Err(Reason::OnlyClosures),
            groups if groups.iter().any(|group| group.days.is_empty()) => return Err(Reason::NoDays),
            groups if groups.iter().any(|group| group.hours.is_some() != groups[0].hours.is_some()) => {
                return Err(Reason::MixedHours);
            }
            _ => {}
        }
        let mut built: Vec<Vec<Recurrence>> = vec![];
        for group in &self.groups {
            let one = build::recurrences(group, context)?;
            if group.exception {
                except(&mut built, &group.days)?;
            }
            built.push(one);
        }
        if build::overlap(&built) {
            built = vec![build::joined(&built).ok_or(Reason::OverlappingDays)?];
        }
        self.holidays_alone(&mut built)?;
        self.holidays_of_their_own(&mut built)?;
        Ok(built)
    }

    /// 月～土 9:00～19:00、祝 9:00～13:00: the hours of holidays stand in a group without other days.
    fn holidays_alone(&self, built: &mut [Vec<Recurrence>]) -> Result<(), Reason> {
        let mut alone = self.groups.iter().filter(|group| group.days == [Days::Holidays]);
        let Some(group) = alone.next() else { return Ok(()) };
        let own = |one: &Recurrence| matches!(one.holidays, HolidayPolicy::OwnHours(_));
        if alone.next().is_some() || !group.months.is_empty() || built.iter().flatten().any(own) {
            return Err(Reason::OverlappingDays);
        }
        let by_week = |one: &&mut Recurrence| {
            matches!(one.frequency, Frequency::Weekly | Frequency::Daily) && one.label.is_none()
        };
        let owner = built.iter_mut().flatten().find(by_week).ok_or(Reason::NoDays)?;
        owner.holidays = HolidayPolicy::OwnHours(build::sessions(group));
        Ok(())
    }

    /// 月～金 13時～21時 土日祝 9時～18時: on a holiday the second hours apply, not the first.
    fn holidays_of_their_own(&self, built: &mut [Vec<Recurrence>]) -> Result<(), Reason> {
        let own = |recurrence: &Recurrence| matches!(recurrence.holidays, HolidayPolicy::OwnHours(_));
        let owners = built.iter().flatten().filter(|recurrence| own(recurrence)).count();
        if owners > 1 {
            return Err(Reason::OverlappingDays);
        }
        for recurrence in built.iter_mut().flatten().filter(|recurrence| owners == 1 && !own(recurrence)) {
            let by_weekday =
                matches!(recurrence.frequency, Frequency::Weekly | Frequency::Daily | Frequency::MonthlyNth);
            if !by_weekday || recurrence.label.is_some() {
                return Err(Reason::OverlappingDays);
            }
            recurrence.holidays = HolidayPolicy::Cancelled;
        }
        Ok(())
    }
}

fn whole_week(days: &[Days]) -> bool {
    matches!(days, [Days::Weekly { days, .. }] if days.len() == 7)
}

/// Takes the days of an exception from the weekly groups before it: ただし第3土曜は9:00～10:00.
fn except(built: &mut [Vec<Recurrence>], days: &[Days]) -> Result<(), Reason> {
    for days in days {
        let Days::Nth { nth, day } = days else { return Err(Reason::Unplaced) };
        let subject = Subject::Nth { nth: nth.clone(), day: *day };
        let weekly = |one: &Recurrence| one.frequency == Frequency::Weekly && one.weekdays.contains(day);
        let group = built.iter_mut().find(|group| group.iter().any(weekly)).ok_or(Reason::Unplaced)?;
        apply::rule(&Rule::Closed(vec![subject]), group, &Context::default())?;
    }
    Ok(())
}

/// Whether a count agrees with the listed days: 月2回 第2・第4土曜.
pub fn agrees(count: Count, days: usize) -> bool {
    count.per == Per::Month && count.times.is_some_and(|times| usize::from(times) == days)
}
