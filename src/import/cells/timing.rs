//! From what a list says about days and times to schedules: what is certain becomes a rule, the rest
//! keeps its words.

use crate::import::complaint::Remark;
use crate::import::facts::Timing;
use crate::import::report::Report;
use hours::compile::compile;
use hours::prose::Reading;
use hours::recurrence::Recurrence;
use hours::schedule::{Rule, Schedule, Uncomputable};

/// The schedules that a reading of prose gives. Without a text there are none.
pub fn of_reading(reading: &Reading, raw: Option<&str>, report: &mut Report) -> Vec<Timing> {
    let Some(raw) = raw.filter(|raw| !raw.is_empty()) else { return Vec::new() };
    if reading.refused() {
        report.warn(Remark::DatesUnknown);
        return vec![as_written(raw)];
    }
    of_recurrences(&reading.recurrences, Some(raw), report)
}

/// The schedules that structured columns give.
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
    // The label stands beside the rule, so that places that differ only in it share the rule.
    let label = rule.label.take();
    Timing { label, rule, raw_text: raw.map(str::to_owned), venues: Vec::new() }
}

/// Words that no date can be computed from.
pub fn as_written(raw: &str) -> Timing {
    let rule = Schedule::new(Rule::Undated { why: Uncomputable::Prose, hours: None });
    timing(rule, Some(raw))
}
