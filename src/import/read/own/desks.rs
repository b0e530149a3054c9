//! 相談窓口一覧: one row per consultation desk.

use crate::desks::DeskDetails;
use crate::desks::terms::{ConsultationMethod, DeskTopic};
use crate::import::cells::column::{Column, column, labels};
use crate::import::cells::{Cells, RemarkedRow, Taken};
use crate::import::facts::local::LocalFacts;
use crate::import::read::own::{common, contacts, fees, people, times};
use crate::local_kinds::Details;

const TOPICS: &str = "相談の種類";
const WHEN: &[&str] = &["受付日時", "受付日時２"];

/// Columns without which the list is not recognised.
pub const REQUIRED: &[&str] = &[common::ID, common::NAME, TOPICS, common::DISTRICTS];

/// The columns in the order in which people fill them in.
pub const COLUMNS: &[&[Column]] = &[
    common::NAMES,
    &[
        column(TOPICS, "必須。複数は「、」で区切る", "地域包括支援センター、認知症")
            .some_of(labels::<DeskTopic>),
        column("相談方法", "複数は「、」で区切る", "電話、来所、訪問").some_of(labels::<ConsultationMethod>),
        column("対応言語", "日本語のほか。複数は「、」で区切る", "英語、手話"),
        column("内容", "どんな相談にのるか", "高齢者の暮らしと介護の相談").wide(),
    ],
    common::PLACE,
    &[
        column(WHEN[0], "例：月～金 8:30～17:15（祝日、年末年始は休み）", "月～金 8:30～17:15").wide(),
        column("受付日時２", "2つめの日時", "").wide(),
        column("時間外の対応", "夜間・休日の連絡方法", "携帯電話へ転送").wide(),
    ],
    times::COLUMNS,
    fees::COLUMNS,
    &[column("対象", "誰が相談できるか", "担当地区にお住まいの方とご家族").wide()],
    people::ACCESS,
    contacts::COLUMNS,
    common::STATUS,
];

/// Reads the facts that only desks have.
pub fn read(cells: &mut RemarkedRow<'_, '_>, facts: &mut LocalFacts) -> Taken<()> {
    facts.schedules = times::read(cells, WHEN, facts.as_of)?;
    let details = DeskDetails {
        topics: cells.required(TOPICS).and_then(|_| cells.words::<DeskTopic>(TOPICS))?,
        methods: cells.words::<ConsultationMethod>("相談方法")?,
        languages: cells.items("対応言語"),
        fees: fees::read(cells)?,
        after_hours: cells.text("時間外の対応"),
        eligibility: cells.text("対象"),
        access: people::access(cells)?,
    };
    facts.details = Some(Details::Desk(Box::new(details)));
    Ok(())
}
