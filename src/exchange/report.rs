//! What an import did, row by row where it matters, as a table for people and JSON for programs.

use crate::audit;
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

/// How many rejected rows and changes the table for people shows; JSON has all of them.
const SHOWN: usize = 20;

/// The outcome of one file.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// The file as it was named on the command line.
    pub file: String,
    /// The format it was read as.
    pub format: &'static str,
    /// The encoding it was in.
    pub encoding: &'static str,
    /// The day the data is from, when known.
    pub as_of: Option<String>,
    /// Rows in the file, rejected ones included.
    pub read: u64,
    /// Rows that were new.
    pub created: u64,
    /// Rows that replaced what this format said before.
    pub updated: u64,
    /// Rows that say the same as before, at a later day.
    pub confirmed: u64,
    /// Rows that said what was known already.
    pub unchanged: u64,
    /// Rows that were passed over because newer facts are known.
    pub older: u64,
    /// Rows of earlier files that are missing in this complete one.
    pub vanished: u64,
    /// Rows that could not be taken.
    pub rejected: Vec<Rejected>,
    /// Rows that are well-formed and of no kind that is kept, by what they are.
    pub left_out: BTreeMap<String, u64>,
    /// How often something was noticed but did not stop the row.
    pub warnings: BTreeMap<String, u64>,
    /// What the updated rows say now.
    pub changes: Vec<Change>,
    /// Facts a person verified here later than this file, which therefore stay.
    pub kept: Vec<String>,
    /// Remarks about the file as a whole.
    pub notes: Vec<String>,
    /// Whether anything was written.
    pub written: bool,
}

/// A row that could not be taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rejected {
    /// Where the row starts; the header is line 1.
    pub line: u64,
    /// The column at fault, as the file calls it; absent when it is the row as a whole.
    pub column: Option<String>,
    /// What is wrong.
    pub reason: String,
}

/// A fact that differs from what the same publisher said before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The official key of the row.
    pub key: String,
    /// Which fact.
    pub field: String,
    /// What was said before.
    pub before: Option<String>,
    /// What is said now.
    pub after: Option<String>,
}

impl Report {
    /// Counts one more of the same remark.
    pub fn warn(&mut self, reason: impl Into<String>) {
        *self.warnings.entry(reason.into()).or_default() += 1;
    }

    /// Counts a row that is of no kind that is kept.
    pub fn leave_out(&mut self, what: impl Into<String>) {
        *self.left_out.entry(what.into()).or_default() += 1;
    }

    /// Records a row that cannot be taken.
    pub fn reject(&mut self, line: u64, column: Option<&str>, reason: impl Into<String>) {
        self.rejected.push(Rejected { line, column: column.map(str::to_owned), reason: reason.into() });
    }

    /// 0 when every row was taken, 1 when good rows are in and bad ones are not.
    pub fn exit_status(&self) -> u8 {
        u8::from(!self.rejected.is_empty())
    }

    /// The import for the audit: what it has changed, and from which file.
    pub fn change(&self, action: &'static str, things: Vec<String>) -> audit::Change {
        let after = json!({
            "file": Path::new(&self.file).file_name().map(|name| name.to_string_lossy()),
            "format": self.format,
            "asOf": self.as_of,
            "created": self.created,
            "updated": self.updated,
            "confirmed": self.confirmed,
            "vanished": self.vanished,
            "rejected": self.rejected.len(),
        });
        audit::Change { action, things, before: None, after: Some(after) }
    }

    /// The report for people.
    pub fn table(&self) -> String {
        let mut out = String::new();
        let day = self.as_of.as_deref().unwrap_or("day unknown");
        let _ = writeln!(out, "{}  ({}, {}, {day})", self.file, self.format, self.encoding);
        let _ = writeln!(
            out,
            "  read {}   created {}   updated {}   confirmed {}   unchanged {}   older {}   vanished {}   rejected {}",
            self.read,
            self.created,
            self.updated,
            self.confirmed,
            self.unchanged,
            self.older,
            self.vanished,
            self.rejected.len()
        );
        self.verdict(&mut out);
        self.notes.iter().for_each(|note| {
            let _ = writeln!(out, "  note: {note}");
        });
        for (what, count) in &self.left_out {
            let _ = writeln!(out, "  left out {count:>5} x {what}");
        }
        for (reason, count) in &self.warnings {
            let _ = writeln!(out, "  warning {count:>6} x {reason}");
        }
        shortened(&mut out, &self.rejected, |out, r| {
            let column = r.column.as_deref().map(|c| format!(", column {c}")).unwrap_or_default();
            let _ = writeln!(out, "  rejected line {}{column}: {}", r.line, r.reason);
        });
        shortened(&mut out, &self.changes, |out, c| {
            let show = |v: &Option<String>| v.clone().unwrap_or_else(|| "(nothing)".into());
            let _ =
                writeln!(out, "  changed {} {}: {} -> {}", c.key, c.field, show(&c.before), show(&c.after));
        });
        shortened(&mut out, &self.kept, |out, kept| {
            let _ = writeln!(out, "  kept as verified here: {kept}");
        });
        out
    }

    fn verdict(&self, out: &mut String) {
        let news = self.created + self.updated + self.confirmed + self.vanished;
        let left_out: u64 = self.left_out.values().sum();
        let verdict = match (self.written, news, self.rejected.is_empty()) {
            (true, _, _) => return,
            (false, 0, true) if left_out == self.read => "nothing in this file is of a kind that is kept",
            (false, 0, true) => "nothing to change: everything in this file is known already",
            (false, _, _) => "nothing was written",
        };
        let _ = writeln!(out, "  {verdict}");
    }
}

fn shortened<T>(out: &mut String, items: &[T], mut line: impl FnMut(&mut String, &T)) {
    items.iter().take(SHOWN).for_each(|item| line(out, item));
    if items.len() > SHOWN {
        let _ = writeln!(out, "  … and {} more (--report json lists all)", items.len() - SHOWN);
    }
}
