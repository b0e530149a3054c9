//! Reads Japanese texts about fees: certain ones become typed fees, all others keep their words.
//!
//! The list of known words is closed. A text with a single unknown word becomes one fee of unknown kind, with
//! the whole text as its note.

use crate::import::cells::clean;
use crate::local::Fee;
use crate::local::terms::FeeKind;
use unicode_normalization::UnicodeNormalization;

/// Largest amount in yen; a larger number is a date, a phone number or a mistake.
const DEAREST: i32 = 100_000;

const AUDIENCES: [&str; 33] = [
    "付添いの大人",
    "付き添いの大人",
    "小・中学生",
    "小中学生",
    "小中高生",
    "高校生以下",
    "中学生以下",
    "小学生以下",
    "中学生以上",
    "高校生以上",
    "高校生まで",
    "中学生まで",
    "小学生まで",
    "未就学児",
    "小学生",
    "中学生",
    "高校生",
    "大学生",
    "保護者",
    "子ども",
    "こども",
    "子供",
    "おとな",
    "大人",
    "乳幼児",
    "乳児",
    "幼児",
    "高齢者",
    "学生",
    "一般",
    "非会員",
    "会員",
    "その他",
];
const HEADINGS: [&str; 5] = ["参加費用", "参加費", "利用料金", "利用料", "料金"];
const MATERIALS: [&str; 8] =
    ["材料費等", "材料費", "食材費", "教材費", "お茶代", "お菓子代", "昼食代", "食事代"];
const PER_VISIT: [&str; 9] = ["1回あたり", "1回につき", "1回", "一回", "毎回", "1人", "一人", "1食", "各"];
const EACH: [&str; 8] = ["/1回", "/回", "/1人", "/人", "/食", "/1食", "(税込み)", "(税込)"];

/// The fees in a text. An empty text has no fee, which does not mean free of charge.
pub fn read(text: &str) -> Vec<Fee> {
    let Some(words) = clean::text(text) else { return Vec::new() };
    match understood(&words) {
        Some(fees) => fees,
        None => vec![Fee { note: Some(words), ..Fee::of(FeeKind::Unknown) }],
    }
}

/// The fee of a text that is exactly one fee, without naming a group of people.
pub fn single(text: &str) -> Option<Fee> {
    understood(text).and_then(only).filter(|fee| fee.audience.is_none())
}

/// The fee of one group of people, from a column of its own: an amount, or words as in [`read`].
pub fn of_group(audience: &str, cell: &str) -> Option<Fee> {
    let words = clean::text(cell)?;
    let plain = plain(&words);
    let fee = match plain.parse::<i32>() {
        Ok(yen) => Some(yen).filter(|yen| (0..=DEAREST).contains(yen)).map(fixed),
        Err(_) => single(&words),
    };
    let fee = fee.unwrap_or_else(|| Fee { note: Some(words), ..Fee::of(FeeKind::Unknown) });
    Some(Fee { audience: Some(audience.to_owned()), ..fee })
}

fn only(mut fees: Vec<Fee>) -> Option<Fee> {
    if fees.len() == 1 { fees.pop() } else { None }
}

fn fixed(yen: i32) -> Fee {
    match yen {
        0 => Fee::of(FeeKind::Free),
        yen => Fee { amount_yen: Some(yen), ..Fee::of(FeeKind::Fixed) },
    }
}

/// The text in half width, without commas in numbers, with one kind of space and tilde.
fn plain(words: &str) -> String {
    let folded: Vec<char> = words.nfkc().collect();
    let digit = |at: usize| folded.get(at).is_some_and(char::is_ascii_digit);
    let mut out = String::new();
    for (at, &c) in folded.iter().enumerate() {
        match c {
            ',' if at > 0 && digit(at - 1) && digit(at + 1) => {}
            '〜' | '～' => out.push('~'),
            '\n' | '、' | '，' | '。' | ';' | ',' | '※' => out.push(' '),
            c if c.is_whitespace() => out.push(' '),
            c => out.push(c),
        }
    }
    out.trim().to_owned()
}

fn understood(words: &str) -> Option<Vec<Fee>> {
    let text = plain(words);
    let mut rest = after_heading(&text);
    let mut fees = Vec::new();
    while !rest.is_empty() {
        let (fee, after) = one(rest)?;
        fees.push(fee);
        rest = after.trim_start_matches([' ', '・', '/', '+']);
        if rest.len() == after.len() && !rest.is_empty() && fees.last().is_some_and(|f| f.audience.is_none())
        {
            return None;
        }
    }
    sorted_out(fees)
}

fn after_heading(text: &str) -> &str {
    let heading = HEADINGS.iter().find_map(|heading| text.strip_prefix(heading));
    heading.unwrap_or(text).trim_start_matches([':', ' ', 'は'])
}

/// The fees, if they are unambiguous: several fees must each name their group, except memberships and actual
/// costs, which are charged in addition.
fn sorted_out(mut fees: Vec<Fee>) -> Option<Vec<Fee>> {
    let on_top = |fee: &Fee| matches!(fee.kind.0, FeeKind::Membership | FeeKind::ActualCost);
    let (free, actual) = (FeeKind::Free, FeeKind::ActualCost);
    if let [first, second] = fees.as_slice()
        && (first.kind.0, second.kind.0) == (free, actual)
        && first.audience.is_none()
        && second.audience.is_none()
    {
        return Some(vec![Fee { note: second.note.clone(), ..Fee::of(FeeKind::FreePlusActual) }]);
    }
    let main = fees.iter().filter(|fee| !on_top(fee)).count();
    let unnamed = fees.iter().filter(|fee| !on_top(fee) && fee.audience.is_none()).count();
    let names: Vec<_> = fees.iter().filter_map(|fee| fee.audience.as_deref()).collect();
    let twice = names.iter().enumerate().any(|(at, name)| names.iter().skip(at + 1).any(|n| n == name));
    if fees.is_empty() || twice || (main > 1 && unnamed > 0) {
        return None;
    }
    fees.dedup();
    Some(fees)
}

/// One fee with its group, and the rest of the text.
fn one(text: &str) -> Option<(Fee, &str)> {
    let (audience, rest) = audiences(text);
    let rest = if audience.is_some() { rest.trim_start_matches([':', ' ', 'は']) } else { rest };
    let (fee, rest) = amount(rest)?;
    Some((Fee { audience, ..fee }, rest))
}

/// `子ども・保護者`, `18歳以上の付き添いの方`.
fn audiences(text: &str) -> (Option<String>, &str) {
    let mut rest = text;
    while let Some(after) = group(rest) {
        rest = after;
        match rest.strip_prefix('・').filter(|next| group(next).is_some()) {
            Some(next) => rest = next,
            None => break,
        }
    }
    let named = text.get(..text.len() - rest.len()).unwrap_or_default();
    (Some(named.to_owned()).filter(|name| !name.is_empty()), rest)
}

fn group(text: &str) -> Option<&str> {
    let known = AUDIENCES.iter().find_map(|name| text.strip_prefix(name));
    let rest = known.or_else(|| by_age(text))?;
    let persons =
        ["の付き添いの方", "の付き添い方", "の方"].iter().find_map(|words| rest.strip_prefix(words));
    Some(persons.unwrap_or(rest))
}

fn by_age(text: &str) -> Option<&str> {
    let (age, rest) = number(text)?;
    let rest = rest.strip_prefix('歳').or_else(|| rest.strip_prefix('才')).filter(|_| age <= 100)?;
    ["以上", "以下", "未満", "まで"].iter().find_map(|words| rest.strip_prefix(words))
}

fn amount(text: &str) -> Option<(Fee, &str)> {
    let of = |kind, rest| Some((Fee::of(kind), rest));
    let words: [(&str, FeeKind); 10] = [
        ("無料(実費あり)", FeeKind::FreePlusActual),
        ("無料", FeeKind::Free),
        ("実費負担", FeeKind::ActualCost),
        ("実費", FeeKind::ActualCost),
        ("要問合せ", FeeKind::Negotiable),
        ("要問い合わせ", FeeKind::Negotiable),
        ("応相談", FeeKind::Negotiable),
        ("要相談", FeeKind::Negotiable),
        ("なし", FeeKind::Free),
        ("不要", FeeKind::Free),
    ];
    if let Some((rest, kind)) = words.iter().find_map(|(word, kind)| Some((text.strip_prefix(word)?, *kind)))
    {
        return of(kind, rest);
    }
    if let Some((material, rest)) = MATERIALS.iter().find_map(|m| Some((*m, text.strip_prefix(m)?))) {
        let (fee, rest) = amount(rest.trim_start_matches([':', ' ', 'は', 'の']))?;
        let sure = matches!(fee.kind.0, FeeKind::Fixed | FeeKind::ActualCost) && fee.note.is_none();
        return sure.then(|| (Fee { note: Some(material.to_owned()), ..fee }, rest));
    }
    if let Some(rest) = text.strip_prefix("年会費") {
        let (yen, rest) = yen(rest.trim_start_matches([':', ' ']))?;
        return Some((Fee { amount_yen: Some(yen), ..Fee::of(FeeKind::Membership) }, rest));
    }
    by_time(text).or_else(|| by_visit(text))
}

/// `30分300円`, `300円/30分`, `1時間600円`.
fn by_time(text: &str) -> Option<(Fee, &str)> {
    let timed = |minutes, yen, rest| {
        let fee = Fee { amount_yen: Some(yen), unit_minutes: Some(minutes), ..Fee::of(FeeKind::PerTime) };
        Some((fee, rest))
    };
    if let Some((minutes, rest)) = minutes(text) {
        let rest = ["につき", "あたり", "ごとに"].iter().find_map(|w| rest.strip_prefix(w)).unwrap_or(rest);
        let (yen, rest) = yen(rest)?;
        return timed(minutes, yen, rest);
    }
    let (yen, rest) = yen(text)?;
    let (minutes, rest) = minutes(rest.strip_prefix('/')?)?;
    timed(minutes, yen, rest)
}

fn minutes(text: &str) -> Option<(i32, &str)> {
    let (n, rest) = number(text)?;
    let of_hours = rest.strip_prefix("時間").map(|rest| (n * 60, rest));
    of_hours.or_else(|| Some((n, rest.strip_prefix('分')?))).filter(|(n, _)| (1..=1440).contains(n))
}

/// `100円`, `1回200円`, `200円/回`, `100円~300円`.
fn by_visit(text: &str) -> Option<(Fee, &str)> {
    let rest = PER_VISIT.iter().find_map(|words| text.strip_prefix(words)).unwrap_or(text);
    let (from, after) = number(rest)?;
    let after_yen = after.strip_prefix('円');
    if let Some(upper) = after_yen.unwrap_or(after).strip_prefix('~') {
        let (to, rest) = yen(upper)?;
        let fee = Fee { amount_yen: Some(from), amount_to_yen: Some(to), ..Fee::of(FeeKind::Range) };
        return (from < to).then_some((fee, rest));
    }
    let mut rest = after_yen?;
    while let Some(after) = EACH.iter().find_map(|words| rest.strip_prefix(words)) {
        rest = after;
    }
    ends(rest).then(|| (fixed(from), rest))
}

fn yen(text: &str) -> Option<(i32, &str)> {
    let (yen, rest) = number(text)?;
    Some((yen, rest.strip_prefix('円')?))
}

/// Whether nothing follows that changes the amount, like 程度, 以上 or から.
fn ends(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with([' ', '・', '/', '+']) || audiences(rest).0.is_some()
}

fn number(text: &str) -> Option<(i32, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at_checked(length)?;
    Some((digits.parse().ok().filter(|n| *n <= DEAREST)?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        let one = |fee: &Fee| {
            let mut out = format!("{:?}", fee.kind.0);
            fee.audience.iter().for_each(|a| out.push_str(&format!(" [{a}]")));
            fee.amount_yen.iter().for_each(|yen| out.push_str(&format!(" {yen}")));
            fee.amount_to_yen.iter().for_each(|yen| out.push_str(&format!("-{yen}")));
            fee.unit_minutes.iter().for_each(|minutes| out.push_str(&format!("/{minutes}min")));
            fee.note.iter().for_each(|note| out.push_str(&format!(" ({note})")));
            out
        };
        read(text).iter().map(one).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn what_leaflets_say_of_fees_is_read() {
        for (text, expected) in [
            ("無料", "Free"),
            ("参加費：無料", "Free"),
            ("１００円", "Fixed 100"),
            ("1回200円", "Fixed 200"),
            ("200円／回", "Fixed 200"),
            ("1人300円（税込み）", "Fixed 300"),
            ("年会費1,000円", "Membership 1000"),
            ("年会費1,000円、1回100円", "Membership 1000 | Fixed 100"),
            ("300円/30分", "PerTime 300/30min"),
            ("1時間につき600円", "PerTime 600/60min"),
            ("100円～300円", "Range 100-300"),
            ("実費", "ActualCost"),
            ("材料費実費", "ActualCost (材料費)"),
            ("無料（実費あり）", "FreePlusActual"),
            ("無料、材料費は実費", "FreePlusActual (材料費)"),
            ("お茶代100円", "Fixed 100 (お茶代)"),
            ("応相談", "Negotiable"),
            ("", ""),
        ] {
            assert_eq!(said(text), expected, "{text}");
        }
    }

    #[test]
    fn each_group_pays_its_own() {
        for (text, expected) in [
            ("大人300円・子ども無料", "Fixed [大人] 300 | Free [子ども]"),
            ("料金：子ども：100円 付添いの大人：200円", "Fixed [子ども] 100 | Fixed [付添いの大人] 200"),
            ("こども・おとな無料", "Free [こども・おとな]"),
            ("18歳まで無料", "Free [18歳まで]"),
            (
                "17歳以下の方：無料 18歳以上の付き添い方：1人300円(税込み)",
                "Free [17歳以下の方] | Fixed [18歳以上の付き添い方] 300",
            ),
            ("料金：16歳未満：無料 16歳以上：200円", "Free [16歳未満] | Fixed [16歳以上] 200"),
        ] {
            assert_eq!(said(text), expected, "{text}");
        }
    }

    #[test]
    fn a_word_more_than_is_known_keeps_the_whole_as_written() {
        for text in [
            "100円程度",
            "こども無料 おとな300円以上の寄付",
            "こども300円または寄付",
            "大人はカンパ制。18歳まで無料",
            "月額500円",
            "無料 100円",
            "一部、こどもも有料の日あり",
            "0235-00-0000",
            "100円から",
        ] {
            assert_eq!(said(text), format!("Unknown ({text})"), "{text}");
        }
    }

    #[test]
    fn a_column_of_one_group_holds_an_amount_or_words() {
        let fee = |cell| of_group("大人", cell).map(|fee| (fee.kind.0, fee.amount_yen));
        assert_eq!(fee("0 "), Some((FeeKind::Free, None)));
        assert_eq!(fee("300"), Some((FeeKind::Fixed, Some(300))));
        assert_eq!(fee("無料"), Some((FeeKind::Free, None)));
        assert_eq!(fee("カンパ"), Some((FeeKind::Unknown, None)));
        assert_eq!(fee(""), None);
    }
}
