//! The content of the printed sheet as plain text. [`read`] loads sheet, institution and entries within the
//! viewer's scope; the rest works on the types of the graph, without a database.

use crate::auth::Viewer;
use crate::context::RequestContext;
use crate::error::Result;
use crate::id::{NodeId, NodeType};
use crate::liaison::facts::{self, EntryFacts, Line, Times};
use crate::liaison::sheets::LiaisonSheet;
use crate::liaison::sheets::entry::PhysicianEntry;
use crate::liaison::sheets::entry_store::EntriesOf;
use crate::liaison::sheets::store;
use crate::resources::store::ResourceKey;
use crate::terms::Labelled;
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};
use hours::words::Voice;
use japan::clock::JAPAN;
use uuid::Uuid;

/// A sheet as it is printed for one reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// Name of the institution.
    pub institution: String,
    /// Its address.
    pub address: Option<String>,
    /// Its numbers for liaison, one text each.
    pub lines: Vec<String>,
    /// Which version.
    pub version: i32,
    /// The day the facts are from.
    pub as_of: NaiveDate,
    /// The day it was made.
    pub issued_on: NaiveDate,
    /// The day by which it is to be reviewed.
    pub review_due_on: NaiveDate,
    /// Its review state, in Japanese.
    pub review: &'static str,
    /// Warnings to readers.
    pub warnings: Vec<&'static str>,
    /// Its issuer (作成主体).
    pub issuer: String,
    /// Its entries about physicians, in its order.
    pub physicians: Vec<Physician>,
    /// Information that must not be sent by fax or mail.
    pub cautions: Vec<String>,
    /// Remarks of the institution: a label and a text.
    pub remarks: Vec<(&'static str, String)>,
    /// The organization of the viewer who prints it; never their name.
    pub reader: String,
    /// When it is printed.
    pub printed_at: DateTime<FixedOffset>,
}

/// The entry about one physician.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Physician {
    /// Name.
    pub name: String,
    /// Reading, departments and position; of a physician who has left, also the day.
    pub about: Vec<String>,
    /// Channels in their order.
    pub channels: Vec<Channel>,
    /// Everything else: a label and a text.
    pub facts: Vec<(&'static str, String)>,
}

/// A channel as it is printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Channel {
    /// Which one.
    pub name: &'static str,
    /// Number or address.
    pub target: String,
    /// Its purposes; `None`: all.
    pub purposes: Option<String>,
    /// Its own times; `None`: the times for all channels.
    pub times: Option<String>,
    /// Remarks (備考).
    pub note: Option<String>,
}

/// The sheet of an id as it is printed for a viewer; `None` when it does not exist for them.
///
/// # Errors
/// When the database fails.
pub async fn read(context: &RequestContext, sheet: Uuid) -> Result<Option<Paper>> {
    let found = store::find_many(context.db(), &context.viewer, &[sheet]).await?;
    let Some(sheet) = found.into_iter().next() else { return Ok(None) };
    let Some(institution) = context.load(ResourceKey(sheet.row().resource_id)).await? else {
        return Ok(None);
    };
    let entries = context.load_list(EntriesOf(sheet.row().id)).await?;
    let sheet = sheet.handed_to(context);
    let mut paper = paper(&sheet, &entries, &context.viewer);
    paper.institution = institution.name.clone();
    paper.address = institution.location.address.clone();
    Ok(Some(paper))
}

/// The content from a sheet and its entries, without name and address of the institution.
fn paper(sheet: &LiaisonSheet, entries: &[PhysicianEntry], viewer: &Viewer) -> Paper {
    let printed_at = viewer.clock().now().with_timezone(&JAPAN).fixed_offset();
    let (row, facts) = (sheet.row(), sheet.facts());
    let remarks = [("文書料", &facts.document_fee), ("備考", &facts.note)];
    Paper {
        institution: String::new(),
        address: None,
        lines: facts.lines.iter().map(line).collect(),
        version: row.version,
        as_of: row.as_of,
        issued_on: row.issued_on,
        review_due_on: row.review_due_on,
        review: sheet.review_state(viewer.today()).label(),
        warnings: sheet
            .warned_of(entries, viewer.today())
            .into_iter()
            .map(|warning| warning.message)
            .collect(),
        issuer: row.issuer.clone(),
        physicians: entries.iter().map(|entry| physician(entry, viewer.today())).collect(),
        cautions: facts.cautions.clone(),
        remarks: remarks.into_iter().filter_map(|(label, text)| Some((label, text.clone()?))).collect(),
        reader: reader(viewer),
        printed_at,
    }
}

fn reader(viewer: &Viewer) -> String {
    let organization = viewer.identity().and_then(|identity| identity.organization.as_ref());
    match organization {
        Some(organization) => format!("{}（{}）", organization.name, organization.code),
        None => "所属の登録なし".to_owned(),
    }
}

fn line(line: &Line) -> String {
    let extension = line.ext.as_ref().map(|ext| format!("（内線{ext}）")).unwrap_or_default();
    let parts = [
        line.label.clone(),
        line.tel.as_ref().map(|tel| format!("電話 {tel}{extension}")),
        line.fax.as_ref().map(|fax| format!("FAX {fax}")),
        line.email.as_ref().map(|email| format!("メール {email}")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("　")
}

fn physician(entry: &PhysicianEntry, today: NaiveDate) -> Physician {
    let stored = entry.stored();
    let facts = &stored.facts;
    let departments = facts.departments.iter().map(|department| department.name.as_str());
    let departments = departments.collect::<Vec<_>>().join("・");
    let mut about: Vec<String> = stored.physician.name_kana.iter().cloned().collect();
    about.extend(Some(departments).filter(|text| !text.is_empty()));
    about.extend(facts.title.clone());
    let name = stored.physician.name.clone();
    if let Some(day) = stored.ended_on.filter(|_| !entry.works_there(today)) {
        about.push(format!("{}から、この医療機関に在籍していません", wareki(day)));
        return Physician { name, about, ..Physician::default() };
    }
    Physician { name, about, channels: facts.channels.iter().map(channel).collect(), facts: others(facts) }
}

fn channel(channel: &facts::Channel) -> Channel {
    let purposes = channel.purposes.iter().map(|purpose| purpose.label());
    let purposes = purposes.collect::<Vec<_>>().join("・");
    Channel {
        name: channel.channel.label(),
        target: channel.target.clone().unwrap_or_else(|| "医療機関の連絡先".to_owned()),
        purposes: (!purposes.is_empty()).then(|| format!("〔{purposes}〕")),
        times: said(&channel.times),
        note: channel.note.as_ref().map(|note| format!("※{note}")),
    }
}

/// Times in the short wording of printed sheets; `None` when there are none.
fn said(times: &[Times]) -> Option<String> {
    let all: Vec<_> = times.iter().map(|times| times.text(Voice::Paper)).collect();
    (!all.is_empty()).then(|| all.join("、"))
}

/// With a text behind it in brackets, where there is one.
fn with(text: &str, more: Option<&str>) -> String {
    more.map_or_else(|| text.to_owned(), |more| format!("{text}（{more}）"))
}

fn others(facts: &EntryFacts) -> Vec<(&'static str, String)> {
    let avoided = facts.avoid_channels.iter().map(|one| with(one.channel.label(), one.reason.as_deref()));
    let avoided = avoided.collect::<Vec<_>>().join("、");
    let appointment = facts.appointment.as_ref().map(|one| {
        let ahead = one.lead_days.map(|days| format!("{days}日前まで"));
        with(one.need.label(), ahead.as_deref())
    });
    let answerer = facts.answered_by.as_ref().map(|one| {
        let role = one.role.map(Labelled::label);
        [role, one.name.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ")
    });
    let conference = |one: &facts::Attendance| Some(with(one.answer.label(), one.conditions.as_deref()));
    let stand_in = facts
        .stand_in
        .as_ref()
        .map(|one| one.text.clone().unwrap_or_else(|| "連絡窓口の一覧をご覧ください".to_owned()));
    // 「記載なし」 is printed only where the general times matter: there is no channel, or one has no times of its
    // own.
    let relied = facts.channels.is_empty() || facts.channels.iter().any(|channel| channel.times.is_empty());
    let hours = said(&facts.times).or_else(|| relied.then(|| "記載なし".to_owned()));
    let all = [
        ("勤務", said(&facts.attendance)),
        ("相談しやすい時間", hours),
        ("避ける時間", said(&facts.avoid)),
        ("避ける手段", Some(avoided).filter(|text| !text.is_empty())),
        ("予約", appointment),
        ("窓口", answerer.filter(|text| !text.is_empty())),
        ("担当者会議", conference(&facts.care_conference)),
        ("退院前カンファ", conference(&facts.discharge_conference)),
        ("主治医意見書", facts.opinion_letter.clone()),
        ("在宅", Some(at_home(facts))),
        ("不在時", stand_in),
        ("備考", facts.note.clone()),
    ];
    all.into_iter().filter_map(|(label, text)| Some((label, text?))).collect()
}

fn at_home(facts: &EntryFacts) -> String {
    let offers =
        [("往診", &facts.house_call), ("訪問診療", &facts.home_visit), ("看取り", &facts.end_of_life)];
    let said =
        offers.map(|(what, offer)| format!("{what} {}", with(offer.answer.label(), offer.note.as_deref())));
    said.join("、")
}

/// A day as Japanese papers write it: 令和8年11月20日.
pub fn wareki(day: NaiveDate) -> String {
    let year = match day.year() - 2018 {
        1 if day.month() >= 5 => "令和元".to_owned(),
        year if year > 1 => format!("令和{year}"),
        _ => day.year().to_string(),
    };
    format!("{year}年{}月{}日", day.month(), day.day())
}

/// The public id of a sheet, as addresses name it.
pub fn sheet_of(id: &str) -> Option<Uuid> {
    match NodeId::parse(&id.into(), "id") {
        Ok(NodeId { node: NodeType::LiaisonSheet, uuid }) => Some(uuid),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hours::opening_hours::OpeningHours;
    use hours::recurrence::{HolidayPolicy, YearEndPolicy};
    use hours::schedule::{Rule, Schedule, Uncomputable};

    fn times(hours: &str, holidays: HolidayPolicy, year_end: YearEndPolicy) -> Times {
        let rule = Rule::Hours(OpeningHours::read(hours).unwrap());
        Times { rule: Schedule { holidays, year_end, ..Schedule::new(rule) }, raw: Some("原文".to_owned()) }
    }

    #[test]
    fn times_are_short() {
        let (held, cancelled) = (HolidayPolicy::Held, HolidayPolicy::Cancelled);
        let all = [
            times("Mo 09:00-12:00", held, YearEndPolicy::Held),
            times("Tu,Th 12:30-13:00", cancelled.clone(), YearEndPolicy::Cancelled),
            times("Fr[2] 17:00-18:00", cancelled, YearEndPolicy::Unknown),
        ];
        let expected = "月曜 9:00〜12:00（祝日も同じ、年末年始も同じ）、\
                        火・木曜 12:30〜13:00（祝日・年末年始は休み）、\
                        毎月第2金曜 17:00〜18:00（祝日は休み、年末年始は要確認）";
        assert_eq!(said(&all).as_deref(), Some(expected));
        assert_eq!(said(&[]), None);
    }

    #[test]
    fn what_cannot_be_computed_stands_as_it_was_written() {
        let rule = Schedule::new(Rule::Undated { why: Uncomputable::Irregular, hours: None });
        let irregular = Times { rule, raw: Some("毎週ではない".to_owned()) };
        assert_eq!(said(&[irregular]).as_deref(), Some("毎週ではない"));
    }

    #[test]
    fn days_are_written_in_the_japanese_calendar() {
        let day = |year, month, day| wareki(NaiveDate::from_ymd_opt(year, month, day).unwrap());
        assert_eq!(day(2026, 11, 20), "令和8年11月20日");
        assert_eq!(day(2019, 5, 1), "令和元年5月1日");
        assert_eq!(day(2019, 4, 30), "2019年4月30日", "an older day is rare enough");
    }

    #[test]
    fn what_nobody_has_said_is_not_known_and_not_left_out() {
        let facts = others(&EntryFacts::default());
        let text = |label| facts.iter().find(|(known, _)| *known == label).map(|(_, text)| text.as_str());
        assert_eq!(
            (text("在宅"), text("担当者会議"), text("相談しやすい時間")),
            (Some("往診 未確認、訪問診療 未確認、看取り 未確認"), Some("未確認"), Some("記載なし"))
        );
        assert_eq!(text("予約"), None);
    }
}
