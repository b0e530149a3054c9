//! `yui schema`: the whole graph in its own language.

use super::Failure;
use crate::schema;
use std::io::{self, Write};
use std::process::ExitCode;

pub(super) fn run() -> Result<ExitCode, Failure> {
    let text = schema::build().sdl();
    // A reader that has seen enough (`yui schema | head`) is no failure.
    match io::stdout().write_all(text.as_bytes()) {
        Err(cause) if cause.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::internal("The schema could not be printed", cause))
        }
        _ => Ok(ExitCode::SUCCESS),
    }
}
