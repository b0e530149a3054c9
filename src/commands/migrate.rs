//! `yui migrate`: the steps between the database's version and this program's.

use super::Failure;
use crate::database::Databases;
use clap::Args;
use std::process::ExitCode;

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Change nothing: list the steps that are missing and end with status 1 when there are any
    #[arg(long)]
    check: bool,
}

pub(super) async fn run(database: &str, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let databases = Databases::connect(database).await?;
    let code = if arguments.check { check(&databases).await? } else { apply(&databases).await? };
    databases.close().await?;
    Ok(code)
}

async fn check(databases: &Databases) -> Result<ExitCode, Failure> {
    let missing = databases.pending_migrations().await?;
    for step in &missing {
        println!("missing: {step}");
    }
    if missing.is_empty() {
        println!("The database is up to date.");
    }
    Ok(ExitCode::from(u8::from(!missing.is_empty())))
}

async fn apply(databases: &Databases) -> Result<ExitCode, Failure> {
    for step in databases.migrate().await? {
        println!("applied: {step}");
    }
    println!("The database is up to date.");
    Ok(ExitCode::SUCCESS)
}
