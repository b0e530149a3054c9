//! One App with a database of its own: queries to it and imports into it.

use super::{BELIEVED, Client, Seen, Statements, TestDatabase};
use actix_web::body::BoxBody;
use actix_web::dev::{Service as _, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::HeaderMap;
use actix_web::test::{self, TestRequest};
use clap::Parser;
use futures_util::future::LocalBoxFuture;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;
use tokio::sync::OnceCell;
use yui::auth::signing::SigningKeys;
use yui::auth::token::IdentityProvider;
use yui::auth::{Authenticator, Viewer};
use yui::config::Settings;
use yui::database::Databases;
use yui::import::complaint::Language;
use yui::import::report::Report;
use yui::import::{ImportOptions, Outcome, import};
use yui::picture::Pictures;
use yui::server::State;

/// The service as the program serves it, on a database of its own.
pub struct App {
    state: State,
    databases: Databases,
    /// The same, without counting statements.
    uncounted: Databases,
    keys: SigningKeys,
    statements: Statements,
    service: OnceCell<Service>,
    // Last, so that the database goes after everything that has it open.
    place: Arc<Place>,
}

/// The routes of the App, made for its first request.
type Service = Box<dyn Fn(TestRequest) -> LocalBoxFuture<'static, ServiceResponse<BoxBody>>>;

/// The parts that several instances of the service share.
struct Place {
    database: TestDatabase,
    keys: TempDir,
}

impl App {
    /// Yui's own graph with the default settings but no limit per caller, on an empty database.
    pub async fn start() -> Self {
        Self::serving(&BELIEVED, State::new).await
    }

    /// Yui's own graph with settings as the command line gives them, on an empty database.
    pub async fn with(flags: &[&str]) -> Self {
        Self::serving(flags, State::new).await
    }

    /// Any graph, with settings as the command line gives them.
    pub async fn serving(
        flags: &[&str],
        state: impl FnOnce(Databases, &Settings, Authenticator) -> State,
    ) -> Self {
        let keys = TempDir::new().expect("a temporary folder");
        let place = Place { database: TestDatabase::migrated().await, keys };
        Self::at(Arc::new(place), flags, state).await
    }

    /// Yui's own graph on a database that holds something already.
    pub async fn on(database: TestDatabase) -> Self {
        let keys = TempDir::new().expect("a temporary folder");
        Self::at(Arc::new(Place { database, keys }), &BELIEVED, State::new).await
    }

    /// Another process of the same service: its own connections and memory, the same database and key file.
    pub async fn second_instance(&self) -> Self {
        Self::at(Arc::clone(&self.place), &BELIEVED, State::new).await
    }

    async fn at(
        place: Arc<Place>,
        flags: &[&str],
        state: impl FnOnce(Databases, &Settings, Authenticator) -> State,
    ) -> Self {
        let settings = settings(flags);
        let connected = Databases::connect_with_limit(place.database.url(), settings.operation_timeout).await;
        let uncounted = connected.expect("a database that was just made opens");
        let mut databases = uncounted.clone();
        let statements = Statements::of(&mut databases);
        let keys = SigningKeys::open(&key_file(&place), crate::support::clock::clock())
            .unwrap_or_else(|cause| panic!("{cause}"));
        let state = state(databases.clone(), &settings, authenticator(&settings, keys.clone()));
        Self { state, databases, uncounted, keys, statements, service: OnceCell::new(), place }
    }

    /// A viewer with roles, on a day, without authentication.
    pub fn as_viewer(&self, viewer: Viewer) -> Seen<'_> {
        Seen::new(self, viewer)
    }

    /// The public: a client without a token.
    pub fn as_anonymous(&self) -> Client<'_> {
        Client::new(self, None)
    }

    /// A client with a token.
    pub fn with_token(&self, token: &str) -> Client<'_> {
        Client::new(self, Some(token.to_owned()))
    }

    /// The keys that sign access tokens.
    pub fn keys(&self) -> &SigningKeys {
        &self.keys
    }

    /// Where the keys are.
    pub fn key_file(&self) -> PathBuf {
        key_file(&self.place)
    }

    /// The value of `--database`.
    pub fn url(&self) -> &str {
        self.place.database.url()
    }

    /// The database, for data that the API does not show.
    pub fn databases(&self) -> &Databases {
        &self.databases
    }

    /// The statements the App runs.
    pub fn statements(&self) -> &Statements {
        &self.statements
    }

    /// Imports a text as a file of this name.
    pub async fn import(&self, name: &str, text: &str) -> Report {
        self.import_with(name, text, &ImportOptions::default()).await
    }

    /// Imports a text as a file of this name; a file that cannot be used fails the test.
    pub async fn import_with(&self, name: &str, text: &str, options: &ImportOptions) -> Report {
        match self.try_import(name, text, options).await {
            Outcome::Read(report) => *report,
            Outcome::Unusable(refusal) => panic!("{name} cannot be used: {refusal:?}"),
        }
    }

    /// Imports text or bytes as a file of this name, and answers its report whether or not it succeeds. Tries it first:
    /// a dry run says what the real one says.
    pub async fn try_import(
        &self,
        name: &str,
        content: impl AsRef<[u8]>,
        options: &ImportOptions,
    ) -> Outcome {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join(name);
        std::fs::write(&path, content).expect("a temporary file");
        let run = async |options: &ImportOptions| {
            let clock = crate::support::clock::clock();
            let outcome = import(&self.databases, &path, options, clock, |_, _| {}).await;
            outcome.expect("the database takes what the importer writes")
        };
        let tried = said(&run(&ImportOptions { dry_run: true, ..options.clone() }).await);
        let done = run(options).await;
        assert_eq!(tried, said(&done), "{name}: a dry run and the real one");
        done
    }

    /// Has the App see what a test wrote into the database past it: fixtures do not wait for the watch of the change log.
    pub async fn look_again(&self) {
        // A test may have taken the database away.
        let _ = self.uncounted.look_again().await;
    }

    /// The pictures from which the App answers.
    pub fn pictures(&self) -> &Pictures {
        self.state.pictures()
    }

    /// Sends any request through the whole App.
    pub async fn send(&self, request: TestRequest) -> Answer {
        self.look_again().await;
        self.send_unprepared(request).await
    }

    /// The same as [`Self::send`], by an App that sees only what its own watch of the change log shows it.
    pub async fn send_unprepared(&self, request: TestRequest) -> Answer {
        let call = self.service.get_or_init(|| service(self.state.clone())).await;
        let response = call(request).await;
        let (status, headers) = (response.status(), response.headers().clone());
        let body = actix_web::body::to_bytes(response.into_body()).await.unwrap_or_default();
        Answer { status, headers, body: String::from_utf8_lossy(&body).into_owned() }
    }

    /// Reads an address.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(TestRequest::get().uri(path)).await
    }

    /// Executes a document, answered with the strict media type.
    pub async fn query(&self, query: &str) -> Answer {
        self.query_with(query, json!({})).await
    }

    /// Executes a document with variables.
    pub async fn query_with(&self, query: &str, variables: Value) -> Answer {
        self.send(strict().set_json(json!({ "query": query, "variables": variables }))).await
    }
}

/// What an import says, but for whether it wrote.
fn said(outcome: &Outcome) -> Value {
    match outcome {
        Outcome::Unusable(refusal) => json!(refusal.say(Language::Japanese)),
        Outcome::Read(report) => {
            let mut report = report.json(Language::Japanese);
            report["written"] = Value::Null;
            report
        }
    }
}

async fn service(state: State) -> Service {
    let app = test::init_service(yui::server::app(state)).await;
    Box::new(move |request| {
        let called = app.call(request.to_request());
        Box::pin(async { called.await.expect("the App answers").map_into_boxed_body() })
    })
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("headers are ASCII"))
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.body))
    }

    /// The code of the only error.
    pub fn code(&self) -> String {
        let json = self.json();
        assert_eq!(json["errors"].as_array().map(Vec::len), Some(1), "{json}");
        json["errors"][0]["extensions"]["code"].as_str().unwrap_or("none").to_owned()
    }
}

/// A POST that understands the strict media type.
pub fn strict() -> TestRequest {
    TestRequest::post().uri("/graphql").insert_header(("accept", "application/graphql-response+json"))
}

fn authenticator(settings: &Settings, keys: SigningKeys) -> Authenticator {
    let provider = IdentityProvider::of(&settings.identity_provider);
    Authenticator::new(keys, provider.unwrap_or_else(|cause| panic!("{cause}")))
}

fn key_file(place: &Place) -> PathBuf {
    place.keys.path().join("yui-keys.json")
}

fn settings(flags: &[&str]) -> Settings {
    #[derive(Parser)]
    #[command(args_override_self = true)]
    struct Cli {
        #[command(flatten)]
        settings: Settings,
    }
    let unlimited = ["yui", "--budget-public", "0", "--budget-signed-in", "0", "--budget-partner", "0"];
    Cli::parse_from(unlimited.iter().chain(flags)).settings
}
