//! The first start: several at once, and one that is killed in the middle.

use super::program::Program;
use crate::support::TestDatabase;
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;

const COUNTS: &str =
    "{ resources { totalCount } gatheringPlaces(first: 100) { nodes { name contacts { tel } } }
    districts { code } }";

fn counts(server: &Program) -> Value {
    server.answer(COUNTS, &json!({}), None)["data"].clone()
}

/// Databases that no program has seen yet.
async fn unseen() -> (TestDatabase, tempfile::TempDir, String) {
    let database = TestDatabase::empty().await;
    let folder = tempfile::tempdir().expect("a folder");
    let url = match TestDatabase::is_postgres() {
        true => database.url().to_owned(),
        false => folder.path().join("unseen.db").display().to_string(),
    };
    (database, folder, url)
}

fn keys(folder: &Path) -> std::path::PathBuf {
    folder.join("keys.json")
}

async fn complete() -> Value {
    let (_database, folder, url) = unseen().await;
    counts(&Program::serve(&url, &keys(folder.path()), &["--demo"]))
}

#[actix_web::test]
async fn several_first_starts_at_once_all_succeed() {
    let whole = complete().await;
    for _ in 0..2 {
        let (_database, folder, url) = unseen().await;
        let start = || Program::start(&[], &url, &keys(folder.path()), &["--demo"]);
        let mut servers = [start(), start(), start()];
        for server in &mut servers {
            assert!(server.listens(), "{}", server.log());
            assert_eq!(counts(server), whole);
        }
    }
}

#[actix_web::test]
async fn a_demo_that_was_killed_while_loading_is_completed_by_the_next_start() {
    let whole = complete().await;
    let mut completed = 0;
    for round in 0..6 {
        let (_database, folder, url) = unseen().await;
        let broken = Program::start(&[], &url, &keys(folder.path()), &["--demo"]);
        broken.says("loading the demo data");
        std::thread::sleep(Duration::from_millis(120 * round));
        broken.kill();
        // Whether or not the next start asks for the demo.
        let flags: &[&str] = if round % 2 == 0 { &["--demo"] } else { &[] };
        let next = Program::serve(&url, &keys(folder.path()), flags);
        assert_eq!(counts(&next), whole, "round {round}: {}", next.log());
        completed += usize::from(next.log().contains("had been broken off"));
    }
    assert!(completed > 0, "no round was killed while it loaded");
}

#[actix_web::test]
async fn a_start_that_was_killed_before_it_loaded_the_demo_leaves_all_of_it_or_nothing() {
    let whole = complete().await;
    for round in 0..4 {
        let (_database, folder, url) = unseen().await;
        let broken = Program::start(&[], &url, &keys(folder.path()), &["--demo"]);
        std::thread::sleep(Duration::from_millis(60 * round));
        broken.kill();
        let seen = counts(&Program::serve(&url, &keys(folder.path()), &[]));
        assert!(seen == whole || seen["resources"]["totalCount"] == 0, "round {round}: {seen}");
    }
}
