//! 年末年始 given as a period: the named days are closed, and on the others the rules for holidays go on.

use crate::support::App;
use chrono::NaiveDate;
use serde_json::Value;
use yui::import::ImportOptions;

/// `cases/public/26-new-year.csv`, with a row that names all six days and one without a word on holidays.
const LIST: &str = "管理番号,名称,種類,市区町村コード,住所,利用できる地区,開催日時,祝日,年末年始
NY1,見本一,サロン,062031,山形県鶴岡市泉町10-1,全域,毎日 10:00～12:00,休み,12/29～12/31
NY2,見本二,サロン,062031,山形県鶴岡市泉町10-1,全域,毎週金曜 10:00～12:00（祝日は休み）,,12/29～12/31
NY3,見本三,サロン,062031,山形県鶴岡市泉町10-1,全域,毎日 10:00～12:00,休み,12/30～1/3
NY4,見本四,サロン,062031,山形県鶴岡市泉町10-1,全域,毎日 10:00～12:00,休み,12/29～1/3
NY5,見本五,サロン,062031,山形県鶴岡市泉町10-1,全域,毎日 10:00～12:00,休み,1/2～1/3
NY6,見本六,サロン,062031,山形県鶴岡市泉町10-1,全域,毎日 10:00～12:00（祝日休み、12月29日～12月31日休み）,,
NY7,見本七,サロン,062031,山形県鶴岡市泉町10-1,全域,毎日 10:00～12:00,開催,12/30～12/31
NY8,見本八,サロン,062031,山形県鶴岡市泉町10-1,全域,毎日 10:00～12:00,,12/30～12/31
";

async fn city() -> App {
    let app = App::start().await;
    let options = ImportOptions { as_of: NaiveDate::from_ymd_opt(2026, 10, 1), ..ImportOptions::default() };
    let report = app.import_with("通いの場.csv", LIST, &options).await;
    assert_eq!((report.created, report.rejected), (8, vec![]));
    app
}

async fn states(app: &App, at: &str) -> Vec<String> {
    let query = format!(
        "{{ gatheringPlaces(first: 20, orderBy: NAME) {{ nodes {{ identifiers {{ value }}
           openState(at: \"{at}\") {{ state {{ value }} }} }} }} }}"
    );
    let data = app.as_anonymous().data(&query).await;
    let nodes = data["gatheringPlaces"]["nodes"].as_array().expect("a list").clone();
    let state =
        |node: &Value| format!("{} {}", node["identifiers"][0]["value"], node["openState"]["state"]["value"]);
    let mut states: Vec<String> = nodes
        .iter()
        .map(state)
        .map(|text| text.replace('"', "").replace("gathering-places:062031:", ""))
        .collect();
    states.sort();
    states
}

#[actix_web::test]
async fn new_years_day_is_a_holiday_although_the_period_leaves_it_out() {
    let app = city().await;
    let first = states(&app, "2027-01-01T10:30:00+09:00").await;
    for closed in ["NY1 CLOSED", "NY2 CLOSED", "NY3 CLOSED", "NY4 CLOSED", "NY5 CLOSED", "NY6 CLOSED"] {
        assert!(first.contains(&closed.to_owned()), "{closed}: {first:?}");
    }
    assert!(first.contains(&"NY7 OPEN".to_owned()) && first.contains(&"NY8 UNKNOWN".to_owned()), "{first:?}");
    let query = "{ gatheringPlaces(filter: { openAt: \"2027-01-01T10:30:00+09:00\" }) { totalCount } }";
    assert_eq!(app.as_anonymous().data(query).await["gatheringPlaces"]["totalCount"], 1);
}

#[actix_web::test]
async fn the_other_days_around_are_like_any_other_day() {
    let app = city().await;
    let before = states(&app, "2026-12-29T10:30:00+09:00").await;
    assert!(before.contains(&"NY3 OPEN".to_owned()) && before.contains(&"NY5 OPEN".to_owned()), "{before:?}");
    assert!(
        before.contains(&"NY1 CLOSED".to_owned()) && before.contains(&"NY4 CLOSED".to_owned()),
        "{before:?}"
    );
    let after = states(&app, "2027-01-02T10:30:00+09:00").await;
    assert!(after.contains(&"NY1 OPEN".to_owned()) && after.contains(&"NY5 CLOSED".to_owned()), "{after:?}");
}

#[actix_web::test]
async fn the_words_name_the_closed_days_and_never_say_that_it_is_held() {
    let app = city().await;
    for style in ["STANDARD", "EASY"] {
        let query = format!(
            "{{ gatheringPlaces(first: 20) {{ nodes {{ name schedules {{ text(style: {style}) }} }} }} }}"
        );
        let data = app.as_anonymous().data(&query).await.to_string();
        assert!(!data.contains("年末年始も開催") && !data.contains("1月3日までもあります"), "{data}");
    }
}
