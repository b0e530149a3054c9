//! The questions of care managers, each answered by one query on the demo, and the answers of the same query
//! to viewers without permission. The instants are fixed; the sheets are of the day on which the demo is
//! loaded.

use crate::demo::city;
use crate::support::{App, Client, Person};
use serde_json::Value;
use yui::auth::Role;

/// Viewers: a care manager on the lists, one of an office on hardly any list, a partner, a coordinator, the
/// public.
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

/// One line for each result or refusal, under the names of the viewers who get the same.
async fn answers(query: &str) -> String {
    let app = city().await;
    let mut told: Vec<(Vec<&str>, String)> = Vec::new();
    for (name, client) in askers(&app).await {
        let lines = lines(&client.ask(query).await);
        match told.iter_mut().find(|(_, same)| *same == lines) {
            Some((names, _)) => names.push(name),
            None => told.push((vec![name], lines)),
        }
    }
    told.iter().map(|(names, lines)| format!("{}:\n{lines}", names.join(", "))).collect::<Vec<_>>().join("\n")
}

fn lines(answer: &Value) -> String {
    let mut lines = Vec::new();
    for (field, value) in answer["data"].as_object().into_iter().flatten() {
        lines.extend(found(field, value));
    }
    for error in answer["errors"].as_array().into_iter().flatten() {
        lines.push(format!("  {} {}", error["path"], error["extensions"]["code"].as_str().unwrap_or("?")));
    }
    lines.join("\n")
}

fn found(field: &str, value: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    for (part, page) in [("nodes", value), ("unknown", &value["unknown"])] {
        let nodes = page["nodes"].as_array().into_iter().flatten();
        lines.extend(nodes.map(|node| format!("  {field} {part}: {}", short(node))));
    }
    match value.get("totalCount") {
        Some(count) => lines.push(format!("  {field} totalCount: {count}")),
        None if value.is_null() => lines.push(format!("  {field}: null")),
        None => {}
    }
    lines
}

/// The answer without quotation marks, braces of terms and empty values.
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

/// 8 「A医院のB先生に相談したい」: everything that a call needs, with warnings and disclaimers.
#[actix_web::test]
async fn how_does_this_physician_want_to_be_consulted() {
    let query = r#"{ liaisonSheets(text: "見本内科 みほんたろう") { totalCount nodes {
      institution { name } version warnings { code { value } } transmissionCautions disclaimers
      physicians { physician { name } channels { rank channel { label } target purposes { label } times { text } }
        times { text } avoidTimes { text } answeredBy { role { label } name }
        careConference { answer { label } conditions } } } } }"#;
    insta::assert_snapshot!(answers(query).await, @r##"
    care manager:
      liaisonSheets nodes: {disclaimers=[この表は緊急連絡用ではありません。急ぎのときは医療機関へ直接ご連絡ください。, 医師の指示を受けるための様式ではありません。, 内容は作成時点のものです。変わっていることがあります。, 配布先以外への再配布はしないでください。]; institution=見本内科クリニック; physicians=[{answeredBy={name=見本 看子; role=看護師}; avoidTimes=[毎週月曜 9:00〜12:00（祝日も同じ、年末年始も同じ）]; careConference={answer=条件付き; conditions=院内、昼休みのみ}; channels=[{channel=電話; purposes=[初回, 照会・相談]; rank=1; target=0235-00-0201; times=[毎週火・金曜 12:30〜13:00（祝日は休み、年末年始は休み）]}, {channel=FAX; purposes=[意見書・書類, 照会・相談]; rank=2; target=0235-00-9201; times=[毎日 24時間（祝日も同じ、年末年始も同じ）]}, {channel=面談・訪問; purposes=[担当者会議, 入退院調整]; rank=3; times=[毎週月曜 17:30〜18:00（祝日は休み、年末年始は休み）]}]; physician=見本 太郎}, {answeredBy={role=看護師}; careConference={answer=照会に書面で回答}; channels=[{channel=電話; rank=1; target=0235-00-0201; times=[毎週水曜 13:00〜13:30（祝日は休み、年末年始は休み）]}, {channel=受付・看護師経由; rank=2; times=[毎週水・土曜 8:30〜9:00（祝日は休み、年末年始は休み）]}]; physician=見本 花子; times=[毎週水・土曜 8:30〜9:00（祝日は休み、年末年始は休み）]}]; transmissionCautions=[生活保護の受給, 未告知の病名]; version=1}
      liaisonSheets totalCount: 1
    foreign care manager:
      liaisonSheets totalCount: 0
    partner, coordinator:
      liaisonSheets: null
      ["liaisonSheets"] FORBIDDEN
    anonymous:
      liaisonSheets: null
      ["liaisonSheets"] UNAUTHENTICATED
    "##);
}

/// 9 「火曜の昼に電話してよい主治医は？」: by window, without times to avoid; those of unknown state apart.
#[actix_web::test]
async fn which_physicians_may_be_rung_on_tuesday_at_noon() {
    let query = r#"{ reachableNow(at: "2026-11-24T12:30:00+09:00", channel: PHONE, filter: { kinds: [PHYSICIAN] }) {
      totalCount
      nodes { standing { value } physician { physician { name } avoidTimes { text } } sheet { institution { name } }
        channel { target } until nextWindow { start } reason standIn { text } }
      unknown { nodes { physician { physician { name } } sheet { institution { name } } reason } } } }"#;
    insta::assert_snapshot!(answers(query).await, @r##"
    care manager:
      reachableNow nodes: {channel=0235-00-0204; physician={physician=見本 光}; sheet=見本眼科; standIn=受付; standing=NOW; until=2026-11-24T13:30:00+09:00}
      reachableNow nodes: {channel=0235-00-0201; physician={avoidTimes=[毎週月曜 9:00〜12:00（祝日も同じ、年末年始も同じ）]; physician=見本 太郎}; sheet=見本内科クリニック; standIn=受付（診療時間内）; standing=NOW; until=2026-11-24T13:00:00+09:00}
      reachableNow nodes: {channel=0235-00-0202; nextWindow=2026-11-25T08:30:00+09:00; physician={avoidTimes=[毎週木曜 8:30〜9:00（祝日も同じ、年末年始も同じ）]; physician=見本 みどり}; sheet=ひらがなの見本こどもクリニック; standing=LATER}
      reachableNow nodes: {channel=0235-00-0207; nextWindow=2026-11-25T08:30:00+09:00; physician={physician=見本 守}; sheet=見本在宅クリニック; standing=LATER}
      reachableNow nodes: {channel=0235-00-0206; nextWindow=2026-11-25T11:30:00+09:00; physician={physician=見本 澤子}; sheet=見本澤診療所; standing=LATER}
      reachableNow nodes: {channel=0235-00-0201; nextWindow=2026-11-25T13:00:00+09:00; physician={physician=見本 花子}; sheet=見本内科クリニック; standing=LATER}
      reachableNow nodes: {channel=0235-00-0206; nextWindow=2026-11-26T12:00:00+09:00; physician={physician=見本 太郎}; sheet=見本澤診療所; standIn=見本内科クリニックの受付; standing=LATER}
      reachableNow nodes: {channel=0235-00-0207; nextWindow=2026-11-26T12:00:00+09:00; physician={physician=見本 新}; sheet=見本在宅クリニック; standing=LATER}
      reachableNow unknown: {physician=見本 歩; reason=時間の情報なし; sheet=見本温泉リハビリテーション病院}
      reachableNow unknown: {physician=見本 聡; reason=情報が古いため要確認; sheet=見本耳鼻咽喉科クリニック}
      reachableNow totalCount: 8
    foreign care manager:
      reachableNow totalCount: 0
    partner, coordinator:
      reachableNow: null
      ["reachableNow"] FORBIDDEN
    anonymous:
      reachableNow: null
      ["reachableNow"] UNAUTHENTICATED
    "##);
}

/// 10 「退院前カンファに出られるか一覧で」: with the conditions; no answer is no refusal.
#[actix_web::test]
async fn who_attends_conferences_before_a_discharge() {
    let query = r#"{ liaisonSheets(filter: { dischargeConference: [CAN_ATTEND, CONDITIONAL, ONLINE] }) { totalCount
      nodes { institution { name } physicians { physician { name } dischargeConference { answer { label } conditions } } } } }"#;
    insta::assert_snapshot!(answers(query).await, @r##"
    care manager:
      liaisonSheets nodes: {institution=ひらがなの見本こどもクリニック; physicians=[{dischargeConference={answer=オンライン可}; physician=見本 みどり}]}
      liaisonSheets nodes: {institution=見本温泉リハビリテーション病院; physicians=[{dischargeConference={answer=出席可}; physician=見本 歩}]}
      liaisonSheets nodes: {institution=見本眼科; physicians=[{dischargeConference={answer=出席可}; physician=見本 光}]}
      liaisonSheets nodes: {institution=見本在宅クリニック; physicians=[{dischargeConference={answer=出席可}; physician=見本 守}, {dischargeConference={answer=未確認}; physician=見本 新}]}
      liaisonSheets nodes: {institution=見本総合病院; physicians=[{dischargeConference={answer=出席可}; physician=見本 一郎}, {dischargeConference={answer=出席可}; physician=見本 恵}, {dischargeConference={answer=条件付き; conditions=手術日（水曜）以外}; physician=見本 学}]}
      liaisonSheets nodes: {institution=見本内科クリニック; physicians=[{dischargeConference={answer=オンライン可}; physician=見本 太郎}, {dischargeConference={answer=出席不可}; physician=見本 花子}]}
      liaisonSheets totalCount: 6
    foreign care manager:
      liaisonSheets nodes: {institution=見本総合病院; physicians=[{dischargeConference={answer=出席可}; physician=見本 一郎}, {dischargeConference={answer=出席可}; physician=見本 恵}, {dischargeConference={answer=条件付き; conditions=手術日（水曜）以外}; physician=見本 学}]}
      liaisonSheets totalCount: 1
    partner, coordinator:
      liaisonSheets: null
      ["liaisonSheets"] FORBIDDEN
    anonymous:
      liaisonSheets: null
      ["liaisonSheets"] UNAUTHENTICATED
    "##);
}

/// 11 「見本総合病院の退院調整担当は？入院時情報の送付先は？」: those of this fiscal year only.
#[actix_web::test]
async fn who_prepares_discharges_and_where_does_the_information_go() {
    let query = r#"{ liaisonContacts(filter: { kinds: [DISCHARGE] }, text: "見本総合病院") { totalCount
      nodes { department ward personName role { label } line { tel extension fax } admissionInfoTo } } }"#;
    insta::assert_snapshot!(answers(query).await, @r##"
    care manager, foreign care manager:
      liaisonContacts nodes: {admissionInfoTo=地域医療連携室 FAX 0235-00-0102; department=地域医療連携室; line={extension=123; fax=0235-00-0102; tel=0235-00-0101}; personName=見本 太郎; role=医療ソーシャルワーカー; ward=3階東病棟}
      liaisonContacts nodes: {admissionInfoTo=地域医療連携室 FAX 0235-00-0102; department=地域医療連携室; line={extension=124; fax=0235-00-0102; tel=0235-00-0101}; personName=見本 花子; role=連携・退院支援看護師; ward=4階西病棟}
      liaisonContacts totalCount: 2
    partner, coordinator, anonymous:
      liaisonContacts totalCount: 0
    "##);
}

/// 12 「胃ろう＋吸引OKのショート、今週空き」: △ is not ○, and an old report is not a vacancy.
#[actix_web::test]
async fn which_short_stays_take_a_gastrostomy_and_suction_and_have_room() {
    let query = r#"{ medicalAcceptances(filter: { needs: [GASTROSTOMY, SUCTION], serviceTypes: ["210", "220", "551"],
        vacancy: [AVAILABLE, FEW, CONSULT, UNKNOWN] }) {
      totalCount nodes { facility { name } answer(needs: [GASTROSTOMY, SUCTION]) { label }
        answers(needs: [GASTROSTOMY, SUCTION]) { need { label } answer { label } conditions } vacancyStatus { label } disclaimer } } }"#;
    insta::assert_snapshot!(answers(query).await, @r##"
    care manager, foreign care manager:
      medicalAcceptances nodes: {answer=○可; answers=[{answer=○可; need=胃ろう}, {answer=○可; conditions=夜間は2時間に1回まで; need=吸引}]; disclaimer=目安であり、受け入れを確約するものではありません。空き状況とあわせて、必ず施設へ直接ご確認ください。; facility=見本の里 特別養護老人ホーム; vacancyStatus=◎空きあり}
      medicalAcceptances nodes: {answer=○可; answers=[{answer=○可; need=胃ろう}, {answer=○可; need=吸引}]; disclaimer=目安であり、受け入れを確約するものではありません。空き状況とあわせて、必ず施設へ直接ご確認ください。; facility=見本老人保健施設かわら; vacancyStatus=不明}
      medicalAcceptances nodes: {answer=△個別に検討; answers=[{answer=○可; need=胃ろう}, {answer=△個別に検討; conditions=日中のみ。夜間は個別に相談; need=吸引}]; disclaimer=目安であり、受け入れを確約するものではありません。空き状況とあわせて、必ず施設へ直接ご確認ください。; facility=特別養護老人ホーム 見本しょうない; vacancyStatus=△残りわずか}
      medicalAcceptances totalCount: 3
    partner, coordinator, anonymous:
      medicalAcceptances totalCount: 0
    "##);
}

/// 13 「薬局で服薬相談の窓口、避ける時間は？」
#[actix_web::test]
async fn which_pharmacies_answer_about_medication_and_when_not() {
    let query = r#"{ liaisonContacts(filter: { organizationTypes: [PHARMACY], topics: [MEDICATION] }) { totalCount
      nodes { organizationName line { tel } times { text } avoidTimes { text } } } }"#;
    insta::assert_snapshot!(answers(query).await, @r##"
    care manager, foreign care manager:
      liaisonContacts nodes: {avoidTimes=[毎週月・水・金曜 12:00〜13:00（祝日も同じ、年末年始も同じ）]; line=0235-00-0107; organizationName=見本薬局 本町店; times=[毎週月・水・金曜 9:00〜17:00（祝日は休み、年末年始は休み）]}
      liaisonContacts nodes: {avoidTimes=[毎週月〜金曜 9:00〜10:30（祝日も同じ、年末年始も同じ）]; line=0235-00-0105; organizationName=見本調剤薬局 駅前店; times=[毎週月〜金曜 9:00〜18:00（祝日は休み、年末年始は休み）]}
      liaisonContacts totalCount: 2
    partner, coordinator, anonymous:
      liaisonContacts totalCount: 0
    "##);
}

/// 14 「保険外も含めた生活支援を地区で一覧」: the same for every viewer, and never a leader's number.
#[actix_web::test]
async fn what_help_is_there_in_the_district_beside_the_insurance() {
    let query = r#"{ resources(kinds: [MUTUAL_AID_GROUP, PRIVATE_SERVICE], filter: { serviceDistricts: ["D11"] }, orderBy: NAME) {
      totalCount nodes { kind { value } name contacts { kind { value } tel }
        ... on MutualAidGroup { acceptsCertified { label } } } } }"#;
    insta::assert_snapshot!(answers(query).await, @r##"
    care manager, foreign care manager, partner, coordinator, anonymous:
      resources nodes: {acceptsCertified=可; contacts=[{kind=APPLICATION; tel=0235-00-0106}]; kind=MUTUAL_AID_GROUP; name=支え合い 見本の会}
      resources nodes: {acceptsCertified=未確認; kind=MUTUAL_AID_GROUP; name=支え合い「結の会」}
      resources nodes: {contacts=[{kind=REPRESENTATIVE; tel=0235-00-0118}]; kind=PRIVATE_SERVICE; name=訪問理美容 見本}
      resources nodes: {contacts=[{kind=REPRESENTATIVE; tel=0235-00-0120}]; kind=PRIVATE_SERVICE; name=見本温泉 日帰り送迎}
      resources nodes: {contacts=[{kind=REPRESENTATIVE; tel=0235-00-0113}]; kind=PRIVATE_SERVICE; name=見本介護タクシー}
      resources nodes: {contacts=[{kind=REPRESENTATIVE; tel=0235-00-0112}]; kind=PRIVATE_SERVICE; name=見本生協 宅配}
      resources nodes: {contacts=[{kind=REPRESENTATIVE; tel=0235-00-0119}]; kind=PRIVATE_SERVICE; name=見本福祉用具ショップ}
      resources nodes: {contacts=[{kind=REPRESENTATIVE; tel=0235-00-0122}]; kind=PRIVATE_SERVICE; name=見本便利屋 結}
      resources nodes: {contacts=[{kind=REPRESENTATIVE; tel=0235-00-0117}]; kind=PRIVATE_SERVICE; name=見本夜間見守りサービス}
      resources nodes: {acceptsCertified=未確認; contacts=[{kind=APPLICATION; tel=0235-00-0108}]; kind=MUTUAL_AID_GROUP; name=見本雪かきボランティア}
      resources totalCount: 10
    "##);
}
