//! One database per test: an SQLite file, or a PostgreSQL database cloned from a migrated template.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;
use tokio::sync::OnceCell;
use yui::database::Databases;
use yui::import::demo::Loaded;

/// A database that is gone when this is dropped.
pub struct TestDatabase {
    url: String,
    _place: Place,
}

enum Place {
    Folder { _folder: TempDir },
    Server { _name: Dropped },
}

/// A database of a PostgreSQL server that is dropped with this.
struct Dropped(String);

impl TestDatabase {
    /// Whether this run is on PostgreSQL.
    pub fn is_postgres() -> bool {
        match std::env::var("YUI_TEST_DATABASE").as_deref() {
            Err(_) | Ok("sqlite") => false,
            Ok("postgres") => true,
            Ok(other) => panic!("YUI_TEST_DATABASE is sqlite or postgres, not {other}."),
        }
    }

    /// With every table, empty.
    pub async fn migrated() -> Self {
        Self::copy_of(Template::Migrated).await
    }

    /// With the demo, as `serve --demo` loads it.
    pub async fn with_demo() -> Self {
        Self::copy_of(Template::Demo).await
    }

    /// Without any table.
    pub async fn empty() -> Self {
        if Self::is_postgres() { Self::on_server("template0").await } else { Self::file(None) }
    }

    /// A database written by an earlier version: an SQLite file, or the statements that make the tables and
    /// rows.
    pub async fn holding(sqlite: &[u8], postgres: &str) -> Self {
        let database = Self::empty().await;
        if Self::is_postgres() {
            use sea_orm::ConnectionTrait;
            let server = Databases::connect(database.url()).await.expect("an empty database opens");
            server.writer().execute_unprepared(postgres).await.expect("a dump is brought back");
            server.close().await.expect("an idle connection closes");
        } else {
            std::fs::write(database.url(), sqlite).expect("a file is written");
        }
        database
    }

    /// The value of `--database`.
    pub fn url(&self) -> &str {
        &self.url
    }

    async fn copy_of(template: Template) -> Self {
        let made = template.made().await;
        if Self::is_postgres() { Self::on_server(made).await } else { Self::file(Some(made)) }
    }

    fn file(template: Option<&str>) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let url = folder.path().join("yui.db").display().to_string();
        if let Some(template) = template {
            std::fs::copy(template, &url).expect("a copy of a database");
        }
        Self { url, _place: Place::Folder { _folder: folder } }
    }

    async fn on_server(template: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("yui_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        run_on_server(&format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
        Self { url: url_of(&name), _place: Place::Server { _name: Dropped(name) } }
    }
}

impl Drop for Dropped {
    fn drop(&mut self) {
        // The runtime of the test cannot wait here, so another one does; connections that the test left open
        // are cut.
        let sql = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.0);
        let waiting = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(run_on_server(&sql));
        });
        if waiting.join().is_err() {
            eprintln!("the database {} was left behind", self.0);
        }
    }
}

/// A database that is made once per process and then copied.
#[derive(Clone, Copy)]
enum Template {
    Migrated,
    Demo,
}

impl Template {
    /// The path of the file, or the name of the database. It is never connected to again.
    async fn made(self) -> &'static str {
        static MADE: [OnceCell<String>; 2] = [OnceCell::const_new(), OnceCell::const_new()];
        MADE[self as usize].get_or_init(|| self.make()).await
    }

    async fn make(self) -> String {
        let (url, name) = if TestDatabase::is_postgres() {
            let name = format!("yui_template_{}_{}", self as usize, std::process::id());
            run_on_server(&format!("DROP DATABASE IF EXISTS {name}")).await;
            run_on_server(&format!("CREATE DATABASE {name} TEMPLATE template0")).await;
            (url_of(&name), name)
        } else {
            static FOLDER: LazyLock<TempDir> = LazyLock::new(|| TempDir::new().expect("a temporary folder"));
            let file = FOLDER.path().join(format!("{}.db", self as usize)).display().to_string();
            (file.clone(), file)
        };
        let databases = Databases::connect(&url).await.expect("a new database opens");
        if databases.migrate().await.is_err() {
            panic!("the migrations of this program run on an empty database");
        }
        // As the first start does it.
        let screened = yui::import::upgrade::upgrade_stored(&databases, super::clock::clock()).await;
        assert_eq!(screened.expect("an empty database is screened"), 0);
        if let Self::Demo = self {
            let loaded = yui::import::demo::load(&databases, true, super::clock::clock()).await;
            assert_eq!(loaded.expect("the demo fits this program"), Loaded::Fresh);
        }
        databases.close().await.expect("an idle database closes");
        name
    }
}

async fn run_on_server(sql: &str) {
    use sea_orm::ConnectionTrait;
    let server = Databases::connect(&server_url()).await;
    let server = server.unwrap_or_else(|reason| panic!("YUI_TEST_POSTGRES: {reason}"));
    server.writer().execute_unprepared(sql).await.unwrap_or_else(|cause| panic!("{sql}: {cause}"));
    server.close().await.expect("an idle connection closes");
}

fn server_url() -> String {
    std::env::var("YUI_TEST_POSTGRES").unwrap_or_else(|_| {
        panic!(
            "YUI_TEST_DATABASE=postgres needs YUI_TEST_POSTGRES, the URL of a server on which databases may \
             be made, such as postgres://yui@127.0.0.1:5432/postgres. scripts/test starts one of its own."
        )
    })
}

/// The URL of another database on the same server.
fn url_of(name: &str) -> String {
    let url = server_url();
    let (address, parameters) = url.split_once('?').unwrap_or((&url, ""));
    let (server, _) = address.rsplit_once('/').expect("the URL names a database after its last slash");
    if parameters.is_empty() { format!("{server}/{name}") } else { format!("{server}/{name}?{parameters}") }
}
