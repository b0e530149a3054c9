//! Finds the table of a file: a JSON list, or the sheet of a workbook with a known header.

use crate::import::complaint::{Refusal, Remark, Words};
use crate::import::file::input::Input;
use crate::import::file::json;
use crate::import::file::rows::rows;
use crate::import::file::table::Columns;
use crate::import::file::workbook::Sheet;
use crate::import::formats::Format;
use crate::import::report::Report;
use std::ops::Range;

/// First rows of a sheet among which the header must be; a title and remarks may precede it.
const HEADER_WITHIN: usize = 20;
/// Largest JSON text in bytes; it is parsed as a whole, which takes several times its size.
const LARGEST_JSON: usize = 128 << 20;

/// The file with its table as text. Rows of a sheet keep their numbers, objects of a list their lines.
///
/// # Errors
/// When no part of the file is a table of a known format.
pub fn table_of(input: Input, wanted: Option<Format>, report: &mut Report) -> Result<Input, Refusal> {
    if !input.sheets.is_empty() {
        let text = chosen(&input.sheets, wanted, report)?;
        return Ok(Input { text, sheets: Vec::new(), ..input });
    }
    if !input.is_json() {
        return Ok(with_header_first(input, wanted, report));
    }
    if input.text.len() > LARGEST_JSON {
        return Err(Refusal::LargeJson);
    }
    let text = json::table(&input.text)?;
    Ok(Input { text, ..input })
}

/// Names of sheets that show how the others are filled in.
const EXAMPLES: [&str; 4] = ["入力例", "記入例", "作成例", "記載例"];

/// A text whose header comes first; what stands above it (a title, `sep=;`) becomes blank lines.
fn with_header_first(input: Input, wanted: Option<Format>, report: &mut Report) -> Input {
    match header(&input.text, wanted) {
        Some(found) if found.above > 0 || found.is_broken(&input.text) => {
            if found.above > 0 {
                report.notes.push(Remark::HeaderBelow { line: found.above + 1 });
            }
            Input { text: found.begin(&input.text), ..input }
        }
        _ => input,
    }
}

/// The text of the first filled-in sheet with a known header; the lines above the header become blank. A sheet with
/// an example is not read while another one is filled in.
fn chosen(sheets: &[Sheet], wanted: Option<Format>, report: &mut Report) -> Result<String, Refusal> {
    let filled = |sheet: &Sheet, above: usize| {
        sheet.text.lines().skip(above).any(|line| !line.trim_matches(',').is_empty())
    };
    let is_example = |sheet: &Sheet| EXAMPLES.iter().any(|name| sheet.name.contains(name));
    let real: Vec<&Sheet> = sheets.iter().filter(|one| !is_example(one) && filled(one, 1)).collect();
    let sheets = if real.is_empty() { sheets.iter().collect() } else { real };
    let known: Vec<(&Sheet, Header)> =
        sheets.iter().filter_map(|sheet| Some((*sheet, header(&sheet.text, wanted)?))).collect();
    let has_rows = |(sheet, header): &(&Sheet, Header)| {
        sheet
            .text
            .get(header.range.end..)
            .is_some_and(|rows| rows.contains(|c| !matches!(c, ',' | '\r' | '\n')))
    };
    let first = known.iter().position(has_rows).unwrap_or(0);
    let Some((sheet, header)) = known.get(first) else { return Err(unknown(&sheets, wanted)) };
    if sheets.len() > 1 || header.above > 0 {
        report.notes.push(Remark::SheetRead { sheet: sheet.name.clone(), row: header.above + 1 });
    }
    for (other, _) in known.iter().skip(first + 1).filter(|one| has_rows(one)) {
        report.notes.push(Remark::SheetNotRead { sheet: other.name.clone() });
    }
    let below = |row: &&u32| **row as usize > header.above + 1;
    let hidden: Vec<String> = sheet.hidden.iter().filter(below).map(u32::to_string).collect();
    if !hidden.is_empty() {
        report.notes.push(Remark::HiddenRows { sheet: sheet.name.clone(), rows: Words::of(hidden) });
    }
    Ok(header.begin(&sheet.text))
}

/// The header of a table in a text.
struct Header {
    /// Rows above it.
    above: usize,
    /// Its range in bytes.
    range: Range<usize>,
    /// The line that is read instead, when a column has its name in a row above only.
    joined: Option<String>,
}

impl Header {
    /// Whether a name in it has a line break.
    fn is_broken(&self, text: &str) -> bool {
        text.get(self.range.clone()).is_some_and(|header| header.trim_end().contains('\n'))
    }

    /// The text from the header on, in one line of its own, at the same row as before.
    fn begin(&self, text: &str) -> String {
        let written = text.get(self.range.clone()).unwrap_or_default();
        let rest = text.get(self.range.end..).unwrap_or_default();
        let header = self.joined.as_deref().unwrap_or(written).replace(['\r', '\n'], "");
        format!("{}{header}\n{rest}", "\n".repeat(self.above))
    }
}

/// The first row with the columns of a known format; the last one of a header in several rows, whose merged cells are
/// repeated in each.
fn header(text: &str, wanted: Option<Format>) -> Option<Header> {
    let is_whole = |columns: &Columns| Format::of_columns(columns, wanted).is_ok();
    // A column of a list may have another name: its rows are checked all the same.
    header_that(text, is_whole)
        .or_else(|| header_that(text, |columns| Format::nearly_own(columns, wanted).is_some()))
}

fn header_that(text: &str, is_one: impl Fn(&Columns) -> bool) -> Option<Header> {
    [b',', b'\t', b';'].into_iter().find_map(|delimiter| {
        let mut reader = csv::ReaderBuilder::new();
        let mut reader =
            reader.delimiter(delimiter).flexible(true).has_headers(false).from_reader(text.as_bytes());
        let mut record = csv::StringRecord::new();
        let mut found: Option<Header> = None;
        let mut names = csv::StringRecord::new();
        let (mut above, mut counted) = (0, 0);
        for _ in 0..HEADER_WITHIN {
            let before = reader.position().byte() as usize;
            if !reader.read_record(&mut record).unwrap_or(false) {
                return found;
            }
            let blank = text.get(before..)?.bytes().take_while(|byte| b"\r\n".contains(byte)).count();
            let start = before + blank;
            above += rows(text.get(counted..start)?);
            counted = start;
            let is_header = is_one(&Columns::new(&record));
            if !is_header && found.is_some() {
                return found;
            }
            if is_header {
                let after = reader.position().byte() as usize;
                let end = start + text.get(start..after)?.trim_end_matches(['\r', '\n']).len();
                let rest = text.get(end..)?;
                let line_end = if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) };
                let joined = found.is_some().then(|| joined(&names, &record, delimiter)).flatten();
                found = Some(Header { above, range: start..end + line_end, joined });
                names = record.clone();
            }
        }
        found
    })
}

/// The second row of a header with the names of the first where it has none, as one line; `None` when it has all.
fn joined(above: &csv::StringRecord, below: &csv::StringRecord, delimiter: u8) -> Option<String> {
    let lacks = |(n, name): (usize, &str)| {
        name.trim().is_empty() && above.get(n).is_some_and(|name| !name.trim().is_empty())
    };
    if !below.iter().enumerate().any(lacks) {
        return None;
    }
    let name = |(n, name): (usize, &str)| match above.get(n) {
        Some(above) if name.trim().is_empty() => above.to_owned(),
        _ => name.to_owned(),
    };
    let names: Vec<String> = below.iter().enumerate().map(name).collect();
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    writer.write_record(&names).ok()?;
    String::from_utf8(writer.into_inner().ok()?).ok()
}

fn unknown(sheets: &[&Sheet], wanted: Option<Format>) -> Refusal {
    let first = sheets.iter().find_map(|sheet| {
        let line = sheet.text.lines().find(|line| !line.is_empty())?;
        let told = Format::of_columns(&Columns::read(line).ok()?, wanted).err()?;
        Some(Refusal::InSheet { sheet: sheet.name.clone(), told: Box::new(told) })
    });
    let told = first.unwrap_or(Refusal::EmptySheets);
    match sheets.len() {
        0 | 1 => told,
        sheets => Refusal::NoKnownSheet { sheets: sheets as u64, told: Box::new(told) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::file::table::Table;

    const HEADER: &str = "#property,latitude,longitude,name,address";

    fn sheet(name: &str, text: String) -> Sheet {
        Sheet { name: name.into(), text, hidden: Vec::new() }
    }

    #[test]
    fn the_sheet_with_a_known_header_is_chosen_and_its_rows_keep_their_numbers() {
        let sheets = [
            sheet("説明", "この表の使い方,,\n".into()),
            sheet("一覧", format!("見本市の施設一覧,,,,\n\n{HEADER}\n1,,,見本公民館,見本市\n")),
            sheet("予備", format!("{HEADER}\n1,,,見本会館,見本市\n")),
        ];
        let mut report = Report::default();
        let text = chosen(&sheets, None, &mut report).expect("a known header");
        let mut lines = Vec::new();
        Table::open(&text, chrono::NaiveDate::MAX).expect("a table").for_each(|row| {
            lines.extend(row.ok().map(|row| (row.line, row.text("name").to_owned())));
        });
        assert_eq!(lines, [(4, "見本公民館".to_owned())]);
        let read = Remark::SheetRead { sheet: "一覧".into(), row: 3 };
        assert_eq!(report.notes, [read, Remark::SheetNotRead { sheet: "予備".into() }]);
    }

    #[test]
    fn a_header_in_two_rows_takes_its_names_from_both() {
        let above = csv::StringRecord::from(vec!["施設", "", "name", "所在地"]);
        let below = csv::StringRecord::from(vec!["#property", "latitude", "", "address"]);
        assert_eq!(joined(&above, &below, b',').as_deref(), Some("#property,latitude,name,address\n"));
        assert_eq!(joined(&below, &above, b','), Some("施設,latitude,name,所在地\n".to_owned()));
        assert_eq!(joined(&above, &above, b','), None);
    }

    #[test]
    fn a_workbook_without_a_known_header_says_what_it_found() {
        let sheets = [sheet("Sheet1", "名前,年齢\n見本,5\n".into())];
        let told = chosen(&sheets, None, &mut Report::default()).expect_err("unknown");
        let Refusal::InSheet { sheet, told } = told else { panic!("{told:?}") };
        assert_eq!(sheet, "Sheet1");
        assert!(matches!(*told, Refusal::UnknownHeader { .. }), "{told:?}");
    }
}
