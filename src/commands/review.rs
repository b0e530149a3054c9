//! `yui review`: text that is withheld because it looks private, and its release.

use super::upgrade::upgrade;
use super::{Failure, output};
use crate::database::Databases;
use crate::id::{NodeId, NodeType};
use crate::import::review::{self, Release, Withheld};
use crate::terms::Labelled;
use crate::withheld::WithheldReason;
use async_graphql::ID;
use clap::{Args, Subcommand};
use std::process::ExitCode;

#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Subcommand, Debug)]
enum Action {
    /// Show a text again that was read and holds nothing private
    Release {
        /// Id of the resource, as the list shows it
        resource_id: String,
        /// The field, as the list shows it
        field: String,
    },
}

pub(super) async fn run(database: &str, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let databases = Databases::connect_existing(database).await?;
    upgrade(&databases, super::clock()).await?;
    let outcome = match &arguments.action {
        None => list(&databases).await,
        Some(Action::Release { resource_id, field }) => release(&databases, resource_id, field).await,
    };
    databases.close().await?;
    outcome.map(|()| ExitCode::SUCCESS)
}

async fn list(databases: &Databases) -> Result<(), Failure> {
    let all = review::list(databases).await?;
    if all.is_empty() {
        return output::print("list", b"Nothing is withheld.\n");
    }
    let mut text = String::new();
    for held in &all {
        text.push_str(&shown(held));
    }
    text.push_str(&format!(
        "{} withheld. To show one again: yui review release RESOURCE_ID FIELD\n",
        all.len()
    ));
    output::print("list", text.as_bytes())
}

fn shown(held: &Withheld) -> String {
    let reason = WithheldReason::from(held.reason).label();
    let text = held.text.replace('\n', "\n    ");
    format!("{}  {}  {}  {reason}\n    {text}\n", held.name, held.id.text(), held.field)
}

async fn release(databases: &Databases, resource_id: &str, field: &str) -> Result<(), Failure> {
    let nothing = || {
        Failure::new(format!(
            "Nothing is withheld in '{field}' of '{resource_id}'. 'yui review' lists what is."
        ))
    };
    let Ok(NodeId { node: NodeType::Resource(_), uuid }) = NodeId::parse(&ID::from(resource_id), "id") else {
        return Err(nothing());
    };
    if field == review::CONTACT {
        let sentence = "A contact is opened by the consent of its person (recordConsent), not by a release.";
        return Err(Failure::new(sentence.to_owned()));
    }
    match review::release(databases, uuid, field).await? {
        Release::Done => output::print("list", b"Released: it is shown again.\n"),
        Release::WithTheNextFile => output::print(
            "list",
            b"Released: it will be shown once a file about this resource is imported again.\n",
        ),
        Release::NothingThere => Err(nothing()),
    }
}
