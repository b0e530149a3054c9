//! Columns that a city left out of its list: what they said before stays.
//!
//! Which facts a column decides is found by reading an example row with and without it, so that no list of columns has
//! to be kept beside the readers.

use crate::import::cells::column::Column;
use crate::import::file::table::{Columns, Table};
use crate::import::formats::{Family, FileContext, Format};
use crate::import::read::own;
use crate::import::report::Report;
use chrono::NaiveDate;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// The way to a fact in the stored facts: `details`, `GATHERING`, `fees`.
type Path = Vec<String>;

/// Cells that columns without an example may take.
const CANDIDATES: [&str; 9] =
    ["見本", "あり", "1", "38.7", "139.8", "2026-10-01", "2026-10", "12月～3月", "https://example.jp"];

/// The facts of one list that columns which the file lacks decide, and no column that it has.
pub struct Missing(BTreeSet<Path>);

impl Missing {
    /// Of a file with these columns; `None`: the file is no list of this kind, or lacks no column.
    pub fn of(format: Format, columns: &Columns) -> Option<Self> {
        let all = own::columns(format)?;
        let (present, missing): (Vec<&Column>, Vec<&Column>) =
            all.iter().partition(|column| columns.has(column.name));
        if missing.is_empty() {
            return None;
        }
        let decided = |some: &[&Column]| -> BTreeSet<Path> {
            some.iter().flat_map(|column| decides(format, &all, column)).collect()
        };
        let by_present = decided(&present);
        Some(Self(decided(&missing).into_iter().filter(|path| !by_present.contains(path)).collect()))
    }

    /// Takes over from the stored facts what the missing columns decide.
    pub fn keep(&self, new: &mut Map<String, Value>, old: &Map<String, Value>) {
        for path in &self.0 {
            if let Some(value) = at(old, path) {
                put(new, path, value.clone());
            }
        }
    }
}

/// The facts that differ when the cell of a column does.
fn decides(format: Format, all: &[&'static Column], column: &Column) -> BTreeSet<Path> {
    let Some(whole) = read(format, all, &[]) else { return BTreeSet::new() };
    let words = column.words.map(|words| words()).unwrap_or_default();
    let cells = std::iter::once("").chain(words).chain(CANDIDATES);
    let differing = |cell| {
        let mut found = BTreeSet::new();
        if let Some(other) = read(format, all, &[(column.name, cell)]) {
            differences(&whole, &other, &mut Path::new(), &mut found);
        }
        found
    };
    cells.map(differing).find(|found| !found.is_empty()).unwrap_or_default()
}

/// The facts of the example row with other cells; `None` when it is rejected.
fn read(format: Format, all: &[&'static Column], other: &[(&str, &str)]) -> Option<Map<String, Value>> {
    let Family::Facilities(read) = format.profile().family else { return None };
    let cell = |column: &&&Column| {
        let other = other.iter().find(|(name, _)| *name == column.name);
        other.map_or(column.example, |(_, cell)| *cell)
    };
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(all.iter().map(|column| column.name)).ok()?;
    writer.write_record(all.iter().map(|column| cell(&column))).ok()?;
    let text = String::from_utf8(writer.into_inner().ok()?).ok()?;
    let table = Table::open(&text, NaiveDate::MAX).ok()?;
    let columns = table.columns().clone();
    let file = FileContext { file_name: "", columns: &columns, as_of: None };
    let mut found = None;
    table.for_each(|row| {
        found = row.ok().and_then(|row| read(&row, &file, &mut Report::default()));
    });
    serde_json::from_str(&found?.body.to_json()).ok()
}

fn differences(
    one: &Map<String, Value>,
    other: &Map<String, Value>,
    path: &mut Path,
    found: &mut BTreeSet<Path>,
) {
    let keys: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    for key in keys {
        path.push(key.clone());
        match (one.get(key), other.get(key)) {
            (Some(Value::Object(one)), Some(Value::Object(other))) => differences(one, other, path, found),
            (one, other) if one != other => {
                found.insert(path.clone());
            }
            _ => {}
        }
        path.pop();
    }
}

fn at<'v>(facts: &'v Map<String, Value>, path: &[String]) -> Option<&'v Value> {
    let (last, above) = path.split_last()?;
    let inner = above.iter().try_fold(facts, |facts, key| facts.get(key)?.as_object())?;
    inner.get(last)
}

/// Sets a value; facts above it that the new file says nothing of (`null`) are made anew.
fn put(facts: &mut Map<String, Value>, path: &[String], value: Value) {
    let Some((last, above)) = path.split_last() else { return };
    let mut inner = facts;
    for key in above {
        let next = inner.entry(key.clone()).or_insert(Value::Null);
        if next.is_null() {
            *next = Value::Object(Map::new());
        }
        let Some(object) = next.as_object_mut() else { return };
        inner = object;
    }
    inner.insert(last.clone(), value);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearly_every_column_decides_a_fact() {
        for format in [Format::GatheringPlaces, Format::MutualAid, Format::PrivateServices, Format::Desks] {
            let all = own::columns(format).unwrap();
            let idle: Vec<&str> = all
                .iter()
                .filter(|column| !format.profile().required.contains(&column.name))
                .filter(|column| decides(format, &all, column).is_empty())
                .map(|column| column.name)
                .collect();
            assert!(idle.is_empty(), "{format:?}: {idle:?}");
        }
    }

    #[test]
    fn what_the_missing_columns_said_stays_and_what_an_empty_cell_said_goes() {
        let facts = |text: &str| serde_json::from_str::<Map<String, Value>>(text).unwrap();
        let columns =
            Columns::read("管理番号,名称,種類,開催日時,利用できる地区,市区町村コード,備考,定員").unwrap();
        let missing = Missing::of(Format::GatheringPlaces, &columns).unwrap();
        let old = facts(
            r#"{"name":"旧","note":"前","details":{"GATHERING":{"fees":[1],"capacity":5,"bring":"飲み物"}}}"#,
        );
        let kind =
            |facts: &Map<String, Value>| facts["details"].as_object().unwrap().keys().next().unwrap().clone();
        let example =
            read(Format::GatheringPlaces, &own::columns(Format::GatheringPlaces).unwrap(), &[]).unwrap();
        let old = facts(&Value::Object(old).to_string().replace("GATHERING", &kind(&example)));
        let mut new = facts(&format!(r#"{{"name":"新","details":{{"{}":{{"fees":[]}}}}}}"#, kind(&example)));
        missing.keep(&mut new, &old);
        let details = &new["details"][kind(&example)];
        assert_eq!((&new["name"], new.get("note")), (&"新".into(), None), "the list has these columns");
        assert_eq!(
            (&details["fees"], &details["bring"], details.get("capacity")),
            (&old["details"][kind(&example)]["fees"], &"飲み物".into(), None)
        );
    }
}
