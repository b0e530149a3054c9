//! State shared by all requests of the process: the schema, the databases, the authenticator, the limits.

use super::budget::{Address, Budgets, Proxies};
use super::document::{Catalogue, Documents};
use super::health::Sdl;
use super::persisted::PersistedQueries;
use super::public::PublicAnswers;
use crate::auth::Authenticator;
use crate::config::{Origin, Settings};
use crate::database::Databases;
use crate::picture::Pictures;
use crate::schema;
use actix_web::HttpRequest;
use actix_web::http::header::HeaderName;
use async_graphql::{ObjectType, Request, Response, Schema, SubscriptionType};
use futures_util::future::BoxFuture;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

type Execute = dyn Fn(Request) -> BoxFuture<'static, Response> + Send + Sync;

/// Cheap to clone: one per worker.
#[derive(Clone)]
pub struct State(Arc<Shared>);

struct Shared {
    graph: Arc<Graph>,
    documents: Documents,
    persisted: PersistedQueries,
    public: PublicAnswers,
    budgets: Budgets,
    proxies: Proxies,
    databases: Databases,
    pictures: Pictures,
    authenticator: Authenticator,
    cors_origins: Vec<Origin>,
    cors_headers: Vec<HeaderName>,
    operation_timeout: Duration,
}

/// An executable schema, independent of the database, with its catalogue for the limits and its SDL.
struct Graph {
    execute: Box<Execute>,
    /// Whether it is Yui's own, for which there are plans.
    is_own: bool,
    catalogue: Catalogue,
    sdl: Sdl,
}

/// Yui's own graph, made once: it takes long to build and to read.
static OWN: LazyLock<Arc<Graph>> =
    LazyLock::new(|| Arc::new(Graph { is_own: true, ..Graph::of(schema::build()) }));

impl Graph {
    fn of<Q, M, S>(schema: Schema<Q, M, S>) -> Self
    where
        Q: ObjectType + 'static,
        M: ObjectType + 'static,
        S: SubscriptionType + 'static,
    {
        let sdl = schema.sdl();
        Self {
            catalogue: Catalogue::of(&sdl),
            sdl: Sdl::new(sdl),
            is_own: false,
            execute: Box::new(move |request| {
                let schema = schema.clone();
                Box::pin(async move { schema.execute(request).await })
            }),
        }
    }
}

impl State {
    /// Serves Yui's own graph.
    pub fn new(databases: Databases, settings: &Settings, authenticator: Authenticator) -> Self {
        Self::with_graph(Arc::clone(&OWN), databases, settings, authenticator)
    }

    /// Serves another graph; tests use one that panics, sleeps and fails.
    pub fn with_schema<Q, M, S>(
        schema: Schema<Q, M, S>,
        databases: Databases,
        settings: &Settings,
        authenticator: Authenticator,
    ) -> Self
    where
        Q: ObjectType + 'static,
        M: ObjectType + 'static,
        S: SubscriptionType + 'static,
    {
        Self::with_graph(Arc::new(Graph::of(schema)), databases, settings, authenticator)
    }

    fn with_graph(
        graph: Arc<Graph>,
        databases: Databases,
        settings: &Settings,
        authenticator: Authenticator,
    ) -> Self {
        Self(Arc::new(Shared {
            documents: Documents::default(),
            persisted: PersistedQueries::default(),
            public: PublicAnswers::new(settings.public_max_age),
            budgets: Budgets::new(settings),
            pictures: Pictures::of(databases.clone()),
            proxies: Proxies::new(settings.trusted_proxies.clone()),
            databases,
            authenticator,
            cors_origins: settings.cors_origins.clone(),
            cors_headers: settings.cors_headers.clone(),
            operation_timeout: settings.operation_timeout,
            graph,
        }))
    }

    pub(super) fn execute(&self, request: Request) -> BoxFuture<'static, Response> {
        (self.0.graph.execute)(request)
    }

    pub(super) fn catalogue(&self) -> &Catalogue {
        &self.0.graph.catalogue
    }

    pub(super) fn documents(&self) -> &Documents {
        &self.0.documents
    }

    /// The documents that are known by their hash.
    pub(super) fn persisted(&self) -> &PersistedQueries {
        &self.0.persisted
    }

    /// The answers to the public that are kept.
    pub(super) fn public(&self) -> &PublicAnswers {
        &self.0.public
    }

    pub(super) fn budgets(&self) -> &Budgets {
        &self.0.budgets
    }

    /// The address a request came from, past the proxies of the settings.
    pub(super) fn address(&self, request: &HttpRequest) -> Address {
        self.0.proxies.address(request)
    }

    pub(super) fn sdl(&self) -> &Sdl {
        &self.0.graph.sdl
    }

    pub(super) fn databases(&self) -> &Databases {
        &self.0.databases
    }

    /// Whether the graph is Yui's own, for which there are plans.
    pub(super) fn has_plans(&self) -> bool {
        self.0.graph.is_own
    }

    /// The pictures of the directory.
    pub fn pictures(&self) -> &Pictures {
        &self.0.pictures
    }

    pub(super) fn authenticator(&self) -> &Authenticator {
        &self.0.authenticator
    }

    pub(super) fn cors_origins(&self) -> &[Origin] {
        &self.0.cors_origins
    }

    pub(super) fn cors_headers(&self) -> Vec<HeaderName> {
        self.0.cors_headers.clone()
    }

    pub(super) fn operation_timeout(&self) -> Duration {
        self.0.operation_timeout
    }
}
