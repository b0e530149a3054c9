//! 公共施設一覧 of the municipal standard sets: halls where people meet; other buildings are left out.

use crate::gatherings::GatheringDetails;
use crate::gatherings::terms::{GatheringKind, OperatorType};
use crate::import::cells::clean;
use crate::import::cells::contact::Written;
use crate::import::complaint::Remark;
use crate::import::file::table::Row;
use crate::import::read::municipal::hours::{self, Weekly};
use crate::import::read::municipal::{first, said, words};
use crate::import::report::Report;
use crate::import::row::OfficialRow;
use crate::local::Access;
use crate::local_kinds::Details;

/// How the remarks on days and hours are called in the editions of the set.
const REMARKS: [&str; 2] = ["利用可能日時特記事項", "利用可能時間特記事項"];

/// Reads a row of a list of public buildings.
pub fn read(row: &Row<'_>, report: &mut Report) -> Option<OfficialRow> {
    if !words::is_hall(row.text("名称")) && !row.text("名称").is_empty() {
        report.leave_out(Remark::NotAHall);
        return None;
    }
    let (mut facts, _) = super::standard(row, "名称", report)?;
    facts.alias = said(row, "名称_通称");
    facts.description = said(row, "説明");
    facts.note = said(row, "備考");
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
    let label = super::contact_label(row);
    let written = Written {
        label: label.as_deref(),
        phone: first(row, &["電話番号"]),
        email: first(row, &["連絡先メールアドレス"]),
        ..Written::default()
    };
    super::line(&mut facts, written, report);
    let mut details = GatheringDetails::of(GatheringKind::WelfareCenter);
    details.operator_type = facts.organization.as_deref().and_then(operator);
    details.access = access(row);
    facts.details = Some(Details::Gathering(Box::new(details)));
    super::official(facts, row, "facility", first(row, &["ID"]), report)
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
