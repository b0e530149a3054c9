//! A graph that sleeps, panics and fails on demand.

use crate::support::App;
use async_graphql::{Context, EmptySubscription, Object, Schema};
use sea_orm::ConnectionTrait;
use std::sync::LazyLock;
use std::time::{Duration, Instant};
use yui::context::RequestContext;
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

/// The App on this graph, with settings as the command line gives them.
pub async fn serve(flags: &[&str]) -> App {
    let graph = Schema::new(Query, Mutation, EmptySubscription);
    App::serving(flags, |databases, keys, settings| State::with_schema(graph, databases, keys, settings))
        .await
}

/// How long this thread has worked: a machine that is busy with something else changes nothing.
pub struct Work {
    began: Duration,
}

impl Work {
    pub fn begin() -> Self {
        Self { began: thread_time() }
    }

    pub fn done(&self) -> Duration {
        thread_time() - self.began
    }
}

/// Time on a processor, as Linux tells it; elsewhere the time of day.
fn thread_time() -> Duration {
    static BEGAN: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.as_deref().and_then(|told| told.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| BEGAN.elapsed(), Duration::from_nanos)
}
