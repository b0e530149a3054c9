//! Layout of the printed sheet: size of type and page breaks. Heights are estimated from the widths of
//! letters, a little too high. Lengths are tenths of a point.

use super::paper::{Channel, Paper, Physician};
use crate::liaison::sheets::DISCLAIMERS;

/// The size of type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// 10.5 points.
    Large,
    /// 9 points: the smallest that a FAX carries.
    Small,
}

/// The pages of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pages<'p> {
    /// How large everything is set.
    pub size: Size,
    /// The physicians of each page.
    pub pages: Vec<&'p [Physician]>,
}

/// Between the margins of 8 mm.
const PAGE: u32 = 7_965;
/// The width of text in a box, and a little less, because lines end where words do.
const WIDTH: u32 = 5_350;
/// Size of the letters of the title.
const TITLE: u32 = 130;
/// A text at least as long as the dates under the title and as the line that says who printed the sheet when.
const DATES: &str =
    "情報時点 令和88年12月30日　見直し期限 令和88年12月30日（古い可能性）　作成（令和88年12月30日）";

impl Size {
    /// Letter and line.
    fn metrics(self) -> (u32, u32) {
        match self {
            Self::Large => (105, 137),
            Self::Small => (90, 104),
        }
    }

    /// The height of a text in the width of a page.
    fn text(self, text: &str) -> u32 {
        let (letter, line) = self.metrics();
        lines(text, letter) * line
    }

    fn channel(self, channel: &Channel) -> u32 {
        let more = [&channel.purposes, &channel.times, &channel.note];
        let more: String = more.into_iter().flatten().map(|text| format!("　{text}")).collect();
        // The rank is printed before it.
        let text = format!("00{}　{}{more}", channel.name, channel.target);
        self.text(&text)
    }

    fn physician(self, physician: &Physician) -> u32 {
        // The name is set larger.
        let head = format!("{0}{0}　{1}", physician.name, physician.about.join("　"));
        let channels: u32 = physician.channels.iter().map(|channel| self.channel(channel)).sum();
        self.text(&head) + channels + self.facts(&physician.facts) + 90
    }

    fn facts(self, facts: &[(&'static str, String)]) -> u32 {
        let all: String = facts.iter().map(|(label, text)| format!("【{label}】{text} ")).collect();
        if all.is_empty() { 0 } else { self.text(&all) }
    }

    /// Head and foot, which every page has.
    fn frame(self, paper: &Paper) -> u32 {
        let title = format!("連携シート　{}　第{}版（1/2）", paper.institution, paper.version);
        let dates = format!("{}{}", DATES, paper.issuer);
        let warnings = paper.warnings.iter().map(|text| self.text(&format!("【注意】{text}")) + 100);
        let contact = paper.address.iter().chain(&paper.lines).map(|line| self.text(line));
        let foot = [
            format!("FAX・メールで送らないもの：{}", paper.cautions.join("、")),
            DISCLAIMERS.map(|text| format!("※{text}")).concat(),
            format!("{}{}", DATES, paper.reader),
        ];
        let foot = foot.iter().map(|text| self.text(text));
        lines(&title, TITLE) * TITLE * 6 / 5
            + self.text(&dates)
            + warnings.chain(contact).chain(foot).sum::<u32>()
            + 140
    }

    /// The height that is left for physicians on a page.
    fn room(self, paper: &Paper) -> u32 {
        PAGE.saturating_sub(self.frame(paper) + self.facts(&paper.remarks))
    }
}

/// The lines of a text in letters of a size.
fn lines(text: &str, letter: u32) -> u32 {
    units(text).saturating_mul(letter).div_ceil(2 * WIDTH).max(1)
}

/// Letters in halves: a Chinese character is two; Latin letters, kana and signs are set closer (`palt`).
fn units(text: &str) -> u32 {
    let tenths = |c: char| match c {
        c if c.is_ascii() => 11,
        '「' | '」' | '（' | '）' | '【' | '】' | '〔' | '〕' | '、' | '。' | '・' | '：' => 10,
        'ぁ'..='ヿ' => 19,
        _ => 20,
    };
    text.chars().map(tenths).sum::<u32>().div_ceil(10)
}

/// Lays a sheet out: on one page if it fits in either size, else physician by physician in the smaller one.
pub fn pages(paper: &Paper) -> Pages<'_> {
    let whole = |size: Size| paper.physicians.iter().map(|one| size.physician(one)).sum::<u32>();
    for size in [Size::Large, Size::Small] {
        if whole(size) <= size.room(paper) {
            return Pages { size, pages: vec![&paper.physicians] };
        }
    }
    let size = Size::Small;
    // Every page but the last has a line that refers to the next page.
    let room = size.room(paper).saturating_sub(size.metrics().1);
    let (mut pages, mut begin, mut used) = (Vec::new(), 0, 0);
    for (at, physician) in paper.physicians.iter().enumerate() {
        let height = size.physician(physician);
        if used + height > room && at > begin {
            pages.push(&paper.physicians[begin..at]);
            (begin, used) = (at, 0);
        }
        used += height;
    }
    pages.push(&paper.physicians[begin..]);
    Pages { size, pages }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, NaiveDate};
    use japan::clock::JAPAN;

    fn paper(physicians: usize, note: &str) -> Paper {
        let physician = Physician {
            name: "見本 太郎".to_owned(),
            facts: vec![("備考", note.to_owned())],
            ..Physician::default()
        };
        Paper {
            institution: "見本病院".to_owned(),
            address: None,
            lines: Vec::new(),
            version: 1,
            as_of: NaiveDate::default(),
            issued_on: NaiveDate::default(),
            review_due_on: NaiveDate::default(),
            review: "確認済み",
            warnings: Vec::new(),
            issuer: "見本".to_owned(),
            physicians: vec![physician; physicians],
            cautions: Vec::new(),
            remarks: Vec::new(),
            reader: "見本".to_owned(),
            printed_at: DateTime::UNIX_EPOCH.with_timezone(&JAPAN).fixed_offset(),
        }
    }

    fn counts(paper: &Paper) -> Vec<usize> {
        pages(paper).pages.iter().map(|page| page.len()).collect()
    }

    #[test]
    fn a_few_physicians_are_set_large_and_more_of_them_small() {
        assert_eq!(pages(&paper(1, "短い")).size, Size::Large);
        let many = paper(7, &"長い備考".repeat(100));
        assert_eq!((pages(&many).size, counts(&many)), (Size::Small, vec![7]));
    }

    #[test]
    fn every_physician_stands_on_one_page_and_none_is_left_out() {
        for count in [0, 1, 8, 40] {
            for length in [0, 100, 900] {
                let paper = paper(count, &"あ".repeat(length));
                assert_eq!(counts(&paper).iter().sum::<usize>(), count);
                assert!(count == 0 || counts(&paper).iter().all(|page| *page > 0));
            }
        }
    }

    #[test]
    fn a_physician_longer_than_a_page_has_pages_alone() {
        let long = paper(3, &"とても長い備考".repeat(800));
        assert_eq!(counts(&long), [1, 1, 1]);
    }
}
