//! Columns that a city left out of its list: what they said before stays. The row is read again with the cells that the
//! list had for them, so that every fact follows from cells as in a whole list. A cell with an error of a spreadsheet counts
//! as left out.

use crate::import::cells::column::{Column, PLACEMENT};
use crate::import::facts::Placement;
use crate::import::file::spreadsheet_error::is_spreadsheet_error;
use crate::import::file::table::{Columns, Row, Table, column_key};
use crate::import::formats::{Family, FileContext, Format};
use crate::import::read::own::{self, common};
use crate::import::report::Report;
use crate::import::row::CELLS;
use chrono::NaiveDate;
use japan::values::MunicipalityCode;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Cells of a row that are not empty, by column. Those with an error of a spreadsheet are among them until the row has been
/// compared with what is stored.
pub type OwnCells = BTreeMap<String, String>;

/// The columns of the list that a file lacks.
pub struct Missing {
    format: Format,
    columns: Vec<&'static str>,
    has_address: bool,
    municipality: Option<MunicipalityCode>,
    /// The day of the import.
    today: NaiveDate,
}

/// The cells of a row that are kept for a later list without their columns. Of a private home, those of its place are
/// not.
pub fn cells(format: Format, row: &Row<'_>, is_home: bool) -> OwnCells {
    let kept = |column: &&Column| !(is_home && common::OF_PLACE.contains(&column.name));
    let columns = own::columns(format).unwrap_or_default();
    let damaged: Vec<(&str, &str)> = row.damaged().collect();
    let written = |name: &'static str| {
        let damaged = damaged.iter().find(|(column, _)| *column == column_key(name));
        damaged.map_or_else(|| row.text(name), |(_, cell)| *cell)
    };
    let cells = columns.into_iter().filter(kept).map(|column| (column.name, written(column.name)));
    cells
        .filter(|(_, cell)| !cell.is_empty())
        .map(|(name, cell)| (name.to_owned(), cell.to_owned()))
        .collect()
}

impl Missing {
    /// Of a file with these columns; `None`: the file is no list of this kind.
    pub fn of(
        format: Format,
        columns: &Columns,
        municipality: Option<MunicipalityCode>,
        today: NaiveDate,
    ) -> Option<Self> {
        let all = own::columns(format)?;
        let lacking = all.iter().map(|column| column.name).filter(|name| !columns.has(name));
        let missing: Vec<&'static str> = lacking.collect();
        let has_address = columns.has(common::ADDRESS);
        Some(Self { format, columns: missing, has_address, municipality, today })
    }

    /// Takes over from the stored facts what the missing columns and the damaged cells of a row said. Building and position go
    /// with their address. Answers whether facts of the record that do not follow from cells are to be taken over as well.
    pub fn keep(&self, new: &mut Map<String, Value>, old: &Map<String, Value>) -> bool {
        let Some(mut now) = said(new) else { return false };
        let missing = self.of_row(&now);
        let lacks_some = !missing.columns.is_empty();
        now.retain(|_, cell| !is_spreadsheet_error(cell));
        new.insert(CELLS.to_owned(), json!(now));
        let Some(before) = said(old) else {
            missing.keep_home(new, old, now);
            return lacks_some;
        };
        missing.keep_cells(new, old, now, before);
        false
    }

    /// What a row lacks that has these cells: also the columns whose cell is damaged.
    fn of_row(&self, now: &OwnCells) -> Self {
        let all = own::columns(self.format).unwrap_or_default();
        let damaged = all
            .iter()
            .map(|column| column.name)
            .filter(|name| now.get(*name).is_some_and(|cell| is_spreadsheet_error(cell)));
        let columns: Vec<&'static str> = self.columns.iter().copied().chain(damaged).collect();
        let has_address = self.has_address && !columns.contains(&common::ADDRESS);
        let municipality = self.municipality.clone();
        Self { format: self.format, columns, has_address, municipality, today: self.today }
    }

    fn keep_cells(
        &self,
        new: &mut Map<String, Value>,
        old: &Map<String, Value>,
        now: OwnCells,
        before: OwnCells,
    ) {
        let moved = self.has_address && before.get(common::ADDRESS) != now.get(common::ADDRESS);
        let mut cells = now.clone();
        for column in &self.columns {
            if moved && common::AT_ADDRESS.contains(column) {
                continue;
            }
            cells.extend(before.get_key_value(*column).map(|(name, cell)| (name.clone(), cell.clone())));
        }
        if cells != now {
            *new = self.read(&cells).unwrap_or_else(|| self.without_publishing(old, new, &now, &before));
        }
    }

    /// Keeps a private home withheld whose record has no cells, unless the new row itself says where it stands.
    fn keep_home(&self, new: &mut Map<String, Value>, old: &Map<String, Value>, mut cells: OwnCells) {
        let lacks = common::OF_HOME.iter().any(|column| self.columns.contains(column));
        let was_home = old.get("placement").is_some_and(|placement| *placement == json!(Placement::Withheld));
        if lacks && was_home && !cells.contains_key(PLACEMENT) {
            cells.insert(PLACEMENT.to_owned(), common::WITHHELD.to_owned());
            *new = self.read(&cells).unwrap_or_else(|| old.clone());
        }
    }

    /// The facts where the cells of both lists together make no entry: those of the new row, unless a private home would
    /// become public by it. That stays as it was.
    fn without_publishing(
        &self,
        old: &Map<String, Value>,
        new: &Map<String, Value>,
        now: &OwnCells,
        before: &OwnCells,
    ) -> Map<String, Value> {
        let of_home = |(name, _): &(&String, &String)| common::OF_HOME.contains(&name.as_str());
        let mut cells = now.clone();
        let lacking = before.iter().filter(of_home).filter(|(name, _)| self.columns.contains(&name.as_str()));
        let kept: Vec<_> = lacking.map(|(name, cell)| (name.clone(), cell.clone())).collect();
        if kept.is_empty() {
            return new.clone();
        }
        cells.extend(kept);
        self.read(&cells).unwrap_or_else(|| old.clone())
    }

    /// The facts of a row with these cells; `None` when it is rejected.
    fn read(&self, cells: &OwnCells) -> Option<Map<String, Value>> {
        let Family::Facilities(read) = self.format.profile().family else { return None };
        let all = own::columns(self.format)?;
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(all.iter().map(|column| column.name)).ok()?;
        let cell = |column: &&Column| cells.get(column.name).map_or("", String::as_str);
        writer.write_record(all.iter().map(cell)).ok()?;
        let text = String::from_utf8(writer.into_inner().ok()?).ok()?;
        let mut table = Table::open(&text, self.today).ok()?;
        table.default_municipality(self.municipality.clone());
        let columns = table.columns().clone();
        let file = FileContext { file_name: "", columns: &columns, as_of: None };
        let mut found = None;
        table.for_each(|row| {
            found = row.ok().and_then(|row| read(&row, &file, &mut Report::default()));
        });
        serde_json::from_str(&found?.stored()).ok()
    }
}

fn said(facts: &Map<String, Value>) -> Option<OwnCells> {
    serde_json::from_value(facts.get(CELLS)?.clone()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_private_home_whose_record_has_no_cells_stays_withheld() {
        let row = [
            ("管理番号", "007"),
            ("名称", "見本の家サロン"),
            ("種類", "サロン"),
            ("市区町村コード", "062031"),
            ("住所", "鶴岡市泉町4-20"),
            ("利用できる地区", "全域"),
            ("開催日時", "毎週木曜"),
        ];
        let columns = row.map(|(column, _)| column).join(",");
        let columns = Columns::read(&columns).expect("a header");
        let missing = Missing::of(Format::GatheringPlaces, &columns, None, NaiveDate::MAX)
            .expect("columns are missing");
        let cells = OwnCells::from(row.map(|(column, cell)| (column.to_owned(), cell.to_owned())));
        let mut as_home = cells.clone();
        as_home.insert("会場の種類".to_owned(), "個人宅・空き家".to_owned());
        let mut old = missing.read(&as_home).expect("an entry");
        old.remove(CELLS);
        let mut new = missing.read(&cells).expect("an entry");
        assert_eq!(new.get("placement"), Some(&json!("STANDS")));
        assert!(missing.keep(&mut new, &old));
        assert_eq!(new.get("placement"), Some(&json!("WITHHELD")));
    }
}
