//! The log of a running program: on stderr, so that stdout holds only what a command answers.

use super::log_lines::{self, Gathered};
use crate::config::{LogFormat, LogSettings};
use std::io::{self, IsTerminal};
use tracing::Level;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::writer::BoxMakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Registry, fmt};

/// Starts logging for this process. Libraries stay at 'warn': their 'info' is our 'debug'. A server
/// gathers its lines.
pub(super) fn start(settings: &LogSettings, is_server: bool) {
    let level = LevelFilter::from(settings.level);
    let filter =
        Targets::new().with_default(Level::WARN).with_target("yui", level).with_target("migration", level);
    let writer = match is_server.then(Gathered::start).flatten() {
        Some(gathered) => BoxMakeWriter::new(gathered),
        None => BoxMakeWriter::new(io::stderr),
    };
    let log = fmt::layer().with_writer(writer);
    let registry = Registry::default().with(filter);
    let started = match settings.format {
        LogFormat::Json => registry.with(log.json().flatten_event(true)).try_init(),
        LogFormat::Human | LogFormat::Auto => {
            let colours = io::stderr().is_terminal();
            registry.with(log.with_ansi(colours).with_target(false)).try_init()
        }
    };
    if started.is_err() {
        eprintln!("yui: another log is already open in this process; it is used.");
    }
}

/// Writes what is still on its way. To be called before the process ends.
pub(super) fn end() {
    log_lines::flush();
}
