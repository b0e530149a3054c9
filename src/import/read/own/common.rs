//! Columns of all kinds of lists: names, place, districts, state.

use crate::import::cells::clean;
use crate::import::cells::column::{Column, PLACEMENT, STATE, VENUE_KIND, column};
use crate::import::cells::contact::is_private_number;
use crate::import::cells::private::is_home;
use crate::import::cells::{Cells, RemarkedRow, Taken};
use crate::import::complaint::{Flaw, Remark};
use crate::import::facts::local::{LocalFacts, LocalState};
use crate::import::facts::{Fact, Placement, ServedArea};
use crate::import::read::own::contacts;
use crate::import::row::{self, place};
use crate::scalars::YearMonth;
use chrono::NaiveDate;
use japan::address::split_postal_code;
use japan::values::CorporateNumber;
use unicode_normalization::UnicodeNormalization;

/// The permanent identifier of an entry in the list of a city.
pub const ID: &str = "管理番号";
/// The name.
pub const NAME: &str = "名称";
/// The reading of the name.
pub const READING: &str = "名称（かな）";
/// The districts from which it can be used.
pub const DISTRICTS: &str = "利用できる地区";
/// Column of the address.
pub const ADDRESS: &str = "住所";
/// Columns that hold only at the address.
pub const AT_ADDRESS: [&str; 3] = ["方書", "緯度", "経度"];
/// Columns that tell where a place is.
pub const OF_PLACE: [&str; 5] = [ADDRESS, "方書", "緯度", "経度", "会場名"];
/// Columns that say that a place is a private home.
pub const OF_HOME: [&str; 2] = [PLACEMENT, VENUE_KIND];
pub const MUNICIPALITY: &str = "市区町村コード";
/// Its word for a private home.
pub const WITHHELD: &str = "個人宅（非公開）";

const PLACEMENTS: [(&str, Placement); 3] = [
    ("所在地あり", Placement::Stands),
    (WITHHELD, Placement::Withheld),
    ("固定の場所なし", Placement::NoFixedPlace),
];
const STATES: [(&str, LocalState); 4] = [
    ("掲載", LocalState::Published),
    ("下書き", LocalState::Draft),
    ("休止", LocalState::Suspended),
    ("終了", LocalState::Ended),
];

/// Other words that people write.
const PLACEMENT_SYNONYMS: [(&str, Placement); 6] = [
    ("個人宅", Placement::Withheld),
    ("自宅", Placement::Withheld),
    ("民家", Placement::Withheld),
    ("非公開", Placement::Withheld),
    ("非公開（個人宅）", Placement::Withheld),
    ("公開しない", Placement::Withheld),
];
const STATE_SYNONYMS: [(&str, LocalState); 16] = [
    ("公開", LocalState::Published),
    ("活動中", LocalState::Published),
    ("実施中", LocalState::Published),
    ("準備中", LocalState::Draft),
    ("非公開", LocalState::Draft),
    ("未公開", LocalState::Draft),
    ("休止中", LocalState::Suspended),
    ("一時休止", LocalState::Suspended),
    ("中止", LocalState::Suspended),
    ("中止中", LocalState::Suspended),
    ("再開未定", LocalState::Suspended),
    ("廃止", LocalState::Ended),
    ("解散", LocalState::Ended),
    ("閉鎖", LocalState::Ended),
    ("終了済", LocalState::Ended),
    ("活動終了", LocalState::Ended),
];

/// Columns of the identifier and the names.
pub const NAMES: &[Column] = &[
    column(ID, "必須。団体で決めた番号。ずっと変えない", "K-001"),
    column(NAME, "必須。正式な名前", "見本町いきいきサロン"),
    column(READING, "ひらがな または カタカナ", "みほんちょういきいきさろん"),
    column("通称", "よく使われる別の呼び名", ""),
];

/// Columns of the place and of the districts from which it can be used.
pub const PLACE: &[Column] = &[
    column(MUNICIPALITY, "6桁。住所に市町村名があれば空欄でもよい", "062031"),
    column(ADDRESS, "会場の住所。個人宅は公開されない", "山形県鶴岡市見本町一丁目1番1号").wide(),
    column("方書", "建物の名前・部屋", "見本町公民館"),
    column("緯度", "わかるときだけ。推測で書かない", ""),
    column("経度", "わかるときだけ。推測で書かない", ""),
    column(PLACEMENT, "空欄は「所在地あり」。個人宅は「個人宅（非公開）」", "").one_of(placements),
    column(
        DISTRICTS,
        "圏域のコードか名前を「、」で区切る。市内どこからでも＝全域、市外からも＝どこからでも",
        "D01、D02",
    ),
];

/// Columns of the operator, the state and the days of the information.
pub const STATUS: &[Column] = &[
    column("ホームページ", "https:// から始まるアドレス", ""),
    column("運営団体", "団体・法人の名前", "見本町自治会"),
    column("法人番号", "13桁。法人のときだけ", ""),
    column(STATE, "空欄は「掲載」", "掲載").one_of(states),
    column("休止開始", "休止のとき。日付", ""),
    column("休止終了", "休止のとき。決まっていなければ空欄", ""),
    column("休止理由", "担い手不足・会場工事 など", ""),
    column("情報時点", "いつの情報か。空欄は最終確認日と同じ", ""),
    column("最終確認日", "団体に確認した日。R8.10.1、2026/10/1 など", "R8.10.1"),
    column("備考", "公開される。個人の名前・電話は書かない", "").wide(),
];

fn placements() -> Vec<&'static str> {
    PLACEMENTS.iter().map(|(word, _)| *word).collect()
}

fn states() -> Vec<&'static str> {
    STATES.iter().map(|(word, _)| *word).collect()
}

/// Reads the columns of all kinds; returns the identifier of the entry with its facts.
pub fn read(cells: &mut RemarkedRow<'_, '_>) -> Taken<(String, LocalFacts)> {
    let id: String = cells.required(ID)?.nfkc().filter(|c| !c.is_whitespace()).collect();
    if is_private_number(&id) {
        return cells.wrong(ID, Flaw::PrivateContact);
    }
    let mut facts = LocalFacts {
        name: Some(cells.required(NAME)?),
        name_kana: reading(cells),
        alias: cells.text("通称"),
        description: cells.text("内容"),
        note: cells.text("備考"),
        building: cells.text("方書"),
        organization: cells.text("運営団体"),
        placement: cells.choice_or(PLACEMENT, &PLACEMENTS, &PLACEMENT_SYNONYMS)?.unwrap_or_default(),
        reach: reach(cells),
        needs_districts: true,
        local_id: Fact::Is(id.clone()),
        contacts: contacts::read(cells),
        ..LocalFacts::default()
    };
    web_page(cells, &mut facts);
    corporation(cells, &mut facts);
    stands(cells, &mut facts)?;
    for column in [ADDRESS, "方書"] {
        withhold_home(cells, column, &mut facts);
    }
    currency(cells, &mut facts)?;
    Ok((id, facts))
}

/// The reading of the name, in kana.
fn reading(cells: &mut RemarkedRow<'_, '_>) -> Option<String> {
    let is_ideograph = |c: char| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}');
    let written = cells.text(READING)?;
    if written.contains(is_ideograph) {
        cells.warn(READING, Remark::NotAReading);
    }
    Some(written)
}

/// Withholds the place of an entry whose cell names a private home, unless the list says that the place may be shown.
pub fn withhold_home(cells: &mut RemarkedRow<'_, '_>, column: &'static str, facts: &mut LocalFacts) {
    let may_be_shown = !cells.raw(PLACEMENT).is_empty();
    if !may_be_shown && facts.placement != Placement::Withheld && is_home(cells.raw(column)) {
        cells.warn(column, Remark::LooksLikeAHome);
        facts.placement = Placement::Withheld;
    }
}

fn reach(cells: &impl Cells) -> ServedArea {
    let wanted = cells.items(DISTRICTS);
    let only = |word| wanted.iter().any(|item| item == word);
    if only("どこからでも") {
        return ServedArea::Everywhere;
    }
    if only("全域") || only("市内全域") {
        return ServedArea::WholeMunicipality;
    }
    if wanted.is_empty() { ServedArea::Unknown } else { ServedArea::Districts(wanted) }
}

fn web_page(cells: &mut RemarkedRow<'_, '_>, facts: &mut LocalFacts) {
    let row = cells.row();
    let page = cells.remarking("ホームページ", |report| row::web_page(row, "ホームページ", report));
    facts.url = page.url.known();
    facts.note = clean::with_line(facts.note.take(), row::web_page_line(page.words.known()));
}

fn corporation(cells: &mut RemarkedRow<'_, '_>, facts: &mut LocalFacts) {
    let Some(written) = cells.text("法人番号") else { return };
    match CorporateNumber::parse(&written) {
        Ok(number) => facts.corporate_number = Some(number.as_str().to_owned()),
        Err(_) => cells.warn("法人番号", Remark::NotACorporateNumber),
    }
}

fn stands(cells: &mut RemarkedRow<'_, '_>, facts: &mut LocalFacts) -> Taken<()> {
    if let Some(written) = clean::address(cells.row().text(ADDRESS)) {
        let (postal_code, address) = split_postal_code(&written);
        (facts.postal_code, facts.address) = (postal_code, clean::text(address));
    }
    let (row, address) = (cells.row(), facts.address.clone().unwrap_or_default());
    let found = cells.remarking(MUNICIPALITY, |report| place(row, &address, report));
    facts.prefecture_code = found.prefecture.map(|prefecture| prefecture.code.to_owned());
    facts.municipality_code = found.municipality_code;
    if facts.municipality_code.is_none() {
        return cells.wrong(MUNICIPALITY, Flaw::NoMunicipality);
    }
    match row::position(row.text("緯度"), row.text("経度"), found.prefecture) {
        Ok(position) => facts.position = position,
        Err(remark) => cells.warn("緯度・経度", remark),
    }
    Ok(())
}

/// The first and the last month of an activity (開始年月, 終了年月). One that is over has ended, whether or not its state says so.
pub fn months(
    cells: &mut RemarkedRow<'_, '_>,
    facts: &mut LocalFacts,
) -> Taken<(Option<YearMonth>, Option<YearMonth>)> {
    let (started, ended) = (cells.month("開始年月")?, cells.month("終了年月")?);
    if started.as_ref().zip(ended.as_ref()).is_some_and(|(from, to)| to < from) {
        return cells.wrong("終了年月", Flaw::EndsBefore { column: "開始年月" });
    }
    let is_over = ended.as_ref().and_then(YearMonth::last_day).is_some_and(|last| last < cells.row().today);
    match facts.state {
        None if is_over => facts.state = Some(LocalState::Ended),
        Some(LocalState::Published) if is_over => {
            return cells.wrong(STATE, Flaw::Contradicts { column: "終了年月" });
        }
        _ => {}
    }
    hold_between(facts, started.as_ref(), ended.as_ref().filter(|_| !is_over), cells.row().today);
    Ok((started, ended))
}

/// Limits the schedules of an activity that has not begun, or that will end, to the time in which it takes place.
fn hold_between(
    facts: &mut LocalFacts,
    started: Option<&YearMonth>,
    ended: Option<&YearMonth>,
    today: NaiveDate,
) {
    let first = started.and_then(YearMonth::first_day).filter(|first| *first > today);
    let last = ended.and_then(YearMonth::last_day);
    for rule in facts.schedules.iter_mut().map(|timing| &mut timing.rule) {
        rule.valid_from = rule.valid_from.max(first);
        rule.valid_to = [rule.valid_to, last].into_iter().flatten().min();
    }
}

/// Whether a text says that an activity rests or is over.
fn says_suspended(text: &str) -> bool {
    [
        "休止中",
        "休止して",
        "活動休止",
        "活動終了",
        "で終了",
        "終了しました",
        "解散しました",
        "廃止しました",
        "もって終了",
    ]
    .iter()
    .any(|words| text.contains(words))
}

fn currency(cells: &mut RemarkedRow<'_, '_>, facts: &mut LocalFacts) -> Taken<()> {
    facts.state = cells.choice_or(STATE, &STATES, &STATE_SYNONYMS)?;
    facts.suspended_from = cells.day("休止開始")?;
    facts.suspended_to = cells.day("休止終了")?;
    facts.suspension_reason = cells.text("休止理由");
    let is_shown = facts.state.is_none_or(|state| state == LocalState::Published);
    if is_shown && facts.suspended_from.is_none() && facts.suspension_reason.is_some() {
        cells.warn("休止理由", Remark::TakenAsSuspended);
        facts.state = Some(LocalState::Suspended);
    }
    for column in [NAME, "通称", "内容", "備考"] {
        if is_shown && says_suspended(cells.raw(column)) {
            cells.warn(column, Remark::SaysSuspended);
        }
    }
    if facts.suspended_from.zip(facts.suspended_to).is_some_and(|(from, to)| to < from) {
        return cells.wrong("休止終了", Flaw::EndsBefore { column: "休止開始" });
    }
    facts.last_verified_on = cells.day_so_far("最終確認日")?;
    // Not the day of the file: exporting a list again does not make unchecked entries newer.
    facts.as_of = cells.day_so_far("情報時点")?.or(facts.last_verified_on);
    Ok(())
}
