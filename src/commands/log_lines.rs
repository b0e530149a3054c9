//! Log lines on their way to stderr: those of a busy server leave together, some fifty milliseconds
//! later, because each write of its own costs as much as a third of a small answer.

use std::io::{self, Write};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;
use tracing::{Level, Metadata};
use tracing_subscriber::fmt::MakeWriter;

const WAIT: Duration = Duration::from_millis(50);
/// More than this never waits.
const MOST: usize = 64 * 1024;

/// The lines of this process.
static LINES: Lines = Lines { waiting: Mutex::new(Vec::new()), some: Condvar::new() };

struct Lines {
    waiting: Mutex<Vec<u8>>,
    some: Condvar,
}

/// Where the log writes. Warnings and errors leave at once, and take along what waits.
#[derive(Clone, Copy)]
pub(super) struct Gathered;

/// One line.
pub(super) struct Line {
    urgent: bool,
}

impl Gathered {
    /// Begins to gather; without a thread for it every line leaves at once.
    pub(super) fn start() -> Option<Self> {
        thread::Builder::new().name("log".to_owned()).spawn(|| LINES.send_on()).ok().map(|_| Self)
    }
}

/// Writes what still waits. To be called before the process ends.
pub(super) fn flush() {
    LINES.send(&mut LINES.lock());
}

impl Lines {
    fn lock(&self) -> MutexGuard<'_, Vec<u8>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn send(&self, waiting: &mut Vec<u8>) {
        // Nobody is left to tell when stderr is gone.
        let _ = io::stderr().write_all(waiting);
        waiting.clear();
    }

    fn send_on(&self) {
        loop {
            let mut waiting = self.lock();
            while waiting.is_empty() {
                waiting = self.some.wait(waiting).unwrap_or_else(PoisonError::into_inner);
            }
            drop(waiting);
            thread::sleep(WAIT);
            self.send(&mut self.lock());
        }
    }
}

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut waiting = LINES.lock();
        let first = waiting.is_empty();
        waiting.extend_from_slice(bytes);
        if self.urgent || waiting.len() > MOST {
            LINES.send(&mut waiting);
        } else if first {
            LINES.some.notify_one();
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Gathered {
    type Writer = Line;

    fn make_writer(&self) -> Line {
        Line { urgent: false }
    }

    fn make_writer_for(&self, meta: &Metadata<'_>) -> Line {
        Line { urgent: *meta.level() <= Level::WARN }
    }
}
