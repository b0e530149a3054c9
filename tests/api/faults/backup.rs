//! Backup, restore and the check.

use super::program::{Program, demo, run, token, told};
use crate::support::TestDatabase;
use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::sqlx::{self, ConnectOptions, Connection};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

pub fn name(path: &Path) -> String {
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
    // The damage changes stored rows, not the digests of the resources.
    let row = "(SELECT min(id) FROM resource WHERE cell > 1)";
    for damage in [
        format!("DELETE FROM resource_search WHERE resource_id = {row}"),
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
async fn a_command_that_reads_makes_no_database() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("mistyped.db");
    for arguments in [
        vec!["token", "revoke", "x"],
        vec!["account", "close", "x@example.jp"],
        vec!["check"],
        vec!["token", "list"],
        vec!["account", "list"],
        vec!["audit", "export"],
        vec!["review"],
    ] {
        let refused = run(&name(&file), &arguments);
        assert_eq!(refused.status.code(), Some(2), "{}", told(&refused));
        assert!(told(&refused).contains("There is no database"), "{}", told(&refused));
        assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 0, "{arguments:?}");
    }
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
    let before = fs::read(&copy).expect("the backup");
    let refused = run(&restored, &["restore", &copy]);
    assert!(!refused.status.success() && told(&refused).contains("-wal"), "{}", told(&refused));
    assert_eq!(fs::read(&copy).expect("the backup"), before);
    // Nor is the journal of another mode played into the backup.
    let rollback = format!("{copy}-journal");
    fs::rename(&journal, &rollback).expect("a file of that name");
    let refused = run(&restored, &["restore", &copy]);
    assert!(!refused.status.success() && told(&refused).contains("-journal"), "{}", told(&refused));
    assert_eq!(fs::read(&copy).expect("the backup"), before);
    fs::rename(&rollback, &journal).expect("as before");
    // Following the advice of the sentence works, and no file is left beside the backup.
    fs::remove_file(&journal).expect("moved away");
    let done = run(&restored, &["restore", &copy]);
    assert!(done.status.success(), "{}", told(&done));
    assert!(!Path::new(&format!("{copy}-shm")).exists());
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
pub struct BackedUp {
    pub database: TestDatabase,
    pub folder: tempfile::TempDir,
    pub keys: PathBuf,
    pub copy: PathBuf,
}

/// None on PostgreSQL, whose server keeps the files.
pub async fn backed_up() -> Option<BackedUp> {
    if TestDatabase::is_postgres() {
        return None;
    }
    let (database, folder) = demo().await;
    let (keys, copy) = (folder.path().join("keys.json"), folder.path().join("copy.db"));
    assert!(run(database.url(), &["backup", "--out", &name(&copy)]).status.success());
    Some(BackedUp { database, folder, keys, copy })
}
