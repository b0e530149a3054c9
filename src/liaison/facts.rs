//! Facts of sheets and desks that are stored as JSON and not queried by SQL, and `Reach`, the extract that
//! `reachableNow` reads.

use super::terms::{
    AnswererRole, AppointmentNeed, ConferenceAttendance, ContactChannel, ContactPurpose, LiaisonTopic,
};
use crate::terms::Answer;
use hours::schedule::Schedule;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Times as a rule and in the wording of the source. Of several, each holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Times {
    /// The rule for computing.
    pub rule: Schedule,
    /// The wording of the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw: Option<String>,
}

/// A channel to a physician or desk; its rank is its place in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Channel {
    /// Channel (手段).
    pub channel: ContactChannel,
    /// The number, address or room.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// Its purposes; empty: all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub purposes: Vec<ContactPurpose>,
    /// When; empty: the times of the physician or desk.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub times: Vec<Times>,
    /// Remarks (備考); `None`: not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Default for Channel {
    fn default() -> Self {
        Self { channel: ContactChannel::Other, target: None, purposes: vec![], times: vec![], note: None }
    }
}

/// A channel by which a physician does not want to be contacted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AvoidedChannel {
    /// Channel to avoid (避けてほしい手段).
    pub channel: ContactChannel,
    /// Reason (避けてほしい理由); `None`: not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A department, with its official code where the name is an official one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Department {
    /// Official code, five digits: `01001`; `None`: the name is not an official one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Name (診療科).
    pub name: String,
}

/// Whether an appointment is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    /// Whether an appointment is needed (予約の要否).
    pub need: AppointmentNeed,
    /// Days ahead (予約は何日前まで), at most 365; `None`: not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_days: Option<u16>,
}

/// The person or role that answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answerer {
    /// Role (職種); `None`: not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<AnswererRole>,
    /// Name of the person (窓口の氏名); `None`: not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// Whether a physician attends a conference, and where conditions are met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendance {
    /// The answer (出席); `Unknown`: not said.
    pub answer: ConferenceAttendance,
    /// Conditions in words: place, time (条件); `None`: not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conditions: Option<String>,
}

impl Default for Attendance {
    fn default() -> Self {
        Self { answer: ConferenceAttendance::Unknown, conditions: None }
    }
}

/// Whether something is offered, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The answer (対応); `Unknown`: not said.
    pub answer: Answer,
    /// Where and how (範囲・備考); `None`: not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Default for Offer {
    fn default() -> Self {
        Self { answer: Answer::Unknown, note: None }
    }
}

/// The stand-in while a physician or desk cannot be reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[derive(Default)]
pub struct StandIn {
    /// A desk of this directory.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<Uuid>,
    /// In words (不在時の対応).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// The entry of a sheet about one physician at its institution.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EntryFacts {
    /// Departments of the physician (診療科).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub departments: Vec<Department>,
    /// Position (役職); `None`: not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Times of attendance; empty: not said.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attendance: Vec<Times>,
    /// Channels (望ましい連絡手段), the preferred one first.
    pub channels: Vec<Channel>,
    /// When, for channels without times of their own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub times: Vec<Times>,
    /// Times to avoid (避けてほしい時間); they win over all others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub avoid: Vec<Times>,
    /// Channels to avoid (避けてほしい手段).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub avoid_channels: Vec<AvoidedChannel>,
    /// Appointment (予約の要否); `None`: not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub appointment: Option<Appointment>,
    /// Person or role that answers (窓口になる人); `None`: not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered_by: Option<Answerer>,
    /// Attendance at conferences on the services of a person (サービス担当者会議).
    pub care_conference: Attendance,
    /// Attendance at conferences before a discharge (退院前カンファレンス).
    pub discharge_conference: Attendance,
    /// The contact for the physician's opinion (主治医意見書), and how to ask; `None`: not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opinion_letter: Option<String>,
    /// 往診.
    pub house_call: Offer,
    /// 訪問診療.
    pub home_visit: Offer,
    /// 看取り.
    pub end_of_life: Offer,
    /// Contact while the physician cannot be reached (不在時の窓口); `None`: not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stand_in: Option<StandIn>,
    /// Remarks (備考); `None`: not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A number or address of an institution.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Line {
    /// Name of the desk (連絡先名); `None`: not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Phone number (電話) as people read it; `None`: not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tel: Option<String>,
    /// Extension (内線); `None`: not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ext: Option<String>,
    /// Fax number (FAX番号) as people read it; `None`: not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fax: Option<String>,
    /// Mail address (メール); `None`: not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// The facts of a sheet about its institution.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SheetFacts {
    /// Numbers and addresses of the institution (連絡先).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<Line>,
    /// Information that must not be sent by fax or mail.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cautions: Vec<String>,
    /// Fees for documents, in words (文書料); `None`: not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document_fee: Option<String>,
    /// Remarks (シートの備考); `None`: not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The facts of a desk of professionals.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ContactFacts {
    /// 部署.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// 病棟.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ward: Option<String>,
    /// Name of the person in charge (担当者名), never public; `None`: not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person_name: Option<String>,
    /// Role of that person (職種); `None`: not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<AnswererRole>,
    /// Numbers and addresses of the desk (連絡先).
    pub line: Line,
    /// Channels (望ましい連絡手段), the preferred one first.
    pub channels: Vec<Channel>,
    /// Times for channels without their own (対応できる時間).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub times: Vec<Times>,
    /// Times to avoid (避けてほしい時間); they win over all others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub avoid: Vec<Times>,
    /// Topics that the desk answers (相談の内容); empty: not said.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<LiaisonTopic>,
    /// The address for the information at an admission (入院時情報提供書の送付先); `None`: not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub admission_info_to: Option<String>,
    /// Desk to turn to while this one cannot be reached (不在時の窓口); `None`: not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stand_in: Option<StandIn>,
    /// Remarks (備考); `None`: not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The channels and times of a physician or desk in a short form, because `reachableNow` reads thousands of
/// them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reach {
    /// Channels in order of preference: code of the channel, codes of its purposes (none: all), rules of its
    /// times.
    pub c: Vec<(ContactChannel, Vec<ContactPurpose>, Vec<String>)>,
    /// Rules of times to avoid.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub a: Vec<String>,
}

impl Reach {
    /// The short form of channels, of times for channels without their own, and of times to avoid.
    pub fn of(channels: &[Channel], times: &[Times], avoid: &[Times]) -> serde_json::Result<Self> {
        let rules = |times: &[Times]| -> serde_json::Result<Vec<String>> {
            times.iter().map(|times| times.rule.to_json()).collect()
        };
        let channel = |channel: &Channel| {
            let times = if channel.times.is_empty() { times } else { &channel.times };
            Ok((channel.channel, channel.purposes.clone(), rules(times)?))
        };
        Ok(Self { c: channels.iter().map(channel).collect::<serde_json::Result<_>>()?, a: rules(avoid)? })
    }
}

impl EntryFacts {
    /// The short form of the physician's channels and times.
    pub fn reach(&self) -> serde_json::Result<Reach> {
        Reach::of(&self.channels, &self.times, &self.avoid)
    }

    /// The tags by which the entry is filtered.
    pub fn tags(&self) -> Vec<String> {
        use crate::terms::Labelled;
        let mut tags = vec![
            format!("conference:{}", self.care_conference.answer.code()),
            format!("discharge-conference:{}", self.discharge_conference.answer.code()),
            format!("house-call:{}", self.house_call.answer.code()),
            format!("home-visit:{}", self.home_visit.answer.code()),
            format!("end-of-life:{}", self.end_of_life.answer.code()),
        ];
        tags.extend(self.channels.iter().map(|channel| format!("channel:{}", channel.channel.code())));
        tags.extend(self.departments.iter().filter_map(|d| Some(format!("department:{}", d.code.as_ref()?))));
        tags.sort();
        tags.dedup();
        tags
    }
}

impl ContactFacts {
    /// The short form of the desk's channels and times.
    pub fn reach(&self) -> serde_json::Result<Reach> {
        Reach::of(&self.channels, &self.times, &self.avoid)
    }

    /// The tags by which the desk is filtered.
    pub fn tags(&self) -> Vec<String> {
        use crate::terms::Labelled;
        let mut tags: Vec<String> =
            self.topics.iter().map(|topic| format!("topic:{}", topic.code())).collect();
        tags.extend(self.channels.iter().map(|channel| format!("channel:{}", channel.channel.code())));
        tags.sort();
        tags.dedup();
        tags
    }
}
