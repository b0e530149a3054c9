//! The filters `openAt` and `openOn` judge as the field `openState` does, place by place.

use super::support::{Place, RULES, day, names, write};
use crate::support::App;
use chrono::{Days, Months, NaiveDate};
use entity::enums::{PublicationState, ResourceKind};
use serde_json::json;

/// First and last day.
type Suspension = (Option<NaiveDate>, Option<NaiveDate>);

const STATES: &str = "states: [PUBLISHED, SUSPENDED, ENDED]";

/// Every pair of rules, in every state, of kinds whose age counts and kinds whose age does not.
fn places() -> Vec<Place> {
    let today = crate::support::clock::today();
    let ages = [today.checked_sub_days(Days::new(1)), today.checked_sub_months(Months::new(20)), None];
    let kinds = [ResourceKind::CareFacility, ResourceKind::GatheringPlace, ResourceKind::ConsultationDesk];
    let suspensions: [(PublicationState, Suspension); 6] = [
        (PublicationState::Published, (None, None)),
        (PublicationState::Published, (Some(day(11, 16)), Some(day(11, 22)))),
        (PublicationState::Suspended, (None, None)),
        (PublicationState::Suspended, (Some(day(12, 1)), None)),
        (PublicationState::Suspended, (None, Some(day(10, 31)))),
        (PublicationState::Ended, (None, None)),
    ];
    let mut places = Vec::new();
    for n in 0..90_usize {
        let (state, suspended) = suspensions[[0, 0, 0, 1, 2, 3, 4, 5][n % 8]];
        let rules = match n % 5 {
            0 => vec![],
            1 | 2 => vec![RULES[n % RULES.len()]],
            _ => vec![RULES[n % RULES.len()], RULES[(n * 5 + 3) % RULES.len()]],
        };
        places.push(Place {
            kind: kinds[n % 3],
            verified: ages[[0, 0, 0, 1, 2][n / 3 % 5]],
            state,
            suspended,
            ..Place::following(&format!("見本{n:02}"), &rules)
        });
    }
    places
}

#[actix_web::test]
async fn the_filter_and_the_field_agree_on_every_place_at_every_hour() {
    let app = App::start().await;
    write(&app, &places()).await;
    let client = app.as_anonymous();
    for at in [
        "2026-11-20T10:30:00+09:00",
        "2026-11-21T00:30:00+09:00",
        "2026-11-21T12:00:00+09:00",
        "2026-11-23T10:30:00+09:00",
        "2026-11-26T10:15:00+09:00",
        "2026-11-29T01:59:00+09:00",
        "2026-12-03T10:15:00+09:00",
        "2026-12-30T09:30:00+09:00",
        "2026-09-22T14:00:00+09:00",
        "2026-09-23T10:15:00+09:00",
        "2028-05-03T10:15:00+09:00",
    ] {
        let state = format!("name openState(at: \"{at}\") {{ state {{ value }} }}");
        let all = client
            .data(&format!("{{ resources(filter: {{ {STATES} }}, first: 100) {{ nodes {{ {state} }} }} }}"))
            .await;
        let judged = |wanted: &[&str]| -> Vec<String> {
            let nodes = all["resources"]["nodes"].as_array().expect("a list").iter();
            let of = |node: &&serde_json::Value| {
                wanted.iter().any(|state| node["openState"]["state"]["value"] == *state)
            };
            nodes.filter(of).map(|node| node["name"].as_str().unwrap_or_default().to_owned()).collect()
        };
        let list = |more: &str| {
            format!(
                "{{ resources(filter: {{ {STATES}, openAt: \"{at}\" {more} }}, first: 100) {{ totalCount nodes {{ name }} }} }}"
            )
        };
        let open = client.data(&list("")).await;
        assert_eq!(names(&open["resources"]), judged(&["OPEN"]), "open at {at}");
        assert_eq!(open["resources"]["totalCount"], json!(judged(&["OPEN"]).len()));
        let perhaps = client.data(&list("includeUnknownHours: true")).await;
        assert_eq!(names(&perhaps["resources"]), judged(&["OPEN", "UNKNOWN"]), "not closed at {at}");
    }
}

#[actix_web::test]
async fn a_day_is_open_when_something_surely_starts_on_it() {
    let app = App::start().await;
    let places = [
        Place::following("第2第4木曜", &[RULES[1]]),
        Place::following("毎週火曜", &[RULES[2]]),
        Place::following("冬期休止の木曜", &[RULES[5]]),
        Place::following("不定期", &[RULES[6]]),
        Place::following("時間なし", &[]),
    ];
    write(&app, &places).await;
    let client = app.as_anonymous();
    let on = |day: &str, more: &str| {
        format!("{{ resources(filter: {{ openOn: \"{day}\" {more} }}) {{ nodes {{ name }} }} }}")
    };
    let list = |data: serde_json::Value| names(&data["resources"]);
    assert_eq!(list(client.data(&on("2026-11-26", "")).await), ["第2第4木曜", "冬期休止の木曜"]);
    assert_eq!(list(client.data(&on("2026-12-10", "")).await), ["第2第4木曜"]);
    assert_eq!(list(client.data(&on("2026-11-24", "")).await), ["毎週火曜"]);
    let perhaps = list(client.data(&on("2026-11-24", "includeUnknownHours: true")).await);
    assert_eq!(perhaps, ["毎週火曜", "不定期", "時間なし"]);
}

#[actix_web::test]
async fn a_list_by_time_takes_as_few_statements_as_any() {
    let app = App::start().await;
    write(&app, &places()).await;
    let query = "{ resources(filter: { openAt: \"2026-11-20T10:30:00+09:00\" }) { nodes { name
        openState { state { value } } schedules { text } } } }";
    let (_, first) = app.statements().during(app.as_anonymous().data(query)).await;
    let (_, again) = app.statements().during(app.as_anonymous().data(query)).await;
    assert!(first.len() <= 2, "{first:#?}");
    // Rules are read once in the life of the process; the schedules of the page each time.
    assert_eq!(again.len(), 1, "{again:#?}");
}

#[actix_web::test]
async fn in_the_order_of_openness_sure_ones_come_first_and_closed_ones_last() {
    let app = App::start().await;
    write(&app, &places()).await;
    let client = app.as_anonymous();
    let minute = || chrono::Utc::now().timestamp() / 60;
    let ask = |page: &str| {
        format!(
            "{{ resources(filter: {{ {STATES} }}, orderBy: OPEN_FIRST, {page}) {{
                nodes {{ name openState {{ state {{ value }} }} }} pageInfo {{ hasNextPage endCursor }} }} }}"
        )
    };
    loop {
        let before = minute();
        let whole = client.data(&ask("first: 100")).await;
        let paged = in_pages(&app, ask).await;
        // The open state may change with the minute between the two queries; then compare again.
        if minute() != before {
            continue;
        }
        let nodes = whole["resources"]["nodes"].as_array().expect("a list").clone();
        assert_eq!(nodes.len(), 90);
        let rank = |node: &serde_json::Value| {
            let states = ["OPEN", "UNKNOWN", "CLOSED"];
            states.iter().position(|state| node["openState"]["state"]["value"] == *state)
        };
        assert!(nodes.is_sorted_by_key(rank));
        assert_eq!(paged, names(&whole["resources"]));
        return;
    }
}

async fn in_pages(app: &App, ask: impl Fn(&str) -> String) -> Vec<String> {
    let (mut names_so_far, mut after) = (Vec::new(), String::new());
    loop {
        let page = app.as_anonymous().data(&ask(&format!("first: 7 {after}"))).await;
        names_so_far.extend(names(&page["resources"]));
        let info = &page["resources"]["pageInfo"];
        if info["hasNextPage"] == false {
            return names_so_far;
        }
        after = format!("after: {}", info["endCursor"]);
    }
}
