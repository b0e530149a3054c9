//! The commands of the program: one file each, and what they share.

mod audit;
mod account;
mod backup;
mod check;
mod failure;
mod import;
mod keys;
mod logging;
mod migrate;
mod output;
mod people;
mod restore;
mod review;
mod schema;
mod serve;
mod template;
mod token;
mod upgrade;

pub use failure::Failure;

use crate::config::{DatabaseSettings, LogSettings, Settings};
use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use japan::clock::Clock;
use std::process::ExitCode;

/// "File size limit exceeded", on Linux.
const SIGXFSZ: i32 = 25;

/// Yui (結) answers who can help here, now, and how to reach them.
///
/// Without a command it serves: start 'yui' and open http://127.0.0.1:8080/ in a browser.
#[derive(Parser, Debug)]
#[command(name = "yui", version)]
pub struct Cli {
    #[command(flatten)]
    database: DatabaseSettings,
    #[command(flatten)]
    log: LogSettings,
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: Settings,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Answer requests until it is told to stop (this is also what 'yui' alone does)
    Serve(Box<Settings>),
    /// Bring the database up to date with this version of Yui
    Migrate(migrate::Arguments),
    /// Copy the database into a file, also while it is in use, and read the copy back
    Backup(backup::Arguments),
    /// Put a backup in the place of a database that does not exist yet
    Restore(restore::Arguments),
    /// Look for damage: pages, references, and whether the directory is what the files say
    Check,
    /// What was done, and which care-professional data was looked at (監査記録)
    Audit(audit::Arguments),
    /// Print the GraphQL schema
    Schema,
    /// Take official files into the database and report on every row
    Import(import::Arguments),
    /// List text that is withheld because it looks private, and release what is not
    Review(review::Arguments),
    /// Write an empty list (通いの場, 支え合い活動, 介護保険外サービス, 相談窓口) for a city to fill in
    ///
    /// The second row explains every column, the third one shows how it is filled in. Both may stay: 'yui import'
    /// passes over rows that begin with （説明） or （記入例）. Fill in one row for each entry, then take the list in
    /// with 'yui import auto --as-of DATE FILE'. The 管理番号 of an entry must never change: a later list finds the
    /// entry by it.
    ///
    /// 'liaison' writes the yearly questionnaire (連携シート調査票) from the database, with what the sheets say;
    /// returned forms go in with 'yui import liaison FILE'.
    Template(template::Arguments),
    /// Own accounts: invite the first admin, list accounts, close one
    Account(account::Arguments),
    /// Tokens of programs (issue, list, revoke), and the keys that sign access tokens (rotate-key)
    Token(token::Arguments),
}

impl Cli {
    /// Reads flags and environment; ends the program with a sentence when they are wrong.
    pub fn read() -> Self {
        let matches = Self::command().get_matches();
        if let Some(flag) = serve_flag_before_a_command(&matches) {
            let sentence = format!("write '{flag}' after the command: it is a setting of 'yui serve'");
            Self::command().error(ErrorKind::ArgumentConflict, sentence).exit();
        }
        Self::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
    }

    /// Runs the command; a failure is one sentence on stderr.
    pub fn run(self) -> ExitCode {
        logging::start(&self.log, matches!(self.command, None | Some(Command::Serve(_))));
        let outcome = self.dispatch();
        logging::end();
        match outcome {
            Ok(code) => code,
            Err(failure) => {
                eprintln!("yui: {failure}");
                failure.exit_code()
            }
        }
    }

    fn dispatch(self) -> Result<ExitCode, Failure> {
        let (database, clock) = (&self.database.url, clock());
        match self.command {
            None => serve::run(database, &self.serve, clock),
            Some(Command::Serve(settings)) => serve::run(database, &settings, clock),
            Some(Command::Migrate(arguments)) => block_on(migrate::run(database, &arguments, clock)),
            Some(Command::Backup(arguments)) => block_on(backup::run(database, &arguments)),
            Some(Command::Restore(arguments)) => block_on(restore::run(database, &arguments)),
            Some(Command::Check) => block_on(check::run(database, clock)),
            Some(Command::Import(arguments)) => block_on(import::run(database, &arguments)),
            Some(Command::Audit(arguments)) => block_on(audit::run(database, &arguments)),
            Some(Command::Review(arguments)) => block_on(review::run(database, &arguments)),
            Some(Command::Schema) => schema::run(),
            Some(Command::Template(arguments)) => block_on(template::run(database, &arguments, clock)),
            Some(Command::Account(arguments)) => block_on(account::run(database, &arguments, clock)),
            Some(Command::Token(arguments)) => block_on(token::run(database, &arguments, clock)),
        }
    }
}

/// The instant at which a command, or the import of a file, begins. A server reads the clock anew for every request.
#[expect(clippy::disallowed_methods, reason = "a command begins")]
fn clock() -> Clock {
    Clock::read()
}

/// `yui --demo serve` would otherwise serve without the demo and say nothing.
fn serve_flag_before_a_command(matches: &ArgMatches) -> Option<String> {
    matches.subcommand_name()?;
    let flags = Settings::augment_args(clap::Command::new("serve"));
    let misplaced = flags
        .get_arguments()
        .find(|flag| matches.value_source(flag.get_id().as_str()) == Some(ValueSource::CommandLine))?;
    misplaced.get_long().map(|long| format!("--{long}"))
}

/// For commands that are not a server.
fn block_on<T>(command: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime =
        runtime.map_err(|cause| Failure::internal("The program could not start its threads", cause))?;
    runtime.block_on(async {
        go_on_at_file_limit()?;
        command.await
    })
}

/// Handles SIGXFSZ: without a handler the system kills a program that reaches the file size limit; with one
/// the write fails, and its caller gets the error.
fn go_on_at_file_limit() -> Result<(), Failure> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut reached = signal(SignalKind::from_raw(SIGXFSZ))
        .map_err(|cause| Failure::internal("The signals of the system could not be heard", cause))?;
    tokio::spawn(async move {
        while reached.recv().await.is_some() {
            tracing::debug!("a file has reached the size that this account may write");
        }
    });
    Ok(())
}
