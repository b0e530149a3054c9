//! Prints every statement behind some GraphQL requests and how SQLite finds its rows; fails when a
//! large table is read from end to end.
//!
//! Standard input has one request per line: a name, a tab, the JSON body. The requests are executed
//! by the graph itself and the statements taken where sea-orm sends them, so that what is explained
//! is what is run.

use async_graphql::{Request, Variables};
use japan::clock::Clock;
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use std::collections::HashSet;
use std::error::Error;
use std::io::BufRead;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use yui::audit::Occasion;
use yui::auth::row_scope::WithoutViewer;
use yui::auth::signing::SigningKeys;
use yui::auth::{Credential, Role, Shown, Standing, Viewer};
use yui::context::RequestContext;
use yui::database::Databases;
use yui::picture::Pictures;
use yui::schema;

/// A table of fewer rows may be read from end to end.
const LARGE: i64 = 10_000;
const LIMIT: std::time::Duration = std::time::Duration::from_secs(60);

type Failure = Box<dyn Error + Send + Sync>;

#[tokio::main]
#[expect(clippy::disallowed_methods, reason = "a command begins")]
async fn main() -> Result<ExitCode, Failure> {
    let database = std::env::args().nth(1).ok_or("usage: bench_plans DATABASE < REQUESTS")?;
    let clock = Clock::read();
    let plain = Databases::connect(&database).await?;
    let mut watched = plain.clone();
    let seen: Arc<Mutex<Vec<Statement>>> = Arc::default();
    let noting = Arc::clone(&seen);
    watched.read.set_metric_callback(move |info| {
        noting.lock().unwrap_or_else(PoisonError::into_inner).push(info.statement.clone());
    });
    let tables = large_tables(&plain.read).await?;
    let schema = schema::build();
    let mut scans = 0;
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (name, body) = line.split_once('\t').ok_or("a line has no tab")?;
        println!("\n== {name}");
        let viewer =
            if name.starts_with('R') { professional(&plain, clock).await? } else { Viewer::public(clock) };
        let answer = schema.execute(request(body, &watched, viewer)?).await;
        if !answer.errors.is_empty() {
            return Err(format!("{name}: {:?}", answer.errors).into());
        }
        let statements = std::mem::take(&mut *seen.lock().unwrap_or_else(PoisonError::into_inner));
        for statement in statements {
            scans += explain(&plain.read, &statement, &tables).await?;
        }
    }
    println!("\n{scans} full scan(s) of a large table");
    Ok(if scans == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Somebody of the office that reads the liaison sheets of the benchmark.
#[expect(clippy::disallowed_methods, reason = "the viewer is made here")]
async fn professional(databases: &Databases, clock: Clock) -> Result<Viewer, Failure> {
    let standing = Standing {
        roles: [Role::CareProfessional].into_iter().collect(),
        organization_code: Some("BENCH".to_owned()),
        district_codes: Vec::new(),
    };
    let shown =
        Shown { subject: "bench".into(), credential: Credential::ApiToken, name: None, token_id: None };
    Ok(standing.viewer(&WithoutViewer::of(&databases.read), shown, clock).await?)
}

fn request(body: &str, databases: &Databases, viewer: Viewer) -> Result<Request, Failure> {
    let mut body: serde_json::Value = serde_json::from_str(body)?;
    let query = body.get("query").and_then(|query| query.as_str()).ok_or("a body has no query")?.to_owned();
    let variables = body.get_mut("variables").map(serde_json::Value::take).unwrap_or_default();
    let keys = SigningKeys::of_setting("a key that signs nothing and is long enough")
        .map_err(|cause| cause.to_string())?;
    let context = RequestContext::new(
        databases,
        Pictures::of(databases.clone()),
        keys,
        viewer,
        Occasion::default(),
        tokio::time::Instant::now() + LIMIT,
    );
    Ok(Request::new(query).variables(Variables::from_json(variables)).data(context))
}

/// The large tables; a virtual table and a list of values are read differently.
async fn large_tables(db: &DatabaseConnection) -> Result<HashSet<String>, Failure> {
    let backend = db.get_database_backend();
    let sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'resource_search%'";
    let mut large = HashSet::new();
    for row in db.query_all_raw(Statement::from_string(backend, sql)).await? {
        let table: String = row.try_get_by_index(0)?;
        let count = Statement::from_string(backend, format!("SELECT COUNT(*) FROM \"{table}\""));
        let count = db.query_one_raw(count).await?.ok_or("COUNT(*) gave no row")?;
        if count.try_get_by_index::<i64>(0)? >= LARGE {
            large.insert(table);
        }
    }
    Ok(large)
}

/// Prints a statement and its plan, and counts the large tables it reads from end to end.
async fn explain(
    db: &DatabaseConnection,
    statement: &Statement,
    tables: &HashSet<String>,
) -> Result<usize, Failure> {
    println!("\n{}", shortened(&statement.sql));
    let mut explained = statement.clone();
    explained.sql = format!("EXPLAIN QUERY PLAN {}", statement.sql);
    let mut scans = 0;
    for row in db.query_all_raw(explained).await? {
        let detail: String = row.try_get("", "detail")?;
        let scanned = detail.strip_prefix("SCAN ").and_then(|rest| rest.split(' ').next());
        let full = scanned.is_some_and(|table| tables.contains(table));
        scans += usize::from(full);
        println!("   {}{detail}", if full { "FULL SCAN: " } else { "" });
    }
    Ok(scans)
}

/// A statement with a hundred keys says no more than one with two.
fn shortened(sql: &str) -> String {
    let (few, row) = ("?, ?, ", "(?, ?), ");
    let mut text = sql.to_owned();
    for repeated in [few, row] {
        while text.contains(&repeated.repeat(2)) {
            text = text.replace(&repeated.repeat(2), repeated);
        }
    }
    text
}
