//! Location lists as Takamatsu publishes them: `#property, latitude, longitude, name, address, …`.
//!
//! The file does not give the kinds of its places, so they follow from the names.

use crate::desks::DeskDetails;
use crate::gatherings::GatheringDetails;
use crate::gatherings::terms::GatheringKind;
use crate::import::cells::clean;
use crate::import::cells::contact::Written;
use crate::import::complaint::{Flaw, Remark};
use crate::import::facts::local::LocalFacts;
use crate::import::file::table::Row;
use crate::import::read::municipal::hours::{self, Weekly};
use crate::import::read::municipal::{first, said, words};
use crate::import::report::Report;
use crate::import::row::{self, OfficialRow};
use crate::local_kinds::Details;

/// Reads a row of a location list.
pub fn read(row: &Row<'_>, report: &mut Report) -> Option<OfficialRow> {
    let Some(name) = clean::name(row.text("name")) else {
        report.reject(row.line, "name", Flaw::NoName);
        return None;
    };
    let Some((list, details)) = details(&name, row.text("service")) else {
        report.leave_out(Remark::NeitherHallNorDesk);
        return None;
    };
    let address = clean::address(row.text("address")).unwrap_or_default();
    let place = super::place_of(&address, None);
    let mut facts = LocalFacts { name: Some(name), details: Some(details), ..LocalFacts::default() };
    super::settle(&mut facts, &address, &place);
    facts.position = row::position_of(row, ("latitude", "longitude"), place.prefecture, report);
    facts.url = row::url(row, "referenceObject", report).known();
    facts.description = said(row, "service");
    let capacity = said(row, "capacity").map(|text| format!("定員 {text}"));
    let note = [said(row, "note"), capacity].into_iter().flatten().collect::<Vec<_>>().join("\n");
    facts.note = Some(note).filter(|note| !note.is_empty());
    facts.schedules = hours::weekly(
        Weekly {
            days: row.text("availableDate"),
            start: row.text("startTime"),
            end: row.text("endTime"),
            note: row.text("availableDateNote"),
            column: "availableDateNote",
        },
        report,
    );
    let written = Written { phone: first(row, &["telephoneNumber"]), ..Written::default() };
    super::line(&mut facts, written, report);
    super::official(facts, row, list, None, report)
}

fn details(name: &str, service: &str) -> Option<(&'static str, Details)> {
    let is_support_centre = name.contains("地域包括支援センター");
    if is_support_centre || words::is_branch_office(name) {
        let topics = match is_support_centre {
            true => words::topics("地域包括支援センター"),
            false => vec![crate::desks::terms::DeskTopic::Comprehensive],
        };
        return Some(("desk", Details::Desk(Box::new(DeskDetails { topics, ..DeskDetails::default() }))));
    }
    let is_hall =
        words::is_hall(name) || ["老人福祉センター", "健康教室"].iter().any(|w| service.contains(w));
    let hall = || Details::Gathering(Box::new(GatheringDetails::of(GatheringKind::WelfareCenter)));
    is_hall.then(|| ("place", hall()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_says_what_a_place_is() {
        let list = |name| details(name, "").map(|(list, _)| list);
        assert_eq!(list("地域包括支援センターサブセンター山田（山田総合センター内）"), Some("desk"));
        assert_eq!(list("牟礼総合センター"), Some("desk"));
        assert_eq!(list("高松市西山ふれあいセンター"), Some("place"));
        assert_eq!(list("見本小学校"), None);
        assert!(details("見本健康ステーション", "健康相談、健康教室等").is_some());
    }
}
