//! The report of an import: counts, and the rows that need attention, as a table
//! for people and as JSON for programs.

use crate::audit;
use crate::import::complaint::{Complaint, Flaw, Language, Remark, Warning, line_of};
use serde::Serialize;
use serde_json::{Value, json};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

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
    /// Remarks about the file as a whole.
    pub notes: Vec<Remark>,
    /// Whether anything was written.
    pub written: bool,
    /// The row that is being read, which warnings are about.
    pub(in crate::import) row: Option<u64>,
    /// The column that is being read.
    pub(in crate::import) column: Option<Cow<'static, str>>,
}

/// A fact of a row that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The official key of the row.
    pub key: String,
    /// Name of the fact.
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

    /// What reading a cell gave, and the remarks it made, which the caller puts in their place.
    pub fn remarks_of<T>(read: impl FnOnce(&mut Self) -> T) -> (T, impl Iterator<Item = Remark>) {
        let mut report = Self::default();
        let found = read(&mut report);
        (found, report.warnings.into_keys().map(|warning| warning.remark))
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

    /// Exit status: 0 when every row was accepted, 1 when some were rejected, or not taken because newer facts are
    /// stored.
    pub fn exit_status(&self) -> u8 {
        u8::from(!self.rejected.is_empty() || self.older > 0)
    }

    /// The entry for the audit: the changed things, the counts, and the file.
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

    /// The report as a table, for people.
    pub fn table(&self, language: Language) -> String {
        let words = Labels::of(language);
        let mut out = String::new();
        let day = self.as_of.as_deref().unwrap_or(words.day_unknown);
        let _ = writeln!(out, "{}  ({}, {}, {day})", self.file, self.format, self.encoding);
        let counts = [
            self.read,
            self.created,
            self.updated,
            self.confirmed,
            self.unchanged,
            self.older,
            self.vanished,
            self.rejected.len() as u64,
        ];
        let counts = words.counts.iter().zip(counts).map(|(label, count)| format!("{label} {count}"));
        let _ = writeln!(out, "  {}", counts.collect::<Vec<_>>().join("   "));
        if let Some(verdict) = self.verdict(&words) {
            let _ = writeln!(out, "  {verdict}");
        }
        for note in &self.notes {
            let _ = writeln!(out, "  {}: {}", words.note, note.say(language));
        }
        for (what, count) in &self.left_out {
            let _ = writeln!(out, "  {} {count:>5} x {}", words.left_out, what.say(language));
        }
        for (warning, (count, lines)) in self.warnings_by_kind() {
            let lines = (words.lines)(&lines.into_iter().collect::<Vec<_>>());
            let _ = writeln!(out, "  {} {count:>5} x {}{lines}", words.warning, warning.say(language));
        }
        if self.older > 0 {
            let lines = (words.lines)(&self.older_lines);
            let _ = writeln!(out, "  {}{lines}", words.older);
        }
        shortened(&mut out, &words, &self.rejected, |out, complaint| {
            let line = line_of(complaint.line, language);
            let column =
                complaint.column.map(|column| format!(" {} {column}", words.column)).unwrap_or_default();
            let _ = writeln!(out, "  {} {line}{column}: {}", words.rejected, complaint.flaw.say(language));
        });
        shortened(&mut out, &words, &self.changes, |out, c| {
            let show = |v: &Option<String>| v.clone().unwrap_or_else(|| words.nothing.into());
            let (before, after) = (show(&c.before), show(&c.after));
            let _ = writeln!(out, "  {} {} {}: {before} -> {after}", words.changed, c.key, c.field);
        });
        shortened(&mut out, &words, &self.kept, |out, kept| {
            let _ = writeln!(out, "  {}: {kept}", words.kept);
        });
        out
    }

    fn verdict(&self, words: &Labels) -> Option<&'static str> {
        let news = self.created + self.updated + self.confirmed + self.vanished + self.older;
        let left_out: u64 = self.left_out.values().sum();
        match (self.written, news, self.rejected.is_empty()) {
            (true, _, _) => None,
            (false, 0, true) if left_out == self.read => Some(words.nothing_kept),
            (false, 0, true) => Some(words.nothing_new),
            (false, _, _) => Some(words.nothing_written),
        }
    }
}

/// Labels of the parts of the table.
struct Labels {
    day_unknown: &'static str,
    /// Read, created, updated, confirmed, unchanged, older, vanished, rejected.
    counts: [&'static str; 8],
    note: &'static str,
    left_out: &'static str,
    warning: &'static str,
    rejected: &'static str,
    column: &'static str,
    changed: &'static str,
    nothing: &'static str,
    kept: &'static str,
    nothing_kept: &'static str,
    nothing_new: &'static str,
    nothing_written: &'static str,
    older: &'static str,
    /// Lines in brackets; nothing for none.
    lines: fn(&[u64]) -> String,
    more: fn(usize) -> String,
}

impl Labels {
    fn of(language: Language) -> Self {
        match language {
            Language::Japanese => Self {
                day_unknown: "日付不明",
                counts: ["読込", "新規", "更新", "確認", "変更なし", "古い", "掲載終了", "受取不可"],
                note: "お知らせ",
                left_out: "対象外",
                warning: "注意",
                rejected: "受取不可",
                column: "列",
                changed: "変更",
                nothing: "（なし）",
                kept: "ここで確認済みのため変更なし",
                nothing_kept: "このファイルには、扱う種類のものがありません",
                nothing_new: "変更はありません。このファイルの内容はすべて登録済みです",
                nothing_written: "何も書き込んでいません",
                older: "登録済みの内容のほうが新しいため、受け取りませんでした",
                lines: |lines| listed(lines, "（", "、", "行目）", "行目ほか）"),
                more: |count| format!("…ほか{count}件（--report json で全件）"),
            },
            Language::English => Self {
                day_unknown: "day unknown",
                counts: [
                    "read",
                    "created",
                    "updated",
                    "confirmed",
                    "unchanged",
                    "older",
                    "vanished",
                    "rejected",
                ],
                note: "note",
                left_out: "left out",
                warning: "warning",
                rejected: "rejected",
                column: "column",
                changed: "changed",
                nothing: "(nothing)",
                kept: "kept as verified here",
                nothing_kept: "nothing in this file is of a kind that is kept",
                nothing_new: "nothing to change: everything in this file is known already",
                nothing_written: "nothing was written",
                older: "older than what is known, not taken",
                lines: |lines| listed(lines, ": line ", ", ", "", " and others"),
                more: |count| format!("… and {count} more (--report json lists all)"),
            },
        }
    }
}

/// Most lines that the table names for one warning.
const LINES_SHOWN: usize = 10;

fn listed(lines: &[u64], before: &str, between: &str, after: &str, after_some: &str) -> String {
    let shown: Vec<String> = lines.iter().take(LINES_SHOWN).map(u64::to_string).collect();
    let after = if lines.len() > LINES_SHOWN { after_some } else { after };
    if shown.is_empty() { String::new() } else { format!("{before}{}{after}", shown.join(between)) }
}

fn shortened<T>(out: &mut String, words: &Labels, items: &[T], mut line: impl FnMut(&mut String, &T)) {
    items.iter().take(SHOWN).for_each(|item| line(out, item));
    if items.len() > SHOWN {
        let _ = writeln!(out, "  {}", (words.more)(items.len() - SHOWN));
    }
}
