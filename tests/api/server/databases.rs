//! Opening databases, and the fate of a statement whose query was abandoned.

use crate::support::TestDatabase;
use sea_orm::{ConnectionTrait, DatabaseConnection, TransactionTrait};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use yui::database::{ConnectError, Databases};

const ENDLESS: &str = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000000000) SELECT count(*) FROM n";
const LIMIT: Duration = Duration::from_millis(200);
/// Far more than the limit, for busy machines; far less than the endless statement.
const PATIENCE: Duration = Duration::from_secs(10);

fn file(folder: &TempDir) -> String {
    folder.path().join("yui.db").display().to_string()
}

async fn refused(url: &str) -> ConnectError {
    match Databases::connect(url).await {
        Ok(_) => panic!("{url} was accepted"),
        Err(error) => error,
    }
}

/// Drops an endless statement on every reader and says how long the next statement then waits.
async fn wait_after_dropping(read: &DatabaseConnection, statements: usize) -> Duration {
    let endless = (0..statements).map(|_| tokio::time::timeout(LIMIT, read.execute_unprepared(ENDLESS)));
    for outcome in futures_util::future::join_all(endless).await {
        assert!(!matches!(outcome, Ok(Ok(_))), "the endless statement ended");
    }
    let start = Instant::now();
    read.execute_unprepared("SELECT 1").await.expect("the connection answers again");
    start.elapsed()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dropped_statement_gives_its_connection_back() {
    let readers = if TestDatabase::is_postgres() { 8 } else { 4 };
    let database = TestDatabase::empty().await;
    let databases = Databases::connect_with_limit(database.url(), LIMIT).await.unwrap();
    let waited = wait_after_dropping(&databases.read, readers).await;
    assert!(waited < PATIENCE, "waited {waited:?}");
    let whole = tokio::time::timeout(PATIENCE, async {
        let transaction = databases.read.begin().await.unwrap();
        transaction.execute_unprepared("SELECT 1").await.unwrap();
        transaction.rollback().await.unwrap();
        databases.close().await.unwrap();
    });
    whole.await.expect("transactions and closing work as before");
}

#[tokio::test]
async fn readers_cannot_write_and_writers_take_turns() {
    let folder = TempDir::new().unwrap();
    let databases = Databases::connect(&file(&folder)).await.unwrap();
    // Opened before there is a table that is not of this program.
    let other = Databases::connect(&file(&folder)).await.unwrap();
    databases.migrate().await.expect("an empty database is filled");
    databases.writer().execute_unprepared("CREATE TABLE t (n INTEGER)").await.unwrap();
    databases.writer().execute_unprepared("INSERT INTO t VALUES (0)").await.unwrap();
    assert!(databases.read.execute_unprepared("DELETE FROM t").await.is_err());
    let increments = [databases.clone(), other.clone()].into_iter().cycle().take(40).map(|one| async move {
        let transaction = one.begin_write().await.unwrap();
        transaction.execute_unprepared("UPDATE t SET n = n + 1").await.unwrap();
        transaction.commit().await.unwrap();
    });
    futures_util::future::join_all(increments).await;
    let row = other
        .read
        .query_one_raw(sea_orm::Statement::from_string(sea_orm::DbBackend::Sqlite, "SELECT n FROM t"));
    assert_eq!(row.await.unwrap().unwrap().try_get::<i32>("", "n").unwrap(), 40);
}

#[tokio::test]
async fn every_way_of_naming_a_file_opens_it() {
    let folder = TempDir::new().unwrap();
    let file = file(&folder);
    for url in [file.clone(), format!("sqlite:{file}"), format!("sqlite://{file}?mode=rwc")] {
        Databases::connect(&url).await.unwrap().close().await.unwrap();
    }
    assert!(Path::new(&file).exists());
}

#[tokio::test]
async fn what_cannot_be_a_database_is_refused_with_a_sentence() {
    let folder = TempDir::new().unwrap();
    let text = folder.path().join("text.db");
    std::fs::write(&text, "これはデータベースではありません。".repeat(100)).unwrap();
    let file = text.display().to_string();
    assert_eq!(refused(&file).await, ConnectError::NotADatabase { file });
    let file = folder.path().display().to_string();
    assert_eq!(refused(&file).await, ConnectError::Unreadable { file });
    let file = folder.path().join("nowhere/yui.db").display().to_string();
    assert_eq!(refused(&file).await, ConnectError::Unreadable { file });
    assert_eq!(refused("sqlite::memory:").await, ConnectError::InMemory);
    assert!(matches!(refused("").await, ConnectError::NotADatabaseUrl { .. }));
    let mysql = refused("mysql://officer:secret@host/db").await;
    assert!(!mysql.to_string().contains("secret"), "{mysql}");
}

#[tokio::test]
async fn a_read_only_database_is_refused_with_a_sentence() {
    let folder = TempDir::new().unwrap();
    let path = file(&folder);
    Databases::connect(&path).await.unwrap().close().await.unwrap();
    let file = PathBuf::from(&path).display().to_string();
    // The mode is read, because permission bits do not stop the account `root`.
    assert_eq!(refused(&format!("sqlite://{path}?mode=ro")).await, ConnectError::ReadOnly { file });
}

#[tokio::test]
async fn a_server_that_is_not_there_is_named_without_its_password() {
    let error = refused("postgres://yui:secret@127.0.0.1:1/yui").await;
    assert_eq!(error, ConnectError::Unreachable { server: "127.0.0.1:1".into() });
}
