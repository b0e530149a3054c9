//! Coordinators of everyday support: from the list of a city into the graph.

use crate::resources::support::{refused, texts};
use crate::support::{App, desks, fixtures};
use desks::Desk;
use entity::enums::PublicationState::Draft;
use serde_json::json;
use yui::import::complaint::{Flaw, Refusal};
use yui::import::{ImportOptions, Outcome};

const DISTRICTS: &str = "municipality_code,district_code,district_name,town
062031,D01,見本第一,泉町
062031,D02,見本第二,大山一丁目
062031,D03,見本第三,馬場町
062014,D01,山形第一,香澄町
";
const HEADER: &str = "市区町村コード,層,担当地区,所属,電話,氏名,氏名の公開,相談窓口の管理番号\n";
const ROWS: &str = "062031,第1層,全域,見本市社協,0235-00-0010,見本 花子,はい,
062031,第2層,D01;D02,見本西包括,0235-00-0011,見本 太郎,いいえ,見本西包括
062031,第2層,見本第三,下書き包括,090-0000-0012,,,下書き包括
062014,第2層,D01,山形見本,,,,
";

async fn with_districts() -> App {
    let app = App::start().await;
    app.import(fixtures::TOWNS_FILE, fixtures::towns()).await;
    app.import("districts.csv", DISTRICTS).await;
    let hidden = Desk { state: Draft, ..Desk::center("下書き包括", &["062031:D03"]) };
    desks::write(&app, &[Desk::center("見本西包括", &["062031:D01"]), hidden]).await;
    app
}

async fn import(app: &App, rows: &str, as_of: &str, complete: bool) -> yui::import::report::Report {
    let as_of = as_of.parse().ok();
    let options = ImportOptions { as_of, complete, ..ImportOptions::default() };
    app.import_with("coordinators.csv", &format!("{HEADER}{rows}"), &options).await
}

async fn organizations(app: &App, arguments: &str) -> Vec<String> {
    let query = format!("{{ supportCoordinators{arguments} {{ organization }} }}");
    texts(&app.as_anonymous().data(&query).await["supportCoordinators"], "organization")
}

#[actix_web::test]
async fn a_coordinator_says_what_the_city_prints_and_no_more() {
    let app = with_districts().await;
    let report = import(&app, ROWS, "2026-04-01", false).await;
    assert_eq!((report.format, report.created, report.rejected.len()), ("coordinators", 4, 0));
    assert_eq!(report.warnings.len(), 2, "a name and a mobile number were left out: {:?}", report.warnings);
    let query = "{ supportCoordinators(municipalityCode: \"062031\") { tier { value label } name organization
        contact { kind { value } tel telE164 } districts { code } supportCenter { name } municipality { code } asOf } }";
    let data = app.as_anonymous().data(query).await;
    let row = |tier: &str, name, organization, tel: Option<&str>, districts: &[&str], center| {
        let contact = tel.map(|tel| {
            let e164 = format!("+81{}", tel.trim_start_matches('0').replace('-', ""));
            json!({ "kind": { "value": "STAFF" }, "tel": tel, "telE164": e164 })
        });
        json!({
            "tier": { "value": tier, "label": if tier == "FIRST" { "第1層" } else { "第2層" } },
            "name": name, "organization": organization, "contact": contact,
            "districts": districts.iter().map(|code| json!({ "code": code })).collect::<Vec<_>>(),
            "supportCenter": Option::<&str>::map(center, |name| json!({ "name": name })),
            "municipality": { "code": "062031" }, "asOf": "2026-04-01",
        })
    };
    let all = ["D01", "D02", "D03"];
    assert_eq!(
        data["supportCoordinators"],
        json!([
            row("FIRST", Some("見本 花子"), "見本市社協", Some("0235-00-0010"), &all, None),
            row("SECOND", None, "見本西包括", Some("0235-00-0011"), &["D01", "D02"], Some("見本西包括")),
            row("SECOND", None, "下書き包括", None, &["D03"], None),
        ])
    );
}

#[actix_web::test]
async fn coordinators_are_found_by_district_layer_and_id() {
    let app = with_districts().await;
    import(&app, ROWS, "2026-04-01", false).await;
    for (arguments, expected) in [
        ("(district: \"062031:D01\")", &["見本市社協", "見本西包括"][..]),
        ("(district: \"062031:D03\", tier: SECOND)", &["下書き包括"]),
        ("(tier: FIRST)", &["見本市社協"]),
        ("(municipalityCode: \"06201\")", &["山形見本"]),
    ] {
        assert_eq!(organizations(&app, arguments).await, expected, "{arguments}");
    }
    assert_eq!(
        refused(&app, "{ supportCoordinators(municipalityCode: \"x\") { id } }").await,
        "municipalityCode"
    );
    for unknown in ["D99", "\\u0000"] {
        let query = format!("{{ supportCoordinators(district: \"{unknown}\") {{ id }} }}");
        assert_eq!(refused(&app, &query).await, "district");
    }
    let data = app.as_anonymous().data("{ supportCoordinators(tier: FIRST) { id } }").await;
    let id = &data["supportCoordinators"][0]["id"];
    let query = "query($id: ID!) { node(id: $id) { id ... on SupportCoordinator { organization } } }";
    let node = app.as_anonymous().data_with(query, json!({ "id": id })).await;
    assert_eq!(node["node"], json!({ "id": id, "organization": "見本市社協" }));
}

#[actix_web::test]
async fn a_district_lists_its_coordinators_first_layer_first() {
    let app = with_districts().await;
    import(&app, ROWS, "2026-04-01", false).await;
    let query = "{ districts { coordinators { organization } } }";
    let data = app.as_anonymous().data(query).await;
    let of = |n: usize| texts(&data["districts"][n]["coordinators"], "organization");
    assert_eq!(of(0), ["山形見本"]);
    assert_eq!(of(1), ["見本市社協", "見本西包括"]);
    assert_eq!(of(3), ["見本市社協", "下書き包括"]);
}

#[actix_web::test]
async fn the_same_list_again_changes_nothing_and_a_newer_one_does() {
    let app = with_districts().await;
    import(&app, ROWS, "2026-04-01", false).await;
    let again = import(&app, ROWS, "2026-04-01", false).await;
    assert_eq!((again.unchanged, again.written), (4, false));
    let older = import(&app, &ROWS.replace("0010", "0019"), "2025-04-01", true).await;
    assert_eq!((older.older, older.vanished, older.written), (4, 0, false));
    let newer = import(&app, &ROWS.replace("0010", "0019"), "2026-10-01", false).await;
    assert_eq!((newer.updated, newer.confirmed, newer.written), (1, 3, true));
    let undated = import(&app, ROWS, "", false).await;
    assert_eq!((undated.older, undated.written), (4, false), "no day never replaces a day");
}

#[actix_web::test]
async fn a_complete_list_marks_who_is_gone_and_finds_them_again() {
    let app = with_districts().await;
    import(&app, ROWS, "2026-04-01", false).await;
    let first = ROWS.lines().next().expect("a row");
    let complete = import(&app, &format!("{first}\n"), "2026-10-01", true).await;
    assert_eq!((complete.vanished, complete.written), (2, true), "of its municipality only");
    assert_eq!(organizations(&app, "").await, ["見本市社協", "山形見本"]);
    let back = import(&app, ROWS, "2026-11-01", false).await;
    assert_eq!(back.updated, 2);
    assert_eq!(organizations(&app, "").await.len(), 4);
}

#[actix_web::test]
async fn a_district_nobody_knows_rejects_the_row_and_strict_the_file() {
    let app = with_districts().await;
    let rows = "062031,2,D01,見本西包括,,,,\n062031,2,D99,見本東包括,,,,\n";
    let options = ImportOptions { strict: true, ..ImportOptions::default() };
    let strict = app.try_import("coordinators.csv", format!("{HEADER}{rows}"), &options).await;
    assert!(
        matches!(strict, Outcome::Unusable(Refusal::Strict { flaw: Flaw::UnknownDistrict { name }, .. }) if name == "D99")
    );
    assert_eq!(organizations(&app, "").await, [""; 0]);
    let report = import(&app, rows, "2026-04-01", true).await;
    assert_eq!((report.created, report.rejected.len(), report.exit_status()), (1, 1, 1));
    let flaw = &report.rejected[0];
    assert_eq!((flaw.line, flaw.column), (3, Some("担当地区")));
}
