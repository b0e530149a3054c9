//! A graph that sleeps, panics and fails on demand.

use crate::support::App;
use async_graphql::{Context, EmptySubscription, Object, Schema};
use sea_orm::ConnectionTrait;
use std::time::Duration;
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
    App::serving(flags, |databases, settings| State::with_schema(graph, databases, settings)).await
}
