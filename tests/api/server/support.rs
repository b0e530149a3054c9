//! A server in process: the real App on a graph that sleeps, panics and fails on demand.

use actix_web::body::BoxBody;
use actix_web::dev::{Service, ServiceResponse};
use actix_web::http::header::HeaderMap;
use actix_web::http::{Method, StatusCode};
use actix_web::test::{self, TestRequest};
use async_graphql::{Context, EmptySubscription, Object, Schema};
use clap::Parser;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use std::time::Duration;
use tempfile::TempDir;
use yui::config::Settings;
use yui::context::RequestContext;
use yui::database::Databases;
use yui::error::{Error, Result};
use yui::server::State;

pub struct Query;
pub struct Mutation;
pub struct Thing;
pub struct Page;

#[Object]
impl Page {
    async fn nodes(&self) -> Vec<Thing> {
        vec![Thing]
    }
}

#[Object]
impl Thing {
    async fn name(&self) -> &str {
        "結"
    }
    async fn thing(&self) -> Thing {
        Thing
    }
    async fn things(&self, first: Option<i32>, last: Option<i32>) -> Page {
        let _ = (first, last);
        Page
    }
    async fn broken(&self) -> async_graphql::Result<bool> {
        Err("SELECT secret FROM resource".into())
    }
}

#[Object]
impl Query {
    async fn thing(&self) -> Thing {
        Thing
    }
    async fn things(&self, first: Option<i32>, last: Option<i32>) -> Page {
        let _ = (first, last);
        Page
    }
    async fn nodes(&self, ids: Vec<async_graphql::ID>) -> Vec<Thing> {
        ids.iter().map(|_| Thing).collect()
    }
    async fn day(&self, date: chrono::NaiveDate) -> String {
        date.to_string()
    }
    async fn echo(&self, text: String) -> String {
        text
    }
    async fn database(&self, ctx: &Context<'_>) -> Result<bool> {
        RequestContext::of(ctx).db().execute_unprepared("SELECT 1").await?;
        Ok(true)
    }
    async fn slow(&self) -> bool {
        tokio::time::sleep(Duration::from_secs(60)).await;
        true
    }
    async fn panics(&self) -> bool {
        assert!(std::hint::black_box(false), "the secret of the resolver");
        true
    }
    async fn refused(&self) -> Result<bool> {
        Err(Error::Forbidden)
    }
}

#[Object]
impl Mutation {
    async fn put(&self) -> bool {
        true
    }
}

/// Settings as the command line would give them.
pub fn settings(flags: &[&str]) -> Settings {
    #[derive(Parser)]
    struct Cli {
        #[command(flatten)]
        settings: Settings,
    }
    Cli::parse_from(["yui"].iter().chain(flags)).settings
}

/// One server with its own database.
pub struct Server {
    state: State,
    pub databases: Databases,
    _folder: TempDir,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
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

impl Server {
    pub async fn start(flags: &[&str]) -> Self {
        let folder = TempDir::new().unwrap();
        let settings = settings(flags);
        let file = folder.path().join("yui.db").display().to_string();
        let databases = Databases::connect_with_limit(&file, settings.operation_timeout).await.unwrap();
        databases.migrate().await.unwrap();
        let schema = Schema::new(Query, Mutation, EmptySubscription);
        Self { state: State::with_schema(schema, databases.clone(), &settings), databases, _folder: folder }
    }

    /// Sends any request through the whole App.
    pub async fn send(&self, request: TestRequest) -> Answer {
        let app = test::init_service(yui::server::app(self.state.clone())).await;
        let response: ServiceResponse<BoxBody> =
            app.call(request.to_request()).await.unwrap().map_into_boxed_body();
        let (status, headers) = (response.status(), response.headers().clone());
        let body = actix_web::body::to_bytes(response.into_body()).await.unwrap_or_default();
        Answer { status, headers, body: String::from_utf8_lossy(&body).into_owned() }
    }

    /// Reads an address.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(TestRequest::default().method(Method::GET).uri(path)).await
    }

    /// Executes a document, answered with the strict media type.
    pub async fn ask(&self, query: &str) -> Answer {
        self.ask_with(query, json!({})).await
    }

    /// Executes a document with variables.
    pub async fn ask_with(&self, query: &str, variables: Value) -> Answer {
        let request = strict().set_json(json!({ "query": query, "variables": variables }));
        self.send(request).await
    }
}

/// A POST that understands the strict media type.
pub fn strict() -> TestRequest {
    TestRequest::post().uri("/graphql").insert_header(("accept", "application/graphql-response+json"))
}
