//! The formats that Yui reads, with their profiles.
//!
//! `each_format!` is the only list of formats. `registry.rs` makes the table of their profiles from it; a
//! profile leads to the reader of its format.

#[macro_use]
mod each_format;
mod other_lists;
mod registry;

use crate::import::cells::column::Column;
use crate::import::complaint::Refusal;
use crate::import::file::table::{Columns, Row};
use crate::import::report::Report;
use crate::import::row::OfficialRow;
use crate::import::tables::SideTable;
use chrono::NaiveDate;

/// The description of a format: names, required columns, reader.
pub struct Profile {
    /// The format.
    pub format: Format,
    /// Name on the command line.
    pub name: &'static str,
    /// Title for people.
    pub title: &'static str,
    /// Usual publisher.
    pub publisher: &'static str,
    /// Web address of the publisher's page.
    pub url: &'static str,
    /// The licence as stated by the publisher.
    pub license: &'static str,
    /// Columns by which a file is recognised and which it must have; empty for JSON.
    pub required: &'static [&'static str],
    /// Columns that publishers call otherwise, as seen in real files: their name, and that of the form.
    pub synonyms: &'static [(&'static str, &'static str)],
    /// Groups of columns of our own lists, in the order in which people fill them in; empty for formats of
    /// other publishers.
    pub columns: &'static [&'static [Column]],
    /// Kind of content, with its reader.
    pub family: Family,
    /// Who fills the list in.
    pub issuer: Issuer,
    /// Of two files with the same day, the one of the higher rank takes precedence.
    pub rank: u8,
}

impl Profile {
    /// The required columns that a header lacks.
    pub fn missing(&self, columns: &Columns) -> Vec<&'static str> {
        let is_there = |name: &str| columns.has(name) || self.is_own() && columns.has_remarked(name);
        let otherwise =
            |wanted: &str| self.synonyms.iter().any(|(seen, of_form)| *of_form == wanted && is_there(seen));
        let is_missing = |column: &&&str| !is_there(column) && !otherwise(column);
        self.required.iter().filter(is_missing).copied().collect()
    }

    /// Whether it is a list of Yui's own, whose columns all have a name here.
    pub fn is_own(&self) -> bool {
        !self.columns.is_empty()
    }

    /// The names of the columns of a list of Yui's own.
    pub fn own_names(&self) -> Vec<&'static str> {
        self.columns.iter().copied().flatten().map(|column| column.name).collect()
    }
}

/// Who fills a list in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Issuer {
    /// A ministry: numbers of offices in its files are public.
    Ministry,
    /// A municipality, in a form that it shares with others or has of its own.
    Municipality,
    /// The city that runs Yui, in Yui's own template.
    City,
}

/// Kind of content of a file.
#[derive(Clone, Copy)]
pub enum Family {
    /// A facility or an activity in each row.
    Facilities(ReadRow),
    /// The same, with medical facilities among them, which are matched with those of municipal lists.
    MedicalFacilities(ReadRow),
    /// Rows of a table beside the resources.
    SideTable(SideTable),
    /// An area, as JSON.
    Area,
    /// A known format that is not imported, for this reason.
    Refused(fn() -> Refusal),
}

/// Reads a row; flaws and warnings go into the report. `None`: rejected, or of a kind that Yui does not keep.
pub type ReadRow = fn(&Row<'_>, &FileContext<'_>, &mut Report) -> Option<OfficialRow>;

/// Data of the file that rows depend on.
pub struct FileContext<'a> {
    /// The file name without folder.
    pub file_name: &'a str,
    /// The header.
    pub columns: &'a Columns,
    /// The day of the data; `None`: unknown.
    pub as_of: Option<NaiveDate>,
}

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident = $profile:expr,)+) => {
        /// A format of files.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Format {
            $($(#[$doc])* $name,)+
        }
    };
}

each_format!(names);

/// Names that people give to columns of Yui's own lists when they type the header themselves.
const OWN_SYNONYMS: &[(&str, &str)] = &[
    ("TEL", "電話番号"),
    ("Tel", "電話番号"),
    ("電話", "電話番号"),
    ("連絡先電話番号", "電話番号"),
    ("問い合わせ先電話番号", "電話番号"),
    ("参加費", "金額"),
    ("利用料", "金額"),
    ("費用", "金額"),
    ("開催場所", "会場名"),
    ("会場", "会場名"),
    ("開催日", "開催日時"),
    ("団体名", "名称"),
    ("活動名", "名称"),
    ("FAX", "FAX番号"),
    ("ファックス", "FAX番号"),
    ("メール", "メールアドレス"),
    ("E-mail", "メールアドレス"),
    ("Email", "メールアドレス"),
    ("HP", "ホームページ"),
    ("URL", "ホームページ"),
    ("所在地", "住所"),
    ("会場住所", "住所"),
    ("会場の住所", "住所"),
    ("会場所在地", "住所"),
    ("確認日", "最終確認日"),
    ("日時", "開催日時"),
    ("No", "管理番号"),
    ("No.", "管理番号"),
    ("NO", "管理番号"),
    ("番号", "管理番号"),
    ("フリガナ", "名称（かな）"),
    ("ふりがな", "名称（かな）"),
    ("よみがな", "名称（かな）"),
    ("カナ", "名称（かな）"),
    ("かな", "名称（かな）"),
    ("名称カナ", "名称（かな）"),
    ("名称かな", "名称（かな）"),
    ("名称（カナ）", "名称（かな）"),
    ("対象地区", "利用できる地区"),
    ("利用地区", "利用できる地区"),
    ("対象圏域", "利用できる地区"),
    ("料金備考", "料金の備考"),
    ("予約備考", "予約の備考"),
    ("駐車場備考", "駐車場の備考"),
    ("参加人数", "平均参加者数"),
];

/// The profile of a list that a city fills in itself.
pub(super) const fn list(
    format: Format,
    name: &'static str,
    title: &'static str,
    required: &'static [&'static str],
    columns: &'static [&'static [Column]],
    family: Family,
) -> Profile {
    Profile {
        format,
        name,
        title,
        publisher: "市区町村",
        url: "",
        license: "",
        required,
        synonyms: OWN_SYNONYMS,
        columns,
        family,
        issuer: Issuer::City,
        rank: 3,
    }
}
