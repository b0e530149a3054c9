//! Complaints about a returned questionnaire name line and column, in a Japanese sentence.

use super::support::{CLINIC_NUMBER, HOSPITAL_NUMBER, Row, complaints, counts};
use crate::support::liaison::Liaison;

/// A cell of the clinic's row, and the complaint about it: column, and part of the sentence.
const CELLS: &[(&str, &str, &str, &str)] = &[
    ("医療機関番号", "06:99999999999", "医療機関番号", "という医療機関は登録されていません"),
    ("医療機関番号", "0670799901", "医療機関番号", "は医療機関ではありません"),
    ("医療機関名", "見本荘内病院", "医療機関名", "番号と名称のどちらかが違います"),
    ("医師コード", "DZZZZZZZZ", "医師コード", "という医師コードはありません"),
    ("氏名", "", "氏名", "空欄です"),
    ("氏名の変更", "はい", "氏名の変更", "「はい」は使えません"),
    ("手段1", "", "手段1", "空欄ですが、手段1の宛先に記入があります"),
    ("手段1", "のろし", "手段1", "「のろし」は使えません。次から選んでください：電話 / FAX"),
    ("手段3", "FAX", "手段3", "手段2が空欄です。順位は1から詰めて"),
    ("手段2の備考", "急ぐとき", "手段2", "空欄ですが、手段2の備考に記入があります"),
    ("手段1の宛先", "00-0001-22", "手段1の宛先", "電話番号として読み取れません"),
    ("手段1の宛先", "090-0000-0001", "手段1の宛先", "個人の携帯番号のようです"),
    ("手段1の目的", "雑談", "手段1の目的", "「雑談」は使えません"),
    ("手段1の時間", "手術のない日", "手段1の時間", "が読み取れません"),
    ("手段1の時間", "火曜", "手段1の時間", "始まりと終わりの時刻"),
    ("手段1の時間", "火曜 12:30～", "手段1の時間", "始まりと終わりの時刻"),
    ("手段1の時間", "火曜 12時頃～13時頃", "手段1の時間", "は時間として計算できません"),
    ("手段1の時間", "隔週火曜 12:30～13:00", "手段1の時間", "曜日や時間が決まりません"),
    ("手段1の時間", "火曜 12:30～13:00（要予約）", "手段1の時間", "は時間として計算できません"),
    ("避けてほしい時間", "忙しいとき", "避けてほしい時間", "が読み取れません"),
    ("勤務曜日", "だいたい毎日", "勤務曜日", "が読み取れません"),
    ("祝日", "たぶん", "祝日", "「たぶん」は使えません"),
    ("避けてほしい手段", "電話", "避けてほしい手段", "望ましい手段にも同じ手段があります"),
    ("避けてほしい理由", "見ない", "避けてほしい手段", "空欄ですが、避けてほしい理由に"),
    ("予約の要否", "たぶん", "予約の要否", "「たぶん」は使えません"),
    ("予約は何日前まで", "3", "予約の要否", "空欄ですが、予約は何日前まで"),
    ("予約は何日前まで", "早めに", "予約は何日前まで", "日数として読み取れません"),
    ("サービス担当者会議", "条件付き", "担当者会議の条件", "条件を書いてください"),
    ("退院前カンファレンスの条件", "院内", "退院前カンファレンス", "空欄ですが"),
    ("往診の範囲・備考", "市街地", "往診", "空欄ですが"),
    ("備考", "私の携帯は 090-0000-0001", "備考", "個人の携帯番号のようです"),
    ("異動・退職日", "この春", "異動・退職日", "日付として読み取れません"),
    ("異動・退職日", "2026-03-31", "医師コード", "その医師のコードが必要です"),
    ("電話", "なんばん", "電話", "電話番号として読み取れません"),
    ("FAX", "090-0000-0001", "FAX", "連絡先名に「業務用」"),
    ("メール", "uketsuke", "メール", "メールアドレスとして読み取れません"),
    ("作成主体", "", "作成主体", "空欄です"),
    ("回答日", "", "回答日", "いつの回答か"),
    ("回答日", "5月1日", "回答日", "日付として読み取れません"),
    ("回答日", "2099-01-01", "回答日", "未来の日付です"),
    ("見直し期限", "2026-04-01", "見直し期限", "回答日より後の日に"),
    ("承諾", "", "承諾", "承諾がなければ、シートは作られません"),
    ("承諾", "はい", "承諾", "「はい」は使えません"),
    ("承諾日", "2099-01-01", "承諾日", "未来の日付です"),
];

#[actix_web::test]
async fn every_cell_that_cannot_be_taken_is_named_with_what_would_be_right() {
    let liaison = Liaison::create().await;
    let mut wrong = Vec::new();
    for (cell, value, column, sentence) in CELLS {
        let rows = [Row::hospital(), Row::clinic().with(cell, value)];
        let report = liaison.returned(&rows).await;
        let told = complaints(&report);
        let named = format!("3 {column}: ");
        if !told.iter().any(|told| told.starts_with(&named) && told.contains(sentence)) {
            wrong.push(format!("{cell} = {value}: {told:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let sheets = liaison.app.as_admin().await.data("{ liaisonSheets { totalCount } }").await;
    assert_eq!(sheets["liaisonSheets"]["totalCount"], 1, "only the hospital, of which nothing was wrong");
}

#[actix_web::test]
async fn what_is_meant_to_be_passed_on_is_taken() {
    let liaison = Liaison::create().await;
    let row = Row::clinic().with("手段1の宛先", "090-0000-0001").with("手段1の備考", "業務用の携帯");
    let row =
        row.with("電話", "090-0000-0001").with("連絡先名", "連携担当（業務用携帯）").with("手段2", "電話");
    let row = row.with("手段2の宛先", "内線 12").with("手段3", "電話").with("手段3の宛先", "内線 12");
    let row = row.with("手段2の目的", "初回").with("手段3の目的", "服薬");
    let report = liaison.returned(&[row]).await;
    assert_eq!((counts(&report), complaints(&report)), ([1, 0, 0, 0, 0], vec![]));
}

#[actix_web::test]
async fn all_of_a_row_is_said_at_once() {
    let liaison = Liaison::create().await;
    let row = Row::clinic().with("手段1", "のろし").with("手段1の時間", "いつか").with("往診", "たぶん");
    let told = complaints(&liaison.returned(&[row]).await);
    assert_eq!(told.len(), 2, "the times of a channel nobody knows are not looked at: {told:?}");
}

#[actix_web::test]
async fn rows_of_one_institution_do_not_contradict_each_other() {
    let liaison = Liaison::create().await;
    let other = Row::physician(CLINIC_NUMBER, "見本 花子").with("回答日", "2026-05-01");
    let told = complaints(&liaison.returned(&[Row::clinic(), other.clone()]).await);
    assert!(told[0].starts_with("3 回答日: 「2026-05-01」は、2行目の「2026-04-01」と違います"), "{told:?}");
    let same = other.with("回答日", "2026-04-01");
    assert_eq!(counts(&liaison.returned(&[Row::clinic(), same]).await), [1, 0, 0, 0, 0]);
}

#[actix_web::test]
async fn one_physician_stands_on_one_row() {
    let liaison = Liaison::create().await;
    let told =
        complaints(&liaison.returned(&[Row::clinic(), Row::physician(CLINIC_NUMBER, "見本　太郎")]).await);
    assert!(told[0].starts_with("3 氏名: 2行目と同じ医師です"), "{told:?}");
    let twice = Row::clinic().with("手段2", "電話").with("手段2の宛先", "0235-00-0001");
    let told = complaints(&liaison.returned(&[twice]).await);
    assert!(told[0].starts_with("2 手段2: 「電話」が同じ宛先と目的で2回あります"), "{told:?}");
}

#[actix_web::test]
async fn a_sheet_has_a_physician_and_a_row_an_institution() {
    let liaison = Liaison::create().await;
    let nobody = Row::of(HOSPITAL_NUMBER).agreed();
    let told = complaints(&liaison.returned(&[nobody, Row::physician("", "見本 花子")]).await);
    assert!(told[0].starts_with("2 氏名: 医師の行がありません"), "{told:?}");
    assert!(told[1].starts_with("3 医療機関番号: 空欄です"), "{told:?}");
    let off = Row::clinic().with("手段1の時間", "火曜 12:30～13:00（祝日は休み）").with("祝日", "可");
    let told = complaints(&liaison.returned(&[off]).await);
    assert!(told[0].starts_with("2 祝日: 手段1の時間の内容と食い違っています"), "{told:?}");
}
