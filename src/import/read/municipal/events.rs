//! イベント一覧 of the municipal standard sets: single events with their dates.

use crate::gatherings::GatheringDetails;
use crate::gatherings::Venue;
use crate::gatherings::terms::GatheringKind;
use crate::import::cells::called_off;
use crate::import::cells::clean;
use crate::import::cells::contact::{self, ContactColumns, Written};
use crate::import::cells::timing;
use crate::import::facts::Fact;
use crate::import::facts::local::LocalFacts;
use crate::import::facts::{Placement, Timing};
use crate::import::file::table::Row;
use crate::import::formats::FileContext;
use crate::import::read::municipal::{first, said};
use crate::import::report::Report;
use crate::import::row::OfficialRow;
use crate::local::terms::FeeKind;
use crate::local::{Fee, Parking};
use crate::local_kinds::Details;
use chrono::{NaiveDate, TimeDelta};
use hours::prose::{Context, Reading, combine, read_note, read_times, read_with, with_note};
use hours::recurrence::{Frequency, Recurrence};
use unicode_normalization::UnicodeNormalization;

/// Most days of an event that is taken to have no days off; the columns do not contain days off.
const LONGEST_WITHOUT_DAYS_OFF: i64 = 14;

/// Reads a row of a list of events.
pub fn read(row: &Row<'_>, file: &FileContext<'_>, report: &mut Report) -> Option<OfficialRow> {
    let (mut facts, _) = super::standard(row, "イベント名", report)?;
    // 「市内一円」 has no place, even if a position is given.
    let everywhere =
        ["市内一円", "町内一円", "市内各所"].iter().any(|word| row.text("場所名称").contains(word));
    if everywhere {
        facts.placement = Placement::NoFixedPlace;
    }
    facts.alias = first(row, &["サブタイトル", "イベント通称"]).and_then(clean::text);
    facts.description = both(row, ["説明", "概要"]);
    facts.organization = said(row, "主催者").or(facts.organization);
    let (capacity, words) = super::capacity(row, "定員");
    facts.note = clean::with_line(clean::with_line(said(row, "備考"), words), facts.note);
    facts.schedules = schedules(row, file.as_of, report);
    let label = [said(row, "連絡先名称"), super::contact_label(row)].into_iter().flatten();
    let label = Some(label.collect::<Vec<_>>().join("、")).filter(|label| !label.is_empty());
    facts.contacts = contact::organiser(
        Written {
            label: label.as_deref(),
            phone: first(row, &["連絡先電話番号"]),
            columns: ContactColumns { phone: "連絡先電話番号", ..ContactColumns::default() },
            ..Written::default()
        },
        report,
    );
    facts.details = Some(Details::Gathering(Box::new(GatheringDetails { capacity, ..details(row) })));
    let began = row.text("開始日");
    let named = format!("{}:{}", japan::text::fold(row.text("イベント名")), japan::text::fold(began));
    identified(facts, row, first(row, &["ID"]), &named, report)
}

/// The texts of two columns, one below the other.
fn both(row: &Row<'_>, [one, other]: [&str; 2]) -> Option<String> {
    let (one, other) = (said(row, one), said(row, other));
    clean::with_line(one.clone(), other.filter(|other| one.as_ref() != Some(other)))
}

/// The key of an event: its ID, or in older lists, which number their rows
/// anew each time, name and first day, and where several rows have both, venue and time as well.
fn identified(
    facts: LocalFacts,
    row: &Row<'_>,
    id: Option<&str>,
    named: &str,
    report: &mut Report,
) -> Option<OfficialRow> {
    let local_id = if id.is_none() { Fact::Nothing } else { Fact::Unasked };
    let read =
        super::official(LocalFacts { local_id, ..facts }, row, "event", Some(id.unwrap_or(named)), report)?;
    let apart = ["場所名称", "開始時間"].map(|column| japan::text::fold(row.text(column))).join(":");
    let second_key = id.is_none().then(|| format!("{}:{apart}", read.key));
    Some(OfficialRow { second_key, ..read })
}

fn details(row: &Row<'_>) -> GatheringDetails {
    let mut details = GatheringDetails::of(GatheringKind::Event);
    details.venue = said(row, "場所名称").map(|name| Venue { name: Some(name), kind: None });
    details.fees = fee(row.text("料金(基本)"), said(row, "料金(詳細)")).into_iter().collect();
    let ends = ["参加申込終了日", "参加申込終了時間"].map(|column| said(row, column));
    let ends = ends.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let ends = Some(ends).filter(|ends| !ends.is_empty()).map(|ends| format!("申込終了：{ends}"));
    details.reservation_note = clean::with_line(said(row, "参加申込方法"), ends);
    details.eligibility.text = both(row, ["対象者", "対象者備考"]);
    details.access.directions = said(row, "アクセス方法");
    details.access.parking = parking(row);
    details
}

fn parking(row: &Row<'_>) -> Option<Parking> {
    let written = row.text("駐車場情報");
    if matches!(written, "なし" | "無し" | "無") {
        return Some(Parking { available: Some(false), ..Parking::default() });
    }
    let note = clean::text(written)?;
    let available = (note.starts_with("あり") || note.starts_with('有')).then_some(true);
    Some(Parking { available, note: Some(note), ..Parking::default() })
}

/// The fee: an amount is certain unless the remark names a higher one.
fn fee(basic: &str, note: Option<String>) -> Option<Fee> {
    let basic: String = basic.nfkc().filter(|c| !matches!(c, ',' | ' ')).collect();
    if basic == "無料" || basic.is_empty() && note.as_deref() == Some("無料") {
        return Some(Fee { note: note.filter(|note| note != "無料"), ..Fee::of(FeeKind::Free) });
    }
    let amount = basic.trim_end_matches('円').parse::<i32>().ok().filter(|yen| (0..1_000_000).contains(yen));
    match (amount, note) {
        (Some(0), None) => Some(Fee::of(FeeKind::Free)),
        (Some(yen), note) if note.as_deref().and_then(highest).is_none_or(|highest| highest <= yen) => {
            Some(Fee { amount_yen: Some(yen), note, ..Fee::of(FeeKind::Fixed) })
        }
        (amount, note) => {
            let basic = amount.map(|yen| format!("{yen}円")).or_else(|| clean::text(&basic));
            let said = [basic, note].into_iter().flatten().collect::<Vec<_>>().join("\n");
            (!said.is_empty()).then(|| Fee { note: Some(said), ..Fee::of(FeeKind::Unknown) })
        }
    }
}

/// The highest amount in yen in a remark.
fn highest(note: &str) -> Option<i32> {
    let plain: String = note.nfkc().filter(|c| *c != ',').collect();
    let amounts = plain.split('円').filter_map(|before| {
        let digits = before.rsplit(|c: char| !c.is_ascii_digit()).next()?;
        digits.parse().ok()
    });
    amounts.max()
}

fn schedules(row: &Row<'_>, as_of: Option<NaiveDate>, report: &mut Report) -> Vec<Timing> {
    let (from, to) = (row.text("開始日"), row.text("終了日"));
    let days = if to.is_empty() || to == from { from.to_owned() } else { format!("{from}～{to}") };
    let hours = match (row.text("開始時間"), row.text("終了時間")) {
        ("", "") => None,
        (start, end) => Some(format!("{start}～{end}")),
    };
    let note = said(row, "開始日時特記事項");
    let raw = [Some(days.clone()), hours.clone(), note.clone()];
    let raw = raw.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let context = Context { as_of, fiscal_year: None };
    let mut reading = match dates(from, to) {
        Some(dates) => {
            let known = Recurrence { dates, ..Recurrence::new(Frequency::Dates) };
            Reading { recurrences: vec![known], unread: Vec::new() }
        }
        None if clean::text(from).is_none() => return Vec::new(),
        None => read_with(&days, &context),
    };
    if let Some(hours) = &hours {
        reading = combine(&reading, &read_times(hours));
    }
    if let Some(note) = &note {
        reading = with_note(&reading, &read_note(note, &context));
    }
    if is_called_off(row) {
        called_off::call_off(&mut reading);
    }
    report.in_column("開始日時特記事項", |report| timing::of_reading(&reading, Some(&raw), report))
}

/// Whether the row says that the event does not take place on its days (中止, 延期). 雨天中止 is a condition.
fn is_called_off(row: &Row<'_>) -> bool {
    let columns = ["イベント名", "サブタイトル", "説明", "概要", "開始日時特記事項", "備考"];
    columns.iter().any(|column| called_off::is_said(row.text(column)))
}

/// Every day from the first to the last, where both are dates with a year.
fn dates(from: &str, to: &str) -> Option<Vec<NaiveDate>> {
    let from = date(from)?;
    let to = if to.is_empty() { from } else { date(to)? };
    let days = (to - from).num_days();
    let dates = (0..=days).filter_map(|n| from.checked_add_signed(TimeDelta::days(n)));
    (0..LONGEST_WITHOUT_DAYS_OFF).contains(&days).then(|| dates.collect())
}

fn date(text: &str) -> Option<NaiveDate> {
    let plain: String = text.nfkc().collect::<String>().replace('/', "-");
    NaiveDate::parse_from_str(plain.trim(), "%Y-%m-%d").ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_of_a_few_days_is_on_every_one_of_them() {
        assert_eq!(dates("2024/7/19", "").map(|d| d.len()), Some(1));
        assert_eq!(dates("2024/7/19", "2024-07-21").map(|d| d.len()), Some(3));
        assert_eq!(dates("2024/4/19", "2024/6/2"), None, "an exhibition has days off");
        assert_eq!(dates("2024/4/19", "2024/4/1"), None);
        assert_eq!(dates("10月中旬", ""), None);
    }

    #[test]
    fn an_amount_counts_only_where_nothing_higher_is_named() {
        let said = |basic, note: &str| fee(basic, clean::text(note)).map(|fee| (fee.kind.0, fee.amount_yen));
        assert_eq!(said("無料", ""), Some((FeeKind::Free, None)));
        assert_eq!(said("1,300", ""), Some((FeeKind::Fixed, Some(1300))));
        assert_eq!(said("900", "小中学生250円"), Some((FeeKind::Fixed, Some(900))));
        assert_eq!(said("900", "大人900円、共通券1,200円"), Some((FeeKind::Unknown, None)));
        assert_eq!(said("", ""), None);
    }
}
