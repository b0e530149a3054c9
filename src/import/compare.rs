//! Compares the rows of a file with the stored records, before anything is locked or written.

use crate::import::cells::Taken;
use crate::import::complaint::{Complaint, Flaw, Refusal, Remark, Words};
use crate::import::derive::Facilities;
use crate::import::derive::records::{Known, Pending, Verdict};
use crate::import::file::input::Input;
use crate::import::file::table::Table;
use crate::import::formats::{FileContext, Format, Issuer, ReadRow};
use crate::import::read::own::numbers::{Numbers, is_spoiled};
use crate::import::read::{municipal, own};
use crate::import::report::Report;
use crate::import::row::OfficialRow;
use chrono::NaiveDate;
use std::collections::{BTreeSet, HashMap, HashSet};

/// Most characters of a name. The indexes of PostgreSQL take no more than some 2,700 bytes.
const LONGEST_NAME: usize = 200;

/// The rows to be written, with the keys and scopes of all rows.
pub(super) struct Compared {
    pub(super) pending: Vec<Pending>,
    pub(super) facilities: Facilities,
    pub(super) scopes: HashSet<String>,
    pub(super) seen: HashMap<String, u64>,
    /// Second keys of rows that have one, with their lines.
    seconds: HashMap<String, u64>,
    /// The municipalities of the rows: there records of medical facilities are matched.
    pub(super) matched: BTreeSet<String>,
}

/// The rows of a table that differ from what is stored. Flaws and warnings go into the report.
///
/// # Errors
/// When the table has no rows.
pub(super) fn compare(
    table: Table<'_>,
    (format, read): (Format, ReadRow),
    input: &Input,
    known: &Known,
    (as_of, accept_new): (Option<NaiveDate>, bool),
    report: &mut Report,
) -> Result<Compared, Refusal> {
    let mut compared = Compared {
        pending: Vec::new(),
        facilities: Facilities::default(),
        scopes: HashSet::new(),
        seen: HashMap::new(),
        seconds: HashMap::new(),
        matched: BTreeSet::new(),
    };
    let is_own = own::columns(format).is_some();
    let is_municipal = format.profile().issuer == Issuer::Municipality;
    let mut numbers = (!accept_new && is_own).then(|| Numbers::of(known.keys()));
    let mut given: HashMap<(String, String), u64> = HashMap::new();
    let (mut facilities, mut filled) = (HashSet::new(), BTreeSet::new());
    let columns = table.columns().clone();
    let file = FileContext { file_name: &input.name, columns: &columns, as_of };
    format.for_each_row(table, report, |row, report| {
        let cells = row;
        // Also behind a row that is rejected: its number stays its own while it is corrected.
        let number = is_own.then(|| own::number(cells)).flatten();
        let written = number.as_ref().map(|(number, _)| number.clone()).unwrap_or_default();
        let first = number.map_or(cells.line, |number| *given.entry(number).or_insert(cells.line));
        let row = read(cells, &file, report);
        if first != cells.line {
            let number = cells.text(own::ID).to_owned();
            return Err(Complaint::of_cell(cells.line, own::ID, Flaw::SameNumber { line: first, number }));
        }
        let is_date = numbers.is_some() && is_spoiled(&written);
        let Some(row) = row else {
            // Told together with the other flaws of the row.
            let is_known = || known.keys().any(|key| key.ends_with(&format!(":{written}")));
            if is_date && !is_known() {
                return Err(Complaint::of_cell(cells.line, own::ID, Flaw::NumberIsADate));
            }
            let like = numbers.as_ref().and_then(|numbers| numbers.like(format.profile().name, &written));
            let like = like.filter(|_| !written.is_empty());
            return like.map_or(Ok(()), |number| {
                Err(Complaint::of_cell(cells.line, own::ID, Flaw::LikeAnother { number }))
            });
        };
        if is_municipal {
            filled.extend(cells.filled());
        }
        if row.body.has_longer_name_than(LONGEST_NAME) {
            return Err(Complaint::of_row(row.line, Flaw::LongName { most: LONGEST_NAME }));
        }
        let line = row.line;
        let row = told_apart(row, known, &mut compared)?;
        let mut row = first_of_its_key(row, &mut compared)?;
        let facility = row.facility_key.clone();
        let verdict = known.compare(&row, as_of);
        if let Some(numbers) = &mut numbers {
            if verdict == Verdict::New && is_date {
                compared.seen.remove(&row.key);
                return Err(Complaint::of_cell(line, own::ID, Flaw::NumberIsADate));
            }
            let looks_like = numbers.add(&row.key);
            if let Some(other) = looks_like.filter(|_| verdict == Verdict::New) {
                compared.seen.remove(&row.key);
                return Err(Complaint::of_cell(line, own::ID, Flaw::LikeAnother { number: other }));
            }
        }
        row.replaces = matches!(verdict, Verdict::Changed | Verdict::Confirmed);
        if count(verdict, line, report) {
            match facilities.insert(facility.clone()) {
                true => {
                    compared.facilities.keys.push(facility.clone());
                    compared.facilities.lines.insert(facility, line);
                }
                // The line of one row would name the wrong one.
                false => _ = compared.facilities.lines.remove(&facility),
            }
            if let Some(code) =
                row.municipality_code.as_ref().filter(|code| !compared.matched.contains(*code))
            {
                compared.matched.insert(code.clone());
            }
            compared.pending.push(row);
        }
        Ok(())
    })?;
    if is_municipal {
        let unread = columns.unread(&filled).into_iter();
        let unread = Words::of(unread.filter(|name| !municipal::SAID_ELSEWHERE.contains(&name.as_str())));
        report.notes.extend((!unread.0.is_empty()).then_some(Remark::UnreadColumns { columns: unread }));
    }
    Ok(compared)
}

/// A row under its second key, where an earlier row of the file has its first one or the second is that of its record.
///
/// # Errors
/// For a row that an earlier one equals in both keys.
fn told_apart(mut row: OfficialRow, known: &Known, compared: &mut Compared) -> Taken<OfficialRow> {
    let Some(second) = row.second_key.take() else { return Ok(row) };
    let line = *compared.seconds.entry(second.clone()).or_insert(row.line);
    if line != row.line {
        return Err(Complaint::of_row(row.line, Flaw::SameKey { line, key: row.key }));
    }
    if compared.seen.contains_key(&row.key) || known.has(&second) {
        row.facility_key.clone_from(&second);
        row.key = second;
    }
    Ok(row)
}

/// The first row of a key; later rows with the same key are rejected and name its line.
fn first_of_its_key(row: OfficialRow, compared: &mut Compared) -> Taken<Pending> {
    if let Some(first) = compared.seen.get(&row.key) {
        let flaw = Flaw::SameKey { line: *first, key: row.key };
        return Err(Complaint::of_row(row.line, flaw));
    }
    compared.seen.insert(row.key.clone(), row.line);
    if !compared.scopes.contains(&row.scope) {
        compared.scopes.insert(row.scope.clone());
    }
    Ok(Pending::from(row))
}

/// Counts a verdict; returns whether the row is to be written.
fn count(verdict: Verdict, line: u64, report: &mut Report) -> bool {
    match verdict {
        Verdict::New => report.created += 1,
        Verdict::Changed => report.updated += 1,
        Verdict::Confirmed => report.confirmed += 1,
        Verdict::Same => report.unchanged += 1,
        Verdict::Older => report.count_older(line),
    }
    matches!(verdict, Verdict::New | Verdict::Changed | Verdict::Confirmed)
}
