//! `yui migrate`: the steps between the database's version and this program's.

use super::Failure;
use super::upgrade::{self, upgrade};
use crate::database::Databases;
use clap::Args;
use japan::clock::Clock;
use std::process::ExitCode;

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Change nothing: list the steps that are missing and end with status 1 when there are any
    #[arg(long)]
    check: bool,
}

pub(super) async fn run(database: &str, arguments: &Arguments, clock: Clock) -> Result<ExitCode, Failure> {
    let databases = Databases::connect(database).await?;
    let code = if arguments.check { check(&databases).await? } else { apply(&databases, clock).await? };
    databases.close().await?;
    Ok(code)
}

async fn check(databases: &Databases) -> Result<ExitCode, Failure> {
    let missing = upgrade::missing(databases).await?;
    for step in &missing {
        println!("missing: {step}");
    }
    if missing.is_empty() {
        println!("The database is up to date.");
    }
    Ok(ExitCode::from(u8::from(!missing.is_empty())))
}

async fn apply(databases: &Databases, clock: Clock) -> Result<ExitCode, Failure> {
    let done = upgrade(databases, clock).await?;
    for step in done.steps {
        println!("applied: {step}");
    }
    if done.closed > 0 {
        println!(
            "closed because it may be private: {} (listed by 'yui review' and 'yui audit')",
            done.closed
        );
    }
    println!("The database is up to date.");
    Ok(ExitCode::SUCCESS)
}
