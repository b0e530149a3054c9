//! 通いの場一覧: one row per place of gathering.

use crate::gatherings::terms::{Activity, GatheringKind, OperatorType, VenueType};
use crate::gatherings::{GatheringDetails, Pickup, Venue};
use crate::import::cells::column::{Column, VENUE_KIND, column, labels, yes_or_no};
use crate::import::cells::{Cells, RemarkedRow, Taken, called_off};
use crate::import::complaint::Remark;
use crate::import::facts::Placement;
use crate::import::facts::local::LocalFacts;
use crate::import::file::table::column_key;
use crate::import::read::own::{common, contacts, fees, people, times};
use crate::local::terms::Reservation;
use crate::local_kinds::Details;
use crate::terms::{Answer, Term};

const KIND: &str = "種類";
const WHEN: &[&str] = &["開催日時", "開催日時２", "開催日時３"];

/// Columns without which the list is not recognised.
pub const REQUIRED: &[&str] = &[common::ID, common::NAME, KIND, "開催日時", common::DISTRICTS];

/// The columns in the order in which people fill them in.
pub const COLUMNS: &[&[Column]] = &[
    common::NAMES,
    &[
        column(KIND, "必須", "サロン").one_of(labels::<GatheringKind>),
        column("主な活動", "1つ", "茶話会").one_of(labels::<Activity>),
        column("その他の活動", "複数は「、」で区切る", "体操・運動、趣味活動").some_of(labels::<Activity>),
        column("内容", "どんなことをするか", "お茶を飲みながらおしゃべりと軽い体操").wide(),
        column("運営主体", "1つ", "住民団体").one_of(labels::<OperatorType>),
        column("会場名", "個人宅のときは書かない", "見本町公民館"),
        column("会場の種類", "1つ。個人宅は住所が公開されない", "公民館・自治会館・集会所")
            .one_of(labels::<VenueType>),
    ],
    common::PLACE,
    &[
        column(
            WHEN[0],
            "例：毎月第2・第4木曜日 10:00～11:30。読めない書き方はそのまま表示",
            "毎月第2・第4木曜日 10:00～11:30",
        )
        .wide(),
        column("開催日時２", "昼の部と夜の部など、2つめの日時", "").wide(),
        column("開催日時３", "3つめの日時", "").wide(),
    ],
    times::COLUMNS,
    fees::COLUMNS,
    &[
        column("定員", "数字だけ", "20"),
        column("予約", "1つ", "予約不要").one_of(labels::<Reservation>),
        column("予約の備考", "方法・締切", ""),
        column("見学・体験", "あり・なし。空欄は不明", "あり").one_of(yes_or_no),
        column("持ち物", "", "飲み物・上ばき"),
        column("送迎", "あり・なし。空欄は不明", "なし").one_of(yes_or_no),
        column("送迎の範囲", "", ""),
        column("送迎の備考", "", ""),
        column("アレルギー対応", "食事を出すとき", ""),
        column("要支援・要介護の方", "1つ", "要相談").one_of(labels::<Answer>),
    ],
    people::ELIGIBILITY,
    people::ACCESS,
    &[column("開始年月", "令和5年6月、2023-06 など", "令和5年6月"), column("終了年月", "終了したとき", "")],
    &[column("平均参加者数", "1回あたり。数字だけ。連携団体・専門職だけが見る", "15")],
    people::PARTNER,
    contacts::COLUMNS,
    common::STATUS,
];

/// Reads the facts that only gatherings have.
pub fn read(cells: &mut RemarkedRow<'_, '_>, facts: &mut LocalFacts) -> Taken<()> {
    let kind = cells.required(KIND).and_then(|_| cells.word(KIND))?.unwrap_or(GatheringKind::Other);
    let is_damaged =
        cells.row().damaged().any(|(column, _)| WHEN.iter().any(|name| column_key(name) == column));
    if !is_damaged && WHEN.iter().all(|column| cells.raw(column).is_empty()) {
        cells.warn(WHEN[0], Remark::NoTimes);
    }
    facts.schedules = match is_called_off(cells, kind) {
        true => times::read_called_off(cells, WHEN, facts.as_of)?,
        false => times::read(cells, WHEN, facts.as_of)?,
    };
    let venue = venue(cells, facts)?;
    let (started_on, ended_on) = common::months(cells, facts)?;
    let details = GatheringDetails {
        main_activity: cells.word("主な活動")?,
        activities: cells.words("その他の活動")?,
        operator_type: cells.word::<OperatorType>("運営主体")?,
        venue,
        eligibility: people::eligibility(cells)?,
        fees: fees::read(cells)?,
        capacity: cells.number("定員")?,
        reservation: cells.word("予約")?,
        reservation_note: cells.text("予約の備考"),
        trial_possible: cells.yes("見学・体験")?,
        bring: cells.text("持ち物"),
        pickup: pickup(cells)?,
        allergy_policy: cells.text("アレルギー対応"),
        accepts_certified: cells.word::<Answer>("要支援・要介護の方")?,
        access: people::access(cells)?,
        started_on,
        ended_on,
        ..GatheringDetails::of(kind)
    };
    facts.partner = people::partner(cells)?;
    facts.details = Some(Details::Gathering(Box::new(details)));
    Ok(())
}

/// Whether the row says that it does not take place (中止, 延期): an event in any of its texts, a regular meeting in its name.
fn is_called_off(cells: &impl Cells, kind: GatheringKind) -> bool {
    let names = [common::NAME, "通称"];
    let texts = ["内容", "備考"].iter().chain(WHEN);
    names.iter().any(|name| called_off::is_marked(cells.raw(name)))
        || kind == GatheringKind::Event
            && names.iter().chain(texts).any(|column| called_off::is_said(cells.raw(column)))
}

/// The venue. Name and address of a private home are not kept.
fn venue(cells: &mut RemarkedRow<'_, '_>, facts: &mut LocalFacts) -> Taken<Option<Venue>> {
    let kind = match ["自宅", "民家", "個人の家", "代表者宅", "会員宅"].contains(&cells.raw(VENUE_KIND))
    {
        true => Some(VenueType::PrivateHome),
        false => cells.word::<VenueType>(VENUE_KIND)?,
    };
    let mut name = cells.text("会場名");
    if kind == Some(VenueType::PrivateHome) {
        facts.placement = Placement::Withheld;
    }
    common::withhold_home(cells, "会場名", facts);
    if facts.placement == Placement::Withheld {
        if name.is_some() {
            cells.warn("会場名", Remark::PlaceOfHomeDropped);
        }
        name = None;
        facts.schedules.iter_mut().for_each(|timing| timing.venues.clear());
    }
    let said = kind.is_some() || name.is_some();
    Ok(said.then(|| Venue { name, kind: kind.map(Term) }))
}

fn pickup(cells: &impl Cells) -> Taken<Option<Pickup>> {
    let found = Pickup {
        available: cells.yes("送迎")?,
        area: cells.text("送迎の範囲"),
        fee: None,
        note: cells.text("送迎の備考"),
    };
    Ok(Some(found).filter(|found| *found != Pickup::default()))
}
