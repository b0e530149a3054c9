//! Writes the lists of care professionals: desks, and what facilities take on. One transaction per file.

mod acceptances;
mod contacts;
mod lookup;
mod readers;

use super::formats::Format;
use super::formats::lists::cells::Taken;
use super::formats::lists::professionals::{
    acceptances::read as read_acceptance, contacts::read as read_desk,
};
use super::formats::lists::{self, is_guidance};
use super::import::ImportOptions;
use super::report::Report;
use super::table::{Row, Table};
use crate::database::Databases;
use crate::liaison::terms::LiaisonContactKind;
use chrono::NaiveDate;
use sea_orm::DbErr;

/// Whether a format is one of these.
pub fn is_about(format: Format) -> bool {
    matches!(format, Format::LiaisonContacts | Format::DischargeCoordinators | Format::MedicalAcceptances)
}

/// Reads the table and writes what differs.
pub async fn import(
    databases: &Databases,
    format: Format,
    table: Table<'_>,
    as_of: Option<NaiveDate>,
    options: &ImportOptions,
    report: &mut Report,
) -> Result<Result<(), String>, DbErr> {
    let strangers = lists::unknown_columns(format, table.columns());
    if !strangers.is_empty() {
        report.notes.push(format!("この一覧にない列は読み飛ばしました：{}", strangers.join("、")));
    }
    let kind = match format {
        Format::LiaisonContacts => LiaisonContactKind::General,
        Format::DischargeCoordinators => LiaisonContactKind::Discharge,
        _ => {
            let rows = rows(table, report, |row| read_acceptance(row, as_of));
            if report.read == 0 {
                return Ok(Err("見出しだけで、行がありません。".into()));
            }
            return acceptances::write(databases, rows, options, report).await;
        }
    };
    let rows = rows(table, report, |row| read_desk(kind, row, as_of));
    if report.read == 0 {
        return Ok(Err("見出しだけで、行がありません。".into()));
    }
    contacts::write(databases, kind, rows, as_of, options, report).await
}

fn rows<T>(table: Table<'_>, report: &mut Report, read: impl Fn(&Row<'_>) -> Taken<T>) -> Vec<T> {
    let mut found = Vec::new();
    table.for_each(|row| {
        if row.as_ref().is_ok_and(is_guidance) {
            return;
        }
        report.read += 1;
        match row {
            Err(broken) => {
                let reason = format!("行を読み取れません（{}）", broken.reason);
                report.reject(broken.line, None, reason);
            }
            Ok(row) => match read(&row) {
                Ok(one) => found.push(one),
                Err(flaw) => report.reject(row.line, Some(flaw.column), flaw.reason),
            },
        }
    });
    found
}
