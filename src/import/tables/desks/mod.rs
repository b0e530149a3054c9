//! 平時の連絡窓口一覧 and 退院調整担当者一覧: one row per desk, identified by 管理番号.

pub mod write;

use crate::auth::policy::Audience;
use crate::import::cells::column::{Column, column, labels};
use crate::import::cells::{Cells, Taken, of_label};
use crate::import::complaint::{Flaw, Refusal};
use crate::import::file::table::{Row, Table};
use crate::import::formats::{Family, Format, Profile, list};
use crate::import::report::Report;
use crate::import::tables::desks::write::ContactRows;
use crate::import::tables::professionals::cells::{
    FacilityNumber, MEDICAL_NUMBER, OFFICE_NUMBER, facility, text,
};
use crate::import::tables::professionals::readers::{self, Readers};
use crate::import::tables::professionals::rows;
use crate::import::tables::professionals::times::{self, Holidays};
use crate::import::tables::{List, SideTable};
use crate::liaison::end_of_fiscal_year;
use crate::liaison::facts::{Channel, ContactFacts, Line, StandIn};
use crate::liaison::terms::{
    AnswererRole, ContactChannel, LiaisonContactKind, LiaisonOrganizationType, LiaisonTopic,
};
use chrono::NaiveDate;
use japan::text::{self, fold};
use japan::values::ContactValue;
use japan::values::mentions::private_mentions;

const NUMBER: &str = "管理番号";
/// Name of the institution that has the desk.
pub const NAME: &str = "機関名";
/// Code of an organization.
pub const ORGANIZATION: &str = "組織コード";
/// Number of the desk that stands in.
pub const STAND_IN: &str = "不在時の窓口（管理番号）";
/// Day of the information in the row.
pub const AS_OF: &str = "情報時点";
const TYPE: &str = "機関の種類";
const CHANNELS: &str = "連絡手段";
const CHANNEL_TIMES: &str = "手段ごとの時間";
const TOPICS: &str = "相談内容";
const ADMISSION: &str = "入院時情報の送付先";
const WARD: &str = "病棟";
const PERSON: &str = "担当者名";
const VALID_FROM: &str = "有効開始";
const VALID_TO: &str = "有効終了";
const LONGEST_NUMBER: usize = 64;

/// Columns that a 平時の連絡窓口一覧 must have.
const GENERAL: &[&str] = &[NUMBER, NAME, TYPE, TOPICS];
/// Columns that a 退院調整担当者一覧 must have.
const DISCHARGE: &[&str] = &[NUMBER, NAME, WARD, ADMISSION];

const WHOSE: &[Column] = &[
    column(NUMBER, "必須。団体で決めた番号。ほかの一覧とも重ねず、ずっと変えない", "R-001"),
    column(NAME, "必須。医療機関・事業所の名前", "見本病院"),
    column(TYPE, "必須（退院調整担当者一覧では空欄でもよい）", "医療機関（有床）")
        .one_of(labels::<LiaisonOrganizationType>),
    column(MEDICAL_NUMBER, "医療情報ネットのID。都道府県コードと「:」を前に付ける。わからなければ空欄", ""),
    column(OFFICE_NUMBER, "介護保険事業所番号10桁。わからなければ空欄", ""),
    column(ORGANIZATION, "組織一覧にあるコード。なければ空欄", ""),
    column("部署", "地域連携室 など", "地域医療連携室"),
];
const GENERAL_ONLY: &[Column] =
    &[column(TOPICS, "複数は「、」で区切る", "平時の相談、入院時").some_of(labels::<LiaisonTopic>)];
const DISCHARGE_ONLY: &[Column] = &[
    column(WARD, "担当する病棟。病院全体なら空欄", "3階東病棟"),
    column(ADMISSION, "入院時情報提供書の送付先", "地域医療連携室 FAX 0235-00-0002").wide(),
];
const HOW: &[Column] = &[
    column(PERSON, "医療・介護専門職だけが見る。公開されない", "見本 太郎"),
    column("職種", "1つ", "医療ソーシャルワーカー").one_of(labels::<AnswererRole>),
    column("電話", "代表・直通。個人の携帯は書かない", "0235-00-0001"),
    column("内線", "", "123"),
    column("FAX", "", "0235-00-0002"),
    column("メール", "機関のアドレス", ""),
    column(CHANNELS, "望ましい順に「、」で区切る", "電話、FAX").some_of(labels::<ContactChannel>),
    column(CHANNEL_TIMES, "手段で時間が違うとき、1行に1つ（電話：平日 9:00～12:00）", "").wide(),
    column("対応時間", "曜日と時間。空欄は不明", "平日 9:00～17:00").wide(),
    column("避けてほしい時間", "曜日と時間。対応時間より優先", "平日 12:00～13:00").wide(),
    times::COLUMN,
    column(STAND_IN, "不在のとき代わる窓口の管理番号", ""),
    column("不在時の対応", "言葉で", "").wide(),
];
const STATUS: &[Column] = &[
    column(AS_OF, "いつの情報か。空欄は一覧の時点", "R8.4.1"),
    column(VALID_FROM, "この日から。空欄でもよい", ""),
    column(VALID_TO, "この日まで。退院調整担当者は空欄なら年度末", ""),
    column("備考", "個人の電話・メールは書かない", "").wide(),
];

/// The columns of 平時の連絡窓口一覧.
const GENERAL_COLUMNS: &[&[Column]] = &[WHOSE, GENERAL_ONLY, HOW, readers::COLUMNS, STATUS];
/// The columns of 退院調整担当者一覧.
const DISCHARGE_COLUMNS: &[&[Column]] = &[WHOSE, DISCHARGE_ONLY, HOW, readers::COLUMNS, STATUS];

/// 平時の連絡窓口一覧.
pub const GENERAL_PROFILE: Profile = list(
    Format::LiaisonContacts,
    "liaison-contacts",
    "平時の連絡窓口一覧",
    GENERAL,
    GENERAL_COLUMNS,
    Family::SideTable(SideTable::of(&Desks(LiaisonContactKind::General))),
);
/// 退院調整担当者一覧.
pub const DISCHARGE_PROFILE: Profile = list(
    Format::DischargeCoordinators,
    "discharge-coordinators",
    "退院調整担当者一覧",
    DISCHARGE,
    DISCHARGE_COLUMNS,
    Family::SideTable(SideTable::of(&Desks(LiaisonContactKind::Discharge))),
);

/// A list of desks of one kind.
struct Desks(LiaisonContactKind);

impl List for Desks {
    type Rows = ContactRows;

    fn read(
        &self,
        table: Table<'_>,
        as_of: Option<NaiveDate>,
        report: &mut Report,
    ) -> Result<Self::Rows, Refusal> {
        let &Self(kind) = self;
        let format = match kind {
            LiaisonContactKind::General => Format::LiaisonContacts,
            LiaisonContactKind::Discharge => Format::DischargeCoordinators,
        };
        let desks = rows(format, table, report, |row| desk(kind, row, as_of))?;
        Ok(ContactRows { kind, desks })
    }
}

/// The desk of a row.
#[derive(Clone, Debug)]
pub struct Desk {
    /// Line on which the row starts.
    pub line: u64,
    /// Number in the list (管理番号), at most 64 characters.
    pub number: String,
    /// Purpose: general contact or discharge.
    pub kind: LiaisonContactKind,
    /// Type of the institution (機関の種類).
    pub organization_type: LiaisonOrganizationType,
    /// Name of the institution (機関名).
    pub name: String,
    /// Official number of the institution.
    pub facility: Option<FacilityNumber>,
    /// Code of the organization (組織コード).
    pub organization: Option<String>,
    /// Contacts, times, topics and remarks.
    pub facts: ContactFacts,
    /// Number of the desk that stands in.
    pub stand_in: Option<String>,
    /// Audience and distribution list.
    pub readers: Readers,
    /// Day of the information: of the row, else of the file.
    pub as_of: NaiveDate,
    /// First day of validity.
    pub valid_from: Option<NaiveDate>,
    /// Last day of validity.
    pub valid_to: Option<NaiveDate>,
}

fn desk(kind: LiaisonContactKind, row: &Row<'_>, file_day: Option<NaiveDate>) -> Taken<Desk> {
    let cells = row;
    let Some(number) = cells.code(NUMBER).filter(|number| number.chars().count() <= LONGEST_NUMBER) else {
        return cells.wrong(NUMBER, Flaw::NoDeskNumber { most: LONGEST_NUMBER });
    };
    let Some(name) = text(cells, NAME)? else { return cells.wrong(NAME, Flaw::Empty) };
    let Some(as_of) = row.past_day(AS_OF)?.or(file_day) else {
        return cells.wrong(AS_OF, Flaw::NoDayKnown);
    };
    let desk = Desk {
        line: row.line,
        number,
        kind,
        organization_type: organization_type(kind, cells)?,
        name,
        facility: facility(cells)?,
        organization: cells.code(ORGANIZATION),
        facts: facts(cells, as_of)?,
        stand_in: cells.code(STAND_IN),
        readers: Readers::read(cells)?,
        as_of,
        valid_from: cells.day(VALID_FROM)?,
        valid_to: cells.day(VALID_TO)?.or_else(|| ends_on(kind, as_of)),
    };
    if desk.valid_from.zip(desk.valid_to).is_some_and(|(from, to)| to < from) {
        return cells.wrong(VALID_TO, Flaw::EndsBefore { column: VALID_FROM });
    }
    if desk.readers.audience == Audience::Public {
        private_part(&desk.name, &desk.facts).map_or(Ok(()), |(column, flaw)| cells.wrong(column, flaw))?;
    }
    Ok(desk)
}

/// Discharge coordinators are appointed for a fiscal year, so without a given
/// end they are valid until its last day.
fn ends_on(kind: LiaisonContactKind, as_of: NaiveDate) -> Option<NaiveDate> {
    (kind == LiaisonContactKind::Discharge).then(|| end_of_fiscal_year(as_of))
}

fn organization_type(kind: LiaisonContactKind, cells: &impl Cells) -> Taken<LiaisonOrganizationType> {
    match (cells.word(TYPE)?, kind) {
        (Some(known), _) => Ok(known),
        (None, LiaisonContactKind::Discharge) => Ok(LiaisonOrganizationType::HospitalWithBeds),
        (None, LiaisonContactKind::General) => cells.wrong(TYPE, Flaw::Empty),
    }
}

fn facts(cells: &impl Cells, as_of: NaiveDate) -> Taken<ContactFacts> {
    let holidays = Holidays::read(cells)?;
    let as_of = Some(as_of);
    let stand_in = text(cells, "不在時の対応")?;
    Ok(ContactFacts {
        department: text(cells, "部署")?,
        ward: text(cells, WARD)?,
        person_name: text(cells, PERSON)?,
        role: cells.word("職種")?,
        line: line(cells)?,
        channels: channels(cells, holidays, as_of)?,
        times: times::of_column(cells, "対応時間", holidays, as_of)?,
        avoid: times::of_column(cells, "避けてほしい時間", Holidays::Open, as_of)?,
        topics: cells.words(TOPICS)?,
        admission_info_to: text(cells, ADMISSION)?,
        stand_in: stand_in.map(|text| StandIn { contact: None, text: Some(text) }),
        note: text(cells, "備考")?,
    })
}

fn line(cells: &impl Cells) -> Taken<Line> {
    let email = text(cells, "メール")?;
    if let Some(written) = email.as_deref()
        && ContactValue::mail(written).is_none()
    {
        return cells.wrong("メール", Flaw::NotAMailAddress { cell: written.to_owned() });
    }
    Ok(Line {
        label: None,
        tel: number(cells, "電話")?,
        ext: text(cells, "内線")?,
        fax: number(cells, "FAX")?,
        email,
    })
}

/// A phone or fax number as it is displayed.
fn number(cells: &impl Cells, column: &'static str) -> Taken<Option<String>> {
    Ok(cells.phone(column)?.map(|number| number.display().to_owned()))
}

/// The channels in their order, each with the times given for it alone.
fn channels(cells: &impl Cells, holidays: Holidays, as_of: Option<NaiveDate>) -> Taken<Vec<Channel>> {
    let wanted: Vec<ContactChannel> = cells.words(CHANNELS)?;
    let mut channels: Vec<Channel> =
        wanted.into_iter().map(|channel| Channel { channel, ..Channel::default() }).collect();
    let said = text(cells, CHANNEL_TIMES)?.unwrap_or_default();
    for line in said.lines() {
        let Some((name, text)) = line.split_once(['：', ':']) else {
            return cells.wrong(CHANNEL_TIMES, Flaw::NotAChannelTime { line: line.to_owned() });
        };
        let named = of_label::<ContactChannel>(name.trim());
        let Some(channel) = channels.iter_mut().find(|one| Some(one.channel) == named) else {
            let name = name.trim().to_owned();
            return cells.wrong(CHANNEL_TIMES, Flaw::NotAListedChannel { name });
        };
        channel.times.extend(times::read(cells, CHANNEL_TIMES, text.trim(), holidays, as_of)?);
    }
    Ok(channels)
}

/// The part of a desk for which it must not be public: a private number, or the name of its contact person in a
/// text.
pub fn private_part(name: &str, facts: &ContactFacts) -> Option<(&'static str, Flaw)> {
    for (column, number) in [("電話", &facts.line.tel), ("FAX", &facts.line.fax)] {
        let private = |written: &String| ContactValue::numbers(written).iter().any(ContactValue::is_private);
        if number.as_ref().is_some_and(private) {
            return Some((column, Flaw::MobileNotPublic));
        }
    }
    let stand_in = facts.stand_in.as_ref().and_then(|stand_in| stand_in.text.as_deref());
    let texts = [
        (NAME, Some(name)),
        ("部署", facts.department.as_deref()),
        (WARD, facts.ward.as_deref()),
        ("内線", facts.line.ext.as_deref()),
        (ADMISSION, facts.admission_info_to.as_deref()),
        ("不在時の対応", stand_in),
        ("備考", facts.note.as_deref()),
    ];
    let texts = texts.into_iter().filter_map(|(column, text)| Some((column, text?)));
    for (column, text) in texts {
        if !private_mentions(text).is_empty() {
            return Some((column, Flaw::PrivateNotPublic));
        }
        if column != NAME && facts.person_name.as_deref().is_some_and(|name| holds(text, name)) {
            return Some((column, Flaw::PersonNotPublic));
        }
    }
    None
}

/// Whether a text contains the full name of a person. A single character is not enough, nor is the family
/// name of a full name, which may be that of the institution.
fn holds(text: &str, name: &str) -> bool {
    let name = fold(name);
    name.chars().count() > 1 && fold(text).contains(&name)
}

/// The text that searches match: names, department and ward, never the name of a person.
pub fn search_key(desk: &Desk, facility: Option<&str>) -> String {
    let parts =
        [Some(desk.name.as_str()), facility, desk.facts.department.as_deref(), desk.facts.ward.as_deref()];
    parts.into_iter().flatten().map(text::search_key).collect::<Vec<_>>().join(" ")
}
