//! 子育て施設一覧 of the municipal standard sets: places where parents and small children meet. Schools and
//! nurseries are left out.

use crate::import::cells::clean;
use crate::import::cells::contact::Written;
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
    if !words::is_childrens_hub(&format!("{kind} {}", row.text("名称"))) {
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
    let label = super::contact_label(row);
    let written = Written {
        label: label.as_deref(),
        phone: first(row, &["電話番号"]),
        fax: first(row, &["FAX番号"]),
        email: first(row, &["連絡先メールアドレス", "メールアドレス"]),
        email_column: Some("連絡先メールアドレス"),
        ..Written::default()
    };
    super::line(&mut facts, written, report);
    let mut details = words::childrens_hub();
    details.eligibility.text = said(row, "受入年齢");
    details.capacity = capacity;
    details.access.directions = said(row, "アクセス方法");
    facts.details = Some(Details::Gathering(Box::new(details)));
    super::official(facts, row, "childcare", first(row, &["ID"]), report)
}
