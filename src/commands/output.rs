//! Standard output of commands. A closed pipe (`… | head`) is no failure.

use super::Failure;
use std::io::{self, ErrorKind, Write};

/// Writes the product of a command, such as the schema.
pub(super) fn print(what: &str, content: &[u8]) -> Result<(), Failure> {
    match io::stdout().write_all(content) {
        Err(cause) if cause.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::internal(&format!("The {what} could not be printed"), cause))
        }
        _ => Ok(()),
    }
}

/// Writes what was done. A failed write does not stop the command.
pub(super) fn tell(text: &str) {
    if writeln!(io::stdout().lock(), "{}", text.trim_end()).is_err() {
        tracing::debug!("nobody reads the answer");
    }
}
