//! 子育て施設一覧 of the municipal standard sets: places where parents and small children meet, and health centres. Schools
//! and nurseries are left out.

use crate::desks::DeskDetails;
use crate::desks::terms::DeskTopic;
use crate::import::cells::clean;
use crate::import::complaint::Remark;
use crate::import::file::table::Row;
use crate::import::read::municipal::hours::{self, Weekly};
use crate::import::read::municipal::{first, said, words};
use crate::import::report::Report;
use crate::import::row::OfficialRow;
use crate::local_kinds::Details;

/// Reads a row of a list of facilities for children.
pub fn read(row: &Row<'_>, report: &mut Report) -> Option<OfficialRow> {
    let kind = row.text("種別");
    let is_hub = words::is_childrens_hub(&format!("{kind} {}", row.text("名称")));
    let is_health_centre = !is_hub && words::is_health_centre(row.text("名称"));
    if !is_hub && !is_health_centre {
        let kind = clean::text(kind);
        report.leave_out(kind.map_or(Remark::NoFacilityKind, |kind| Remark::NotForChildren { kind }));
        return None;
    }
    let (mut facts, _) = super::standard(row, "名称", report)?;
    let (capacity, line) = super::capacity(row, "収容定員");
    facts.note = clean::with_line(clean::with_line(said(row, "備考"), line), facts.note);
    facts.schedules = hours::weekly(
        Weekly {
            days: row.text("利用可能曜日"),
            start: row.text("開始時間"),
            end: row.text("終了時間"),
            note: row.text("利用可能日時特記事項"),
            column: "利用可能日時特記事項",
        },
        report,
    );
    super::contact(&mut facts, row, report);
    if is_health_centre {
        let topics = vec![DeskTopic::Health, DeskTopic::ChildFamily];
        facts.details = Some(Details::Desk(Box::new(DeskDetails { topics, ..DeskDetails::default() })));
        return super::official(facts, row, "childcare", first(row, &["ID"]), report);
    }
    let mut details = words::childrens_hub();
    details.eligibility.text = said(row, "受入年齢");
    details.capacity = capacity;
    details.access.directions = said(row, "アクセス方法");
    facts.details = Some(Details::Gathering(Box::new(details)));
    super::official(facts, row, "childcare", first(row, &["ID"]), report)
}
