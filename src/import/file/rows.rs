//! Rows as a spreadsheet numbers them, of a text with one record a row: a cell with line breaks is one row.

/// Ends of lines in a text: line feeds, carriage returns, or both together.
fn line_ends(text: &str) -> usize {
    text.matches('\n').count() + text.matches('\r').count() - text.matches("\r\n").count()
}

/// The rows that a spreadsheet shows for a text with at most one record: the record, whatever line breaks its cells have, and
/// blank lines.
pub fn rows(text: &str) -> usize {
    const ENDS: [char; 2] = ['\r', '\n'];
    let record = text.trim_start_matches(ENDS);
    let (before, rest) = text.split_at(text.len() - record.len());
    line_ends(before) + line_ends(&rest[record.trim_end_matches(ENDS).len()..])
}

/// Counts rows as a spreadsheet shows them: a cell with line breaks is one row. The position of the CSV reader is behind after
/// blank lines.
pub(super) struct Lines<'t> {
    text: &'t str,
    counted: usize,
    line: u64,
}

impl<'t> Lines<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, counted: 0, line: 1 }
    }

    /// Byte and row at which the next row begins, given the byte at which the last one ended. Blank lines
    /// are skipped.
    pub(super) fn next_row(&mut self, ended: u64) -> (usize, u64) {
        let rest = self.text.as_bytes().get(ended as usize..).unwrap_or_default();
        let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let start = self.text.len().min(ended as usize + blank);
        self.line += rows(self.text.get(self.counted..start).unwrap_or_default()) as u64;
        self.counted = start;
        (start, self.line)
    }
}
