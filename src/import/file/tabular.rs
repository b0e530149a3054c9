//! Finds the table of a file: a JSON list, or the sheet of a workbook with a known header.

use crate::import::complaint::{Refusal, Remark};
use crate::import::file::input::Input;
use crate::import::file::json;
use crate::import::file::table::Columns;
use crate::import::file::workbook::Sheet;
use crate::import::formats::Format;
use crate::import::report::Report;

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
        return Ok(input);
    }
    if input.text.len() > LARGEST_JSON {
        return Err(Refusal::LargeJson);
    }
    let text = json::table(&input.text)?;
    Ok(Input { text, ..input })
}

/// The text of the first filled-in sheet with a known header; the lines above the header become blank.
fn chosen(sheets: &[Sheet], wanted: Option<Format>, report: &mut Report) -> Result<String, Refusal> {
    let known: Vec<(&Sheet, usize)> =
        sheets.iter().filter_map(|sheet| Some((sheet, header(&sheet.text, wanted)?))).collect();
    let filled = |(sheet, above): &(&Sheet, usize)| {
        sheet.text.lines().skip(above + 1).any(|line| !line.trim_matches(',').is_empty())
    };
    let first = known.iter().position(filled).unwrap_or(0);
    let Some((sheet, above)) = known.get(first).copied() else { return Err(unknown(sheets, wanted)) };
    if sheets.len() > 1 || above > 0 {
        report.notes.push(Remark::SheetRead { sheet: sheet.name.clone(), row: above + 1 });
    }
    for (other, _) in known.iter().skip(first + 1).filter(|one| filled(one)) {
        report.notes.push(Remark::SheetNotRead { sheet: other.name.clone() });
    }
    Ok(below(&sheet.text, above))
}

/// The number of lines above the header of a known format.
fn header(text: &str, wanted: Option<Format>) -> Option<usize> {
    let is_header =
        |line: &str| Columns::read(line).is_ok_and(|columns| Format::of_columns(&columns, wanted).is_ok());
    text.lines().take(HEADER_WITHIN).position(is_header)
}

fn below(text: &str, above: usize) -> String {
    let rest = text.splitn(above + 1, '\n').last().unwrap_or_default();
    format!("{}{rest}", "\n".repeat(above))
}

fn unknown(sheets: &[Sheet], wanted: Option<Format>) -> Refusal {
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
        Sheet { name: name.into(), text }
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
    fn a_workbook_without_a_known_header_says_what_it_found() {
        let sheets = [sheet("Sheet1", "名前,年齢\n見本,5\n".into())];
        let told = chosen(&sheets, None, &mut Report::default()).expect_err("unknown");
        let Refusal::InSheet { sheet, told } = told else { panic!("{told:?}") };
        assert_eq!(sheet, "Sheet1");
        assert!(matches!(*told, Refusal::UnknownHeader { .. }), "{told:?}");
    }
}
