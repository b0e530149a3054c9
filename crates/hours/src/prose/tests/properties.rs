//! Properties that hold for every text.

use super::super::{Context, read, read_note, read_times, read_with};
use super::{as_of, lines};
use proptest::prelude::*;

const READABLE: [&str; 14] = [
    "毎月第2・第4木曜日 10:00～11:30（祝日は休み、8月は除く）",
    "第1火曜日を除く火曜日の午後2時より",
    "火・木・土 9:00-12:00、14:00-17:00",
    "月～金 9:00～17:00（土日祝、年末年始を除く）",
    "毎月第2水曜 ※8月は開催なし ※2月は第1水曜日",
    "4月～11月の毎週木曜",
    "令和8年5月3日（日）",
    "2026年12月5日 13:00~",
    "毎月5日、20日",
    "月～金13:00～21:00\n土日祝9:00～18:00",
    "年中無休 24時間",
    "毎月第1・3水曜日（祝日は第2水曜日に変更）",
    "毎週土曜 10:00～12:00 ※雨天中止",
    "第3火曜日 1部11:30～12:50、2部13:00～14:20",
];

/// Words that the reader must not know.
const UNKNOWN: [&str; 12] = [
    "公民館",
    "体操",
    "ただいま検討",
    "町内会長宅",
    "集会所",
    "ランチ",
    "放課後",
    "春分",
    "食事",
    "昼",
    "奇跡",
    "X",
];

fn fragments() -> impl Strategy<Value = String> {
    let parts = vec![
        "第",
        "2",
        "４",
        "・",
        "、",
        "木曜日",
        "火",
        "日",
        "月",
        "土日祝",
        "毎週",
        "毎月",
        "～",
        "10:00",
        "午後",
        "2時",
        "半",
        "（",
        "）",
        "祝日",
        "は",
        "休み",
        "を除く",
        "8月",
        "15日",
        "年末年始",
        "12/29",
        "令和8年",
        "2026",
        "/",
        "※",
        "\n",
        "お盆",
        "隔週",
        "最終",
        "平日",
        "①",
        "24時間",
        "から",
        "まで",
        "定休日：",
        "1部",
        "月1回",
        "不定期",
        "に変更",
        "も開催",
    ];
    proptest::collection::vec(proptest::sample::select(parts), 0..24).prop_map(|parts| parts.concat())
}

fn all(text: &str) {
    let contexts =
        [Context::default(), as_of(2026, 11, 20), Context { as_of: None, fiscal_year: Some(2026) }];
    for context in contexts {
        let reading = read_with(text, &context);
        assert!(!reading.recurrences.is_empty());
        let decisive = reading.unread.iter().any(|unread| !unread.reason.spares_days());
        assert!(!decisive || !reading.computable(), "{text}");
        read_note(text, &context);
    }
    read_times(text);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_text_panics(text in any::<String>()) {
        all(&text);
    }

    #[test]
    fn no_row_of_known_words_panics(text in fragments()) {
        all(&text);
    }

    #[test]
    fn an_unknown_word_never_changes_a_reading(
        text in proptest::sample::select(READABLE.to_vec()),
        word in proptest::sample::select(UNKNOWN.to_vec()),
        at in any::<proptest::sample::Index>(),
    ) {
        let before = read(text);
        prop_assert!(before.computable(), "{text}: {:?}", before.unread);
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let at = places[at.index(places.len())];
        let longer = format!("{}{word}{}", &text[..at], &text[at..]);
        let after = read(&longer);
        prop_assert!(!after.computable() || lines(&after) == lines(&before), "{longer}: {}", lines(&after));
    }
}

#[test]
fn a_long_text_is_refused_at_once() {
    all(&"第2・第4木曜日、".repeat(10_000));
    all(&"祝日、".repeat(166));
    all(&"（".repeat(500));
    all(&"1・".repeat(250));
}
