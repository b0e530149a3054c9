//! A small city with two districts, a support centre for each, and groups whose leaders have numbers.

use crate::support::{App, Seen, desks, holding};
use entity::{audit_entry, audit_thing, resource};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use yui::auth::{Role, Viewer};
use yui::id::{NodeId, NodeType};

/// A number that cannot exist.
pub const MOBILE: &str = "090-0000-0001";
pub const MAIL: &str = "hanako@example.jp";

const DISTRICTS: &str = "municipality_code,district_code,district_name,town\n\
                         062031,D01,見本一,泉町\n062031,D02,見本二,馬場町\n";

/// A row of a list of gathering places, by column.
pub fn row<'r>(id: &'r str, name: &'r str, district: &'r str) -> Vec<(&'r str, &'r str)> {
    vec![
        ("管理番号", id),
        ("名称", name),
        ("種類", "サロン"),
        ("開催日時", "毎週木曜日 10:00～11:30"),
        ("利用できる地区", district),
        ("市区町村コード", "062031"),
    ]
}

/// A list with these rows, which need not have the same columns.
pub fn list(rows: &[Vec<(&str, &str)>]) -> String {
    let mut columns: Vec<&str> = Vec::new();
    for (column, _) in rows.iter().flatten() {
        if !columns.contains(column) {
            columns.push(column);
        }
    }
    let mut text = columns.join(",") + "\n";
    for row in rows {
        let cell = |column: &&str| row.iter().find(|(name, _)| name == column).map_or("", |(_, cell)| cell);
        text += &(columns.iter().map(cell).collect::<Vec<_>>().join(",") + "\n");
    }
    text
}

/// An App with the districts and their support centres.
pub async fn city() -> App {
    let app = App::start().await;
    app.import("districts.csv", DISTRICTS).await;
    let desk = |id, name, district, phone| {
        vec![
            ("管理番号", id),
            ("名称", name),
            ("相談の種類", "地域包括支援センター"),
            ("受付日時", "月～金 8:30～17:15"),
            ("利用できる地区", district),
            ("市区町村コード", "062031"),
            ("電話番号", phone),
        ]
    };
    let centers = list(&[
        desk("M-1", "見本第1センター", "D01", "0235-00-0301"),
        desk("M-2", "見本第2センター", "D02", "0235-00-0302"),
    ]);
    app.import("desks_20260601.csv", &centers).await;
    app
}

/// The row of K-1 in D01, whose leader has a mobile number and a mail address.
pub fn with_leader<'r>() -> Vec<(&'r str, &'r str)> {
    let mut row = row("K-1", "見本サロン", "D01");
    row.extend([("代表者名", "見本 花子"), ("代表者電話", MOBILE)]);
    row
}

/// That city with K-1.
pub async fn with_salon() -> App {
    let app = city().await;
    app.import("places_20260601.csv", &list(&[with_leader()])).await;
    app
}

pub async fn coordinator(app: &App, district: &str) -> Viewer {
    holding(&[Role::Coordinator], &[desks::district_id(app, district).await])
}

pub fn admin(app: &App) -> Seen<'_> {
    app.as_viewer(holding(&[Role::Admin], &[]))
}

/// Public id of the resource of a name.
pub async fn id_of(app: &App, name: &str) -> String {
    let found = resource::Entity::find().filter(resource::Column::Name.eq(name));
    let row = found.one(&app.databases().read).await.expect("records are read").expect(name);
    async_graphql::ID::from(NodeId::new(NodeType::Resource(row.kind), row.uuid)).to_string()
}

const RECORD: &str = "mutation ($input: RecordConsentInput!) { recordConsent(input: $input) {
    consent { id purpose { value label } state { value } tel expiresOn } userErrors { code field message } } }";
const WITHDRAW: &str = "mutation ($input: WithdrawConsentInput!) { withdrawConsent(input: $input) {
    consent { id withdrawnOn state { value } } userErrors { code field message } } }";

/// The input of a consent of the leader of a resource.
pub fn consent(resource_id: &str, purpose: &str) -> Value {
    json!({
        "resource": resource_id, "tel": MOBILE, "purpose": purpose,
        "subject": "PERSON", "method": "WRITTEN", "obtainedOn": "2026-06-01",
    })
}

/// Records a consent; answers with the payload.
pub async fn record(seen: &Seen<'_>, input: Value) -> Value {
    seen.data_with(RECORD, json!({ "input": input })).await["recordConsent"].take()
}

/// Records a consent that is accepted; answers with its id.
pub async fn recorded(seen: &Seen<'_>, input: Value) -> String {
    let payload = record(seen, input).await;
    assert_eq!(payload["userErrors"], json!([]), "{payload}");
    payload["consent"]["id"].as_str().expect("an id").to_owned()
}

/// Withdraws a consent; answers with the payload.
pub async fn withdraw(seen: &Seen<'_>, id: &str) -> Value {
    withdraw_with(seen, json!({ "id": id })).await
}

pub async fn withdraw_with(seen: &Seen<'_>, input: Value) -> Value {
    seen.data_with(WITHDRAW, json!({ "input": input })).await["withdrawConsent"].take()
}

/// The numbers that a viewer reads at the resource of a name; an intermediary in brackets.
pub async fn numbers(seen: &Seen<'_>, name: &str) -> Vec<String> {
    let query = format!(
        "{{ resources(text: \"{name}\") {{ nodes {{ name contacts {{ kind {{ value }} tel fax email }} }} }} }}"
    );
    numbers_in(&seen.data(&query).await, name)
}

/// The same for a client over HTTP.
pub async fn public_numbers(app: &App, name: &str) -> Vec<String> {
    let query = format!(
        "{{ resources(text: \"{name}\") {{ nodes {{ name contacts {{ kind {{ value }} tel fax email }} }} }} }}"
    );
    numbers_in(&app.as_anonymous().data(&query).await, name)
}

fn numbers_in(data: &Value, name: &str) -> Vec<String> {
    let nodes = data["resources"]["nodes"].as_array().expect("a list");
    let node =
        nodes.iter().find(|node| node["name"] == name).unwrap_or_else(|| panic!("no {name} in {data}"));
    let mut found = Vec::new();
    for contact in node["contacts"].as_array().expect("contacts") {
        for field in ["tel", "fax", "email"] {
            if let Some(value) = contact[field].as_str() {
                let passed_on = contact["kind"]["value"] == "INTERMEDIARY";
                found.push(if passed_on { format!("({value})") } else { value.to_owned() });
            }
        }
    }
    found
}

/// The audit about a thing, the oldest first.
pub async fn audit(app: &App, thing: &str) -> Vec<audit_entry::Model> {
    let read = &app.databases().read;
    let of = audit_thing::Entity::find().filter(audit_thing::Column::Thing.eq(thing));
    let ids = of.all(read).await.expect("the audit is read").into_iter().map(|row| row.entry_id);
    let entries = audit_entry::Entity::find().filter(audit_entry::Column::Id.is_in(ids));
    entries.order_by_asc(audit_entry::Column::Id).all(read).await.expect("the audit is read")
}
