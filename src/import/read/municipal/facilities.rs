//! 公共施設一覧 of the municipal standard sets: halls where people meet, places for children, desks, and medical
//! facilities; other buildings are left out and counted by kind.

use crate::desks::DeskDetails;
use crate::gatherings::GatheringDetails;
use crate::gatherings::terms::{GatheringKind, OperatorType};
use crate::import::cells::clean;
use crate::import::complaint::Remark;
use crate::import::file::table::Row;
use crate::import::read::municipal::hours::{self, Weekly};
use crate::import::read::municipal::words::Building;
use crate::import::read::municipal::{first, medical, said, words};
use crate::import::report::Report;
use crate::import::row::OfficialRow;
use crate::local::Access;
use crate::local_kinds::Details;

/// How the remarks on days and hours are called in the editions of the set.
const REMARKS: [&str; 2] = ["利用可能日時特記事項", "利用可能時間特記事項"];

/// Reads a row of a list of public buildings.
pub fn read(row: &Row<'_>, report: &mut Report) -> Option<OfficialRow> {
    let building = match Building::named(row.text("名称")) {
        Building::Medical => return medical::building(row, "facility", report),
        Building::Other(kind) if !row.text("名称").is_empty() => {
            report.leave_out(Remark::OtherBuilding { kind: kind.to_owned() });
            return None;
        }
        building => building,
    };
    let (mut facts, _) = super::standard(row, "名称", report)?;
    facts.alias = said(row, "名称_通称");
    facts.description = said(row, "説明");
    facts.note = clean::with_line(said(row, "備考"), facts.note);
    facts.schedules = hours::weekly(
        Weekly {
            days: row.text("利用可能曜日"),
            start: row.text("開始時間"),
            end: row.text("終了時間"),
            note: first(row, &REMARKS).unwrap_or_default(),
            column: REMARKS[0],
        },
        report,
    );
    super::contact(&mut facts, row, report);
    let operator_type = facts.organization.as_deref().and_then(operator);
    facts.details = Some(details(building, operator_type, access(row)));
    super::official(facts, row, "facility", first(row, &["ID"]), report)
}

fn details(building: Building, operator_type: Option<OperatorType>, access: Access) -> Details {
    let gathering = match building {
        Building::Desk(topics) => {
            return Details::Desk(Box::new(DeskDetails { topics, access, ..DeskDetails::default() }));
        }
        Building::ChildrensHub => words::childrens_hub(),
        Building::Hall | Building::Medical | Building::Other(_) => {
            GatheringDetails::of(GatheringKind::WelfareCenter)
        }
    };
    Details::Gathering(Box::new(GatheringDetails { operator_type, access, ..gathering }))
}

fn access(row: &Row<'_>) -> Access {
    let note = said(row, "バリアフリー情報");
    Access {
        features: note.as_deref().map(words::accessibility).unwrap_or_default(),
        note,
        directions: said(row, "アクセス方法"),
        ..Access::default()
    }
}

/// A body called 見本市 runs it as a municipality.
fn operator(name: &str) -> Option<OperatorType> {
    let name = clean::text(name)?;
    name.ends_with(['市', '町', '村', '区']).then_some(OperatorType::Municipality)
}
