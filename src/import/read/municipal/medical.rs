//! 医療機関一覧 of the municipal standard sets, 26 and 42 columns.
//!
//! They have no ID of 医療情報ネット. Each facility is keyed by its municipality and name until it is matched
//! with one of the national files (`derive/matching.rs`).

use crate::import::cells::clean;
use crate::import::complaint::{Complaint, Flaw, Remark};
use crate::import::facts::{Fact, MedicalFacts, Municipal};
use crate::import::file::table::Row;
use crate::import::read::municipal::hours::{self, Weekly};
use crate::import::read::municipal::{contact_label, corporation_name, first, publisher, written_address};
use crate::import::read::national::care;
use crate::import::read::national::medical::departments;
use crate::import::report::Report;
use crate::import::row::{self, Body, OfficialRow, Place, place};
use japan::text::fold;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// How the remarks on days and hours are called, in lists of medical facilities and of public buildings.
const REMARKS_ON_HOURS: [&str; 3] = ["診療日時特記事項", "利用可能日時特記事項", "利用可能時間特記事項"];

/// Reads a row of a city's list of medical facilities.
pub fn read(row: &Row<'_>, report: &mut Report) -> Option<OfficialRow> {
    let Some(institution) = institution_type(row) else {
        report.leave_out(Remark::NotMedical { kind: row.text("医療機関の種類").to_owned() });
        return None;
    };
    let name = row::name(row, "名称", report);
    taken(row, name, institution, "municipal", report)
}

/// Reads a hospital or clinic from a list of public buildings, which says nothing of its departments.
pub fn building(row: &Row<'_>, list: &str, report: &mut Report) -> Option<OfficialRow> {
    let name = row::name(row, "名称", report);
    let institution = by_name(name.as_deref().unwrap_or_default(), false)?;
    taken(row, name, institution, list, report)
}

fn taken(
    row: &Row<'_>,
    name: Option<String>,
    institution: i16,
    list: &str,
    report: &mut Report,
) -> Option<OfficialRow> {
    let address = written_address(row);
    let place = place(row, &address, report);
    let (Some(prefecture), Some(municipality)) = (place.prefecture, place.municipality_code.clone()) else {
        report.rejected.push(Complaint::of_row(row.line, Flaw::NoMunicipality));
        return None;
    };
    let name = name?;
    let facility = format!("{municipality}:{}", fold(&name));
    let own_key = format!("medical:{}:{facility}", prefecture.code);
    let municipal = Municipal { key: own_key.clone(), institution_type: institution };
    let facts = MedicalFacts { municipal: Fact::Is(municipal), ..facts(row, name, address, &place, report) };
    Some(OfficialRow {
        second_key: None,
        line: row.line,
        key: format!("medical:{}:{}:{facility}", prefecture.code, publisher(row)),
        facility_key: own_key,
        scope: super::scope(row, list, &municipality),
        municipality_code: Some(municipality),
        body: Body::of(&facts),
        cells: BTreeMap::new(),
    })
}

fn facts(row: &Row<'_>, name: String, address: String, place: &Place, report: &mut Report) -> MedicalFacts {
    let kana = |kana: &str| clean::name(&kana.nfkc().collect::<String>());
    let list = Some(row.text("診療科目").replace(['、', ','], ";")).filter(|list| !list.is_empty());
    let beds_total = match row.text("病床数") {
        "" => Fact::Unasked,
        "0" | "０" => Fact::Is(0),
        _ => row::count(row, "病床数", report),
    };
    // National files have hours for each day; these columns only stand in for them. A list of public buildings calls them
    // otherwise.
    let schedules = hours::weekly(
        Weekly {
            days: first(row, &["診療曜日", "利用可能曜日"]).unwrap_or_default(),
            start: first(row, &["診療開始時間", "開始時間"]).unwrap_or_default(),
            end: first(row, &["診療終了時間", "終了時間"]).unwrap_or_default(),
            note: first(row, &REMARKS_ON_HOURS).unwrap_or_default(),
            column: REMARKS_ON_HOURS[0],
        },
        report,
    );
    let position = row::position_of(row, ("緯度", "経度"), place.prefecture, report);
    let page = row::web_page(row, "URL", report);
    MedicalFacts {
        name: Fact::Is(name),
        name_kana: row.cell("名称_カナ").map_or(Fact::Unasked, |cell| kana(cell).into()),
        address: Fact::of_text(address),
        prefecture_code: place.prefecture.map(|prefecture| prefecture.code.to_owned()).into(),
        municipality_code: place.municipality_code.clone().into(),
        position: Fact::if_known(position),
        alias: Fact::if_known(clean::name(row.text("名称_通称"))),
        building: Fact::if_known(super::building(row)),
        phone: row::phone_of_office(row, "電話番号", report),
        phone_label: Fact::if_known(contact_label(row)),
        fax: row::phone_of_office(row, "FAX番号", report),
        corporation_name: Fact::if_known(corporation_name(row)),
        corporate_number: care::corporation(row, report),
        note: Fact::if_known(note(row)),
        url: page.url,
        url_words: page.words,
        postal_code: Fact::if_known(row::postal_code(row, report)),
        departments: Fact::if_known(list.map(|list| departments(&list, report))),
        beds_total,
        municipal_schedules: Fact::if_known(Some(schedules).filter(|schedules| !schedules.is_empty())),
        ..MedicalFacts::default()
    }
}

/// The remarks of a row: 備考, hours outside of the regular ones, the number under which insurers know the facility.
fn note(row: &Row<'_>) -> Option<String> {
    let said = |column: &str| clean::text(row.text(column));
    let lines = [
        said("備考"),
        said("説明"),
        said("アクセス方法").map(|words| format!("アクセス方法：{words}")),
        said("バリアフリー情報").map(|words| format!("バリアフリー情報：{words}")),
        said("時間外における対応").map(|words| format!("時間外における対応：{words}")),
        said("医療機関コード").map(|code| format!("医療機関コード：{code}")),
    ];
    Some(lines.into_iter().flatten().collect::<Vec<_>>().join("\n")).filter(|note| !note.is_empty())
}

/// The type (機関区分). The lists call a dental clinic a clinic; it is told
/// apart by having only dental departments.
fn institution_type(row: &Row<'_>) -> Option<i16> {
    let written = row.text("医療機関の種類");
    let list = row.text("診療科目");
    let mut offered =
        list.split([';', '；', '、', ',']).map(str::trim).filter(|name| !name.is_empty()).peekable();
    let is_dental = offered.peek().is_some() && offered.all(|name| name.contains("歯科"));
    match written {
        "" => by_name(row.text("名称"), is_dental),
        _ if written.contains("歯科") => Some(3),
        "病院" => Some(1),
        _ if written.contains("診療所") || matches!(written, "医院" | "クリニック") => {
            Some(if is_dental { 3 } else { 2 })
        }
        "助産所" => Some(4),
        "薬局" => Some(5),
        _ => None,
    }
}

/// The type of a facility whose list does not say it: what stands in a list of medical facilities is one, and names say
/// which. One whose name says nothing is a clinic: hospitals must be called so.
fn by_name(name: &str, is_dental: bool) -> Option<i16> {
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    Some(match () {
        () if is_dental || has(&["歯科", "デンタル"]) => 3,
        () if has(&["薬局", "ファーマシー"]) => 5,
        () if has(&["助産"]) => 4,
        () if has(&["病院", "医療センター"]) => 1,
        () => 2,
    })
}
