//! JSON lists as Yuzawa publishes them, with English keys: consultation desks and welfare facilities.
//!
//! `source` beside the lists, 「Data by 湯沢市 - …」, names the municipality; addresses often do not.

use crate::desks::DeskDetails;
use crate::desks::terms::DeskTopic;
use crate::gatherings::GatheringDetails;
use crate::gatherings::terms::GatheringKind;
use crate::import::cells::clean;
use crate::import::cells::contact::{ContactColumns, Written};
use crate::import::cells::timing;
use crate::import::complaint::{Flaw, Remark};
use crate::import::facts::local::{LocalFacts, LocalState};
use crate::import::file::table::Row;
use crate::import::read::municipal::words;
use crate::import::report::Report;
use crate::import::row::{self, OfficialRow, Place};
use crate::local_kinds::Details;
use hours::prose;
use japan::address;
use japan::codes;

const COLUMNS: ContactColumns = ContactColumns { phone: "tel", fax: "fax", email: "mail" };

/// Reads a desk of the list of consultations by life event.
pub fn desk(row: &Row<'_>, report: &mut Report) -> Option<OfficialRow> {
    let (city, name) = (city(row, report)?, name(row, report)?);
    let asked = clean::text(row.text("consultation")).unwrap_or_default();
    let location = clean::text(row.text("location")).unwrap_or_default();
    let phone = clean::text(row.text("tel"));
    let topics = words::topics(&format!("{asked} {name}"));
    let mut details = DeskDetails { topics, ..DeskDetails::default() };
    details.access.directions = Some(location.clone()).filter(|location| !location.is_empty());
    let mut facts = LocalFacts { name: Some(name), ..LocalFacts::default() };
    facts.description = Some(asked).filter(|asked| !asked.is_empty());
    match address_in(&location) {
        Some((address, place)) => super::settle(&mut facts, &address, &place),
        // A number without area code is one of this city; one with an area code may be anywhere.
        None if phone.as_deref().is_some_and(is_local_number) => super::settle(&mut facts, "", &city),
        None => report.warn_in("location", Remark::NoAddress),
    }
    if let Some(time) = clean::text(row.text("time")) {
        facts.schedules =
            report.in_column("time", |report| timing::of_reading(&prose::read(&time), Some(&time), report));
    }
    super::line(
        &mut facts,
        Written { phone: phone.as_deref(), columns: COLUMNS, ..Written::default() },
        report,
    );
    facts.details = Some(Details::Desk(Box::new(details)));
    let municipality = city.municipality_code.unwrap_or_default();
    Some(super::keyed(facts, row, "desk", &municipality, None))
}

/// Reads a row of a list of offices; the title of the list says whether they give advice.
pub fn office(row: &Row<'_>, report: &mut Report) -> Option<OfficialRow> {
    let title = row.text("source");
    if !title.contains("相談") {
        report.leave_out(Remark::UntitledList);
        return None;
    }
    let topics = words::topics(title);
    let details = Details::Desk(Box::new(DeskDetails { topics, ..DeskDetails::default() }));
    listed(row, "desk", details, report)
}

/// Reads a row of the list of welfare facilities, which is grouped by kind.
pub fn welfare(row: &Row<'_>, report: &mut Report) -> Option<OfficialRow> {
    let (list, name) = (row.text("list"), row.text("name"));
    let hall = || GatheringDetails::of(GatheringKind::WelfareCenter);
    if list.contains("地域包括支援センター") || list.contains("在宅介護支援センター") {
        let topics =
            if name.contains("地域包括") { words::topics(name) } else { vec![DeskTopic::Elderly] };
        let details = Details::Desk(Box::new(DeskDetails { topics, ..DeskDetails::default() }));
        return listed(row, "desk", details, report);
    }
    let details = if words::is_childrens_hub(list) {
        words::childrens_hub()
    } else if words::is_hall(list) || list == "その他老人福祉施設" || list == "その他" && words::is_hall(name)
    {
        hall()
    } else {
        report.leave_out(reason(list));
        return None;
    };
    listed(row, "place", Details::Gathering(Box::new(details)), report)
}

fn reason(list: &str) -> Remark {
    let care = ["特別養護", "介護", "デイサービス", "グループホーム（"];
    if care.iter().any(|word| list.contains(word)) {
        return Remark::CareWithoutNumber { list: list.to_owned() };
    }
    Remark::NotKept { list: list.to_owned() }
}

fn listed(row: &Row<'_>, list: &str, details: Details, report: &mut Report) -> Option<OfficialRow> {
    let (city, name) = (city(row, report)?, name(row, report)?);
    let written = clean::address(row.text("address")).unwrap_or_default();
    let prefecture = city.prefecture;
    let whole = match address::split(&written, prefecture).municipality {
        Some(_) => written,
        None => format!("{}{written}", named(&city)),
    };
    let place = super::place_of(&whole, prefecture);
    let mut facts = LocalFacts { name: Some(name), details: Some(details), ..LocalFacts::default() };
    super::settle(&mut facts, &whole, &place);
    facts.note = clean::text(row.text("note"));
    if facts.note.as_deref().is_some_and(|note| note.contains("休館中")) {
        facts.state = Some(LocalState::Suspended);
        facts.suspension_reason.clone_from(&facts.note);
    }
    if let Some(time) = clean::text(row.text("opening_time")) {
        let read = |report: &mut Report| timing::of_reading(&prose::read(&time), Some(&time), report);
        facts.schedules = report.in_column("opening_time", read);
    }
    let (phone, fax) = (number(row.text("tel")), number(row.text("fax")));
    let fax = fax.filter(|fax| Some(fax) != phone.as_ref());
    let written =
        Written { phone: phone.as_deref(), fax: fax.as_deref(), columns: COLUMNS, ..Written::default() };
    super::line(&mut facts, written, report);
    let municipality = city.municipality_code.unwrap_or_default();
    Some(super::keyed(facts, row, list, &municipality, None))
}

/// The city that published the list.
fn city(row: &Row<'_>, report: &mut Report) -> Option<Place> {
    let written = row.text("source").strip_prefix("Data by ").unwrap_or_default();
    let place = super::place_of(written, None);
    if place.municipality_code.is_none() {
        report.reject(row.line, "source", Flaw::NoPublisher);
        return None;
    }
    Some(place)
}

fn name(row: &Row<'_>, report: &mut Report) -> Option<String> {
    row::name(row, "name", report)
}

fn named(city: &Place) -> String {
    let municipality = city.municipality_code.as_deref().and_then(codes::municipality);
    format!("{}{}", city.prefecture.map_or("", |p| p.name), municipality.map_or("", |m| m.name))
}

/// The address at the beginning of a remark on the place of a desk: a municipality and a number.
fn address_in(location: &str) -> Option<(String, Place)> {
    let written = location.split(['（', '(', '\n']).next()?;
    let address = clean::address(written)?;
    let place = super::place_of(&address, None);
    let rest = address::split(&address, place.prefecture).rest;
    let is_address = place.municipality_code.is_some() && rest.contains(|c: char| c.is_ascii_digit());
    is_address.then_some((address, place))
}

/// `TEL 0183-72-5855` without the word.
fn number(cell: &str) -> Option<String> {
    let text = clean::text(cell)?;
    let bare = ["TEL", "FAX", "ＴＥＬ", "ＦＡＸ"].iter().find_map(|word| text.strip_prefix(word));
    Some(bare.unwrap_or(&text).trim().to_owned())
}

fn is_local_number(phone: &str) -> bool {
    let first = phone.chars().find(char::is_ascii_digit);
    first.is_some_and(|digit| digit != '0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_municipality_and_a_number() {
        let found = address_in("湯沢市柳町2-1-39（食品館隣り）（改行）2階").map(|(address, _)| address);
        assert_eq!(found.as_deref(), Some("湯沢市柳町2-1-39"));
        assert!(address_in("湯沢市福祉保健部健康対策課").is_none());
        assert!(address_in("湯沢西小学校内").is_none());
    }

    #[test]
    fn words_before_a_number_are_no_part_of_it() {
        assert_eq!(number(" TEL　 0183-73-2644").as_deref(), Some("0183-73-2644"));
        assert!(is_local_number("73-6155") && !is_local_number("018-884-6234"));
    }
}
