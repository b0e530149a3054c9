//! The report of an import as a table, for people.

use super::{Report, SHOWN};
use crate::import::complaint::{Language, line_of};
use std::fmt::Write;

impl Report {
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
            self.rejected_rows(),
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
        shortened(&mut out, &words, (&self.rejected, FLAWS_SHOWN), |out, complaint| {
            let line = line_of(complaint.line, language);
            let column =
                complaint.column.map(|column| format!(" {} {column}", words.column)).unwrap_or_default();
            let _ = writeln!(out, "  {} {line}{column}: {}", words.rejected, complaint.flaw.say(language));
        });
        shortened(&mut out, &words, (&self.changes, SHOWN), |out, c| {
            let show = |v: &Option<String>| v.clone().unwrap_or_else(|| words.nothing.into());
            let (before, after) = (show(&c.before), show(&c.after));
            let _ = writeln!(out, "  {} {} {}: {before} -> {after}", words.changed, c.key, c.field);
        });
        shortened(&mut out, &words, (&self.kept, SHOWN), |out, kept| {
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

/// Most flaws that the table names: those of a list that people correct by hand.
const FLAWS_SHOWN: usize = 500;
/// Most lines that the table names for one warning.
const LINES_SHOWN: usize = 100;

fn listed(lines: &[u64], before: &str, between: &str, after: &str, after_some: &str) -> String {
    let shown: Vec<String> = lines.iter().take(LINES_SHOWN).map(u64::to_string).collect();
    let after = if lines.len() > LINES_SHOWN { after_some } else { after };
    if shown.is_empty() { String::new() } else { format!("{before}{}{after}", shown.join(between)) }
}

/// The first `most` items, and how many more there are.
fn shortened<T>(
    out: &mut String,
    words: &Labels,
    (items, most): (&[T], usize),
    mut line: impl FnMut(&mut String, &T),
) {
    items.iter().take(most).for_each(|item| line(out, item));
    if items.len() > most {
        let _ = writeln!(out, "  {}", (words.more)(items.len() - most));
    }
}
