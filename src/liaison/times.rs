//! Times, channels and the like as the graph answers them.

use super::facts::{self, Times};
use super::terms::{AnswererRole, AppointmentNeed, ConferenceAttendance, ContactChannel, ContactPurpose};
use crate::scalars::OpeningHours;
use crate::schedules::HolidayPolicy;
use crate::terms::{Answer, Term};
use async_graphql::{Object, SimpleObject};
use hours::words::{self, Style, Voice};

impl Times {
    /// The times in Japanese. Times that cannot be computed are given in the wording of the source, in any
    /// voice.
    pub fn text(&self, voice: Voice) -> String {
        match &self.raw {
            Some(raw) if self.rule.uncomputable().is_some() => raw.clone(),
            _ => words::text(&self.rule, Style::Standard(voice)),
        }
    }
}

/// Times at which a physician or desk can be reached, is there, or must not be disturbed.
#[derive(Clone)]
pub struct ContactTime(pub Times);

/// From when to when somebody can be turned to, is there, or is not to be disturbed (時間帯).
#[Object]
impl ContactTime {
    /// The times in Japanese (表示文): 「毎週火曜・木曜 12:30〜13:00（祝日は休み）」.
    async fn text(&self) -> String {
        self.0.text(Voice::Person)
    }

    /// The regular rule for programs, without holidays (曜日と時間); null when the grammar cannot say it.
    async fn opening_hours(&self) -> Option<OpeningHours> {
        self.0.rule.opening_hours().cloned().map(OpeningHours)
    }

    /// What holds on public holidays (祝日の扱い).
    async fn holiday_policy(&self) -> Term<HolidayPolicy> {
        Term(HolidayPolicy::of(&self.0.rule.holidays))
    }

    /// What the paper says (原文).
    async fn raw_text(&self) -> Option<&str> {
        self.0.raw.as_deref()
    }

    /// Whether it can be computed when that is (日付計算可否).
    async fn computable(&self) -> bool {
        self.0.rule.uncomputable().is_none()
    }
}

/// All of them.
pub fn shown(times: &[Times]) -> Vec<ContactTime> {
    times.iter().cloned().map(ContactTime).collect()
}

/// A channel to a physician or desk, with its own times and its rank.
pub struct PreferredChannel {
    /// Place in the order (順位), from 1.
    pub rank: i32,
    /// The channel as stored.
    pub channel: facts::Channel,
    /// The times of the physician or desk.
    pub default: Vec<Times>,
}

/// A way to turn to somebody (望ましい連絡手段), with its own times and purposes.
#[Object]
impl PreferredChannel {
    /// Its place in the order (順位); 1 is preferred.
    async fn rank(&self) -> i32 {
        self.rank
    }

    /// Which channel (手段).
    async fn channel(&self) -> Term<ContactChannel> {
        Term(self.channel.channel)
    }

    /// The number, address or room (宛先); null: that of the institution.
    async fn target(&self) -> Option<&str> {
        self.channel.target.as_deref()
    }

    /// For what (目的); none: for everything.
    async fn purposes(&self) -> Vec<Term<ContactPurpose>> {
        self.channel.purposes.iter().copied().map(Term).collect()
    }

    /// When (時間帯); where the channel has no times of its own, those that hold for all. None: not known.
    async fn times(&self) -> Vec<ContactTime> {
        shown(if self.channel.times.is_empty() { &self.default } else { &self.channel.times })
    }

    /// Whether the times are the channel's own (手段ごとの時間).
    async fn has_own_times(&self) -> bool {
        !self.channel.times.is_empty()
    }

    /// What to mind (備考).
    async fn note(&self) -> Option<&str> {
        self.channel.note.as_deref()
    }
}

/// Channels in their order.
pub fn ranked(channels: &[facts::Channel], default: &[Times]) -> Vec<PreferredChannel> {
    (1..)
        .zip(channels)
        .map(|(rank, channel)| PreferredChannel { rank, channel: channel.clone(), default: default.to_vec() })
        .collect()
}

/// A way by which somebody does not want to be turned to (避けてほしい手段).
#[derive(SimpleObject)]
pub struct AvoidedChannel {
    /// Which channel (連絡手段).
    channel: Term<ContactChannel>,
    /// Why not (理由).
    reason: Option<String>,
}

/// Whether an appointment is wanted (予約の要否).
#[derive(SimpleObject)]
pub struct Appointment {
    /// Whether it is (予約の要否).
    need: Term<AppointmentNeed>,
    /// How many days ahead (何日前まで).
    lead_days: Option<u16>,
}

/// Who answers (窓口になる人).
#[derive(SimpleObject)]
pub struct Answerer {
    /// In which role (回答者の立場).
    role: Option<Term<AnswererRole>>,
    /// Their name (回答者名).
    name: Option<String>,
}

/// Whether a physician attends a conference (会議への出席). Not said is UNKNOWN, never CANNOT.
#[derive(SimpleObject)]
pub struct ConferenceAnswer {
    /// The answer (回答).
    answer: Term<ConferenceAttendance>,
    /// Under which conditions (条件): place, time.
    conditions: Option<String>,
}

/// Whether something is offered (対応). Not said is UNKNOWN, never NO.
#[derive(SimpleObject)]
pub struct OfferAnswer {
    /// The answer (回答).
    answer: Term<Answer>,
    /// Where and how (場所や方法).
    note: Option<String>,
}

impl From<facts::AvoidedChannel> for AvoidedChannel {
    fn from(stored: facts::AvoidedChannel) -> Self {
        Self { channel: Term(stored.channel), reason: stored.reason }
    }
}

impl From<facts::Appointment> for Appointment {
    fn from(stored: facts::Appointment) -> Self {
        Self { need: Term(stored.need), lead_days: stored.lead_days }
    }
}

impl From<facts::Answerer> for Answerer {
    fn from(stored: facts::Answerer) -> Self {
        Self { role: stored.role.map(Term), name: stored.name }
    }
}

impl From<facts::Attendance> for ConferenceAnswer {
    fn from(stored: facts::Attendance) -> Self {
        Self { answer: Term(stored.answer), conditions: stored.conditions }
    }
}

impl From<facts::Offer> for OfferAnswer {
    fn from(stored: facts::Offer) -> Self {
        Self { answer: Term(stored.answer), note: stored.note }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hours::opening_hours::OpeningHours;
    use hours::recurrence::{HolidayPolicy, YearEndPolicy};
    use hours::schedule::{Rule, Schedule, Uncomputable};

    fn times(rule: Rule, raw: Option<&str>) -> Times {
        let rule =
            Schedule { holidays: HolidayPolicy::Held, year_end: YearEndPolicy::Held, ..Schedule::new(rule) };
        Times { rule, raw: raw.map(str::to_owned) }
    }

    #[test]
    fn people_are_there_on_holidays_as_on_other_days() {
        let mondays = Rule::Hours(OpeningHours::read("Mo 09:00-12:00").unwrap());
        let expected = "毎週月曜 9:00〜12:00（祝日も同じ、年末年始も同じ）";
        assert_eq!(times(mondays.clone(), None).text(Voice::Person), expected);
        assert_eq!(times(mondays, Some("月曜の午前")).text(Voice::Person), expected);
    }

    #[test]
    fn what_cannot_be_computed_is_said_as_it_was_written() {
        let irregular = Rule::Undated { why: Uncomputable::Irregular, hours: None };
        assert_eq!(times(irregular.clone(), None).text(Voice::Person), "不定期");
        assert_eq!(
            times(irregular, Some("毎週ではない、祝日も開催")).text(Voice::Person),
            "毎週ではない、祝日も開催"
        );
    }
}
