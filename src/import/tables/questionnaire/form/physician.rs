//! The answers of a row of a returned questionnaire about its physician.

use crate::import::cells::contact::{holds_mobile, is_mail};
use crate::import::complaint::{Flaw, Remark};
use crate::import::tables::questionnaire::form::answers::{Answers, is_passed_on};
use crate::import::tables::questionnaire::form::columns::*;
use crate::import::tables::questionnaire::form::times::{self, DaysOff};
use crate::liaison::facts::{
    Answerer, Appointment, Attendance, AvoidedChannel, Channel, Department, EntryFacts, Offer, StandIn,
};
use crate::liaison::terms::{AppointmentNeed, ConferenceAttendance, ContactChannel};
use chrono::NaiveDate;
use japan::codes::medical_department_named;
use japan::values::PhoneNumber;
use unicode_normalization::UnicodeNormalization;

/// Most days ahead for an appointment.
const MOST_LEAD_DAYS: u16 = 365;

/// A physician as a row gives them.
#[derive(Clone, Debug)]
pub struct Physician {
    /// Line on which the row starts.
    pub line: u64,
    /// Code (医師コード); `None`: new to the directory.
    pub code: Option<String>,
    /// Name (氏名).
    pub name: String,
    /// Reading (フリガナ); `None`: not given.
    pub name_kana: Option<String>,
    /// Whether the row says that the name was changed and the physician is the same.
    pub renamed: bool,
    /// Last day of work at the institution (異動・退職日).
    pub last_day: Option<NaiveDate>,
    /// Facts for the sheet; `None`: the last day of work is past, so the other cells are not read.
    pub facts: Option<EntryFacts>,
}

/// Reads a physician; flaws are added to the cells.
pub fn read(cells: &mut Answers, today: NaiveDate) -> Option<Physician> {
    let code = code(cells);
    let name = cells.name(NAME);
    let name_kana = cells.name(KANA);
    let renamed = renamed(cells);
    let last_day = cells.day(LEFT_ON);
    if cells.says(LEFT_ON) && code.is_none() {
        cells.flaw(CODE, Flaw::LeaverWithoutCode);
    }
    let has_left = last_day.is_some_and(|day| day < today);
    let facts = (!has_left).then(|| facts(cells));
    let Some(name) = name else {
        cells.flaw(NAME, Flaw::NoPhysicianName);
        return None;
    };
    Some(Physician { line: cells.line, code, name, name_kana, renamed, last_day, facts })
}

/// The code as written, in half-width capitals without blanks.
pub fn code(cells: &Answers) -> Option<String> {
    let code: String = cells.raw(CODE).nfkc().filter(|c| !c.is_whitespace()).collect();
    Some(code.to_uppercase()).filter(|code| !code.is_empty())
}

fn renamed(cells: &mut Answers) -> bool {
    let cell = cells.raw(RENAMED).to_owned();
    if !cell.is_empty() && cell != SAME_PERSON {
        cells.unknown(RENAMED, &cell, &[SAME_PERSON]);
    }
    cell == SAME_PERSON
}

fn facts(cells: &mut Answers) -> EntryFacts {
    let off = DaysOff::read(cells);
    let channels = channels(cells, &off);
    let facts = EntryFacts {
        departments: cells.items(DEPARTMENTS).into_iter().map(department).collect(),
        title: cells.text(TITLE),
        attendance: times::attendance(cells, ATTENDANCE),
        times: times::convenient(cells, TIMES, &off),
        avoid: times::avoided(cells, AVOID),
        avoid_channels: avoided(cells, &channels),
        channels,
        appointment: appointment(cells),
        answered_by: answerer(cells),
        care_conference: attends(cells, CARE_CONFERENCE, CARE_CONDITIONS),
        discharge_conference: attends(cells, DISCHARGE_CONFERENCE, DISCHARGE_CONDITIONS),
        opinion_letter: cells.text(OPINION),
        house_call: offer(cells, HOUSE_CALL, HOUSE_CALL_NOTE),
        home_visit: offer(cells, HOME_VISIT, HOME_VISIT_NOTE),
        end_of_life: offer(cells, END_OF_LIFE, END_OF_LIFE_NOTE),
        stand_in: cells.text(STAND_IN).map(|text| StandIn { text: Some(text), ..StandIn::default() }),
        note: cells.text(NOTE),
    };
    remark_on(cells, &facts);
    facts
}

/// Warns about answers that are valid but perhaps not intended.
fn remark_on(cells: &mut Answers, facts: &EntryFacts) {
    let mut times = facts.channels.iter().map(|channel| &channel.times).chain([&facts.times]);
    if times.any(|times| times::overlap(times, &facts.avoid)) {
        cells.remark(AVOID, Remark::AvoidedTimesOverlap);
    }
    let unknown = |channel: &Channel| channel.channel == ContactChannel::Phone && channel.times.is_empty();
    if facts.times.is_empty() && facts.channels.iter().any(unknown) {
        cells.remark(TIMES, Remark::NoTimeForPhone);
    }
}

fn department(name: String) -> Department {
    let known = medical_department_named(&name);
    Department { code: known.map(|known| known.code.to_owned()), name }
}

fn channels(cells: &mut Answers, off: &DaysOff) -> Vec<Channel> {
    let mut found: Vec<Channel> = Vec::new();
    for (rank, columns) in CHANNELS.iter().enumerate() {
        if !cells.says(columns.channel) {
            beside_nothing(cells, columns);
            continue;
        }
        let Some(channel) = cells.word::<ContactChannel>(columns.channel) else { continue };
        let read = Channel {
            channel,
            target: target(cells, channel, columns),
            purposes: cells.words(columns.purposes),
            times: times::convenient(cells, columns.times, off),
            note: cells.short(columns.note),
        };
        if found.iter().any(|other| repeats(other, &read)) {
            let label = cells.raw(columns.channel).to_owned();
            cells.flaw(columns.channel, Flaw::SameChannel { label });
        }
        if rank > 0 && !cells.says(CHANNELS[rank - 1].channel) {
            cells.flaw(columns.channel, Flaw::ChannelsWithGap { column: CHANNELS[rank - 1].channel });
        }
        found.push(read);
    }
    if CHANNELS.iter().all(|columns| !cells.says(columns.channel)) {
        cells.flaw(CHANNELS[0].channel, Flaw::NoChannel);
    }
    found
}

/// A flaw where details are filled in for a channel that is itself empty.
fn beside_nothing(cells: &mut Answers, columns: &ChannelColumns) {
    let beside = [columns.target, columns.purposes, columns.times, columns.note];
    if let Some(column) = beside.into_iter().find(|column| cells.says(column)) {
        cells.flaw(columns.channel, Flaw::NoChannelFor { column });
    }
}

fn repeats(one: &Channel, other: &Channel) -> bool {
    let shared = one.purposes.iter().any(|purpose| other.purposes.contains(purpose));
    let any = one.purposes.is_empty() || other.purposes.is_empty();
    one.channel == other.channel && one.target == other.target && (any || shared)
}

fn target(cells: &mut Answers, channel: ContactChannel, columns: &ChannelColumns) -> Option<String> {
    let text = cells.short(columns.target)?;
    let words = format!("{text}{}", cells.raw(columns.note));
    if holds_mobile(&words) && !is_passed_on(&words) {
        cells.flaw(columns.target, Flaw::OwnNumber);
    }
    match channel {
        ContactChannel::Email if !is_mail(&text) => {
            cells.flaw(columns.target, Flaw::NotAMailAddress { cell: text.clone() });
        }
        ContactChannel::Phone | ContactChannel::Fax => return dialled(cells, columns.target, text),
        _ => {}
    }
    Some(text)
}

/// A complete phone number, or, with fewer than six digits, words for the switchboard.
fn dialled(cells: &mut Answers, column: &'static str, text: String) -> Option<String> {
    let digits = text.nfkc().filter(char::is_ascii_digit).count();
    match PhoneNumber::parse(&text).filter(|number| number.e164().is_some()) {
        Some(number) => Some(number.display().to_owned()),
        None if digits < 6 => Some(text),
        None => {
            cells.flaw(column, Flaw::NotAPhoneNumber { cell: text });
            None
        }
    }
}

fn avoided(cells: &mut Answers, channels: &[Channel]) -> Vec<AvoidedChannel> {
    let reason = cells.text(AVOID_REASON);
    let avoided: Vec<ContactChannel> = cells.words(AVOID_CHANNELS);
    if reason.is_some() && !cells.says(AVOID_CHANNELS) {
        cells.flaw(AVOID_CHANNELS, Flaw::EmptyBeside { column: AVOID_REASON });
    }
    if avoided.iter().any(|avoided| channels.iter().any(|channel| channel.channel == *avoided)) {
        cells.flaw(AVOID_CHANNELS, Flaw::AvoidedAndPreferred);
    }
    avoided.into_iter().map(|channel| AvoidedChannel { channel, reason: reason.clone() }).collect()
}

fn appointment(cells: &mut Answers) -> Option<Appointment> {
    let need = cells.word::<AppointmentNeed>(APPOINTMENT);
    let lead_days = lead_days(cells);
    match need {
        None if lead_days.is_some() => {
            cells.flaw(APPOINTMENT, Flaw::EmptyBeside { column: LEAD_DAYS });
            None
        }
        Some(AppointmentNeed::NotNeeded) if lead_days.is_some() => {
            cells.flaw(LEAD_DAYS, Flaw::LeadDaysWithoutNeed);
            None
        }
        need => need.map(|need| Appointment { need, lead_days }),
    }
}

fn lead_days(cells: &mut Answers) -> Option<u16> {
    let cell: String = cells.raw(LEAD_DAYS).nfkc().filter(|c| !c.is_whitespace()).collect();
    if cell.is_empty() {
        return None;
    }
    let plain = cell.trim_end_matches("まで").trim_end_matches('前').trim_end_matches('日');
    let days = plain.parse().ok().filter(|days| *days <= MOST_LEAD_DAYS);
    if days.is_none() {
        cells.flaw(LEAD_DAYS, Flaw::NotLeadDays { cell, most: MOST_LEAD_DAYS });
    }
    days
}

fn answerer(cells: &mut Answers) -> Option<Answerer> {
    let (role, name) = (cells.word(ANSWERER), cells.text(ANSWERER_NAME));
    (role.is_some() || name.is_some()).then_some(Answerer { role, name })
}

fn attends(cells: &mut Answers, column: &'static str, conditions_column: &'static str) -> Attendance {
    let answer = cells.word::<ConferenceAttendance>(column);
    let conditions = cells.text(conditions_column);
    if answer == Some(ConferenceAttendance::Conditional) && conditions.is_none() {
        cells.flaw(conditions_column, Flaw::ConditionsNeeded { column });
    }
    if !cells.says(column) && conditions.is_some() {
        cells.flaw(column, Flaw::EmptyBeside { column: conditions_column });
    }
    Attendance { answer: answer.unwrap_or(ConferenceAttendance::Unknown), conditions }
}

fn offer(cells: &mut Answers, column: &'static str, note_column: &'static str) -> Offer {
    let answer = cells.word(column);
    let note = cells.text(note_column);
    if !cells.says(column) && note.is_some() {
        cells.flaw(column, Flaw::EmptyBeside { column: note_column });
    }
    Offer { answer: answer.unwrap_or(Offer::default().answer), note }
}
