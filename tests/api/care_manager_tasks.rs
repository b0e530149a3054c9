//! What care managers ask, each answered by one query on the demo, and what the same query answers to whoever may
//! not know. The instants are fixed; the sheets asked for are of the day on which the demo is loaded.

use crate::demo::city;
use crate::support::{App, Client, Person};
use serde_json::Value;
use yui::auth::Role;

/// A care manager on the lists, one of an office that hardly any list names, a partner, a coordinator, anybody.
async fn askers(app: &App) -> [(&'static str, Client<'_>); 5] {
    let care_manager = |office: &str| app.as_person(&Person::with(&[Role::CareProfessional]).of(office));
    [
        ("care manager", care_manager("MIHON-CM1")),
        ("foreign care manager", care_manager("MIHON-CM4")),
        ("partner", app.as_person(&Person::with(&[Role::Partner]).of("MIHON-NPO"))),
        ("coordinator", app.as_person(&Person::with(&[Role::Coordinator]).in_district("D09"))),
        ("anonymous", app.as_anonymous()),
    ]
}

/// One line for each thing that was found or refused, under the name of whoever asked.
async fn answers(query: &str) -> String {
    let app = city().await;
    let mut lines = Vec::new();
    for (name, client) in askers(&app).await {
        let answer = client.ask(query).await;
        lines.push(format!("{name}:"));
        for (field, value) in answer["data"].as_object().into_iter().flatten() {
            lines.extend(found(field, value));
        }
        for error in answer["errors"].as_array().into_iter().flatten() {
            lines.push(format!(
                "  {} {}",
                error["path"],
                error["extensions"]["code"].as_str().unwrap_or("?")
            ));
        }
    }
    lines.join("\n")
}

fn found(field: &str, value: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    for part in ["nodes", "unknown"] {
        let nodes = value[part].as_array().into_iter().flatten();
        lines.extend(nodes.map(|node| format!("  {field} {part}: {}", short(node))));
    }
    match value.get("totalCount") {
        Some(count) => lines.push(format!("  {field} totalCount: {count}")),
        None if value.is_null() => lines.push(format!("  {field}: null")),
        None => {}
    }
    lines
}

/// Without quotation marks, braces of terms and what is empty.
fn short(node: &Value) -> String {
    match node {
        Value::Null => "-".into(),
        Value::String(text) => text.clone(),
        Value::Array(items) => format!("[{}]", items.iter().map(short).collect::<Vec<_>>().join(", ")),
        Value::Object(fields) if fields.len() == 1 => fields.values().map(short).collect(),
        Value::Object(fields) => {
            let said = fields.iter().filter(|(_, value)| !value.is_null() && **value != Value::Array(vec![]));
            let said: Vec<_> = said.map(|(name, value)| format!("{name}={}", short(value))).collect();
            format!("{{{}}}", said.join("; "))
        }
        other => other.to_string(),
    }
}

/// 8 「A医院のB先生に相談したい」: everything a call needs, and what must stand beside it.
#[actix_web::test]
async fn how_does_this_physician_want_to_be_consulted() {
    let query = r#"{ liaisonSheets(text: "見本内科 みほんたろう") { totalCount nodes {
      institution { name } version warnings { code } transmissionCautions disclaimers
      physicians { physician { name } channels { rank channel { label } target purposes { label } times { text } }
        times { text } avoidTimes { text } answeredBy { role { label } name }
        careConference { answer { label } conditions } } } } }"#;
    insta::assert_snapshot!(answers(query).await, @"");
}

/// 9 「火曜の昼に電話してよい主治医は？」: by window, without times to avoid, and apart whom nobody is sure of.
#[actix_web::test]
async fn which_physicians_may_be_rung_on_tuesday_at_noon() {
    let query = r#"{ reachableNow(at: "2026-11-24T12:30:00+09:00", channel: PHONE, filter: { kinds: [PHYSICIAN] }) {
      totalCount
      nodes { standing { value } physician { physician { name } avoidTimes { text } } sheet { institution { name } }
        channel { target } until nextWindow { start } reason standIn { text } }
      unknown { physician { physician { name } } sheet { institution { name } } reason } } }"#;
    insta::assert_snapshot!(answers(query).await, @"");
}

/// 10 「退院前カンファに出られるか一覧で」: with the conditions; no answer is no refusal.
#[actix_web::test]
async fn who_attends_conferences_before_a_discharge() {
    let query = r#"{ liaisonSheets(filter: { dischargeConference: [CAN_ATTEND, CONDITIONAL, ONLINE] }) { totalCount
      nodes { institution { name } physicians { physician { name } dischargeConference { answer { label } conditions } } } } }"#;
    insta::assert_snapshot!(answers(query).await, @"");
}

/// 11 「見本総合病院の退院調整担当は？入院時情報の送付先は？」: those of this fiscal year only.
#[actix_web::test]
async fn who_prepares_discharges_and_where_does_the_information_go() {
    let query = r#"{ liaisonContacts(filter: { kinds: [DISCHARGE] }, text: "見本総合病院") { totalCount
      nodes { department ward personName role { label } line { tel extension fax } admissionInfoTo } } }"#;
    insta::assert_snapshot!(answers(query).await, @"");
}

/// 12 「胃ろう＋吸引OKのショート、今週空き」: △ is not ○, and an old report is not a vacancy.
#[actix_web::test]
async fn which_short_stays_take_a_gastrostomy_and_suction_and_have_room() {
    let query = r#"{ medicalAcceptances(filter: { needs: [GASTROSTOMY, SUCTION], serviceTypes: ["210", "220", "551"] }) {
      totalCount nodes { facility { name } answer { label } needs { need { label } answer { label } conditions }
        vacancyStatus { label } disclaimer } } }"#;
    insta::assert_snapshot!(answers(query).await, @"");
}

/// 13 「薬局で服薬相談の窓口、避ける時間は？」
#[actix_web::test]
async fn which_pharmacies_answer_about_medication_and_when_not() {
    let query = r#"{ liaisonContacts(filter: { organizationTypes: [PHARMACY], topics: [MEDICATION] }) { totalCount
      nodes { organizationName line { tel } times { text } avoidTimes { text } } } }"#;
    insta::assert_snapshot!(answers(query).await, @"");
}

/// 14 「保険外も含めた生活支援を地区で一覧」: for everybody the same, and never a leader's number.
#[actix_web::test]
async fn what_help_is_there_in_the_district_beside_the_insurance() {
    let query = r#"{ resources(filter: { serviceDistricts: ["D11"], kinds: [MUTUAL_AID_GROUP, PRIVATE_SERVICE] }, orderBy: NAME) {
      totalCount nodes { kind name contacts { kind tel }
        ... on MutualAidGroup { acceptsCertified { label } } } } }"#;
    insta::assert_snapshot!(answers(query).await, @"");
}
