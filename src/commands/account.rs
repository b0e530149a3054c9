//! `yui account`: creates the first admin and manages accounts without signing in.

use super::{Failure, output, people};
use crate::accounts::invitations::store::Link;
use crate::accounts::store::{self, Draft};
use crate::accounts::{Account, inputs};
use crate::audit::Author;
use crate::auth::Role;
use crate::database::{Databases, WriteTransaction};
use crate::terms::Labelled;
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
    /// Make an account, and print the link by which its holder sets the password (good once, for seven days)
    Invite(Invite),
    /// Print a new link for an account: for who lost the link, or the password
    Resend(Resend),
    /// List all accounts
    List,
    /// Close an account and end its sessions
    Close {
        /// The mail address of the account
        email: String,
    },
}

#[derive(Args, Debug)]
struct Invite {
    /// The mail address they will sign in with; nothing is sent to it
    #[arg(long)]
    email: String,
    /// Their name
    #[arg(long)]
    name: String,
    #[command(flatten)]
    standing: people::GrantArguments,
    #[command(flatten)]
    service: Service,
}

#[derive(Args, Debug)]
struct Resend {
    /// The mail address of the account
    email: String,
    #[command(flatten)]
    service: Service,
}

#[derive(Args, Debug)]
struct Service {
    /// The address of this service in a browser, as it begins the link
    #[arg(long, env = "YUI_PUBLIC_URL", default_value = "http://127.0.0.1:8080", value_name = "URL")]
    #[arg(value_parser = people::public_url)]
    public_url: String,
}

pub(super) async fn run(database: &str, arguments: &Arguments, clock: Clock) -> Result<ExitCode, Failure> {
    let databases = match arguments.what {
        What::Invite(_) => people::open(database).await?,
        _ => people::open_existing(database).await?,
    };
    match &arguments.what {
        What::Invite(invite) => invite_somebody(&databases, invite).await?,
        What::Resend(resend) => invite_again(&databases, resend).await?,
        What::List => list(&databases, clock).await?,
        What::Close { email } => close(&databases, email, clock).await?,
    }
    databases.close().await?;
    Ok(ExitCode::SUCCESS)
}

async fn invite_somebody(databases: &Databases, invite: &Invite) -> Result<(), Failure> {
    let draft = Draft {
        email: inputs::email(&invite.email)?,
        name: inputs::name(&invite.name)?,
        standing: invite.standing.checked()?,
    };
    let tx = databases.begin_write().await?;
    let (account, link) = store::invite(&tx, &Author::command_line(), draft).await?;
    tx.commit().await?;
    invite.service.show(&account, &link);
    Ok(())
}

async fn invite_again(databases: &Databases, resend: &Resend) -> Result<(), Failure> {
    let tx = databases.begin_write().await?;
    let uuid = find(&tx, &resend.email).await?.node_id().uuid;
    let (account, link) = store::invite_again(&tx, &Author::command_line(), uuid).await?;
    tx.commit().await?;
    resend.service.show(&account, &link);
    Ok(())
}

impl Service {
    fn show(&self, account: &Account, link: &Link) {
        let (holder, address) = (account.holder(), account.address());
        eprintln!("Hand this link to {holder} ({address}). It is good once, for seven days.");
        output::tell(&format!("{}{}", self.public_url, link.path));
    }
}

async fn find(tx: &WriteTransaction, email: &str) -> Result<Account, Failure> {
    let account = store::of_email(tx, &inputs::folded(email)).await.map_err(people::failed)?;
    account.ok_or_else(|| Failure::new(format!("There is no account of {email}.")))
}

async fn list(databases: &Databases, clock: Clock) -> Result<(), Failure> {
    let accounts = store::all(&databases.read).await.map_err(people::failed)?;
    let lines: Vec<_> = accounts.iter().map(|account| line(account, clock)).collect();
    output::tell(&lines.join("\n"));
    Ok(())
}

fn line(account: &Account, clock: Clock) -> String {
    let state = account.state_at(clock.now_ms()).code();
    let roles: Vec<_> = account.role_set().iter().map(Role::code).collect();
    format!("{state:8}  {:30}  {}  {}", account.address(), roles.join(","), account.holder())
}

async fn close(databases: &Databases, email: &str, clock: Clock) -> Result<(), Failure> {
    let tx = databases.begin_write().await?;
    let uuid = find(&tx, email).await?.node_id().uuid;
    let closed = store::close(&tx, &Author::command_line(), uuid, true).await?;
    tx.commit().await?;
    output::tell(&line(&closed, clock));
    Ok(())
}
