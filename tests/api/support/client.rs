//! Clients: the name of the method that makes a client says who the viewer is.

use super::{Answer, App, strict};
use serde_json::{Value, json};

/// Asks an App as one viewer.
#[derive(Clone)]
pub struct Client<'a> {
    app: &'a App,
    token: Option<String>,
}

impl<'a> Client<'a> {
    pub(super) fn new(app: &'a App, token: Option<String>) -> Self {
        Self { app, token }
    }

    /// Everything that came back for a document with variables.
    pub async fn send(&self, query: &str, variables: Value) -> Answer {
        let mut request = strict().set_json(json!({ "query": query, "variables": variables }));
        if let Some(token) = &self.token {
            request = request.insert_header(("authorization", format!("Bearer {token}")));
        }
        self.app.send(request).await
    }

    /// The whole answer to a document: `data`, and `errors` if there are any.
    pub async fn ask(&self, query: &str) -> Value {
        self.ask_with(query, json!({})).await
    }

    /// The whole answer to a document with variables.
    pub async fn ask_with(&self, query: &str, variables: Value) -> Value {
        self.send(query, variables).await.json()
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
}
