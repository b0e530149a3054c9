//! A CSV or tab-separated table whose columns are found by name.

use crate::import::complaint::{Complaint, Flaw, Refusal};
use chrono::NaiveDate;
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

/// Longest field in bytes; a longer one means that a quotation mark was never closed.
const LONGEST_FIELD: usize = 1 << 16;

/// The header: the position of each column by its key, see [`column_key`].
#[derive(Clone)]
pub struct Columns {
    names: Vec<String>,
    index: HashMap<String, usize>,
}

impl Columns {
    /// Reads the header of a comma or tab separated text.
    ///
    /// # Errors
    /// When there is no header line.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        Ok(Self::new(reader(text).headers().map_err(|_| Refusal::NoHeader)?))
    }

    fn new(header: &csv::StringRecord) -> Self {
        let names: Vec<String> = header.iter().map(column_key).collect();
        let index = names.iter().enumerate().rev().map(|(i, name)| (name.clone(), i)).collect();
        Self { names, index }
    }

    /// Whether the file has this column, given by its published name.
    pub fn has(&self, name: &str) -> bool {
        self.index.contains_key(&column_key(name))
    }

    /// The keys of the columns, in file order.
    pub fn names(&self) -> &[String] {
        &self.names
    }
}

/// The key by which column names are compared: NFKC, without white space and
/// byte order marks, without leading `?`.
pub fn column_key(name: &str) -> String {
    let folded: String = name.nfkc().filter(|c| !c.is_whitespace() && *c != '\u{feff}').collect();
    folded.trim_start_matches('?').to_owned()
}

/// One row of the table.
pub struct Row<'a> {
    /// Line on which it starts; the header is line 1.
    pub line: u64,
    /// The day of the import: what a row says of itself does not lie after it.
    pub today: NaiveDate,
    columns: &'a Columns,
    record: &'a csv::StringRecord,
}

impl<'a> Row<'a> {
    /// The cell of a column, or `None` when the file has no such column.
    pub fn cell(&self, name: &str) -> Option<&'a str> {
        let index = self.columns.index.get(&column_key(name))?;
        self.record.get(*index)
    }

    /// The trimmed text of a cell; empty when the cell or the column is.
    pub fn text(&self, name: &str) -> &'a str {
        self.cell(name).unwrap_or_default().trim()
    }

    /// Every cell with the name of its column.
    pub fn cells(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.columns.names.iter().map(String::as_str).zip(self.record.iter())
    }
}

/// A parsed header and the rows that are not read yet.
pub struct Table<'t> {
    columns: Columns,
    text: &'t str,
    reader: csv::Reader<&'t [u8]>,
    today: NaiveDate,
}

fn reader(text: &str) -> csv::Reader<&[u8]> {
    let first = text.lines().next().unwrap_or_default();
    let delimiter = if first.matches('\t').count() > first.matches(',').count() { b'\t' } else { b',' };
    csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes())
}

impl<'t> Table<'t> {
    /// Reads the header of a comma or tab separated text that is imported on a day.
    ///
    /// # Errors
    /// When there is no header line.
    pub fn open(text: &'t str, today: NaiveDate) -> Result<Self, Refusal> {
        let mut reader = reader(text);
        let header = reader.headers().map_err(|_| Refusal::NoHeader)?;
        Ok(Self { columns: Columns::new(header), text, reader, today })
    }

    /// The header.
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// Calls `each` with every row, good or broken, in file order. Blank rows are skipped.
    pub fn for_each(mut self, mut each: impl FnMut(Result<Row<'_>, Complaint>)) {
        let mut record = csv::StringRecord::new();
        let mut lines = Lines { text: self.text, counted: 0, line: 1 };
        loop {
            let (start, line) = lines.next_row(self.reader.position().byte());
            match self.reader.read_record(&mut record) {
                Ok(false) => return,
                Ok(true) => {}
                Err(error) => {
                    each(Err(Complaint::of_row(line, Flaw::UnreadableRow { cause: error.to_string() })));
                    continue;
                }
            }
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            each(match self.unclosed(&record, start).or_else(|| self.flaw(&record)) {
                Some(flaw) => Err(Complaint::of_row(line, flaw)),
                None => Ok(Row { line, today: self.today, columns: &self.columns, record: &record }),
            });
        }
    }

    /// The flaw of a quotation mark that is never closed and so takes in every row to the end of the file.
    fn unclosed(&self, record: &csv::StringRecord, start: usize) -> Option<Flaw> {
        let at_the_end = self.reader.position().byte() as usize >= self.text.len();
        let raw = self.text.get(start..).filter(|_| at_the_end)?.trim_end();
        let open = raw.contains('\n') && raw.matches('"').count() % 2 == 1;
        open.then(|| self.never_closes(record.len().saturating_sub(1)))
    }

    fn never_closes(&self, column: usize) -> Flaw {
        Flaw::OpenQuotation { column: self.name(column) }
    }

    fn name(&self, column: usize) -> String {
        self.columns.names.get(column).map_or_else(|| "?".to_owned(), Clone::clone)
    }

    fn flaw(&self, record: &csv::StringRecord) -> Option<Flaw> {
        let header = self.columns.names.len();
        let has = record.len();
        if let Some(long) = record.iter().position(|cell| cell.len() > LONGEST_FIELD) {
            return Some(self.never_closes(long));
        }
        if has < header {
            return Some(Flaw::FewColumns { has, header });
        }
        if record.iter().skip(header).any(|cell| !cell.trim().is_empty()) {
            return Some(Flaw::ManyColumns { has, header });
        }
        // PostgreSQL stores no text with a NUL in it.
        let damaged = record.iter().position(|cell| cell.contains([char::REPLACEMENT_CHARACTER, '\0']))?;
        Some(Flaw::DamagedText { column: self.name(damaged) })
    }
}

/// Counts lines, because the position of the CSV reader is behind after blank lines.
struct Lines<'t> {
    text: &'t str,
    counted: usize,
    line: u64,
}

impl Lines<'_> {
    /// Byte and line at which the next row begins, given the byte at which the last one ended. Blank lines
    /// are skipped.
    fn next_row(&mut self, ended: u64) -> (usize, u64) {
        let rest = self.text.as_bytes().get(ended as usize..).unwrap_or_default();
        let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let start = self.text.len().min(ended as usize + blank);
        let passed = self.text.as_bytes().get(self.counted..start).unwrap_or_default();
        self.line += passed.iter().filter(|byte| **byte == b'\n').count() as u64;
        self.counted = start;
        (start, self.line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Result<String, Complaint>> {
        let mut out = Vec::new();
        Table::open(text, NaiveDate::MAX).unwrap_or_else(|e| panic!("{e:?}")).for_each(|row| {
            out.push(row.map(|r| r.text("名称").to_owned()));
        });
        out
    }

    #[test]
    fn columns_are_found_by_name_whatever_their_width() {
        assert_eq!(read("ＩＤ,名 称\n1,結\n"), [Ok("結".into())]);
        assert_eq!(read("ID\t名称\n1\t\"結\n会\"\n"), [Ok("結\n会".into())]);
    }

    #[test]
    fn a_row_with_the_wrong_number_of_columns_is_named_by_its_line() {
        let rows = read("ID,名称\n1,結\n2\n3,会,余分\n4,会,\n");
        assert_eq!(rows[0], Ok("結".into()));
        assert_eq!(rows[1], Err(Complaint::of_row(3, Flaw::FewColumns { has: 1, header: 2 })));
        assert!(rows[2].is_err());
        assert_eq!(rows[3], Ok("会".into()));
    }
}
