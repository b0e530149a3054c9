//! Daily-life districts: which one a facility stands in, also when a 町字 changed sides.

use super::support::{BABA, IZUMI, OFFICE, Row, counts, csv, graph, only, stored};
use crate::support::App;
use serde_json::{Value, json};

async fn home(app: &App) -> Value {
    only(app).await["location"]["homeDistrict"]["code"].take()
}

fn office() -> String {
    csv(&[Row::care(OFFICE, "通所介護").at(IZUMI)])
}

#[actix_web::test]
async fn a_facility_stands_in_the_district_of_its_town_whichever_file_came_first() {
    let districts = csv(&[Row::district("D01", "泉町"), Row::district("D02", "馬場町")]);
    for files in [
        [("districts.csv", districts.clone()), ("jigyosho.csv", office())],
        [("jigyosho.csv", office()), ("districts.csv", districts)],
    ] {
        let app = App::start().await;
        for (name, text) in files {
            assert!(app.import(name, &text).await.written);
        }
        assert_eq!(home(&app).await, "D01");
        let query = "{ resources(filter: { homeDistricts: [\"D01\"] }) { totalCount } districts { code name towns { name } municipality { code } } }";
        let data = app.as_anonymous().data(query).await;
        assert_eq!(data["resources"]["totalCount"], 1);
        assert_eq!(
            data["districts"][0],
            json!({ "code": "D01", "name": "第D01圏域", "towns": [{ "name": "泉町" }], "municipality": { "code": "062031" } })
        );
    }
}

#[actix_web::test]
async fn a_town_that_changed_sides_counts_for_its_present_district() {
    let app = App::start().await;
    app.import("jigyosho.csv", &office()).await;
    let rows = [
        Row::district("D01", "泉町").with("valid_from", "2020-04-01").with("valid_to", "2025-03-31"),
        Row::district("D01", "日吉町"),
        Row::district("D02", "泉町").with("valid_from", "2025-04-01"),
        Row::district("D03", "泉町").with("valid_to", "2020-03-31"),
    ];
    let report = app.import("districts.csv", &csv(&rows)).await;
    assert_eq!(counts(&report), [4, 0, 0, 0, 0, 0, 0]);
    assert_eq!(home(&app).await, "D02");
    let query = "{ then: districts(asOf: \"2020-01-01\") { code } now: districts { code towns { name validFrom validTo } } }";
    let data = app.as_anonymous().data(query).await;
    assert_eq!(data["then"], json!([{ "code": "D01" }, { "code": "D03" }]));
    assert_eq!(data["now"].as_array().map(Vec::len), Some(2), "{data:#}");
}

#[actix_web::test]
async fn a_new_list_moves_a_town_and_the_facilities_in_it() {
    let app = App::start().await;
    app.import("jigyosho.csv", &office()).await;
    let first =
        [Row::district("D01", "泉町"), Row::district("D01", "日吉町"), Row::district("D02", "馬場町")];
    app.import("districts.csv", &csv(&first)).await;
    assert_eq!(home(&app).await, "D01");
    let second =
        [Row::district("D01", "日吉町"), Row::district("D02", "馬場町"), Row::district("D02", "泉町")];
    let report = app.import("districts.csv", &csv(&second)).await;
    assert_eq!(counts(&report), [0, 3, 0, 0, 0, 0, 0]);
    assert_eq!(home(&app).await, "D02");
    let before = stored(&app).await;
    let again = app.import("districts.csv", &csv(&second)).await;
    assert_eq!((counts(&again), again.written), ([0, 0, 0, 3, 0, 0, 0], false));
    assert_eq!(stored(&app).await, before);
}

#[actix_web::test]
async fn a_town_of_no_district_gives_none() {
    let app = App::start().await;
    let away = Row::care("0670799902", "通所介護").with("住所", "鶴岡市馬場町9-1").at(BABA);
    app.import("jigyosho.csv", &(office() + csv(&[away]).lines().nth(1).expect("a row"))).await;
    app.import("districts.csv", &csv(&[Row::district("D01", "泉町")])).await;
    let all = graph(&app).await;
    let homes = all.iter().map(|node| &node["location"]["homeDistrict"]);
    let (none, some): (Vec<&Value>, Vec<&Value>) = homes.partition(|home| home.is_null());
    assert_eq!((none.len(), some), (1, vec![&json!({ "code": "D01" })]));
}

#[actix_web::test]
async fn rows_of_no_sense_are_rejected_with_their_column() {
    let app = App::start().await;
    let rows = [
        Row::district("D01", "泉町").with("valid_from", "").with("valid_to", ""),
        Row::district("D02", "泉町"),
        Row::district("D01", "馬場町").with("valid_from", "この春"),
        Row::district("D01", "馬場町").with("valid_from", "2026-04-01").with("valid_to", "2026-03-31"),
        Row::district("D01", ""),
        Row::district("", "馬場町"),
        Row::district("D01", "馬場町").with("municipality_code", "062032"),
    ];
    let report = app.import("districts.csv", &csv(&rows)).await;
    let columns: Vec<_> = report.rejected.iter().map(|r| (r.line, r.column.unwrap_or(""))).collect();
    let expected = [
        (3, "town"),
        (4, "valid_from"),
        (5, "valid_to"),
        (6, "town"),
        (7, "district_code"),
        (8, "municipality_code"),
    ];
    assert_eq!((columns.as_slice(), report.created), (&expected[..], 1));
}
