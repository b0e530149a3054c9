//! Excel workbooks (.xlsx) as table text: one record for each row of a sheet, so that rows keep their numbers.

use crate::import::complaint::Refusal;
use crate::import::file::hidden_rows;
use crate::import::file::input::unreadable;
use calamine::{Data, DataRef, Dimensions, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use std::collections::{BTreeMap, HashSet};
use std::io::{Cursor, Read};

/// First bytes of a workbook, and of any ZIP archive.
pub const MAGIC: [u8; 4] = *b"PK\x03\x04";
/// First bytes of an old Excel file, and of a workbook under a password.
pub const OLD_MAGIC: [u8; 6] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1];

/// Largest workbook in bytes; a list kept by hand is smaller.
const LARGEST_FILE: u64 = 64 << 20;
/// Largest workbook in bytes after unpacking, checked before it is read.
const LARGEST_UNPACKED: u64 = 256 << 20;
/// Largest text of a sheet in bytes: cells may share a long text, so a small file can hold a large sheet.
const LARGEST_TEXT: usize = 128 << 20;
const MOST_PARTS: usize = 4_096;
const MOST_COLUMNS: u32 = 1_000;

/// A visible sheet of a workbook as comma separated text.
pub struct Sheet {
    /// Name of the sheet.
    pub name: String,
    /// One line per row, blank rows included.
    pub text: String,
    /// Numbers of the rows with cells that are hidden, by hand or by a filter.
    pub hidden: Vec<u32>,
}

/// The visible sheets that are not empty, in their order.
///
/// # Errors
/// Too large, damaged, under a password, or not a workbook.
pub fn sheets(file: impl Read) -> Result<Vec<Sheet>, Refusal> {
    let bytes = all(file)?;
    check_parts(&bytes)?;
    let hidden = hidden_rows::of_sheets(&bytes);
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged_workbook)?;
    let is_shown = |s: &calamine::Sheet| s.typ == SheetType::WorkSheet && s.visible == SheetVisible::Visible;
    let shown = workbook.sheets_metadata().iter().filter(|s| is_shown(s));
    let names: Vec<String> = shown.map(|s| s.name.clone()).collect();
    let mut sheets = Vec::new();
    for name in names {
        let (text, filled) = text(&mut workbook, &name)?;
        if !text.trim().is_empty() {
            let hidden = hidden.get(&name).into_iter().flatten();
            let hidden = hidden.copied().filter(|row| filled.contains(row)).collect();
            sheets.push(Sheet { name, text, hidden });
        }
    }
    Ok(sheets)
}

/// The refusal of a file in the old container: an old Excel file, or a new workbook under a password.
pub fn refuse_old(file: impl Read) -> Refusal {
    let marker: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let bytes = all(file).unwrap_or_default();
    if bytes.windows(marker.len()).any(|window| window == marker) {
        return Refusal::Password;
    }
    Refusal::OldExcel
}

fn all(file: impl Read) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    file.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(Refusal::LargeWorkbook);
    }
    Ok(bytes)
}

/// Unpacks every part once without keeping it, because the sizes in the archive may be wrong.
fn check_parts(bytes: &[u8]) -> Result<(), Refusal> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::DamagedZip)?;
    if !archive.file_names().any(|name| name.is_ok_and(|name| name == "xl/workbook.xml")) {
        return Err(Refusal::NotAWorkbook);
    }
    if archive.len() > MOST_PARTS {
        return Err(Refusal::ManyParts);
    }
    let mut left = LARGEST_UNPACKED;
    for n in 0..archive.len() {
        let part = archive.by_index(n).map_err(|_| Refusal::DamagedZip)?;
        let read =
            std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(|_| Refusal::DamagedZip)?;
        left = left.checked_sub(read).ok_or(Refusal::UnpacksLarge)?;
    }
    Ok(())
}

fn damaged_workbook(error: XlsxError) -> Refusal {
    match error {
        XlsxError::Password => Refusal::Password,
        other => Refusal::DamagedWorkbook { cause: other.to_string() },
    }
}

/// The text of a sheet, and the numbers of its rows with cells. Reads cell by cell: a range would allocate all cells
/// between two distant ones.
fn text(workbook: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str) -> Result<(String, HashSet<u32>), Refusal> {
    let merged = workbook.merge_cells_by_sheet_name(sheet).map_err(damaged_workbook)?;
    let mut cells = workbook.worksheet_cells_reader(sheet).map_err(damaged_workbook)?;
    let mut rows: BTreeMap<u32, Vec<(u32, String)>> = BTreeMap::new();
    let (mut width, mut size) = (0, 0);
    while let Some(cell) = cells.next_cell().map_err(damaged_workbook)? {
        let (row, column) = cell.get_position();
        let shown = shown(cell.get_value());
        if shown.trim().is_empty() {
            continue;
        }
        if column >= MOST_COLUMNS {
            return Err(Refusal::FarColumn { sheet: sheet.to_owned(), column: column + 1 });
        }
        width = width.max(column + 1);
        size += shown.len();
        if size + rows.len() * width as usize > LARGEST_TEXT {
            return Err(Refusal::LargeSheet { sheet: sheet.to_owned() });
        }
        rows.entry(row).or_default().push((column, shown));
    }
    if repeat_merged(&mut rows, &merged, size) > LARGEST_TEXT {
        return Err(Refusal::LargeSheet { sheet: sheet.to_owned() });
    }
    let filled = rows.keys().map(|row| row + 1).collect();
    let text = lines(rows, width).ok_or_else(|| Refusal::UnwritableSheet { sheet: sheet.to_owned() })?;
    Ok((text, filled))
}

/// Gives the value of a cell that is merged downwards to each row of it that has other cells. Answers the size of the text
/// in bytes, which was `size` before; ends early once it is too large.
fn repeat_merged(
    rows: &mut BTreeMap<u32, Vec<(u32, String)>>,
    merged: &[Dimensions],
    mut size: usize,
) -> usize {
    for region in merged.iter().filter(|region| region.end.0 > region.start.0) {
        let (first, column) = region.start;
        let value = rows.get(&first).and_then(|cells| cells.iter().find(|cell| cell.0 == column)).cloned();
        let Some(value) = value else { continue };
        for (_, cells) in rows.range_mut(first + 1..=region.end.0) {
            if cells.iter().all(|cell| cell.0 != column) {
                size += value.1.len();
                if size > LARGEST_TEXT {
                    return size;
                }
                cells.push(value.clone());
            }
        }
    }
    size
}

fn lines(rows: BTreeMap<u32, Vec<(u32, String)>>, width: u32) -> Option<String> {
    let mut out = Vec::new();
    let mut next = 0;
    for (row, mut cells) in rows {
        out.extend(std::iter::repeat_n(b'\n', row.checked_sub(next)? as usize));
        cells.sort_unstable();
        let mut record = vec![String::new(); width as usize];
        for (column, text) in cells {
            *record.get_mut(column as usize)? = text;
        }
        let mut writer = csv::Writer::from_writer(&mut out);
        writer.write_record(&record).ok()?;
        writer.flush().ok()?;
        drop(writer);
        next = row + 1;
    }
    String::from_utf8(out).ok()
}

/// The text of a cell as it would be typed.
fn shown(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Float(number) => plain(*number),
        DataRef::DateTime(moment) => of_moment(moment),
        DataRef::SharedString(text) => without_blank_lines(text),
        DataRef::String(text) => without_blank_lines(text),
        other => without_blank_lines(&Data::from(other.clone()).to_string()),
    }
}

/// A number without `.0`, and with no more digits than it has.
fn plain(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 { format!("{number:.0}") } else { number.to_string() }
}

/// An ISO date, a time of day, or both.
fn of_moment(moment: &ExcelDateTime) -> String {
    let minutes = (moment.as_f64() * 1_440.0).round();
    // 24:00 in a column of times.
    if minutes == 1_440.0 {
        return "24:00".to_owned();
    }
    if moment.is_duration() || (0.0..1_440.0).contains(&minutes) {
        return format!("{:02}:{:02}", (minutes / 60.0).floor(), minutes % 60.0);
    }
    let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    if minutes % 1_440.0 == 0.0 { date } else { format!("{date} {hour:02}:{minute:02}") }
}

/// A text without blank lines.
fn without_blank_lines(text: &str) -> String {
    let lines: Vec<&str> =
        text.split(['\n', '\r']).map(str::trim_end).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::complaint::Language;
    use rust_xlsxwriter::{ExcelDateTime as Moment, Format, Workbook};
    use std::io::Write;
    use zip::write::SimpleFileOptions;

    fn told(bytes: &[u8]) -> String {
        sheets(bytes).err().map(|refusal| refusal.say(Language::English)).unwrap_or_default()
    }

    #[test]
    fn cells_are_text_as_somebody_would_type_it() {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        let (date, time) = (Format::new().set_num_format("yyyy/m/d"), Format::new().set_num_format("h:mm"));
        let day = Moment::from_ymd(2026, 4, 1).expect("a day");
        let hour = Moment::from_hms(9, 30, 0.0).expect("a time");
        sheet.write(1, 0, "名称").and_then(|s| s.write(1, 1, "数")).expect("cells");
        sheet.write(3, 0, "結\n会").and_then(|s| s.write(3, 1, 120.0)).expect("cells");
        sheet.write(4, 0, 34.5).expect("a cell");
        sheet.write_with_format(5, 0, day, &date).expect("a cell");
        sheet.write_with_format(5, 1, hour, &time).expect("a cell");
        let bytes = workbook.save_to_buffer().expect("a workbook");
        let sheets = sheets(bytes.as_slice()).unwrap_or_default();
        let texts: Vec<&str> = sheets.iter().map(|sheet| sheet.text.as_str()).collect();
        assert_eq!(texts, ["\n名称,数\n\n\"結\n会\",120\n34.5,\n2026-04-01,09:30\n"]);
    }

    #[test]
    fn hidden_sheets_are_not_read() {
        let mut workbook = Workbook::new();
        workbook.add_worksheet().write(0, 0, "見える").expect("a cell");
        workbook.add_worksheet().set_hidden(true).write(0, 0, "見えない").expect("a cell");
        let bytes = workbook.save_to_buffer().expect("a workbook");
        assert_eq!(sheets(bytes.as_slice()).map(|sheets| sheets.len()), Ok(1));
    }

    #[test]
    fn what_is_no_whole_workbook_is_told_in_a_sentence() {
        let mut workbook = Workbook::new();
        workbook.add_worksheet().write(0, 0, "名称").expect("a cell");
        let whole = workbook.save_to_buffer().expect("a workbook");
        assert!(told(&whole[..whole.len() / 2]).contains("damaged"));
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        archive.start_file("list.csv", SimpleFileOptions::default()).expect("a part");
        let archive = archive.finish().expect("an archive").into_inner();
        assert!(told(&archive).contains("no Excel workbook"));
    }

    #[test]
    fn a_workbook_that_unpacks_without_end_is_not_opened() {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let packed = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        archive.start_file("xl/workbook.xml", packed).expect("a part");
        for _ in 0..257 {
            archive.write_all(&vec![b' '; 1 << 20]).expect("memory takes everything");
        }
        let bomb = archive.finish().expect("an archive").into_inner();
        assert!(bomb.len() < 2 << 20);
        assert!(told(&bomb).contains("unpacks to more than 256 MiB"), "{}", told(&bomb));
    }

    #[test]
    fn a_workbook_under_a_password_is_told_from_an_old_one() {
        let marker: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let locked = [&OLD_MAGIC[..], &[0; 600], &marker].concat();
        assert_eq!(refuse_old(locked.as_slice()), Refusal::Password);
        assert_eq!(refuse_old(&OLD_MAGIC[..]), Refusal::OldExcel);
    }
}
