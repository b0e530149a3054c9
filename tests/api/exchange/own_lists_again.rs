//! A city's own list that is imported a second time: with fewer columns, older, with fewer entries, with corrections.

use super::support::of;
use crate::support::App;
use crate::support::fixtures;
use serde_json::{Value, json};
use yui::import::ImportOptions;

async fn asked(app: &App, fields: &str) -> Vec<Value> {
    let query = format!("{{ resources(first: 50, orderBy: NAME) {{ nodes {{ name {fields} }} }} }}");
    let data = app.as_anonymous().data(&query).await;
    data["resources"]["nodes"].as_array().expect("a list").clone()
}

#[actix_web::test]
async fn what_a_list_left_out_stays_and_what_it_left_empty_goes() {
    let app = App::start().await;
    let columns = "管理番号,名称,種類,市区町村コード,利用できる地区,開催日時";
    let row = "G1,見本の集い,サロン,062031,全域,毎週木曜";
    let first = format!("{columns},会場名,持ち物,備考,定員\n{row},見本公民館,飲み物,はじめの備考,20\n");
    let second = format!("{columns},備考,定員\n{row},,\n");
    app.import_with("通いの場.csv", &first, &of(10, 1)).await;
    app.import_with("通いの場.csv", &second, &of(11, 1)).await;
    let found = asked(&app, "note ... on GatheringPlace { venue { name } bring capacity }").await;
    assert_eq!(
        found[0],
        json!({ "name": "見本の集い", "note": null, "venue": { "name": "見本公民館" }, "bring": "飲み物", "capacity": null })
    );
}

#[actix_web::test]
async fn what_is_older_than_what_is_known_is_said_with_its_line() {
    let app = App::start().await;
    let list = |when: &str| {
        format!(
            "管理番号,名称,種類,市区町村コード,利用できる地区,開催日時\nG1,見本の集い,サロン,062031,全域,{when}\n"
        )
    };
    app.import_with("通いの場.csv", &list("毎週木曜"), &of(11, 1)).await;
    let report = app.import_with("通いの場.csv", &list("毎週金曜"), &of(10, 1)).await;
    assert_eq!((report.older, report.older_lines.as_slice(), report.exit_status()), (1, &[2][..], 1));
    let table = report.table(yui::import::complaint::Language::English);
    assert!(table.contains("older than what is known, not taken: line 2"), "{table}");
}

#[actix_web::test]
async fn what_a_complete_list_no_longer_has_is_open_at_no_time() {
    let app = App::start().await;
    let list = |rows: &[&str]| {
        let row = |id: &&str| {
            format!("{id},見本{id},サロン,062031,全域,毎日 00:00～24:00 祝日も開催 年末年始も開催\n")
        };
        let rows: String = rows.iter().map(row).collect();
        format!("管理番号,名称,種類,市区町村コード,利用できる地区,開催日時\n{rows}")
    };
    app.import_with("通いの場.csv", &list(&["A", "B"]), &of(10, 1)).await;
    let complete = ImportOptions { complete: true, ..of(11, 1) };
    app.import_with("通いの場.csv", &list(&["A"]), &complete).await;
    let query = "{ open: resources(filter: { openAt: \"2026-11-20T12:00:00+09:00\" }) { nodes { name } }
        fresh: resources(filter: { freshness: [FRESH] }) { nodes { name } }
        due: resources(filter: { freshness: [DUE] }) { nodes { name freshness { value } vanishedOn
            openState(at: \"2026-11-20T12:00:00+09:00\") { state { value } reason } } } }";
    let data = app.as_anonymous().data(query).await;
    assert_eq!(data["open"]["nodes"], json!([{ "name": "見本A" }]));
    assert_eq!(data["fresh"]["nodes"], json!([{ "name": "見本A" }]));
    let gone = &data["due"]["nodes"][0];
    assert_eq!(
        (&gone["name"], &gone["freshness"]["value"], &gone["vanishedOn"]),
        (&json!("見本B"), &json!("DUE"), &json!("2026-11-01"))
    );
    assert_eq!(
        gone["openState"],
        json!({ "state": { "value": "UNKNOWN" }, "reason": "掲載元から消えたため要確認" })
    );
}

#[actix_web::test]
async fn a_building_goes_with_its_address_and_a_second_schedule_stays() {
    let app = App::start().await;
    let first = "管理番号,名称,種類,市区町村コード,住所,方書,利用できる地区,開催日時,開催日時２,電話番号,メールアドレス\n\
        G1,見本の集い,サロン,062031,鶴岡市泉町4-20,見本会館,全域,毎週木曜 10:00～11:00,毎週月曜 10:00～11:00,0235-00-0001,\n";
    let second = "管理番号,名称,種類,市区町村コード,住所,利用できる地区,開催日時,メールアドレス\n\
        G1,見本の集い,サロン,062031,鶴岡市馬場町9-25,全域,毎週火曜 10:00～11:00,mihon@example.jp\n";
    app.import_with("通いの場.csv", first, &of(10, 1)).await;
    app.import_with("通いの場.csv", second, &of(11, 1)).await;
    let found =
        asked(&app, "location { address building } schedules { rawText } contacts { telE164 email }").await;
    assert_eq!(found[0]["location"], json!({ "address": "鶴岡市馬場町9-25", "building": null }), "{found:?}");
    assert_eq!(found[0]["schedules"].as_array().map(Vec::len), Some(2), "{found:?}");
    let contacts = found[0]["contacts"].to_string();
    assert!(contacts.contains("+81235000001") && contacts.contains("mihon@example.jp"), "{contacts}");
}

#[actix_web::test]
async fn a_private_home_stays_withheld_when_its_columns_are_left_out() {
    let app = App::start().await;
    let list = |column: &str, cell: &str| {
        format!(
            "管理番号,名称,種類,市区町村コード,住所,緯度,経度,利用できる地区,開催日時,定員{column}\n\
             007,見本の家サロン,サロン,062031,鶴岡市泉町4-20,38.72,139.82,全域,毎週木曜,10{cell}\n"
        )
    };
    app.import_with("通いの場.csv", &list(",会場の種類", ",個人宅・空き家"), &of(10, 1)).await;
    let withheld = asked(&app, "location { status { value } address building position { latitude } }").await;
    app.import_with("通いの場.csv", &list("", ""), &of(11, 1)).await;
    let found = asked(&app, "location { status { value } address building position { latitude } }").await;
    assert_eq!(found, withheld);
    assert!(!found[0].to_string().contains("泉町"), "{found:?}");
}

/// What is found only when a place is put on the map and its texts are screened: both runs say it, with its row.
#[actix_web::test]
async fn a_dry_run_says_of_places_and_texts_what_the_real_one_says() {
    let app = App::start().await;
    app.import(fixtures::BOUNDARIES_FILE, fixtures::boundaries()).await;
    app.import("districts.csv", "municipality_code,district_code,district_name,town,valid_from,valid_to\n062031,D01,見本圏域,泉町,,\n").await;
    let list = "管理番号,名称,種類,市区町村コード,住所,緯度,経度,利用できる地区,開催日時,備考\n\
        G1,見本の集い一,サロン,062031,鶴岡市泉町4-20,38.25,140.33,D01,毎週木曜,\n\
        G2,見本の集い二,サロン,062031,鶴岡市泉町4-21,,,D01、D99,毎週木曜,\n\
        G3,見本の集い三,サロン,062031,鶴岡市泉町4-22,,,,毎週木曜,\n\
        G4,見本の集い四,サロン,062031,鶴岡市泉町4-23,,,D01,毎週木曜,申込は090-0000-0001へ\n\
        G5,見本の集い五,サロン,062049,酒田市見本町1,,,D01,毎週木曜,\n";
    let dry = ImportOptions { dry_run: true, ..of(11, 1) };
    let tried = app.import_with("通いの場.csv", list, &dry).await;
    let done = app.import_with("通いの場.csv", list, &of(11, 1)).await;
    let lines: Vec<Option<u64>> = tried.warnings.keys().map(|warning| warning.line).collect();
    let mut sorted = lines.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, [2, 3, 4, 5, 6].map(Some), "{:?}", tried.warnings);
    assert_eq!((&tried.warnings, &tried.kept), (&done.warnings, &done.kept));
    assert!(!tried.written && done.written);
}

/// The list of an officer who fills it in for the first time: the flaws of a row come all at once, so that one round of
/// corrections is enough.
#[actix_web::test]
async fn a_list_with_typical_mistakes_goes_in_after_one_round_of_corrections() {
    let columns = "管理番号,名称,種類,市区町村コード,住所,利用できる地区,開催日時,定員,予約,見学・体験,最終確認日,ホームページ,電話番号";
    let rows = [
        "K01,見本の集い一,サロン,062031,山形県鶴岡市見本町一丁目1番1号,全域,毎週木曜 10:00～11:30,20,予約不要,あり,R8.10.1,,0235-00-0001",
        "K02,見本の集い二,お茶会,062031,鶴岡市見本町1-2,全域,毎週木曜,20人くらい,いらない,たぶん,10月1日,www.example.jp,0235-00-0002",
        ",見本の集い三,サロン,062031,鶴岡市見本町1-3,全域,第2火曜,２０名,予約不要,○,2026/10/1,,",
        "K04,,サロン,062031,鶴岡市見本町1-4,全域,未定,,,,,,235000004",
        "K05,見本の集い五,サロン,６２０３１,鶴岡市見本町1-5,全域,月-金 9:00-12:00,,要予約,×,令和8年10月1日（木）,,０２３５－００－０００５",
    ];
    let list = |rows: &[&str]| format!("{columns}\n{}\n", rows.join("\n"));
    let app = App::start().await;
    let report = app.import_with("通いの場.csv", &list(&rows), &of(11, 1)).await;
    assert_eq!((report.created, report.rejected_rows()), (2, 3), "{:?}", report.rejected);
    let told: Vec<(u64, &str)> = report
        .rejected
        .iter()
        .map(|complaint| (complaint.line, complaint.column.unwrap_or_default()))
        .collect();
    assert_eq!(
        told,
        [
            (3, "最終確認日"),
            (3, "種類"),
            (3, "定員"),
            (3, "予約"),
            (3, "見学・体験"),
            (4, "管理番号"),
            (5, "名称")
        ]
    );
    let corrected = [
        rows[0],
        "K02,見本の集い二,サロン,062031,鶴岡市見本町1-2,全域,毎週木曜,20,予約不要,,R8.10.1,www.example.jp,0235-00-0002",
        "K03,見本の集い三,サロン,062031,鶴岡市見本町1-3,全域,第2火曜,２０名,予約不要,○,2026/10/1,,",
        "K04,見本の集い四,サロン,062031,鶴岡市見本町1-4,全域,未定,,,,,,235000004",
        rows[4],
    ];
    let tried = app
        .import_with("通いの場.csv", &list(&corrected), &ImportOptions { dry_run: true, ..of(11, 1) })
        .await;
    let done = app.import_with("通いの場.csv", &list(&corrected), &of(11, 1)).await;
    assert_eq!((done.created, done.unchanged, done.rejected.len(), done.exit_status()), (3, 2, 0, 0));
    assert_eq!(
        (tried.created, tried.unchanged, &tried.warnings),
        (done.created, done.unchanged, &done.warnings)
    );
    let found = asked(&app, "url contacts { telE164 }").await;
    let second = found.iter().find(|place| place["name"] == "見本の集い二").expect("it is in");
    assert_eq!((found.len(), &second["url"]), (5, &json!("http://www.example.jp")), "{found:?}");
}

#[actix_web::test]
async fn a_damaged_cell_leaves_alone_what_was_said() {
    let app = App::start().await;
    let columns =
        "管理番号,名称,種類,市区町村コード,住所,方書,利用できる地区,開催日時,会場名,備考,電話番号,状態";
    let row = |cells: &str| format!("{columns}\nG1,見本の集い,サロン,062031,鶴岡市泉町4-20,{cells}\n");
    let first = row("見本会館,全域,毎週木曜,見本公民館,はじめの備考,0235-00-0001,掲載");
    app.import_with("通いの場.csv", &first, &of(8, 1)).await;
    let damaged = row("#N/A,全域,#VALUE!,########,#REF!,#N/A,掲載");
    let report = app.import_with("通いの場.csv", &damaged, &of(9, 1)).await;
    assert_eq!((report.rejected.len(), report.changes.len(), report.warnings.len()), (0, 0, 5), "{report:?}");
    let fields = "note location { building } contacts { tel } schedules { rawText }
        ... on GatheringPlace { venue { name } }";
    let found = asked(&app, fields).await;
    assert_eq!(
        found[0],
        json!({
            "name": "見本の集い", "note": "はじめの備考", "location": { "building": "見本会館" },
            "contacts": [{ "tel": "0235-00-0001" }], "schedules": [{ "rawText": "毎週木曜" }],
            "venue": { "name": "見本公民館" },
        })
    );
    // An empty state would publish what has ended.
    let report = app.import_with("通いの場.csv", &row("見本会館,全域,毎週木曜,,,,#REF!"), &of(10, 1)).await;
    let told: Vec<_> = report.rejected.iter().map(|flaw| (flaw.column, flaw.flaw.code())).collect();
    assert_eq!(told, [(Some("状態"), "SpreadsheetError")]);
    // Corrected cells count again, and emptied ones clear.
    app.import_with("通いの場.csv", &row(",全域,毎週火曜,,,,掲載"), &of(11, 1)).await;
    let found = asked(&app, fields).await;
    assert_eq!(
        found[0],
        json!({
            "name": "見本の集い", "note": null, "location": { "building": null }, "contacts": [],
            "schedules": [{ "rawText": "毎週火曜" }], "venue": null,
        })
    );
}

#[actix_web::test]
async fn an_error_in_a_table_beside_the_resources_rejects_its_row() {
    let app = App::start().await;
    let columns = "組織コード,組織名,法人番号";
    let report =
        app.import("organizations.csv", &format!("{columns}\nO1,見本法人,#REF!\nO2,見本会,\n")).await;
    let told: Vec<_> = report.rejected.iter().map(|flaw| (flaw.line, flaw.flaw.code())).collect();
    assert_eq!(told, [(2, "SpreadsheetError")], "{report:?}");
    assert_eq!(report.created, 1);
}

#[actix_web::test]
async fn an_event_that_is_called_off_is_open_on_no_day() {
    let app = App::start().await;
    let list = "管理番号,名称,種類,市区町村コード,利用できる地区,開催日時,備考\n\
        E1,【中止】見本まつり,催し,062031,全域,2026年12月5日 10:00～12:00,\n\
        E2,見本講演会,催し,062031,全域,2026年12月5日 10:00～12:00,講師の都合により延期となりました\n\
        E3,見本展,催し,062031,全域,2026年12月5日 10:00～12:00,雨天の場合は中止します\n\
        E4,【中止】見本サロン,サロン,062031,全域,毎週土曜 10:00～12:00,\n\
        E5,見本カフェ,サロン,062031,全域,毎週土曜 10:00～12:00,昨年は中止しました\n";
    app.import_with("通いの場.csv", list, &of(11, 1)).await;
    let query = "{ resources(orderBy: NAME, filter: { openOn: \"2026-12-05\" }) { nodes { name } } }";
    let data = app.as_anonymous().data(query).await;
    let mut open: Vec<String> = data["resources"]["nodes"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|n| n["name"].to_string())
        .collect();
    open.sort_unstable();
    assert_eq!(open, ["\"見本カフェ\"", "\"見本展\""]);
}

/// What would only come to light when the row is in, comes with its flaws.
#[actix_web::test]
async fn a_rejected_row_is_told_with_its_districts_and_its_warnings() {
    let app = App::start().await;
    app.import("districts.csv", "municipality_code,district_code,district_name,town,valid_from,valid_to\n062031,D01,見本圏域,泉町,,\n").await;
    let list = "管理番号,名称,種類,市区町村コード,利用できる地区,開催日時,電話番号\n\
        G1,見本の集い一,お茶会,062031,D99,未定かも,見本\n\
        G2,見本の集い二,サロン,062031,D01,毎週木曜,\n\
        G2,見本の集い三,お茶会,062031,D98,毎週木曜,\n";
    let report = app.import_with("通いの場.csv", list, &of(11, 1)).await;
    let flaws: Vec<_> = report.rejected.iter().map(|flaw| (flaw.line, flaw.flaw.code())).collect();
    assert_eq!(flaws, [(2, "NotOneOf"), (4, "NotOneOf"), (4, "SameNumber")]);
    let told: Vec<_> = report
        .warnings
        .keys()
        .map(|warning| (warning.line, warning.column.as_deref(), warning.remark.code()))
        .collect();
    for expected in [
        (Some(2), Some("利用できる地区"), "UnknownDistrict"),
        (Some(2), Some("利用できる地区"), "NoDistrict"),
        (Some(2), Some("開催日時"), "DatesUnknown"),
        (Some(2), Some("電話番号"), "NotAPhoneNumber"),
        (Some(4), Some("利用できる地区"), "UnknownDistrict"),
    ] {
        assert!(told.contains(&expected), "{expected:?} {told:?}");
    }
}

#[actix_web::test]
async fn a_record_knows_when_it_came_and_when_it_last_changed() {
    let app = App::start().await;
    let list = |note: &str| {
        format!(
            "管理番号,名称,種類,市区町村コード,利用できる地区,開催日時,備考\nG1,見本の集い,サロン,062031,全域,毎週木曜,{note}\n"
        )
    };
    let days = "createdOn updatedOn";
    app.import_with("通いの場.csv", &list("はじめ"), &of(10, 1)).await;
    let today = asked(&app, days).await[0]["createdOn"].clone();
    assert_eq!(asked(&app, days).await[0]["updatedOn"], today);
    // As if it had come on an earlier day.
    use entity::resource::{Column, Entity};
    use sea_orm::{EntityTrait, sea_query::Expr};
    let earlier = chrono::NaiveDate::from_ymd_opt(2026, 1, 5).expect("a day");
    let aged = Entity::update_many()
        .col_expr(Column::CreatedOn, Expr::value(earlier))
        .col_expr(Column::UpdatedOn, Expr::value(earlier));
    aged.exec(app.databases().writer()).await.expect("it ages");
    app.import_with("通いの場.csv", &list("はじめ"), &of(10, 1)).await;
    let same = &asked(&app, days).await[0];
    assert_eq!((&same["createdOn"], &same["updatedOn"]), (&json!("2026-01-05"), &json!("2026-01-05")));
    app.import_with("通いの場.csv", &list("あらため"), &of(10, 1)).await;
    let changed = &asked(&app, days).await[0];
    assert_eq!((&changed["createdOn"], &changed["updatedOn"]), (&json!("2026-01-05"), &today));
}
