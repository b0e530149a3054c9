//! A write that cannot be stored: disk full, quota, I/O error at the commit. Afterwards nothing may be acknowledged
//! that is not kept.

use super::program::{Program, demo, is_root, private, run, signal, token, told};
use crate::support::TestDatabase;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;
use yui::database::Databases;

const REFUSED: &str =
    "mutation($i: ID!) { withdrawConsent(input: { id: $i }) { consent { id } userErrors { code } } }";

const REACH: &str = "{ reachableNow(first: 1) { nodes { physician { physician { name } } } } }";

/// A way to keep writes from being stored, and to let them through again.
trait Shortage {
    fn begins(&mut self, server: &Program);
    fn ends(&mut self, server: &Program);

    /// Whether commands beside the server meet it too.
    fn reaches_commands(&self) -> bool;
}

fn a_command_says_what_is_wrong(database: &str, server: &Program, is_met: bool) {
    if !is_met {
        return;
    }
    let issue = ["token", "issue", "--name", "short", "--role", "PARTNER"];
    // The last pages of the journal may still take a few.
    let failed = (0..200).map(|_| run(database, &issue)).find(|output| !output.status.success());
    let failed = failed.unwrap_or_else(|| panic!("commands write on\n{}", server.log()));
    assert!(told(&failed).contains("Make room on the disk"), "{}", told(&failed));
}

/// The changes that a server has acknowledged, and its client.
struct Asked<'s> {
    server: &'s Program,
    admin: String,
    acknowledged: Vec<String>,
}

impl Asked<'_> {
    fn makes(&mut self, name: &str) -> Result<(), String> {
        self.acknowledged.push(self.server.makes_token(name, &self.admin)?);
        Ok(())
    }

    fn withdraws(&self, consent: &str) -> Value {
        let variables = json!({ "i": consent });
        self.server.answer(REFUSED, &variables, Some(&self.admin))["data"]["withdrawConsent"].clone()
    }

    fn all_are_known(&self, server: &Program) {
        for token in &self.acknowledged {
            assert!(server.knows(token), "an acknowledged token is gone\n{}", server.log());
        }
    }
}

fn consent(server: &Program, admin: &str, (resource, tel): &(String, String)) -> String {
    let record = "mutation($i: RecordConsentInput!) { recordConsent(input: $i) { consent { id } userErrors { code } } }";
    let input = json!({ "resource": resource, "tel": tel, "purpose": "PUBLIC_WEB", "subject": "PERSON",
        "method": "WRITTEN", "obtainedOn": "2026-11-01" });
    let answer = server.answer(record, &json!({ "i": input }), Some(admin));
    answer["data"]["recordConsent"]["consent"]["id"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
}

fn public_numbers(server: &Program, resource: &str) -> String {
    let query = "query($i: ID!) { resource(by: { id: $i }) { contacts { tel } } }";
    server.answer(query, &json!({ "i": resource }), None).to_string()
}

/// Several failed writes, then space: changes acknowledged afterwards are kept, a withdrawal first of all.
fn several_failures(database: &str, server: &Program, shortage: &mut impl Shortage) -> Vec<String> {
    let admin = token(database, &["ADMIN"], None);
    let professional = token(database, &["CARE_PROFESSIONAL"], Some("MIHON-CM1"));
    let known = private(server, &admin);
    let given = consent(server, &admin, &known);
    assert!(public_numbers(server, &known.0).contains(&known.1));
    let mut asked = Asked { server, admin, acknowledged: Vec::new() };
    asked.makes("before").expect("there is space");
    shortage.begins(server);
    let failures: Vec<_> = (0..6).filter_map(|n| asked.makes(&format!("short {n}")).err()).collect();
    assert!(failures.len() > 2, "{failures:?}\n{}", server.log());
    assert!(failures.iter().all(|code| code == "UNAVAILABLE"), "{failures:?}\n{}", server.log());
    server.until_ready_is(503);
    assert_eq!(server.log().matches("a write was not stored").count(), 1, "{}", server.log());
    // Data whose reading must be audited is not answered while the audit cannot be written.
    let (status, _, answer) = server.asks(REACH, &json!({}), Some(&professional));
    assert_eq!((status, &answer["data"]), (503, &Value::Null), "{answer}");
    // Reading goes on.
    assert!(server.answer("{ resources { totalCount } }", &json!({}), None)["errors"].is_null());
    a_command_says_what_is_wrong(database, server, shortage.reaches_commands());
    shortage.ends(server);
    // Without any request: the service tries by itself.
    server.until_ready_is(200);
    for n in 0..5 {
        asked.makes(&format!("after {n}")).unwrap_or_else(|code| panic!("{code}\n{}", server.log()));
    }
    assert!(!asked.withdraws(&given)["consent"].is_null());
    assert!(!public_numbers(server, &known.0).contains(&known.1), "a withdrawn number is public");
    asked.all_are_known(server);
    // The command line writes beside it.
    let issued = run(database, &["token", "issue", "--name", "beside", "--role", "PARTNER"]);
    assert!(issued.status.success(), "{}", told(&issued));
    std::mem::take(&mut asked.acknowledged)
}

/// One failed write and one that was refused for a reason of its own: the sequence in which a connection was left
/// inside of a transaction.
fn one_failure_and_a_refusal(database: &str, server: &Program, shortage: &mut impl Shortage) -> Vec<String> {
    let admin = token(database, &["ADMIN"], None);
    let mut asked = Asked { server, admin, acknowledged: Vec::new() };
    shortage.begins(server);
    // The last pages of the journal may still take a few.
    let failed = (0..200).find_map(|n| asked.makes(&format!("short {n}")).err());
    assert_eq!(failed.as_deref(), Some("UNAVAILABLE"), "{}", server.log());
    shortage.ends(server);
    let refused = asked.withdraws("AS8u3qcz-l8viRowEqcpgQ0");
    assert!(refused["consent"].is_null());
    for n in 0..5 {
        asked.makes(&format!("after {n}")).unwrap_or_else(|code| panic!("{code}\n{}", server.log()));
    }
    asked.all_are_known(server);
    std::mem::take(&mut asked.acknowledged)
}

/// Both sequences, and what is there after a stop and after a kill.
fn nothing_acknowledged_is_lost(
    database: &str,
    folder: &Path,
    before: &[&str],
    shortage: &mut impl Shortage,
) {
    let keys = folder.join("keys.json");
    let server = Program::serve_under(before, database, &keys, &[]);
    let mut kept = several_failures(database, &server, shortage);
    server.stop();
    let server = Program::serve_under(before, database, &keys, &[]);
    kept.extend(one_failure_and_a_refusal(database, &server, shortage));
    server.kill();
    let server = Program::serve(database, &keys, &[]);
    assert!(kept.iter().all(|token| server.knows(token)), "acknowledged and gone after the next start");
    let whole = run(database, &["check"]);
    assert!(whole.status.success(), "{}", told(&whole));
}

/// The size that a file of the process may have: SQLite is told EFBIG.
struct FileLimit(PathBuf);

impl FileLimit {
    fn set(server: &Program, bytes: &str) {
        let limit = format!("--fsize={bytes}:unlimited");
        let set = Command::new("prlimit").args(["--pid", &server.pid().to_string(), &limit]).status();
        assert!(set.expect("prlimit is there").success());
    }
}

impl Shortage for FileLimit {
    fn begins(&mut self, server: &Program) {
        // No file may grow; the journal is the one that has to.
        let journal = std::fs::metadata(&self.0).map_or(0, |journal| journal.len());
        Self::set(server, &journal.max(1).to_string());
    }

    fn ends(&mut self, server: &Program) {
        Self::set(server, "unlimited");
    }

    fn reaches_commands(&self) -> bool {
        false
    }
}

fn journal(database: &str) -> PathBuf {
    PathBuf::from(format!("{database}-wal"))
}

#[actix_web::test]
async fn after_a_quota_was_met_nothing_is_acknowledged_that_is_not_kept() {
    if TestDatabase::is_postgres() {
        return; // Its server writes the files; `after_a_refused_commit…` is the same for it.
    }
    let (database, folder) = demo().await;
    let mut limit = FileLimit(journal(database.url()));
    nothing_acknowledged_is_lost(database.url(), folder.path(), &[], &mut limit);
}

/// A disk of 32 MB in memory, which a file fills up.
struct SmallDisk(TempDir);

impl SmallDisk {
    fn mounted() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=32m", "tmpfs"])
            .arg(folder.path())
            .status();
        assert!(mounted.expect("mount is there").success());
        Self(folder)
    }

    fn filler(&self) -> PathBuf {
        self.0.path().join("filler")
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        if Command::new("umount").arg("-l").arg(self.0.path()).status().is_err() {
            eprintln!("{} stays mounted", self.0.path().display());
        }
    }
}

impl Shortage for SmallDisk {
    fn begins(&mut self, _: &Program) {
        let mut filler = File::create(self.filler()).expect("a file");
        while filler.write_all(&[0; 4096]).is_ok() {}
    }

    fn ends(&mut self, _: &Program) {
        std::fs::remove_file(self.filler()).expect("the file goes");
    }

    fn reaches_commands(&self) -> bool {
        true
    }
}

#[actix_web::test]
async fn after_the_disk_was_full_nothing_is_acknowledged_that_is_not_kept() {
    if TestDatabase::is_postgres() {
        return; // Its server writes the files; `after_a_refused_commit…` is the same for it.
    }
    if !is_root() {
        eprintln!("only root may mount a small disk; the quota stands for it");
        return;
    }
    let (database, folder) = demo().await;
    let mut disk = SmallDisk::mounted();
    let file = disk.0.path().join("yui.db");
    std::fs::copy(database.url(), &file).expect("the demo fits");
    let file = file.display().to_string();
    nothing_acknowledged_is_lost(&file, folder.path(), &[], &mut disk);
    a_server_starts_on_a_full_disk(&file, folder.path(), &mut disk);
}

fn a_server_starts_on_a_full_disk(file: &str, folder: &Path, disk: &mut SmallDisk) {
    let admin = token(file, &["ADMIN"], None);
    let server = Program::serve(file, &folder.join("keys.json"), &[]);
    disk.begins(&server);
    server.kill();
    let server = Program::serve(file, &folder.join("keys.json"), &[]);
    assert!(server.answer("{ resources { totalCount } }", &json!({}), None)["errors"].is_null());
    let failed = (0..200).find_map(|n| server.makes_token(&format!("short {n}"), &admin).err());
    assert_eq!(failed.as_deref(), Some("UNAVAILABLE"), "{}", server.log());
    disk.ends(&server);
    server.until_ready_is(200);
    server.makes_token("after", &admin).unwrap_or_else(|code| panic!("{code}\n{}", server.log()));
}

/// PostgreSQL that refuses every commit with "disk full", by a trigger that runs at the commit only.
struct RefusedCommits(Databases);

impl RefusedCommits {
    async fn on(url: &str) -> Self {
        let databases = Databases::connect(url).await.expect("a database");
        let function = "CREATE TABLE shortage (n INT); \
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
              IF EXISTS (SELECT 1 FROM shortage) THEN RAISE EXCEPTION 'no space' USING ERRCODE = '53100'; END IF; \
              RETURN NULL; END $$; \
            CREATE CONSTRAINT TRIGGER refuse_tokens AFTER INSERT ON api_token DEFERRABLE INITIALLY DEFERRED \
              FOR EACH ROW EXECUTE FUNCTION refuse(); \
            CREATE CONSTRAINT TRIGGER refuse_entries AFTER INSERT ON audit_entry DEFERRABLE INITIALLY DEFERRED \
              FOR EACH ROW EXECUTE FUNCTION refuse(); \
            CREATE CONSTRAINT TRIGGER refuse_state AFTER INSERT OR UPDATE ON program_state \
              DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse()";
        databases.writer().execute_unprepared(function).await.expect("a trigger");
        Self(databases)
    }

    fn run(&self, sql: &'static str) {
        let databases = self.0.clone();
        let ran = std::thread::spawn(move || {
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async move {
                // Its own connection: that of the other runtime cannot be awaited here.
                databases.writer().execute_unprepared(sql).await.map(|_| ())
            })
        });
        ran.join().expect("no panic").expect("the statement runs");
    }
}

impl Shortage for RefusedCommits {
    fn begins(&mut self, _: &Program) {
        self.run("INSERT INTO shortage VALUES (1)");
    }

    fn ends(&mut self, _: &Program) {
        self.run("DELETE FROM shortage");
    }

    fn reaches_commands(&self) -> bool {
        true
    }
}

#[actix_web::test]
async fn after_a_refused_commit_nothing_is_acknowledged_that_is_not_kept() {
    if !TestDatabase::is_postgres() {
        return; // SQLite has no trigger at the commit; the quota and the small disk are the same for it.
    }
    let (database, folder) = demo().await;
    let mut refused = RefusedCommits::on(database.url()).await;
    nothing_acknowledged_is_lost(database.url(), folder.path(), &[], &mut refused);
}

#[actix_web::test]
async fn a_failed_statement_spoils_the_whole_transaction() {
    let database = TestDatabase::migrated().await;
    let databases = Databases::connect(database.url()).await.expect("a database");
    let good = "INSERT INTO program_state (name, value) VALUES ('a', 'b')";
    let tx = databases.begin_write().await.expect("a transaction");
    tx.execute_unprepared(good).await.expect("a row");
    tx.execute_unprepared("INSERT INTO program_state (name) VALUES ('c')")
        .await
        .expect_err("a value is missing");
    tx.execute_unprepared(good).await.expect_err("the transaction takes nothing more");
    tx.commit().await.expect_err("and is not committed");
    let tx = databases.begin_write().await.expect("the next transaction");
    tx.execute_unprepared(good).await.expect("the row was not kept");
    tx.commit().await.expect("this one is");
    assert!(!databases.health().write_has_failed(), "a wrong statement is no shortage");
}

#[actix_web::test]
async fn a_process_that_met_its_limit_goes_on() {
    if TestDatabase::is_postgres() {
        return; // It writes no files of its own.
    }
    let (database, folder) = demo().await;
    let keys = folder.path().join("keys.json");
    let server = Program::serve(database.url(), &keys, &[]);
    let admin = token(database.url(), &["ADMIN"], None);
    FileLimit::set(&server, "1");
    assert!((0..5).any(|n| server.makes_token(&format!("short {n}"), &admin).is_err()));
    signal(server.pid(), "XFSZ");
    assert_eq!(server.get("/healthz").0, 200);
}
