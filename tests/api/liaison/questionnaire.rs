//! The yearly questionnaire: an unchanged form changes nothing, and a filled form becomes a sheet.

use super::support::{CLINIC_NUMBER, HOSPITAL_NUMBER, Row, complaints, counts, file, liaison_file, notes};
use crate::support::liaison::{CLINIC, HOSPITAL, Liaison, channel, entry};
use serde_json::{Value, json};
use yui::import::complaint::Language::Japanese;
use yui::import::complaint::{Refusal, Remark};
use yui::import::{ImportOptions, Outcome};
use yui::liaison::terms::ContactChannel;

/// Every column once, in the words of people.
fn whole() -> Row {
    let row = Row::clinic()
        .with("フリガナ", "ミホン タロウ")
        .with("診療科", "内科、なんでも科")
        .with("役職", "院長");
    let row = row
        .with("勤務曜日", "月・火・水・金")
        .with("手段1の目的", "初回、照会・相談")
        .with("手段1の備考", "受付が取り次ぐ");
    let row = row.with("手段2", "FAX").with("手段2の宛先", "0235-00-9001").with("手段2の時間", "いつでも");
    let row =
        row.with("手段3", "Net4U").with("手段4", "受診同行").with("手段5", "郵送").with("手段6", "書類持参");
    let row = row.with("相談しやすい時間", "平日 17:00～18:00").with("避けてほしい時間", "月 9:00～12:00");
    let row = row
        .with("祝日", "不可")
        .with("年末年始", "不可")
        .with("避けてほしい手段", "メール")
        .with("避けてほしい理由", "見ないため");
    let row = row
        .with("予約の要否", "必要")
        .with("予約は何日前まで", "3日")
        .with("窓口になる人", "看護師")
        .with("窓口の氏名", "見本 花子");
    let row = row.with("サービス担当者会議", "条件付き").with("担当者会議の条件", "院内のみ");
    let row = row.with("退院前カンファレンス", "オンライン可").with("主治医意見書", "受付へ");
    let row = row
        .with("往診", "要相談")
        .with("往診の範囲・備考", "市街地")
        .with("訪問診療", "可")
        .with("看取り", "不可");
    let row = row
        .with("不在時の窓口", "受付")
        .with("備考", "手術日は遅くなる")
        .with("連絡先名", "受付")
        .with("電話", "0235-00-0001");
    let row =
        row.with("内線", "12").with("FAX", "０２３５－００－９００１").with("メール", "uketsuke@example.jp");
    let row = row
        .with("FAX・メールで送らないもの", "生活保護、未告知の病名")
        .with("文書料", "無料")
        .with("シートの備考", "年1回見直し");
    row.with("承諾日", "R8.3.30")
}

#[actix_web::test]
async fn what_is_filled_in_is_what_the_sheet_says() {
    let liaison = Liaison::create().await;
    let report = liaison.returned(&[whole()]).await;
    assert_eq!((counts(&report), complaints(&report)), ([1, 0, 0, 0, 0], vec![]));
    assert!(
        notes(&report).contains(&format!("{CLINIC_NUMBER} {CLINIC}：新規（第1版）")),
        "{:?}",
        report.notes
    );
    let ask = "{ liaisonSheets { nodes { asOf reviewDueOn issuer transmissionCautions documentFeeNote note
        lines { label tel extension fax email } consent { method { label } obtainedOn }
        physicians { physician { name nameKana } departments { code name } title attendance { text }
          channels { rank channel { value } target purposes { value } times { text } hasOwnTimes note }
          avoidedChannels { channel { value } reason } avoidTimes { text holidayPolicy { value } }
          appointment { need { value } leadDays } answeredBy { role { value } name }
          careConference { answer { value } conditions } dischargeConference { answer { value } }
          opinionLetter houseCall { answer { value } note } homeVisit { answer { value } }
          endOfLife { answer { value } } standIn { text } note } } } }";
    let sheet = liaison.app.as_admin().await.data(ask).await["liaisonSheets"]["nodes"][0].take();
    let fax = json!({ "label": "受付", "tel": "0235-00-0001", "extension": "12", "fax": "0235-00-9001", "email": "uketsuke@example.jp" });
    assert_eq!(sheet["lines"], json!([fax]));
    assert_eq!(sheet["consent"], json!({ "method": { "label": "書面" }, "obtainedOn": "2026-03-30" }));
    assert_eq!(sheet["transmissionCautions"], json!(["生活保護", "未告知の病名"]));
    let physician = &sheet["physicians"][0];
    assert_eq!(
        physician["departments"],
        json!([{ "code": "01001", "name": "内科" }, { "code": null, "name": "なんでも科" }])
    );
    let channels: Vec<&Value> =
        physician["channels"].as_array().expect("channels").iter().map(|c| &c["channel"]["value"]).collect();
    assert_eq!(channels, ["PHONE", "FAX", "NET4U", "WITH_PATIENT", "POST", "HAND_DELIVERY"]);
    let times =
        |n: usize| physician["channels"][n]["times"][0]["text"].as_str().unwrap_or_default().to_owned();
    assert_eq!(times(0), "毎週火曜 12:30〜13:00（祝日は休み、年末年始は休み）");
    assert!(times(1).contains("24時間") || times(1).contains("0:00"), "{}", times(1));
    assert_eq!(physician["channels"][2]["hasOwnTimes"], false);
    assert_eq!(physician["avoidTimes"][0]["holidayPolicy"]["value"], "HELD");
    assert_eq!(physician["appointment"], json!({ "need": { "value": "REQUIRED" }, "leadDays": 3 }));
    assert_eq!(
        physician["careConference"],
        json!({ "answer": { "value": "CONDITIONAL" }, "conditions": "院内のみ" })
    );
    assert_eq!(physician["endOfLife"]["answer"]["value"], "NO");
    assert_eq!(physician["standIn"]["text"], "受付");
}

#[actix_web::test]
async fn a_questionnaire_that_comes_back_as_it_went_out_changes_nothing() {
    let liaison = Liaison::create().await;
    let second =
        Row::physician(CLINIC_NUMBER, "見本 三郎").with("手段1の時間", "火・木 12:30～13:00、土 9:00～10:00");
    let leaving = Row::physician(CLINIC_NUMBER, "見本 四郎").with("手段1の備考", "1行目\n2行目");
    liaison.returned(&[whole(), second, leaving, Row::hospital().with("祝日", "可")]).await;
    let form = liaison.sent_out(&[]).await;
    assert_eq!(form.rows.len(), 4 + 2 * 3, "physicians, and room for new ones");
    for (name, bytes) in [("調査票.csv", form.csv()), ("調査票.xlsx", form.xlsx())] {
        let outcome = liaison.app.try_import(name, bytes.expect("a file"), &ImportOptions::default()).await;
        let Outcome::Read(report) = outcome else { panic!("{name} is unusable") };
        assert_eq!((counts(&report), complaints(&report)), ([0, 0, 2, 0, 0], vec![]), "{name}");
        assert!(!report.written && report.warnings.is_empty(), "{report:?}");
    }
}

#[actix_web::test]
async fn sheets_that_were_written_otherwise_go_out_too() {
    let liaison = Liaison::create().await;
    let phone = channel(ContactChannel::Phone, "Tu 12:30-13:00");
    liaison.write(&liaison.draft(CLINIC, vec![entry("見本 一郎", vec![phone])]).await).await;
    let text = String::from_utf8(liaison.sent_out(&[]).await.csv().expect("a file")).expect("UTF-8");
    assert!(text.contains("毎週火曜 12:30〜13:00（祝日は休み"), "{text}");
    let report = liaison.app.import("調査票.csv", &text).await;
    assert_eq!(complaints(&report), Vec::<String>::new());
}

#[actix_web::test]
async fn institutions_without_a_sheet_get_blank_rows_that_change_nothing() {
    let liaison = Liaison::create().await;
    assert!(liaison.sent_out(&[]).await.rows.is_empty());
    let form = liaison.sent_out(&[HOSPITAL_NUMBER]).await;
    let filled = |row: &Vec<String>| row.iter().filter(|cell| !cell.is_empty()).cloned().collect::<Vec<_>>();
    assert_eq!(form.rows.iter().map(filled).collect::<Vec<_>>(), vec![vec![HOSPITAL_NUMBER, HOSPITAL]; 3]);
    let text = String::from_utf8(form.csv().expect("a file")).expect("UTF-8");
    let Outcome::Read(report) = liaison.app.try_import("調査票.csv", text, &ImportOptions::default()).await
    else {
        panic!("blank forms are no mistake")
    };
    assert_eq!((report.read, counts(&report)), (0, [0; 5]));
}

#[actix_web::test]
async fn the_example_in_the_form_can_be_imported_once_it_is_unmarked() {
    let liaison = Liaison::create().await;
    let text =
        String::from_utf8(liaison.sent_out(&[CLINIC_NUMBER]).await.csv().expect("a file")).expect("UTF-8");
    let example =
        text.replace("（記入例）06:0629900000001,見本内科クリニック", &format!("{CLINIC_NUMBER},{CLINIC}"));
    let report = liaison.app.import("記入例.csv", &example).await;
    assert_eq!((counts(&report), complaints(&report)), ([1, 0, 0, 0, 0], vec![]));
}

#[actix_web::test]
async fn the_same_file_again_changes_nothing_and_leaves_no_trace() {
    let liaison = Liaison::create().await;
    liaison.returned(&[whole(), Row::hospital()]).await;
    let changes = "{ auditLog(filter: { kind: CHANGE }, first: 100) { nodes { action { value } } } }";
    let admin = liaison.app.as_admin().await;
    let before = admin.data(changes).await;
    let report = liaison.returned(&[whole(), Row::hospital()]).await;
    assert_eq!(counts(&report), [0, 0, 2, 0, 0]);
    assert!(!report.written);
    assert_eq!(admin.data(changes).await, before);
}

#[actix_web::test]
async fn a_dry_run_reports_the_same_and_writes_nothing() {
    let liaison = Liaison::create().await;
    let rows = [whole(), Row::hospital().with("手段1の時間", "手術のない日")];
    let trial = ImportOptions { dry_run: true, ..liaison_file() };
    let Outcome::Read(tried) = liaison.returned_with(&rows, &trial).await else { panic!("unusable") };
    assert!(!tried.written);
    let total = "{ liaisonSheets { totalCount } }";
    let admin = liaison.app.as_admin().await;
    assert_eq!(admin.data(total).await["liaisonSheets"]["totalCount"], 0);
    let mut done = liaison.returned(&rows).await;
    assert!(done.written);
    done.written = false;
    assert_eq!((tried.notes, tried.rejected), (done.notes, done.rejected));
    assert_eq!(admin.data(total).await["liaisonSheets"]["totalCount"], 1);
}

#[actix_web::test]
async fn of_two_institutions_the_good_one_gets_its_sheet_and_with_strict_neither_does() {
    let liaison = Liaison::create().await;
    let rows = [Row::clinic(), Row::hospital().with("手段1", "のろし")];
    let strict = ImportOptions { strict: true, ..liaison_file() };
    let Outcome::Unusable(Refusal::Strict { line, flaw, .. }) = liaison.returned_with(&rows, &strict).await
    else {
        panic!("it was read")
    };
    assert_eq!(line, 3);
    assert!(flaw.say(Japanese).starts_with("「のろし」は使えません"), "{flaw:?}");
    let report = liaison.returned(&rows).await;
    assert_eq!(counts(&report), [1, 0, 0, 0, 1]);
    let kept = format!("{HOSPITAL_NUMBER} {HOSPITAL}：直すところが1か所あるため、シートは変更していません。");
    assert!(notes(&report).contains(&kept), "{:?}", report.notes);
    assert_eq!(report.exit_status(), 1);
}

#[actix_web::test]
async fn an_older_answer_never_replaces_a_newer_one() {
    let liaison = Liaison::create().await;
    liaison.returned(&[Row::clinic()]).await;
    let older = Row::clinic().with("氏名", "見本 別人").with("回答日", "2025-04-01");
    assert_eq!(counts(&liaison.returned(&[older]).await), [0, 0, 0, 1, 0]);
    let newer = Row::clinic().with("手段1", "FAX").with("回答日", "2026-05-01");
    let report = liaison.returned(&[newer]).await;
    assert_eq!(counts(&report), [0, 1, 0, 0, 0]);
    assert!(notes(&report)[0].contains("更新（第2版）"), "{:?}", report.notes);
}

#[actix_web::test]
async fn changed_answers_under_an_old_day_are_remarked_on() {
    let liaison = Liaison::create().await;
    liaison.returned(&[Row::clinic()]).await;
    let report = liaison.returned(&[Row::clinic().with("手段1", "FAX")]).await;
    assert_eq!(counts(&report), [0, 1, 0, 0, 0]);
    assert!(
        report.warnings.keys().any(|warning| matches!(warning.remark, Remark::SameAnswerDay { .. })),
        "{:?}",
        report.warnings
    );
}

#[actix_web::test]
async fn a_file_is_recognised_and_its_day_is_that_of_answers_without_one() {
    let liaison = Liaison::create().await;
    let row = Row::clinic().with("回答日", "");
    let report = liaison.app.import("回答_20260401.csv", &file(&[row])).await;
    assert_eq!((report.format, counts(&report)), ("liaison", [1, 0, 0, 0, 0]));
    let sheet = liaison.app.as_admin().await.data("{ liaisonSheets { nodes { asOf } } }").await;
    assert_eq!(sheet["liaisonSheets"]["nodes"][0]["asOf"], "2026-04-01");
}

#[actix_web::test]
async fn what_is_no_mistake_but_may_not_be_meant_is_remarked_on() {
    let liaison = Liaison::create().await;
    let both = Row::clinic().with("避けてほしい時間", "火 12:00～15:00");
    let never = Row::hospital().with("手段1の時間", "");
    let report = liaison.returned(&[both, never]).await;
    assert_eq!(counts(&report), [2, 0, 0, 0, 0]);
    let remarks: Vec<String> = report.warnings.keys().map(|warning| warning.say(Japanese)).collect();
    assert!(
        remarks[0].starts_with("2行目 避けてほしい時間：相談してよい時間と重なっています"),
        "{remarks:?}"
    );
    assert!(
        remarks[1].starts_with("3行目 相談しやすい時間：電話をしてよい時間がどこにもない"),
        "{remarks:?}"
    );
}

#[actix_web::test]
async fn a_sheet_past_its_review_date_is_asked_for_again_with_the_day_it_was_due() {
    let liaison = Liaison::create().await;
    let sheet = liaison.sheet(CLINIC, "見本 一郎").await;
    let due = chrono::NaiveDate::from_ymd_opt(2025, 1, 1).expect("a day");
    liaison.age(sheet, due).await;
    let form = liaison.sent_out(&[]).await;
    assert!(form.rows[0].contains(&"2025-01-01".to_owned()), "{:?}", form.rows[0]);
    assert!(form.rows[1].iter().filter(|cell| !cell.is_empty()).count() == 2, "then come blank rows");
}
