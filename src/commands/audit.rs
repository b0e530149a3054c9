//! `yui audit export`: the entries of the audit, for the city's archive.

use super::Failure;
use crate::audit;
use crate::audit::terms::AuditKind;
use crate::auth::{Role, Roles};
use crate::database::Databases;
use crate::scalars::DateTime;
use crate::terms::Labelled;
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use entity::audit_entry::Model;
use futures_util::{StreamExt, pin_mut};
use japan::clock::end_of_ms;
use serde_json::{Value, json};
use std::fs::OpenOptions;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Write the entries of the audit as JSON, one per line, oldest first
    Export(Export),
}

#[derive(Args, Debug)]
struct Export {
    /// Only entries from this day on (Japanese time)
    #[arg(long, value_name = "DATE")]
    since: Option<NaiveDate>,
    /// File to write, which must not exist yet; without it the entries go to standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(super) async fn run(database: &str, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let Command::Export(export) = &arguments.command;
    let databases = Databases::connect_existing(database).await?;
    let written = write(&databases, export).await;
    databases.close().await?;
    let count = written?;
    if let Some(file) = &export.out {
        eprintln!("{count} entries written to {}", file.display());
    }
    Ok(ExitCode::SUCCESS)
}

async fn write(databases: &Databases, export: &Export) -> Result<u64, Failure> {
    let mut out = BufWriter::new(target(export)?);
    let failed = |cause: io::Error| Failure::internal("The entries could not be written", cause);
    let entries = audit::all(&databases.read, export.since.map_or(0, midnight)).await?;
    pin_mut!(entries);
    let mut count = 0;
    while let Some(entry) = entries.next().await {
        writeln!(out, "{}", line(entry?)).map_err(failed)?;
        count += 1;
    }
    out.flush().map_err(failed)?;
    Ok(count)
}

/// The target of the export. An existing file is never overwritten; the new one is readable by its owner
/// only.
fn target(export: &Export) -> Result<Box<dyn Write>, Failure> {
    let Some(file) = &export.out else { return Ok(Box::new(io::stdout())) };
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let opened = options.open(file);
    let opened =
        opened.map_err(|cause| Failure::setting(format!("{} cannot be written: {cause}", file.display())))?;
    Ok(Box::new(opened))
}

fn midnight(day: NaiveDate) -> i64 {
    day.pred_opt().map_or(i64::MIN, end_of_ms)
}

fn line(entry: Model) -> Value {
    let parsed = |text: Option<String>| text.and_then(|text| serde_json::from_str::<Value>(&text).ok());
    let roles: Vec<&str> = Roles::of_number(entry.roles).iter().map(Role::code).collect();
    json!({
        "at": DateTime::of_ms(entry.at).0.to_rfc3339(),
        "kind": AuditKind::from(entry.kind).code(),
        "subject": entry.subject,
        "roles": roles,
        "organizationCode": entry.organization_code,
        "tokenId": entry.token_id,
        "action": entry.action,
        "operation": entry.operation,
        "requestId": entry.request_id,
        "things": parsed(Some(entry.things)),
        "before": parsed(entry.before),
        "after": parsed(entry.after),
    })
}
