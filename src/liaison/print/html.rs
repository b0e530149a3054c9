//! The printed sheet as HTML with a style of its own: from plain text, which `html!` escapes.

use super::layout::{self, Size};
use super::paper::{Channel, Paper, Physician, wareki};
use crate::liaison::sheets::DISCLAIMERS;
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// The style, which stands in the page itself: whoever saves it has all of it.
pub const STYLE: &str = include_str!("../../../assets/print/paper.css");

/// The whole page.
pub fn render(paper: &Paper) -> String {
    let laid = layout::pages(paper);
    let size = match laid.size {
        Size::Large => "large",
        Size::Small => "small",
    };
    let count = laid.pages.len();
    let whole = html! {
        (DOCTYPE)
        html lang="ja" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                title { "連携シート " (line(&paper.institution)) }
                link rel="icon" href="data:,";
                style { (PreEscaped(STYLE)) }
            }
            body class=(size) {
                @for (number, physicians) in (1..).zip(laid.pages) { (page(paper, physicians, number, count)) }
            }
        }
    };
    whole.into_string()
}

fn page(paper: &Paper, physicians: &[Physician], number: usize, count: usize) -> Markup {
    html! {
        section.page {
            (head(paper, number, count))
            main {
                @for one in physicians { (physician(one)) }
                @if number == count { (facts("remarks", &paper.remarks)) }
            }
            (foot(paper, number, count))
        }
    }
}

fn head(paper: &Paper, number: usize, count: usize) -> Markup {
    let contact = paper.address.iter().chain(&paper.lines);
    html! {
        header {
            h1 { "連携シート　" b { (line(&paper.institution)) } }
            p.number { "第" (paper.version) "版（" (number) "/" (count) "）" }
            p.dates {
                span { "情報時点 " b { (wareki(paper.as_of)) } }
                span { "見直し期限 " (wareki(paper.review_due_on)) "（" b { (paper.review) } "）" }
                span { "作成 " (line(&paper.issuer)) "（" (wareki(paper.issued_on)) "）" }
            }
            @for warning in &paper.warnings { p.warning { "【注意】" (warning) } }
            @if contact.clone().next().is_some() {
                p.contact {
                    @for (at, text) in contact.enumerate() {
                        @if at > 0 { "　" }
                        span { (line(text)) }
                    }
                }
            }
        }
    }
}

fn foot(paper: &Paper, number: usize, count: usize) -> Markup {
    let time = paper.printed_at;
    html! {
        footer {
            @if number < count { p.more { "次のページへ続きます" } }
            @if !paper.cautions.is_empty() {
                p { b { "FAX・メールで送らないもの：" } (line(&paper.cautions.join("、"))) }
            }
            p { @for text in DISCLAIMERS { "※" (text) } }
            p.reader {
                span { "印刷した組織：" b { (line(&paper.reader)) } }
                span { "印刷日時：" b { (wareki(time.date_naive())) " " (time.format("%H:%M")) } }
            }
        }
    }
}

fn physician(physician: &Physician) -> Markup {
    html! {
        article {
            h2 { b { (line(&physician.name)) } "　" (one_line(&physician.about)) }
            @if !physician.channels.is_empty() {
                ol { @for one in &physician.channels { (channel(one)) } }
            }
            (facts("facts", &physician.facts))
        }
    }
}

fn channel(channel: &Channel) -> Markup {
    let more = [&channel.purposes, &channel.times, &channel.note];
    html! {
        li { b { (channel.name) "　" (line(&channel.target)) } "　" (one_line(more.into_iter().flatten())) }
    }
}

fn facts(class: &str, facts: &[(&'static str, String)]) -> Markup {
    html! {
        @if !facts.is_empty() {
            p class=(class) {
                @for (label, text) in facts { b { "【" (label) "】" } (line(text)) " " }
            }
        }
    }
}

/// Texts one after the other.
fn one_line<'t>(texts: impl IntoIterator<Item = &'t String>) -> String {
    texts.into_iter().map(|text| line(text)).collect::<Vec<_>>().join("　")
}

/// A text in one line: a line break becomes a stroke.
fn line(text: &str) -> String {
    let kept = text.trim().chars().filter(|c| *c == '\n' || !c.is_control());
    kept.map(|c| if c == '\n' { '／' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stays_text_and_in_one_line() {
        let note = " <script>alert('\"&\")</script>\r\n二行目\u{7} ".to_owned();
        assert_eq!(
            facts("facts", &[("備考", note)]).into_string(),
            "<p class=\"facts\"><b>【備考】</b>\
             &lt;script&gt;alert('&quot;&amp;&quot;)&lt;/script&gt;／二行目 </p>"
        );
    }
}
