//! 受け入れ施設一覧: one row per facility and service, with a column for each care need.

pub mod write;

use crate::acceptances::terms::{AcceptanceAnswer, CareNeed};
use crate::import::cells::column::{Column, column, labels, yes_or_no};
use crate::import::cells::{Cells, Taken, not_one_of};
use crate::import::complaint::{Flaw, Refusal};
use crate::import::file::table::{Row, Table};
use crate::import::formats::{Family, Format, Profile, list};
use crate::import::report::Report;
use crate::import::tables::professionals::cells::{
    FacilityNumber, MEDICAL_NUMBER, OFFICE_NUMBER, facility, text,
};
use crate::import::tables::professionals::readers::{self, Readers};
use crate::import::tables::professionals::rows;
use crate::import::tables::{List, SideTable};
use crate::terms::Labelled;
use crate::vacancies::terms::VacancyStatus;
use chrono::NaiveDate;
use japan::codes;
use japan::values::mentions::private_mentions;

/// Name of the facility.
pub const NAME: &str = "施設名";
/// Service of the facility.
pub const SERVICE: &str = "サービス種類";
/// Day of the information in the row.
pub const AS_OF: &str = "情報時点";
const STATUS: &str = "空き状況";
const PLACES: &str = "空き人数";
const PERIOD_FROM: &str = "空き期間開始";
const PERIOD_TO: &str = "空き期間終了";
const NOTE: &str = "空きの備考";
const REPORTED: &str = "空きの報告日";

/// Columns that the list must have.
const REQUIRED: &[&str] = &[NAME, SERVICE, "胃ろう", "吸引"];

/// Each need with the columns of its answer and its conditions.
const NEEDS: [(CareNeed, &str, &str); 19] = [
    (CareNeed::Gastrostomy, "胃ろう", "胃ろうの条件"),
    (CareNeed::Jejunostomy, "腸ろう", "腸ろうの条件"),
    (CareNeed::Nasogastric, "経鼻胃管", "経鼻胃管の条件"),
    (CareNeed::Tracheostomy, "気管カニューレ", "気管カニューレの条件"),
    (CareNeed::Catheter, "バルーンカテーテル", "バルーンカテーテルの条件"),
    (CareNeed::Colostomy, "人工肛門", "人工肛門の条件"),
    (CareNeed::Urostomy, "人工膀胱", "人工膀胱の条件"),
    (CareNeed::Dialysis, "人工透析", "人工透析の条件"),
    (CareNeed::HomeOxygen, "在宅酸素", "在宅酸素の条件"),
    (CareNeed::Ivh, "中心静脈栄養", "中心静脈栄養の条件"),
    (CareNeed::Insulin, "インスリン", "インスリンの条件"),
    (CareNeed::Nippv, "在宅NIPPV", "在宅NIPPVの条件"),
    (CareNeed::Suction, "吸引", "吸引の条件"),
    (CareNeed::PressureUlcer, "褥瘡", "褥瘡の条件"),
    (CareNeed::Ventilator, "人工呼吸器", "人工呼吸器の条件"),
    (CareNeed::Opioid, "疼痛管理", "疼痛管理の条件"),
    (CareNeed::EndOfLife, "看取り", "看取りの条件"),
    (CareNeed::Infection, "感染症", "感染症の条件"),
    (CareNeed::Bpsd, "認知症の行動・心理症状", "認知症の行動・心理症状の条件"),
];

const fn answer(name: &'static str, example: &'static str) -> Column {
    column(name, "○・△・×・医療機関。空欄は未確認", example).one_of(answers)
}

const fn conditions(name: &'static str, example: &'static str) -> Column {
    column(name, "", example).wide()
}

const WHOSE: &[Column] = &[
    column(NAME, "必須。番号がないときは、掲載されている名前と同じにする", "見本ショートステイ"),
    column(OFFICE_NUMBER, "介護保険事業所番号10桁。わからなければ空欄", ""),
    column(MEDICAL_NUMBER, "医療機関のとき。都道府県コードと「:」を前に付ける", ""),
    column(SERVICE, "名前か3桁のコード。空欄は施設全体", "短期入所生活介護"),
];
const ANSWERS: &[Column] = &[
    answer("胃ろう", "○"),
    conditions("胃ろうの条件", ""),
    answer("腸ろう", ""),
    conditions("腸ろうの条件", ""),
    answer("経鼻胃管", ""),
    conditions("経鼻胃管の条件", ""),
    answer("気管カニューレ", ""),
    conditions("気管カニューレの条件", ""),
    answer("バルーンカテーテル", ""),
    conditions("バルーンカテーテルの条件", ""),
    answer("人工肛門", ""),
    conditions("人工肛門の条件", ""),
    answer("人工膀胱", ""),
    conditions("人工膀胱の条件", ""),
    answer("人工透析", ""),
    conditions("人工透析の条件", ""),
    answer("在宅酸素", ""),
    conditions("在宅酸素の条件", ""),
    answer("中心静脈栄養", ""),
    conditions("中心静脈栄養の条件", ""),
    answer("インスリン", ""),
    conditions("インスリンの条件", ""),
    answer("在宅NIPPV", ""),
    conditions("在宅NIPPVの条件", ""),
    answer("吸引", "△"),
    conditions("吸引の条件", "夜間は職員1名のため回数を相談"),
    answer("褥瘡", ""),
    conditions("褥瘡の条件", ""),
    answer("人工呼吸器", ""),
    conditions("人工呼吸器の条件", ""),
    answer("疼痛管理", ""),
    conditions("疼痛管理の条件", ""),
    answer("看取り", ""),
    conditions("看取りの条件", ""),
    answer("感染症", ""),
    conditions("感染症の条件", ""),
    answer("認知症の行動・心理症状", ""),
    conditions("認知症の行動・心理症状の条件", ""),
];
const VACANCY: &[Column] = &[
    column("夜間看護", "夜間に看護職員がいるか", "なし").one_of(yes_or_no),
    column("最大人数", "医療ニーズのある方の人数の上限。数字だけ", "2"),
    column(STATUS, "空欄は報告しない。7日たつと不明になる", "△残りわずか").one_of(labels::<VacancyStatus>),
    column(PLACES, "数字だけ", "1"),
    column(PERIOD_FROM, "日付。空欄でもよい", ""),
    column(PERIOD_TO, "日付。空欄でもよい", ""),
    column(NOTE, "個人のことは書かない", "").wide(),
    column(REPORTED, "日付。空欄は情報時点と同じ", ""),
    column(AS_OF, "いつの情報か。空欄は一覧の時点", ""),
];

/// The columns of the list.
const COLUMNS: &[&[Column]] = &[WHOSE, ANSWERS, VACANCY, readers::COLUMNS];

/// The profile of the format.
pub const PROFILE: Profile = list(
    Format::MedicalAcceptances,
    "medical-acceptances",
    "受け入れ施設一覧",
    REQUIRED,
    COLUMNS,
    Family::SideTable(SideTable::of(&Acceptances)),
);

/// The list of the care needs that facilities accept.
struct Acceptances;

impl List for Acceptances {
    type Rows = Vec<Taking>;

    fn read(
        &self,
        table: Table<'_>,
        as_of: Option<NaiveDate>,
        report: &mut Report,
    ) -> Result<Self::Rows, Refusal> {
        rows(Format::MedicalAcceptances, table, report, |row| taking(row, as_of))
    }
}

fn answers() -> Vec<&'static str> {
    vec!["○", "△", "×", "医療機関"]
}

/// The answer to one care need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The care need.
    pub need: CareNeed,
    /// The answer (回答).
    pub answer: AcceptanceAnswer,
    /// Conditions of the acceptance.
    pub conditions: Option<String>,
}

/// A report of vacancies beside the answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vacancy {
    /// Status of the vacancies.
    pub status: VacancyStatus,
    /// Number of free places.
    pub places: Option<i32>,
    /// First day of the period.
    pub period_from: Option<NaiveDate>,
    /// Last day of the period.
    pub period_to: Option<NaiveDate>,
    /// Remarks (備考).
    pub note: Option<String>,
    /// Day of the report; where it is not given, that of the row.
    pub reported_on: NaiveDate,
}

/// The acceptances of a facility or one of its services, as a row gives them.
#[derive(Clone, Debug)]
pub struct Taking {
    /// Line on which the row starts.
    pub line: u64,
    /// Name of the facility.
    pub name: String,
    /// Official number of the facility.
    pub facility: Option<FacilityNumber>,
    /// Code of the service; empty: the whole facility.
    pub service_code: String,
    /// Answers in the order of the needs.
    pub answers: Vec<Answered>,
    /// Whether a nurse is present at night (夜間看護).
    pub night_nurse: Option<bool>,
    /// Most persons accepted (最大人数).
    pub max_persons: Option<i32>,
    /// Vacancy report; `None`: not given.
    pub vacancy: Option<Vacancy>,
    /// Audience and distribution list.
    pub readers: Readers,
    /// Day of the information: of the row, else of the file.
    pub as_of: NaiveDate,
}

fn taking(row: &Row<'_>, file_day: Option<NaiveDate>) -> Taken<Taking> {
    let cells = row;
    let Some(name) = text(cells, NAME)? else { return cells.wrong(NAME, Flaw::Empty) };
    let Some(as_of) = row.past_day(AS_OF)?.or(file_day) else {
        return cells.wrong(AS_OF, Flaw::NoDayKnown);
    };
    let mut answers = Vec::new();
    for (need, column, conditions) in NEEDS {
        answers.extend(answered(cells, need, column, conditions)?);
    }
    let vacancy = vacancy(row, as_of)?;
    if answers.is_empty() && vacancy.is_none() {
        return cells.wrong(NAME, Flaw::NothingSaid);
    }
    Ok(Taking {
        line: row.line,
        name,
        facility: facility(cells)?,
        service_code: service(cells)?,
        answers,
        night_nurse: cells.yes("夜間看護")?,
        max_persons: cells.persons("最大人数")?,
        vacancy,
        readers: Readers::read(cells)?,
        as_of,
    })
}

fn service(cells: &impl Cells) -> Taken<String> {
    let Some(written) = text(cells, SERVICE)? else { return Ok(String::new()) };
    let code = cells.code(SERVICE).unwrap_or_default();
    match codes::care_service_type(&code).or_else(|| codes::care_service_named(&written)) {
        Some(service) => Ok(service.code.to_owned()),
        None => cells.wrong(SERVICE, Flaw::NotAService { cell: written }),
    }
}

fn answered(
    cells: &impl Cells,
    need: CareNeed,
    column: &'static str,
    conditions: &'static str,
) -> Taken<Option<Answered>> {
    use AcceptanceAnswer::{Consult, Medical, No, Unknown, Yes};
    let cell = cells.code(column).unwrap_or_default();
    let answer = match cell.as_str() {
        "" | "?" | "未確認" | "不明" => Unknown,
        "○" | "〇" | "◯" | "可" | "○可" => Yes,
        "△" | "要相談" | "相談" | "個別に検討" | "△個別に検討" => Consult,
        "×" | "✕" | "不可" | "×不可" => No,
        "医療機関" | "医療機関が適切" => Medical,
        _ => {
            return cells.wrong(column, not_one_of(&cell, &answers()));
        }
    };
    let conditions = harmless(cells, conditions)?;
    Ok((answer != Unknown || conditions.is_some()).then_some(Answered { need, answer, conditions }))
}

/// A remark; a private phone number or address in it is a complaint.
fn harmless(cells: &impl Cells, column: &'static str) -> Taken<Option<String>> {
    match text(cells, column)? {
        Some(text) if !private_mentions(&text).is_empty() => cells.wrong(column, Flaw::PrivateContact),
        text => Ok(text),
    }
}

fn vacancy(cells: &Row<'_>, as_of: NaiveDate) -> Taken<Option<Vacancy>> {
    let Some(status) = vacancy_status(cells)? else { return Ok(None) };
    let vacancy = Vacancy {
        status,
        places: cells.persons(PLACES)?,
        period_from: cells.day(PERIOD_FROM)?,
        period_to: cells.day(PERIOD_TO)?,
        note: harmless(cells, NOTE)?,
        reported_on: cells.past_day(REPORTED)?.unwrap_or(as_of),
    };
    if vacancy.period_from.zip(vacancy.period_to).is_some_and(|(from, to)| to < from) {
        return cells.wrong(PERIOD_TO, Flaw::EndsBefore { column: PERIOD_FROM });
    }
    let some = vacancy.places.is_some_and(|places| places > 0);
    match (status, vacancy.places) {
        (VacancyStatus::Full | VacancyStatus::Unknown, _) if some => {
            cells.wrong(PLACES, Flaw::PlacesThoughFull)
        }
        (VacancyStatus::Available | VacancyStatus::Few, Some(0)) => {
            cells.wrong(PLACES, Flaw::NoPlacesThoughFree)
        }
        _ => Ok(Some(vacancy)),
    }
}

/// The status of the vacancies by its label, or by the sign in front of the label.
fn vacancy_status(cells: &impl Cells) -> Taken<Option<VacancyStatus>> {
    let sign = match cells.code(STATUS).unwrap_or_default().as_str() {
        "◎" | "空きあり" => VacancyStatus::Available,
        "△" | "残りわずか" => VacancyStatus::Few,
        "×" | "✕" | "空きなし" | "満床" => VacancyStatus::Full,
        written => match VacancyStatus::of_label(written) {
            Some(status) => status,
            None => return cells.word(STATUS),
        },
    };
    Ok(Some(sign))
}
