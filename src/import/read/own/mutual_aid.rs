//! 支え合い活動一覧: one row per mutual-aid group.

use crate::import::cells::column::{Column, column, labels, yes_or_no};
use crate::import::cells::{Cells, RemarkedRow, Taken, days, of_label};
use crate::import::facts::Placement;
use crate::import::facts::local::LocalFacts;
use crate::import::read::own::fees::{self, MenuLine};
use crate::import::read::own::{common, contacts, people, times};
use crate::local::Season;
use crate::local::terms::Intake;
use crate::local_kinds::Details;
use crate::mutual_aid::terms::{AidCategory, Compensation, TransportLegalBasis};
use crate::mutual_aid::{Membership, Menu, MutualAidDetails};
use crate::scalars::Date;
use crate::terms::{Answer, Term};

const CATEGORIES: &str = "活動区分";
const SEASON: &str = "季節限定";
const WHEN: &[&str] = &["活動日時", "活動日時２"];

/// Columns without which the list is not recognised.
pub const REQUIRED: &[&str] = &[common::ID, common::NAME, CATEGORIES, common::DISTRICTS];

/// The columns in the order in which people fill them in.
pub const COLUMNS: &[&[Column]] = &[
    common::NAMES,
    &[
        column(CATEGORIES, "必須。複数は「、」で区切る", "ゴミ出し、除雪・雪かき")
            .some_of(labels::<AidCategory>),
        column("有償・無償", "1つ", "有償ボランティア").one_of(labels::<Compensation>),
        column("内容", "どんな手助けか", "ちょっとした困りごとのお手伝い").wide(),
    ],
    fees::MENU_COLUMNS,
    fees::COLUMNS,
    &[
        column("利用会員の年会費", "数字だけ（円）", ""),
        column("協力会員の年会費", "数字だけ（円）", ""),
        column("会員登録", "登録の方法", ""),
    ],
    common::PLACE,
    &[
        column(WHEN[0], "例：月～金 9:00～16:00（祝日は休み）", "月～金 9:00～16:00").wide(),
        column("活動日時２", "2つめの日時", "").wide(),
    ],
    times::COLUMNS,
    people::APPLY,
    &[
        column("新規受付", "1つ", "受付中").one_of(labels::<Intake>),
        column("新規受付の時点", "いつの状況か。日付", "R8.10.1"),
        column("要支援・要介護の方", "1つ", "可").one_of(labels::<Answer>),
        column("担い手募集", "あり・なし。空欄は不明", "あり").one_of(yes_or_no),
        column("担い手募集の内容", "", ""),
        column(SEASON, "毎年この期間だけのとき：12月～3月", ""),
        column("移送の法的位置付け", "移送があるとき。未確認のあいだ運賃は表示されない", "")
            .one_of(labels::<TransportLegalBasis>),
    ],
    people::ELIGIBILITY,
    &[column("開始年月", "令和5年6月、2023-06 など", "令和5年6月"), column("終了年月", "終了したとき", "")],
    people::PARTNER,
    contacts::COLUMNS,
    common::STATUS,
];

/// Reads the facts that only mutual-aid groups have.
pub fn read(cells: &mut RemarkedRow<'_, '_>, facts: &mut LocalFacts) -> Taken<()> {
    facts.schedules = times::read(cells, WHEN, facts.as_of)?;
    let categories = cells.required(CATEGORIES).and_then(|_| cells.words::<AidCategory>(CATEGORIES))?;
    if categories == [AidCategory::MobileSales] && facts.placement == Placement::Stands {
        facts.placement = Placement::NoFixedPlace;
    }
    let basis = cells.word::<TransportLegalBasis>("移送の法的位置付け")?;
    let reviewed = basis.is_some_and(|basis| basis != TransportLegalBasis::Unreviewed);
    let (started_on, ended_on) = common::months(cells, facts)?;
    let menus = fees::menus(cells).into_iter().map(|line| menu(line, reviewed)).collect();
    let details = MutualAidDetails {
        categories,
        compensation: cells.word("有償・無償")?,
        menus,
        fees: fees::read(cells)?,
        membership: membership(cells)?,
        eligibility: people::eligibility(cells)?,
        how_to_apply: people::how_to_apply(cells)?,
        recruiting: cells.yes("担い手募集")?,
        recruit_note: cells.text("担い手募集の内容"),
        intake: cells.word("新規受付")?,
        intake_as_of: cells.day("新規受付の時点")?.map(Date),
        accepts_certified: cells.word::<Answer>("要支援・要介護の方")?,
        season: season(cells)?,
        transport_legal_basis: basis,
        started_on,
        ended_on,
    };
    facts.partner = people::partner(cells)?;
    facts.details = Some(Details::MutualAid(Box::new(details)));
    Ok(())
}

/// The category of a menu follows from the text in brackets or else from its name; it is never guessed.
fn menu(line: MenuLine, fare_reviewed: bool) -> Menu {
    let bracket = line.bracket.as_deref().and_then(of_label::<AidCategory>);
    let category = bracket.or_else(|| of_label(&line.name)).map(Term);
    let name = match (bracket, line.name.rfind(['（', '('])) {
        (Some(_), Some(at)) => line.name.get(..at).unwrap_or_default().trim().to_owned(),
        _ => line.name,
    };
    Menu {
        name,
        category,
        fees: line.fees,
        fare_reviewed,
        season: line.season,
        districts_note: None,
        conditions: line.conditions,
    }
}

fn membership(cells: &impl Cells) -> Taken<Option<Membership>> {
    let found = Membership {
        user_fee_yen: cells.number("利用会員の年会費")?,
        helper_fee_yen: cells.number("協力会員の年会費")?,
        note: cells.text("会員登録"),
    };
    Ok(Some(found).filter(|found| *found != Membership::default()))
}

fn season(cells: &impl Cells) -> Taken<Option<Season>> {
    let span = cells.period(SEASON)?;
    Ok(span.map(|(from, to)| Season { from: days::written(from), to: days::written(to) }))
}
