//! The change log: what it says of every kind of change, that no reader misses or repeats one, and that it holds no values.

mod picture;
mod readers;

use crate::support::liaison::{CLINIC, Liaison};
use crate::support::{App, TestDatabase, fixtures};
use entity::enums::{ChangeType, ChangedThing, Visibility};
use entity::resource;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveEnum, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, Iterable, QueryFilter, Statement,
};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use yui::database::changes::{Change, Follower, Logged, Readers, newest};

/// Tables that tell a viewer nothing of the directory, or only repeat what a watched one says.
const UNWATCHED: [&str; 25] = [
    // People, programs, sign-in, and what they did.
    "account",
    "api_token",
    "audit_thing",
    "invitation",
    "liaison_watch",
    "refresh_token",
    "revoked_token",
    "session",
    "unknown_sign_in",
    // What files said; what is shown of it is in `resource` and the tables below it.
    "official_record",
    "released_text",
    // Derived from watched rows by triggers and writers.
    "liaison_contact_tag",
    "liaison_entry_tag",
    "resource_search",
    // Shared by many and never changed; `schedule` says which one a resource follows.
    "schedule_rule",
    // The log itself, and the program's own.
    "change",
    "change_set",
    "touched",
    "changes_prepared",
    "touched_past",
    "program_state",
    "seaql_migrations",
    "sqlite_sequence",
    "sqlite_stat1",
    "sqlite_stat4",
];

/// What the log says since a number, and the number of the newest transaction.
async fn since(app: &App, seq: i64) -> Vec<Logged> {
    let mut follower = Follower::from(seq);
    let mut all = Vec::new();
    loop {
        let page = follower.next(&app.databases().read, 3).await.expect("the log is read");
        let page = page.expect("nothing was trimmed");
        if page.is_empty() {
            return all;
        }
        all.extend(page);
    }
}

async fn now(app: &App) -> i64 {
    newest(&app.databases().read).await.expect("the log is read")
}

/// The changes of a piece of work, and that each has an entry in the audit.
async fn logged<T>(app: &App, work: impl Future<Output = T>) -> Vec<Change> {
    let before = now(app).await;
    work.await;
    let entries = since(app, before).await;
    assert!(entries.iter().all(|entry| entry.audit_entry.is_some()), "{entries:?}");
    entries.into_iter().filter_map(|entry| entry.change).collect()
}

/// Kind, what happened, and the fields, of each change.
fn told(changes: &[Change]) -> Vec<String> {
    let one = |change: &Change| {
        let fields: Vec<&str> = change.fields.iter().map(|field| field.field.as_str()).collect();
        let closes = if change.closes { " closes" } else { "" };
        format!("{:?} {:?} {}{closes}", change.thing, change.how, fields.join(" "))
    };
    changes.iter().map(one).collect()
}

#[actix_web::test]
async fn every_table_is_watched_or_is_known_to_say_nothing() {
    let app = App::start().await;
    let db = &app.databases().read;
    let (tables, triggers) = match TestDatabase::is_postgres() {
        true => (
            "SELECT tablename::TEXT FROM pg_tables WHERE schemaname = 'public'",
            "SELECT DISTINCT event_object_table::TEXT || ' ' || event_manipulation FROM information_schema.triggers \
             WHERE trigger_name LIKE 'touched%'",
        ),
        false => (
            "SELECT name FROM sqlite_master WHERE type = 'table'",
            "SELECT tbl_name || ' ' || upper(substr(name, -6)) FROM sqlite_master \
             WHERE type = 'trigger' AND name LIKE 'touched%'",
        ),
    };
    let all = |sql: &'static str| async move {
        let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await;
        let rows = rows.expect("the catalogue is read");
        rows.iter().map(|row| row.try_get_by_index(0).expect("a name")).collect::<BTreeSet<String>>()
    };
    let triggers = all(triggers).await;
    for table in all(tables).await {
        let watched: Vec<bool> = ["INSERT", "UPDATE", "DELETE"]
            .iter()
            .map(|event| triggers.contains(&format!("{table} {event}")))
            .collect();
        let expected = !UNWATCHED.contains(&table.as_str());
        assert_eq!(
            watched, [expected; 3],
            "{table}: watch it in a migration and in `watched.rs`, or name it above"
        );
    }
}

#[actix_web::test]
async fn a_file_is_logged_by_what_it_changed_and_for_whom() {
    let app = App::start().await;
    let first = "事業所番号,サービスの種類,事業所名,住所,電話番号\n\
                 0670799901,通所介護,見本苑,山形県鶴岡市泉町4-20,0235-00-0001\n\
                 0670799902,通所介護,見本園,山形県鶴岡市泉町4-21,0235-00-0002\n";
    let new = logged(&app, app.import("jigyosho_20260401.csv", first)).await;
    let resources: Vec<&Change> =
        new.iter().filter(|change| change.thing == ChangedThing::Resource).collect();
    assert_eq!(resources.len(), 2);
    for change in resources {
        assert_eq!((change.how, change.closes, &change.before), (ChangeType::Created, false, &None));
        assert!(matches!(&change.after, Some(Readers::Resource(ties)) if ties.resource == change.id));
    }
    let second = first.replace("0235-00-0001", "0235-00-0011").replace("見本園", "見本の園");
    let changed = logged(&app, app.import("jigyosho_20260501.csv", &second)).await;
    let fields = |name: &str| -> Vec<&str> {
        let uuid = |change: &&Change| change.fields.iter().any(|field| field.field == name);
        let found = changed.iter().find(uuid).unwrap_or_else(|| panic!("{name} is not among {changed:?}"));
        found.fields.iter().map(|field| field.field.as_str()).collect()
    };
    assert!(fields("contacts").contains(&"asOf") && !fields("contacts").contains(&"name"), "{changed:?}");
    assert!(!fields("name").contains(&"contacts"), "{changed:?}");
    let public = Readers::Contact { visibility: Visibility::Public.to_value(), until: [None; 3] };
    let contacts = changed.iter().flat_map(|change| &change.fields).find(|field| field.field == "contacts");
    let contacts = contacts.expect("the telephone number");
    assert_eq!((&contacts.before, &contacts.after), (&vec![public.clone()], &vec![public]));
    assert_eq!(logged(&app, app.import("jigyosho_20260501.csv", &second)).await, [], "nothing changed");
    let one = second.lines().take(2).collect::<Vec<_>>().join("\n") + "\n";
    let complete = yui::import::ImportOptions { complete: true, ..Default::default() };
    let gone = logged(&app, app.import_with("jigyosho_20260601.csv", &one, &complete)).await;
    let closing: Vec<String> = told(&gone).into_iter().filter(|line| line.ends_with("closes")).collect();
    assert_eq!(closing.len(), 1, "{gone:?}");
    assert!(closing[0].contains("vanishedOn"), "{closing:?}");
}

#[actix_web::test]
async fn a_consent_opens_a_contact_and_its_withdrawal_closes_it() {
    let app = App::start().await;
    app.import(fixtures::TOWNS_FILE, fixtures::towns()).await;
    let list = "管理番号,名称,種類,市区町村コード,利用できる地区,開催日時,代表者名,代表者電話\n\
                1,見本の集い,サロン,062031,全域,毎週木曜,見本 花子,090-0000-0001\n";
    app.import("通いの場.csv", list).await;
    let admin = app.as_admin().await;
    let found = admin.data("{ gatheringPlaces { nodes { id } } }").await;
    let place = &found["gatheringPlaces"]["nodes"][0]["id"];
    let record = "mutation($input: RecordConsentInput!) { recordConsent(input: $input) { consent { id } userErrors { message } } }";
    let input = json!({ "input": { "resource": place, "purpose": "PUBLIC_WEB", "subject": "PERSON", "method": "WRITTEN",
        "tel": "090-0000-0001", "obtainedOn": "2026-01-01" } });
    let mut id = json!(null);
    let opened = logged(&app, async {
        id = admin.data_with(record, input).await["recordConsent"]["consent"]["id"].clone();
    })
    .await;
    assert_eq!(told(&opened), ["Resource Updated contacts consents closes"]);
    let contacts = &opened[0].fields[0];
    let until = |readers: &[Readers]| match readers {
        [Readers::Contact { until, .. }] => until[0].is_some(),
        other => panic!("{other:?}"),
    };
    assert_eq!((until(&contacts.before), until(&contacts.after)), (false, true));
    let consents = &opened[0].fields[1];
    let coordinator = Readers::Contact { visibility: Visibility::Coordinator.to_value(), until: [None; 3] };
    assert_eq!(consents.after, [coordinator], "who may read consents may know that one was recorded");
    let withdraw = "mutation($input: WithdrawConsentInput!) { withdrawConsent(input: $input) { userErrors { message } } }";
    let closed = logged(&app, admin.data_with(withdraw, json!({ "input": { "id": id } }))).await;
    assert!(closed[0].closes, "{closed:?}");
    assert_eq!((until(&closed[0].fields[0].before), until(&closed[0].fields[0].after)), (true, false));
}

#[actix_web::test]
async fn lists_of_readers_and_withdrawn_sheets_are_logged_with_their_readers() {
    let liaison = Liaison::create().await;
    let app = &liaison.app;
    liaison.sheet(CLINIC, "見本 一郎").await;
    // What the fixture wrote past the log is taken up.
    app.databases().begin_write().await.expect("a turn").commit().await.expect("stored");
    let before = now(app).await;
    let institution = liaison.care_manager("CLINIC");
    let set = "mutation($input: SetLiaisonDistributionInput!) { setLiaisonDistribution(input: $input)
        { userErrors { message field } } }";
    let id = liaison.institution_id(CLINIC).await;
    let input = json!({ "input": { "institution": id, "organizations": [{ "code": "AWAY" }] } });
    let answer = institution.data_with(set, input).await;
    assert_eq!(answer["setLiaisonDistribution"]["userErrors"], json!([]), "{answer}");
    let of_sheet = |entries: Vec<Logged>| -> Vec<Change> {
        let changes = entries.into_iter().filter_map(|entry| entry.change);
        changes.filter(|change| change.thing == ChangedThing::Sheet).collect()
    };
    let set = of_sheet(since(app, before).await);
    let last = set.last().expect("the list changed");
    let listed = |readers: &Option<Readers>| match readers {
        Some(Readers::Sheet { listed, withdrawn, .. }) => (listed.len(), *withdrawn),
        other => panic!("{other:?}"),
    };
    assert!(last.closes && last.fields.iter().any(|field| field.field == "distribution"), "{last:?}");
    assert_eq!(listed(&last.after), (1, false));
    let before = now(app).await;
    let withdraw = "mutation($input: WithdrawLiaisonConsentInput!) { withdrawLiaisonConsent(input: $input)
        { userErrors { message } } }";
    let answer = institution.data_with(withdraw, json!({ "input": { "institution": id } })).await;
    assert_eq!(answer["withdrawLiaisonConsent"]["userErrors"], json!([]), "{answer}");
    let withdrawn = of_sheet(since(app, before).await);
    assert!(withdrawn[0].closes && listed(&withdrawn[0].after).1, "{withdrawn:?}");
}

#[actix_web::test]
async fn the_log_holds_no_value() {
    let app = App::on(TestDatabase::with_demo().await).await;
    let entries = since(&app, 0).await;
    let seen: BTreeSet<i16> =
        entries.iter().filter_map(|entry| Some(entry.change.as_ref()?.thing.to_value())).collect();
    let all: BTreeSet<i16> = ChangedThing::iter().map(|thing| thing.to_value()).collect();
    assert_eq!(seen, all, "the demo has a thing of every kind");
    let db = &app.databases().read;
    let sql = "SELECT COALESCE(readers_before, '') || COALESCE(readers_after, '') || fields FROM change";
    let rows =
        db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.expect("the log");
    for row in rows {
        let text: String = row.try_get_by_index(0).expect("a text");
        assert!(text.is_ascii() && !text.contains("0235"), "{text}");
    }
    let created: BTreeMap<i64, &Change> = entries
        .iter()
        .filter_map(|entry| entry.change.as_ref())
        .filter(|change| change.thing == ChangedThing::Resource && change.how == ChangeType::Created)
        .map(|change| (change.id, change))
        .collect();
    let stored = resource::Entity::find().all(db).await.expect("resources");
    assert_eq!(created.len(), stored.len(), "every resource was created once");
    assert!(
        stored.iter().all(|row| created.get(&row.id).is_some_and(|change| change.uuid == Some(row.uuid)))
    );
}

#[actix_web::test]
async fn what_was_written_past_the_log_is_taken_up_by_the_next_commit() {
    let app = App::start().await;
    app.import(fixtures::CARE_FILE, fixtures::care()).await;
    let start = now(&app).await;
    let row = resource::Entity::find().one(&app.databases().read).await.expect("rows").expect("a row");
    let other = resource::Entity::update_many().col_expr(resource::Column::Note, Expr::value("よそから"));
    other.filter(resource::Column::Id.eq(row.id)).exec(app.databases().writer()).await.expect("a statement");
    let tx = app.databases().begin_write().await.expect("a turn");
    tx.commit().await.expect("stored");
    let entries = since(&app, start).await;
    let changes: Vec<Change> = entries.into_iter().filter_map(|entry| entry.change).collect();
    assert_eq!(told(&changes), ["Resource Updated * closes"]);
    assert_eq!(changes[0].uuid, Some(row.uuid));
}

#[actix_web::test]
async fn much_that_was_written_past_the_log_counts_as_everything() {
    let app = App::start().await;
    let db = app.databases().writer();
    let many = (0..1_200).map(|n| entity::organization::ActiveModel {
        uuid: Set(uuid::Uuid::from_u128(n)),
        name_key: Set(format!("name:{n}")),
        name: Set(format!("見本{n}")),
        ..Default::default()
    });
    entity::organization::Entity::insert_many(many).exec_without_returning(db).await.expect("statements");
    let start = now(&app).await;
    app.databases().begin_write().await.expect("a turn").commit().await.expect("stored");
    let entries = since(&app, start).await;
    assert_eq!(
        entries.iter().map(|entry| (entry.seq, &entry.change)).collect::<Vec<_>>(),
        [(start + 1, &None)]
    );
    app.databases().begin_write().await.expect("a turn").commit().await.expect("stored");
    assert_eq!(now(&app).await, start + 1, "once");
}

#[actix_web::test]
async fn a_text_that_is_withheld_is_logged_by_its_field() {
    let app = App::start().await;
    let list = |note: &str| {
        format!(
            "管理番号,名称,種類,市区町村コード,利用できる地区,開催日時,内容\n1,見本の集い,サロン,062031,全域,毎週木曜,{note}\n"
        )
    };
    app.import("通いの場.csv", &list("電話 090-0000-0001")).await;
    let shown = logged(&app, app.import("通いの場.csv", &list(""))).await;
    assert!(told(&shown).iter().any(|line| line.contains("withheld")), "{shown:?}");
    let hidden = logged(&app, app.import("通いの場.csv", &list("電話 090-0000-0001"))).await;
    assert!(told(&hidden).iter().any(|line| line.contains("withheld")), "{hidden:?}");
    assert!(!format!("{hidden:?}").contains("090"));
}
