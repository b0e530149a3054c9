//! Whether the journal (`-wal`) beside a database continues it.
//!
//! Every commit writes the next number into the header of the database, as its `application_id`. So the header of a
//! copy that was written over the database is older than the first header in the journal by more than one commit,
//! whatever its stamp and its inode are. The format is that of <https://www.sqlite.org/walformat.html>.

use super::header;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

/// Bytes of the header of a journal.
const HEADER: u64 = 32;
/// Bytes before each page.
const FRAME_HEADER: u64 = 24;
/// Where a page that is the first of the database keeps the number of the commit.
const NUMBER: usize = header::NUMBER as usize;

/// Whether the commits of a journal follow those of the database. A journal without a page with the
/// database's header cannot be compared, and is accepted.
pub(super) fn continues(database: &Path, journal: &Path) -> bool {
    // The journal first: while another program is at work, the number of the database only grows.
    let Ok(Some(first)) = first_number(journal) else { return true };
    header::number_of(database).is_none_or(|stored| first.saturating_sub(stored) <= 1)
}

/// The number of the oldest commit in a journal.
fn first_number(journal: &Path) -> io::Result<Option<u32>> {
    let mut file = File::open(journal)?;
    let length = file.metadata()?.len();
    let mut head = [0; HEADER as usize];
    if length < HEADER {
        return Ok(None);
    }
    file.read_exact(&mut head)?;
    let page_size = u64::from(number_at(&head, 8));
    let mut at = HEADER;
    while at + FRAME_HEADER + page_size <= length {
        let mut frame = [0; FRAME_HEADER as usize + NUMBER + 4];
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(&mut frame)?;
        // Frames of a former round have other salts.
        if frame.get(8..16) != head.get(16..24) {
            return Ok(None);
        }
        if number_at(&frame, 0) == 1 {
            return Ok(Some(number_at(&frame, FRAME_HEADER as usize + NUMBER)));
        }
        at += FRAME_HEADER + page_size;
    }
    Ok(None)
}

/// Four bytes, the highest first.
fn number_at(bytes: &[u8], at: usize) -> u32 {
    let bytes = bytes.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
    bytes.map_or(0, u32::from_be_bytes)
}
