//! `yui import`: imports official files and reports on every row.

use super::upgrade::upgrade;
use super::{Failure, output};
use crate::database::Databases;
use crate::import::complaint::Language;
use crate::import::formats::{Family, Format};
use crate::import::report::Report;
use crate::import::{ImportOptions, Outcome, import};
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use japan::codes;
use japan::values::MunicipalityCode;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

/// How many seconds an import waits for another one to end: longer than the largest takes.
const PATIENCE: u64 = 600;

#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[arg(value_name = "FORMAT", value_parser = choice, help = known_formats())]
    file_format: Choice,
    /// Files to import: CSV, XLSX or JSON, also compressed text (.gz, .xz)
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Day the data is from, 2025-06-01; without it the file name is asked
    #[arg(long, value_name = "DATE")]
    as_of: Option<NaiveDate>,
    /// Who published the files, when it is not the usual publisher of the format
    #[arg(long, value_name = "NAME")]
    publisher: Option<String>,
    /// Report what would happen, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Write nothing of a file in which a single row cannot be taken
    #[arg(long)]
    strict: bool,
    /// The files hold everything there is: mark what they no longer have as missing
    #[arg(long)]
    complete: bool,
    /// Take new entries although their number (管理番号) looks like that of another one, such as 7 beside 007
    #[arg(long)]
    accept_new: bool,
    /// Municipality of rows that name none: its official code, 062031
    #[arg(long, value_name = "CODE", value_parser = municipality)]
    municipality: Option<MunicipalityCode>,
    /// How many seconds to wait while another import holds the database
    #[arg(long, value_name = "SECONDS", default_value_t = PATIENCE)]
    wait: u64,
    /// How to report on standard output
    #[arg(long, value_enum, default_value = "table")]
    report: ReportStyle,
    /// Language of the report (表示の言語); without it that of LANG when this is English, else Japanese
    #[arg(long, value_enum, env = "YUI_LANGUAGE")]
    language: Option<Tongue>,
}

/// The languages a report can be in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Tongue {
    /// 日本語
    Ja,
    /// English
    En,
}

impl Arguments {
    fn language(&self) -> Language {
        match self.language {
            Some(Tongue::Ja) => Language::Japanese,
            Some(Tongue::En) => Language::English,
            None => of_environment(std::env::var("LANG").ok().as_deref()),
        }
    }
}

/// The language of the report: Japanese, unless `LANG` is English. `C` and `POSIX` count as no language.
fn of_environment(lang: Option<&str>) -> Language {
    match lang {
        Some(lang) if lang.starts_with("en") => Language::English,
        _ => Language::Japanese,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ReportStyle {
    /// For people
    Table,
    /// For programs: a list with one object per file
    Json,
}

/// The help line on formats, from their profiles.
fn known_formats() -> String {
    let (mut resources, mut own, mut beside, mut areas) = (vec![], vec![], vec![], vec![]);
    for profile in Format::profiles() {
        match profile.family {
            Family::Facilities(_) | Family::MedicalFacilities(_) if profile.columns.is_empty() => {
                resources.push(profile.name);
            }
            Family::Facilities(_) | Family::MedicalFacilities(_) => own.push(profile.name),
            Family::SideTable(_) => beside.push(profile.name),
            Family::Area => areas.push(profile.name),
            Family::Refused(_) => {}
        }
    }
    format!(
        "Format of the files; 'auto' recognises it: auto; files of ministries and municipalities: {}; your own lists: \
         {}; what stands beside them: {}; areas: {}",
        resources.join(", "),
        own.join(", "),
        beside.join(", "),
        areas.join(", ")
    )
}

/// A format, or to recognise it.
#[derive(Clone, Copy, Debug)]
struct Choice(Option<Format>);

fn choice(name: &str) -> Result<Choice, String> {
    if name == "auto" {
        return Ok(Choice(None));
    }
    let names = || Format::profiles().iter().map(|p| p.name).collect::<Vec<_>>().join(", ");
    Format::named(name).map(|f| Choice(Some(f))).ok_or_else(|| format!("known formats are auto, {}", names()))
}

fn municipality(code: &str) -> Result<MunicipalityCode, String> {
    let parsed = MunicipalityCode::parse(code).map_err(|error| error.to_string())?;
    match codes::municipality(parsed.as_str()) {
        Some(_) => Ok(parsed),
        None => Err(format!("no municipality has the code {}", parsed.as_str())),
    }
}

/// 0 all rows are in, 1 some rows were rejected, 2 a file or the database could not be used; the
/// worst wins.
pub(super) async fn run(database: &str, arguments: &Arguments) -> Result<ExitCode, Failure> {
    import_all(database, arguments).await.map_err(|failure| failure.with_status(2))
}

async fn import_all(database: &str, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let databases = Databases::connect(database).await?.with_patience(Duration::from_secs(arguments.wait));
    upgrade(&databases, super::clock()).await?;
    let mut options = ImportOptions {
        format: arguments.file_format.0,
        as_of: arguments.as_of,
        publisher: arguments.publisher.clone(),
        dry_run: arguments.dry_run,
        strict: arguments.strict,
        complete: arguments.complete,
        accept_new: arguments.accept_new,
        municipality: arguments.municipality.clone(),
        for_several: arguments.files.len() > 1,
    };
    let language = arguments.language();
    let mut status = 0;
    let mut reports = Vec::new();
    let mut failed = None;
    for file in &arguments.files {
        options.as_of = arguments.as_of.or_else(|| ask_for_day(file, language));
        let bar = progress_bar();
        let outcome = import(&databases, file, &options, super::clock(), |done, total| {
            bar.set_length(total);
            bar.set_position(done);
        });
        let outcome = outcome.await;
        bar.finish_and_clear();
        let outcome = match outcome {
            Ok(outcome) => outcome,
            Err(cause) => {
                eprintln!("yui: {}: {}", file.display(), not_imported(language));
                failed = Some(Failure::from(cause));
                break;
            }
        };
        match outcome {
            Outcome::Read(report) => {
                status = status.max(report.exit_status());
                show(&report, arguments.report, language);
                reports.push(report.json(language));
            }
            Outcome::Unusable(refusal) => {
                status = 2;
                eprintln!("yui: {}: {}", file.display(), refusal.say(language));
            }
        }
    }
    if options.dry_run && options.for_several {
        eprintln!("yui: {}", each_alone(language));
    }
    if arguments.report == ReportStyle::Json {
        let text =
            serde_json::to_string_pretty(&reports).map_err(|e| Failure::internal("The report failed", e))?;
        output::tell(&text);
    }
    databases.close().await?;
    failed.map_or(Ok(ExitCode::from(status)), Err)
}

fn show(report: &Report, style: ReportStyle, language: Language) {
    if style == ReportStyle::Table {
        output::tell(&report.table(language));
    }
}

fn not_imported(language: Language) -> &'static str {
    match language {
        Language::Japanese => "取り込んでいません。これより前に報告したファイルは取り込み済みです。",
        Language::English => "not imported. Files reported before it are in.",
    }
}

fn each_alone(language: Language) -> &'static str {
    match language {
        Language::Japanese => {
            "お試しでは、どのファイルも今の登録内容と比べました。先のファイルの内容は、後のファイルの結果に入っていません。"
        }
        Language::English => {
            "each file was compared with what is stored now, without what the files before it bring."
        }
    }
}

/// Asks on a terminal for the day of the data, when the file name has none.
fn ask_for_day(file: &std::path::Path, language: Language) -> Option<NaiveDate> {
    let name = file.file_name()?.to_string_lossy();
    let is_area = name.contains(".json");
    let told = crate::import::date_in_name(&name).is_some() || is_area;
    if told || !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return None;
    }
    match language {
        Language::Japanese => {
            eprint!("{name}: いつのデータですか（YYYY-MM-DD、わからなければ空のまま Enter） ")
        }
        Language::English => eprint!("{name}: from which day is this data? (YYYY-MM-DD, empty if unknown) "),
    }
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).ok()?;
    line.trim().parse().ok()
}

fn progress_bar() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len}  {eta}");
    let bar = ProgressBar::new(0);
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
