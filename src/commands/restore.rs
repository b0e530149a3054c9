//! `yui restore`: a backup becomes the database.

use super::{Failure, output};
use crate::database::Databases;
use crate::database::sqlite::copy;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// The backup, as 'yui backup' wrote it
    backup: PathBuf,
}

pub(super) async fn run(database: &str, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let Some(file) = Databases::file_of(database)? else {
        return Err(Failure::setting(
            "The target is a PostgreSQL database. Bring a backup of pg_dump back into a new, empty one with: \
             pg_restore --no-owner --dbname=DATABASE_URL FILE",
        ));
    };
    if !arguments.backup.is_file() {
        let name = arguments.backup.display();
        let why = if arguments.backup.is_dir() { "it is a folder" } else { "there is no such file" };
        return Err(Failure::setting(format!("'{name}' cannot be read: {why}.")));
    }
    copy::restore(&arguments.backup, &file).await.map_err(Failure::from)?;
    output::tell(&format!("{} now holds what {} holds.", file.display(), arguments.backup.display()));
    output::tell("Bring the signing keys (yui-keys.json) back as well, then start the server.");
    Ok(ExitCode::SUCCESS)
}
