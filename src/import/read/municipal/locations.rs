//! Location lists as Takamatsu publishes them: `#property, latitude, longitude, name, address, …`.
//!
//! The file does not give the kinds of its places, so they follow from the names.

use crate::desks::DeskDetails;
use crate::desks::terms::DeskTopic;
use crate::gatherings::GatheringDetails;
use crate::gatherings::terms::GatheringKind;
use crate::import::cells::clean;
use crate::import::cells::contact::{ContactColumns, Written};
use crate::import::complaint::Remark;
use crate::import::facts::local::LocalFacts;
use crate::import::file::table::Row;
use crate::import::read::municipal::hours::{self, Weekly};
use crate::import::read::municipal::words::Building;
use crate::import::read::municipal::{first, said, words};
use crate::import::report::Report;
use crate::import::row::{self, OfficialRow};
use crate::local_kinds::Details;

/// Reads a row of a location list.
pub fn read(row: &Row<'_>, report: &mut Report) -> Option<OfficialRow> {
    let name = row::name(row, "name", report)?;
    let (list, details) = match details(&name, row.text("service")) {
        Ok(found) => found,
        Err(kind) => {
            report.leave_out(Remark::OtherBuilding { kind: kind.to_owned() });
            return None;
        }
    };
    let address = clean::address(row.text("address")).unwrap_or_default();
    let place = super::place_of(&address, None);
    let mut facts = LocalFacts { name: Some(name), details: Some(details), ..LocalFacts::default() };
    super::settle(&mut facts, &address, &place);
    facts.position = row::position_of(row, ("latitude", "longitude"), place.prefecture, report);
    let page = row::web_page(row, "referenceObject", report);
    facts.url = page.url.known();
    facts.description = said(row, "service");
    let capacity = said(row, "capacity").map(|text| format!("定員 {text}"));
    let page = row::web_page_line(page.words.known());
    let note = [said(row, "note"), capacity, page].into_iter().flatten().collect::<Vec<_>>().join("\n");
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
    let columns = ContactColumns { phone: "telephoneNumber", ..ContactColumns::default() };
    let written = Written { phone: first(row, &["telephoneNumber"]), columns, ..Written::default() };
    super::line(&mut facts, written, report);
    super::official(facts, row, list, None, report)
}

/// The list and the facts of a place; of one that is not kept, its kind in Japanese.
fn details(name: &str, service: &str) -> Result<(&'static str, Details), &'static str> {
    let desk = |topics| ("desk", Details::Desk(Box::new(DeskDetails { topics, ..DeskDetails::default() })));
    let hall = || GatheringDetails::of(GatheringKind::WelfareCenter);
    let serves_the_old = ["老人福祉センター", "健康教室"].iter().any(|word| service.contains(word));
    let gathering = match Building::named(name) {
        Building::Desk(topics) => return Ok(desk(topics)),
        _ if words::is_branch_office(name) => return Ok(desk(vec![DeskTopic::Comprehensive])),
        Building::Hall => hall(),
        Building::ChildrensHub => words::childrens_hub(),
        _ if serves_the_old => hall(),
        // The list has neither departments nor hours of care; the files of 医療情報ネット have these facilities.
        Building::Medical => return Err("病院・診療所"),
        Building::Other(kind) => return Err(kind),
    };
    Ok(("place", Details::Gathering(Box::new(gathering))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_says_what_a_place_is() {
        let list = |name| details(name, "").map(|(list, _)| list);
        assert_eq!(list("地域包括支援センターサブセンター山田（山田総合センター内）"), Ok("desk"));
        assert_eq!(list("牟礼総合センター"), Ok("desk"));
        assert_eq!(list("高松市西山ふれあいセンター"), Ok("place"));
        assert_eq!(list("見本小学校"), Err("学校"));
        assert!(details("見本健康ステーション", "健康相談、健康教室等").is_ok());
    }
}
