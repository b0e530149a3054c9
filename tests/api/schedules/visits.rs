//! The filter `openDuring` and the field `nextOpen`: an hour within one's free times, in the next four weeks.

use super::support::{Place, RULES, names, write};
use crate::support::App;
use crate::support::clock::today;
use chrono::{Datelike, Days, NaiveDate};
use entity::enums::{PublicationState, ResourceKind};
use serde_json::{Value, json};

const STATES: &str = "states: [PUBLISHED, SUSPENDED, ENDED]";

fn in_days(days: i64) -> NaiveDate {
    let shift = Days::new(days.unsigned_abs());
    let day = if days < 0 { today().checked_sub_days(shift) } else { today().checked_add_days(shift) };
    day.expect("a day")
}

/// Every rule under suspensions that begin or end at any time of the four weeks.
fn places() -> Vec<Place> {
    let suspensions: Vec<(Option<i64>, Option<i64>)> = (-3..32)
        .step_by(5)
        .flat_map(|day| [(None, Some(day)), (Some(day), None), (Some(day), Some(day + 9))])
        .chain([(None, None); 6])
        .collect();
    let kinds = [ResourceKind::CareFacility, ResourceKind::GatheringPlace];
    let mut places = Vec::new();
    for n in 0..98_usize {
        let (from, to) = suspensions[n % suspensions.len()];
        let suspended = (from.map(in_days), to.map(in_days));
        let state = match (n % 5, n % 11) {
            (0, _) => PublicationState::Suspended,
            (_, 0) => PublicationState::Ended,
            _ => PublicationState::Published,
        };
        let rules = match n % 7 {
            0 => vec![],
            1 | 2 => vec![RULES[(n * 3 + 1) % RULES.len()], RULES[n % RULES.len()]],
            _ => vec![RULES[n % RULES.len()]],
        };
        places.push(Place {
            kind: kinds[n % 2],
            state,
            suspended,
            verified: [in_days(-1), in_days(-1), in_days(-700)][n % 13 % 3].into(),
            ..Place::following(&format!("見本{n:02}"), &rules)
        });
    }
    places
}

#[actix_web::test]
async fn the_filter_lists_what_has_a_next_time_and_nothing_else() {
    let app = App::start().await;
    write(&app, &places()).await;
    let client = app.as_anonymous();
    for times in [
        r#"{ weekday: THURSDAY, from: "10:00", to: "12:00" }"#,
        r#"{ weekday: MONDAY, from: "10:00", to: "11:00" }, { weekday: SATURDAY, from: "11:30", to: "13:00" }"#,
        r#"{ weekday: SATURDAY, from: "00:00", to: "02:00" }"#,
        r#"{ weekday: FRIDAY, from: "21:00", to: "00:30" }"#,
        r#"{ weekday: WEDNESDAY, from: "09:30", to: "11:30" }, { weekday: TUESDAY, from: "08:00", to: "18:00" }"#,
        r#"{ weekday: SUNDAY, from: "03:00", to: "04:00" }"#,
        r#"{ weekday: SUNDAY, from: "12:15", to: "12:15" }, { weekday: WEDNESDAY, from: "22:30", to: "00:15" }, { weekday: THURSDAY, from: "00:15", to: "01:45" }"#,
        r#"{ weekday: MONDAY, from: "00:00", to: "00:00" }, { weekday: TUESDAY, from: "00:00", to: "00:00" }, { weekday: FRIDAY, from: "20:00", to: "19:00" }"#,
    ] {
        // Both in one request, which has one clock.
        let ask = format!(
            "{{ all: resources(filter: {{ {STATES} }}, first: 100) {{ nodes {{ id name nextOpen(during: [{times}]) {{ start end }} }} }}
                listed: resources(filter: {{ {STATES}, openDuring: [{times}] }}, first: 100) {{ totalCount nodes {{ name }} }} }}"
        );
        let data = client.data(&ask).await;
        let nodes = data["all"]["nodes"].as_array().expect("a list");
        let with_a_time: Vec<&str> = nodes
            .iter()
            .filter(|node| !node["nextOpen"].is_null())
            .map(|node| node["name"].as_str().expect("a name"))
            .collect();
        assert_eq!(names(&data["listed"]), with_a_time, "{times}");
        assert_eq!(data["listed"]["totalCount"], json!(with_a_time.len()));
        assert!(!with_a_time.is_empty() && with_a_time.len() < nodes.len(), "{times}: {with_a_time:?}");
        for node in nodes.iter().filter(|node| !node["nextOpen"].is_null()) {
            let at = |edge: &str| -> chrono::DateTime<chrono::FixedOffset> {
                node["nextOpen"][edge].as_str().and_then(|at| at.parse().ok()).expect("an instant")
            };
            assert!(at("end") - at("start") >= chrono::TimeDelta::hours(1), "{node}");
            let last = at("end") - chrono::TimeDelta::minutes(1);
            let ask = format!(
                "{{ node(id: {}) {{ ... on Resource {{ a: openState(at: \"{}\") {{ state {{ value }} }} b: openState(at: \"{}\") {{ state {{ value }} }} }} }} }}",
                node["id"],
                at("start").to_rfc3339(),
                last.to_rfc3339()
            );
            let open = json!({ "state": { "value": "OPEN" } });
            assert_eq!(client.data(&ask).await["node"], json!({ "a": open, "b": open }), "{times} {node}");
        }
    }
}

/// The day of the week of today, as the schema writes it.
fn weekday(day: NaiveDate) -> &'static str {
    ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"]
        [day.weekday().num_days_from_monday() as usize]
}

#[actix_web::test]
async fn what_is_suspended_is_listed_and_says_from_when_on_one_may_come() {
    let app = App::start().await;
    let always = RULES[4];
    let suspended = |name: &str, to: Option<i64>| Place {
        state: PublicationState::Suspended,
        suspended: (Some(in_days(-5)), to.map(in_days)),
        ..Place::following(name, &[always])
    };
    write(&app, &[suspended("見本休止十日", Some(10)), suspended("見本休止未定", None)]).await;
    let client = app.as_anonymous();
    let day = weekday(in_days(1));
    let during = format!("[{{ weekday: {day}, from: \"10:00\", to: \"12:00\" }}]");
    let ask = format!(
        "{{ resources(first: 2) {{ nodes {{ name openState {{ state {{ value }} reason until }}
            suspension {{ to }} nextOpen(during: {during}) {{ start }} }} }} }}"
    );
    let data = client.data(&ask).await;
    let nodes = data["resources"]["nodes"].as_array().expect("a list");
    let [ten_days, unsaid] = nodes.as_slice() else { panic!("{data}") };
    for node in [ten_days, unsaid] {
        assert_eq!(node["openState"]["state"]["value"], "CLOSED");
    }
    let begins =
        |value: &Value, day: NaiveDate| value.as_str().is_some_and(|at| at.starts_with(&day.to_string()));
    assert_eq!(ten_days["suspension"]["to"], json!(in_days(10)));
    assert!(begins(&ten_days["openState"]["until"], in_days(11)), "{ten_days}");
    assert!(
        begins(&ten_days["nextOpen"]["start"], in_days(15)),
        "the third of the four weekdays: {ten_days}"
    );
    assert_eq!((&unsaid["nextOpen"], &unsaid["openState"]["until"]), (&Value::Null, &Value::Null));
}

#[actix_web::test]
async fn what_nobody_can_be_sure_of_is_listed_on_request() {
    let app = App::start().await;
    let places = [
        Place::following("毎日", &[RULES[4]]),
        Place::following("不定期", &[RULES[6]]),
        Place::following("要予約の水曜", &[RULES[7]]),
        Place::following("時間なし", &[]),
        Place::following("毎週火曜の午後", &[RULES[2]]),
        Place { suspended: (Some(in_days(-2)), None), ..Place::following("休止の不定期", &[RULES[6]]) },
        Place {
            kind: ResourceKind::GatheringPlace,
            verified: Some(in_days(-700)),
            ..Place::following("古い毎日", &[RULES[4]])
        },
    ];
    write(&app, &places).await;
    let ask = |more: &str| {
        format!(
            "{{ resources(filter: {{ openDuring: [{{ weekday: WEDNESDAY, from: \"10:00\", to: \"12:00\" }}] {more} }}) {{ nodes {{ name }} }} }}"
        )
    };
    let client = app.as_anonymous();
    assert_eq!(names(&client.data(&ask("")).await["resources"]), ["毎日"]);
    let perhaps = names(&client.data(&ask("includeUnknownHours: true")).await["resources"]);
    assert_eq!(perhaps, ["毎日", "不定期", "要予約の水曜", "時間なし", "古い毎日"]);
}

#[actix_web::test]
async fn a_time_of_less_than_an_hour_is_refused_with_its_field() {
    let app = App::start().await;
    write(&app, &[Place::following("毎日", &[RULES[4]])]).await;
    let client = app.as_anonymous();
    let short = "[{ weekday: FRIDAY, from: \"10:00\", to: \"10:59\" }]";
    let refused =
        client.ask(&format!("{{ resources(filter: {{ openDuring: {short} }}) {{ totalCount }} }}")).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "INVALID_INPUT");
    assert_eq!(refused["errors"][0]["extensions"]["field"], "openDuring");
    for during in [short, "[]"] {
        let ask = format!("{{ resources {{ nodes {{ name nextOpen(during: {during}) {{ start }} }} }} }}");
        let answer = client.ask(&ask).await;
        assert_eq!(answer["data"]["resources"]["nodes"], json!([{ "name": "毎日", "nextOpen": null }]));
        assert_eq!(answer["errors"][0]["extensions"]["field"], "during", "{answer}");
    }
    let none = client.data("{ resources(filter: { openDuring: [] }) { totalCount } }").await;
    assert_eq!(none["resources"]["totalCount"], 1, "no time is no condition");
}
