//! Makes recurrences of the groups of a text, once all of it was taken in.

use super::assemble::{Group, Parts};
use super::items::{Days, Rule, Subject};
use super::scope::Place;
use super::{Context, Reason, apply, build};
use crate::recurrence::{Frequency, HolidayPolicy, Recurrence};

impl Parts {
    /// The recurrences of all groups, with the exceptions.
    pub fn finish(&mut self, context: &Context) -> Result<Vec<Recurrence>, Reason> {
        self.hours_first()?;
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
        let is_joined = built.len() < self.groups.len();
        for (rule, place) in &self.rules {
            let reach = self.reach(rule, *place)?;
            self.closes_something(rule, reach, &built)?;
            match reach {
                // 月～土 9:00～12:00（水を除く）、月～金 14:00～18:00: a day has hours of both.
                Some(_) if is_joined => return Err(Reason::ExceptionScope),
                // 祝日10:00～15:00（第3は休み): no exception to holidays can be expressed.
                Some(group) if built[group].is_empty() => return Err(Reason::ExceptionScope),
                Some(group) => apply::rule(rule, &mut built[group], context)?,
                None => {
                    let mut met = built.iter_mut().filter(|group| !group.is_empty());
                    met.try_for_each(|group| apply::rule(rule, group, context))?;
                }
            }
        }
        let mut recurrences: Vec<Recurrence> = built.into_iter().flatten().collect();
        let weekdays = |subject: &Subject| matches!(subject, Subject::Weekdays(_) | Subject::Nth { .. });
        let closes = |(rule, _): &(Rule, Place)| matches!(rule, Rule::Closed(subjects) if subjects.iter().any(weekdays));
        // 年中無休 水曜休み
        if self.groups.iter().any(|group| group.days.contains(&Days::AllYear))
            && self.rules.iter().any(closes)
        {
            return Err(Reason::Contradiction);
        }
        if self.all_year || self.groups.iter().any(|group| group.days.contains(&Days::AllYear)) {
            recurrences.iter_mut().for_each(build::open_all_year);
        }
        Ok(recurrences)
    }

    /// 10:00～12:00 毎週火曜; 9:00～18:00（月・火）9:00～13:00（土）: each hours stand before their days.
    fn hours_first(&mut self) -> Result<(), Reason> {
        let [first, between @ .., last] = &self.groups[..] else { return Ok(()) };
        let complete =
            |group: &Group| !group.days.is_empty() && group.hours.is_some() && group.label.is_none();
        let before =
            first.days.is_empty() && first.label.is_none() && first.hours.is_some() && last.hours.is_none();
        if !before || last.days.is_empty() || !between.iter().all(complete) {
            return Ok(());
        }
        let all = self.groups.len();
        // 営業時間 9:00～19:00 土曜 9:00～17:00 日曜: only brackets show that the days follow their hours.
        let framed = self.groups[1..].iter().all(|group| group.framed);
        let early = |place: &Place| match place {
            Place::Within { groups, .. } | Place::Apart { groups } => *groups < all,
        };
        if all > 2 && (!framed || self.rules.iter().any(|(_, place)| early(place))) {
            return Err(Reason::ExceptionScope);
        }
        self.groups = self
            .groups
            .windows(2)
            .map(|pair| Group { hours: pair[0].hours.clone(), ..pair[1].clone() })
            .collect();
        for (_, place) in &mut self.rules {
            let (Place::Within { groups, .. } | Place::Apart { groups }) = place;
            *groups = groups.saturating_sub(1);
        }
        Ok(())
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
