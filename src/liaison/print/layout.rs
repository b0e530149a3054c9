//! Which physicians stand on which page, and how large the letters are: estimated, a little too high, from the widths
//! of letters. Lengths are tenths of a point.

use super::paper::{Channel, Paper, Physician};
use crate::liaison::sheets::DISCLAIMERS;

/// How large everything is set.
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
    /// What stands on each.
    pub pages: Vec<&'p [Physician]>,
}

/// Between the margins of 8 mm.
const PAGE: u32 = 7_965;
/// The width of text in a box.
const WIDTH: u32 = 5_360;
/// The widths of the columns of channels, without their padding: name, target, purposes, times.
const COLUMNS: [u32; 4] = [860, 1_330, 1_180, 1_830];

impl Size {
    /// Letter and line.
    fn metrics(self) -> (u32, u32) {
        match self {
            Self::Large => (105, 137),
            Self::Small => (90, 108),
        }
    }

    /// What a text needs in a width.
    fn text(self, text: &str, width: u32) -> u32 {
        let (letter, line) = self.metrics();
        // A line that ends early, because a number is not parted, is not full.
        let usable = (width - width / 40).max(letter);
        units(text).saturating_mul(letter).div_ceil(2 * usable).max(1) * line
    }

    fn channel(self, channel: &Channel) -> u32 {
        // The rank before the name takes two letters.
        let name = format!("00{}00", channel.name);
        let cells = [name.as_str(), &channel.target, &channel.purposes, &channel.times];
        let heights = cells.iter().zip(COLUMNS).map(|(text, width)| self.text(text, width));
        heights.max().unwrap_or_default() + 20
    }

    fn physician(self, physician: &Physician) -> u32 {
        let head = format!("{}{}{}", physician.name, physician.name, physician.about.join("　"));
        let facts: Vec<_> =
            physician.facts.iter().map(|(label, text)| format!("【{label}】{text}　")).collect();
        let facts = if facts.is_empty() { 0 } else { self.text(&facts.concat(), WIDTH) + 30 };
        let channels: u32 = physician.channels.iter().map(|channel| self.channel(channel)).sum();
        self.text(&head, WIDTH) + channels + facts + 110
    }

    /// Head and foot, which every page has.
    fn frame(self, paper: &Paper) -> u32 {
        let (_, line) = self.metrics();
        let names = format!("連携シート　{}　第{}版（1/2）", paper.institution, paper.version);
        let warnings: u32 =
            paper.warnings.iter().map(|warning| self.text(&format!("【注意】{warning}"), WIDTH) + 100).sum();
        let lines = paper.lines.join("　／　");
        let address = paper.address.as_deref().unwrap_or_default();
        let head = self.text(&names, WIDTH) * 2 + 2 * line + self.text(&format!("{address}{lines}"), WIDTH);
        let foot = self.text(&paper.cautions.join("　"), WIDTH)
            + self.text(&DISCLAIMERS.concat(), WIDTH)
            + self.text(&paper.reader, WIDTH / 2)
            + line;
        head + warnings + foot + 300
    }

    fn remarks(self, paper: &Paper) -> u32 {
        let all = paper.remarks.iter();
        all.map(|(label, text)| self.text(&format!("【{label}】{text}"), WIDTH)).sum()
    }
}

/// Letters in halves: a Japanese one is two, one of the Latin alphabet at most 1.3.
fn units(text: &str) -> u32 {
    let tenths: u32 = text.chars().map(|c| if c.is_ascii() { 12 } else { 20 }).sum();
    tenths.div_ceil(10)
}

/// Lays a sheet out: on one page if it fits in either size, else physician by physician in the smaller one.
pub fn pages(paper: &Paper) -> Pages<'_> {
    let whole = |size: Size| -> u32 {
        let physicians: u32 = paper.physicians.iter().map(|one| size.physician(one)).sum();
        size.frame(paper) + size.remarks(paper) + physicians
    };
    for size in [Size::Large, Size::Small] {
        if whole(size) <= PAGE {
            return Pages { size, pages: vec![&paper.physicians] };
        }
    }
    let size = Size::Small;
    let room = PAGE.saturating_sub(size.frame(paper) + size.remarks(paper));
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
