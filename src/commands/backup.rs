//! `yui backup`: a copy of an SQLite database in use. PostgreSQL has a program of its own for that.

use super::{Failure, output};
use crate::database::Databases;
use crate::database::sqlite::copy;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// File to write, which must not exist yet; only its owner may read it
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

pub(super) async fn run(database: &str, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let Some(file) = Databases::file_of(database)? else { return Err(not_sqlite()) };
    copy::back_up(&file, &arguments.out).await.map_err(Failure::from)?;
    let (file, out) = (file.display(), arguments.out.display());
    output::tell(&format!("{file} was copied to {out}, and the copy was read back: it is whole."));
    output::tell("Keep the signing keys (yui-keys.json) as well: without them everybody signs in again.");
    Ok(ExitCode::SUCCESS)
}

fn not_sqlite() -> Failure {
    Failure::setting(
        "This is a PostgreSQL database. Back it up with: pg_dump --format=custom --file=FILE DATABASE_URL; bring it \
         back into a new, empty database with: pg_restore --no-owner --dbname=DATABASE_URL FILE",
    )
}

impl From<copy::CopyError> for Failure {
    fn from(error: copy::CopyError) -> Self {
        match error {
            copy::CopyError::Exists(_) | copy::CopyError::JournalThere(_) => Self::setting(error.to_string()),
            copy::CopyError::Connect(cause) => cause.into(),
            other => Self::new(other.to_string()),
        }
    }
}
