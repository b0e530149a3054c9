//! The printed sheet: access by link or token, permissions checked again at every request, one refusal for
//! all reasons.

use crate::support::clock;
use crate::support::liaison::{CLINIC, HOSPITAL, Liaison, entry, times};
use crate::support::{Answer, App, BELIEVED, Client, Person};
use actix_web::http::StatusCode;
use actix_web::test::TestRequest;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Days;
use entity::{account, api_token, liaison_sheet, session};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use sea_orm::sea_query::Expr;
use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::{Value, json};
use yui::api_tokens::store::refuse;
use yui::audit::Author;
use yui::auth::{Role, Standing};
use yui::liaison::facts::Channel;
use yui::liaison::terms::{ContactChannel, ContactPurpose};

/// A link: the address, and the ticket behind #.
struct Link {
    path: String,
    ticket: String,
}

async fn link(client: &Client<'_>, institution: &str) -> Link {
    let ask = "query($text: String) { liaisonSheets(text: $text) { nodes { printLink { url expiresAt } } } }";
    let data = client.data_with(ask, json!({ "text": institution })).await;
    let url = data["liaisonSheets"]["nodes"][0]["printLink"]["url"].as_str().expect("a link").to_owned();
    let (path, ticket) = url.split_once('#').expect("a ticket");
    Link { path: path.to_owned(), ticket: ticket.to_owned() }
}

async fn open(app: &App, path: &str, ticket: &str) -> Answer {
    app.send(TestRequest::post().uri(path).set_payload(ticket.to_owned())).await
}

/// A directory with a sheet of the clinic for the office HOME.
async fn with_a_sheet() -> Liaison {
    let liaison = Liaison::create().await;
    let phone = Channel {
        channel: ContactChannel::Phone,
        target: Some("0235-77-<1>".to_owned()),
        purposes: vec![ContactPurpose::Consultation],
        times: vec![times("Tu 12:30-13:00")],
        note: None,
    };
    let entry = entry("見本 一郎", vec![phone]);
    let sheet = liaison.write(&liaison.draft(CLINIC, vec![entry]).await).await.expect("a sheet");
    liaison.distribute(sheet, "HOME", false).await;
    liaison
}

fn standing() -> Standing {
    Standing {
        roles: [Role::CareProfessional].into_iter().collect(),
        organization_code: Some("HOME".to_owned()),
        district_codes: Vec::new(),
    }
}

fn is_refused(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(answer.body, include_str!("../../../assets/print/refused.html"), "one page for every refusal");
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[actix_web::test]
async fn a_link_opens_the_sheet_whatever_its_reader_signed_in_with() {
    let liaison = with_a_sheet().await;
    let app = &liaison.app;
    let program = app.api_token(standing()).await;
    for client in [liaison.care_manager("HOME"), app.as_somebody(standing()).await, app.with_token(&program)]
    {
        let link = link(&client, CLINIC).await;
        let answer = open(app, &link.path, &link.ticket).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        for text in
            [CLINIC, "見本 一郎", "第1版（1/1）", "0235-77-&lt;1&gt;", "〔照会・相談〕", "火曜 12:30〜13:00"]
        {
            assert!(answer.body.contains(text), "{text}: {}", answer.body);
        }
        assert!(answer.body.contains("見本居宅介護支援事業所（HOME）"), "the reader's organization");
        assert!(!answer.body.contains("見本 花子"), "never their name");
        assert_eq!(answer.header("cache-control"), "no-store");
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; style-src 'sha256-") && !policy.contains("unsafe"));
    }
    let log = "{ auditLog { nodes { action { value } operation things { nodeId } subject } } }";
    let log = app.as_admin().await.data(log).await;
    let entries = log["auditLog"]["nodes"].as_array().expect("entries");
    assert_eq!(entries.iter().filter(|entry| entry["operation"] == "print").count(), 3, "{log:#}");
}

#[actix_web::test]
async fn a_browser_gets_a_small_page_and_a_program_with_a_token_the_sheet() {
    let liaison = with_a_sheet().await;
    let path = link(&liaison.care_manager("HOME"), CLINIC).await.path;
    let shell = liaison.app.get(&path).await;
    assert_eq!((shell.status, shell.body.contains("/print/app.js")), (StatusCode::OK, true));
    assert!(!shell.body.contains("見本"), "it knows nothing");
    assert_eq!(liaison.app.get("/liaison-sheets/x/print").await.body, shell.body, "of no sheet");
    let get = async |token: &str| {
        let request =
            TestRequest::get().uri(&path).insert_header(("authorization", format!("Bearer {token}")));
        liaison.app.send(request).await
    };
    let program = liaison.app.api_token(standing()).await;
    assert!(get(&program).await.body.contains("見本 一郎"));
    is_refused(&get("nonsense").await);
    let elsewhere = Standing { organization_code: Some("AWAY".to_owned()), ..standing() };
    is_refused(&get(&liaison.app.api_token(elsewhere).await).await);
    is_refused(&get(&liaison.app.access_token(Standing::default()).await).await);
}

#[actix_web::test]
async fn a_ticket_opens_its_own_sheet_only_and_only_as_it_was_signed() {
    let liaison = with_a_sheet().await;
    liaison.sheet(HOSPITAL, "見本 二郎").await;
    let app = &liaison.app;
    let reader = app.access_token(standing()).await;
    let (clinic, hospital) =
        (link(&app.with_token(&reader), CLINIC).await, link(&app.with_token(&reader), HOSPITAL).await);
    is_refused(&open(app, &hospital.path, &clinic.ticket).await);
    is_refused(&open(app, "/liaison-sheets/AAAA/print", &clinic.ticket).await);
    is_refused(&open(app, &clinic.path, "").await);
    is_refused(&open(app, &clinic.path, &"x".repeat(20_000)).await);
    is_refused(&open(app, &clinic.path, &reader).await);
    let mut parts: Vec<&str> = clinic.ticket.split('.').collect();
    let swapped = hospital.ticket.split('.').nth(1).expect("what it says");
    parts[1] = swapped;
    is_refused(&open(app, &hospital.path, &parts.join(".")).await);
    let answer = app.with_token(&clinic.ticket).send("{ viewer { name } }", json!({})).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "a ticket is no access token");
    assert_eq!(open(app, &clinic.path, &clinic.ticket).await.status, StatusCode::OK);
    is_refused(&open(app, &clinic.path, &aged(app, &clinic.ticket)).await);
}

/// The same ticket, signed with the right key, of ten minutes ago.
fn aged(app: &App, ticket: &str) -> String {
    let file: Value =
        serde_json::from_slice(&std::fs::read(app.key_file()).expect("the keys")).expect("JSON");
    let key = &file["keys"][0];
    let payload = URL_SAFE_NO_PAD.decode(ticket.split('.').nth(1).expect("three parts")).expect("base64");
    let mut claims: Value = serde_json::from_slice(&payload).expect("claims");
    for name in ["iat", "exp"] {
        claims[name] = json!(claims[name].as_i64().expect("an instant") - 600);
    }
    let header = Header { kid: key["kid"].as_str().map(str::to_owned), ..Header::new(Algorithm::HS256) };
    let secret = EncodingKey::from_secret(key["secret"].as_str().expect("a secret").as_bytes());
    jsonwebtoken::encode(&header, &claims, &secret).expect("a ticket")
}

#[actix_web::test]
async fn whoever_is_not_somebody_any_more_opens_nothing_on_no_instance() {
    let liaison = with_a_sheet().await;
    let (app, elsewhere) = (&liaison.app, liaison.app.second_instance().await);
    let db = app.databases().writer();
    let person = Person::with(&[Role::CareProfessional]).of("HOME").with_token_id("t1");
    let signed_in = link(&app.as_somebody(standing()).await, CLINIC).await;
    let ended = link(&app.as_somebody(standing()).await, CLINIC).await;
    let program = link(&app.with_token(&app.api_token(standing()).await), CLINIC).await;
    let foreign = link(&app.as_person(&person), CLINIC).await;
    for link in [&signed_in, &ended, &program, &foreign] {
        assert_eq!(open(&elsewhere, &link.path, &link.ticket).await.status, StatusCode::OK);
    }
    let now = Expr::value(clock::now_ms());
    let over = session::Entity::update_many().col_expr(session::Column::EndedAt, now.clone());
    over.exec(db).await.expect("sessions end");
    is_refused(&open(&elsewhere, &ended.path, &ended.ticket).await);
    let again = session::Entity::update_many().col_expr(session::Column::EndedAt, Expr::value(None::<i64>));
    again.exec(db).await.expect("sessions go on");
    let closed = account::Entity::update_many().col_expr(account::Column::ClosedAt, now.clone());
    closed.exec(db).await.expect("accounts are closed");
    is_refused(&open(&elsewhere, &signed_in.path, &signed_in.ticket).await);
    let revoked = api_token::Entity::update_many().col_expr(api_token::Column::RevokedAt, now);
    revoked.exec(db).await.expect("tokens are revoked");
    is_refused(&open(&elsewhere, &program.path, &program.ticket).await);
    let tx = app.databases().begin_write().await.expect("a transaction");
    refuse(&tx, &Author::command_line(), BELIEVED[1], "t1").await.expect("a token is taken back");
    tx.commit().await.expect("it stays");
    is_refused(&open(&elsewhere, &foreign.path, &foreign.ticket).await);
}

#[actix_web::test]
async fn the_policy_is_asked_again_when_a_ticket_is_opened() {
    let liaison = with_a_sheet().await;
    let db = liaison.app.databases().writer();
    let link = link(&liaison.care_manager("HOME"), CLINIC).await;
    let withdrawn = |day| {
        let column = liaison_sheet::Column::ConsentWithdrawnOn;
        liaison_sheet::Entity::update_many().col_expr(column, Expr::value(day))
    };
    withdrawn(Some(clock::today())).exec(db).await.expect("a consent is withdrawn");
    is_refused(&open(&liaison.app, &link.path, &link.ticket).await);
    withdrawn(None).exec(db).await.expect("a consent is given");
    assert_eq!(open(&liaison.app, &link.path, &link.ticket).await.status, StatusCode::OK);
    entity::distribution::Entity::delete_many().exec(db).await.expect("nobody is on the list");
    is_refused(&open(&liaison.app, &link.path, &link.ticket).await);
}

#[actix_web::test]
async fn what_cannot_be_logged_as_read_is_not_handed_out() {
    let liaison = with_a_sheet().await;
    let link = link(&liaison.care_manager("HOME"), CLINIC).await;
    let db = liaison.app.databases().writer();
    db.execute_unprepared("DROP TABLE audit_thing").await.expect("a table is dropped");
    let answer = open(&liaison.app, &link.path, &link.ticket).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(!answer.body.contains("見本"), "{}", answer.body);
}

#[actix_web::test]
async fn a_sheet_past_its_review_says_so_on_paper() {
    let liaison = with_a_sheet().await;
    let sheet =
        liaison_sheet::Entity::find().one(&liaison.app.databases().read).await.expect("sheets are read");
    let day = clock::today().checked_sub_days(Days::new(200)).expect("a day");
    liaison.age(sheet.expect("the sheet").uuid, day).await;
    let link = link(&liaison.care_manager("HOME"), CLINIC).await;
    let answer = open(&liaison.app, &link.path, &link.ticket).await;
    assert!(answer.body.contains("【注意】見直しの期限を3か月以上過ぎています"), "{}", answer.body);
    assert!(answer.body.contains("この表は緊急連絡用ではありません"));
}
