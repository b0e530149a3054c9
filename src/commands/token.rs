//! `yui token`: API tokens, revocation of tokens of an identity provider, and rotation of the signing keys.

use super::{Failure, keys, output, people};
use crate::accounts::inputs;
use crate::api_tokens::ApiToken;
use crate::api_tokens::store::{self, Draft};
use crate::audit::Author;
use crate::auth::{Role, signing};
use crate::config::KeySettings;
use crate::database::Databases;
use crate::id::{NodeId, NodeType};
use crate::terms::Labelled;
use async_graphql::ID;
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use japan::clock::Clock;
use std::process::ExitCode;

#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// Make a token for a program of an organization, and print it; it is shown only now
    Issue(Issue),
    /// List all tokens of programs
    List,
    /// Take a token back: a program's by its id, or one of the identity provider by issuer and id
    Revoke(Revoke),
    /// Sign access tokens with a new key from now on; what the old keys have signed is taken for another day
    RotateKey(KeySettings),
}

#[derive(Args, Debug)]
struct Issue {
    /// What the token is for
    #[arg(long)]
    name: String,
    #[command(flatten)]
    standing: people::GrantArguments,
    /// The last day on which it is taken, 2027-03-31; without it, it lasts until it is revoked
    #[arg(long, value_name = "DATE")]
    expires: Option<NaiveDate>,
}

#[derive(Args, Debug)]
struct Revoke {
    /// Id of the token, as 'yui token list' prints it
    #[arg(required_unless_present = "jti", conflicts_with_all = ["issuer", "jti"])]
    id: Option<String>,
    /// Who made the token (its claim 'iss'), when it is one of the identity provider
    #[arg(long, requires = "jti", value_name = "ISS")]
    issuer: Option<String>,
    /// Its id (its claim 'jti')
    #[arg(long, requires = "issuer", value_name = "ID")]
    jti: Option<String>,
}

pub(super) async fn run(database: &str, arguments: &Arguments, clock: Clock) -> Result<ExitCode, Failure> {
    if let What::RotateKey(settings) = &arguments.what {
        return rotate(settings, database, clock);
    }
    let databases = match arguments.what {
        What::Issue(_) => people::open(database).await?,
        _ => people::open_existing(database).await?,
    };
    match &arguments.what {
        What::Issue(issue) => issue_one(&databases, issue, clock).await?,
        What::List => list(&databases, clock).await?,
        What::Revoke(revoke) => revoke_one(&databases, revoke, clock).await?,
        What::RotateKey(_) => (),
    }
    databases.close().await?;
    Ok(ExitCode::SUCCESS)
}

fn rotate(settings: &KeySettings, database: &str, clock: Clock) -> Result<ExitCode, Failure> {
    if settings.secret.is_some() {
        return Err(Failure::setting(
            "The key is in YUI_SIGNING_KEY. Write the new one there before the old one, with a space between \
             them, and start every instance anew.",
        ));
    }
    let file = keys::file(settings, database);
    signing::create(&file, clock)?;
    signing::rotate(&file, clock)?;
    eprintln!("{} has a new key. Running servers notice it by themselves.", file.display());
    Ok(ExitCode::SUCCESS)
}

async fn issue_one(databases: &Databases, issue: &Issue, clock: Clock) -> Result<(), Failure> {
    let draft = Draft {
        name: inputs::name(&issue.name)?,
        standing: issue.standing.checked()?,
        expires_on: issue.expires,
    };
    let tx = databases.begin_write().await?;
    let (token, text) = store::create(&tx, &Author::command_line(), draft).await?;
    tx.commit().await?;
    eprintln!("{} It is shown only now.", line(&token, clock));
    output::tell(&text);
    Ok(())
}

async fn list(databases: &Databases, clock: Clock) -> Result<(), Failure> {
    let tokens = store::all(&databases.read).await.map_err(people::failed)?;
    let lines: Vec<_> = tokens.iter().map(|token| line(token, clock)).collect();
    output::tell(&lines.join("\n"));
    Ok(())
}

fn line(token: &ApiToken, clock: Clock) -> String {
    let state = token.state_at(clock.now_ms()).code();
    let roles: Vec<_> = token.role_set().iter().map(Role::code).collect();
    format!("{}  {state:7}  {}  {}", token.node_id().text(), roles.join(","), token.purpose())
}

async fn revoke_one(databases: &Databases, revoke: &Revoke, clock: Clock) -> Result<(), Failure> {
    let (tx, author) = (databases.begin_write().await?, Author::command_line());
    if let (Some(issuer), Some(token_id)) = (&revoke.issuer, &revoke.jti) {
        store::refuse(&tx, &author, issuer, token_id).await?;
        tx.commit().await?;
        eprintln!("The token {token_id} of {issuer} is refused from now on.");
        return Ok(());
    }
    let id = revoke.id.clone().unwrap_or_default();
    let Ok(NodeId { node: NodeType::ApiToken, uuid }) = NodeId::parse(&ID(id), "id") else {
        return Err(Failure::setting("This is not the id of a token. 'yui token list' prints the ids."));
    };
    let token = store::revoke(&tx, &author, uuid).await?;
    tx.commit().await?;
    output::tell(&line(&token, clock));
    Ok(())
}
