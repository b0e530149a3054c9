//! 介護保険外サービス一覧: one row per private service.

use crate::import::cells::column::{Column, column, labels, yes_or_no};
use crate::import::cells::{Cells, RemarkedRow, Taken};
use crate::import::facts::Placement;
use crate::import::facts::local::LocalFacts;
use crate::import::read::own::{common, contacts, fees, people, times};
use crate::local::ServiceMenu;
use crate::local::terms::Intake;
use crate::local_kinds::Details;
use crate::private_services::terms::{PrivateServiceKind, VouchedBy};
use crate::private_services::{PrivateServiceDetails, Vouching};
use crate::scalars::Date;
use crate::terms::Term;

const KINDS: &str = "サービスの種類";
const VOUCHING: &str = "信頼の裏付け";
const WHEN: &[&str] = &["営業日時", "営業日時２"];
/// Services that come to people's homes; a provider of only these has no place that can be visited.
const COMES_TO_YOU: [PrivateServiceKind; 2] = [PrivateServiceKind::Delivery, PrivateServiceKind::MobileShop];

/// Columns without which the list is not recognised.
pub const REQUIRED: &[&str] = &[common::ID, common::NAME, KINDS, common::DISTRICTS];

/// The columns in the order in which people fill them in.
pub const COLUMNS: &[&[Column]] = &[
    common::NAMES,
    &[
        column(KINDS, "必須。複数は「、」で区切る。移動販売・宅配だけなら地図に出ない", "家事代行、見守り")
            .some_of(labels::<PrivateServiceKind>),
        column("内容", "どんなサービスか", "掃除・洗濯・買い物の代行").wide(),
    ],
    fees::MENU_COLUMNS,
    common::PLACE,
    &[
        column(WHEN[0], "例：月～土 8:30～17:30（祝日は休み）", "月～土 8:30～17:30").wide(),
        column("営業日時２", "2つめの日時", "").wide(),
    ],
    times::COLUMNS,
    people::APPLY,
    &[
        column("新規受付", "1つ", "受付中").one_of(labels::<Intake>),
        column("新規受付の時点", "いつの状況か。日付", "R8.10.1"),
        column("車いす対応", "あり・なし。空欄は不明", "なし").one_of(yes_or_no),
        column("ストレッチャー対応", "あり・なし。空欄は不明", "なし").one_of(yes_or_no),
        column(VOUCHING, "誰が確かめた事業者か。複数は「、」で区切る", "市の一覧に掲載")
            .some_of(labels::<VouchedBy>),
        column("裏付けの名称", "一覧・認証・補助事業の名前", "見本市 介護保険外サービス一覧"),
        column("裏付けの時点", "日付", "R8.4.1"),
    ],
    people::ELIGIBILITY,
    contacts::COLUMNS,
    common::STATUS,
];

/// Reads the facts that only private services have.
pub fn read(cells: &mut RemarkedRow<'_, '_>, facts: &mut LocalFacts) -> Taken<()> {
    facts.schedules = times::read(cells, WHEN, facts.as_of)?;
    let kinds = cells.required(KINDS).and_then(|_| cells.words::<PrivateServiceKind>(KINDS))?;
    let comes = !kinds.is_empty() && kinds.iter().all(|kind| COMES_TO_YOU.contains(kind));
    if comes && facts.placement == Placement::Stands {
        facts.placement = Placement::NoFixedPlace;
    }
    let menus = fees::menus(cells).into_iter().map(|line| {
        let season = line.season.map(|season| format!("{}～{}", season.from, season.to));
        let said: Vec<String> = season.into_iter().chain(line.conditions).collect();
        let conditions = Some(said.join("、")).filter(|said| !said.is_empty());
        ServiceMenu { name: line.name, fees: line.fees, conditions }
    });
    let details = PrivateServiceDetails {
        kinds,
        menus: menus.collect(),
        eligibility: people::eligibility(cells)?,
        how_to_apply: people::how_to_apply(cells)?,
        intake: cells.word("新規受付")?,
        intake_as_of: cells.day("新規受付の時点")?.map(Date),
        wheelchair: cells.yes("車いす対応")?,
        stretcher: cells.yes("ストレッチャー対応")?,
        vouching: vouching(cells)?,
    };
    facts.details = Some(Details::PrivateService(Box::new(details)));
    Ok(())
}

fn vouching(cells: &impl Cells) -> Taken<Vec<Vouching>> {
    let (note, on) = (cells.text("裏付けの名称"), cells.day("裏付けの時点")?.map(Date));
    let found = cells.words::<VouchedBy>(VOUCHING)?;
    Ok(found.into_iter().map(|by| Vouching { by: Term(by), note: note.clone(), on }).collect())
}
