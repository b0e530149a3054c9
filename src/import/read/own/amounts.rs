//! Fees as our lists ask for them, one on each line after its group of people: `大人 300円`,
//! `利用券250円/1回`. Amounts are read as in any text; an uncertain one keeps its words.

use crate::import::cells::fee;
use crate::local::Fee;
use crate::local::terms::FeeKind;
use crate::terms::Term;
use unicode_normalization::UnicodeNormalization;

/// The fees of a cell: one for each line, or for each item of a line when all of its items are understood.
pub fn fees(text: &str) -> Vec<Fee> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).flat_map(line).collect()
}

/// Whether a fee was understood.
pub fn understood(fee: &Fee) -> bool {
    fee.kind.0 != FeeKind::Unknown
}

fn line(line: &str) -> Vec<Fee> {
    let items: Option<Vec<Fee>> = line.split(['、', ';', '；']).map(|item| one(item.trim())).collect();
    items.unwrap_or_else(|| vec![Fee { note: Some(line.to_owned()), ..Fee::of(FeeKind::Unknown) }])
}

/// One fee, optionally after its group of people and before a remark in brackets.
fn one(text: &str) -> Option<Fee> {
    let plain: String = text.nfkc().collect();
    if let Some(fee) = amount(&tight(&plain)) {
        return Some(fee);
    }
    if let Some((before, remark)) = plain.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) {
        let mut fee = one(before.trim())?;
        fee.note = Some(remark.trim().to_owned());
        return Some(fee);
    }
    if let Some((audience, price)) = with_audience(&tight(&plain)) {
        return Some(Fee { audience: Some(audience.to_owned()), ..price });
    }
    let (audience, rest) = plain.rsplit_once([' ', ':'])?;
    let audience = audience.trim().trim_end_matches(':').trim();
    let said = !audience.is_empty() && !audience.contains('円') && !audience.contains("無料");
    let fee = amount(&tight(rest)).filter(|_| said)?;
    Some(Fee { audience: Some(audience.to_owned()), ..fee })
}

/// Groups of people that stand before their fee without a blank: 大人300円.
const AUDIENCES: [&str; 18] = [
    "大人",
    "おとな",
    "一般",
    "子ども",
    "子供",
    "こども",
    "小人",
    "小学生",
    "中学生",
    "高校生",
    "学生",
    "幼児",
    "未就学児",
    "会員",
    "非会員",
    "会員以外",
    "高齢者",
    "親子",
];

fn with_audience(text: &str) -> Option<(&'static str, Fee)> {
    // 会員 is the beginning of 会員以外.
    let said = AUDIENCES.into_iter().filter(|audience| text.starts_with(audience));
    let audience = said.max_by_key(|audience| audience.len())?;
    Some((audience, amount(text.strip_prefix(audience)?)?))
}

fn amount(text: &str) -> Option<Fee> {
    if let Some(actual) = text.strip_prefix("無料(").and_then(|rest| rest.strip_suffix(')')) {
        let note = Some(actual.to_owned()).filter(|note| note != "実費あり");
        return actual.contains("実費").then(|| Fee { note, ..Fee::of(FeeKind::FreePlusActual) });
    }
    if let Some(rest) = text.strip_prefix("利用券") {
        let (price, unit) = rest.split_once('/').map_or((rest, None), |(price, unit)| (price, Some(unit)));
        let price = fee::single(price).filter(|price| price.kind.0 == FeeKind::Fixed)?;
        return Some(Fee { kind: Term(FeeKind::Ticket), unit: unit.map(str::to_owned), ..price });
    }
    fee::single(text)
}

fn tight(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        let show = |fee: &Fee| {
            let number = |n: Option<i32>| n.map_or("-".to_owned(), |n| n.to_string());
            let (from, to, per) =
                (number(fee.amount_yen), number(fee.amount_to_yen), number(fee.unit_minutes));
            let words =
                [&fee.audience, &fee.unit, &fee.note].map(|word| word.as_deref().unwrap_or("-").to_owned());
            format!("{:?} {from} {to} {per} {}", fee.kind.0, words.join(" "))
        };
        fees(text).iter().map(show).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn simple_amounts_are_read() {
        assert_eq!(said("無料"), "Free - - - - - -");
        assert_eq!(said("５００円"), "Fixed 500 - - - - -");
        assert_eq!(said("300円/30分"), "PerTime 300 - 30 - - -");
        assert_eq!(said("1時間1,200円"), "PerTime 1200 - 60 - - -");
        assert_eq!(said("200円～500円"), "Range 200 500 - - - -");
        assert_eq!(said("利用券250円/1回"), "Ticket 250 - - - 1回 -");
        assert_eq!(said("年会費500円"), "Membership 500 - - - - -");
        assert_eq!(said("無料（実費あり）"), "FreePlusActual - - - - - -");
        assert_eq!(said("無料（材料費実費）"), "FreePlusActual - - - - - 材料費実費");
        assert_eq!(said("300円（お茶代込み）"), "Fixed 300 - - - - お茶代込み");
    }

    #[test]
    fn whom_a_fee_is_for_stands_before_it() {
        for text in ["大人 300円、子ども 無料", "大人300円、子ども無料", "大人：300円；子ども：無料"]
        {
            assert_eq!(said(text), "Fixed 300 - - 大人 - - | Free - - - 子ども - -", "{text}");
        }
        assert_eq!(said("会員以外200円"), "Fixed 200 - - 会員以外 - -");
        assert_eq!(
            said("会員：100円\n会員以外：200円"),
            "Fixed 100 - - 会員 - - | Fixed 200 - - 会員以外 - -"
        );
    }

    #[test]
    fn what_is_not_certain_keeps_its_words() {
        for text in ["300円くらい", "500", "月1000円", "材料による", "500円～300円", "大人300円子ども無料"]
        {
            assert_eq!(said(text), format!("Unknown - - - - - {text}"), "{text}");
        }
    }
}
