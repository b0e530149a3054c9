//! Yui's own lists, which a city fills in itself: one file per kind, with common columns.

mod amounts;
mod common;
mod contacts;
pub mod desks;
mod fees;
pub mod gatherings;
pub mod missing;
pub mod mutual_aid;
pub mod numbers;
mod people;
pub mod private_services;
mod times;

use crate::import::cells::{RemarkedRow, Taken};
use crate::import::complaint::{Complaint, Flaw, Remark, Words};
use crate::import::facts::Placement;
use crate::import::facts::local::{KEY, LocalFacts};
use crate::import::file::table::{Columns, Row, column_key};
use crate::import::formats::{Family, Format, Profile, list};
use crate::import::report::{RejectedEntry, Report};
use crate::import::row::OfficialRow;
use crate::nearest::nearest;
use unicode_normalization::UnicodeNormalization;

use crate::import::cells::column::CLOSING;
pub use crate::import::cells::column::Column;

pub use common::ID;

/// Prefix of the first cell of a row that explains the columns.
pub const EXPLANATION: &str = "（説明）";
/// Prefix of the first cell of a row that is an example.
pub const EXAMPLE: &str = "（記入例）";

/// 通いの場一覧.
pub const GATHERING_PLACES: Profile = list(
    Format::GatheringPlaces,
    "gathering-places",
    "通いの場一覧",
    gatherings::REQUIRED,
    gatherings::COLUMNS,
    Family::Facilities(|row, _, report| read(Format::GatheringPlaces, gatherings::read, row, report)),
);
/// 支え合い活動一覧.
pub const MUTUAL_AID: Profile = list(
    Format::MutualAid,
    "mutual-aid",
    "支え合い活動一覧",
    mutual_aid::REQUIRED,
    mutual_aid::COLUMNS,
    Family::Facilities(|row, _, report| read(Format::MutualAid, mutual_aid::read, row, report)),
);
/// 介護保険外サービス一覧.
pub const PRIVATE_SERVICES: Profile = list(
    Format::PrivateServices,
    "private-services",
    "介護保険外サービス一覧",
    private_services::REQUIRED,
    private_services::COLUMNS,
    Family::Facilities(|row, _, report| read(Format::PrivateServices, private_services::read, row, report)),
);
/// 相談窓口一覧.
pub const DESKS: Profile = list(
    Format::Desks,
    "desks",
    "相談窓口一覧",
    desks::REQUIRED,
    desks::COLUMNS,
    Family::Facilities(|row, _, report| read(Format::Desks, desks::read, row, report)),
);

/// The columns of a list, in the order in which people fill them in; `None` for other formats.
pub fn columns(format: Format) -> Option<Vec<&'static Column>> {
    let groups = format.profile().columns;
    (!groups.is_empty()).then(|| groups.iter().copied().flatten().collect())
}

/// Whether a row is an explanation or an example and no entry.
pub fn is_guidance(row: &Row<'_>) -> bool {
    let marked = |cell: &str| is_marked(cell, EXPLANATION) || is_marked(cell, EXAMPLE);
    row.cells().next().is_some_and(|(_, cell)| marked(cell)) || marked(row.text(common::ID))
}

/// The text of a row that has only one filled cell: a heading between the entries, or a number that waits for its entry.
pub fn heading(row: &Row<'_>) -> Option<String> {
    let mut filled = row.cells().map(|(_, cell)| cell.trim()).filter(|cell| !cell.is_empty());
    let only = filled.next().filter(|_| filled.next().is_none())?;
    Some(only.to_owned()).filter(|_| row.damaged().next().is_none())
}

fn is_marked(cell: &str, mark: &str) -> bool {
    let plain = |text: &str| text.trim().nfkc().collect::<String>();
    plain(cell).starts_with(&plain(mark))
}

/// Whether a row is marked as the example and has something else than the example in some of its cells.
pub fn is_filled_in_example(format: Format, row: &Row<'_>) -> bool {
    let is_example = is_marked(row.text(ID), EXAMPLE);
    let differs = |column: &&Column| {
        let cell = row.text(column.name);
        column.name != ID && !cell.is_empty() && cell != column.example
    };
    is_example && columns(format).unwrap_or_default().iter().any(differs)
}

/// The number of an entry with the code of its municipality, as written; `None`: the row has none.
pub fn number(row: &Row<'_>) -> Option<(String, String)> {
    let plain = |column: &str| row.text(column).nfkc().filter(|c| !c.is_whitespace()).collect::<String>();
    Some((plain(ID), plain(common::MUNICIPALITY))).filter(|(number, _)| !number.is_empty())
}

/// Warns of columns that the list does not have: a misspelt column would otherwise be lost silently.
pub fn unknown_columns(format: Format, columns: &Columns) -> Option<Remark> {
    // The column that the list lacks and that may be meant.
    let lacking: Vec<&str> =
        self::columns(format)?.iter().map(|column| column.name).filter(|name| !columns.has(name)).collect();
    let hinted = |name: &String| match nearest(name, lacking.iter().map(|known| (*known, *known))).first() {
        Some(known) => format!("{name}（「{known}」のことですか）"),
        None => name.clone(),
    };
    let columns = Words::of(strangers(format, columns).iter().map(hinted));
    (!columns.0.is_empty()).then_some(Remark::UnknownColumns { columns })
}

/// The columns of a file that a list does not have.
fn strangers(format: Format, columns: &Columns) -> Vec<String> {
    let known: Vec<String> =
        self::columns(format).into_iter().flatten().map(|column| column_key(column.name)).collect();
    let names = columns.names().iter();
    names.filter(|name| !name.is_empty() && !known.contains(name)).cloned().collect()
}

/// A complaint for each required column that a list lacks, with the columns that it does not know.
pub fn lacking(format: Format, columns: &Columns, lacking: &[&'static str], text: &str) -> Vec<Complaint> {
    let unknown = Words::of(strangers(format, columns));
    let unknown = if unknown.0.is_empty() {
        Words::of(["（ほかの見出しはありません）"])
    } else {
        unknown
    };
    let line =
        1 + text.chars().take_while(|c| matches!(c, '\r' | '\n')).filter(|c| *c == '\n').count() as u64;
    let flaw = || Flaw::NoColumn { unknown: unknown.clone() };
    lacking.iter().map(|column| Complaint::of_cell(line, column, flaw())).collect()
}

/// The column that each missing one may be, where only one is like it: pairs of both.
pub fn guesses(columns: &Columns, lacking: &[&'static str]) -> Vec<(String, &'static str)> {
    let like = |lacking: &&'static str| {
        let mut found =
            columns.names().iter().filter(|name| !nearest(name, [(*lacking, *lacking)]).is_empty());
        let only = found.next().filter(|_| found.next().is_none())?;
        Some((only.clone(), *lacking))
    };
    lacking.iter().filter_map(like).collect()
}

/// Reads the columns of one kind.
type ReadKind = fn(&mut RemarkedRow<'_, '_>, &mut LocalFacts) -> Taken<()>;

/// Reads a row of a list. A rejected row is read on with the example of the column in place of each flawed cell, so that all
/// its flaws are reported at once.
fn read(format: Format, kind: ReadKind, row: &Row<'_>, report: &mut Report) -> Option<OfficialRow> {
    let all = columns(format).unwrap_or_default();
    match entry(&all, kind, row, report) {
        Ok((id, facts)) => {
            let list = format.profile().name;
            let municipality = facts.municipality_code.clone().unwrap_or_default();
            let key = format!("{KEY}{list}:{municipality}:{id}");
            let scope = format!("{list}:{municipality}");
            let is_home = facts.placement == Placement::Withheld;
            let taken = facts.into_row(row.line, key.clone(), key, scope);
            Some(OfficialRow { cells: missing::cells(format, row, is_home), ..taken })
        }
        Err(first) => {
            reject(&all, kind, row, first, report);
            None
        }
    }
}

/// Reports every flaw of a row, and what would be remarked on it without them.
fn reject(columns: &[&'static Column], kind: ReadKind, row: &Row<'_>, first: Complaint, report: &mut Report) {
    let mut mended: Vec<(&str, &str)> = Vec::new();
    let mut flawed = first.column;
    let mut found = vec![first];
    while let Some(column) = flawed {
        let example = columns.iter().find(|known| known.name == column).map_or("", |known| known.example);
        match mended.iter_mut().find(|(known, _)| *known == column) {
            // The example contradicts another cell.
            Some((_, cell)) if !cell.is_empty() => *cell = "",
            Some(_) => break,
            None => mended.push((column, example)),
        }
        let record = row.mended(&mended);
        let mut remarks = Report::default();
        match entry(columns, kind, &row.of(&record), &mut remarks) {
            Ok((number, mut facts)) => {
                let is_mended = |name: &str| mended.iter().any(|(column, _)| *column == name);
                remarks.warnings.retain(|warning, _| !warning.column.as_deref().is_some_and(is_mended));
                remarks.warnings.into_iter().for_each(|(warning, count)| {
                    report.warnings.entry(warning).or_insert(count);
                });
                // Of an example of a municipality nothing follows.
                if mended.iter().any(|(column, _)| [common::MUNICIPALITY, common::ADDRESS].contains(column)) {
                    (facts.municipality_code, facts.address) = (None, None);
                }
                let facts = Box::new(facts);
                report.rejected_entries.push(RejectedEntry { line: row.line, number, facts });
                break;
            }
            Err(next) => {
                flawed = next.column;
                if found.iter().all(|told| told.column != next.column) {
                    found.push(next);
                }
            }
        }
    }
    report.rejected.extend(found);
}

fn entry(
    all: &[&'static Column],
    kind: ReadKind,
    row: &Row<'_>,
    report: &mut Report,
) -> Taken<(String, LocalFacts)> {
    let read = read_entry(all, kind, row, report);
    read.map_err(|told| with_remarks(all, told))
}

/// Whether a cell only refers to the row above.
fn is_ditto(cell: &str) -> bool {
    ["〃", "々", "同上", "同左", "上に同じ", "上と同じ", "\"", "”"].contains(&cell)
}

/// A flaw with the column into which further words belong, if the list has one.
fn with_remarks(all: &[&'static Column], told: Complaint) -> Complaint {
    let remarks = told.column.map(|column| format!("{column}の備考")).unwrap_or_default();
    match told.flaw {
        Flaw::NotOneOf { cell, words } if all.iter().any(|column| column.name == remarks) => {
            Complaint { flaw: Flaw::NotOneOfWithRemarks { cell, words, remarks }, ..told }
        }
        flaw => Complaint { flaw, ..told },
    }
}

fn read_entry(
    all: &[&'static Column],
    kind: ReadKind,
    row: &Row<'_>,
    report: &mut Report,
) -> Taken<(String, LocalFacts)> {
    for (column, cell) in row.damaged() {
        // Of these an empty cell would publish.
        if let Some(known) = CLOSING.iter().find(|known| column_key(known) == column) {
            let (column, cell) = (column.to_owned(), cell.to_owned());
            return Err(Complaint::of_cell(row.line, known, Flaw::SpreadsheetError { column, cell }));
        }
    }
    if let Some(ditto) = all.iter().find(|column| is_ditto(row.text(column.name))) {
        let cell = row.text(ditto.name).to_owned();
        return Err(Complaint::of_cell(
            row.line,
            ditto.name,
            Flaw::Unclear {
                cell, right: "そのままの言葉（「〃」「同上」「同左」は使えません）"
            },
        ));
    }
    let mut cells = RemarkedRow::new(row, report);
    for lost in all.iter().filter(|column| row.text(column.name).contains("??")) {
        cells.warn(lost.name, Remark::LostCharacter);
    }
    let (id, mut facts) = common::read(&mut cells)?;
    kind(&mut cells, &mut facts)?;
    Ok((id, facts))
}
