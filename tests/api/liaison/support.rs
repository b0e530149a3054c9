//! Returned questionnaires, written cell by cell.

use crate::support::liaison::{CLINIC, HOSPITAL, Liaison};
use yui::import::complaint::Complaint;
use yui::import::complaint::Language::Japanese;
use yui::import::formats::Format;
use yui::import::report::Report;
use yui::import::tables::questionnaire::form::columns::columns;
use yui::import::tables::questionnaire::outgoing::questionnaire;
use yui::import::{ImportOptions, Outcome};

pub const HOSPITAL_NUMBER: &str = "06:61107990001";
pub const CLINIC_NUMBER: &str = "06:61107990002";

/// A row of a questionnaire, with only the cells that were filled in.
#[derive(Clone, Debug, Default)]
pub struct Row(Vec<(String, String)>);

impl Row {
    /// Of an institution, nothing else filled in.
    pub fn of(number: &str) -> Self {
        let row = Self::default().with("医療機関番号", number);
        match number {
            HOSPITAL_NUMBER => row.with("医療機関名", HOSPITAL),
            CLINIC_NUMBER => row.with("医療機関名", CLINIC),
            _ => row,
        }
    }

    /// The first row of the clinic, which agrees, with a physician who takes calls.
    pub fn clinic() -> Self {
        Self::physician(CLINIC_NUMBER, "見本 太郎").agreed()
    }

    /// The first row of the hospital.
    pub fn hospital() -> Self {
        Self::physician(HOSPITAL_NUMBER, "見本 次郎").agreed()
    }

    /// A physician who takes calls on Tuesdays at noon.
    pub fn physician(number: &str, name: &str) -> Self {
        let row = Self::of(number).with("氏名", name).with("手段1", "電話");
        row.with("手段1の宛先", "0235-00-0001").with("手段1の時間", "火曜 12:30～13:00")
    }

    /// The cells of an institution that agrees.
    pub fn agreed(self) -> Self {
        let row = self.with("作成主体", "見本市医師会").with("回答日", "2026-04-01");
        row.with("承諾", "承諾する（書面）").with("見直し期限", "2099-04-01")
    }

    /// Sets a cell.
    pub fn with(mut self, column: &str, cell: &str) -> Self {
        match self.0.iter_mut().find(|(name, _)| name == column) {
            Some(known) => cell.clone_into(&mut known.1),
            None => self.0.push((column.to_owned(), cell.to_owned())),
        }
        self
    }
}

/// The rows as a CSV file.
pub fn file(rows: &[Row]) -> String {
    let names: Vec<&str> = columns().iter().map(|column| column.name).collect();
    let cell = |row: &Row, name: &str| {
        let cell = row.0.iter().find(|(column, _)| column == name).map_or("", |(_, cell)| cell.as_str());
        format!("\"{cell}\"")
    };
    let line = |row: &Row| names.iter().map(|name| cell(row, name)).collect::<Vec<_>>().join(",");
    std::iter::once(names.join(",")).chain(rows.iter().map(line)).collect::<Vec<_>>().join("\n") + "\n"
}

/// Counts of the report on institutions: created, updated, unchanged, older, rejected rows.
pub fn counts(report: &Report) -> [u64; 5] {
    [report.created, report.updated, report.unchanged, report.older, report.rejected.len() as u64]
}

/// The notes on a file, in Japanese.
pub fn notes(report: &Report) -> Vec<String> {
    report.notes.iter().map(|note| note.say(Japanese)).collect()
}

/// Complaints as people read them: line, column, beginning of the sentence.
pub fn complaints(report: &Report) -> Vec<String> {
    let told = |complaint: &Complaint| {
        let column = complaint.column.unwrap_or("-");
        format!("{} {column}: {}", complaint.line, complaint.flaw.say(Japanese))
    };
    report.rejected.iter().map(told).collect()
}

impl Liaison {
    /// Takes a returned questionnaire in.
    pub async fn returned(&self, rows: &[Row]) -> Report {
        self.app.import("回答.csv", &file(rows)).await
    }

    /// Takes a returned questionnaire in, as the command line says.
    pub async fn returned_with(&self, rows: &[Row], options: &ImportOptions) -> Outcome {
        self.app.try_import("回答.csv", file(rows), options).await
    }

    /// The questionnaire as it goes out.
    pub async fn sent_out(&self, numbers: &[&str]) -> yui::import::template::Form {
        let numbers: Vec<String> = numbers.iter().map(|number| (*number).to_owned()).collect();
        let form = questionnaire(self.app.databases(), &numbers, crate::support::clock::today())
            .await
            .expect("the database answers");
        form.unwrap_or_else(|reason| panic!("{reason}"))
    }

    /// The code of a physician in the questionnaire.
    pub async fn code_of(&self, name: &str) -> String {
        let form = self.sent_out(&[]).await;
        let at = |wanted| form.columns.iter().position(|column| column.name == wanted).expect("a column");
        let row = form.rows.iter().find(|row| row[at("氏名")] == name).expect("a row");
        row[at("医師コード")].clone()
    }
}

/// As the command line says `yui import liaison`.
pub fn liaison_file() -> ImportOptions {
    ImportOptions { format: Some(Format::Liaison), ..ImportOptions::default() }
}
