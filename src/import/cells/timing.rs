//! Turns texts about days and times into schedules: certain parts become rules, the rest keeps its words.

use crate::import::complaint::Remark;
use crate::import::facts::Timing;
use crate::import::report::Report;
use hours::compile::compile;
use hours::prose::Reading;
use hours::recurrence::Recurrence;
use hours::schedule::{Rule, Schedule, Uncomputable};

/// The schedules of a reading of prose; none without a text.
pub fn of_reading(reading: &Reading, raw: Option<&str>, report: &mut Report) -> Vec<Timing> {
    let Some(raw) = raw.filter(|raw| !raw.is_empty()) else { return Vec::new() };
    if reading.refused() {
        report.warn(Remark::DatesUnknown);
        return vec![as_written(raw)];
    }
    of_recurrences(&reading.recurrences, Some(raw), report)
}

/// The schedules of structured columns.
pub fn of_recurrences(recurrences: &[Recurrence], raw: Option<&str>, report: &mut Report) -> Vec<Timing> {
    let mut timings = Vec::new();
    for recurrence in recurrences {
        match compile(recurrence) {
            Ok(rule) => timings.push(timing(rule, raw)),
            Err(errors) => {
                let reasons: Vec<String> = errors.iter().map(ToString::to_string).collect();
                report.warn(Remark::ImpossibleSchedule { reasons: reasons.join(", ") });
                timings.extend(raw.map(as_written));
            }
        }
    }
    timings.dedup();
    timings
}

fn timing(mut rule: Schedule, raw: Option<&str>) -> Timing {
    // The label is kept outside of the rule, so that schedules which differ only in it share the rule.
    let label = rule.label.take();
    Timing { label, rule, raw_text: raw.map(str::to_owned), venues: Vec::new() }
}

/// A schedule without dates that only keeps its words.
pub fn as_written(raw: &str) -> Timing {
    let rule = Schedule::new(Rule::Undated { why: Uncomputable::Prose, hours: None });
    timing(rule, Some(raw))
}
