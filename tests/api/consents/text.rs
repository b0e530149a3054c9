//! Free text that looks private: withheld as a field, with its reason, out of reach of every question.

use super::support::*;
use crate::support::App;
use entity::{held_text, local_details, resource, schedule};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};

const PRIVATE: &str = "電話は０９０−００００−０００７まで";
const DIGITS: &str = "7まで";

pub async fn withheld(app: &App, name: &str) -> Vec<(String, String)> {
    let query = format!(
        "{{ resources(text: \"{name}\") {{ nodes {{ name withheld {{ field reason {{ value label }} }} }} }} }}"
    );
    let data = app.as_anonymous().data(&query).await;
    let nodes = data["resources"]["nodes"].as_array().expect("a list");
    let node = nodes.iter().find(|node| node["name"] == name).expect("the resource");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let field = |held: &Value| (text(&held["field"]), text(&held["reason"]["value"]));
    node["withheld"].as_array().expect("a list").iter().map(field).collect()
}

/// Everything that is stored of resources and may be shown.
async fn stored(app: &App) -> String {
    let read = &app.databases().read;
    format!(
        "{:?} {:?} {:?}",
        resource::Entity::find().all(read).await.expect("records"),
        local_details::Entity::find().all(read).await.expect("facts"),
        schedule::Entity::find().all(read).await.expect("schedules"),
    )
}

/// A place with the private text in every column that takes words.
fn everywhere() -> Vec<(&'static str, &'static str)> {
    let mut row = row("K-7", "見本全項目サロン", "D01");
    for column in [
        "通称",
        "内容",
        "会場名",
        "住所",
        "方書",
        "予約の備考",
        "持ち物",
        "送迎の範囲",
        "送迎の備考",
        "アレルギー対応",
        "対象",
        "料金の備考",
        "備考",
        "休止理由",
        "名称（かな）",
        "冬の駐車・除雪",
        "開催日時２",
    ] {
        row.push((column, PRIVATE));
    }
    row.push(("ホームページ", "https://example.jp/?mail=hanako@example.jp"));
    row
}

#[actix_web::test]
async fn private_text_is_withheld_in_every_field() {
    let app = city().await;
    app.import("places_20260601.csv", &list(&[everywhere()])).await;
    let fields: Vec<String> =
        withheld(&app, "見本全項目サロン").await.into_iter().map(|(field, _)| field).collect();
    for field in [
        "access.winterNote",
        "alias",
        "allergyPolicy",
        "bring",
        "description",
        "eligibility.text",
        "location.address",
        "location.building",
        "nameKana",
        "note",
        "pickup.area",
        "pickup.note",
        "reservationNote",
        "suspension.reason",
        "url",
        "venue.name",
    ] {
        assert!(fields.iter().any(|held| held == field), "{field} is not among {fields:?}");
    }
    let stored = stored(&app).await;
    assert!(!stored.contains(DIGITS) && !stored.contains("hanako"), "{stored}");
}

#[actix_web::test]
async fn a_menu_whose_name_is_private_goes_as_a_whole() {
    let app = city().await;
    let mut row = row("S-1", "見本の会", "D01");
    row.retain(|(column, _)| !["種類", "開催日時"].contains(column));
    row.extend([
        ("活動区分", "除雪・雪かき"),
        ("有償・無償", "有償ボランティア"),
        ("活動日時", "随時"),
        ("メニュー", "\"除雪：300円/30分\n090-0000-0007 に電話：400円/30分\""),
        ("担い手募集の内容", PRIVATE),
        ("申込方法", "メール hanako＠example.jp"),
    ]);
    app.import("mutual-aid_20260601.csv", &list(&[row])).await;
    let data = app.as_anonymous().data("{ mutualAidGroups { nodes { menus { name } } } }").await;
    assert_eq!(data["mutualAidGroups"]["nodes"][0]["menus"], json!([{ "name": "除雪" }]));
    let held = withheld(&app, "見本の会").await;
    let expected = [
        ("howToApply.text", "PRIVATE_MAIL"),
        ("menus[1].name", "PRIVATE_PHONE"),
        ("recruitNote", "PRIVATE_PHONE"),
    ];
    assert_eq!(held, expected.map(|(field, reason)| (field.to_owned(), reason.to_owned())));
}

#[actix_web::test]
async fn a_number_that_is_public_at_the_same_place_is_not_private() {
    let app = city().await;
    let mut office = row("K-1", "見本サロン", "D01");
    office.extend([
        ("電話番号", "050-0000-0003"),
        ("備考", "お電話は０５０（００００）０００３、0235-00-0301"),
    ]);
    let mut other = row("K-2", "見本第二サロン", "D01");
    other.push(("備考", "お電話は050-0000-0003"));
    app.import("places_20260601.csv", &list(&[office, other])).await;
    assert_eq!(withheld(&app, "見本サロン").await, []);
    let held = withheld(&app, "見本第二サロン").await;
    assert_eq!(held, [("note".to_owned(), "PRIVATE_PHONE".to_owned())]);
}

#[actix_web::test]
async fn of_a_name_only_the_private_part_goes() {
    let app = city().await;
    app.import("places_20260601.csv", &list(&[row("K-1", "見本サロン 090-0000-0007", "D01")])).await;
    let held = withheld(&app, "見本サロン").await;
    assert_eq!(held, [("name".to_owned(), "PRIVATE_PHONE".to_owned())]);
}

#[actix_web::test]
async fn no_question_finds_what_is_withheld() {
    let app = city().await;
    let mut place = row("K-1", "見本サロン", "D01");
    place
        .extend([("内容", "おしゃべりの会。連絡は見本花子 090-0000-0007"), ("通称", "はなこ 090-0000-0007")]);
    app.import("places_20260601.csv", &list(&[place])).await;
    for text in ["おしゃべり", "見本花子", "はなこ", "09000000007", "0007"] {
        let data =
            app.as_anonymous().data(&format!("{{ resources(text: \"{text}\") {{ totalCount }} }}")).await;
        assert_eq!(data["resources"]["totalCount"], 0, "{text}");
    }
}

#[actix_web::test]
async fn the_same_list_again_changes_nothing() {
    let app = city().await;
    let text = list(&[everywhere()]);
    app.import("places_20260601.csv", &text).await;
    let before = held(&app).await;
    let report = app.import("places_20260601.csv", &text).await;
    assert_eq!((report.unchanged, report.updated), (1, 0));
    // Confirmed at a later day: written anew, and withheld anew.
    app.import("places_20260701.csv", &text).await;
    assert_eq!(held(&app).await, before);
}

async fn held(app: &App) -> Vec<(String, String)> {
    let rows = held_text::Entity::find().order_by_asc(held_text::Column::Field);
    let rows = rows.all(&app.databases().read).await.expect("held texts");
    rows.into_iter().map(|row| (row.field, row.text)).collect()
}

#[actix_web::test]
async fn a_withdrawal_hides_the_number_in_texts_too_office_lines_included() {
    let app = city().await;
    let mut place = row("K-1", "見本サロン", "D01");
    place.extend([
        ("電話番号", "0235-00-0500"),
        ("備考", "休むときは（0235）00-0500へ"),
        ("内容", "体操の会。予約は0235000500"),
        ("持ち物", "飲み物。忘れたら0235-00-0500"),
        ("運営団体", "見本会 電話0235-00-0500"),
        ("開催日時２", "毎月第1月曜日 10:00～ 電話0235-00-0500"),
    ]);
    app.import("places_20260601.csv", &list(&[place.clone()])).await;
    assert_eq!(withheld(&app, "見本サロン").await, []);
    let id = id_of(&app, "見本サロン").await;
    let mut input = consent(&id, "PUBLIC_WEB");
    input["tel"] = json!("0235-00-0500");
    let line = recorded(&admin(&app), input).await;
    withdraw(&admin(&app), &line).await;
    let expected = ["bring", "description", "note", "organization.name", "schedules[1].rawText"]
        .map(|field| (field.to_owned(), "WITHDRAWN".to_owned()));
    assert_eq!(withheld(&app, "見本サロン").await, expected);
    assert!(!stored(&app).await.contains("0500"));
    let found = app.as_anonymous().data("{ resources(text: \"体操の会\") { totalCount } }").await;
    assert_eq!(found["resources"]["totalCount"], 0);
    let all = app.as_anonymous().data("{ gatheringPlaces { nodes { organization { name } } } }").await;
    assert!(!all.to_string().contains("0500"), "{all}");
    let found = app.as_anonymous().data("{ resources(text: \"0500\") { totalCount } }").await;
    assert_eq!(found["resources"]["totalCount"], 0);
    let found = app.as_anonymous().data("{ resources(text: \"見本サロン\") { totalCount } }").await;
    assert_eq!(found["resources"]["totalCount"], 1);
    app.import("places_20260701.csv", &list(&[place])).await;
    assert_eq!(withheld(&app, "見本サロン").await, expected);
    let elsewhere = resource::Entity::find().filter(resource::Column::Note.contains("0500"));
    assert_eq!(elsewhere.all(&app.databases().read).await.expect("records").len(), 0);
}
