//! Events that are called off or put off (中止, 延期): they have no day on which they are open.

use crate::import::cells::timing;
use crate::import::facts::Timing;
use hours::prose::Reading;
use unicode_normalization::UnicodeNormalization;

const MARKS: [&str; 4] = ["【中止", "【開催中止", "【延期", "【開催延期"];

/// Whether a text says of an event that it does not take place on its days.
pub fn is_said(text: &str) -> bool {
    let plain = plain(text);
    MARKS.iter().any(|mark| plain.contains(mark)) || plain.split(['。', '!', '※']).any(sentence_calls_off)
}

/// Whether a name is marked so, 【中止】.
pub fn is_marked(name: &str) -> bool {
    let plain = plain(name);
    MARKS.iter().any(|mark| plain.contains(mark))
}

fn plain(text: &str) -> String {
    let lines: String = text.nfkc().map(|c| if c == '\n' { '。' } else { c }).collect();
    lines.chars().filter(|c| !c.is_whitespace()).map(bracket).collect()
}

/// Whether a sentence says so of the event, and not under a condition, of a part, of its registration, or of another year.
fn sentence_calls_off(sentence: &str) -> bool {
    const CALLED_OFF: [&str; 8] = [
        "中止",
        "延期",
        "開催見合わせ",
        "開催を見合わせ",
        "取りやめ",
        "取り止め",
        "開催は見送",
        "開催を見送",
    ];
    const ENDS: [&str; 9] = ["し", "いたし", "致し", "する", "とな", "にな", "とし", "決定", "が決"];
    const SAID: [&str; 5] = ["となりました", "になりました", "しました", "いたしました", "が決定"];
    const ANOTHER: [&str; 6] = ["昨年", "前年", "前回", "来年", "申込", "受付"];
    const OTHERWISE: [&str; 18] = [
        "場合",
        "とき",
        "時は",
        "時に",
        "雨",
        "荒天",
        "悪天候",
        "天候",
        "警報",
        "注意報",
        "可能性",
        "ことがあ",
        "こともあ",
        "おそれ",
        "恐れ",
        "一部",
        "のみ",
        "は開催",
    ];
    let is_said = |word: &str| {
        let after = sentence.split(word).skip(1);
        let mut ends = after.map(|rest| {
            rest.is_empty()
                || rest.starts_with([')', '】', '、', '」'])
                || ENDS.iter().any(|end| rest.starts_with(end))
                || !word.starts_with(['中', '延'])
        });
        ends.any(|end| end)
    };
    let holds = |words: &[&str]| words.iter().any(|word| sentence.contains(word));
    // What has been decided has no condition any more: 雨のため中止となりました.
    let decided =
        ["中止", "延期"].iter().any(|word| SAID.iter().any(|end| sentence.contains(&format!("{word}{end}"))));
    !holds(&ANOTHER) && (decided || CALLED_OFF.iter().any(|word| is_said(word)) && !holds(&OTHERWISE))
}

/// Square brackets of any kind as 【】, in which lists mark their entries.
fn bracket(c: char) -> char {
    match c {
        '[' | '〔' | '<' | '《' | '〈' | '≪' => '【',
        c => c,
    }
}

/// Calls off every date. Days that are not dates are left to the words.
pub fn call_off(reading: &mut Reading) {
    for recurrence in &mut reading.recurrences {
        recurrence.added.clear();
        recurrence.cancelled.clone_from(&recurrence.dates);
    }
    if reading.recurrences.iter().any(|one| one.dates.is_empty()) {
        reading.recurrences.clear();
    }
}

/// Schedules of a place whose name is marked so: as written, without days.
pub fn unless_marked(name: &str, timings: Vec<Timing>) -> Vec<Timing> {
    if !is_marked(name) {
        return timings;
    }
    timings.iter().filter_map(|timing| timing.raw_text.as_deref()).map(timing::as_written).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_called_off_is_known_from_what_depends_on_the_weather() {
        for text in [
            "【中止】見本まつり",
            "見本まつり（中止）",
            "[延期] 見本展",
            "本年度の見本まつりは中止となりました。",
            "まつり※中止",
            "まつり 開催見合わせ",
            "開催を延期します",
            "感染拡大防止のため中止します。",
            "台風接近のため、本イベントは中止いたします。",
            "開催中止",
            "中止決定",
            "取りやめ",
            "今年度の開催は見送ります",
            "中止",
            "雨天決行です。\n今回は中止します。",
            "大雨のため中止となりました",
        ] {
            assert!(is_said(text), "{text}");
        }
        for text in [
            "見本まつり（雨天中止）",
            "荒天の場合は中止します",
            "雨天時は延期",
            "中止の場合は放送します",
            "",
            "雨天の場合（中止）",
            "昨年は中止しましたが、今年は開きます",
            "お薬の中止を考える講座",
            "受付を中止しました。",
            "花火は中止、まつりは開催",
            "お客様のお見送り",
            "開催日を延期することがあります",
        ] {
            assert!(!is_said(text), "{text}");
        }
    }
}
