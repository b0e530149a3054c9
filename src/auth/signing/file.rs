//! The file of the signing keys: created once, readable by its owner only, read again when it changes.

use super::KeyError;
use super::keys::{Key, Ring};
use chrono::DateTime;
use chrono::{Duration, Utc};
use japan::clock::Clock;
use serde::{Deserialize, Serialize};
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration as Span, Instant};

/// How long an old key still verifies tokens; far longer than any of them is valid.
const OLD_KEYS_LAST: Duration = Duration::hours(24);
const OWNER_ONLY: u32 = 0o600;
const OTHERS: u32 = 0o077;
/// Interval between checks whether the file has changed.
const LOOK: Span = Span::from_secs(1);
/// How often, and after which pause, an empty file is read again: another instance is writing it.
const ATTEMPTS: u32 = 40;
const PAUSE: Span = Span::from_millis(25);

/// The content of the file.
#[derive(Serialize, Deserialize)]
struct Content {
    keys: Vec<Key>,
}

/// Makes the file with one key, unless there is one.
///
/// # Errors
/// When it cannot be made.
pub fn create(path: &Path, clock: Clock) -> Result<(), KeyError> {
    let file = match open_new(path) {
        Err(cause) if cause.kind() == ErrorKind::AlreadyExists => return Ok(()),
        Err(cause) => return Err(unwritable(path, &cause)),
        Ok(file) => file,
    };
    let content = Content { keys: vec![Key::generate(clock.now())?] };
    write(file, &content).map_err(|cause| unwritable(path, &cause))
}

/// Adds a key that signs from now on, and lets the others retire a day later.
///
/// # Errors
/// When the file cannot be read or written, or when another process is changing it.
pub fn rotate(path: &Path, clock: Clock) -> Result<(), KeyError> {
    // The new file is also the lock against a second change at the same time. It replaces the old file in one
    // step, so that no reader sees half of it.
    let beside = path.with_extension("new");
    let file = open_new(&beside).map_err(|cause| match cause.kind() {
        ErrorKind::AlreadyExists => KeyError(format!(
            "{} exists: the keys are being changed right now, or an attempt was broken off. Remove it in \
             the latter case.",
            beside.display()
        )),
        _ => unwritable(&beside, &cause),
    })?;
    let replaced = with_a_new_key(path, clock.now()).and_then(|content| {
        let replaced = write(file, &content).and_then(|()| fs::rename(&beside, path));
        replaced.map_err(|cause| unwritable(path, &cause))
    });
    if replaced.is_err() && fs::remove_file(&beside).is_err() {
        tracing::warn!(file = %beside.display(), "an unfinished file of keys was left behind");
    }
    replaced
}

fn with_a_new_key(path: &Path, now: DateTime<Utc>) -> Result<Content, KeyError> {
    let mut keys = read(path)?.0.keys;
    keys.retain(|key| !key.is_retired(now));
    keys.iter_mut().for_each(|key| key.retire(now + OLD_KEYS_LAST));
    keys.push(Key::generate(now)?);
    Ok(Content { keys })
}

fn open_new(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(OWNER_ONLY).open(path)
}

fn write(mut file: File, content: &Content) -> std::io::Result<()> {
    let text = serde_json::to_string_pretty(content)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn unwritable(path: &Path, cause: &std::io::Error) -> KeyError {
    KeyError(format!(
        "The signing keys cannot be written to {}: {cause}. Name another file with --signing-key-file \
         (YUI_SIGNING_KEY_FILE), or give the key itself in YUI_SIGNING_KEY.",
        path.display()
    ))
}

fn read(path: &Path) -> Result<(Content, Mark), KeyError> {
    let name = path.display();
    let unreadable = |cause| KeyError(format!("The signing keys cannot be read from {name}: {cause}."));
    for _ in 0..ATTEMPTS {
        let metadata = fs::metadata(path).map_err(unreadable)?;
        if metadata.permissions().mode() & OTHERS != 0 {
            return Err(KeyError(format!(
                "Others may read the signing keys in {name}, and could sign in as anybody. Make the file \
                 readable by its owner only: chmod 600 {name}"
            )));
        }
        let text = fs::read_to_string(path).map_err(unreadable)?;
        if !text.is_empty() {
            let broken = |_| KeyError(format!("{name} is no file of signing keys."));
            return Ok((serde_json::from_str(&text).map_err(broken)?, Mark::of(&metadata)));
        }
        thread::sleep(PAUSE);
    }
    Err(KeyError(format!("{name} is empty. Remove it: Yui makes a new one.")))
}

/// Identifies the state of a file, to find out whether it has changed since it was read.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Mark {
    inode: u64,
    changed: (i64, i64),
}

impl Mark {
    fn of(metadata: &Metadata) -> Self {
        Self { inode: metadata.ino(), changed: (metadata.ctime(), metadata.ctime_nsec()) }
    }
}

/// The keys of a file, as it is now.
pub(super) struct Watched {
    path: PathBuf,
    seen: Mutex<Seen>,
}

struct Seen {
    ring: Arc<Ring>,
    mark: Mark,
    looked: Instant,
}

impl Watched {
    pub(super) fn open(path: &Path) -> Result<Self, KeyError> {
        let (content, mark) = read(path)?;
        let seen = Seen { ring: Arc::new(Ring::new(content.keys)?), mark, looked: Instant::now() };
        Ok(Self { path: path.to_owned(), seen: Mutex::new(seen) })
    }

    /// The keys: at most a second old, or read at once.
    pub(super) fn ring(&self, at_once: bool) -> Arc<Ring> {
        let mut seen = self.lock();
        if at_once || seen.looked.elapsed() >= LOOK {
            seen.looked = Instant::now();
            self.look(&mut seen);
        }
        Arc::clone(&seen.ring)
    }

    /// Reads the file again if it has changed. If it cannot be read, the keys that were read last stay.
    fn look(&self, seen: &mut Seen) {
        let mark = fs::metadata(&self.path).map(|metadata| Mark::of(&metadata));
        if mark.as_ref().is_ok_and(|mark| *mark == seen.mark) {
            return;
        }
        let read = read(&self.path).and_then(|(content, mark)| Ok((Ring::new(content.keys)?, mark)));
        match read {
            Ok((ring, mark)) => {
                tracing::info!("the signing keys have changed");
                *seen = Seen { ring: Arc::new(ring), mark, looked: seen.looked };
            }
            Err(cause) => {
                tracing::error!(error = %cause, "the signing keys have changed and cannot be used");
                // Logged once, until the file changes again.
                seen.mark = mark.unwrap_or(seen.mark);
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
