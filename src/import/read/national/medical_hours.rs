//! 医療情報ネット: hours by department and time band (files 01-2, 02-2, 03-2), and the hours and flags
//! in the columns of the facility files.

use crate::import::cells::clean;
use crate::import::cells::weekly::{DAYS, Week};
use crate::import::complaint::Flaw;
use crate::import::derive::medical_hours::KEY;
use crate::import::facts::{DepartmentHours, Fact, Hours, OpenDays};
use crate::import::file::table::Row;
use crate::import::formats::{Family, Format, Issuer, Profile};
use crate::import::report::Report;
use crate::import::row::{Body, OfficialRow};
use std::collections::BTreeMap;

/// The profile of the format.
pub const PROFILE: Profile = Profile {
    format: Format::MedicalHours,
    name: "medical-hours",
    title: "医療情報ネット 診療科・診療時間票",
    publisher: "厚生労働省",
    url: "https://www.mhlw.go.jp/stf/seisakunitsuite/bunya/kenkou_iryou/iryou/newpage_43373.html",
    license: "PDL1.0",
    required: &["ID", "診療科目コード", "診療科目名", "診療時間帯"],
    synonyms: &[],
    columns: &[],
    family: Family::Facilities(|row, _, report| read(row, report)),
    issuer: Issuer::Ministry,
    rank: 2,
};

/// Reads a row of an hours file. Only the ID identifies its facility.
pub fn read(row: &Row<'_>, report: &mut Report) -> Option<OfficialRow> {
    let id = super::medical::published_id(row, report);
    let department = clean::name(row.text("診療科目名"));
    if department.is_none() {
        report.reject(row.line, "診療科目名", Flaw::NoDepartment);
    }
    let (id, department) = (id?, department?);
    let column = |kind: &str, day: &str, start| format!("{day}_{kind}{}", edge(start));
    let week = |kind, report: &mut Report| {
        Week::read(1..=1, |day, _, start| row.text(&column(kind, day, start)), report)
    };
    let hours = Hours { week: week("診療", report), reception: week("外来受付", report) };
    let code = row.text("診療科目コード");
    let band = row.text("診療時間帯");
    Some(OfficialRow {
        second_key: None,
        line: row.line,
        key: format!("{KEY}{id}:{code}:{department}:{band}"),
        facility_key: format!("{KEY}{id}"),
        scope: "hours".to_owned(),
        municipality_code: None,
        body: Body::of(&DepartmentHours { department, hours }),
        cells: BTreeMap::new(),
    })
}

/// Hours and open days from the columns of a facility file, where it has them.
pub fn of_facility(row: &Row<'_>, report: &mut Report) -> (Fact<Hours>, Fact<OpenDays>) {
    let own = ["就業時間帯", "開店時間帯"].iter().find(|kind| row.cell(&band("月", kind, 1, true)).is_some());
    let hours = own.map(|kind| {
        let week = |kind: &str, report: &mut Report| {
            Week::read(1..=4, |day, n, start| row.text(&band(day, kind, n, start)), report)
        };
        Hours { week: week(kind, report), reception: week("外来受付時間帯", report) }
    });
    let open_days = Some(open_days(row)).filter(|days| *days != OpenDays::default());
    (Fact::if_known(hours), Fact::if_known(open_days))
}

fn band(day: &str, kind: &str, n: u8, start: bool) -> String {
    format!("{day}_{kind}{n}_{}", edge(start))
}

fn edge(start: bool) -> &'static str {
    if start { "開始時間" } else { "終了時間" }
}

/// Columns named after closing hold 1 for open and 0 for closed.
fn open_days(row: &Row<'_>) -> OpenDays {
    let flag = |columns: &[String]| columns.iter().find_map(|column| clean::flag(row.text(column)));
    let mut found = OpenDays::default();
    for (day, (name, _)) in DAYS.iter().enumerate() {
        let weekly = [format!("毎週決まった曜日に休診（{name}）"), format!("定期閉店毎週（{name}）")];
        found.weekly[day] = flag(&weekly);
        for week in 1..=5u8 {
            let columns = [
                format!("決まった週に休診（定期週）第{week}週（{name}）"),
                format!("定期閉店第{week}週（{name}）"),
            ];
            // Not read for a weekday that is closed every week: there forms fill in the weeks inconsistently.
            if flag(&columns) == Some(false) && found.weekly[day] != Some(false) {
                found.closed_weeks.push((day as u8, week));
            }
        }
    }
    found.holiday = flag(&["祝日に休診".into(), "祝日".into(), "定期閉店毎週（祝）".into()]);
    found
}
