//! `yui schema`: the GraphQL schema as SDL.

use super::{Failure, output};
use crate::schema;
use std::process::ExitCode;

pub(super) fn run() -> Result<ExitCode, Failure> {
    output::print("schema", schema::build().sdl().as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
