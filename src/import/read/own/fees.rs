//! Fees: one fee in columns of its own, further ones as lines, and menus.

use crate::import::cells::column::{Column, column, labels};
use crate::import::cells::{Cells, RemarkedRow, Taken, days};
use crate::import::complaint::{Complaint, Flaw, Remark};
use crate::import::read::own::amounts;
use crate::local::terms::FeeKind;
use crate::local::{Fee, Season};
use crate::terms::Term;

const KIND: &str = "料金の種類";
const AMOUNT: &str = "金額";
const LINES: &str = "料金（複数のとき）";
/// What may stand in the columns of amounts.
const AMOUNTS: &str = "数字だけ。2つ以上あるときは空欄にして「料金（複数のとき）」に1行に1つ「大人 300円」のように、幅があるときは\
    「金額（上限）」に、時間で決まるときは「単位（分）」に書きます";
/// The column of menus: offers with their fees.
pub const MENUS: &str = "メニュー";

/// The columns of fees.
pub const COLUMNS: &[Column] = &[
    column(KIND, "1つだけのとき。2つ以上は「料金（複数のとき）」へ", "1回ごと").one_of(labels::<FeeKind>),
    column(AMOUNT, "数字だけ（円）", "100"),
    column("金額（上限）", "金額に幅があるとき", ""),
    column("単位（分）", "時間単位のとき。30分450円なら 30", ""),
    column("料金の対象", "子ども・会員 など。全員なら空欄", ""),
    column("料金の備考", "お茶代を含む など", "お茶代"),
    column(LINES, "1行に1つ：大人 300円／子ども 無料／300円/30分／年会費500円", "").wide(),
];

/// The column of menus.
pub const MENU_COLUMNS: &[Column] = &[column(
    MENUS,
    "1行（Alt+Enterで改行）に1つ：名前：料金：条件　例 玄関前の除雪：300円/30分：12月～3月",
    "ゴミ出し：300円/30分",
)
.wide()];

/// All fees of a row.
pub fn read(cells: &mut RemarkedRow<'_, '_>) -> Taken<Vec<Fee>> {
    let mut fees: Vec<Fee> = structured(cells)?.into_iter().collect();
    if let Some(lines) = cells.text(LINES) {
        let found = amounts::fees(&lines);
        // The kind beside several fees is that of none: its amount would be unknown.
        fees.retain(|fee| fee.amount_yen.is_some());
        if !found.iter().all(amounts::understood) {
            cells.warn(LINES, Remark::UnreadAmount);
        }
        if !fees.is_empty() {
            cells.warn(LINES, Remark::FeesTwice);
        }
        fees.extend(found);
    }
    Ok(fees)
}

fn structured(cells: &impl Cells) -> Taken<Option<Fee>> {
    let amount = amount(cells, AMOUNT)?;
    let Some(kind) = cells.word::<FeeKind>(KIND)? else {
        return match amount {
            // What is written of a fee stays, whatever kind it is.
            None => {
                Ok(cells.text("料金の備考").map(|note| Fee { note: Some(note), ..Fee::of(FeeKind::Unknown) }))
            }
            Some(0) => Ok(Some(Fee::of(FeeKind::Free))),
            Some(_) => cells.wrong(KIND, Flaw::AmountWithoutKind),
        };
    };
    if kind == FeeKind::Free && amount.is_some_and(|amount| amount > 0) {
        return cells.wrong(AMOUNT, Flaw::Contradicts { column: KIND });
    }
    let most = self::amount(cells, "金額（上限）")?;
    if amount.zip(most).is_some_and(|(amount, most)| most < amount) {
        return cells.wrong("金額（上限）", Flaw::Contradicts { column: AMOUNT });
    }
    Ok(Some(Fee {
        amount_yen: amount.filter(|_| kind != FeeKind::Free),
        amount_to_yen: most,
        unit_minutes: cells.number("単位（分）")?,
        audience: cells.text("料金の対象"),
        note: cells.text("料金の備考"),
        kind: Term(kind),
        ..Fee::of(kind)
    }))
}

fn amount(cells: &impl Cells, column: &'static str) -> Taken<Option<i32>> {
    cells.number(column).map_err(|told| match told.flaw {
        Flaw::NotANumber { cell } => Complaint { flaw: Flaw::Unclear { cell, right: AMOUNTS }, ..told },
        flaw => Complaint { flaw, ..told },
    })
}

/// One line of the menus.
pub struct MenuLine {
    pub name: String,
    /// The text in brackets at the end of the name.
    pub bracket: Option<String>,
    pub fees: Vec<Fee>,
    pub season: Option<Season>,
    pub conditions: Option<String>,
}

/// The menus of a row.
pub fn menus(cells: &mut RemarkedRow<'_, '_>) -> Vec<MenuLine> {
    let found: Vec<MenuLine> = cells.lines(MENUS).iter().map(|line| menu(line)).collect();
    if found.iter().any(|menu| !menu.fees.iter().all(amounts::understood)) {
        cells.warn(MENUS, Remark::UnreadAmount);
    }
    found
}

fn menu(line: &str) -> MenuLine {
    let mut parts = line.split(['：', ':', '|', '｜']).map(str::trim);
    let name = parts.next().unwrap_or_default();
    let bracket = name.strip_suffix(['）', ')']).and_then(|rest| rest.rsplit_once(['（', '(']));
    let fees = parts.next().map(amounts::fees).unwrap_or_default();
    let (mut season, mut conditions) = (None, Vec::new());
    for part in parts.filter(|part| !part.is_empty()) {
        match days::span(part) {
            Some((from, to)) if season.is_none() => {
                season = Some(Season { from: days::written(from), to: days::written(to) });
            }
            _ => conditions.push(part),
        }
    }
    MenuLine {
        name: name.to_owned(),
        bracket: bracket.map(|(_, inner)| inner.to_owned()),
        fees,
        season,
        conditions: Some(conditions.join("、")).filter(|conditions| !conditions.is_empty()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_a_menu_has_a_name_a_fee_and_conditions() {
        let found = menu("玄関前の除雪（除雪）：300円/30分：12月～3月：雪が10cm以上の日");
        assert_eq!((found.name.as_str(), found.bracket.as_deref()), ("玄関前の除雪（除雪）", Some("除雪")));
        assert_eq!(found.fees.len(), 1);
        assert_eq!(
            found.season.map(|season| (season.from, season.to)),
            Some(("12-01".into(), "03-31".into()))
        );
        assert_eq!(found.conditions.as_deref(), Some("雪が10cm以上の日"));
        assert!(menu("話し相手").fees.is_empty());
    }
}
