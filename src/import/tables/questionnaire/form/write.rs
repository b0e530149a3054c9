//! The stored facts of physicians and institutions as prefilled cells of the next questionnaire.

use crate::import::tables::questionnaire::form::columns::*;
use crate::import::tables::questionnaire::form::institution::agreed;
use crate::import::tables::questionnaire::form::times::ANY_TIME;
use crate::liaison::facts::{Attendance, Channel, EntryFacts, Line, Offer, SheetFacts, Times};
use crate::liaison::terms::ConferenceAttendance;
use crate::terms::{Answer, Labelled};
use chrono::NaiveDate;
use entity::{liaison_sheet, physician};
use hours::recurrence::{HolidayPolicy, YearEndPolicy};
use hours::words::{self, Style, Voice};
use std::collections::BTreeMap;

/// Filled-in cells by column.
pub type Filled = BTreeMap<&'static str, String>;

/// The cells of a row in the order of the columns.
pub fn row(mut filled: Filled) -> Vec<String> {
    columns().iter().map(|column| filled.remove(column.name).unwrap_or_default()).collect()
}

/// The cells of a physician.
pub fn physician(known: &physician::Model, facts: &EntryFacts, ended_on: Option<NaiveDate>) -> Filled {
    let mut filled = Filled::new();
    filled.insert(CODE, known.code.clone());
    filled.insert(NAME, known.name.clone());
    optional(&mut filled, KANA, known.name_kana.as_ref());
    filled.insert(DEPARTMENTS, joined(facts.departments.iter().map(|department| department.name.as_str())));
    optional(&mut filled, TITLE, facts.title.as_ref());
    filled.insert(ATTENDANCE, written(&facts.attendance));
    for (columns, channel) in CHANNELS.iter().zip(&facts.channels) {
        self::channel(&mut filled, columns, channel);
    }
    when(&mut filled, facts);
    how(&mut filled, facts);
    attendance(&mut filled, (CARE_CONFERENCE, CARE_CONDITIONS), &facts.care_conference);
    attendance(&mut filled, (DISCHARGE_CONFERENCE, DISCHARGE_CONDITIONS), &facts.discharge_conference);
    offer(&mut filled, (HOUSE_CALL, HOUSE_CALL_NOTE), &facts.house_call);
    offer(&mut filled, (HOME_VISIT, HOME_VISIT_NOTE), &facts.home_visit);
    offer(&mut filled, (END_OF_LIFE, END_OF_LIFE_NOTE), &facts.end_of_life);
    // The column asks for the last day, not for the first one after it.
    let last = ended_on.and_then(|day| day.pred_opt()).map(|day| day.to_string());
    optional(&mut filled, LEFT_ON, last.as_ref());
    filled
}

/// The cells of an institution.
pub fn sheet(known: &liaison_sheet::Model, facts: &SheetFacts) -> Filled {
    let mut filled = Filled::new();
    let line = facts.lines.first().cloned().unwrap_or_default();
    let Line { label, tel, ext, fax, email } = line;
    for (column, cell) in
        [LINE_LABEL, TEL, EXTENSION, FAX, EMAIL].into_iter().zip([label, tel, ext, fax, email])
    {
        optional(&mut filled, column, cell.as_ref());
    }
    filled.insert(CAUTIONS, joined(facts.cautions.iter().map(String::as_str)));
    optional(&mut filled, DOCUMENT_FEE, facts.document_fee.as_ref());
    optional(&mut filled, SHEET_NOTE, facts.note.as_ref());
    filled.insert(ISSUER, known.issuer.clone());
    filled.insert(AS_OF, known.as_of.to_string());
    filled.insert(REVIEW_DUE, known.review_due_on.to_string());
    let (consent, day) = match known.consent_withdrawn_on {
        Some(day) => (NO_CONSENT, day),
        None => (agreed(known.consent_method), known.consented_on),
    };
    filled.insert(CONSENT, consent.to_owned());
    filled.insert(CONSENTED_ON, day.to_string());
    filled
}

fn optional(filled: &mut Filled, column: &'static str, cell: Option<&String>) {
    filled.extend(cell.map(|cell| (column, cell.clone())));
}

fn joined<'t>(items: impl Iterator<Item = &'t str>) -> String {
    items.collect::<Vec<_>>().join("、")
}

fn labels<T: Labelled>(values: impl Iterator<Item = T>) -> String {
    joined(values.map(Labelled::label))
}

/// The times as once written, else in the wording of places, which the reader of returned forms understands.
fn written(times: &[Times]) -> String {
    let mut texts: Vec<String> = Vec::new();
    for one in times {
        let text = one.raw.clone().unwrap_or_else(|| words::text(&one.rule, Style::Standard(Voice::Place)));
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts.join("、")
}

fn channel(filled: &mut Filled, columns: &ChannelColumns, channel: &Channel) {
    filled.insert(columns.channel, channel.channel.label().to_owned());
    optional(filled, columns.target, channel.target.as_ref());
    filled.insert(columns.purposes, labels(channel.purposes.iter().copied()));
    filled.insert(columns.times, written(&channel.times));
    optional(filled, columns.note, channel.note.as_ref());
}

fn when(filled: &mut Filled, facts: &EntryFacts) {
    filled.insert(TIMES, written(&facts.times));
    filled.insert(AVOID, written(&facts.avoid));
    let of_channels = facts.channels.iter().flat_map(|channel| &channel.times);
    let limited: Vec<&Times> =
        of_channels.chain(&facts.times).filter(|times| times.raw.as_deref() != Some(ANY_TIME)).collect();
    let all = |held: &dyn Fn(&Times) -> bool| !limited.is_empty() && limited.iter().all(|times| held(times));
    let word = |held: bool, cancelled: bool| match (held, cancelled) {
        (true, _) => Some(REACHED.to_owned()),
        (_, true) => Some(NOT_REACHED.to_owned()),
        _ => None,
    };
    let holidays = word(
        all(&|times| times.rule.holidays == HolidayPolicy::Held),
        all(&|times| times.rule.holidays == HolidayPolicy::Cancelled),
    );
    let year_end = word(
        all(&|times| times.rule.year_end == YearEndPolicy::Held),
        all(&|times| times.rule.year_end == YearEndPolicy::Cancelled),
    );
    optional(filled, HOLIDAYS, holidays.as_ref());
    optional(filled, YEAR_END, year_end.as_ref());
}

fn how(filled: &mut Filled, facts: &EntryFacts) {
    filled.insert(AVOID_CHANNELS, labels(facts.avoid_channels.iter().map(|avoided| avoided.channel)));
    optional(filled, AVOID_REASON, facts.avoid_channels.iter().find_map(|avoided| avoided.reason.as_ref()));
    if let Some(appointment) = &facts.appointment {
        filled.insert(APPOINTMENT, appointment.need.label().to_owned());
        optional(filled, LEAD_DAYS, appointment.lead_days.map(|days| days.to_string()).as_ref());
    }
    if let Some(answerer) = &facts.answered_by {
        optional(filled, ANSWERER, answerer.role.map(|role| role.label().to_owned()).as_ref());
        optional(filled, ANSWERER_NAME, answerer.name.as_ref());
    }
    optional(filled, OPINION, facts.opinion_letter.as_ref());
    optional(filled, STAND_IN, facts.stand_in.as_ref().and_then(|stand_in| stand_in.text.as_ref()));
    optional(filled, NOTE, facts.note.as_ref());
}

fn attendance(filled: &mut Filled, (column, conditions): (&'static str, &'static str), said: &Attendance) {
    if said.answer != ConferenceAttendance::Unknown || said.conditions.is_some() {
        filled.insert(column, said.answer.label().to_owned());
    }
    optional(filled, conditions, said.conditions.as_ref());
}

fn offer(filled: &mut Filled, (column, note): (&'static str, &'static str), said: &Offer) {
    if said.answer != Answer::Unknown || said.note.is_some() {
        filled.insert(column, said.answer.label().to_owned());
    }
    optional(filled, note, said.note.as_ref());
}

#[cfg(test)]
mod tests {
    use super::*;
    use hours::opening_hours::OpeningHours;
    use hours::prose::read;
    use hours::schedule::{Rule, Schedule};

    #[test]
    fn what_nobody_wrote_is_written_so_that_it_can_be_read() {
        let times = |hours: &str, raw: Option<&str>| {
            let rule = Schedule {
                holidays: HolidayPolicy::Held,
                year_end: YearEndPolicy::Held,
                ..Schedule::new(Rule::Hours(OpeningHours::read(hours).unwrap()))
            };
            Times { rule, raw: raw.map(str::to_owned) }
        };
        let text = written(&[times("Mo 09:00-12:00", None)]);
        assert_eq!(text, "毎週月曜 9:00〜12:00（祝日も開催、年末年始も開催）");
        let reading = read(&text);
        assert!(reading.unread.is_empty() && reading.computable(), "{reading:?}");
        let both = [times("Mo 09:00-12:00", Some("月の午前")), times("Tu 12:30-13:00", Some("月の午前"))];
        assert_eq!(written(&both), "月の午前");
    }
}
