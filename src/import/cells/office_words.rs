//! The words beside a telephone number: those that name an office, or say how and when to call, are published; any other
//! word may be the name of a person.

use unicode_normalization::UnicodeNormalization;

/// Parts of a word that names an office or says how and when to call.
const OFFICE: [&str; 52] = [
    "センター",
    "窓口",
    "受付",
    "事務",
    "代表",
    "夜間",
    "休日",
    "平日",
    "時間",
    "時間外",
    "直通",
    "本部",
    "支部",
    "支所",
    "支店",
    "本店",
    "役場",
    "役所",
    "病棟",
    "外来",
    "相談",
    "予約",
    "専用",
    "共通",
    "診療",
    "地域連携",
    "会館",
    "公民館",
    "図書館",
    "児童館",
    "協議会",
    "社協",
    "保育",
    "学校",
    "病院",
    "医院",
    "薬局",
    "クリニック",
    "デイ",
    "ホーム",
    "ケア",
    "ステーション",
    "サービス",
    "サロン",
    "カフェ",
    "問合",
    "問い合",
    "申込",
    "ダイヤル",
    "フリー",
    "留守番",
    "留守電",
];
/// Endings of the names of divisions and houses, of at least three characters: 総務課, and not 田所.
const ENDINGS: [char; 9] = ['課', '係', '室', '館', '所', '園', '院', '局', '店'];
/// Whole words that name nobody.
const NEUTRAL: [&str; 38] = [
    "代",
    "内",
    "内線",
    "電話",
    "電話番号",
    "番",
    "番号",
    "電",
    "ファックス",
    "ファクス",
    "ファクシミリ",
    "兼",
    "兼用",
    "共用",
    "又は",
    "または",
    "および",
    "及び",
    "より",
    "毎日",
    "日中",
    "呼出",
    "仮設",
    "階",
    "号",
    "無料",
    "本所",
    "本館",
    "本院",
    "本校",
    "本庁",
    "別館",
    "新館",
    "分館",
    "分院",
    "分室",
    "中央",
    "転送",
];
/// Words of these characters alone say when to call: 金, 9時から17時.
const TIMES: &str = "月火水木金土日祝曜時分からまで午前後昼夜毎週第";
/// Latin words that name nobody.
const LATIN: [&str; 9] = ["TEL", "FAX", "EXT", "PHONE", "AM", "PM", "F", "T", "NO"];
/// Words that make a person of an office: センター長 stands for one, 代表者 too.
const PERSONS: [&str; 10] =
    ["会長", "センター長", "代表者", "自宅", "個人", "携帯", "様", "さん", "氏", "宅"];

const OPENING: [char; 5] = ['(', '[', '【', '「', '<'];
const CLOSING: [char; 5] = [')', ']', '】', '」', '>'];

/// Whether all words of a text name an office or say how and when to call. A text without words does.
pub fn name_an_office(text: &str) -> bool {
    let text: String = text.nfkc().collect();
    text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).all(is_of_an_office)
}

/// A number without the words that may name a person; `None`: it has none.
pub fn without_others(number: &str) -> Option<String> {
    let number: String = number.nfkc().collect();
    if name_an_office(&number) {
        return None;
    }
    let mut left = String::with_capacity(number.len());
    let mut rest = number.as_str();
    while let Some(start) = rest.find(char::is_alphabetic) {
        let (before, from) = rest.split_at(start);
        let (word, after) = from.split_at(from.find(|c: char| !c.is_alphabetic()).unwrap_or(from.len()));
        left.push_str(before);
        if is_of_an_office(word) {
            left.push_str(word);
        }
        rest = after;
    }
    left.push_str(rest);
    Some(tidy(&left))
}

/// A number without what stood around the words that were taken out: empty brackets, signs at their ends, blanks.
fn tidy(left: &str) -> String {
    const SIGNS: &str = " :、,・※*/;~-";
    let mut tidy = String::with_capacity(left.len());
    let mut rest = left;
    while let Some(start) = rest.find(OPENING) {
        let (before, from) = rest.split_at(start);
        let Some(end) = from.find(CLOSING) else { break };
        let (inside, after) = from.split_at(end);
        let (mut inside, mut after) = (inside.chars(), after.chars());
        let (open, close) = (inside.next(), after.next());
        let said = inside.as_str().trim_matches(|c| SIGNS.contains(c));
        tidy.push_str(before);
        if !said.is_empty() {
            tidy.extend(open);
            tidy.push_str(said);
            tidy.extend(close);
        }
        rest = after.as_str();
    }
    tidy.push_str(rest);
    let words: Vec<&str> = tidy.split_whitespace().collect();
    words.join(" ").trim_matches(|c| SIGNS.contains(c)).to_owned()
}

fn is_of_an_office(word: &str) -> bool {
    // FAX兼用 are two words.
    let latin = word.find(|c: char| !c.is_ascii()).filter(|end| *end > 0);
    if let Some((latin, rest)) = latin.map(|end| word.split_at(end)) {
        return is_of_an_office(latin) && is_of_an_office(rest);
    }
    if PERSONS.iter().any(|person| word.contains(person)) {
        return false;
    }
    let of_three = word.chars().count() >= 3;
    LATIN.iter().any(|neutral| word.eq_ignore_ascii_case(neutral))
        || NEUTRAL.contains(&word)
        || word.chars().all(|c| TIMES.contains(c))
        || OFFICE.iter().any(|part| word.contains(part))
        || of_three && word.ends_with(ENDINGS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_an_office_stay_beside_its_number() {
        for number in [
            "0235-00-0200",
            "0235-00-0200(代)",
            "TEL:0235-00-0200 (内線12)",
            "（０２３５）００－０２００ 総務課",
            "0235-00-0200、0235-00-0201(夜間・休日)",
            "0235-00-0200(月~金 9時から17時)",
            "公民館 0235-00-0200",
            "0235-00-0200(FAX兼用)",
            "0235-00-0200(留守番電話)",
            "0235-00-0200(本所)",
        ] {
            assert!(name_an_office(number), "{number}");
            assert_eq!(without_others(number), None, "{number}");
        }
    }

    #[test]
    fn any_other_word_may_be_the_name_of_a_person_and_goes() {
        for (number, left) in [
            ("0235-00-0200（山田）", "0235-00-0200"),
            ("0235-00-0200 山田 花子", "0235-00-0200"),
            ("山田0235-00-0200(夜間)", "0235-00-0200(夜間)"),
            ("0235-00-0200(会長)", "0235-00-0200"),
            ("0235-00-0200 (田所)", "0235-00-0200"),
            ("0235-00-0200[Yamada]", "0235-00-0200"),
            ("総務課 山田 0235-00-0200", "総務課 0235-00-0200"),
            ("0235-00-0200(山田:花子)", "0235-00-0200"),
            ("0235-00-0200(事務局 山田)", "0235-00-0200(事務局)"),
            ("※山田 0235-00-0200", "0235-00-0200"),
            ("0235-00-0200/山田", "0235-00-0200"),
            ("センター長 0235-00-0200", "0235-00-0200"),
        ] {
            assert_eq!(without_others(number).as_deref(), Some(left), "{number}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_left_names_nobody(text: String) {
            let left = without_others(&text).unwrap_or(text);
            proptest::prop_assert!(name_an_office(&left), "{left}");
        }
    }
}
