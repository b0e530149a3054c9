//! `yui template`: an empty list for a city to fill in.

use super::{Failure, output};
use crate::exchange::formats::Format;
use crate::exchange::template;
use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Which list: 通いの場, 支え合い活動, 介護保険外サービス, 相談窓口, 平時の連絡窓口, 退院調整担当者, 受け入れ施設 or 配布先
    #[arg(value_name = "KIND", value_parser = PossibleValuesParser::new(template::names()))]
    kind: String,
    /// CSV or an Excel workbook with menus; without it, what the name after --out says, else CSV
    // The logs of every command have a `format` of their own.
    #[arg(long = "format", value_name = "KIND OF FILE", value_enum)]
    file_kind: Option<FileKind>,
    /// File to write, which must not exist yet; without it a CSV goes to standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FileKind {
    /// A text that every spreadsheet opens
    Csv,
    /// An Excel workbook with menus
    Xlsx,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let list = Format::named(&arguments.kind)
        .ok_or_else(|| Failure::setting(format!("There is no list 「{}」.", arguments.kind)))?;
    let content = match kind(arguments) {
        FileKind::Csv => template::csv(list),
        FileKind::Xlsx if arguments.out.is_none() => {
            return Err(Failure::setting("An Excel workbook needs a file: add --out FILE.xlsx."));
        }
        FileKind::Xlsx => template::xlsx(list),
    };
    let content = content.map_err(|cause| Failure::internal("The list could not be made", cause))?;
    match &arguments.out {
        Some(file) => create(file, &content)?,
        None => output::print("list", &content)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn kind(arguments: &Arguments) -> FileKind {
    let named = arguments.out.as_deref().and_then(Path::extension);
    let is_workbook = named.is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx"));
    let else_kind = if is_workbook { FileKind::Xlsx } else { FileKind::Csv };
    arguments.file_kind.unwrap_or(else_kind)
}

/// A list somebody has filled in already is never overwritten.
fn create(file: &Path, content: &[u8]) -> Result<(), Failure> {
    let written = OpenOptions::new().write(true).create_new(true).open(file);
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
