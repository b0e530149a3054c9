//! The graph for a viewer with roles, without HTTP and without a token.

use super::App;
use async_graphql::{Request, Variables};
use chrono::NaiveDate;
use serde_json::{Value, json};
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use yui::audit::Occasion;
use yui::auth::{Credential, Identity, Permissions, Role, Viewer};
use yui::context::RequestContext;
use yui::schema::{self, YuiSchema};

/// Asks the graph of an App as one viewer.
#[derive(Clone)]
pub struct Seen<'a> {
    app: &'a App,
    viewer: Viewer,
}

/// A viewer with roles, for districts by key.
pub fn holding(roles: &[Role], districts: &[i64]) -> Viewer {
    known(Permissions {
        roles: roles.iter().copied().collect(),
        districts: districts.to_vec(),
        ..Permissions::public(crate::support::clock::today())
    })
}

/// A member of an organization by key, without any role.
pub fn member(organization: i64) -> Viewer {
    known(Permissions {
        organization: Some(organization),
        ..Permissions::public(crate::support::clock::today())
    })
}

/// The same viewer on another day.
pub fn on(viewer: &Viewer, day: NaiveDate) -> Viewer {
    let noon = day.and_time(chrono::NaiveTime::MIN).and_utc() + chrono::TimeDelta::hours(3);
    let clock = japan::clock::Clock::at(noon);
    let permissions = Permissions { day, ..Permissions::clone(viewer.permissions()) };
    match viewer.identity() {
        Some(identity) => Viewer::known(identity.clone(), permissions, clock),
        None => Viewer::known(identity("visitor"), permissions, clock),
    }
}

fn known(permissions: Permissions) -> Viewer {
    Viewer::known(identity("見本 花子"), permissions, crate::support::clock::clock())
}

fn identity(subject: &str) -> Identity {
    Identity {
        subject: Arc::from(subject),
        credential: Credential::IdentityProvider { issuer: Arc::from("tests"), ends_at: i64::MAX },
        name: None,
        token_id: None,
        organization: None,
        district_codes: Vec::new(),
    }
}

impl<'a> Seen<'a> {
    pub(super) fn new(app: &'a App, viewer: Viewer) -> Self {
        Self { app, viewer }
    }

    /// The whole answer to a document: `data`, and `errors` if there are any.
    pub async fn ask(&self, query: &str) -> Value {
        self.ask_with(query, json!({})).await
    }

    /// The whole answer to a document with variables.
    pub async fn ask_with(&self, query: &str, variables: Value) -> Value {
        static SCHEMA: LazyLock<YuiSchema> = LazyLock::new(schema::build);
        self.app.look_again().await;
        let context = RequestContext::new(
            self.app.databases(),
            self.app.pictures().clone(),
            self.app.keys().clone(),
            self.viewer.clone(),
            Occasion::default(),
            tokio::time::Instant::now() + Duration::from_secs(10),
        );
        let request = Request::new(query).variables(Variables::from_json(variables)).data(context);
        serde_json::to_value(SCHEMA.execute(request).await).expect("an answer is JSON")
    }

    /// The data of an answer that must not hold errors.
    pub async fn data(&self, query: &str) -> Value {
        self.data_with(query, json!({})).await
    }

    /// The data of an answer to a document with variables; it must not hold errors.
    pub async fn data_with(&self, query: &str, variables: Value) -> Value {
        let mut answer = self.ask_with(query, variables).await;
        assert!(answer.get("errors").is_none(), "{query}\nanswered {answer:#}");
        answer["data"].take()
    }

    /// The codes of the errors of an answer, each with its path.
    pub async fn errors(&self, query: &str) -> Vec<(String, String)> {
        let answer = self.ask(query).await;
        let error = |error: &Value| {
            let path = error["path"].as_array().map(Vec::as_slice).unwrap_or_default();
            let path: Vec<String> = path.iter().map(|step| step.to_string().replace('"', "")).collect();
            (error["extensions"]["code"].as_str().unwrap_or("none").to_owned(), path.join("."))
        };
        answer["errors"].as_array().map(|all| all.iter().map(error).collect()).unwrap_or_default()
    }
}
