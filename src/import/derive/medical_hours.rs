//! Opening hours of a medical facility: the weekly hours of the hours file by department, else those of its
//! own file, without the days on which it is closed.

use crate::import::cells::timing::as_written;
use crate::import::cells::weekly::{DAYS, Week};
use crate::import::derive::observation::{Observation, merge};
use crate::import::facts::{DepartmentHours, Hours, OpenDays, Timing};
use hours::compile::compile;
use hours::prose::{Context, Note, Reading, read_closures, with_note};
use hours::recurrence::{HolidayPolicy, Recurrence};
use hours::schedule::{Rule, Schedule, Uncomputable};
use std::collections::BTreeMap;

/// Prefix of the keys of hours; the ID of the facility follows, without its prefecture.
pub const KEY: &str = "medical-hours:";

/// The published hours and closed days of one facility.
pub struct Known {
    pub own: Hours,
    pub departments: Vec<(String, Hours)>,
    pub open_days: OpenDays,
    pub closed_days_note: Option<String>,
}

/// The departments of some rows of the hours file, in the order of their codes.
pub fn departments(rows: Vec<Observation>) -> Result<Vec<(String, Hours)>, serde_json::Error> {
    let mut by_row: BTreeMap<String, Vec<Observation>> = BTreeMap::new();
    for row in rows {
        by_row.entry(row.record_key.clone()).or_default().push(row);
    }
    let mut found: Vec<(String, Hours)> = Vec::new();
    for rows in by_row.into_values() {
        let Some(merged) = merge::<DepartmentHours>(rows)? else { continue };
        if merged.vanished_on.is_some() {
            continue;
        }
        let DepartmentHours { department, hours } = merged.facts;
        match found.iter_mut().find(|(name, _)| *name == department) {
            Some((_, known)) => {
                known.week.add(hours.week);
                known.reception.add(hours.reception);
            }
            None => found.push((department, hours)),
        }
    }
    found.retain(|(_, hours)| !hours.week.is_empty());
    Ok(found)
}

impl Known {
    /// The schedules. Departments with the same hours share one; it has no label when all do.
    pub fn schedules(self) -> Vec<Timing> {
        let mut tables: Vec<(Vec<String>, Hours)> = Vec::new();
        for (name, hours) in self.departments {
            match tables.iter_mut().find(|(_, known)| *known == hours) {
                Some((names, _)) => names.push(name),
                None => tables.push((vec![name], hours)),
            }
        }
        if tables.is_empty() && !self.own.week.is_empty() {
            tables.push((Vec::new(), self.own));
        }
        let note = read_closures(self.closed_days_note.as_deref().unwrap_or_default(), &Context::default());
        let several = tables.len() > 1;
        let mut found = Vec::new();
        for (names, hours) in &tables {
            let label = Some(names.join("・")).filter(|_| several);
            let raw = words(hours, &self.open_days, self.closed_days_note.as_deref());
            found.extend(timings(hours, &self.open_days, &note, label, &raw));
        }
        found
    }
}

fn timings(
    hours: &Hours,
    open_days: &OpenDays,
    note: &Note,
    label: Option<String>,
    raw: &str,
) -> Vec<Timing> {
    let sure =
        Week { holiday: hours.week.holiday.clone(), ..only(&hours.week, |day| !open_days.doubts(day)) };
    let doubtful = only(&hours.week, |day| open_days.doubts(day));
    let holidays = holidays(&hours.week, open_days.holiday);
    let recurrences = sure.recurrences(&holidays);
    let computed = if note.is_empty() { Some(recurrences.clone()) } else { noted(&recurrences, note) };
    let mut found = match computed {
        Some(recurrences) => schedules(&recurrences, false),
        None => schedules(&recurrences, true),
    };
    found.extend(schedules(&doubtful.recurrences(&HolidayPolicy::Unknown), true));
    let timing = |rule| Timing {
        label: label.clone(),
        rule,
        raw_text: Some(raw.to_owned()).filter(|raw| !raw.is_empty()),
        venues: Vec::new(),
    };
    if found.iter().any(Option::is_none) {
        return vec![Timing { label: label.clone(), ..as_written(raw) }];
    }
    found.into_iter().flatten().map(timing).collect()
}

/// The recurrences with the closed days of the note taken away; none when it was not understood.
fn noted(recurrences: &[Recurrence], note: &Note) -> Option<Vec<Recurrence>> {
    if recurrences.is_empty() {
        return Some(Vec::new());
    }
    let reading = Reading { recurrences: recurrences.to_vec(), unread: Vec::new() };
    let noted = with_note(&reading, note);
    (!noted.refused()).then_some(noted.recurrences)
}

/// The schedules of some recurrences. Those of doubtful days keep their hours and get no dates.
fn schedules(recurrences: &[Recurrence], in_doubt: bool) -> Vec<Option<Schedule>> {
    let one = |recurrence: &Recurrence| {
        let schedule = compile(recurrence).ok()?;
        Some(match schedule.rule {
            Rule::Hours(hours) if in_doubt => {
                let rule = Rule::Undated { why: Uncomputable::Prose, hours: Some(hours) };
                Schedule { holidays: HolidayPolicy::Unknown, ..Schedule::new(rule) }
            }
            _ => schedule,
        })
    };
    recurrences.iter().map(one).collect()
}

fn only(week: &Week, keep: impl Fn(u8) -> bool) -> Week {
    let mut kept = Week::default();
    for (day, (to, from)) in (0u8..).zip(kept.days.iter_mut().zip(&week.days)) {
        if keep(day) {
            to.clone_from(from);
        }
    }
    kept
}

/// A table names public holidays like any day: without hours it is closed then, unless a flag says otherwise.
fn holidays(week: &Week, open: Option<bool>) -> HolidayPolicy {
    match (week.holiday.is_empty(), open) {
        (false, Some(false)) | (true, Some(true)) => HolidayPolicy::Unknown,
        (false, _) => HolidayPolicy::OwnHours(week.holiday.clone()),
        (true, _) => HolidayPolicy::Cancelled,
    }
}

impl OpenDays {
    /// Whether flags contradict hours on a weekday: it is closed every week, or in some weeks
    /// of the month. For the latter the source does not say whether calendar weeks or
    /// occurrences of the weekday are counted.
    fn doubts(&self, day: u8) -> bool {
        let closed = self.weekly.get(usize::from(day)) == Some(&Some(false));
        closed || self.closed_weeks.iter().any(|(of, _)| *of == day)
    }
}

fn words(hours: &Hours, open_days: &OpenDays, note: Option<&str>) -> String {
    let mut lines = vec![hours.week.words()];
    if !hours.reception.is_empty() && hours.reception != hours.week {
        lines.push(format!("受付 {}", hours.reception.words()));
    }
    let name = |day: u8| DAYS.get(usize::from(day)).map_or("", |day| day.0);
    let weekly: String = (0u8..)
        .zip(open_days.weekly)
        .filter(|(_, open)| *open == Some(false))
        .map(|(day, _)| name(day))
        .collect();
    let monthly = open_days.closed_weeks.iter().map(|(day, week)| format!("第{week}週（{}）", name(*day)));
    let closed: Vec<String> =
        Some(weekly).filter(|days| !days.is_empty()).into_iter().chain(monthly).collect();
    if !closed.is_empty() {
        lines.push(format!("定期休診 {}", closed.join("、")));
    }
    lines.extend(note.map(|note| format!("その他の休診日 {}", note.replace('\n', "、"))));
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::report::Report;

    fn week(days: &str, (from, to): (&'static str, &'static str)) -> Week {
        let cell = |day: &str, _: u8, start: bool| match (days.contains(day), start) {
            (true, true) => from,
            (true, false) => to,
            _ => "",
        };
        Week::read(1..=1, cell, &mut Report::default())
    }

    fn known(departments: &[(&str, Week)], note: Option<&str>) -> Known {
        let hours = |week: &Week| Hours { week: week.clone(), reception: Week::default() };
        Known {
            own: Hours::default(),
            departments: departments.iter().map(|(name, week)| ((*name).to_owned(), hours(week))).collect(),
            open_days: OpenDays::default(),
            closed_days_note: note.map(str::to_owned),
        }
    }

    fn texts(timings: &[Timing]) -> Vec<String> {
        let text = |t: &Timing| t.rule.opening_hours().map(ToString::to_string).unwrap_or_default();
        timings.iter().map(|t| format!("{}/{}", t.label.as_deref().unwrap_or_default(), text(t))).collect()
    }

    #[test]
    fn departments_with_the_same_hours_share_a_schedule() {
        let (long, short) = (week("月火水", ("09:00", "12:00")), week("月", ("09:00", "12:00")));
        let same = known(&[("内科", long.clone()), ("小児科", long.clone())], None).schedules();
        assert_eq!(texts(&same), ["/Mo-We 09:00-12:00"]);
        assert_eq!(same[0].rule.holidays, HolidayPolicy::Cancelled);
        let differ = known(&[("内科", long.clone()), ("小児科", long), ("皮膚科", short)], None).schedules();
        assert_eq!(texts(&differ), ["内科・小児科/Mo-We 09:00-12:00", "皮膚科/Mo 09:00-12:00"]);
    }

    #[test]
    fn a_note_that_is_understood_closes_and_one_that_is_not_leaves_no_dates() {
        let mornings = || [("内科", week("月水", ("09:00", "12:00")))];
        let closed = known(&mornings(), Some("12月29日 12月30日 12月31日 1月1日 1月2日 1月3日")).schedules();
        assert_eq!(closed[0].rule.uncomputable(), None);
        assert_ne!(closed[0].rule.year_end, hours::recurrence::YearEndPolicy::Unknown);
        let vague = known(&mornings(), Some("水曜隔週で午前休診")).schedules();
        assert_eq!(vague[0].rule.uncomputable(), Some(Uncomputable::Prose));
        assert!(vague[0].raw_text.as_deref().is_some_and(|raw| raw.contains("水曜隔週")));
    }

    #[test]
    fn a_weekday_that_flags_speak_against_has_no_dates() {
        let mut one = known(&[("内科", week("月土", ("09:00", "12:00")))], None);
        one.open_days.closed_weeks = vec![(5, 2), (5, 4)];
        let found = one.schedules();
        assert_eq!(texts(&found), ["/Mo 09:00-12:00", "/"]);
        assert!(found[1].raw_text.as_deref().is_some_and(|raw| raw.contains("第2週（土）、第4週（土）")));
    }

    #[test]
    fn hours_of_holidays_are_taken_as_published() {
        let holiday = known(&[("内科", week("月祝", ("09:00", "12:00")))], None).schedules();
        assert!(matches!(holiday[0].rule.holidays, HolidayPolicy::OwnHours(_)));
        let mut contradicted = known(&[("内科", week("月祝", ("09:00", "12:00")))], None);
        contradicted.open_days.holiday = Some(false);
        assert_eq!(contradicted.schedules()[0].rule.holidays, HolidayPolicy::Unknown);
    }
}
