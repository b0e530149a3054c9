//! Small files like those that offices which nobody here had asked published or sent, each with what it must become.
//! They stand in `cases/`; names, numbers and addresses are invented (見本).

use super::support::{notes, of, unusable, warnings};
use crate::support::{App, fixtures};
use serde_json::{Value, json};
use yui::import::complaint::Flaw;
use yui::import::report::Report;
use yui::import::{ImportOptions, Outcome};

macro_rules! case {
    ($name:literal) => {
        ($name, include_bytes!(concat!("cases/", $name)).as_slice())
    };
}

async fn taken(app: &App, (name, bytes): (&str, &[u8]), options: &ImportOptions) -> Report {
    match app.try_import(name, bytes, options).await {
        Outcome::Read(report) => *report,
        Outcome::Unusable(refusal) => panic!("{name}: {refusal:?}"),
    }
}

/// An empty database with the file, as of 1 November 2026.
async fn with(case: (&str, &[u8])) -> (App, Report) {
    let app = App::start().await;
    let report = taken(&app, case, &of(11, 1)).await;
    (app, report)
}

async fn asked(app: &App, fields: &str) -> Vec<Value> {
    let query = format!("{{ resources(first: 50, orderBy: NAME) {{ nodes {{ name {fields} }} }} }}");
    let data = app.as_anonymous().data(&query).await;
    data["resources"]["nodes"].as_array().expect("a list").clone()
}

/// The opening hours of every entry by its name; `null` where no dates follow.
async fn hours(app: &App) -> Vec<(String, Vec<Value>)> {
    let of = |node: &Value| {
        let schedules = node["schedules"].as_array().expect("a list");
        schedules.iter().map(|schedule| schedule["openingHours"].clone()).collect()
    };
    let named = |node: &Value| (node["name"].as_str().unwrap_or_default().to_owned(), of(node));
    let found = asked(app, "... on GatheringPlace { schedules { openingHours } } ... on MedicalFacility { schedules { openingHours } }").await;
    found.iter().map(named).collect()
}

fn said<'h>(hours: &'h [(String, Vec<Value>)], name: &str) -> &'h [Value] {
    let found = hours.iter().find(|(known, _)| known.ends_with(name));
    found.map(|(_, hours)| hours.as_slice()).unwrap_or_else(|| panic!("{name}: {hours:?}"))
}

#[actix_web::test]
async fn cafeterias_are_held_as_often_as_their_code_allows() {
    let (app, report) = with(case!("02_cafeteria_frequency_and_more.csv")).await;
    assert_eq!((report.created, report.rejected.len()), (5, 0));
    let hours = hours(&app).await;
    assert_eq!(said(&hours, "頻度6"), [Value::Null], "less than monthly is not every month");
    assert_eq!(said(&hours, "毎週"), ["Sa 11:00-13:00"]);
    assert_eq!(said(&hours, "列だけ"), ["Mo-Fr 11:00-13:00"]);
    let told = asked(&app, "note location { municipality { code } } contacts { label tel }").await;
    let one = |name: &str| {
        told.iter()
            .find(|node| node["name"].as_str().unwrap_or_default().ends_with(name))
            .expect("an entry")
            .clone()
    };
    assert!(one("内線")["note"].as_str().unwrap_or_default().contains("プレーパーク"));
    assert_eq!(one("内線")["contacts"][0]["label"], "内線2282");
    assert_eq!(one("府中")["location"]["municipality"]["code"], "132063");
}

#[actix_web::test]
async fn a_clinic_keeps_what_its_list_says_of_hours_and_of_itself() {
    let (app, report) = with(case!("03_clinics_hours.csv")).await;
    assert_eq!((report.created, report.rejected.len()), (7, 0));
    let hours = hours(&app).await;
    assert_eq!(said(&hours, "秒つき医院"), ["Mo-Fr 09:00-17:00"]);
    assert_eq!(
        said(&hours, "週表医院"),
        ["Mo-Tu,We,Fr 09:00-12:30,14:00-18:00", "Th,Sa 09:00-12:30"]
            .map(|text| text.replace("Mo-Tu,We,Fr", "Mo-We,Fr"))
    );
    assert_eq!(said(&hours, "昼休み医院"), ["Mo-Sa 09:00-12:30,14:00-18:00"]);
    assert_eq!(said(&hours, "土曜医院"), ["Mo-Fr 09:00-18:00", "Sa 09:00-16:00"]);
    assert_eq!(said(&hours, "単日医院"), ["Mo-Sa 09:00-18:00"]);
    let told = asked(
        &app,
        "note organization { name } contacts { tel fax } ... on MedicalFacility { schedules { text } }",
    )
    .await;
    let one = |name: &str| {
        told.iter()
            .find(|node| node["name"].as_str().unwrap_or_default().ends_with(name))
            .expect("a clinic")
            .clone()
    };
    for name in ["単日医院", "年末医院"] {
        let text = one(name)["schedules"][0]["text"].to_string();
        assert!(!text.contains("も開催") && text.contains("祝日は休み"), "{text}");
    }
    assert!(one("単日医院")["schedules"][0]["text"].to_string().contains("8月15日"));
    let kept = one("備考医院");
    assert_eq!(kept["note"], "駐車場3台。往診あり。\n時間外における対応：急患は24時間対応");
    assert_eq!(
        (&kept["organization"]["name"], &kept["contacts"][0]["fax"]),
        (&json!("医療法人見本会"), &json!("087-839-2012"))
    );
}

#[actix_web::test]
async fn what_stands_in_a_list_of_medical_facilities_is_one() {
    let (app, report) = with(case!("04_clinics_type_blank.csv")).await;
    assert_eq!((report.created, report.left_out.len()), (1, 0));
    let found = asked(&app, "... on MedicalFacility { institutionType { value } }").await;
    assert_eq!(found[0]["institutionType"]["value"], "DENTAL");
}

#[actix_web::test]
async fn an_event_keeps_its_hours_and_its_words() {
    let (app, _) = with(case!("05_events.csv")).await;
    let fields = "note ... on GatheringPlace { reservationNote
        schedules { occurrences(from: \"2026-05-01\", to: \"2026-05-31\") { date start end status { value } } } }";
    let found = asked(&app, fields).await;
    let one = |name: &str| {
        found
            .iter()
            .find(|node| node["name"].as_str().unwrap_or_default().contains(name))
            .expect("an event")
            .clone()
    };
    let course = one("見本講座");
    assert_eq!(
        (&course["note"], &course["reservationNote"]),
        (&json!("定員：16組（32人）"), &json!("申込終了：2026-05-01"))
    );
    assert_eq!(
        course["schedules"][0]["occurrences"],
        json!([{ "date": "2026-05-10", "start": "14:00", "end": "16:00", "status": { "value": "PLANNED" } }])
    );
    let off = one("見本まつり").to_string();
    assert!(!off.contains("PLANNED"), "{off}");
}

#[actix_web::test]
async fn days_and_hours_are_read_as_gatherings_write_them() {
    let (app, _) = with(case!("06_schedule_texts.csv")).await;
    let hours = hours(&app).await;
    for (number, expected) in [
        ("01", Some("Su 09:00-12:00")),
        ("02", Some("Mo-We,Fr-Su 09:00-12:00")),
        ("04", Some("Mo-Fr 09:00-17:00")),
        ("06", Some("Tu 10:00-12:00")),
        ("07", Some("Mo-We,Fr 09:00-18:00")),
        ("08", Some("Su[2,4] 08:00-09:00")),
        ("09", Some("Sa[4] 10:00-13:00")),
        ("10", Some("Jan,Mar,May,Jul,Sep,Nov: Su[-1] 10:00-12:00")),
        ("11", Some("Tu-Su 09:00-21:30")),
        ("12", Some("Mo-Fr 09:00-16:00")),
        ("13", Some("Sa[1,2,4,5] 12:00-14:00")),
        ("14", None),
    ] {
        let said = said(&hours, number);
        match expected {
            Some(expected) => assert_eq!(said, [expected], "{number}"),
            None => assert_eq!(said, [Value::Null], "{number} stays as it is written"),
        }
    }
    assert_eq!(said(&hours, "05"), ["Mo-Fr 09:00-18:00", "Sa 09:00-13:00"]);
    assert_eq!(said(&hours, "03").len(), 2, "all weekdays but Wednesday, and the other Wednesdays");
}

#[actix_web::test]
async fn a_list_of_shelters_is_refused_by_its_name() {
    let (name, bytes) = case!("08_evacuation_list.xlsx");
    let app = App::start().await;
    let told = unusable(app.try_import(name, bytes, &of(11, 1)).await);
    assert!(told.contains("避難所") && told.contains("not kept"), "{told}");
}

#[actix_web::test]
async fn an_address_loses_the_building_that_is_glued_to_it_and_a_page_gets_its_scheme() {
    let (app, _) = with(case!("09_jigyosho_120.csv")).await;
    let found = asked(&app, "location { address building } ... on CareFacility { services { url } }").await;
    assert_eq!(found[0]["location"], json!({ "address": "香川県高松市番町1-6", "building": "3F" }));
    assert_eq!(found[0]["services"][0]["url"], "http://www.example.jp");
}

#[actix_web::test]
async fn a_blank_cell_erases_nothing_that_another_list_says() {
    let app = App::start().await;
    let as_of = |year| ImportOptions {
        as_of: chrono::NaiveDate::from_ymd_opt(year, 6, 1),
        ..ImportOptions::default()
    };
    taken(&app, case!("10a_medical-2025-06-01.csv"), &as_of(2025)).await;
    taken(&app, case!("10b_city_clinics.csv"), &as_of(2026)).await;
    let found = asked(&app, "url contacts { tel } identifiers { value }").await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        (&found[0]["url"], &found[0]["contacts"][0]["tel"]),
        (&json!("http://www.example.jp"), &json!("087-839-2011"))
    );
}

#[actix_web::test]
async fn a_list_with_opening_times_keeps_them() {
    let (app, _) = with(case!("11_yuzawa_hours.json")).await;
    assert_eq!(said(&hours(&app).await, "子育て支援センター"), ["Mo-Sa 08:30-17:00"]);
}

#[actix_web::test]
async fn a_number_that_a_spreadsheet_changed_is_no_second_entry() {
    let (app, first) = with(case!("03-id-zero.csv")).await;
    assert_eq!(first.created, 1);
    let resaved = case!("03-id-zero-resaved.xlsx");
    let report = taken(&app, resaved, &of(11, 2)).await;
    assert_eq!(report.rejected[0].flaw, Flaw::LikeAnother { number: "007".into() });
    assert_eq!((report.created, report.exit_status()), (0, 1));
    let accepting = ImportOptions { accept_new: true, ..of(11, 2) };
    assert_eq!(taken(&app, resaved, &accepting).await.created, 1);
    assert_eq!(asked(&app, "").await.len(), 2);
}

#[actix_web::test]
async fn a_month_that_became_a_date_is_the_month() {
    let (app, report) = with(case!("07-month-became-date.xlsx")).await;
    assert_eq!(report.rejected, []);
    let found = asked(&app, "... on GatheringPlace { startedOn }").await;
    assert_eq!(found[0]["startedOn"], "2023-06");
}

#[actix_web::test]
async fn a_merged_cell_counts_for_each_of_its_rows() {
    let (app, _) = with(case!("09-merged-district.xlsx")).await;
    let hours = hours(&app).await;
    assert!(
        ["結合0", "結合1", "結合2"].iter().all(|name| said(&hours, name) == ["Th 10:00-11:30"]),
        "{hours:?}"
    );
    let found = asked(&app, "contacts { tel }").await;
    assert!(found.iter().all(|node| node["contacts"][0]["tel"] == "0235-00-0009"), "{found:?}");
}

#[actix_web::test]
async fn hidden_rows_and_characters_of_one_machine_are_said() {
    let (_, report) = with(case!("10-hidden-rows.xlsx")).await;
    assert!(
        notes(&report).iter().any(|note| note.contains("hidden rows") && note.ends_with("not meant")),
        "{report:?}"
    );
    assert!(notes(&report).iter().any(|note| note.contains(": 3;")), "{:?}", notes(&report));
    let (_, report) = with(case!("12-gaiji.csv")).await;
    assert!(warnings(&report)[0].0.contains("private-use character (U+E000)"), "{:?}", warnings(&report));
    assert!(report.warnings.keys().all(|warning| warning.line == Some(2)));
}

#[actix_web::test]
async fn a_header_in_two_rows_is_one_header() {
    let (app, _) = with(case!("16-two-row-header.xlsx")).await;
    let found = asked(&app, "contacts { tel fax }").await;
    assert_eq!(found[0]["contacts"][0], json!({ "tel": "0235-00-0007", "fax": "0235-00-0008" }));
}

#[actix_web::test]
async fn a_position_in_another_municipality_is_kept_out() {
    let app = App::start().await;
    app.import("N03.geojson", fixtures::boundaries()).await;
    let rows = "管理番号,名称,種類,市区町村コード,住所,緯度,経度,利用できる地区,開催日時\n\
        Z1,見本遠い,サロン,062031,山形県鶴岡市見本町一丁目1番1号,38.25,140.33,全域,毎週木曜\n\
        Z2,見本近い,サロン,062031,山形県鶴岡市見本町一丁目1番1号,38.7280,139.8290,全域,毎週木曜\n\
        Z3,見本海,サロン,062031,山形県鶴岡市見本町一丁目1番1号,38.85,139.85,全域,毎週木曜\n";
    let report = app.import_with("通いの場.csv", rows, &of(11, 1)).await;
    let told = warnings(&report);
    assert!(
        ["見本遠い", "見本海"].iter().all(|name| told.iter().any(|(told, _)| told.contains(name))),
        "{told:?}"
    );
    let found = asked(&app, "location { position { latitude } }").await;
    let placed = |name: &str| {
        found.iter().any(|node| node["name"] == name && node["location"]["position"] != Value::Null)
    };
    assert_eq!(["見本遠い", "見本近い", "見本海"].map(placed), [false, true, false]);
}

#[actix_web::test]
async fn times_are_read_in_whatever_form_a_spreadsheet_leaves_them() {
    let (app, report) = with(case!("21-time-cells.xlsx")).await;
    let hours = hours(&app).await;
    for (name, expected) in [
        ("時刻A", "12:18-14:00"),
        ("時刻B", "10:00-24:00"),
        ("時刻D", "10:00-11:30"),
        ("時刻E", "09:00-12:00"),
        ("時刻F", "10:00-11:30"),
        ("時刻G", "10:00-11:30"),
        ("時刻H", "10:00-11:30"),
        ("時刻I", "10:00-12:00"),
        ("時刻J", "10:00-11:30"),
        ("時刻L", "10:00-11:30"),
        ("時刻M", "10:00-11:30"),
    ] {
        assert_eq!(said(&hours, name), [format!("Mo-Fr {expected}")], "{name}");
    }
    let lines: Vec<_> = report.warnings.keys().filter_map(|warning| warning.line).collect();
    assert_eq!(lines, [12], "10 to 11.5 may be half past eleven or ten to twelve");
}

#[actix_web::test]
async fn a_numeral_in_the_name_of_a_town_is_the_same_in_either_writing() {
    let app = App::start().await;
    taken(&app, case!("19-numeral-in-town-name-districts.csv"), &ImportOptions::default()).await;
    taken(&app, case!("19-numeral-in-town-name.csv"), &of(11, 1)).await;
    let district = async |address: &str| {
        let query = format!(
            "{{ districtOf(by: {{ address: \"{address}\" }}) {{ certainty {{ value }} district {{ code }} }} }}"
        );
        let found = app.as_anonymous().data(&query).await["districtOf"].take();
        (
            found["certainty"]["value"].as_str().unwrap_or_default().to_owned(),
            found["district"]["code"].clone(),
        )
    };
    for (address, code) in [
        ("高知県室戸市浮津一番町5", "D02"),
        ("高知県室戸市浮津1番町5", "D02"),
        ("高知県室戸市浮津１番町", "D02"),
        ("高知県室戸市浮津5", "D01"),
        ("高知県四万十市中村1条通3丁目2", "D12"),
        ("〒781-7103 高知県室戸市浮津５番地", "D01"),
    ] {
        assert_eq!(district(address).await, ("SURE".to_owned(), json!(code)), "{address}");
    }
    let (certainty, _) = district("高知県室戸市浮津4番町5").await;
    assert_ne!(certainty, "SURE", "no list has a fourth 番町");
    let found = asked(&app, "location { homeDistrict { code } }").await;
    let codes: Vec<&Value> = found.iter().map(|node| &node["location"]["homeDistrict"]["code"]).collect();
    assert_eq!(codes.iter().filter(|code| ***code == "D02").count(), 2, "{found:?}");
}

#[actix_web::test]
async fn a_code_of_another_municipality_than_the_address_does_not_count() {
    let header = "管理番号,名称,種類,市区町村コード,住所,利用できる地区,開催日時";
    let entry = |id: &str, code: &str, address: &str| {
        format!("{id},見本{id},サロン,{code},{address},全域,毎週木曜\n")
    };
    let text = [
        format!("{header}\n"),
        entry("A", "062031", "山形県山形市旅篭町二丁目3番25号"),
        entry("B", "132063", "山形県鶴岡市馬場町9番25号"),
        entry("C", "062031", "鶴岡市馬場町9番25号"),
        entry("D", "06", "鶴岡市馬場町9番25号"),
        entry("E", "", "馬場町9番25号"),
    ]
    .concat();
    let app = App::start().await;
    let options =
        ImportOptions { municipality: japan::values::MunicipalityCode::parse("062031").ok(), ..of(11, 1) };
    let report = taken(&app, ("通いの場.csv", text.as_bytes()), &options).await;
    assert_eq!(report.rejected, []);
    let lines: Vec<_> = report.warnings.keys().filter_map(|warning| warning.line).collect();
    assert_eq!(lines, [2, 3], "{:?}", report.warnings);
    let found = asked(&app, "location { municipality { code } }").await;
    let codes: Vec<&Value> = found.iter().map(|node| &node["location"]["municipality"]["code"]).collect();
    assert_eq!(codes, ["062014", "062031", "062031", "062031", "062031"]);
}
