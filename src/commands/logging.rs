//! The log of a running program: on stderr, so that stdout holds only what a command answers.

use crate::config::{LogFormat, LogSettings};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;
use std::time::Duration;
use tracing::Level;
use tracing_appender::non_blocking::{ErrorCounter, NonBlocking, NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::writer::BoxMakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Registry, fmt};

/// How many lines of a server may wait, some 20 MB. More are lost, and counted: no request waits for its log.
const MOST_LINES: usize = 65_536;

/// How long the end of a program waits for the reader of its log.
const LONGEST_END: Duration = Duration::from_millis(1_500);

/// What writes the lines of a server, until [`end`], and the count of those that were lost.
static LOG: Mutex<Option<(WorkerGuard, ErrorCounter)>> = Mutex::new(None);

/// Starts logging for this process. Libraries stay at 'warn': their 'info' is our 'debug'. A server
/// writes its lines from a thread of their own.
pub(super) fn start(settings: &LogSettings, is_server: bool) {
    let level = LevelFilter::from(settings.level);
    let filter =
        Targets::new().with_default(Level::WARN).with_target("yui", level).with_target("migration", level);
    let writer = if is_server { BoxMakeWriter::new(of_server()) } else { BoxMakeWriter::new(io::stderr) };
    // Nobody is left to tell when stderr is gone.
    let log = fmt::layer().with_writer(writer).log_internal_errors(false);
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

fn of_server() -> NonBlocking {
    let (lines, guard) = gathered(io::stderr());
    *LOG.lock().unwrap_or_else(PoisonError::into_inner) = Some((guard, lines.error_counter()));
    lines
}

/// Writes the lines that still wait, as far as stderr takes them in time. To be called before the process ends.
pub(super) fn end() {
    let log = LOG.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some((guard, lost)) = log {
        finish(guard, &lost);
    }
}

/// A line is written as soon as the thread comes to it; lines that come meanwhile leave together, because each write
/// of its own costs as much as a third of a small answer.
fn gathered(to: impl Write + Send + 'static) -> (NonBlocking, WorkerGuard) {
    let lines = NonBlockingBuilder::default().lossy(true).buffered_lines_limit(MOST_LINES).thread_name("log");
    lines.finish(BufWriter::with_capacity(64 * 1024, to))
}

fn finish(guard: WorkerGuard, lost: &ErrorCounter) {
    if lost.dropped_lines() > 0 {
        tracing::warn!(lines = lost.dropped_lines(), "a part of the log was lost: nobody read it in time");
    }
    // Where the thread of the log takes nothing any more, the guard says so on stdout, which may block as well.
    let (written, is_written) = mpsc::channel();
    thread::spawn(move || {
        drop(guard);
        written.send(()).ok();
    });
    is_written.recv_timeout(LONGEST_END).ok();
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;
    use std::time::Instant;

    #[test]
    fn every_line_is_written_before_the_end() {
        let (mut reader, writer) = io::pipe().expect("a pipe");
        let (mut lines, guard) = gathered(writer);
        let expected: String = (0..500).map(|number| format!("{number}\n")).collect();
        for line in expected.split_inclusive('\n') {
            lines.write_all(line.as_bytes()).expect("a line");
        }
        drop(guard);
        let mut read = String::new();
        reader.read_to_string(&mut read).expect("the log");
        assert_eq!(read, expected);
    }

    #[test]
    fn a_log_that_nobody_reads_stops_nobody_and_counts_what_is_lost() {
        let (reader, writer) = io::pipe().expect("a pipe");
        let (mut lines, guard) = gathered(writer);
        for _ in 0..2 * MOST_LINES {
            lines.write_all(&[b'x'; 100]).expect("a line");
        }
        let lost = lines.error_counter();
        assert!(lost.dropped_lines() > 0 && lost.dropped_lines() <= MOST_LINES, "{}", lost.dropped_lines());
        let began = Instant::now();
        finish(guard, &lost);
        assert!(began.elapsed() < 10 * LONGEST_END, "the end waits for the reader");
        drop(reader);
    }
}
