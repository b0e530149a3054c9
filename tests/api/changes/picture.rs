//! The picture after changes of many resources, one after the other.

use crate::support::{App, TestDatabase, clock, holding};
use sea_orm::ConnectionTrait;
use std::time::{Duration, Instant};
use yui::auth::{Role, Viewer};
use yui::picture::Pictures;

const RESOURCES: i64 = 13_000;

async fn commit(app: &App, sql: &str) {
    let tx = app.databases().begin_write().await.expect("a transaction");
    tx.execute_unprepared(sql).await.expect("a statement");
    tx.commit().await.expect("a commit");
}

/// How many there are, and how many of some have a note.
async fn counted(app: &App, note: &str) -> (i64, i64) {
    let view = app.pictures().newest().await.expect("a picture");
    let public = yui::auth::Viewer::public(crate::support::clock::clock());
    let view = view.visible_to(&public);
    let all = view.find(1..=RESOURCES);
    let with = all.iter().filter(|record| record.note() == Some(note)).count();
    let count = app.as_anonymous().data("{ resources { totalCount } }").await;
    assert_eq!(count["resources"]["totalCount"].as_i64(), Some(all.len() as i64));
    (all.len() as i64, with as i64)
}

/// As many resources, published.
async fn filled() -> App {
    let app = App::start().await;
    let uuid = if TestDatabase::is_postgres() { "gen_random_uuid()" } else { "randomblob(16)" };
    let insert = format!(
        "INSERT INTO resource (id, uuid, kind, state, name, sort_key, categories, location_status, service_area) \
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {RESOURCES}) \
         SELECT i, {uuid}, 5, 3, '見本', 'みほん', '110', 3, 3 FROM n"
    );
    commit(&app, &insert).await;
    app
}

#[actix_web::test]
async fn many_changes_one_after_the_other_lose_nothing() {
    let app = filled().await;
    assert_eq!(counted(&app, "一").await, (RESOURCES, 0));
    commit(&app, "UPDATE resource SET note = '一' WHERE id <= 6000").await;
    assert_eq!(counted(&app, "一").await, (RESOURCES, 6_000));
    // Together with those before they are more than are read at a time.
    commit(&app, "UPDATE resource SET note = '二' WHERE id BETWEEN 6001 AND 11500").await;
    assert_eq!(counted(&app, "二").await, (RESOURCES, 5_500));
    commit(&app, "UPDATE resource SET note = '三' WHERE id = 7 OR id = 12000").await;
    assert_eq!(counted(&app, "三").await, (RESOURCES, 2));
    commit(&app, "UPDATE resource SET note = '四'").await;
    assert_eq!(counted(&app, "四").await, (RESOURCES, RESOURCES));
    commit(&app, "UPDATE resource SET state = 6 WHERE id > 500").await;
    assert_eq!(counted(&app, "四").await, (500, 500));
    commit(&app, "DELETE FROM resource WHERE id <= 100").await;
    assert_eq!(counted(&app, "四").await, (400, 400));
}

/// How many resources a viewer may know of, and how many of them have a note.
async fn known(pictures: &Pictures, viewer: &Viewer, note: &str) -> (i64, i64) {
    let view = pictures.visible_to(viewer).await.expect("a picture");
    let all = view.find(1..=RESOURCES);
    let with = all.iter().filter(|record| record.note() == Some(note)).count();
    (all.len() as i64, with as i64)
}

/// Asks until a viewer knows of so many resources with a note.
async fn until_known(pictures: &Pictures, viewer: &Viewer, note: &str, wanted: (i64, i64)) {
    let began = Instant::now();
    while known(pictures, viewer, note).await != wanted {
        assert!(began.elapsed() < Duration::from_secs(60), "the new picture does not come");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[actix_web::test]
async fn after_a_large_change_the_older_picture_answers_without_what_was_closed() {
    let app = filled().await;
    let pictures = Pictures::built_beside(app.databases().clone(), 1_000);
    let public = Viewer::public(clock::clock());
    let admin = holding(&[Role::Admin], &[]);
    assert_eq!(known(&pictures, &public, "一").await, (RESOURCES, 0));
    // Nothing is closed by it.
    commit(&app, "UPDATE resource SET note = '一'").await;
    assert_eq!(known(&pictures, &public, "一").await.0, RESOURCES);
    until_known(&pictures, &public, "一", (RESOURCES, RESOURCES)).await;
    // Few are closed by it, many are changed.
    commit(&app, "UPDATE resource SET note = '二', state = CASE WHEN id <= 5 THEN 6 ELSE state END").await;
    assert_eq!(known(&pictures, &public, "二").await.0, RESOURCES - 5, "closed at once");
    until_known(&pictures, &public, "二", (RESOURCES - 5, RESOURCES - 5)).await;
    assert_eq!(known(&pictures, &admin, "二").await, (RESOURCES, RESOURCES));
    // More are closed than are read at a time: until the new picture comes they are absent for everybody.
    commit(&app, "UPDATE resource SET state = 6 WHERE id <= 12000").await;
    assert_eq!(known(&pictures, &public, "二").await.0, RESOURCES - 12_000, "closed at once");
    until_known(&pictures, &admin, "二", (RESOURCES, RESOURCES)).await;
    assert_eq!(known(&pictures, &public, "二").await, (RESOURCES - 12_000, RESOURCES - 12_000));
}
