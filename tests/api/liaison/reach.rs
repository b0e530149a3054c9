//! `reachableNow` over the graph; the engine itself is tested in `src/liaison/reach/judge`.

use crate::support::clock;
use crate::support::liaison::{CLINIC, HOSPITAL, Liaison, channel, entry, times};
use chrono::{Days, Months};
use serde_json::{Value, json};
use yui::liaison::facts::StandIn;
use yui::liaison::terms::ContactChannel;

/// A Tuesday, no holiday.
const TUESDAY: &str = "2026-11-24";

fn ask(time: &str, arguments: &str) -> String {
    format!(
        "{{ reachableNow(at: \"{TUESDAY}T{time}:00+09:00\" {arguments}) {{ totalCount reachableCount unknownCount \
         nodes {{ standing {{ value }} physician {{ physician {{ name }} }} channel {{ channel {{ value }} }} \
         until reason nextWindow {{ start }} standIn {{ text }} warnings {{ code {{ value }} }} }} \
         unknown {{ nodes {{ reason physician {{ physician {{ name }} }} }} }} }} }}"
    )
}

/// `佐藤 NOW PHONE`.
fn told(answer: &Value) -> Vec<String> {
    let node = |node: &Value| {
        let name = node["physician"]["physician"]["name"].as_str().unwrap_or("nobody");
        let standing = node["standing"]["value"].as_str().unwrap_or("-");
        format!("{name} {standing} {}", node["channel"]["channel"]["value"].as_str().unwrap_or("-"))
    };
    answer["reachableNow"]["nodes"].as_array().expect("a page").iter().map(node).collect()
}

async fn staffed() -> Liaison {
    let liaison = Liaison::create().await;
    let phone = |hours| channel(ContactChannel::Phone, hours);
    let mut doctors = vec![
        entry("見本 昼", vec![phone("Tu 12:30-13:00"), channel(ContactChannel::Fax, "Mo-Fr 09:00-17:00")]),
        entry("見本 朝", vec![phone("Tu,We 08:00-09:00")]),
        entry("見本 不明", vec![phone("")]),
        entry("見本 避", vec![phone("Tu 09:00-17:00")]),
    ];
    doctors[1].facts.stand_in = Some(StandIn { contact: None, text: Some("外来看護師へ".into()) });
    doctors[3].facts.avoid = vec![times("Tu 12:00-13:30")];
    let uuid = liaison.write(&liaison.draft(CLINIC, doctors).await).await.expect("a sheet");
    liaison.distribute(uuid, "HOME", false).await;
    liaison
}

#[actix_web::test]
async fn the_person_the_channel_until_when_and_else_the_next_window_and_the_stand_in() {
    let liaison = staffed().await;
    let client = liaison.care_manager("HOME");
    let answer = client.data(&ask("12:40", "")).await;
    assert_eq!(told(&answer), ["見本 昼 NOW PHONE", "見本 避 LATER PHONE", "見本 朝 LATER PHONE"]);
    let found = &answer["reachableNow"];
    assert_eq!(
        (&found["totalCount"], &found["reachableCount"], &found["unknownCount"]),
        (&json!(3), &json!(1), &json!(1))
    );
    assert_eq!(found["nodes"][0]["until"], "2026-11-24T13:00:00+09:00");
    assert_eq!(found["nodes"][1]["reason"], "避けてほしい時間");
    assert_eq!(found["nodes"][1]["nextWindow"]["start"], "2026-11-24T13:30:00+09:00");
    assert_eq!(found["nodes"][2]["standIn"]["text"], "外来看護師へ");
    assert_eq!(found["unknown"]["nodes"][0]["reason"], "時間の情報なし");
    let later = client.data(&ask("15:00", "channel: PHONE")).await;
    assert_eq!(told(&later), ["見本 避 NOW PHONE", "見本 朝 LATER PHONE", "見本 昼 LATER PHONE"]);
    let fax = client.data(&ask("15:00", "channel: FAX")).await;
    assert_eq!(told(&fax), ["見本 昼 NOW FAX"]);
}

#[actix_web::test]
async fn who_left_is_no_longer_named_and_a_sheet_long_past_its_review_is_not_sure() {
    let liaison = staffed().await;
    let client = liaison.care_manager("HOME");
    let page = client.data("{ liaisonSheets { nodes { physicians { physician { code name } } } } }").await;
    let code =
        page["liaisonSheets"]["nodes"][0]["physicians"][1]["physician"]["code"].as_str().expect("a code");
    let stays = entry("見本 昼", vec![channel(ContactChannel::Phone, "Tu 12:30-13:00")]);
    let mut draft = liaison.draft(CLINIC, vec![stays]).await;
    draft.left = vec![(code.to_owned(), clock::today())];
    let sheet = liaison.write(&draft).await.expect("a new version");
    assert_eq!(told(&client.data(&ask("08:30", "")).await), ["見本 昼 LATER PHONE"]);

    let day = |months| clock::today().checked_sub_months(Months::new(months)).expect("a day");
    liaison.age(sheet, clock::today().checked_sub_days(Days::new(1)).expect("yesterday")).await;
    let due = client.data(&ask("12:40", "")).await;
    assert_eq!(told(&due), ["見本 昼 NOW PHONE"]);
    assert_eq!(due["reachableNow"]["nodes"][0]["warnings"][0]["code"]["value"], "REVIEW_DUE");
    liaison.age(sheet, day(4)).await;
    let stale = client.data(&ask("12:40", "")).await;
    assert_eq!(stale["reachableNow"]["nodes"], json!([]));
    assert_eq!(stale["reachableNow"]["unknown"]["nodes"][0]["reason"], "情報が古いため要確認");
}

#[actix_web::test]
async fn the_closures_of_the_clinic_count() {
    let liaison = staffed().await;
    let db = liaison.app.databases().writer();
    let clinic = liaison.institution(CLINIC).await;
    use entity::{schedule, schedule_rule};
    use sea_orm::{ActiveModelTrait, ActiveValue::Set};
    let body = r#"{"rule":{"HOURS":"Mo-Fr 09:00-12:00"},"cancelled":["2026-11-24"]}"#.to_owned();
    let id = yui::schedules::store::rule_id(&body);
    schedule_rule::ActiveModel { id: Set(id), body: Set(body) }.insert(db).await.expect("a rule");
    let hours = schedule::ActiveModel {
        resource_id: Set(clinic.id),
        ordinal: Set(0),
        rule_id: Set(id),
        ..Default::default()
    };
    hours.insert(db).await.expect("hours");
    let answer = liaison.care_manager("HOME").data(&ask("12:40", "channel: PHONE")).await;
    let closed = answer["reachableNow"]["nodes"].as_array().expect("a page");
    assert_eq!(answer["reachableNow"]["reachableCount"], 0);
    assert!(closed.iter().any(|node| node["reason"] == "この日は中止"), "{answer:#}");
}

#[actix_web::test]
async fn the_list_is_cut_into_pages_of_one_instant() {
    let liaison = staffed().await;
    let client = liaison.care_manager("HOME");
    let whole = told(&client.data(&ask("12:40", "")).await);
    let mut pages = Vec::new();
    let mut after = String::new();
    for _ in 0..whole.len() {
        let arguments =
            if after.is_empty() { "first: 1".into() } else { format!("first: 1, after: \"{after}\"") };
        let page =
            client.data(&ask("12:40", &arguments).replace("totalCount", "pageInfo { endCursor }")).await;
        after = page["reachableNow"]["pageInfo"]["endCursor"].as_str().unwrap_or_default().to_owned();
        pages.extend(told(&page));
    }
    assert_eq!(pages, whole);
    let last = client.data(&ask("12:40", &format!("after: \"{after}\""))).await;
    assert_eq!(told(&last), [""; 0]);
}

#[actix_web::test]
async fn those_nobody_can_be_sure_of_are_paged_like_everything_else() {
    let liaison = Liaison::create().await;
    let unsaid =
        ["見本 一", "見本 二", "見本 三"].map(|name| entry(name, vec![channel(ContactChannel::Phone, "")]));
    let uuid = liaison.write(&liaison.draft(CLINIC, unsaid.into()).await).await.expect("a sheet");
    liaison.distribute(uuid, "HOME", false).await;
    let client = liaison.care_manager("HOME");
    let ask = "query ($first: Int, $after: String) { reachableNow(at: \"2026-12-01T10:00:00+09:00\") { unknownCount unknown(first: $first, after: $after) {
        pageInfo { hasNextPage hasPreviousPage endCursor } edges { cursor node { physician { physician { name } } } } } } }";
    let whole = client.data(ask).await["reachableNow"].take();
    assert_eq!(
        (&whole["unknownCount"], &whole["unknown"]["pageInfo"]["hasNextPage"]),
        (&json!(3), &json!(false))
    );
    let (mut paged, mut after) = (Vec::new(), Value::Null);
    for more in [true, true, false] {
        let page = client.data_with(ask, json!({ "first": 1, "after": after })).await;
        let page = &page["reachableNow"]["unknown"];
        assert_eq!(page["pageInfo"]["hasNextPage"], more);
        assert_eq!(page["pageInfo"]["hasPreviousPage"], !after.is_null());
        after = page["pageInfo"]["endCursor"].clone();
        paged.extend(page["edges"].as_array().expect("a page").clone());
    }
    assert_eq!(json!(paged), whole["unknown"]["edges"]);
    let later = "query ($after: String) { reachableNow(at: \"2027-02-01T10:00:00+09:00\") { unknown(after: $after) { nodes { reason } } } }";
    let drifted = client.ask_with(later, json!({ "after": paged[0]["cursor"] })).await;
    assert_eq!(
        drifted["errors"][0]["extensions"]["field"], "after",
        "a cursor of another instant: {drifted}"
    );
    for (wrong, field) in [(json!({ "first": 51 }), "first"), (json!({ "after": "x" }), "after")] {
        let answer = client.ask_with(ask, wrong).await;
        assert_eq!(answer["errors"][0]["extensions"]["field"], field);
        assert_eq!(
            answer["data"]["reachableNow"],
            json!({ "unknownCount": 3, "unknown": null }),
            "the rest stays"
        );
    }
}

#[actix_web::test]
async fn only_sheets_one_may_read_are_judged_in_a_constant_number_of_statements() {
    let liaison = staffed().await;
    let client = liaison.care_manager("HOME");
    client.data(&ask("12:40", "")).await;
    let (_, one) = liaison.app.statements().during(client.data(&ask("12:40", ""))).await;
    liaison.sheet(HOSPITAL, "見本 病院").await;
    // The change log takes up what the fixture wrote past it.
    client.data(&ask("12:40", "")).await;
    let (_, two) = liaison.app.statements().during(client.data(&ask("12:40", ""))).await;
    assert_eq!(two.len(), one.len(), "{two:#?}");
    assert_eq!(told(&client.data(&ask("12:40", "text: \"見本 病院\"")).await), ["見本 病院 NOW PHONE"]);
    let away = liaison.care_manager("AWAY").data(&ask("12:40", "")).await;
    assert_eq!(away["reachableNow"]["totalCount"], 0);
    assert_eq!(away["reachableNow"]["unknownCount"], 0);
    for (client, code) in
        [(liaison.app.as_anonymous(), "UNAUTHENTICATED"), (liaison.app.as_partner().await, "FORBIDDEN")]
    {
        let answer = client.ask(&ask("12:40", "")).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], code);
        assert_eq!(answer["data"]["reachableNow"], Value::Null);
    }
}

#[actix_web::test]
async fn sheets_are_listed_by_whom_one_can_turn_to_at_an_instant() {
    let liaison = staffed().await;
    liaison.sheet(HOSPITAL, "見本 病院").await;
    let client = liaison.care_manager("HOME");
    let mut found = Vec::new();
    for (time, by) in [("12:40", "PHONE"), ("08:30", "PHONE"), ("16:00", "FAX"), ("20:00", "FAX")] {
        let filter = format!("reachableAt: \"{TUESDAY}T{time}:00+09:00\", reachableBy: {by}");
        let ask = format!("{{ liaisonSheets(filter: {{ {filter} }}) {{ totalCount nodes {{ id }} }} }}");
        let answer = client.data(&ask).await;
        assert_eq!(
            answer["liaisonSheets"]["nodes"].as_array().map(Vec::len),
            answer["liaisonSheets"]["totalCount"].as_u64().map(|n| n as usize)
        );
        found.push(answer["liaisonSheets"]["totalCount"].clone());
    }
    assert_eq!(found, [json!(2), json!(1), json!(1), json!(0)]);
}

#[actix_web::test]
async fn sheets_are_listed_by_their_review() {
    let liaison = Liaison::create().await;
    let sheet = liaison.sheet(CLINIC, "見本 一郎").await;
    let client = liaison.care_manager("HOME");
    let ago = |months| clock::today().checked_sub_months(Months::new(months)).expect("a day");
    for (due, state) in [(clock::today(), "FRESH"), (ago(1), "DUE"), (ago(3), "STALE"), (ago(12), "STALE")] {
        liaison.age(sheet, due).await;
        for wanted in ["FRESH", "DUE", "STALE"] {
            let ask = format!(
                "{{ liaisonSheets(filter: {{ reviewStates: [{wanted}] }}) {{ totalCount nodes {{ reviewState {{ value }} }} }} }}"
            );
            let found = client.data(&ask).await["liaisonSheets"].clone();
            assert_eq!(found["totalCount"], u8::from(wanted == state), "{due} {wanted}");
            assert!(
                found["nodes"]
                    .as_array()
                    .expect("a page")
                    .iter()
                    .all(|node| node["reviewState"]["value"] == state)
            );
        }
    }
}

#[actix_web::test]
async fn a_name_finds_the_physician_and_not_their_colleagues() {
    let liaison = staffed().await;
    let client = liaison.care_manager("HOME");
    assert_eq!(told(&client.data(&ask("12:40", "text: \"朝\"")).await), ["見本 朝 LATER PHONE"]);
    let ofall = client.data(&ask("12:40", "text: \"見本内科\"")).await;
    assert_eq!(ofall["reachableNow"]["totalCount"], 3, "the name of the institution finds all of them");
    let sheet = "{ liaisonSheets(text: \"朝\", filter: { reachableAt: \"2026-11-24T12:40:00+09:00\" }) { totalCount } }";
    assert_eq!(
        client.data(sheet).await["liaisonSheets"]["totalCount"],
        0,
        "a colleague can be reached, not they"
    );
}
