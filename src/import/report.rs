//! The report of an import: counts, and the rows that need attention, as a table
//! for people and as JSON for programs.

use crate::audit;
use crate::id::NodeId;
use crate::import::complaint::{Complaint, Flaw, Language, Remark, Warning};
use crate::import::facts::local::LocalFacts;
use entity::enums::AuditAction;
use serde::Serialize;
use serde_json::{Value, json};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

mod changes;
mod columns;
mod table;

pub use changes::differences;
pub use columns::column_of;

/// Most rejected rows, changes and kept facilities in the table for people; JSON has all of them.
const SHOWN: usize = 20;

/// The result of importing one file.
#[derive(Debug, Default)]
pub struct Report {
    /// Name of the file on the command line.
    pub file: String,
    /// Format of the file.
    pub format: &'static str,
    /// Encoding of the file.
    pub encoding: &'static str,
    /// Day of the data; `None`: unknown.
    pub as_of: Option<String>,
    /// Rows in the file, rejected ones included.
    pub read: u64,
    /// New rows.
    pub created: u64,
    /// Rows that replaced other facts of the same format.
    pub updated: u64,
    /// Rows with the same facts at a later day.
    pub confirmed: u64,
    /// Rows with the facts that are stored.
    pub unchanged: u64,
    /// Rows that were skipped because newer facts are stored.
    pub older: u64,
    /// The first lines of these rows.
    pub older_lines: Vec<u64>,
    /// Stored rows that this complete file lacks.
    pub vanished: u64,
    /// Rejected rows, with the reason.
    pub rejected: Vec<Complaint>,
    /// Well-formed rows of kinds that Yui does not keep, by kind.
    pub left_out: BTreeMap<Remark, u64>,
    /// Number of each warning; a warning does not reject its row.
    pub warnings: BTreeMap<Warning, u64>,
    /// Changed facts of the updated rows.
    pub changes: Vec<Change>,
    /// Facilities that stay because a person verified them here later than this file.
    pub kept: Vec<String>,
    /// What rejected rows say beside their flaws, which is checked as that of other rows.
    pub(in crate::import) rejected_entries: Vec<RejectedEntry>,
    /// Remarks about the file as a whole.
    pub notes: Vec<Remark>,
    /// Whether anything was written.
    pub written: bool,
    /// The row that is being read, which warnings are about.
    pub(in crate::import) row: Option<u64>,
    /// The column that is being read.
    pub(in crate::import) column: Option<Cow<'static, str>>,
}

/// The entry of a rejected row, with examples in place of its flawed cells.
#[derive(Debug)]
pub(in crate::import) struct RejectedEntry {
    /// Its row.
    pub line: u64,
    /// Its number (管理番号).
    pub number: String,
    /// Its facts.
    pub facts: Box<LocalFacts>,
}

/// A fact of a row that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The official key of the row.
    pub key: String,
    /// The fact, by the name of its column (名称, 定員).
    pub field: String,
    /// Value before the import.
    pub before: Option<String>,
    /// Value after the import.
    pub after: Option<String>,
}

impl Report {
    /// Begins a row: warnings are about it until [`Report::end_row`].
    pub fn begin_row(&mut self, line: u64) {
        self.row = Some(line);
    }

    /// Ends the row.
    pub fn end_row(&mut self) {
        self.row = None;
    }

    /// Reads cells of a column: warnings without a column of their own are about it.
    pub fn in_column<T>(
        &mut self,
        column: impl Into<Cow<'static, str>>,
        read: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let before = self.column.replace(column.into());
        let found = read(self);
        self.column = before;
        found
    }

    /// Counts a warning on the row and the column that are being read.
    pub fn warn(&mut self, remark: Remark) {
        self.count(Warning { line: self.row, column: self.column.clone(), remark });
    }

    /// Counts a row for which newer facts are stored.
    pub fn count_older(&mut self, line: u64) {
        self.older += 1;
        if self.older_lines.len() < SHOWN {
            self.older_lines.push(line);
        }
    }

    /// What reading a cell gave, and the remarks it made, which the caller puts in their place; some have a column of their
    /// own.
    pub fn remarks_of<T>(
        read: impl FnOnce(&mut Self) -> T,
    ) -> (T, impl Iterator<Item = (Option<Cow<'static, str>>, Remark)>) {
        let mut report = Self::default();
        let found = read(&mut report);
        (found, report.warnings.into_keys().map(|warning| (warning.column, warning.remark)))
    }

    /// Counts a warning on a column.
    pub fn warn_in(&mut self, column: impl Into<Cow<'static, str>>, remark: Remark) {
        self.count(Warning { line: self.row, column: Some(column.into()), remark });
    }

    /// Counts a warning on a cell.
    pub fn warn_at(&mut self, line: u64, column: &'static str, remark: Remark) {
        self.count(Warning { line: Some(line), column: Some(column.into()), remark });
    }

    /// Counts a warning.
    pub fn count(&mut self, warning: Warning) {
        *self.warnings.entry(warning).or_default() += 1;
    }

    /// The warnings by column and remark, each with the number of its rows and their lines.
    pub fn warnings_by_kind(&self) -> BTreeMap<Warning, (u64, BTreeSet<u64>)> {
        let mut found: BTreeMap<Warning, (u64, BTreeSet<u64>)> = BTreeMap::new();
        for (warning, count) in &self.warnings {
            let kind = Warning { line: None, ..warning.clone() };
            let (all, lines) = found.entry(kind).or_default();
            *all += count;
            lines.extend(warning.line);
        }
        found
    }

    /// Counts a row of a kind that Yui does not keep.
    pub fn leave_out(&mut self, what: Remark) {
        *self.left_out.entry(what).or_default() += 1;
    }

    /// Rejects a row because of a cell.
    pub fn reject(&mut self, line: u64, column: &'static str, flaw: Flaw) {
        self.rejected.push(Complaint::of_cell(line, column, flaw));
    }

    /// Rejects the header of a file, and leaves out what only follows for its rows.
    pub(in crate::import) fn tell_lacking(&mut self, header: Vec<Complaint>, columns: &[&'static str]) {
        self.rejected.retain(|told| told.column.is_none_or(|column| !columns.contains(&column)));
        self.warnings
            .retain(|told, _| told.column.as_deref().is_none_or(|column| !columns.contains(&column)));
        self.rejected.splice(0..0, header);
    }

    /// The number of rejected rows; a row may have several flaws.
    pub fn rejected_rows(&self) -> u64 {
        let lines: BTreeSet<u64> = self.rejected.iter().map(|complaint| complaint.line).collect();
        lines.len() as u64
    }

    /// Exit status: 0 when every row was accepted, 1 when some were rejected, or not taken because newer facts are
    /// stored.
    pub fn exit_status(&self) -> u8 {
        u8::from(!self.rejected.is_empty() || self.older > 0)
    }

    /// The entry for the audit: the changed things, the counts, and the file.
    pub fn change(&self, action: AuditAction, things: Vec<NodeId>) -> audit::Change {
        let after = json!({
            "file": Path::new(&self.file).file_name().map(|name| name.to_string_lossy()),
            "format": self.format,
            "asOf": self.as_of,
            "created": self.created,
            "updated": self.updated,
            "confirmed": self.confirmed,
            "vanished": self.vanished,
            "rejected": self.rejected_rows(),
        });
        audit::Change { action, things, before: None, after: Some(after) }
    }

    /// The report as JSON, for programs.
    pub fn json(&self, language: Language) -> Value {
        let said = |remark: &Remark| remark.say(language);
        let counted = |(said, count): (String, u64)| (said, Value::from(count));
        let kinds = self.warnings_by_kind();
        let warnings = kinds.iter().map(|(warning, (count, _))| counted((warning.say(language), *count)));
        let warned = self.warnings.keys().map(|warning| {
            json!({
                "line": warning.line,
                "column": warning.column,
                "code": warning.remark.code(),
                "reason": said(&warning.remark),
            })
        });
        let left_out = self.left_out.iter().map(|(what, count)| counted((said(what), *count)));
        let rejected = self.rejected.iter().map(|complaint| {
            json!({
                "line": complaint.line,
                "column": complaint.column,
                "code": complaint.flaw.code(),
                "reason": complaint.flaw.say(language),
            })
        });
        json!({
            "file": self.file,
            "format": self.format,
            "encoding": self.encoding,
            "as_of": self.as_of,
            "read": self.read,
            "created": self.created,
            "updated": self.updated,
            "confirmed": self.confirmed,
            "unchanged": self.unchanged,
            "older": self.older,
            "older_lines": self.older_lines,
            "vanished": self.vanished,
            "rejected": rejected.collect::<Vec<_>>(),
            "left_out": left_out.collect::<serde_json::Map<_, _>>(),
            "warnings": warnings.collect::<serde_json::Map<_, _>>(),
            "warned": warned.collect::<Vec<_>>(),
            "changes": self.changes,
            "kept": self.kept,
            "notes": self.notes.iter().map(said).collect::<Vec<_>>(),
            "written": self.written,
        })
    }
}
