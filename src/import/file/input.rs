//! Bytes of a file to text: decompression, encoding, and the limits that keep a wrong file harmless.

use crate::import::complaint::Refusal;
use crate::import::file::workbook::{self, Sheet};
use encoding_rs::{Encoding, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

/// Longest line in bytes; a longer one is not part of a published table.
const LONGEST_LINE: usize = 1 << 20;
/// Largest file in bytes after decompression.
const LARGEST_FILE: usize = 1 << 30;

/// A whole file as text, without byte order marks.
pub struct Input {
    /// The file name without its folder and without `.gz` or `.xz`.
    pub name: String,
    /// The decoded text. Bytes that are invalid in the encoding are U+FFFD.
    pub text: String,
    /// `UTF-8`, `UTF-16`, `CP932` or `XLSX`, for the report.
    pub encoding: &'static str,
    /// The sheets of a workbook, which has no text of its own until one of them is chosen.
    pub sheets: Vec<Sheet>,
}

/// The content of a file.
enum Content {
    Text(Vec<u8>),
    Sheets(Vec<Sheet>),
}

impl Input {
    /// Reads, decompresses and decodes a file.
    ///
    /// # Errors
    /// Not found, a folder, empty, too large, damaged, or not text.
    pub fn read(path: &Path) -> Result<Self, Refusal> {
        if std::fs::metadata(path).map_err(unreadable)?.is_dir() {
            return Err(Refusal::Folder);
        }
        let file = File::open(path).map_err(unreadable)?;
        let content = read_limited(BufReader::new(file))?;
        let (text, encoding, sheets) = match content {
            Content::Sheets(sheets) => (String::new(), "XLSX", sheets),
            Content::Text(bytes) => {
                let (text, encoding) = decode(bytes)?;
                (text, encoding, Vec::new())
            }
        };
        if text.trim().is_empty() && sheets.is_empty() {
            return Err(Refusal::EmptyFile);
        }
        Ok(Self { name: bare_name(path), text, encoding, sheets })
    }

    /// A text that is part of the program.
    pub fn embedded(name: &str, text: &str) -> Self {
        Self {
            name: name.to_owned(),
            text: without_marks(text.to_owned()),
            encoding: "UTF-8",
            sheets: Vec::new(),
        }
    }

    /// Whether the text is JSON rather than a table.
    pub fn is_json(&self) -> bool {
        self.text.trim_start().starts_with(['{', '['])
    }
}

pub(in crate::import) fn unreadable(error: std::io::Error) -> Refusal {
    match error.kind() {
        std::io::ErrorKind::NotFound => Refusal::NotFound,
        std::io::ErrorKind::PermissionDenied => Refusal::NotAllowed,
        _ => Refusal::Unreadable { cause: error.to_string() },
    }
}

fn bare_name(path: &Path) -> String {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let bare = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".xz"));
    bare.map(str::to_owned).unwrap_or(name)
}

fn read_limited(mut file: impl Read) -> Result<Content, Refusal> {
    let mut magic = [0u8; 6];
    let mut got = 0;
    while got < magic.len() {
        match file.read(&mut magic[got..]).map_err(unreadable)? {
            0 => break,
            n => got += n,
        }
    }
    let whole = std::io::Cursor::new(magic[..got].to_vec()).chain(file);
    match &magic[..got] {
        [0x1f, 0x8b, ..] => limited(flate2::read::MultiGzDecoder::new(whole)).map(Content::Text),
        [0xfd, b'7', b'z', b'X', b'Z', 0] => {
            limited(lzma_rust2::XzReader::new(whole, true)).map(Content::Text)
        }
        begins if begins.starts_with(&workbook::MAGIC) => workbook::sheets(whole).map(Content::Sheets),
        begins if *begins == workbook::OLD_MAGIC => Err(workbook::refuse_old(whole)),
        _ => limited(whole).map(Content::Text),
    }
}

/// Reads to the end, but stops as soon as a line (except of JSON) or the whole exceeds its limit.
fn limited(mut reader: impl Read) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let mut chunk = vec![0u8; 1 << 16];
    let (mut line, mut line_length) = (1u64, 0usize);
    let mut json = None;
    loop {
        let n = reader
            .read(&mut chunk)
            .map_err(|cause| Refusal::DamagedCompression { cause: cause.to_string() })?;
        if n == 0 {
            return Ok(bytes);
        }
        if bytes.len() + n > LARGEST_FILE {
            return Err(Refusal::LargerThan1GiB);
        }
        let json = *json
            .get_or_insert_with(|| chunk[..n].iter().find(|b| b.is_ascii_graphic()).is_some_and(starts_json));
        for part in chunk[..n].split_inclusive(|b| *b == b'\n') {
            line_length += part.len();
            if line_length > LONGEST_LINE && !json {
                return Err(Refusal::LongLine { line });
            }
            if part.ends_with(b"\n") {
                line += 1;
                line_length = 0;
            }
        }
        bytes.extend_from_slice(&chunk[..n]);
    }
}

fn starts_json(byte: &u8) -> bool {
    matches!(byte, b'{' | b'[')
}

fn decode(bytes: Vec<u8>) -> Result<(String, &'static str), Refusal> {
    // Spreadsheets write "Unicode text" in this way, always with its mark.
    if let Some((encoding, _)) = Encoding::for_bom(&bytes).filter(|(encoding, _)| *encoding != UTF_8) {
        let (text, _, _) = encoding.decode(&bytes);
        return Ok((without_marks(text.into_owned()), "UTF-16"));
    }
    if bytes.iter().take(4096).any(|byte| *byte == 0) {
        let text = [UTF_16LE, UTF_16BE].into_iter().find_map(|encoding| unmarked(encoding, &bytes));
        return text.map(|text| (text, "UTF-16")).ok_or(Refusal::NotText);
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Ok((without_marks(text), "UTF-8")),
        Err(error) => error.into_bytes(),
    };
    let (cp932, _) = SHIFT_JIS.decode_without_bom_handling(&bytes);
    let (utf8, _) = UTF_8.decode_without_bom_handling(&bytes);
    let damaged = |text: &str| text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
    let (text, encoding) = if damaged(&cp932) < damaged(&utf8) { (cp932, "CP932") } else { (utf8, "UTF-8") };
    if damaged(&text) * 20 > text.chars().count() {
        return Err(Refusal::UnknownEncoding);
    }
    Ok((without_marks(text.into_owned()), encoding))
}

/// A table in UTF-16 without its mark: read in the wrong order of bytes it would have no line end.
fn unmarked(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    let (text, is_damaged) = encoding.decode_without_bom_handling(bytes);
    let is_odd = |c: char| c.is_control() && !matches!(c, '\t' | '\r' | '\n');
    let is_text =
        !is_damaged && text.contains('\n') && text.contains([',', '\t', ';']) && !text.contains(is_odd);
    is_text.then(|| text.into_owned())
}

/// Published files carry no, one or two byte order marks.
fn without_marks(text: String) -> String {
    match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.trim_start_matches('\u{feff}').to_owned(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_decoded_as_what_they_are() {
        let cp932 = SHIFT_JIS.encode("住所,鶴岡市泉町").0.into_owned();
        assert_eq!(decode(cp932).map(|d| d.1), Ok("CP932"));
        let marked = "\u{feff}\u{feff}住所".as_bytes().to_vec();
        assert_eq!(decode(marked), Ok(("住所".into(), "UTF-8")));
        let wide =
            |order: fn(u16) -> [u8; 2]| "\u{feff}住所".encode_utf16().flat_map(order).collect::<Vec<u8>>();
        assert_eq!(decode(wide(u16::to_le_bytes)), Ok(("住所".into(), "UTF-16")));
        assert_eq!(decode(wide(u16::to_be_bytes)), Ok(("住所".into(), "UTF-16")));
    }

    #[test]
    fn a_table_in_utf16_is_read_without_its_mark_and_a_picture_is_no_text() {
        let text = "番号,住所\r\n一,鶴岡市　泉町\r\n";
        for order in [u16::to_le_bytes, u16::to_be_bytes] {
            let bytes = text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
            assert_eq!(decode(bytes), Ok((text.into(), "UTF-16")));
        }
        let picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02,\0\0".to_vec();
        assert_eq!(decode(picture), Err(Refusal::NotText));
    }

    #[test]
    fn a_single_broken_byte_does_not_make_a_utf8_file_cp932() {
        let mut bytes = "住所,名称\n鶴岡市泉町,荘内病院\n".repeat(20).into_bytes();
        bytes[40] = 0xff;
        let (text, encoding) = decode(bytes).expect("still text");
        assert_eq!(encoding, "UTF-8");
        assert!(text.contains('\u{fffd}'));
    }

    #[test]
    fn an_endless_line_is_refused_before_it_is_read() {
        let endless = std::io::repeat(b'a').take(300 << 20);
        assert!(read_limited(endless).is_err_and(|refusal| refusal == Refusal::LongLine { line: 1 }));
    }
}
