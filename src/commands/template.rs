//! `yui template`: an empty list for a city to fill in, and the questionnaire for medical institutions.

use super::upgrade::upgrade;
use super::{Failure, output};
use crate::database::Databases;
use crate::import::formats::Format;
use crate::import::tables::questionnaire::outgoing::questionnaire;
use crate::import::template::{self, Form};
use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use japan::clock::Clock;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const OWNER_ONLY: u32 = 0o600;
/// Mode of files without data, before the umask.
const EVERYBODY: u32 = 0o666;

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Which list: 通いの場, 支え合い活動, 介護保険外サービス, 相談窓口, 平時の連絡窓口, 退院調整担当者, 受け入れ施設, 配布先; liaison: 連携シート調査票
    #[arg(value_name = "KIND", value_parser = PossibleValuesParser::new(kinds()))]
    kind: String,
    /// CSV or an Excel workbook with menus; without it, what the name after --out says, else CSV
    // The logs of every command have a `format` of their own.
    #[arg(long = "format", value_name = "KIND OF FILE", value_enum)]
    file_kind: Option<FileKind>,
    /// File to write, which must not exist yet; without it a CSV goes to standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Of the questionnaire: for this medical institution (医療機関番号, 06:0629900000001), also several times;
    /// without it for all that have a liaison sheet
    #[arg(long = "institution", value_name = "NUMBER")]
    institutions: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FileKind {
    /// A text that every spreadsheet opens
    Csv,
    /// An Excel workbook with menus
    Xlsx,
}

fn kinds() -> impl Iterator<Item = &'static str> {
    template::names().chain([Format::Liaison.profile().name])
}

pub(super) async fn run(database: &str, arguments: &Arguments, clock: Clock) -> Result<ExitCode, Failure> {
    let kind = kind(arguments);
    if kind == FileKind::Xlsx && arguments.out.is_none() {
        return Err(Failure::setting("An Excel workbook needs a file: add --out FILE.xlsx."));
    }
    let form = form(database, arguments, clock).await?;
    let content = match kind {
        FileKind::Csv => form.csv(),
        FileKind::Xlsx => form.xlsx(),
    };
    let content = content.map_err(|cause| Failure::internal("The list could not be made", cause))?;
    match &arguments.out {
        Some(file) => create(file, &content, Format::named(&arguments.kind) == Some(Format::Liaison))?,
        None => output::print("list", &content)?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn form(database: &str, arguments: &Arguments, clock: Clock) -> Result<Form, Failure> {
    match Format::named(&arguments.kind) {
        Some(Format::Liaison) => filled_in(database, &arguments.institutions, clock).await,
        _ if !arguments.institutions.is_empty() => {
            Err(Failure::setting("--institution belongs to the questionnaire: yui template liaison."))
        }
        Some(list) => {
            Form::empty(list).map_err(|cause| Failure::internal("The list could not be made", cause))
        }
        None => Err(Failure::setting(format!("There is no list 「{}」.", arguments.kind))),
    }
}

async fn filled_in(database: &str, institutions: &[String], clock: Clock) -> Result<Form, Failure> {
    let databases = Databases::connect_existing(database).await?;
    upgrade(&databases, clock).await?;
    let form = questionnaire(&databases, institutions, clock.today()).await?;
    databases.close().await?;
    form.map_err(Failure::setting)
}

fn kind(arguments: &Arguments) -> FileKind {
    let named = arguments.out.as_deref().and_then(Path::extension);
    let is_workbook = named.is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx"));
    let else_kind = if is_workbook { FileKind::Xlsx } else { FileKind::Csv };
    arguments.file_kind.unwrap_or(else_kind)
}

/// Creates the file; an existing one is never overwritten. A file that holds data is readable by its owner
/// only.
fn create(file: &Path, content: &[u8], holds_data: bool) -> Result<(), Failure> {
    let mode = if holds_data { OWNER_ONLY } else { EVERYBODY };
    let written = OpenOptions::new().write(true).create_new(true).mode(mode).open(file);
    match written.and_then(|mut file| file.write_all(content)) {
        Ok(()) => Ok(()),
        Err(cause) if cause.kind() == ErrorKind::AlreadyExists => {
            let name = file.display();
            Err(Failure::setting(format!(
                "{name} exists already. Choose another name, so that nothing is lost."
            )))
        }
        Err(cause) => Err(Failure::internal(&format!("{} could not be written", file.display()), cause)),
    }
}
