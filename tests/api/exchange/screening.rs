//! A database that an earlier version filled: what its rules published and those of this version do not is closed
//! before anything is served.

use super::support::{Row, csv, of, warnings};
use crate::support::clock::clock;
use crate::support::{App, Person};
use sea_orm::ConnectionTrait;
use serde_json::Value;
use yui::auth::Role;
use yui::import::review;
use yui::import::screening::{STEP, screen_again};

const LIST: &str = "通いの場.csv";

fn entry(id: &str, number: &str) -> Row {
    let row = Row::entry("種類", "サロン").with("管理番号", id).with("名称", &format!("見本の集い{id}"));
    let row = row.with("住所", "山形県鶴岡市泉町10-1").with("開催日時", "毎月第2・第4木曜日 10:00～11:30");
    row.with("電話番号", number).with("備考", "どなたでも")
}

async fn contacts(app: &App, role: Option<Role>) -> String {
    let query = "{ resources(first: 20) { nodes { name note contacts { tel telE164 } } } }";
    let data = match role {
        Some(role) => app.as_person(&Person::with(&[role])).data(query).await,
        None => app.as_anonymous().data(query).await,
    };
    data["resources"].to_string()
}

/// Makes of a landline and of a remark what an earlier version stored of a mobile number without its zero.
async fn age(app: &App) {
    let statements = [
        "UPDATE contact_point SET phone = '9000000001', phone_e164 = NULL WHERE phone = '0235-00-0001'",
        "UPDATE official_record SET body = replace(replace(body, '0235-00-0001', '9000000001'), '+81235000001', '9')",
        "UPDATE official_record SET body = replace(body, 'どなたでも', '会長 9000000001')",
        "UPDATE resource SET note = '会長 9000000001' WHERE note = 'どなたでも'",
        "UPDATE coordinator SET phone = '9000000001', phone_e164 = NULL",
        "DELETE FROM program_state WHERE name = 'screening'",
    ];
    for statement in statements {
        app.databases().writer().execute_unprepared(statement).await.expect("a statement");
    }
}

#[actix_web::test]
async fn numbers_that_were_published_are_closed_listed_and_audited() {
    let app = App::start().await;
    let list = csv(&[entry("K-1", "0235-00-0001"), entry("K-2", "0235-00-0002")]);
    app.import_with(LIST, &list, &of(10, 1)).await;
    age(&app).await;
    assert!(contacts(&app, None).await.contains("9000000001"), "an earlier version published it");
    assert!(STEP.is_pending(app.databases()).await.expect("a database"));

    let closed = screen_again(app.databases(), clock()).await.expect("a screening");
    assert_eq!(closed, 2, "two remarks, one of them beside a number");
    let public = contacts(&app, None).await;
    assert!(!public.contains("9000000001") && public.contains("0235-00-0002"), "{public}");
    assert!(contacts(&app, Some(Role::Admin)).await.contains("9000000001"), "it is closed, not lost");

    let listed = review::list(app.databases()).await.expect("a list");
    let fields: Vec<&str> = listed.iter().map(|held| held.field.as_str()).collect();
    assert_eq!(fields, ["note", "note", review::CONTACT]);
    let audit = app.as_person(&Person::with(&[Role::Admin]));
    let data = audit.data("{ auditLog(first: 5) { nodes { action { value } things { nodeId } } } }").await;
    let entries = data["auditLog"]["nodes"].as_array().expect("entries").clone();
    let entry: Vec<&Value> =
        entries.iter().filter(|entry| entry["action"]["value"] == "SCREEN_AGAIN").collect();
    assert_eq!(entry.len(), 1, "{data}");
    assert_eq!(entry[0]["things"].as_array().map(Vec::len), Some(2));
}

#[actix_web::test]
async fn an_entry_that_a_person_verified_later_than_the_file_is_closed_too() {
    let app = App::start().await;
    app.import_with(LIST, &csv(&[entry("K-1", "0235-00-0001")]), &of(10, 1)).await;
    age(&app).await;
    let verified = "UPDATE resource SET last_verified_on = '2026-11-20'";
    app.databases().writer().execute_unprepared(verified).await.expect("a statement");
    assert_eq!(screen_again(app.databases(), clock()).await.expect("a screening"), 1);
    let public = contacts(&app, None).await;
    assert!(!public.contains("9000000001"), "{public}");
    let listed = review::list(app.databases()).await.expect("a list");
    let fields: Vec<&str> = listed.iter().map(|held| held.field.as_str()).collect();
    assert_eq!(fields, ["note", review::CONTACT]);
}

#[actix_web::test]
async fn it_happens_once_and_a_later_import_keeps_what_was_closed() {
    let app = App::start().await;
    let list = |number: &str| csv(&[entry("K-1", number)]);
    app.import_with(LIST, &list("0235-00-0001"), &of(10, 1)).await;
    age(&app).await;
    screen_again(app.databases(), clock()).await.expect("a screening");
    assert!(!STEP.is_pending(app.databases()).await.expect("a database"));
    assert_eq!(screen_again(app.databases(), clock()).await.expect("a second one"), 0);

    let report = app.import_with(LIST, &list("9000000001"), &of(10, 1)).await;
    assert_eq!(report.rejected, []);
    assert!(!warnings(&report).is_empty());
    assert!(!contacts(&app, None).await.contains("9000000001"));
    let listed = review::list(app.databases()).await.expect("a list");
    assert!(listed.iter().any(|held| held.text.ends_with("9000000001")));
}

#[actix_web::test]
async fn an_empty_database_is_screened_without_an_entry() {
    let app = App::start().await;
    app.databases().writer().execute_unprepared("DELETE FROM program_state").await.expect("a statement");
    assert_eq!(screen_again(app.databases(), clock()).await.expect("a screening"), 0);
    assert!(!STEP.is_pending(app.databases()).await.expect("a database"));
    let admin = app.as_person(&Person::with(&[Role::Admin]));
    let data = admin.data("{ auditLog(first: 5) { nodes { action { value } } } }").await;
    assert!(!data.to_string().contains("SCREEN_AGAIN"), "{data}");
}

/// A clinic of a city's list with a mobile number that an earlier version published.
async fn aged_clinic(app: &App) {
    let header = "都道府県コード又は市区町村コード,名称,医療機関の種類,住所,電話番号,診療科目,病床数";
    let row = "062031,見本の医院,診療所,山形県鶴岡市泉町10-1,0235-00-0001,内科,0";
    app.import_with("医療機関一覧.csv", &format!("{header}\n{row}\n"), &of(10, 1)).await;
    let statements = [
        "UPDATE contact_point SET phone = '090-0000-0001', phone_e164 = '+819000000001'",
        "UPDATE official_record SET body = replace(replace(body, '0235-00-0001', '090-0000-0001'), '+81235000001', '+819000000001')",
        "DELETE FROM program_state WHERE name = 'screening'",
    ];
    for statement in statements {
        app.databases().writer().execute_unprepared(statement).await.expect("a statement");
    }
    assert!(contacts(app, None).await.contains("090-0000-0001"), "an earlier version published it");
}

async fn listed_numbers(app: &App) -> Vec<String> {
    let listed = review::list(app.databases()).await.expect("a list");
    listed.into_iter().filter(|held| held.field == review::CONTACT).map(|held| held.text).collect()
}

#[actix_web::test]
async fn a_mobile_number_of_a_citys_clinic_is_taken_out_and_listed() {
    let app = App::start().await;
    aged_clinic(&app).await;
    assert_eq!(screen_again(app.databases(), clock()).await.expect("a screening"), 1);
    assert!(!contacts(&app, None).await.contains("090-0000-0001"));
    assert_eq!(listed_numbers(&app).await, ["090-0000-0001"]);
}

#[actix_web::test]
async fn a_mobile_number_of_a_clinic_that_was_verified_later_is_closed_and_listed() {
    let app = App::start().await;
    aged_clinic(&app).await;
    let verified = "UPDATE resource SET last_verified_on = '2026-11-20'";
    app.databases().writer().execute_unprepared(verified).await.expect("a statement");
    assert_eq!(
        screen_again(app.databases(), clock()).await.expect("a screening"),
        1,
        "the clinic, whose record and contact were changed"
    );
    assert!(!contacts(&app, None).await.contains("090-0000-0001"));
    assert!(contacts(&app, Some(Role::Admin)).await.contains("090-0000-0001"), "it is closed, not lost");
    assert_eq!(listed_numbers(&app).await, ["090-0000-0001"]);
}
