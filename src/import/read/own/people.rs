//! Eligibility, access, applications and partner facts: columns that several kinds share.

use crate::import::cells::column::{Column, column, labels};
use crate::import::cells::{Cells, Taken};
use crate::import::complaint::{Complaint, Flaw};
use crate::local::terms::{Accessibility, Gender, Insurance, SogoJigyo};
use crate::local::{Access, Eligibility, HowToApply, Parking, PartnerFacts};
use crate::terms::Term;
use unicode_normalization::UnicodeNormalization;

/// Highest age from which something is for people.
const OLDEST: i32 = 120;
const LIMITS: &str = "限定";
const WELCOME: &str = "対象となる方";

#[derive(Clone, Copy)]
enum Limit {
    Districts,
    Members,
}

#[derive(Clone, Copy)]
enum Person {
    Dementia,
    Carers,
    LivingAlone,
    ElderlyOnly,
    Disabled,
    ChildRearing,
}

const LIMIT_WORDS: [(&str, Limit); 2] = [("地区限定", Limit::Districts), ("会員限定", Limit::Members)];
const PERSONS: [(&str, Person); 6] = [
    ("認知症の方", Person::Dementia),
    ("介護者", Person::Carers),
    ("ひとり暮らし", Person::LivingAlone),
    ("高齢者のみの世帯", Person::ElderlyOnly),
    ("障害のある方", Person::Disabled),
    ("子育て世帯", Person::ChildRearing),
];

/// The columns of eligibility.
pub const ELIGIBILITY: &[Column] = &[
    column("対象", "団体の言葉で", "おおむね65歳以上の方"),
    column("対象年齢（下限）", "数字だけ", "65"),
    column("性別", "限定がなければ「どなたでも」", "どなたでも").one_of(labels::<Gender>),
    column(LIMITS, "あてはまるものだけ", "").some_of(limits),
    column(WELCOME, "はっきり対象としている方だけ。複数は「、」で区切る", "認知症の方").some_of(persons),
];

/// The columns of access to the building.
pub const ACCESS: &[Column] = &[
    column("バリアフリー", "あるものだけ。複数は「、」で区切る", "段差なし、椅子席")
        .some_of(labels::<Accessibility>),
    column("バリアフリーの備考", "", ""),
    column("交通案内", "最寄りのバス停など", "見本バス「見本町」下車 徒歩3分"),
    column("駐車場", "あり・なし、または台数（5台）", "5台"),
    column("駐車場の備考", "", ""),
    column("冬の駐車・除雪", "除雪の有無など", ""),
];

fn limits() -> Vec<&'static str> {
    LIMIT_WORDS.iter().map(|(word, _)| *word).collect()
}

fn persons() -> Vec<&'static str> {
    PERSONS.iter().map(|(word, _)| *word).collect()
}

/// Reads the columns of eligibility.
pub fn eligibility(cells: &impl Cells) -> Taken<Eligibility> {
    let mut found = Eligibility {
        text: cells.text("対象"),
        age_min: age(cells)?,
        gender: cells.word::<Gender>("性別")?.map(Term),
        ..Eligibility::default()
    };
    for limit in cells.choices(LIMITS, &LIMIT_WORDS)? {
        match limit {
            Limit::Districts => found.districts_only = Some(true),
            Limit::Members => found.members_only = Some(true),
        }
    }
    for person in cells.choices(WELCOME, &PERSONS)? {
        let said = match person {
            Person::Dementia => &mut found.dementia_welcome,
            Person::Carers => &mut found.carers_welcome,
            Person::LivingAlone => &mut found.living_alone,
            Person::ElderlyOnly => &mut found.elderly_only_household,
            Person::Disabled => &mut found.disabled,
            Person::ChildRearing => &mut found.child_rearing,
        };
        *said = Some(true);
    }
    Ok(found)
}

fn age(cells: &impl Cells) -> Taken<Option<i32>> {
    const COLUMN: &str = "対象年齢（下限）";
    match cells.number(COLUMN)? {
        Some(age) if age > OLDEST => {
            let cell = cells.raw(COLUMN).to_owned();
            cells.wrong(COLUMN, Flaw::Unclear { cell, right: "年齢の数字（65）" })
        }
        age => Ok(age),
    }
}

/// Reads the columns of access to the building.
pub fn access(cells: &impl Cells) -> Taken<Access> {
    Ok(Access {
        features: cells.words::<Accessibility>("バリアフリー")?.into_iter().map(Term).collect(),
        note: cells.text("バリアフリーの備考"),
        directions: cells.text("交通案内"),
        parking: parking(cells)?,
        winter_note: cells.text("冬の駐車・除雪"),
    })
}

/// What may stand in the column of parking.
const PARKING: &str = "あり / なし / 10台。それ以外の言葉は「駐車場の備考」";

fn parking(cells: &impl Cells) -> Taken<Option<Parking>> {
    let note = cells.text("駐車場の備考");
    let cell: String = cells.raw("駐車場").nfkc().filter(|c| !c.is_whitespace()).collect();
    // あり(10台), 有10台.
    let cars = ["あり", "有り", "有"].iter().find_map(|yes| cell.strip_prefix(yes)).unwrap_or(&cell);
    let cars = cars.trim_matches(['(', ')']).trim_start_matches('約').trim_end_matches('台');
    let count: Option<i32> = Some(cars).filter(|cars| cars.len() <= 4).and_then(|cars| cars.parse().ok());
    let available = match count {
        Some(count) => Some(count > 0),
        None => cells.yes("駐車場").map_err(|told| Complaint {
            flaw: Flaw::Unclear { cell: cell.clone(), right: PARKING },
            ..told
        })?,
    };
    let said = available.is_some() || note.is_some();
    Ok(said.then_some(Parking { available, count: count.filter(|count| *count > 0), note }))
}

/// The columns of applications.
pub const APPLY: &[Column] =
    &[column("申込方法", "電話・来所 など", "3日前までに電話").wide(), column("何日前まで", "数字だけ", "3")];

/// Reads the columns of applications; `None`: both are empty.
pub fn how_to_apply(cells: &impl Cells) -> Taken<Option<HowToApply>> {
    let found =
        HowToApply { text: cells.text("申込方法"), lead_time_days: cells.number("何日前まで")? };
    Ok(Some(found).filter(|found| *found != HowToApply::default()))
}

/// The columns that only partners and professionals see.
pub const PARTNER: &[Column] = &[
    column("登録者数", "数字だけ。連携団体・専門職だけが見る", "22"),
    column("担い手の人数", "数字だけ。連携団体・専門職だけが見る", "6"),
    column("保険", "1つ。連携団体・専門職だけが見る", "ボランティア保険").one_of(labels::<Insurance>),
    column("総合事業の位置付け", "1つ。連携団体・専門職だけが見る", "位置付けなし")
        .one_of(labels::<SogoJigyo>),
];

/// Reads the facts that only partners and professionals see.
pub fn partner(cells: &impl Cells) -> Taken<PartnerFacts> {
    Ok(PartnerFacts {
        registered: cells.number("登録者数")?,
        attendance: cells.number("平均参加者数")?,
        helpers: cells.number("担い手の人数")?,
        insurance: cells.word("保険")?.map(Term),
        sogo_jigyo: cells.word("総合事業の位置付け")?.map(Term),
    })
}
