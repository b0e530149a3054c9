//! Acceptances: every need must be met, and no answer is improved.

use crate::support::Client;
use crate::support::clock;
use crate::support::professionals::{ACCEPTANCES, TAKING, directory, everybody, take, texts};
use serde_json::{Value, json};

const BOTH: &str = "needs: [GASTROSTOMY, SUCTION]";

async fn found(client: &Client<'_>, filter: &str) -> Value {
    let ask = format!(
        "{{ medicalAcceptances(filter: {{ {filter} }}) {{ totalCount nodes {{ id facility {{ name }} service {{ code }}
           answer(needs: [GASTROSTOMY, SUCTION]) {{ value }} vacancyStatus {{ value }}
           answers(needs: [GASTROSTOMY, SUCTION]) {{ need {{ value }} answer {{ value }} conditions }}
           vacancy {{ reportedAt isExpired status {{ value }} }} nightNurse maxPersons disclaimer }} }} }}"
    );
    client.data(&ask).await["medicalAcceptances"].clone()
}

#[actix_web::test]
async fn all_needs_must_be_met_and_consult_is_never_yes() {
    let liaison = directory().await;
    take(&liaison.app, ACCEPTANCES, TAKING).await;
    let client = liaison.care_manager("HOME");
    let both = found(&client, BOTH).await;
    assert_eq!(both["totalCount"], 2);
    assert_eq!(texts(&both["nodes"], "/answer/value"), ["YES", "CONSULT"]);
    assert_eq!(texts(&both["nodes"], "/service/code"), ["210", "130"]);
    let station = &both["nodes"][1];
    assert_eq!(
        station["answers"][0],
        json!({ "need": { "value": "GASTROSTOMY" }, "answer": { "value": "YES" }, "conditions": "1日2回まで" })
    );
    assert_eq!((&both["nodes"][0]["nightNurse"], &both["nodes"][0]["maxPersons"]), (&json!(true), &json!(2)));
    assert!(station["disclaimer"].as_str().is_some_and(|text| text.contains("確約するものではありません")));
    let yes = found(&client, &format!("{BOTH}, answers: [YES]")).await;
    assert_eq!(texts(&yes["nodes"], "/service/code"), ["210"]);
    let unknown = found(&client, &format!("{BOTH}, includeUnknown: true")).await;
    assert_eq!(texts(&unknown["nodes"], "/answer/value"), ["YES", "CONSULT", "UNKNOWN"]);
    assert_eq!(unknown["nodes"][2]["service"]["code"], "320", "said of the whole facility");
    let nobody = found(&client, "needs: [VENTILATOR]").await;
    assert_eq!(nobody["totalCount"], 0);
    let short_stay = found(&client, "needs: [GASTROSTOMY], serviceGroups: [SHORT_STAY]").await;
    assert_eq!(texts(&short_stay["nodes"], "/service/code"), ["210"]);
}

#[actix_web::test]
async fn an_acceptance_is_answered_by_its_id_with_all_that_the_facility_says() {
    let liaison = directory().await;
    take(&liaison.app, ACCEPTANCES, TAKING).await;
    let client = liaison.care_manager("HOME");
    let listed = found(&client, "needs: [GASTROSTOMY], includeUnknown: true").await;
    let ids = texts(&listed["nodes"], "/id");
    let distinct: std::collections::BTreeSet<_> = ids.iter().collect();
    assert!(ids.len() >= 3 && distinct.len() == ids.len(), "{ids:?}");
    let ask = "query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on MedicalAcceptance {
        service { code } answer(needs: [SUCTION]) { value } nothing: answer(needs: []) { value }
        answers { need { value } answer { value } } room: vacancyStatus(on: \"2020-01-01\") { value } } } }";
    let nodes = client.data_with(ask, json!({ "ids": ids })).await["nodes"].take();
    assert_eq!(texts(&nodes, "/id"), ids);
    assert_eq!(texts(&nodes, "/service/code"), texts(&listed["nodes"], "/service/code"));
    assert!(texts(&nodes, "/nothing/value").iter().all(|answer| *answer == "UNKNOWN"), "nothing was asked");
    assert!(texts(&nodes, "/room/value").iter().all(|status| *status == "UNKNOWN"), "of a day long ago");
    let said = json!([{ "need": { "value": "GASTROSTOMY" }, "answer": { "value": "YES" } }]);
    assert_eq!(nodes[0]["answers"], said, "what it has answered, not every need there is");
    let log = "query ($thing: ID) { auditLog(filter: { thing: $thing, kind: CHANGE }) { nodes { action { value } } } }";
    for id in &ids {
        let found = liaison.app.as_admin().await.data_with(log, json!({ "thing": id })).await;
        let import = json!([{ "action": { "value": "IMPORT_MEDICAL_ACCEPTANCES" } }]);
        assert_eq!(found["auditLog"]["nodes"], import, "the change of what is shown is found by its id");
    }
    let hidden = liaison.app.as_anonymous().data_with(ask, json!({ "ids": ids })).await;
    assert!(hidden["nodes"].as_array().is_some_and(|nodes| nodes.iter().all(Value::is_null)), "{hidden}");
}

#[actix_web::test]
async fn each_audience_sees_its_answers_and_of_the_others_no_trace() {
    let liaison = directory().await;
    let rows = "見本いずみ苑,0670799901,短期入所生活介護,○,,○,,,,,,,\n\
        見本訪問看護ステーションひより,0670799903,訪問看護,○,,○,,,,,,配布先に限る,CORP以下\n\
        見本の家,0670799904,,○,,○,,,,,,公開,\n";
    take(&liaison.app, ACCEPTANCES, rows).await;
    let edge = "{ careFacilities(text: \"ひより\") { nodes { medicalAcceptances { answer(needs: [SUCTION]) { value } } vacancies { id } } } }";
    for (who, client) in everybody(&liaison).await {
        let expected: &[&str] = match who {
            "HOME" | "admin" => &["130", "210", "320"],
            "AWAY" | "ENT" => &["210", "320"],
            _ => &["320"],
        };
        let seen = found(&client, &format!("{BOTH}, includeUnknown: true")).await;
        let mut codes = texts(&seen["nodes"], "/service/code");
        codes.sort_unstable();
        assert_eq!(codes, expected, "{who}");
        assert_eq!(seen["totalCount"], expected.len(), "{who}");
        let desks = &client.data(edge).await["careFacilities"]["nodes"][0]["medicalAcceptances"];
        assert_eq!(desks.as_array().map(Vec::len), Some(usize::from(expected.contains(&"130"))), "{who}");
    }
}

#[actix_web::test]
async fn an_answer_that_is_not_for_the_viewer_counts_as_not_given() {
    let liaison = directory().await;
    take(&liaison.app, ACCEPTANCES, "見本いずみ苑,0670799901,,○,,○,,,,,,公開,\n").await;
    take(&liaison.app, ACCEPTANCES, "見本いずみ苑,0670799901,短期入所生活介護,○,,×,,,,,,配布先に限る,HOME\n")
        .await;
    let short_stay = format!("{BOTH}, serviceTypes: [\"210\"]");
    let anonymous = found(&liaison.app.as_anonymous(), &short_stay).await;
    assert_eq!(texts(&anonymous["nodes"], "/answer/value"), ["YES"], "as if the other row did not exist");
    assert_eq!(found(&liaison.care_manager("HOME"), &short_stay).await["totalCount"], 0);
}

/// Task 12: a short stay that takes gastrostomy and suction and has room this week.
#[actix_web::test]
async fn a_short_stay_with_room_is_found_and_an_old_report_is_no_room() {
    let liaison = directory().await;
    let (today, old) = (clock::today(), clock::today() - chrono::Days::new(10));
    let rows = format!(
        "見本いずみ苑,0670799901,短期入所生活介護,○,,○,,,◎,2,{today},,\n見本の家,0670799904,,○,,○,,,◎,1,{old},,\n"
    );
    take(&liaison.app, ACCEPTANCES, &rows).await;
    let client = liaison.care_manager("HOME");
    let room = found(&client, &format!("{BOTH}, vacancy: [AVAILABLE, FEW]")).await;
    assert_eq!((&room["totalCount"], &room["nodes"][0]["service"]["code"]), (&json!(1), &json!("210")));
    let unknown = found(&client, &format!("{BOTH}, vacancy: [UNKNOWN]")).await;
    let home = &unknown["nodes"][0];
    assert_eq!(home["vacancyStatus"]["value"], "UNKNOWN");
    assert_eq!(
        (&home["vacancy"]["isExpired"], &home["vacancy"]["status"]["value"]),
        (&json!(true), &json!("UNKNOWN"))
    );
    assert!(
        home["vacancy"]["reportedAt"].as_str().is_some_and(|at| at.starts_with(&old.to_string())),
        "{home}"
    );
    let refused = client.ask("{ medicalAcceptances(filter: { needs: [] }) { totalCount } }").await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "INVALID_INPUT");
}

#[actix_web::test]
async fn a_list_takes_as_many_statements_for_four_as_for_one_and_pages_follow_each_other() {
    let liaison = directory().await;
    let client = liaison.care_manager("HOME");
    let filter = "needs: [GASTROSTOMY], vacancy: [UNKNOWN]";
    take(&liaison.app, ACCEPTANCES, TAKING.lines().next().expect("a row")).await;
    found(&client, filter).await;
    let (_, one) = liaison.app.statements().during(found(&client, filter)).await;
    take(&liaison.app, ACCEPTANCES, TAKING).await;
    let (four, many) = liaison.app.statements().during(found(&client, filter)).await;
    assert_eq!((four["totalCount"].as_u64(), many.len()), (Some(4), one.len()), "{many:#?}");
    let (mut codes, mut after) = (Vec::new(), Value::Null);
    for _ in 0..4 {
        let ask = "query ($after: String) { medicalAcceptances(filter: { needs: [GASTROSTOMY] }, first: 1, after: $after) {
            pageInfo { hasNextPage endCursor } nodes { service { code } } } }";
        let page = client.data_with(ask, json!({ "after": after })).await["medicalAcceptances"].take();
        codes.extend(texts(&page["nodes"], "/service/code").into_iter().map(str::to_owned));
        after = page["pageInfo"]["endCursor"].clone();
    }
    let whole = texts(&four["nodes"], "/service/code");
    assert_eq!(codes, whole);
}
