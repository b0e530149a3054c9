//! The demo city: what it shows, and what it must not.

use crate::support::App;
use serde_json::Value;
use yui::exchange::demo::{self, Loaded};

/// An App with the demo loaded as `serve --demo` does it.
pub async fn city() -> App {
    let app = App::start().await;
    let loaded = demo::load(app.databases()).await.expect("the demo fits this program");
    assert_eq!(loaded, Loaded::Fresh);
    app
}

async fn all(app: &App, fields: &str) -> Vec<Value> {
    let (mut found, mut after) = (Vec::new(), Value::Null);
    loop {
        let query = format!(
            "query ($after: String) {{ resources(first: 50, after: $after, filter: {{ states: [PUBLISHED, SUSPENDED, ENDED] }}) {{
                pageInfo {{ hasNextPage endCursor }} nodes {{ kind name {fields} }} }} }}"
        );
        let variables = serde_json::json!({ "after": after });
        let mut page = app.as_anonymous().data_with(&query, variables).await["resources"].take();
        found.append(page["nodes"].as_array_mut().expect("a list"));
        if page["pageInfo"]["hasNextPage"] == false {
            return found;
        }
        after = page["pageInfo"]["endCursor"].take();
    }
}

#[actix_web::test]
async fn the_demo_has_every_kind_and_every_feature() {
    let app = city().await;
    let found = all(&app, "state location { status } freshness serviceArea").await;
    let count = |field: &str, value: &str| {
        let says = |node: &&Value| node.pointer(field).is_some_and(|found| found == value);
        found.iter().filter(says).count()
    };
    let kinds: Vec<usize> = ["GATHERING_PLACE", "MUTUAL_AID_GROUP", "PRIVATE_SERVICE", "CONSULTATION_DESK"]
        .iter()
        .map(|kind| count("/kind", kind))
        .collect();
    assert_eq!(kinds, [38, 13, 13, 20]);
    for (field, value) in [
        ("/state", "SUSPENDED"),
        ("/state", "ENDED"),
        ("/location/status", "WITHHELD"),
        ("/location/status", "NO_FIXED_PLACE"),
        ("/location/status", "UNKNOWN"),
        ("/freshness", "STALE"),
        ("/serviceArea", "EVERYWHERE"),
    ] {
        assert!(count(field, value) > 0, "nothing is {value}");
    }
}

#[actix_web::test]
async fn only_confirmed_names_of_the_demo_are_real() {
    let app = city().await;
    let real = [
        "支え合い「結の会」",
        "下町いきいき百歳体操",
        "地域包括支援センターつくし",
        "地域包括支援センターあつみ",
    ];
    for node in all(&app, "contacts { tel } schedules { text }").await {
        let name = node["name"].as_str().expect("a name");
        if real.contains(&name) {
            assert_eq!(
                (&node["contacts"], &node["schedules"]),
                (&Value::Array(vec![]), &Value::Array(vec![]))
            );
        } else {
            assert!(name.contains("見本") || name.contains("みほん"), "{name}");
        }
        for contact in node["contacts"].as_array().expect("a list") {
            assert!(
                contact["tel"].as_str().is_none_or(|tel| tel.starts_with("0235-00-")),
                "{name}: {contact}"
            );
        }
    }
}

#[actix_web::test]
async fn no_dates_are_made_up_where_nobody_knows_them() {
    let app = city().await;
    let mut unread = Vec::new();
    for node in all(&app, "schedules { text computable }").await {
        for schedule in node["schedules"].as_array().expect("a list") {
            let local = node["kind"] != "CARE_FACILITY" && node["kind"] != "MEDICAL_FACILITY";
            if local && schedule["computable"] == false {
                unread.push(schedule["text"].as_str().unwrap_or_default().to_owned());
            }
        }
    }
    unread.sort();
    let expected = [
        "おおむね月1回、公民館に集まれる日",
        "不定期",
        "年6回 土曜日",
        "随時",
        "随時",
        "隔週木曜 13:30～15:00",
    ];
    assert_eq!(unread, expected);
}
