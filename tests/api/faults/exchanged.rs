//! A database file that is exchanged, in use or after a crash: noticed, never served.

use super::backup::{BackedUp, backed_up, name};
use super::program::{Program, run, token, told};
use serde_json::json;
use std::fs;
use std::path::Path;
use std::time::Duration;

/// The name was used before; then a new database, or a restored one, is there when a program is killed.
#[actix_web::test]
async fn a_killed_program_is_repaired_after_the_database_was_exchanged_properly() {
    let Some(BackedUp { database, folder, keys, copy }) = backed_up().await else { return };
    Program::serve(database.url(), &keys, &[]).stop();
    for restores in [true, false] {
        for ending in ["", "-wal", "-shm"] {
            let file = format!("{}{ending}", database.url());
            assert!(fs::remove_file(&file).is_ok() || !ending.is_empty());
        }
        if restores {
            assert!(run(database.url(), &["restore", &name(&copy)]).status.success());
        } else {
            assert!(run(database.url(), &["migrate"]).status.success());
        }
        // A writer that never closes, as when the power goes during a command.
        let databases = yui::database::Databases::connect(database.url()).await.expect("a database");
        let write = "INSERT INTO program_state (name, value) VALUES ('killed', 'kept')";
        sea_orm::ConnectionTrait::execute_unprepared(databases.writer(), write).await.expect("a row");
        let crashed = folder.path().join(if restores { "crashed-restored" } else { "crashed-new" });
        fs::create_dir(&crashed).expect("a folder");
        for ending in ["", "-wal", "-lock"] {
            let to = crashed.join(format!("yui.db{ending}"));
            fs::copy(format!("{}{ending}", database.url()), to).expect("a copy of the crash");
        }
        databases.close().await.expect("an idle database closes");
        let after = name(&crashed.join("yui.db"));
        let listed = run(&after, &["token", "list"]);
        assert!(listed.status.success(), "{restores}: {}", told(&listed));
        Program::serve(&after, &keys, &[]).stop();
    }
}

/// A server that was killed leaves its journal; then another database takes the place of its file.
#[actix_web::test]
async fn a_database_beside_the_journal_of_another_is_refused() {
    let Some(BackedUp { database, folder, keys, copy }) = backed_up().await else { return };
    let server = Program::serve(database.url(), &keys, &[]);
    let admin = token(database.url(), &["ADMIN"], None);
    let last = server.makes_token("last", &admin).expect("a token");
    server.kill();
    let journal = format!("{}-wal", database.url());
    assert!(fs::metadata(&journal).expect("a journal").len() > 32);

    // A killed server alone is repaired as ever.
    let server = Program::serve(database.url(), &keys, &[]);
    assert!(server.knows(&last));
    server.makes_token("more", &admin).expect("a token");
    server.kill();
    fs::copy(&copy, database.url()).expect("the file is written over");
    let mut refused = Program::start(&[], database.url(), &keys, &[]);
    assert!(!refused.listens(), "a foreign journal was played into the database");
    std::thread::sleep(Duration::from_millis(100));
    assert!(refused.log().contains("is not the database that"), "{}", refused.log());
    let refused = run(database.url(), &["token", "list"]);
    assert!(told(&refused).contains("is not the database that"), "{}", told(&refused));

    // Following the advice of the sentence works, and no data of the former database is mixed in.
    for ending in ["-wal", "-shm"] {
        fs::rename(format!("{}{ending}", database.url()), folder.path().join(format!("old{ending}")))
            .expect("moved");
    }
    let server = Program::serve(database.url(), &keys, &[]);
    assert!(!server.knows(&last));
    server.stop();
    let whole = run(database.url(), &["check"]);
    assert!(whole.status.success(), "{}", told(&whole));

    // The database is gone and only its journal is there: nothing is made in its place.
    fs::write(&journal, [1; 100]).expect("a journal");
    fs::remove_file(database.url()).expect("the database goes");
    let refused = run(database.url(), &["token", "list"]);
    assert!(told(&refused).contains("is missing, and its last changes"), "{}", told(&refused));
    assert!(Path::new(&journal).exists());
}

/// A copy that is a moment old has the same stamp as the database; it is another file all the same.
#[actix_web::test]
async fn a_copy_of_the_last_minute_is_refused_beside_the_journal() {
    let Some(BackedUp { database, folder, keys, .. }) = backed_up().await else { return };
    let server = Program::serve(database.url(), &keys, &[]);
    let admin = token(database.url(), &["ADMIN"], None);
    server.makes_token("in the journal", &admin).expect("a token");
    let copy = folder.path().join("plain.db");
    fs::copy(database.url(), &copy).expect("a plain copy");
    server.makes_token("more", &admin).expect("a token");
    server.kill();
    fs::rename(&copy, database.url()).expect("the file is exchanged");
    let refused = run(database.url(), &["token", "list"]);
    assert!(told(&refused).contains("is not the database that"), "{}", told(&refused));
    // For a database that was restored together with its journal, the advice of the sentence works.
    fs::remove_file(format!("{}-lock", database.url())).expect("a lock");
    let listed = run(database.url(), &["token", "list"]);
    assert!(listed.status.success() && told(&listed).contains("more"), "{}", told(&listed));
}

/// Folds the journal into the file, as SQLite does by itself every thousand pages.
async fn fold(database: &str) {
    let databases = yui::database::Databases::connect(database).await.expect("a database");
    let fold = "PRAGMA wal_checkpoint(PASSIVE)";
    sea_orm::ConnectionTrait::execute_unprepared(databases.writer(), fold).await.expect("a checkpoint");
    databases.close().await.expect("an idle database closes");
}

/// The copy has the stamp of the database and, written in place, its inode: only the number of the last commit differs.
#[actix_web::test]
async fn an_older_copy_of_the_same_minute_is_noticed_and_refused() {
    for is_running in [true, false] {
        let Some(BackedUp { database, folder, keys, .. }) = backed_up().await else { return };
        let server = Program::serve(database.url(), &keys, &[]);
        let admin = token(database.url(), &["ADMIN"], None);
        server.makes_token("in the copy", &admin).expect("a token");
        fold(database.url()).await;
        let copy = folder.path().join("plain.db");
        fs::copy(database.url(), &copy).expect("a plain copy");
        server.makes_token("later", &admin).expect("a token");
        fold(database.url()).await;
        // A second round of the journal, without which the copy and the journal would come to the same.
        let last = server.makes_token("in the journal", &admin).expect("a token");
        if is_running {
            std::thread::sleep(Duration::from_secs(1));
            fs::copy(&copy, database.url()).expect("the file is written over");
            server.until_ready_is(503);
            server.kill();
        } else {
            server.kill();
            fs::copy(&copy, database.url()).expect("the file is written over");
        }
        let refused = run(database.url(), &["token", "list"]);
        assert!(told(&refused).contains("is not the database that"), "{is_running}: {}", told(&refused));
        let mut refused = Program::start(&[], database.url(), &keys, &[]);
        assert!(!refused.listens(), "{is_running}: {} is lost, and nobody says so", last.len());
    }
}

#[actix_web::test]
async fn a_database_that_is_replaced_while_it_is_in_use_is_noticed() {
    let replace = |database: &str, copy: &Path, in_place: bool| {
        if in_place {
            fs::copy(copy, database).expect("the file is written over");
        } else {
            let beside = format!("{database}.new");
            fs::copy(copy, &beside).expect("a copy");
            fs::rename(&beside, database).expect("the file is exchanged");
        }
    };
    for in_place in [false, true] {
        let Some(BackedUp { database, folder: _folder, keys, copy }) = backed_up().await else { return };
        let server = Program::serve(database.url(), &keys, &[]);
        assert_eq!(server.get("/readyz").0, 200);
        // Something is in the journal, which must not get into the copy.
        let admin = token(database.url(), &["ADMIN"], None);
        server.makes_token("in the journal", &admin).expect("a token");
        replace(database.url(), &copy, in_place);
        server.until_ready_is(503);
        assert!(server.get("/readyz").1.contains("\"file\""), "{}", server.get("/readyz").1);
        let (status, retry, answer) = server.asks("{ resources { totalCount } }", &json!({}), None);
        assert_eq!((status, answer["errors"][0]["extensions"]["code"].as_str()), (503, Some("UNAVAILABLE")));
        assert!(retry.is_some());
        let log = server.stop();
        assert!(log.contains("while it was in use"), "{log}");
        // The copy was not touched by the server that ended.
        assert_eq!(
            fs::read(&copy).expect("the copy"),
            fs::read(database.url()).expect("the database"),
            "{in_place}"
        );
    }
}
