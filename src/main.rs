//! Parses the command line and runs the command.

use std::process::ExitCode;
use yui::commands::Cli;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    Cli::read().run()
}
