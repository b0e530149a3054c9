//! A file is recognised by the names of its columns, in whatever order they stand.

use super::support::{HOSPITAL, OFFICE, Row, columns, csv, table, unusable};
use crate::support::{App, fixtures};
use yui::import::ImportOptions;
use yui::import::formats::Format;

/// One file of each table format.
fn tables() -> Vec<(&'static str, &'static str, Row)> {
    vec![
        ("jigyosho", "jigyosho_110.csv", Row::care(OFFICE, "訪問介護").with("定員", "5")),
        ("iryo", "01-1_hospital.csv", Row::medical(HOSPITAL).with("一般病床", "30")),
        ("pharmacy", "05_pharmacy.csv", Row::pharmacy("61107990005").with("フリガナ", "ミホン")),
        ("medical-list", "medical.csv", Row::listed(HOSPITAL)),
        ("national-list", "facilities.csv", Row::national(OFFICE, "訪問介護").with("定員", "5")),
        ("districts", "districts.csv", Row::district("D01", "泉町").with("valid_to", "")),
        ("gathering-places", "list.csv", Row::entry("種類", "サロン").with("開催日時", "毎週木曜")),
        ("mutual-aid", "list.csv", Row::entry("活動区分", "ゴミ出し")),
        ("private-services", "list.csv", Row::entry("サービスの種類", "配食")),
        ("desks", "list.csv", Row::entry("相談の種類", "障害")),
        ("kayoinoba", "kayoinoba.csv", Row::kayoinoba("見本サロン")),
        ("children-cafeteria", "062031_kodomosyokudo.csv", Row::cafeteria("1", "見本こども食堂")),
        ("medical-hours", "02-2_clinic_speciality_hours.csv", Row::hours(HOSPITAL, "内科", "1")),
    ]
}

#[actix_web::test]
async fn every_table_is_recognised_whatever_the_order_of_its_columns() {
    for (format, file, row) in tables() {
        let app = App::start().await;
        let rows = [row];
        let mut order = columns(&rows);
        for turn in 0..order.len() {
            order.rotate_left(1);
            let options = ImportOptions { dry_run: true, ..ImportOptions::default() };
            let report = app.import_with(file, &table(&rows, ",", order.clone()), &options).await;
            let outcome = (report.format, report.read, report.created, report.rejected.len());
            assert_eq!(outcome, (format, 1, 1, 0), "turn {turn}: {:?}", report.rejected);
        }
    }
}

#[actix_web::test]
async fn json_is_recognised_by_what_is_in_it() {
    let app = App::start().await;
    let towns = app.import(fixtures::TOWNS_FILE, fixtures::towns()).await;
    assert_eq!((towns.format, towns.created), ("towns", 7));
    let boundaries = app.import("any name.json", fixtures::boundaries()).await;
    assert_eq!((boundaries.format, boundaries.created), ("boundaries", 2));
}

#[actix_web::test]
async fn every_known_format_has_a_file_in_these_tests() {
    let mut tested: Vec<&str> = tables().iter().map(|(format, _, _)| *format).collect();
    tested.extend(["towns", "boundaries"]);
    tested.extend(super::municipal::FORMATS);
    // It needs districts to be there first: see `districts_coordinators`.
    tested.push("coordinators");
    // See `organizations`.
    tested.push("organizations");
    // See `liaison::lists`.
    tested.extend(crate::liaison::lists::FORMATS);
    // They need institutions to be there first: see `liaison::questionnaire`
    // and `liaison::distribution`.
    tested.push("liaison");
    tested.push("liaison-distribution");
    tested.sort_unstable();
    let mut known: Vec<&str> = Format::profiles().iter().map(|profile| profile.name).collect();
    known.sort_unstable();
    assert_eq!(tested, known);
}

#[actix_web::test]
async fn column_names_may_be_wide_spaced_and_marked() {
    let app = App::start().await;
    let text = csv(&[Row::medical(HOSPITAL)]).replace("ID,正式名称", "?ＩＤ,正式 名称");
    assert_eq!(app.import("01-1_hospital.csv", &text).await.created, 1);
}

#[actix_web::test]
async fn a_format_named_by_hand_must_fit_the_file() {
    let app = App::start().await;
    let care = csv(&[Row::care(OFFICE, "訪問介護")]);
    for (format, file, text, said) in [
        (Format::Iryo, "care.csv", care.as_str(), "lacks the columns ID / 正式名称 / 所在地"),
        (Format::Towns, "care.csv", care.as_str(), "not a towns file"),
        (Format::Boundaries, "care.csv", care.as_str(), "not a boundaries file"),
        (Format::Jigyosho, fixtures::TOWNS_FILE, fixtures::towns(), "not a jigyosho file"),
        (Format::Towns, fixtures::BOUNDARIES_FILE, fixtures::boundaries(), "not a towns file"),
    ] {
        let options = ImportOptions { format: Some(format), ..ImportOptions::default() };
        let reason = unusable(app.try_import(file, text, &options).await);
        assert!(reason.contains(said), "{reason}");
    }
}

#[actix_web::test]
async fn the_kind_of_institution_comes_from_the_file_name_where_no_column_says_it() {
    let app = App::start().await;
    for (file, kind) in [
        ("01-1_hospital_facility_info.csv", "HOSPITAL"),
        ("02-1_clinic_facility_info.csv", "CLINIC"),
        ("03-1_dental_facility_info.csv", "DENTAL"),
        ("04_maternity_home.csv", "MATERNITY"),
    ] {
        let id = format!("6110799{}", kind.len());
        app.import(file, &csv(&[Row::medical(&id).with("正式名称", kind)])).await;
        assert_eq!(super::support::named(&app, kind).await["institutionType"]["value"], kind);
    }
    let report = app.import("list.csv", &csv(&[Row::medical(HOSPITAL)])).await;
    assert_eq!(report.rejected[0].column, Some("機関区分"));
}
