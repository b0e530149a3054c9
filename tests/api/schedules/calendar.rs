//! The calendar across places: in order of time, paged, nothing invented, nothing lost.

use super::support::{Place, RULES, write};
use crate::support::App;
use chrono::Months;
use entity::enums::{PublicationState, ResourceKind};
use serde_json::{Value, json};

fn places() -> Vec<Place> {
    let old = crate::support::clock::today().checked_sub_months(Months::new(20));
    let mut places: Vec<Place> =
        RULES.iter().enumerate().map(|(n, rule)| Place::following(&format!("見本{n:02}"), &[rule])).collect();
    places.push(Place::following("二部制", &[RULES[1], RULES[2]]));
    places.push(Place::following("時間なし", &[]));
    places.push(Place { state: PublicationState::Suspended, ..Place::following("休止", &[RULES[4]]) });
    places.push(Place { state: PublicationState::Draft, ..Place::following("下書き", &[RULES[4]]) });
    places.push(Place {
        kind: ResourceKind::GatheringPlace,
        verified: old,
        ..Place::following("古い", &[RULES[4]])
    });
    places
}

const NODE: &str = "date start end status { value } resource { name } schedule { text }";

async fn all(app: &App, page: usize) -> Vec<Value> {
    let mut found = Vec::new();
    let mut after = json!(null);
    loop {
        let query = format!(
            "query($after: String) {{ occurrences(from: \"2026-11-20\", to: \"2026-12-03\", first: {page}, after: $after) {{
                nodes {{ {NODE} }} pageInfo {{ hasNextPage endCursor }} }} }}"
        );
        let data = app.as_anonymous().data_with(&query, json!({ "after": after })).await;
        let list = &data["occurrences"];
        found.extend(list["nodes"].as_array().expect("a list").iter().cloned());
        if list["pageInfo"]["hasNextPage"] == false {
            return found;
        }
        after = list["pageInfo"]["endCursor"].clone();
    }
}

#[actix_web::test]
async fn pages_of_any_size_give_the_same_calendar_in_order() {
    let app = App::start().await;
    write(&app, &places()).await;
    let whole = all(&app, 100).await;
    assert!(whole.len() > 40, "{}", whole.len());
    for page in [1, 7, 20] {
        assert_eq!(all(&app, page).await, whole, "{page} at a time");
    }
    let time = |node: &Value| {
        format!("{} {}", node["date"].as_str().unwrap_or_default(), node["start"].as_str().unwrap_or("99"))
    };
    assert!(whole.windows(2).all(|two| time(&two[0]) <= time(&two[1])));
    let told = json!(whole).to_string();
    for absent in ["休止\"", "下書き", "古い", "時間なし"] {
        assert!(!told.contains(absent), "{absent}");
    }
}

#[actix_web::test]
async fn the_calendar_holds_what_the_schedules_of_the_places_hold() {
    let app = App::start().await;
    write(&app, &places()).await;
    let query = "{ resources(first: 20) { nodes { name schedules { occurrences(from: \"2026-11-20\", to: \"2026-12-03\")
        { date start end status { value } resource { name } schedule { text } } } } } }";
    let data = app.as_anonymous().data(query).await;
    let nodes = data["resources"]["nodes"].as_array().expect("a list").iter();
    let known = nodes.filter(|node| !["休止", "古い"].iter().any(|name| node["name"] == *name));
    let mut expected: Vec<String> = known
        .flat_map(|node| node["schedules"].as_array().expect("a list"))
        .flat_map(|schedule| schedule["occurrences"].as_array().expect("a list"))
        .map(Value::to_string)
        .collect();
    let mut found: Vec<String> = all(&app, 100).await.iter().map(Value::to_string).collect();
    expected.sort_unstable();
    found.sort_unstable();
    assert_eq!(found, expected);
}

#[actix_web::test]
async fn places_without_dates_are_counted_and_never_given_any() {
    let app = App::start().await;
    write(&app, &places()).await;
    let query = "{ occurrences(from: \"2026-11-20\", to: \"2026-12-03\", first: 1) { undatedCount } }";
    // The irregular one, the one without hours, the old one; drafts do not exist.
    let data = app.as_anonymous().data(query).await;
    assert_eq!(data["occurrences"]["undatedCount"], 3);
}

#[actix_web::test]
async fn a_page_takes_few_statements_and_a_foreign_cursor_is_refused() {
    let app = App::start().await;
    write(&app, &places()).await;
    let query = format!(
        "{{ occurrences(from: \"2026-11-20\", to: \"2026-12-31\", first: 50) {{ nodes {{ {NODE} }} }} }}"
    );
    app.as_anonymous().data(&query).await;
    let (_, statements) = app.statements().during(app.as_anonymous().data(&query)).await;
    assert!(statements.len() <= 4, "{statements:#?}");
    let data = app.as_anonymous().data("{ resources(first: 1) { pageInfo { endCursor } } }").await;
    let foreign = &data["resources"]["pageInfo"]["endCursor"];
    let query = "query($after: String) { occurrences(from: \"2026-11-20\", to: \"2026-12-31\", after: $after) { nodes { date } } }";
    let answer = app.as_anonymous().ask_with(query, json!({ "after": foreign })).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "INVALID_INPUT");
}
