//! 子ども食堂 of a municipality: the national form of 49 columns, and the `_tsuika` files with further
//! sessions and places of the same IDs.

use crate::gatherings::terms::{Activity, GatheringKind, VenueType};
use crate::gatherings::{GatheringDetails, Venue};
use crate::import::cells::clean;
use crate::import::cells::contact::{ContactColumns, Written, is_private_number, mail_addresses, organiser};
use crate::import::cells::private::{holds_contact, is_home};
use crate::import::cells::{called_off, eligibility, fee};
use crate::import::complaint::Flaw;
use crate::import::facts::Fact;
use crate::import::facts::local::{KEY, LocalContact, LocalContactKind, LocalFacts, LocalState};
use crate::import::facts::{Placement, Timing};
use crate::import::file::table::Row;
use crate::import::formats::FileContext;
use crate::import::formats::{Family, Format, Issuer, Profile};
use crate::import::read::municipal;
use crate::import::read::national::cafeteria_times;
use crate::import::read::national::care::corporate_number;
use crate::import::report::Report;
use crate::import::row::{self, OfficialRow, Place, place, position_of};
use crate::local::Fee;
use crate::local::terms::{FeeKind, Reservation};
use crate::local_kinds::Details;
use crate::terms::Term;
use hours::recurrence::{Frequency, Recurrence};
use japan::codes;
use japan::text::fold;
use japan::values::MunicipalityCode;
use unicode_normalization::UnicodeNormalization;

/// The profile of the format.
pub const PROFILE: Profile = Profile {
    format: Format::ChildrenCafeteria,
    name: "children-cafeteria",
    title: "子ども食堂一覧",
    publisher: "市区町村",
    url: "",
    license: "",
    required: &["ID", "住所", "開催頻度", "開催曜日", "開催日", "開催開始時間"],
    synonyms: &[("NO", "ID"), ("No", "ID"), ("No.", "ID"), ("番号", "ID")],
    columns: &[],
    family: Family::Facilities(read),
    issuer: Issuer::Municipality,
    rank: 2,
};

const AGES: [&str; 5] = ["幼児", "小学生", "中学生", "高校生", "大人"];

/// Reads a row: an entry of the list, or further sessions of one.
pub fn read(row: &Row<'_>, file: &FileContext<'_>, report: &mut Report) -> Option<OfficialRow> {
    let address = clean::address(row.text("住所")).unwrap_or_default();
    let place = located(row, &address, file, report);
    let name = if file.columns.has("名称") { Some(row::name(row, "名称", report)) } else { None };
    let Some(municipality) = place.municipality_code.clone() else {
        report.reject(row.line, "全国地方公共団体コード", Flaw::NoMunicipality);
        return None;
    };
    let scope = format!("children-cafeteria:{municipality}");
    let id = id(row);
    let Some(name) = name else {
        return more_sessions(row, id, &address, municipality, scope, report);
    };
    let name = name?;
    // Without an ID, name and address are the key, and rows with the same key are sessions of one entry.
    let entry = match &id {
        Some(id) => entry(&municipality, id),
        None => format!("{KEY}children-cafeteria:{municipality}::{}:{}", fold(&name), fold(&address)),
    };
    let key = match id {
        Some(_) => entry.clone(),
        None => format!("{entry}:{}", session_key(row)),
    };
    let facts = facts(row, name, id, address, place, report);
    Some(facts.into_row(row.line, key, entry, scope))
}

fn entry(municipality: &str, id: &str) -> String {
    format!("{KEY}children-cafeteria:{municipality}:{id}")
}

/// The ID as published. Leading zeros that a spreadsheet dropped are not
/// restored, because their number is unknown.
fn id(row: &Row<'_>) -> Option<String> {
    let id: String = row.text("ID").nfkc().filter(|c| !c.is_whitespace()).collect();
    let damaged = id.contains("E+") || id.contains("e+");
    Some(id).filter(|id| !id.is_empty() && !damaged && !is_private_number(id))
}

fn session_key(row: &Row<'_>) -> String {
    ["開催曜日", "開催日", "開催日時特記事項"].map(|column| fold(row.text(column))).join("/")
}

/// Municipality from code and address, else from the official code that file names begin with.
fn located(row: &Row<'_>, address: &str, file: &FileContext<'_>, report: &mut Report) -> Place {
    let found = place(row, address, report);
    if found.municipality_code.is_some() {
        return found;
    }
    let digits: String = file.file_name.chars().take_while(char::is_ascii_digit).collect();
    let code =
        MunicipalityCode::parse(&digits).ok().filter(|code| digits.len() == 6 && !code.is_prefecture());
    let known = code.and_then(|code| codes::municipality(code.as_str()));
    let prefecture = known.and_then(|m| codes::prefecture(m.prefecture_code));
    match known {
        Some(municipality) if found.prefecture.is_none_or(|p| p.code == municipality.prefecture_code) => {
            Place { prefecture, municipality_code: Some(municipality.code.to_owned()) }
        }
        _ => found,
    }
}

fn facts(
    row: &Row<'_>,
    name: String,
    id: Option<String>,
    address: String,
    place: Place,
    report: &mut Report,
) -> LocalFacts {
    let building = clean::address(row.text("方書"));
    let address = row::without_building(&address, building.as_deref());
    let home = building.as_deref().is_some_and(is_home);
    let withheld = home || row.text("備考").contains("住所は非公開");
    let page = row::web_page(row, "URL", report);
    let schedules = called_off::unless_marked(&name, cafeteria_times::schedules(row, report));
    LocalFacts {
        schedules,
        name: Some(name),
        name_kana: clean::name(row.text("名称_カナ")),
        description: row::public(row, "設置目的", report),
        url: page.url.known(),
        note: clean::with_line(note(row, report), row::web_page_line(page.words.known())),
        postal_code: row::postal_code(row, report),
        prefecture_code: place.prefecture.map(|p| p.code.to_owned()),
        municipality_code: place.municipality_code,
        address: Some(address).filter(|address| !address.is_empty()),
        building,
        position: position_of(row, ("緯度", "経度"), place.prefecture, report),
        placement: if withheld { Placement::Withheld } else { Placement::Stands },
        organization: clean::name(row.text("運営団体名")),
        corporate_number: corporate_number(row.text("法人番号"), report),
        contacts: contacts(row, report),
        state: suspended(row.text("備考")).then_some(LocalState::Suspended),
        local_id: Fact::if_known(id),
        details: Some(Details::Gathering(Box::new(details(row, home, report)))),
        ..LocalFacts::default()
    }
}

/// Whether a remark says only that the cafeteria is suspended.
fn suspended(remark: &str) -> bool {
    let plain: String = remark.nfkc().filter(|c| !c.is_whitespace()).collect();
    let rest = plain.trim_start_matches("現在").strip_prefix("休止中");
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('(') && rest.ends_with("時点)"))
}

/// Further sessions of an entry from a `_tsuika` file: days, hours, and venues.
fn more_sessions(
    row: &Row<'_>,
    id: Option<String>,
    address: &str,
    municipality: String,
    scope: String,
    report: &mut Report,
) -> Option<OfficialRow> {
    let Some(id) = id else {
        report.reject(row.line, "ID", Flaw::NoEntryForSessions);
        return None;
    };
    let building = clean::address(row.text("方書"));
    let home = building.as_deref().is_some_and(is_home);
    let venue = building.or_else(|| Some(address.to_owned())).filter(|v| !v.is_empty() && !home);
    let mut schedules = cafeteria_times::schedules(row, report);
    if schedules.is_empty()
        && let Some(venue) = &venue
    {
        let parts: Vec<&str> = [address, venue].into_iter().filter(|part| !part.is_empty()).collect();
        let raw = if address == venue { venue.clone() } else { parts.join(" ") };
        let raw = format!("会場：{raw}");
        let unknown = [Recurrence::new(Frequency::Unknown)];
        schedules = crate::import::cells::timing::of_recurrences(&unknown, Some(&raw), report);
    }
    let schedules: Vec<Timing> = schedules
        .into_iter()
        .map(|one| Timing { label: one.label.or_else(|| venue.clone()), ..one })
        .collect();
    let entry = entry(&municipality, &id);
    let key = format!("{entry}:more:{}:{}", fold(address), session_key(row));
    let facts = LocalFacts { municipality_code: Some(municipality), schedules, ..LocalFacts::default() };
    Some(facts.into_row(row.line, key, entry, format!("{scope}:more")))
}

/// Kinds of support with the activities that they are here.
const SUPPORTS: [(&str, Activity); 2] = [("食事提供", Activity::Meal), ("学習支援", Activity::StudySupport)];

/// The kinds of support that a row names.
fn supports<'r>(row: &Row<'r>) -> impl Iterator<Item = &'r str> {
    let words = row.text("実施支援の主な区分").split([';', '；', '・', '、']).map(str::trim);
    words.filter(|word| !word.is_empty())
}

fn details(row: &Row<'_>, home: bool, report: &mut Report) -> GatheringDetails {
    let has = |word: &str| supports(row).any(|part| part == word);
    let conditions = match row.text("参加条件") {
        "なし" => Some("参加条件なし".to_owned()),
        _ => row::public(row, "参加条件", report),
    };
    GatheringDetails {
        activities: SUPPORTS.iter().filter(|(word, _)| has(word)).map(|(_, activity)| *activity).collect(),
        venue: home.then_some(Venue { name: None, kind: Some(Term(VenueType::PrivateHome)) }),
        eligibility: eligibility::of(conditions),
        fees: fees(row, report),
        capacity: clean::count(row.text("定員")).ok().flatten(),
        reservation: reservation(row),
        reservation_note: joined(row, &["予約方法", "予約特記事項"], report),
        allergy_policy: row::public(row, "備考", report).filter(|note| note.contains("アレルギー")),
        ..GatheringDetails::of(GatheringKind::ChildrenCafeteria)
    }
}

fn joined(row: &Row<'_>, columns: &[&'static str], report: &mut Report) -> Option<String> {
    let texts: Vec<String> = columns.iter().filter_map(|column| row::public(row, column, report)).collect();
    Some(texts.join("\n")).filter(|text| !text.is_empty())
}

/// Whether a reservation is needed, from unambiguous words only: a way to
/// reserve does not mean that one must.
fn reservation(row: &Row<'_>) -> Option<Reservation> {
    let says =
        |words: &[&str]| ["予約方法", "予約特記事項"].iter().any(|column| words.contains(&row.text(column)));
    let (none, required) = (
        says(&["不要", "予約不要", "予約なし"]),
        says(&["要予約", "要申込", "事前予約制", "電話で事前予約"]),
    );
    match (none, required) {
        (true, false) => Some(Reservation::None),
        (false, true) => Some(Reservation::Required),
        _ => None,
    }
}

/// The fees by age, equal ones combined; without columns of fees those of the remark.
fn fees(row: &Row<'_>, report: &mut Report) -> Vec<Fee> {
    let mut fees: Vec<Fee> = Vec::new();
    for age in AGES {
        let Some(one) = fee::of_group(age, row.text(&format!("参加費_{age}"))) else { continue };
        let same = |fee: &&mut Fee| Fee { audience: one.audience.clone(), ..(**fee).clone() } == one;
        match fees.iter_mut().find(same) {
            Some(known) => known.audience = known.audience.take().map(|ages| format!("{ages}・{age}")),
            None => fees.push(one),
        }
    }
    let remark = row::public(row, "参加費特記事項", report);
    let said = fee::read(remark.as_deref().unwrap_or_default());
    if fees.is_empty() {
        return said;
    }
    // 大人 300 in a column and こども無料 in the remark together are the complete list.
    let of_children =
        |fee: &Fee| fee.audience.as_deref().is_some_and(|ages| ages.contains(['幼', '小', '中']));
    let sure = |fee: &Fee| fee.kind.0 != FeeKind::Unknown && fee.audience.as_deref().is_some_and(is_young);
    if !fees.iter().any(of_children) && !said.is_empty() && said.iter().all(sure) {
        fees.splice(0..0, said);
        return fees;
    }
    match (fees.last_mut(), remark) {
        (Some(last), Some(remark)) => {
            let own = last.note.take().filter(|_| last.kind.0 != FeeKind::Unknown);
            last.note = Some(own.map_or(remark.clone(), |own| format!("{own}\n{remark}")));
            fees
        }
        _ => fees,
    }
}

fn is_young(audience: &str) -> bool {
    let children = ["こども", "子ども", "子供", "小学生", "中学生", "18歳まで", "18歳以下", "18歳未満"];
    children.iter().any(|young| audience == *young || audience == format!("{young}まで"))
}

fn note(row: &Row<'_>, report: &mut Report) -> Option<String> {
    let mut lines: Vec<String> = row::public(row, "備考", report).into_iter().collect();
    for (column, words) in
        [("フードパントリー実施", "フードパントリー実施"), ("テイクアウト実施", "テイクアウト実施")]
    {
        lines.extend((clean::flag(row.text(column)) == Some(true)).then(|| words.to_owned()));
    }
    let others: Vec<&str> =
        supports(row).filter(|word| SUPPORTS.iter().all(|(known, _)| known != word)).collect();
    lines.extend((!others.is_empty()).then(|| format!("実施支援：{}", others.join("、"))));
    lines.extend(clean::count(row.text("定員")).is_err().then(|| format!("定員：{}", row.text("定員"))));
    let schools = clean::text(row.text("学区")).filter(|schools| !schools.is_ascii());
    lines.extend(schools.map(|schools| format!("学区：{}", schools.replace(';', "、"))));
    Some(lines.join("\n")).filter(|note| !note.is_empty())
}

const FIRST: ContactColumns =
    ContactColumns { phone: "電話番号1", fax: "FAX番号", email: "メールアドレス1" };
const SECOND: ContactColumns =
    ContactColumns { phone: "電話番号2", fax: "FAX番号", email: "メールアドレス2" };

/// Contacts of the organisers. The remark beside a number says whose it is.
fn contacts(row: &Row<'_>, report: &mut Report) -> Vec<LocalContact> {
    let mut found = Vec::new();
    for (n, columns) in [(1, FIRST), (2, SECOND)] {
        let remark = clean::text(row.text(&format!("電話番号{n}_連絡先備考")));
        let (phone, email) = (row.cell(columns.phone), row.cell(columns.email));
        let reachable = [phone, email].into_iter().flatten().any(|cell| !cell.trim().is_empty());
        let person = remark.as_deref().filter(|remark| reachable && names_somebody(remark));
        let label = remark.as_deref().filter(|remark| !names_somebody(remark) && !holds_contact(remark));
        let extension = Some(row.text("内線番号")).filter(|_| n == 1).and_then(municipal::extension);
        let label =
            [label.map(str::to_owned), extension].into_iter().flatten().collect::<Vec<_>>().join("、");
        let label = Some(label.as_str()).filter(|label| !label.is_empty());
        let fax = row.cell("FAX番号").filter(|_| n == 1);
        let mut contacts = organiser(Written { label, person, phone, fax, email, columns }, report);
        if remark.as_deref().is_some_and(is_home) {
            contacts.iter_mut().for_each(keep_private);
        }
        found.extend(contacts);
    }
    for email in ["備考", "予約特記事項"] {
        let columns = ContactColumns { email, ..FIRST };
        for email in mail_addresses(row.text(email)) {
            if !found.iter().any(|known| known.email.as_deref() == Some(&*email)) {
                found.extend(organiser(
                    Written { email: Some(&email), columns, ..Written::default() },
                    report,
                ));
            }
        }
    }
    found
}

fn keep_private(contact: &mut LocalContact) {
    contact.public = false;
    contact.kind = LocalContactKind::LeaderPersonal;
}

fn names_somebody(remark: &str) -> bool {
    ["担当", "様", "さん"].iter().any(|word| remark.contains(word)) && !is_home(remark)
}
