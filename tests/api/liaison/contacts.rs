//! Desks of professionals: audiences, names of persons, validity.

use crate::support::clock;
use crate::support::professionals::{COORDINATORS, DESKS, directory, everybody, take, texts};
use crate::support::{Client, Person};
use serde_json::{Value, json};

/// A desk for professionals, one for an office, a public one with a person, one of an office without a
/// facility.
const ROWS: &str = "R-1,見本荘内病院,医療機関（有床）,06:61107990001,,,地域連携室,,0235-00-0001,電話,平日 9:00～17:00,,,,,,平時の相談\n\
    R-2,見本内科クリニック,医療機関（無床）,06:61107990002,,,,,,,,,,配布先に限る,HOME,,意見書\n\
    R-3,見本調剤薬局,調剤薬局,06:61107990005,,,,見本 薫,0235-00-0003,電話、FAX,平日 9:00～18:00,平日 9:00～10:30,R-1,公開,,,服薬\n\
    R-4,見本居宅介護支援事業所,居宅介護支援事業所,,,HOME,,見本 花子,,,,,,配布先に限る,HOME、AWAY,,平時の相談\n";

async fn seen(client: &Client<'_>) -> (u64, Vec<String>) {
    let data = client.data("{ liaisonContacts { totalCount nodes { organizationName } } }").await;
    let mut names: Vec<String> = texts(&data["liaisonContacts"]["nodes"], "/organizationName")
        .into_iter()
        .map(|name| name.chars().skip(2).take(2).collect())
        .collect();
    names.sort();
    (data["liaisonContacts"]["totalCount"].as_u64().expect("a count"), names)
}

#[actix_web::test]
async fn each_audience_sees_its_desks_and_of_the_others_no_trace() {
    let liaison = directory().await;
    take(&liaison.app, DESKS, ROWS).await;
    let edge = "{ medicalFacilities(text: \"見本荘内病院\") { nodes { liaisonContacts { department } } } }";
    let admin = liaison.app.as_admin().await;
    let ids = admin.data("{ liaisonContacts(text: \"荘内病院\") { nodes { id } } }").await;
    let id = ids["liaisonContacts"]["nodes"][0]["id"].as_str().expect("an id").to_owned();
    for (who, client) in everybody(&liaison).await {
        let expected: &[&str] = match who {
            "HOME" => &["内科", "居宅", "荘内", "調剤"],
            "AWAY" => &["居宅", "荘内", "調剤"],
            "CLINIC" => &["内科", "調剤"],
            "admin" => &["内科", "居宅", "荘内", "調剤"],
            _ => &["調剤"],
        };
        let (count, names) = seen(&client).await;
        assert_eq!(names, expected, "{who}");
        assert_eq!(count as usize, expected.len(), "{who}");
        let hospital = expected.contains(&"荘内");
        let node = client.data_with("query ($id: ID!) { node(id: $id) { id } }", json!({ "id": id })).await;
        assert_eq!(!node["node"].is_null(), hospital, "{who}");
        let desks = &client.data(edge).await["medicalFacilities"]["nodes"][0]["liaisonContacts"];
        assert_eq!(desks.as_array().map(Vec::len), Some(usize::from(hospital)), "{who}");
    }
}

#[actix_web::test]
async fn a_desk_stands_in_only_for_those_who_may_see_it() {
    let liaison = directory().await;
    take(&liaison.app, DESKS, ROWS).await;
    let ask = "{ liaisonContacts(filter: { topics: [MEDICATION] }) { nodes { standIn { contact { organizationName } } } } }";
    let stands_in = |data: Value| data["liaisonContacts"]["nodes"][0]["standIn"]["contact"].clone();
    assert_eq!(stands_in(liaison.app.as_anonymous().data(ask).await), Value::Null);
    let seen = stands_in(liaison.care_manager("HOME").data(ask).await);
    assert_eq!(seen, json!({ "organizationName": "見本荘内病院" }));
}

#[actix_web::test]
async fn names_of_persons_are_never_for_everybody() {
    let liaison = directory().await;
    take(&liaison.app, DESKS, ROWS).await;
    let ask = "{ liaisonContacts(filter: { topics: [MEDICATION] }) { nodes { personName } } }";
    for (who, client) in everybody(&liaison).await {
        let answer = client.ask(ask).await;
        let name = &answer["data"]["liaisonContacts"]["nodes"][0]["personName"];
        let professional = matches!(who, "HOME" | "AWAY" | "admin");
        assert_eq!(name.as_str(), professional.then_some("見本 薫"), "{who}: {answer}");
        let code = &answer["errors"][0]["extensions"]["code"];
        let expected = match who {
            "anonymous" => json!("UNAUTHENTICATED"),
            "partner" | "coordinator" => json!("FORBIDDEN"),
            _ => Value::Null,
        };
        assert_eq!(*code, expected, "{who}");
    }
    let found = liaison.app.as_anonymous().data("{ liaisonContacts(text: \"薫\") { totalCount } }").await;
    assert_eq!(found["liaisonContacts"]["totalCount"], 0, "a name is nothing to search by");
}

#[actix_web::test]
async fn last_years_coordinator_is_never_shown_as_current() {
    let liaison = directory().await;
    let last_year = clock::today() - chrono::Days::new(400);
    let rows = format!(
        "T-1,見本荘内病院,3階東,地域連携室 FAX 0235-00-0002,06:61107990001,見本 太郎,,\n\
         T-0,見本荘内病院,3階東,旧連携室,06:61107990001,見本 次郎,{last_year},\n"
    );
    take(&liaison.app, COORDINATORS, &rows).await;
    let fields = "nodes { id personName admissionInfoTo isCurrent validTo warnings { code { value } } }";
    let client = liaison.care_manager("HOME");
    let ask =
        format!("{{ liaisonContacts(filter: {{ kinds: [DISCHARGE] }}, text: \"荘内\") {{ {fields} }} }}");
    let now = client.data(&ask).await["liaisonContacts"]["nodes"].clone();
    assert_eq!(texts(&now, "/personName"), ["見本 太郎"]);
    assert!(now[0]["validTo"].as_str().is_some_and(|day| day.ends_with("-03-31")), "{now}");
    let then = format!(
        "{{ liaisonContacts(filter: {{ kinds: [DISCHARGE], validOn: \"{last_year}\" }}) {{ {fields} }} }}"
    );
    let then = client.data(&then).await["liaisonContacts"]["nodes"].clone();
    let old = then.as_array().expect("a list").iter().find(|node| node["personName"] == "見本 次郎");
    let old = old.expect("who it was then");
    assert_eq!(
        (&old["isCurrent"], &old["warnings"][0]["code"]["value"]),
        (&json!(false), &json!("NOT_CURRENT"))
    );
    let edge = "{ medicalFacilities(text: \"見本荘内病院\") { nodes { liaisonContacts { personName } } } }";
    let edge = client.data(edge).await["medicalFacilities"]["nodes"][0]["liaisonContacts"].clone();
    assert_eq!(texts(&edge, "/personName"), ["見本 太郎"]);
}

#[actix_web::test]
async fn a_list_takes_as_many_statements_for_three_as_for_one_and_what_is_not_public_is_logged() {
    let liaison = directory().await;
    let ask = "{ liaisonContacts { totalCount nodes { organizationName personName facility { name } organization { name }
        standIn { contact { organizationName } } } } }";
    let client = liaison.care_manager("HOME");
    let pharmacy = ROWS.lines().nth(2).expect("the pharmacy");
    let hospital = ROWS.lines().next().expect("the hospital");
    take(&liaison.app, DESKS, &format!("{hospital}\n{pharmacy}\n")).await;
    client.data(ask).await;
    let (_, some) = liaison.app.statements().during(client.data(ask)).await;
    take(&liaison.app, DESKS, &format!("{ROWS}R-5,見本薬局,調剤薬局,,,CORP,,,,,,,R-3,,,,服薬\n")).await;
    let (data, all) = liaison.app.statements().during(client.data(ask)).await;
    assert_eq!(data["liaisonContacts"]["totalCount"], 5);
    assert!(all.len() <= some.len() + 1, "one more for the organization:\n{all:#?}");
    let log = liaison
        .app
        .as_admin()
        .await
        .data("{ auditLog { nodes { action { value } things { nodeId } } } }")
        .await;
    let entries = log["auditLog"]["nodes"].as_array().expect("entries").clone();
    let reads: usize = entries
        .iter()
        .filter(|entry| entry["action"]["value"] == "READ")
        .map(|entry| entry["things"].as_array().map_or(0, Vec::len))
        .sum();
    assert_eq!(reads, 1 + 1 + 4, "the public desk is not logged");
}

#[actix_web::test]
async fn pages_follow_each_other_and_are_capped() {
    let liaison = directory().await;
    take(&liaison.app, DESKS, ROWS).await;
    let admin = liaison.app.as_admin().await;
    let (mut found, mut after) = (Vec::new(), Value::Null);
    for _ in 0..4 {
        let ask = "query ($after: String) { liaisonContacts(first: 1, after: $after) {
            pageInfo { hasNextPage endCursor } nodes { organizationName } } }";
        let page = admin.data_with(ask, json!({ "after": after })).await["liaisonContacts"].take();
        found.extend(texts(&page["nodes"], "/organizationName").into_iter().map(str::to_owned));
        after = page["pageInfo"]["endCursor"].clone();
    }
    found.sort();
    found.dedup();
    assert_eq!(found.len(), 4);
    let refused = admin.ask("{ liaisonContacts(first: 51) { totalCount } }").await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "INVALID_INPUT");
}

/// Task 13: the contact at a pharmacy for medication, and the times to avoid.
#[actix_web::test]
async fn the_desk_of_a_pharmacy_says_when_not_to_call() {
    let liaison = directory().await;
    take(&liaison.app, DESKS, &ROWS.replace(",公開,,,服薬", ",,,,服薬")).await;
    let ask = "{ liaisonContacts(filter: { organizationTypes: [PHARMACY], topics: [MEDICATION] }) {
        nodes { organizationName times { text } avoidTimes { text computable } channels { channel { label } } } } }";
    let node = liaison.care_manager("HOME").data(ask).await["liaisonContacts"]["nodes"][0].clone();
    assert_eq!(node["avoidTimes"][0]["computable"], true, "{node}");
    assert!(node["avoidTimes"][0]["text"].as_str().is_some_and(|text| text.contains("9:00")), "{node}");
    assert_eq!(texts(&node["channels"], "/channel/label"), ["電話", "FAX"]);
    for client in [liaison.app.as_anonymous(), liaison.app.as_person(&Person::default().of("AWAY"))] {
        assert_eq!(client.data(ask).await["liaisonContacts"]["nodes"], json!([]));
    }
}

#[actix_web::test]
async fn the_desk_of_a_facility_that_is_hidden_is_hidden_with_it() {
    let liaison = directory().await;
    take(&liaison.app, DESKS, ROWS).await;
    let id = liaison.institution_id("見本調剤薬局").await;
    let ask = "query ($id: ID!) { liaisonContacts(filter: { facilities: [$id] }) { totalCount } }";
    let count = async |client: Client<'_>| {
        client.data_with(ask, json!({ "id": id })).await["liaisonContacts"]["totalCount"].clone()
    };
    assert_eq!(count(liaison.app.as_anonymous()).await, 1);
    use entity::resource::{Column, Entity};
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
    let hidden = Entity::update_many()
        .set(entity::resource::ActiveModel {
            state: sea_orm::ActiveValue::Set(entity::enums::PublicationState::Draft),
            ..Default::default()
        })
        .filter(Column::Name.eq("見本調剤薬局"));
    hidden.exec(liaison.app.databases().writer()).await.expect("a facility is changed");
    assert_eq!(count(liaison.app.as_anonymous()).await, 0);
    assert_eq!(count(liaison.app.as_admin().await).await, 1);
}
