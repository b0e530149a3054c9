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

const NO_ROWS: &str = "見出しだけで、行がありません。";

/// Reads a list of desks of professionals and writes what differs.
pub async fn contacts(
    databases: &Databases,
    kind: LiaisonContactKind,
    table: Table<'_>,
    as_of: Option<NaiveDate>,
    options: &ImportOptions,
    report: &mut Report,
) -> Result<Result<(), String>, DbErr> {
    let format = match kind {
        LiaisonContactKind::General => Format::LiaisonContacts,
        LiaisonContactKind::Discharge => Format::DischargeCoordinators,
    };
    let rows = rows(format, table, report, |row| read_desk(kind, row, as_of));
    if report.read == 0 {
        return Ok(Err(NO_ROWS.into()));
    }
    contacts::write(databases, kind, rows, as_of, options, report).await
}

/// Reads a list of what facilities take on and writes what differs.
pub async fn acceptances(
    databases: &Databases,
    table: Table<'_>,
    as_of: Option<NaiveDate>,
    options: &ImportOptions,
    report: &mut Report,
) -> Result<Result<(), String>, DbErr> {
    let rows = rows(Format::MedicalAcceptances, table, report, |row| read_acceptance(row, as_of));
    if report.read == 0 {
        return Ok(Err(NO_ROWS.into()));
    }
    acceptances::write(databases, rows, options, report).await
}

fn rows<T>(
    format: Format,
    table: Table<'_>,
    report: &mut Report,
    read: impl Fn(&Row<'_>) -> Taken<T>,
) -> Vec<T> {
    let strangers = lists::unknown_columns(format, table.columns());
    if !strangers.is_empty() {
        report.notes.push(format!("この一覧にない列は読み飛ばしました：{}", strangers.join("、")));
    }
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
