//! What every request of this process shares: the graph, the databases, the limits.

use super::document::{Catalogue, Documents};
use super::health::Sdl;
use crate::auth::signing::SigningKeys;
use crate::config::{Origin, Settings};
use crate::database::Databases;
use crate::schema;
use async_graphql::{ObjectType, Request, Response, Schema, SubscriptionType};
use futures_util::future::BoxFuture;
use std::sync::Arc;
use std::time::Duration;

type Execute = dyn Fn(Request) -> BoxFuture<'static, Response> + Send + Sync;

/// Cheap to clone: one per worker.
#[derive(Clone)]
pub struct State(Arc<Shared>);

struct Shared {
    execute: Box<Execute>,
    catalogue: Catalogue,
    documents: Documents,
    sdl: Sdl,
    databases: Databases,
    keys: SigningKeys,
    cors_origins: Vec<Origin>,
    operation_timeout: Duration,
}

impl State {
    /// Serves Yui's own graph.
    pub fn new(databases: Databases, keys: SigningKeys, settings: &Settings) -> Self {
        Self::with_schema(schema::build(), databases, keys, settings)
    }

    /// Serves another graph; tests use one that panics, sleeps and fails.
    pub fn with_schema<Q, M, S>(
        schema: Schema<Q, M, S>,
        databases: Databases,
        keys: SigningKeys,
        settings: &Settings,
    ) -> Self
    where
        Q: ObjectType + 'static,
        M: ObjectType + 'static,
        S: SubscriptionType + 'static,
    {
        let sdl = schema.sdl();
        Self(Arc::new(Shared {
            catalogue: Catalogue::of(&sdl),
            documents: Documents::default(),
            sdl: Sdl::new(sdl),
            execute: Box::new(move |request| {
                let schema = schema.clone();
                Box::pin(async move { schema.execute(request).await })
            }),
            databases,
            keys,
            cors_origins: settings.cors_origins.clone(),
            operation_timeout: settings.operation_timeout,
        }))
    }

    pub(super) fn execute(&self, request: Request) -> BoxFuture<'static, Response> {
        (self.0.execute)(request)
    }

    pub(super) fn catalogue(&self) -> &Catalogue {
        &self.0.catalogue
    }

    pub(super) fn documents(&self) -> &Documents {
        &self.0.documents
    }

    pub(super) fn sdl(&self) -> &Sdl {
        &self.0.sdl
    }

    pub(super) fn databases(&self) -> &Databases {
        &self.0.databases
    }

    pub(super) fn keys(&self) -> &SigningKeys {
        &self.0.keys
    }

    pub(super) fn cors_origins(&self) -> &[Origin] {
        &self.0.cors_origins
    }

    pub(super) fn operation_timeout(&self) -> Duration {
        self.0.operation_timeout
    }
}
