//! A CSV or tab-separated table whose columns are found by name.

use crate::import::complaint::{Complaint, Flaw, Refusal, Remark};
use crate::import::file::footer::{Footer, is_footer};
use crate::import::file::rows::Lines;
use crate::import::file::spreadsheet_error::is_spreadsheet_error;
use crate::import::report::Report;
use chrono::NaiveDate;
use japan::values::MunicipalityCode;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use unicode_normalization::UnicodeNormalization;

/// Longest field in bytes; a longer one means that a quotation mark was never closed.
const LONGEST_FIELD: usize = 1 << 16;

/// Fewest columns of a table below which such a row is looked for.
const FOOTER_COLUMNS: usize = 5;

/// The header: the position of each column by its key, see [`column_key`].
#[derive(Clone)]
pub struct Columns {
    names: Vec<String>,
    index: HashMap<String, usize>,
    /// Columns whose name an earlier column has: both positions, the later one first.
    repeated: Vec<(usize, usize)>,
    /// Of each column, whether a reader has asked for it.
    asked: Arc<[AtomicBool]>,
}

impl Columns {
    /// Reads the header of a comma or tab separated text.
    ///
    /// # Errors
    /// When there is no header line.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        Ok(Self::new(reader(text).headers().map_err(|_| Refusal::NoHeader)?))
    }

    /// From the cells of a header.
    pub fn new(header: &csv::StringRecord) -> Self {
        let names: Vec<String> = header.iter().map(column_key).collect();
        let index: HashMap<String, usize> =
            names.iter().enumerate().rev().map(|(i, name)| (name.clone(), i)).collect();
        let first = |(later, name): (usize, &String)| Some((later, *index.get(name)?));
        let named = names.iter().enumerate().filter(|(_, name)| !name.is_empty());
        let repeated = named.filter_map(first).filter(|(later, first)| later != first).collect();
        let asked = names.iter().map(|_| AtomicBool::new(false)).collect();
        Self { names, index, repeated, asked }
    }

    /// A row whose cells of equally named columns are joined in the first of them.
    fn joined<'r>(&self, record: &'r csv::StringRecord) -> Cow<'r, csv::StringRecord> {
        if self.repeated.is_empty() {
            return Cow::Borrowed(record);
        }
        let mut cells: Vec<String> = record.iter().map(str::to_owned).collect();
        for (later, first) in &self.repeated {
            let Some(cell) = cells.get_mut(*later).map(std::mem::take) else { continue };
            let Some(one) = cells.get_mut(*first) else { continue };
            let says_nothing = |cell: &str| cell.trim().is_empty() || is_spreadsheet_error(cell);
            if says_nothing(one) {
                *one = cell;
            } else if !says_nothing(&cell) && cell.trim() != one.trim() {
                *one = format!("{}、{}", one.trim(), cell.trim());
            }
        }
        Cow::Owned(cells.into())
    }

    /// Gives columns that a publisher calls otherwise the names that readers ask for: pairs of both.
    pub fn rename(&mut self, synonyms: &[(&str, &str)]) {
        for (seen, wanted) in synonyms {
            let index = self.index.get(&column_key(seen)).copied();
            let Some(index) = index.filter(|_| !self.has(wanted)) else { continue };
            self.index.insert(column_key(wanted), index);
            if let Some(name) = self.names.get_mut(index) {
                *name = column_key(wanted);
            }
        }
    }

    /// Whether a column has this name with a remark in brackets behind it.
    pub fn has_remarked(&self, name: &str) -> bool {
        self.names.iter().any(|known| without_remark(known) == Some(&column_key(name)))
    }

    /// Gives a column whose name only has a remark in brackets behind that of a known one, or behind another name of it, the
    /// name of that: 定員（人）, 参加費（円）.
    pub fn rename_remarked(&mut self, known: &[&str], synonyms: &[(&str, &str)]) {
        let keys: Vec<String> = known.iter().map(|name| column_key(name)).collect();
        let meant = |name: &String| {
            let plain = without_remark(name).filter(|_| !keys.contains(name))?;
            let synonym = synonyms.iter().find(|(seen, _)| column_key(seen) == plain);
            let wanted = synonym.map_or_else(|| plain.to_owned(), |(_, wanted)| column_key(wanted));
            keys.contains(&wanted).then_some(wanted)
        };
        let found: Vec<(String, String)> =
            self.names.iter().filter_map(|name| Some((name.clone(), meant(name)?))).collect();
        for (seen, wanted) in found {
            self.rename(&[(&seen, &wanted)]);
        }
    }

    /// The place of a column, for which a reader has asked now.
    fn ask(&self, name: &str) -> Option<usize> {
        let place = *self.index.get(&column_key(name))?;
        self.asked.get(place)?.store(true, Ordering::Relaxed);
        Some(place)
    }

    /// The names of columns for which no reader has asked so far, among those at some places.
    pub fn unread(&self, places: &BTreeSet<usize>) -> Vec<String> {
        let is_unread =
            |place: &&usize| self.asked.get(**place).is_some_and(|asked| !asked.load(Ordering::Relaxed));
        let named = places.iter().filter(is_unread).filter_map(|place| self.names.get(*place));
        named.filter(|name| !name.is_empty()).cloned().collect()
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

/// The key of a name without the remark in brackets behind it; `None`: it has none.
fn without_remark(key: &str) -> Option<&str> {
    Some(key.strip_suffix(')')?.rsplit_once('(')?.0)
}

/// One row of the table.
pub struct Row<'a> {
    /// Its row as a spreadsheet numbers it, blank rows included; the header is row 1.
    pub line: u64,
    /// The day of the import: what a row says of itself does not lie after it.
    pub today: NaiveDate,
    /// The municipality of a row that names none; `None`: not known.
    pub municipality: Option<&'a MunicipalityCode>,
    columns: &'a Columns,
    record: &'a csv::StringRecord,
}

impl<'a> Row<'a> {
    /// The cell of a column, or `None` when the file has no such column. An error of a spreadsheet counts as empty.
    pub fn cell(&self, name: &str) -> Option<&'a str> {
        let cell = self.record.get(self.columns.ask(name)?)?;
        Some(if is_spreadsheet_error(cell) { "" } else { cell })
    }

    /// The cells that have an error of a spreadsheet (`#N/A`), each with the name of its column.
    pub fn damaged(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let named = self.columns.names.iter().map(String::as_str).zip(self.record.iter().map(str::trim));
        named.filter(|(column, cell)| !column.is_empty() && is_spreadsheet_error(cell))
    }

    /// Warns about cells with an error of a spreadsheet (`#N/A`), and about characters that other machines cannot show.
    pub fn odd_cells(&self, report: &mut Report) {
        for (column, cell) in self.columns.names.iter().zip(self.record.iter()) {
            let (column, shown) = (|| column.clone(), || cell.trim().to_owned());
            if is_spreadsheet_error(cell) {
                report.warn(Remark::SpreadsheetError { column: column(), cell: shown() });
            } else if let Some(odd) = cell.chars().find(|c| is_private_use(*c)) {
                let character = format!("U+{:04X}", odd as u32);
                report.warn(Remark::Gaiji { column: column(), character });
            }
        }
    }

    /// The trimmed text of a cell; empty when the cell or the column is.
    pub fn text(&self, name: &str) -> &'a str {
        self.cell(name).unwrap_or_default().trim()
    }

    /// The cells of the row, with others in some columns.
    pub fn mended(&self, others: &[(&str, &str)]) -> csv::StringRecord {
        let cell = |(at, cell): (usize, &'a str)| {
            let name = self.columns.names.get(at);
            let other =
                others.iter().find(|(column, _)| name.is_some_and(|name| *name == column_key(column)));
            other.map_or(cell.to_owned(), |(_, other)| (*other).to_owned())
        };
        self.record.iter().enumerate().map(cell).collect()
    }

    /// The same row with other cells.
    pub fn of<'r>(&self, record: &'r csv::StringRecord) -> Row<'r>
    where
        'a: 'r,
    {
        Row { record, ..*self }
    }

    /// The places of the cells that are not empty.
    pub fn filled(&self) -> impl Iterator<Item = usize> {
        let filled = |cell: &str| !cell.trim().is_empty() && !is_spreadsheet_error(cell);
        self.record.iter().enumerate().filter(move |(_, cell)| filled(cell)).map(|(place, _)| place)
    }

    /// Every cell with the name of its column.
    pub fn cells(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let named = self.columns.names.iter().map(String::as_str).zip(self.record.iter());
        named.filter(|(_, cell)| !is_spreadsheet_error(cell))
    }
}

/// Whether a character is a 外字, whose shape only the machine of its writer knows.
fn is_private_use(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

/// A parsed header and the rows that are not read yet.
pub struct Table<'t> {
    columns: Columns,
    text: &'t str,
    reader: csv::Reader<&'t [u8]>,
    today: NaiveDate,
    municipality: Option<MunicipalityCode>,
}

fn reader(text: &str) -> csv::Reader<&[u8]> {
    let first = text.split(['\r', '\n']).find(|line| !line.is_empty()).unwrap_or_default();
    let count = |delimiter: u8| first.bytes().filter(|byte| *byte == delimiter).count();
    // Of equal counts the last one is taken: a comma.
    let delimiter = [b'\t', b';', b','].into_iter().max_by_key(|one| count(*one)).unwrap_or(b',');
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
        Ok(Self { columns: Columns::new(header), text, reader, today, municipality: None })
    }

    /// The header.
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// Gives columns that a publisher calls otherwise the names that readers ask for: pairs of both.
    pub fn rename(&mut self, synonyms: &[(&str, &str)]) {
        self.columns.rename(synonyms);
    }

    /// Gives columns with a remark in brackets behind their name that name alone: see [`Columns::rename_remarked`].
    pub fn rename_remarked(&mut self, known: &[&str], synonyms: &[(&str, &str)]) {
        self.columns.rename_remarked(known, synonyms);
    }

    /// Sets the municipality of rows that name none.
    pub fn default_municipality(&mut self, municipality: Option<MunicipalityCode>) {
        self.municipality = municipality;
    }

    /// Calls `each` with every row, good or broken, in file order. Blank rows are skipped; so are those below
    /// the table that are no rows of it, which are answered.
    pub fn for_each(mut self, mut each: impl FnMut(Result<Row<'_>, Complaint>)) -> Option<Footer> {
        let mut record = csv::StringRecord::new();
        let mut lines = Lines::of(self.text);
        // Rows that are a footer unless another row follows.
        let mut last: Vec<(u64, csv::StringRecord)> = Vec::new();
        loop {
            let (start, line) = lines.next_row(self.reader.position().byte());
            match self.reader.read_record(&mut record) {
                Ok(false) => {
                    let rows = last.len() as u64;
                    return last.first().map(|(line, _)| Footer { line: *line, rows });
                }
                Ok(true) => {}
                Err(error) => {
                    each(Err(Complaint::of_row(line, Flaw::UnreadableRow { cause: error.to_string() })));
                    continue;
                }
            }
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            if let Some(flaw) = self.unclosed(&record, start) {
                each(Err(Complaint::of_row(line, flaw)));
                continue;
            }
            if self.columns.names.len() >= FOOTER_COLUMNS && is_footer(&record) {
                last.push((line, record.clone()));
                continue;
            }
            for (line, record) in last.drain(..) {
                self.row(line, &record, &mut each);
            }
            self.row(line, &record, &mut each);
        }
    }

    fn row(&self, line: u64, record: &csv::StringRecord, each: &mut impl FnMut(Result<Row<'_>, Complaint>)) {
        if let Some(flaw) = self.flaw(record) {
            return each(Err(Complaint::of_row(line, flaw)));
        }
        let record = &self.columns.joined(record);
        let municipality = self.municipality.as_ref();
        each(Ok(Row { line, today: self.today, municipality, columns: &self.columns, record }));
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
    fn a_line_break_in_a_cell_does_not_move_the_rows_below() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["ID,名称", "1,\"結\n会\"", "", "2,輪", "\"3\n\",\"和\r\n会\"", "4"].join(end);
            let mut lines = Vec::new();
            Table::open(&text, NaiveDate::MAX).expect("a table").for_each(|row| {
                lines.push(row.map_or_else(|complaint| complaint.line, |row| row.line));
            });
            assert_eq!(lines, [2, 4, 5, 6], "{end:?}");
        }
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
