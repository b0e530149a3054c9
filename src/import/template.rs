//! Templates of lists and forms: header, one row of explanations, one example, then the prefilled rows; as
//! CSV or as an Excel workbook with a menu for each column of a closed set.

use crate::import::formats::Format;
use crate::import::read::own::{self, Column, EXAMPLE, EXPLANATION};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, Format as Style, FormatAlign, Formula, Workbook, Worksheet,
    XlsxError,
};

/// Rows with menus after the prefilled ones.
const ROWS: u32 = 2_000;
/// The sheet that holds the words of the menus.
const WORDS: &str = "用語";

/// The sheet with the instructions.
const GUIDE: &str = "記入のしかた";

/// The names of the lists that have a template.
pub fn names() -> impl Iterator<Item = &'static str> {
    Format::profiles()
        .iter()
        .filter(|profile| own::columns(profile.format).is_some())
        .map(|profile| profile.name)
}

/// A list or form to be filled in.
pub struct Form {
    /// Name of its sheet.
    pub title: &'static str,
    /// Columns of the sheet, from left to right.
    pub columns: Vec<Column>,
    /// Prefilled rows, in the order of the columns.
    pub rows: Vec<Vec<String>>,
    /// Instructions, on a sheet of their own.
    pub guide: &'static [&'static str],
}

impl Form {
    /// An empty list.
    ///
    /// # Errors
    /// When the format is no list.
    pub fn empty(format: Format) -> Result<Self, String> {
        let title = format.profile().title;
        Ok(Self { title, columns: columns(format)?, rows: Vec::new(), guide: &[] })
    }

    /// As CSV that spreadsheets open correctly: UTF-8 with a byte order mark, CRLF.
    ///
    /// # Errors
    /// When the cells cannot be written.
    pub fn csv(&self) -> Result<Vec<u8>, String> {
        let mut out = "\u{feff}".as_bytes().to_vec();
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut out);
        for row in head(&self.columns).iter().chain(&self.rows) {
            writer.write_record(row).map_err(|error| error.to_string())?;
        }
        writer.flush().map_err(|error| error.to_string())?;
        drop(writer);
        Ok(out)
    }

    /// As an Excel workbook.
    ///
    /// # Errors
    /// When the workbook cannot be made.
    pub fn xlsx(&self) -> Result<Vec<u8>, String> {
        workbook(self).map_err(|error| error.to_string())
    }
}

fn columns(format: Format) -> Result<Vec<Column>, String> {
    let columns = own::columns(format).ok_or_else(|| format!("{} is no list", format.profile().name))?;
    Ok(columns.into_iter().copied().collect())
}

/// Header, explanation, example.
fn head(columns: &[Column]) -> [Vec<String>; 3] {
    let first =
        |mark: &str, text: &str, at: usize| if at == 0 { format!("{mark}{text}") } else { text.to_owned() };
    let cells = |cell: &dyn Fn(usize, &Column) -> String| {
        columns.iter().enumerate().map(|(at, column)| cell(at, column)).collect()
    };
    [
        cells(&|_, column| column.name.to_owned()),
        cells(&|at, column| first(EXPLANATION, &explanation(column), at)),
        cells(&|at, column| first(EXAMPLE, column.example, at)),
    ]
}

/// The hint, followed by the allowed words.
fn explanation(column: &Column) -> String {
    let words = column.words.map(|words| words().join(" / ")).unwrap_or_default();
    let parts = [column.hint, words.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("。")
}

fn workbook(form: &Form) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(form.title)?;
    let text = Style::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top);
    let header = Style::new().set_bold().set_background_color("DDEBF7").set_text_wrap();
    let guidance = Style::new().set_font_color("7F7F7F").set_text_wrap().set_align(FormatAlign::Top);
    for (at, column) in (0u16..).zip(&form.columns) {
        // As text, since a spreadsheet turns 1-2 into a date and 0235 into a number.
        sheet.set_column_format(at, &text)?;
        sheet.set_column_width(at, width(column))?;
    }
    let head = head(&form.columns);
    let styles = [&header, &guidance, &guidance].into_iter().chain(std::iter::repeat(&text));
    for ((at, row), style) in (0u32..).zip(head.iter().chain(&form.rows)).zip(styles) {
        for (column, cell) in (0u16..).zip(row).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string_with_format(at, column, cell, style)?;
        }
    }
    sheet.set_freeze_panes(1, 2)?;
    let chosen: Vec<(u16, &Column)> =
        (0u16..).zip(&form.columns).filter(|(_, column)| column.words.is_some()).collect();
    let last = u32::try_from(form.rows.len()).unwrap_or(ROWS) + ROWS;
    for (place, (at, column)) in (0u16..).zip(&chosen) {
        menu(sheet, *at, place, column, last)?;
    }
    if !form.guide.is_empty() {
        guide(workbook.add_worksheet(), form.guide)?;
    }
    words(workbook.add_worksheet(), &chosen)?;
    workbook.save_to_buffer()
}

fn guide(sheet: &mut Worksheet, sentences: &[&str]) -> Result<(), XlsxError> {
    sheet.set_name(GUIDE)?;
    let wrapped = Style::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_column_width(0, 100.0)?;
    for (row, sentence) in (0u32..).zip(sentences) {
        sheet.write_string_with_format(row, 0, *sentence, &wrapped)?;
    }
    Ok(())
}

fn width(column: &Column) -> f64 {
    if column.wide {
        40.0
    } else {
        f64::from(u32::try_from(column.name.chars().count()).unwrap_or(10).max(6)) * 2.2
    }
}

/// Adds a menu of the words of a column, which are on the sheet of words.
fn menu(sheet: &mut Worksheet, at: u16, place: u16, column: &Column, last: u32) -> Result<(), XlsxError> {
    let count = column.words.map(|words| words().len()).unwrap_or_default();
    let letter = rust_xlsxwriter::utility::column_number_to_name(place);
    let range = Formula::new(format!("={WORDS}!${letter}$2:${letter}${}", count + 1));
    let validation = DataValidation::new().allow_list_formula(range);
    // A cell with several words equals no item of the menu, so there the menu only proposes.
    let validation = if column.several {
        validation.show_error_message(false)
    } else {
        validation
            .set_error_style(DataValidationErrorStyle::Stop)
            .set_error_title(column.name)?
            .set_error_message("一覧から選んでください")?
    };
    sheet.add_data_validation(3, at, last, at, &validation)?;
    Ok(())
}

fn words(sheet: &mut Worksheet, chosen: &[(u16, &Column)]) -> Result<(), XlsxError> {
    sheet.set_name(WORDS)?;
    let header = Style::new().set_bold();
    for (at, (_, column)) in (0u16..).zip(chosen) {
        sheet.set_column_width(at, 26.0)?;
        sheet.write_string_with_format(0, at, column.name, &header)?;
        let words = column.words.map(|words| words()).unwrap_or_default();
        for (row, word) in (1u32..).zip(words) {
            sheet.write_string(row, at, word)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::file::table::Table;
    use crate::import::formats::{Family, FileContext};
    use crate::import::report::Report;
    use std::collections::HashSet;

    fn lists() -> impl Iterator<Item = Format> {
        names().filter_map(Format::named)
    }

    #[test]
    fn every_column_has_a_name_of_its_own_and_every_required_one_exists() {
        for format in lists() {
            let columns = columns(format).unwrap();
            let names: HashSet<&str> = columns.iter().map(|column| column.name).collect();
            assert_eq!(names.len(), columns.len(), "{format:?}");
            assert!(format.profile().required.iter().all(|name| names.contains(name)), "{format:?}");
        }
    }

    #[test]
    fn the_example_of_every_list_can_be_imported_once_it_is_unmarked() {
        let mut kinds = 0;
        for format in lists() {
            let Family::Facilities(read) = format.profile().family else { continue };
            kinds += 1;
            let text =
                String::from_utf8(Form::empty(format).unwrap().csv().unwrap()).unwrap().replace(EXAMPLE, "");
            let mut report = Report::default();
            let mut taken = 0;
            let day = chrono::NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
            let table = Table::open(text.trim_start_matches('\u{feff}'), day).unwrap();
            assert_eq!(Format::of_header(table.columns()).ok(), Some(format));
            let columns = table.columns().clone();
            let file = FileContext { file_name: "", columns: &columns, as_of: None };
            table.for_each(|row| {
                let Ok(row) = row else { panic!("a broken row") };
                if !own::is_guidance(&row) {
                    taken += usize::from(read(&row, &file, &mut report).is_some());
                }
            });
            assert_eq!((taken, report.rejected.as_slice()), (1, &[][..]), "{format:?}");
            assert!(report.warnings.is_empty(), "{format:?}: {:?}", report.warnings);
        }
        assert_eq!(kinds, 4, "a list of resources was not tried");
    }

    #[test]
    fn a_workbook_is_a_zip_file_of_moderate_size() {
        for format in lists() {
            let workbook = Form::empty(format).unwrap().xlsx().unwrap();
            assert!(workbook.starts_with(b"PK") && workbook.len() < 100_000, "{} bytes", workbook.len());
        }
    }
}
