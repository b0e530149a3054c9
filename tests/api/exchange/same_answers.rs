//! SQLite and PostgreSQL, filled from the same files, answer every query alike to the byte.
//!
//! Needs `YUI_TEST_POSTGRES`; without it two SQLite databases are compared with each other.

use super::real_data::OfficialFiles;
use crate::support::strict;
use actix_web::test;
use clap::Parser;
use sea_orm::ConnectionTrait;
use serde_json::json;
use tempfile::TempDir;
use yui::auth::Authenticator;
use yui::auth::signing::SigningKeys;
use yui::config::Settings;
use yui::database::Databases;
use yui::import::{ImportOptions, Outcome, import};
use yui::server::State;

/// One query per line.
const QUERIES: &str = include_str!("same_answers.graphql");

const FRAGMENT: &str = "fragment R on Resource { id name nameKana kind { value } state { value } serviceArea { value } asOf vanishedOn \
    freshness { value } url location { status { value } address municipality { code name } homeDistrict { code } \
    position { latitude longitude precision { value } } } identifiers { system { value } value } \
    contacts { label tel telE164 fax } organization { name corporateNumber } source { title asOf } }";

#[derive(Parser)]
struct Defaults {
    #[command(flatten)]
    settings: Settings,
}

/// A database filled from the official files, and the service on it.
struct Side {
    state: State,
    databases: Databases,
}

impl Side {
    async fn filled(url: &str, files: &OfficialFiles) -> Self {
        let databases = Databases::connect(url).await.expect("a new database opens");
        assert!(databases.migrate().await.is_ok(), "{url} takes every step");
        for path in &files.paths {
            let outcome = import(
                &databases,
                path,
                &ImportOptions::default(),
                crate::support::clock::clock(),
                |_, _| {},
            )
            .await;
            assert!(matches!(outcome, Ok(Outcome::Read(_))), "{} into {url}", path.display());
        }
        let settings = Defaults::parse_from(["yui"]).settings;
        let keys = SigningKeys::of_setting("a-key-that-signs-nothing-in-this-test").expect("32 bytes");
        Self { state: State::new(databases.clone(), &settings, Authenticator::new(keys, None)), databases }
    }

    async fn answer(&self, query: &str) -> String {
        let app = test::init_service(yui::server::app(self.state.clone())).await;
        let fragment = if query.contains("...R") { FRAGMENT } else { "" };
        let request = strict().set_json(json!({ "query": format!("{query} {fragment}") })).to_request();
        let body = test::call_and_read_body(&app, request).await;
        String::from_utf8_lossy(&body).into_owned()
    }
}

/// A database that is dropped when the test has compared.
struct Server {
    url: String,
    name: String,
}

impl Server {
    async fn run(&self, sql: &str) {
        let server = Databases::connect(&self.url).await.expect("YUI_TEST_POSTGRES is a server");
        server.writer().execute_unprepared(sql).await.expect("databases may be made there");
        server.close().await.expect("an idle connection closes");
    }

    fn database(&self) -> String {
        let (address, parameters) = self.url.split_once('?').unwrap_or((&self.url, ""));
        let (server, _) = address.rsplit_once('/').expect("the URL names a database");
        format!("{server}/{}?{parameters}", self.name)
    }
}

/// The queries that are answered differently or with an error.
async fn differences(one: &Side, other: &Side) -> Vec<String> {
    let mut found = Vec::new();
    for query in QUERIES.lines().filter(|line| line.starts_with('{')) {
        let (a, b) = (one.answer(query).await, other.answer(query).await);
        if a != b || a.contains("\"errors\"") {
            found.push(format!("{query}\n  {:.600}\n  {:.600}", a, b));
        }
    }
    found
}

#[actix_web::test]
async fn both_databases_answer_the_same() {
    assert!(QUERIES.lines().filter(|line| line.starts_with('{')).count() >= 30);
    let (files, folder) = (OfficialFiles::find(), TempDir::new().expect("a temporary folder"));
    let file = |name: &str| folder.path().join(name).display().to_string();
    let sqlite = Side::filled(&file("one.db"), &files).await;
    let Ok(url) = std::env::var("YUI_TEST_POSTGRES") else {
        println!("note: without YUI_TEST_POSTGRES, SQLite is compared with itself");
        let again = Side::filled(&file("two.db"), &files).await;
        assert_eq!(differences(&sqlite, &again).await, [] as [String; 0]);
        return;
    };
    let server = Server { url, name: format!("yui_same_{}", std::process::id()) };
    server.run(&format!("CREATE DATABASE {} TEMPLATE template0", server.name)).await;
    let postgres = Side::filled(&server.database(), &files).await;
    let differences = differences(&sqlite, &postgres).await;
    drop(postgres.databases.close().await);
    server.run(&format!("DROP DATABASE {} WITH (FORCE)", server.name)).await;
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
