//! The log of a running program: on stderr, so that stdout holds only what a command answers.

use crate::config::{LogFormat, LogSettings};
use std::io::{self, IsTerminal};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::util::SubscriberInitExt;

/// Starts logging for this process. Libraries stay at 'warn': their 'info' is our 'debug'.
pub(super) fn start(settings: &LogSettings) {
    let level = settings.level;
    let filter = EnvFilter::new(format!("warn,yui={level},migration={level}"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    let started = match settings.format {
        LogFormat::Json => log.json().flatten_event(true).finish().try_init(),
        LogFormat::Human | LogFormat::Auto => {
            log.with_ansi(io::stderr().is_terminal()).with_target(false).finish().try_init()
        }
    };
    if started.is_err() {
        eprintln!("yui: another log is already open in this process; it is used.");
    }
}
