//! The lists of care professionals as files: accepted rows, complaints, and the effect of a second file.

use crate::support::clock;
use crate::support::liaison::Liaison;
use crate::support::professionals::{
    ACCEPTANCES, COORDINATORS, DESKS, TAKING, directory, take, texts, today, try_take,
};
use chrono::Days;
use entity::audit_entry;
use entity::enums::AuditAction;
use sea_orm::{ActiveEnum, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use yui::import::complaint::Language::Japanese;
use yui::import::complaint::{Flaw, Refusal};
use yui::import::{ImportOptions, Outcome};

/// The formats of these lists, which name facilities that must be there first.
pub const FORMATS: [&str; 3] = ["liaison-contacts", "discharge-coordinators", "medical-acceptances"];

const DESK: &str = "R-1,見本荘内病院,医療機関（有床）,06:61107990001,,,,,0235-00-0001,電話,平日 9:00～17:00,,,,,,平時の相談\n";

/// A row with one cell changed, and the column the complaint names.
const FLAWS: &[(&str, usize, &str, &str)] = &[
    (DESKS, 0, "", "管理番号"),
    (DESKS, 1, "", "機関名"),
    (DESKS, 2, "びょういん", "機関の種類"),
    (DESKS, 3, "61107990001", "医療機関番号"),
    (DESKS, 3, "06:9999", "医療機関番号"),
    (DESKS, 4, "0670799901", "事業所番号"),
    (DESKS, 5, "NOWHERE", "組織コード"),
    (DESKS, 8, "電話番号", "電話"),
    (DESKS, 9, "のろし", "連絡手段"),
    (DESKS, 10, "だいたい午後", "対応時間"),
    (DESKS, 11, "忙しいとき", "避けてほしい時間"),
    (DESKS, 12, "R-9", "不在時の窓口（管理番号）"),
    (DESKS, 13, "配布先に限る", "配布先"),
    (DESKS, 14, "HOME", "配布先"),
    (DESKS, 16, "雑談", "相談内容"),
];

#[actix_web::test]
async fn every_complaint_names_line_and_column_and_is_in_japanese() {
    let liaison = directory().await;
    for (header, at, cell, column) in FLAWS {
        let mut cells: Vec<&str> = DESK.trim_end().split(',').collect();
        cells[*at] = cell;
        let row = format!("{}\n", cells.join(","));
        let Outcome::Read(report) = try_take(&liaison.app, header, &row, &today()).await else {
            panic!("{row} makes the file unusable");
        };
        let flaws: Vec<_> = report.rejected.iter().map(|flaw| (flaw.line, flaw.column)).collect();
        assert_eq!(flaws, [(2, Some(*column))], "{row}");
        let reason = report.rejected[0].flaw.say(Japanese);
        assert!(reason.chars().any(|c| ('ぁ'..='ん').contains(&c)), "{reason}");
        assert!(!report.written, "{row}");
    }
}

#[actix_web::test]
async fn what_looks_private_is_never_opened_to_everybody() {
    let liaison = directory().await;
    for (number, person, note, column) in [
        ("090-0000-0001", "", "", "電話"),
        ("0235-00-0001", "", "携帯 090-0000-0001", "備考"),
        ("0235-00-0001", "見本 太郎", "見本太郎まで", "備考"),
    ] {
        let row = format!("R-1,病院連携室,その他,,,,,{person},{number},,,,,公開,,{note},\n");
        let Outcome::Read(report) = try_take(&liaison.app, DESKS, &row, &today()).await else {
            panic!("{row} makes the file unusable");
        };
        assert_eq!(report.rejected[0].column, Some(column), "{row}");
    }
    let row = "見本いずみ苑,0670799901,,○,家族 090-0000-0001,,,,,,,,\n";
    let Outcome::Read(report) = try_take(&liaison.app, ACCEPTANCES, row, &today()).await else {
        panic!("{row} makes the file unusable");
    };
    assert_eq!(report.rejected[0].column, Some("胃ろうの条件"));
}

#[actix_web::test]
async fn answers_that_name_no_facility_or_service_are_complained_about() {
    let liaison = directory().await;
    let rows = "見本いずみ苑,,,○,,,,,,,,,\n見本いずみ苑,0670799901,訪問看護,○,,,,,,,,,\n見本いずみ苑,0670799901,,まる,,,,,,,,,\n\
        見本,0670799902,,○,,,,,,,,,\n見本いずみ苑,0670799901,,,,,,,,,,,\n見本いずみ苑,0670799901,,○,,,,,×,3,,,\n";
    let Outcome::Read(report) = try_take(&liaison.app, ACCEPTANCES, rows, &today()).await else {
        panic!("the file is unusable");
    };
    let mut flaws: Vec<_> = report.rejected.iter().map(|flaw| (flaw.line, flaw.column)).collect();
    flaws.sort_unstable();
    let expected = [
        (2, Some("施設名")),
        (3, Some("サービス種類")),
        (4, Some("胃ろう")),
        (5, Some("事業所番号")),
        (6, Some("施設名")),
        (7, Some("空き人数")),
    ];
    assert_eq!(flaws, expected);
}

#[actix_web::test]
async fn a_second_file_changes_only_what_differs_and_an_older_one_nothing() {
    let liaison = directory().await;
    for (header, rows, changed) in [
        (DESKS, DESK.to_owned(), DESK.replace("0235-00-0001", "0235-00-0009")),
        (ACCEPTANCES, TAKING.to_owned(), TAKING.replace("△", "○")),
    ] {
        let count = rows.lines().count() as u64;
        assert_eq!(take(&liaison.app, header, &rows).await.created, count);
        let again = take(&liaison.app, header, &rows).await;
        assert_eq!((again.unchanged, again.written), (count, false));
        let dry = ImportOptions { dry_run: true, ..today() };
        let tried = liaison.app.import_with("list.csv", &format!("{header}{changed}"), &dry).await;
        assert_eq!((tried.updated, tried.written), (1, false));
        let old = ImportOptions { as_of: clock::today().pred_opt(), ..ImportOptions::default() };
        let older = liaison.app.import_with("list.csv", &format!("{header}{changed}"), &old).await;
        assert_eq!((older.older, older.written), (count, false));
        let newer = take(&liaison.app, header, &changed).await;
        assert_eq!((newer.updated, newer.written), (1, true));
    }
    let strict = ImportOptions { strict: true, ..today() };
    let flawed = format!("{DESK}R-2,,,,,,,,,,,,,,,,\n");
    let outcome = try_take(&liaison.app, DESKS, &flawed, &strict).await;
    assert!(matches!(outcome, Outcome::Unusable(Refusal::Strict { .. })));
}

#[actix_web::test]
async fn a_complete_list_ends_what_it_lacks() {
    let liaison = directory().await;
    let first = ImportOptions { as_of: Some(clock::today() - Days::new(30)), ..ImportOptions::default() };
    let rows = "T-1,見本荘内病院,東,連携室,06:61107990001,見本 一,,2099-03-31\nT-2,見本荘内病院,西,連携室,06:61107990001,見本 二,,2099-03-31\n";
    liaison.app.import_with("list.csv", &format!("{COORDINATORS}{rows}"), &first).await;
    take(&liaison.app, DESKS, DESK).await;
    let complete = ImportOptions { complete: true, ..today() };
    let rest = rows.lines().next().expect("a row");
    let report = liaison.app.import_with("list.csv", &format!("{COORDINATORS}{rest}\n"), &complete).await;
    assert_eq!((report.confirmed, report.vanished), (1, 1), "{report:#?}");
    let ask = "{ liaisonContacts { nodes { kind { value } personName } } }";
    let seen = liaison.care_manager("HOME").data(ask).await["liaisonContacts"]["nodes"].clone();
    let mut kinds = texts(&seen, "/kind/value");
    kinds.sort_unstable();
    assert_eq!(kinds, ["DISCHARGE", "GENERAL"], "another kind of list is not ended");
    take(&liaison.app, ACCEPTANCES, TAKING).await;
    let rest = TAKING.lines().next().expect("a row");
    let report = liaison.app.import_with("list.csv", &format!("{ACCEPTANCES}{rest}\n"), &complete).await;
    assert_eq!((report.unchanged, report.vanished), (1, 3));
    let [taken, ended] =
        audited(&liaison, AuditAction::ImportMedicalAcceptances).await.try_into().expect("two imports");
    assert_eq!(ended.len(), 3);
    assert!(ended.iter().all(|id| taken.contains(id)), "what ends is audited by the id it had: {ended:?}");
}

/// The public ids in the audit entries of an import, in order.
async fn audited(liaison: &Liaison, action: AuditAction) -> Vec<Vec<String>> {
    let entries = audit_entry::Entity::find().filter(audit_entry::Column::Action.eq(action.to_value()));
    let entries = entries.order_by_asc(audit_entry::Column::Id).all(liaison.app.databases().writer()).await;
    let things = |entry: audit_entry::Model| serde_json::from_str(&entry.things).expect("a list of ids");
    entries.expect("the audit is read").into_iter().map(things).collect()
}

#[actix_web::test]
async fn a_facility_without_a_number_is_found_by_its_whole_name() {
    let liaison = directory().await;
    let rows = "見本荘内病院,,,○,,○,,,,,,,\n";
    assert_eq!(take(&liaison.app, ACCEPTANCES, rows).await.created, 1);
    let ask = "{ medicalAcceptances(filter: { needs: [SUCTION] }) { nodes { facility { name } service { code } } } }";
    let seen = liaison.care_manager("HOME").data(ask).await["medicalAcceptances"]["nodes"].clone();
    assert_eq!(texts(&seen, "/facility/name"), ["見本荘内病院"]);
    assert_eq!(texts(&seen, "/service/code"), ["-"], "a hospital lists no services");
}

#[actix_web::test]
async fn a_list_is_recognised_and_its_guidance_is_no_row() {
    let liaison = directory().await;
    for (format, header) in FORMATS.into_iter().zip([DESKS, COORDINATORS, ACCEPTANCES]) {
        let blanks = ",".repeat(header.matches(',').count());
        let guidance = format!("（説明）必須{blanks}\n（記入例）見本{blanks}\n");
        let outcome = try_take(&liaison.app, header, &guidance, &today()).await;
        assert!(matches!(outcome, Outcome::Unusable(Refusal::NoRows)), "{format}");
        let Outcome::Read(report) = try_take(&liaison.app, header, &format!("x{blanks}\n"), &today()).await
        else {
            panic!("{format} is unusable");
        };
        assert_eq!((report.format, report.read, report.rejected.len()), (format, 1, 1));
    }
}

/// Tasks 11 to 13 in the demo city, one query each.
#[actix_web::test]
async fn the_demo_answers_who_to_call_and_where_there_is_room() {
    let app = crate::demo::city().await;
    let client = app.as_care_manager().await;
    let ask = "{ liaisonContacts(filter: { kinds: [DISCHARGE] }, text: \"見本総合病院\") {
        nodes { ward personName admissionInfoTo validTo line { tel extension fax } } } }";
    let found = client.data(ask).await["liaisonContacts"]["nodes"].clone();
    assert_eq!(texts(&found, "/personName"), ["見本 太郎", "見本 花子"], "not last year's");
    let ask = "{ medicalAcceptances(filter: { needs: [GASTROSTOMY, SUCTION], serviceGroups: [SHORT_STAY],
        vacancy: [AVAILABLE, FEW] }) { nodes { facility { name } answer(needs: [GASTROSTOMY, SUCTION]) { label } vacancy { places } } } }";
    let found = client.data(ask).await["medicalAcceptances"]["nodes"].clone();
    assert_eq!(texts(&found, "/answer/label"), ["○可", "△個別に検討"]);
    let ask = "{ liaisonContacts(filter: { organizationTypes: [PHARMACY], topics: [MEDICATION] }) {
        nodes { organizationName avoidTimes { text } standIn { contact { organizationName } } } } }";
    let found = client.data(ask).await["liaisonContacts"]["nodes"].clone();
    assert_eq!(found.as_array().map(Vec::len), Some(2));
    assert_eq!(texts(&found, "/standIn/contact/organizationName"), ["見本調剤薬局 駅前店", "-"]);
    let public = app.as_anonymous().data("{ liaisonContacts { nodes { organizationName } } }").await;
    assert_eq!(public["liaisonContacts"]["nodes"].as_array().map(Vec::len), Some(2));
}

#[actix_web::test]
async fn a_wrong_number_never_changes_what_another_says() {
    let liaison = directory().await;
    take(&liaison.app, ACCEPTANCES, TAKING).await;
    let digit = "見本いずみ苑,0670799904,,×,,,,,,,,,\n";
    let Outcome::Read(report) = try_take(&liaison.app, ACCEPTANCES, digit, &today()).await else {
        panic!("the file is unusable");
    };
    assert!(matches!(report.rejected[0].flaw, Flaw::OtherFacility { .. }), "{:?}", report.rejected);
    let desk = |name: &str| format!("R-001,{name},その他,,,,,,0235-00-0001,電話,平日 9:00～12:00,,,,,,\n");
    take(&liaison.app, DESKS, &desk("見本甲事業所")).await;
    let Outcome::Read(report) = try_take(&liaison.app, DESKS, &desk("見本乙事業所"), &today()).await
    else {
        panic!("the file is unusable");
    };
    assert_eq!(report.rejected[0].flaw, Flaw::DeskNumberOfOthers);
}
