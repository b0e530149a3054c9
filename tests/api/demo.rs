//! The demo city: what it shows, and what it must not.

use crate::support::{App, TestDatabase, holding};
use serde_json::{Value, json};
use yui::auth::Role;

/// An App with the demo loaded as `serve --demo` does it.
pub async fn city() -> App {
    App::on(TestDatabase::with_demo().await).await
}

async fn all(app: &App, fields: &str) -> Vec<Value> {
    let (mut found, mut after) = (Vec::new(), Value::Null);
    loop {
        let query = format!(
            "query ($after: String) {{ resources(first: 50, after: $after, filter: {{ states: [PUBLISHED, SUSPENDED, ENDED] }}) {{
                pageInfo {{ hasNextPage endCursor }} nodes {{ kind {{ value }} name {fields} }} }} }}"
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
    let found =
        all(&app, "state { value } location { status { value } } freshness { value } serviceArea { value }")
            .await;
    let count = |field: &str, value: &str| {
        let says = |node: &&Value| node.pointer(field).is_some_and(|found| found["value"] == value);
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
    for node in all(&app, "contacts { kind { value } label tel } schedules { text }").await {
        let name = node["name"].as_str().expect("a name");
        let contacts = node["contacts"].as_array().expect("a list");
        if real.contains(&name) {
            assert_eq!(node["schedules"], Value::Array(vec![]));
            // The support centre that stands in is a 見本.
            let stands_in = |contact: &Value| contact["label"].to_string().contains("見本");
            assert!(contacts.iter().all(|c| c["kind"]["value"] == "INTERMEDIARY" && stands_in(c)), "{node}");
        } else {
            assert!(name.contains("見本") || name.contains("みほん"), "{name}");
        }
        let impossible = |tel: &str| tel.starts_with("0235-00-") || tel.starts_with("090-0000-");
        for contact in contacts {
            assert!(contact["tel"].as_str().is_none_or(impossible), "{name}: {contact}");
        }
    }
}

#[actix_web::test]
async fn no_dates_are_made_up_where_nobody_knows_them() {
    let app = city().await;
    let mut unread = Vec::new();
    for node in all(&app, "schedules { text computable }").await {
        for schedule in node["schedules"].as_array().expect("a list") {
            let local =
                node["kind"]["value"] != "CARE_FACILITY" && node["kind"]["value"] != "MEDICAL_FACILITY";
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

#[actix_web::test]
async fn the_demo_shows_what_consents_and_withdrawals_do() {
    let app = city().await;
    let places = all(&app, "contacts { tel } withheld { field reason { value } } note").await;
    let of = |name: &str| places.iter().find(|node| node["name"] == name).expect(name);
    for (name, tel) in [
        ("見本山 学びの会", "090-0000-0011"),
        ("見本園 第1・3木曜体操", "0235-00-0309"),
        ("見本沢 お達者会", "0235-00-0310"),
        ("見本野クラブ（老人クラブ）", "0235-00-0305"),
    ] {
        assert_eq!(of(name)["contacts"], json!([{ "tel": tel }]), "{name}");
    }
    let hall = of("見本福祉センター");
    assert_eq!(hall["withheld"], json!([{ "field": "note", "reason": { "value": "PRIVATE_PHONE" } }]));
    assert_eq!(hall["note"], Value::Null);
    assert_eq!(places.iter().filter(|node| node["withheld"] != json!([])).count(), 1);
    let query = "{ consentsDue { nodes { state { value } resource { name } } } }";
    let due = app.as_viewer(holding(&[Role::Admin], &[])).data(query).await;
    let states: Vec<&Value> = due["consentsDue"]["nodes"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|node| &node["state"]["value"])
        .collect();
    assert_eq!(states, ["EXPIRED", "VALID"]);
}

#[actix_web::test]
async fn the_demo_has_liaison_sheets_of_every_shape() {
    let app = city().await;
    let ask = "{ liaisonSheets(first: 50) { totalCount nodes { version institution { name } warnings { code { value } }
        physicians { physician { code name } channels { channel { value } hasOwnTimes times { computable } } } } } }";
    let mut sheets = app.as_viewer(holding(&[Role::Admin], &[])).data(ask).await["liaisonSheets"].take();
    assert_eq!(sheets["totalCount"], 10);
    let sheets = sheets["nodes"].as_array_mut().expect("a list");
    let of = |name: &str| sheets.iter().find(|sheet| sheet["institution"]["name"] == name).expect(name);
    let warned = |name: &str| {
        of(name)["warnings"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|w| w["code"]["value"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(warned("見本耳鼻咽喉科クリニック"), ["REVIEW_OVERDUE"]);
    assert_eq!(warned("見本レディースクリニック"), ["CONSENT_WITHDRAWN"]);
    assert_eq!(warned("見本内科クリニック"), Vec::<Value>::new());
    let names = |name: &str| {
        of(name)["physicians"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|p| p["physician"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(names("見本内科クリニック")[0], names("見本澤診療所")[0], "one physician at two clinics");
    assert_eq!(of("見本在宅クリニック")["version"], 2);
    assert!(names("見本在宅クリニック").iter().all(|physician| physician["name"] != "見本 去男"));
    assert!(!of("見本整形外科医院").to_string().contains("PHONE"));
    for sheet in sheets.iter() {
        assert!(!sheet.to_string().contains("\"computable\":false"), "{sheet}");
        for physician in sheet["physicians"].as_array().expect("a list") {
            assert!(physician["physician"]["name"].as_str().is_some_and(|name| name.starts_with("見本 ")));
        }
    }
    let read = "{ liaisonSheets { totalCount } }";
    let nobodys = app.as_viewer(holding(&[Role::CareProfessional], &[])).ask(read).await;
    assert_eq!(nobodys["data"]["liaisonSheets"]["totalCount"], 0, "nobody without an office reads any");
}
