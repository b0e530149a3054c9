//! Backup and restore, and files that somebody exchanges.

use super::program::{Program, demo, run, token, told};
use crate::support::TestDatabase;
use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::sqlx::{self, ConnectOptions, Connection};
use serde_json::json;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

fn name(path: &Path) -> String {
    path.display().to_string()
}

/// Clients that change something without a pause.
struct Writers {
    acknowledged: Arc<Mutex<Vec<String>>>,
    over: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

impl Writers {
    fn start(server: &Arc<Program>, admin: &str) -> Self {
        let acknowledged = Arc::<Mutex<Vec<String>>>::default();
        let over = Arc::<AtomicBool>::default();
        let writer = |writer| {
            let (server, admin) = (Arc::clone(server), admin.to_owned());
            let (acknowledged, over) = (Arc::clone(&acknowledged), Arc::clone(&over));
            std::thread::spawn(move || {
                for n in (0..).take_while(|_| !over.load(Ordering::Relaxed)) {
                    let made = server.makes_token(&format!("{writer}-{n}"), &admin).expect("a token");
                    acknowledged.lock().expect("a list").push(made);
                }
            })
        };
        let threads = (0..3).map(writer).collect();
        Self { acknowledged, over, threads }
    }

    /// The tokens whose making was acknowledged by now; at least one.
    fn acknowledged(&self) -> Vec<String> {
        std::thread::sleep(Duration::from_millis(500));
        let acknowledged = self.acknowledged.lock().expect("a list").clone();
        assert!(!acknowledged.is_empty());
        acknowledged
    }

    fn stop(self) {
        self.over.store(true, Ordering::Relaxed);
        self.threads.into_iter().for_each(|writer| writer.join().expect("no mutation failed"));
    }
}

/// Every acknowledged change is in a restored database, and nothing in it contradicts the rest.
fn holds(restored: &str, keys: &Path, acknowledged: &[String]) {
    let server = Program::serve(restored, keys, &[]);
    assert!(
        acknowledged.iter().all(|token| server.knows(token)),
        "an acknowledged change is not in the backup"
    );
    server.stop();
    let whole = run(restored, &["check"]);
    assert!(whole.status.success(), "{}", told(&whole));
}

#[actix_web::test]
async fn a_backup_under_writes_holds_every_change_acknowledged_before_it() {
    let (database, folder) = demo().await;
    let keys = folder.path().join("keys.json");
    let server = Arc::new(Program::serve(database.url(), &keys, &[]));
    let admin = token(database.url(), &["ADMIN"], None);
    let writers = Writers::start(&server, &admin);
    let before = writers.acknowledged();
    let copy = folder.path().join("backup.db");
    if TestDatabase::is_postgres() {
        // The two commands are those that `yui backup` tells.
        let output = run(database.url(), &["backup", "--out", &name(&copy)]);
        assert_eq!(output.status.code(), Some(2), "{}", told(&output));
        assert!(
            told(&output).contains("pg_dump --format=custom --file=FILE DATABASE_URL"),
            "{}",
            told(&output)
        );
        let restore = "pg_restore --no-owner --dbname=DATABASE_URL FILE";
        assert!(told(&output).contains(restore), "{}", told(&output));
        client("pg_dump", &["--format=custom", &format!("--file={}", name(&copy)), database.url()]);
        writers.stop();
        let restored = TestDatabase::empty().await;
        let target = format!("--dbname={}", restored.url());
        client("pg_restore", &["--no-owner", &target, &name(&copy)]);
        return holds(restored.url(), &keys, &before);
    }
    let output = run(database.url(), &["backup", "--out", &name(&copy)]);
    writers.stop();
    assert!(output.status.success(), "{}", told(&output));
    assert_eq!(fs::metadata(&copy).expect("the copy").permissions().mode() & 0o777, 0o600);

    // Neither over the database in use nor over anything else.
    let refused = run(database.url(), &["restore", &name(&copy)]);
    assert_eq!(refused.status.code(), Some(2), "{}", told(&refused));
    assert!(told(&refused).contains("nothing is ever written over"), "{}", told(&refused));
    let refused = run(database.url(), &["backup", "--out", &name(&copy)]);
    assert_eq!(refused.status.code(), Some(2), "{}", told(&refused));

    let restored = folder.path().join("restored/yui.db");
    fs::create_dir(restored.parent().expect("a folder")).expect("a folder");
    let output = run(&name(&restored), &["restore", &name(&copy)]);
    assert!(output.status.success(), "{}", told(&output));
    assert_eq!(fs::metadata(&restored).expect("the file").permissions().mode() & 0o777, 0o600);
    holds(&name(&restored), &keys, &before);
}

/// Runs a program of PostgreSQL, which comes with its server.
fn client(program: &str, arguments: &[&str]) {
    let output = Command::new(program).args(arguments).output();
    let output = output.unwrap_or_else(|cause| panic!("{program}: {cause}"));
    assert!(output.status.success(), "{}", told(&output));
}

#[actix_web::test]
async fn what_is_no_backup_is_not_restored() {
    if TestDatabase::is_postgres() {
        return; // pg_restore's work.
    }
    let folder = tempfile::tempdir().expect("a folder");
    let (backup, target) = (folder.path().join("list.csv"), folder.path().join("yui.db"));
    fs::write(&backup, "名称,住所\n".repeat(1_000)).expect("a file");
    let output = run(&name(&target), &["restore", &name(&backup)]);
    assert!(!output.status.success(), "{}", told(&output));
    assert!(!target.exists(), "something was left behind");
    let parts = fs::read_dir(folder.path()).expect("a folder").filter_map(Result::ok);
    assert!(!parts.map(|part| name(&part.path())).any(|part| part.ends_with(".part")));
    let output = run(&name(&target), &["restore", &name(&folder.path().join("nothing"))]);
    assert_eq!(output.status.code(), Some(2), "{}", told(&output));
}

#[actix_web::test]
async fn a_damaged_database_is_found_by_the_check() {
    let (database, _folder) = demo().await;
    let good = run(database.url(), &["check"]);
    assert!(good.status.success() && told(&good).contains("nothing found"), "{}", told(&good));
    let databases = yui::database::Databases::connect(database.url()).await.expect("a database");
    // What is stored is changed, not what tells of it.
    let row = "(SELECT min(id) FROM resource WHERE cell > 1)";
    for damage in [
        format!("DELETE FROM resource_search WHERE {} = {row}", search_key()),
        format!("UPDATE resource SET name = 'x', cell = 1 WHERE id = {row}"),
    ] {
        sea_orm::ConnectionTrait::execute_unprepared(databases.writer(), &damage).await.expect("the damage");
    }
    databases.close().await.expect("an idle database closes");
    let found = run(database.url(), &["check"]);
    assert_eq!(found.status.code(), Some(1), "{}", told(&found));
    assert!(told(&found).contains("differs from what the files say"), "{}", told(&found));
    assert!(told(&found).contains("another cell of the map"), "{}", told(&found));
    assert!(told(&found).contains("not in the text index"), "{}", told(&found));
}

#[actix_web::test]
async fn a_row_below_an_entry_that_was_altered_is_found_by_the_check() {
    for damage in [
        "UPDATE contact_point SET visibility = 1 WHERE visibility <> 1",
        "DELETE FROM contact_point WHERE id = (SELECT min(id) FROM contact_point)",
        "DELETE FROM identifier WHERE system = 'local-id'",
        "UPDATE care_service SET capacity = 1",
        "UPDATE medical_facility SET beds_total = 1",
        "DELETE FROM medical_facility_department",
        "DELETE FROM schedule",
        "UPDATE local_details SET visit_yen = 1",
        "DELETE FROM resource_tag",
        "DELETE FROM resource_district",
        "UPDATE official_record SET body = replace(body, '見本の里', '別の里')",
    ] {
        let (database, _folder) = demo().await;
        let databases = yui::database::Databases::connect(database.url()).await.expect("a database");
        sea_orm::ConnectionTrait::execute_unprepared(databases.writer(), damage).await.expect("the damage");
        databases.close().await.expect("an idle database closes");
        let found = run(database.url(), &["check"]);
        assert_eq!(found.status.code(), Some(1), "{damage}: {}", told(&found));
        assert!(told(&found).contains("differs from what the files say"), "{damage}: {}", told(&found));
    }
}

#[actix_web::test]
async fn an_entry_whose_record_is_gone_is_found_by_the_check() {
    let (database, _folder) = demo().await;
    let databases = yui::database::Databases::connect(database.url()).await.expect("a database");
    let damage = "DELETE FROM official_record WHERE facility_key LIKE 'local:mutual-aid:%'";
    sea_orm::ConnectionTrait::execute_unprepared(databases.writer(), damage).await.expect("the damage");
    databases.close().await.expect("an idle database closes");
    let found = run(database.url(), &["check"]);
    assert_eq!(found.status.code(), Some(1), "{}", told(&found));
    assert!(told(&found).contains("no file names them any more"), "{}", told(&found));
}

#[actix_web::test]
async fn the_database_of_another_program_is_left_as_it_is() {
    if TestDatabase::is_postgres() {
        return; // A schema may hold the tables of extensions.
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = name(&folder.path().join("places.sqlite"));
    let options = SqliteConnectOptions::new().filename(&file).create_if_missing(true);
    let mut connection = options.connect().await.expect("a file");
    let make = "CREATE TABLE bookmark (id INTEGER PRIMARY KEY, url TEXT); PRAGMA user_version = 77";
    sqlx::raw_sql(make).execute(&mut connection).await.expect("a table");
    connection.close().await.expect("an idle file closes");
    let before = fs::read(&file).expect("the file");
    for arguments in [vec!["migrate"], vec!["token", "list"], vec!["serve", "--demo"]] {
        let refused = run(&file, &arguments);
        assert_eq!(refused.status.code(), Some(2), "{}", told(&refused));
        assert!(told(&refused).contains("the database of another program"), "{}", told(&refused));
    }
    assert_eq!(fs::read(&file).expect("the file"), before);
}

#[actix_web::test]
async fn the_journal_of_a_former_database_never_gets_into_a_backup_or_a_restored_database() {
    let Some(backed_up) = backed_up().await else { return };
    let (copy, journal) = (name(&backed_up.copy), format!("{}-wal", name(&backed_up.copy)));
    // A server ran on a file of this name and was killed.
    let admin = token(&copy, &["ADMIN"], None);
    let server = Program::serve(&copy, &backed_up.keys, &[]);
    server.makes_token("of the former database", &admin).expect("a change");
    server.kill();
    fs::remove_file(&copy).expect("the former database");
    let changes = fs::read(&journal).expect("a journal");
    let again = run(backed_up.database.url(), &["backup", "--out", &copy]);
    assert_eq!(again.status.code(), Some(2), "{}", told(&again));
    assert!(told(&again).contains("-wal"), "{}", told(&again));
    fs::remove_file(&journal).expect("moved away");
    fs::remove_file(format!("{copy}-shm")).expect("moved away");
    assert!(run(backed_up.database.url(), &["backup", "--out", &copy]).status.success());
    fs::write(&journal, changes).expect("a journal");
    let restored = name(&backed_up.folder.path().join("restored.db"));
    let refused = run(&restored, &["restore", &copy]);
    assert!(!refused.status.success() && told(&refused).contains("-wal"), "{}", told(&refused));
}

#[actix_web::test]
async fn a_backup_that_is_none_is_named_and_not_the_file_in_the_making() {
    let Some(backed_up) = backed_up().await else { return };
    let text = backed_up.folder.path().join("list.csv");
    fs::write(&text, "名称,住所\n見本,見本市\n".repeat(200)).expect("a text");
    let restored = name(&backed_up.folder.path().join("restored.db"));
    for (backup, why) in
        [(name(&text), "is not an SQLite database"), (name(backed_up.folder.path()), "folder")]
    {
        let refused = run(&restored, &["restore", &backup]);
        let told = told(&refused);
        assert!(!refused.status.success() && told.contains(&backup) && told.contains(why), "{told}");
        assert!(!told.contains(".part"), "{told}");
    }
}

fn search_key() -> &'static str {
    if TestDatabase::is_postgres() { "resource_id" } else { "rowid" }
}

#[actix_web::test]
async fn a_file_with_torn_pages_is_told_as_damaged() {
    if TestDatabase::is_postgres() {
        return; // Its server checks the pages.
    }
    let (database, _folder) = demo().await;
    let mut bytes = fs::read(database.url()).expect("the database");
    let (from, to) = (bytes.len() / 4 * 3, bytes.len() / 8 * 7);
    bytes[from..to].fill(7);
    fs::write(database.url(), bytes).expect("torn");
    let found = run(database.url(), &["check"]);
    assert_eq!(found.status.code(), Some(1), "{}", told(&found));
    assert!(told(&found).contains("found."), "{}", told(&found));
    assert!(!told(&found).contains("Make room"), "{}", told(&found));
}

/// A database with the demo, and a backup of it.
struct BackedUp {
    database: TestDatabase,
    folder: tempfile::TempDir,
    keys: PathBuf,
    copy: PathBuf,
}

/// None on PostgreSQL, whose server keeps the files.
async fn backed_up() -> Option<BackedUp> {
    if TestDatabase::is_postgres() {
        return None;
    }
    let (database, folder) = demo().await;
    let (keys, copy) = (folder.path().join("keys.json"), folder.path().join("copy.db"));
    assert!(run(database.url(), &["backup", "--out", &name(&copy)]).status.success());
    Some(BackedUp { database, folder, keys, copy })
}

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

    // What the sentence says to do helps, and nothing of the former database is mixed in.
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
    assert!(told(&refused).contains("is not the database that"), "{}", told(&refused));
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
    // For a database that was brought back together with its journal the sentence says what to do.
    fs::remove_file(format!("{}-lock", database.url())).expect("a lock");
    let listed = run(database.url(), &["token", "list"]);
    assert!(listed.status.success() && told(&listed).contains("more"), "{}", told(&listed));
}

/// The copy has the stamp and, written in place, the inode of the database: only the server that saw it happen knows.
#[actix_web::test]
async fn an_older_copy_that_a_server_noticed_is_refused_by_the_next_start() {
    let Some(BackedUp { database, folder, keys, .. }) = backed_up().await else { return };
    let server = Program::serve(database.url(), &keys, &[]);
    let admin = token(database.url(), &["ADMIN"], None);
    let copy = folder.path().join("plain.db");
    fs::copy(database.url(), &copy).expect("a plain copy");
    server.makes_token("later", &admin).expect("a token");
    let databases = yui::database::Databases::connect(database.url()).await.expect("a database");
    let grow = "INSERT INTO program_state (name, value) VALUES ('large', hex(zeroblob(200000)));
                PRAGMA wal_checkpoint(PASSIVE)";
    sea_orm::ConnectionTrait::execute_unprepared(databases.writer(), grow).await.expect("a checkpoint");
    databases.close().await.expect("an idle database closes");
    server.makes_token("in the journal", &admin).expect("a token");
    std::thread::sleep(Duration::from_secs(1));
    fs::copy(&copy, database.url()).expect("the file is written over");
    server.until_ready_is(503);
    server.kill();
    let refused = run(database.url(), &["token", "list"]);
    assert!(told(&refused).contains("is not the database that"), "{}", told(&refused));
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
