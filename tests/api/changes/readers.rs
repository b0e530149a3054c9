//! Readers of the change log: beside many writers, behind a trimming, after an upgrade.

use super::now;
use crate::support::{App, TestDatabase, fixtures};
use entity::{change_set, resource};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use yui::database::Databases;
use yui::database::changes::{Expired, Follower, Mark, Marks, marks, trim};

#[actix_web::test]
async fn no_reader_misses_or_repeats_a_change_beside_eight_writers() {
    const WRITERS: usize = 8;
    const EACH: usize = 12;
    let app = App::start().await;
    app.import(fixtures::CARE_FILE, fixtures::care()).await;
    let ids: Vec<i64> = resource::Entity::find()
        .all(&app.databases().read)
        .await
        .expect("rows")
        .iter()
        .map(|row| row.id)
        .collect();
    assert!(ids.len() > 1, "writers that touch the same and other rows");
    let start = now(&app).await;
    let goal = start + (WRITERS * EACH) as i64;
    let write = |writer: usize| {
        let (databases, ids) = (app.databases().clone(), ids.clone());
        async move {
            for turn in 0..EACH {
                let tx = databases.begin_write().await.expect("a turn");
                let id = ids[(writer + turn) % ids.len()];
                let note = Expr::value(format!("{writer} {turn}"));
                let changed = resource::Entity::update_many().col_expr(resource::Column::Note, note);
                changed.filter(resource::Column::Id.eq(id)).exec(&tx).await.expect("a change");
                // Every third is undone, and leaves no gap.
                if turn % 3 == 2 {
                    tx.rollback().await.expect("undone");
                    let tx = databases.begin_write().await.expect("a turn");
                    let again = resource::Entity::update_many()
                        .col_expr(resource::Column::Alias, Expr::value(format!("{writer} {turn}")));
                    again.filter(resource::Column::Id.eq(id)).exec(&tx).await.expect("a change");
                    tx.commit().await.expect("stored");
                } else {
                    tx.commit().await.expect("stored");
                }
            }
        }
    };
    let read = |limit: u32| {
        let databases = app.databases().clone();
        async move {
            let mut follower = Follower::from(start);
            let mut seen = Vec::new();
            while follower.position.seq < goal {
                let page = follower.next(&databases.read, limit).await.expect("the log is read");
                let page = page.expect("nothing was trimmed");
                if page.is_empty() {
                    tokio::time::sleep(std::time::Duration::from_millis(2)).await;
                }
                seen.extend(page.into_iter().map(|entry| entry.seq));
            }
            seen
        }
    };
    let writers = futures_util::future::join_all((0..WRITERS).map(write));
    let readers = futures_util::future::join_all([1, 2, 7, 100].map(read));
    let (_, seen) = tokio::time::timeout(
        std::time::Duration::from_secs(120),
        futures_util::future::join(writers, readers),
    )
    .await
    .expect("readers see every change");
    for one in seen {
        assert_eq!(one, (start + 1..=goal).collect::<Vec<i64>>());
    }
}

#[actix_web::test]
async fn an_upgrade_says_that_anything_may_have_changed() {
    let database = TestDatabase::empty().await;
    let databases = Databases::connect(database.url()).await.expect("a database");
    databases.migrate().await.expect("the steps");
    let mut follower = Follower::from(0);
    let page = follower.next(&databases.read, 10).await.expect("the log").expect("nothing was trimmed");
    assert_eq!(page.iter().map(|entry| (entry.seq, &entry.change)).collect::<Vec<_>>(), [(1, &None)]);
    assert_eq!(follower.next(&databases.read, 10).await.expect("the log"), Ok(Vec::new()));
    databases.close().await.expect("closed");
}

#[actix_web::test]
async fn the_log_is_trimmed_by_age_and_a_reader_that_keeps_up_does_not_notice() {
    let app = App::start().await;
    app.import(fixtures::CARE_FILE, fixtures::care()).await;
    let newest_seq = now(&app).await;
    let mut keeps_up = Follower::from(newest_seq);
    let mut is_behind = Follower::from(0);
    let mut is_within = Follower::from(newest_seq - 1);
    let db = &app.databases().read;
    is_within.next(db, 1).await.expect("the log").expect("an entry");
    assert!(is_within.position.within.is_some(), "the import changed several things");
    app.import(fixtures::MEDICAL_LIST_FILE, fixtures::medical_list()).await;
    let all = change_set::Entity::find().all(db).await.expect("sets");
    assert!(all.len() > 2);
    let sees_both = marks(db, newest_seq, 1_000).await.expect("the log").expect("all of it");
    trim(app.databases(), i64::MAX).await.expect("trimmed");
    assert_eq!(marks(db, newest_seq, 1_000).await.expect("the log"), Ok(sees_both), "it keeps up");
    assert_eq!(marks(db, newest_seq - 1, 1_000).await.expect("the log"), Err(Expired));
    assert_eq!(marks(db, newest_seq + 2, 1_000).await.expect("the log"), Err(Expired), "another log");
    let left = change_set::Entity::find().all(db).await.expect("sets");
    assert_eq!(
        left.iter().map(|set| set.seq).collect::<Vec<_>>(),
        [Some(newest_seq + 1)],
        "the newest stays"
    );
    let count = entity::change::Entity::find().all(db).await.expect("changes");
    assert!(count.iter().all(|change| change.set_id == left[0].id));
    assert_eq!(is_behind.next(db, 5).await.expect("the log"), Err(Expired));
    assert_eq!(is_within.next(db, 5).await.expect("the log"), Err(Expired));
    let next = keeps_up.next(db, 5).await.expect("the log").expect("it keeps up");
    assert!(next.iter().all(|entry| entry.seq == newest_seq + 1) && !next.is_empty());
    trim(app.databases(), 0).await.expect("nothing is that old");
    assert_eq!(now(&app).await, newest_seq + 1);
}

#[actix_web::test]
async fn the_marks_of_the_log_are_its_changes_and_of_a_large_transaction_those_that_close() {
    let app = App::start().await;
    let start = now(&app).await;
    app.import(fixtures::CARE_FILE, fixtures::care()).await;
    // Something may have been taken out of a name: what was answered before must not be answered again.
    let renamed = fixtures::care().replacen("見本いずみ苑", "見本みずいろ苑", 1);
    assert_ne!(renamed, fixtures::care());
    let as_of = Some(crate::support::clock::today());
    let options = yui::import::ImportOptions { as_of, ..Default::default() };
    app.import_with("jigyosho.csv", &renamed, &options).await;
    let db = &app.databases().read;
    let mut expected = Vec::new();
    let mut follower = Follower::from(start);
    loop {
        let page = follower.next(db, 7).await.expect("the log").expect("nothing was trimmed");
        if page.is_empty() {
            break;
        }
        let changes = page.into_iter().filter_map(|entry| entry.change);
        expected.extend(changes.map(|c| Mark { thing: c.thing, id: c.id, closes: c.closes }));
    }
    let sorted = |mut marks: Vec<Mark>| {
        marks.sort_by_key(|mark| (mark.thing as i16, mark.id, mark.closes));
        marks
    };
    let of = async |most| marks(db, start, most).await.expect("the log").expect("nothing was trimmed");
    let all = of(i32::MAX).await;
    assert_eq!((all.seq, all.everything, all.large), (now(&app).await, false, 0));
    assert_eq!(sorted(all.marks), sorted(expected.clone()));
    let Marks { marks: closings, large, .. } = of(0).await;
    assert_eq!(large as usize, expected.len());
    expected.retain(|mark| mark.closes);
    assert!(!expected.is_empty(), "a name");
    assert_eq!(sorted(closings), sorted(expected));
}
