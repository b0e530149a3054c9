//! Physicians in returned questionnaires: moves, returns, a code beside another name, and institutions that
//! no longer agree.

use super::support::{CLINIC_NUMBER, HOSPITAL_NUMBER, Row, complaints, counts, notes};
use crate::support::liaison::{CLINIC, Liaison};
use serde_json::{Value, json};

async fn physicians(liaison: &Liaison, number: &str) -> Value {
    let name = if number == CLINIC_NUMBER { CLINIC } else { crate::support::liaison::HOSPITAL };
    let id = liaison.institution_id(name).await;
    let ask = format!(
        "{{ liaisonSheets(filter: {{ institutions: [\"{id}\"] }}) {{ nodes {{ version physicians {{ physician {{ code name }} endedOn }} }} }} }}"
    );
    liaison.app.as_admin().await.data(&ask).await["liaisonSheets"]["nodes"][0].take()
}

fn names(sheet: &Value) -> Vec<String> {
    let all = sheet["physicians"].as_array().expect("a list").iter();
    all.map(|entry| entry["physician"]["name"].as_str().expect("a name").to_owned()).collect()
}

#[actix_web::test]
async fn nobody_vanishes_and_whoever_leaves_says_when() {
    let liaison = Liaison::create().await;
    liaison.returned(&[Row::clinic(), Row::physician(CLINIC_NUMBER, "見本 花子")]).await;
    let code = liaison.code_of("見本 花子").await;
    let alone = Row::clinic().with("回答日", "2026-05-01");
    let told = complaints(&liaison.returned(std::slice::from_ref(&alone)).await);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with(&format!("2 -: 見本 花子医師（{code}）の行がありません")), "{told:?}");
    assert_eq!(names(&physicians(&liaison, CLINIC_NUMBER).await), ["見本 太郎", "見本 花子"]);
    let leaver = Row::of(CLINIC_NUMBER).with("医師コード", &code).with("氏名", "見本 花子");
    let leaver = leaver.with("異動・退職日", "2026-03-31");
    let rows = [alone, leaver];
    assert_eq!(counts(&liaison.returned(&rows).await), [0, 1, 0, 0, 0]);
    let sheet = physicians(&liaison, CLINIC_NUMBER).await;
    assert_eq!((names(&sheet), &sheet["version"]), (vec!["見本 太郎".to_owned()], &json!(2)));
    assert_eq!(counts(&liaison.returned(&rows).await), [0, 0, 1, 0, 0], "the same file again");
}

#[actix_web::test]
async fn whoever_will_leave_stays_on_the_sheet_until_then() {
    let liaison = Liaison::create().await;
    let rows = [Row::clinic(), Row::physician(CLINIC_NUMBER, "見本 花子")];
    liaison.returned(&rows).await;
    let code = liaison.code_of("見本 花子").await;
    let leaver = rows[1].clone().with("医師コード", &code).with("異動・退職日", "2099-03-31");
    let rows = [rows[0].clone(), leaver];
    assert_eq!(counts(&liaison.returned(&rows).await), [0, 1, 0, 0, 0]);
    let sheet = physicians(&liaison, CLINIC_NUMBER).await;
    assert_eq!(sheet["physicians"][1]["endedOn"], "2099-04-01", "the first day without her");
    assert_eq!(counts(&liaison.returned(&rows).await), [0, 0, 1, 0, 0]);
    let text = String::from_utf8(liaison.sent_out(&[]).await.csv().expect("a file")).expect("UTF-8");
    assert!(text.contains("2099-03-31"), "{text}");
}

#[actix_web::test]
async fn somebody_who_comes_back_is_the_same_physician() {
    let liaison = Liaison::create().await;
    liaison.returned(&[Row::clinic(), Row::physician(CLINIC_NUMBER, "見本 花子")]).await;
    let code = liaison.code_of("見本 花子").await;
    let leaver = Row::of(CLINIC_NUMBER).with("医師コード", &code).with("氏名", "見本 花子");
    let may = Row::clinic().with("回答日", "2026-05-01");
    liaison.returned(&[may, leaver.with("異動・退職日", "2026-03-31")]).await;
    let june = Row::clinic().with("回答日", "2026-06-01");
    let back = Row::physician(CLINIC_NUMBER, "見本　花子");
    assert_eq!(counts(&liaison.returned(&[june, back]).await), [0, 1, 0, 0, 0]);
    let sheet = physicians(&liaison, CLINIC_NUMBER).await;
    assert_eq!(
        sheet["physicians"][1],
        json!({ "physician": { "code": code, "name": "見本 花子" }, "endedOn": null })
    );
}

#[actix_web::test]
async fn one_physician_works_at_two_institutions_under_one_code() {
    let liaison = Liaison::create().await;
    liaison.returned(&[Row::clinic()]).await;
    let code = liaison.code_of("見本 太郎").await;
    let there = Row::hospital().with("医師コード", &code);
    let told = complaints(&liaison.returned(std::slice::from_ref(&there)).await);
    assert!(told[0].starts_with(&format!("2 氏名: {code}は「見本 太郎」医師のコードです")), "{told:?}");
    let named = there.with("氏名", "見本太郎");
    assert_eq!(counts(&liaison.returned(std::slice::from_ref(&named)).await), [1, 0, 0, 0, 0]);
    assert_eq!(physicians(&liaison, HOSPITAL_NUMBER).await["physicians"][0]["physician"]["code"], *code);
    let renamed = named.with("氏名", "新姓 太郎").with("氏名の変更", "同じ医師の改姓・訂正");
    let renamed = renamed.with("回答日", "2026-05-01");
    assert_eq!(counts(&liaison.returned(&[renamed]).await), [0, 1, 0, 0, 0]);
    assert_eq!(names(&physicians(&liaison, CLINIC_NUMBER).await), ["新姓 太郎"], "it is the same person");
    let same_name = Row::hospital().with("氏名", "見本 太郎").with("医師コード", "");
    let report = liaison.returned(&[same_name.with("回答日", "2026-06-01")]).await;
    assert_eq!(report.rejected.len(), 1, "the one who was there is missing: {:?}", complaints(&report));
}

#[actix_web::test]
async fn a_successor_does_not_take_the_place_of_the_one_before() {
    let liaison = Liaison::create().await;
    liaison.returned(&[Row::clinic().with("フリガナ", "ミホン タロウ")]).await;
    let code = liaison.code_of("見本 太郎").await;
    let overwritten = Row::clinic().with("医師コード", &code).with("氏名", "後任 次郎");
    let told = complaints(&liaison.returned(std::slice::from_ref(&overwritten)).await);
    assert!(told[0].contains("後任など別の医師なら、コードを空欄にして新しい行に書き"), "{told:?}");
    let married = overwritten.with("氏名", "新姓 太郎").with("氏名の変更", "同じ医師の改姓・訂正");
    let married = married.with("フリガナ", "シンセイ タロウ");
    assert_eq!(counts(&liaison.returned(std::slice::from_ref(&married)).await), [0, 1, 0, 0, 0]);
    // A new physician with the former name of a renamed one is another person.
    let both = [married, Row::physician(CLINIC_NUMBER, "見本 太郎").with("フリガナ", "ミホン タロウ")];
    assert_eq!(counts(&liaison.returned(&both).await), [0, 1, 0, 0, 0]);
    let sheet = physicians(&liaison, CLINIC_NUMBER).await;
    assert_eq!(names(&sheet), ["新姓 太郎", "見本 太郎"]);
    assert_ne!(sheet["physicians"][1]["physician"]["code"], *code);
    let log =
        "{ auditLog(filter: { action: RENAME_PHYSICIAN }) { nodes { changes { field before after } } } }";
    let log = liaison.app.as_admin().await.data(log).await;
    assert_eq!(log["auditLog"]["nodes"].as_array().map(Vec::len), Some(1));
}

#[actix_web::test]
async fn an_institution_that_takes_its_consent_back_keeps_its_sheet_to_itself() {
    let liaison = Liaison::create().await;
    liaison.returned(&[Row::clinic(), Row::hospital()]).await;
    let refused = Row::of(CLINIC_NUMBER).with("承諾", "承諾しない・取り下げる").with("回答日", "2026-05-01");
    let broken = Row::of(CLINIC_NUMBER).with("氏名", "見本 太郎").with("手段3", "のろし");
    let report = liaison.returned(&[refused.clone(), broken]).await;
    assert_eq!((counts(&report), complaints(&report)), ([0, 1, 0, 0, 0], vec![]));
    assert!(notes(&report)[0].contains("承諾の取り下げ"), "{:?}", report.notes);
    let ask = "{ liaisonSheets { nodes { version consent { withdrawnOn } } } }";
    let clinic = liaison.app.as_person(&crate::support::Person::default().of("CLINIC"));
    let seen = clinic.data(ask).await["liaisonSheets"]["nodes"].take();
    assert_eq!(seen, json!([{ "version": 1, "consent": { "withdrawnOn": "2026-05-01" } }]));
    assert_eq!(counts(&liaison.returned(&[refused]).await), [0, 0, 1, 0, 0], "the same file again");
    let told = complaints(&liaison.returned(&[Row::clinic()]).await);
    assert!(told[0].starts_with("2 承諾日: 承諾は2026-05-01に取り下げられています"), "{told:?}");
    let undated = Row::clinic().with("回答日", "2026-06-01");
    let told = complaints(&liaison.returned(std::slice::from_ref(&undated)).await);
    assert!(told[0].starts_with("2 承諾日: 空欄です。一度取り下げられた承諾なので"), "{told:?}");
    let anew = undated.with("承諾日", "2026-06-01");
    assert_eq!(counts(&liaison.returned(&[anew]).await), [0, 1, 0, 0, 0]);
    let seen = clinic.data(ask).await["liaisonSheets"]["nodes"].take();
    assert_eq!(seen, json!([{ "version": 2, "consent": { "withdrawnOn": null } }]));
    let nothing =
        Row::of("06:61107990003").with("承諾", "承諾しない・取り下げる").with("回答日", "2026-05-01");
    let report = liaison.returned(&[nothing]).await;
    assert!(!report.written, "who has no sheet has nothing to take back: {report:?}");
}

/// The days of last year are printed on the form that goes out.
#[actix_web::test]
async fn a_refusal_counts_though_the_days_on_the_form_are_those_of_last_year() {
    let liaison = Liaison::create().await;
    liaison.returned(&[Row::clinic().with("承諾日", "2026-03-01")]).await;
    let printed = Row::of(CLINIC_NUMBER).with("承諾", "承諾しない・取り下げる").with("承諾日", "2026-03-01");
    let report = liaison.returned(&[printed.clone().with("回答日", "2025-04-01")]).await;
    assert!(notes(&report)[0].contains("承諾の取り下げ"), "{:?}", report.notes);
    let ask = "{ liaisonSheets { nodes { consent { withdrawnOn } } } }";
    let seen = liaison.app.as_admin().await.data(ask).await;
    let day = crate::support::clock::today().to_string();
    assert_eq!(
        seen["liaisonSheets"]["nodes"][0]["consent"]["withdrawnOn"], day,
        "not the day that was printed"
    );
    let before = Row::clinic().with("回答日", "2026-05-01").with("承諾日", "2026-05-01");
    let told = complaints(&liaison.returned(&[before]).await);
    assert!(told[0].contains("それより後の承諾の日付が必要です"), "{told:?}");
}

#[actix_web::test]
async fn a_row_that_slipped_below_another_number_is_no_physician_of_that_institution() {
    let liaison = Liaison::create().await;
    let slipped =
        Row::physician(CLINIC_NUMBER, "見本 次郎").with("医療機関名", crate::support::liaison::HOSPITAL);
    let told = complaints(&liaison.returned(&[Row::clinic(), slipped]).await);
    assert!(told[0].starts_with("3 医療機関名: 2行目は"), "{told:?}");
    let nameless = Row::clinic().with("医療機関名", "");
    assert!(complaints(&liaison.returned(&[nameless]).await)[0].starts_with("2 医療機関名: 空欄です"));
}
