//! The printed sheet as HTML with a style of its own: from plain text, and everything escaped.

use super::layout::{self, Size};
use super::paper::{Channel, Paper, Physician, wareki};
use crate::liaison::sheets::DISCLAIMERS;
use std::fmt::Write;

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
    let pages: String =
        (1..).zip(&laid.pages).map(|(number, physicians)| page(paper, physicians, number, count)).collect();
    format!(
        "<!doctype html>\n<html lang=\"ja\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<title>連携シート {}</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n<style>{STYLE}</style>\n</head>\n<body class=\"{size}\">\n{pages}</body>\n</html>\n",
        escaped(&paper.institution)
    )
}

fn page(paper: &Paper, physicians: &[Physician], number: usize, count: usize) -> String {
    let all: String = physicians.iter().map(physician).collect();
    let remarks = if number == count { facts("remarks", &paper.remarks) } else { String::new() };
    format!(
        "<section class=\"page\">\n{}<main>\n{all}{remarks}</main>\n{}</section>\n",
        head(paper, number, count),
        foot(paper, number, count)
    )
}

fn head(paper: &Paper, number: usize, count: usize) -> String {
    let mut out = format!(
        "<header>\n<h1>連携シート　<b>{}</b></h1>\n<p class=\"number\">第{}版（{number}/{count}）</p>\n\
         <p class=\"dates\"><span>情報時点 <b>{}</b></span><span>見直し期限 {}（<b>{}</b>）</span>\
         <span>作成 {}（{}）</span></p>\n",
        escaped(&paper.institution),
        paper.version,
        wareki(paper.as_of),
        wareki(paper.review_due_on),
        escaped(paper.review),
        escaped(&paper.issuer),
        wareki(paper.issued_on),
    );
    for warning in &paper.warnings {
        let _ = writeln!(out, "<p class=\"warning\">【注意】{}</p>", escaped(warning));
    }
    let contact = paper.address.iter().chain(&paper.lines);
    let contact: Vec<_> = contact.map(|line| format!("<span>{}</span>", escaped(line))).collect();
    if !contact.is_empty() {
        let _ = writeln!(out, "<p class=\"contact\">{}</p>", contact.join("　"));
    }
    out + "</header>\n"
}

fn foot(paper: &Paper, number: usize, count: usize) -> String {
    let mut out = "<footer>\n".to_owned();
    if number < count {
        out += "<p class=\"more\">次のページへ続きます</p>\n";
    }
    if !paper.cautions.is_empty() {
        let cautions = paper.cautions.join("、");
        let _ = writeln!(out, "<p><b>FAX・メールで送らないもの：</b>{}</p>", escaped(&cautions));
    }
    let disclaimers: String = DISCLAIMERS.iter().map(|text| format!("※{text}")).collect();
    let _ = writeln!(out, "<p>{}</p>", escaped(&disclaimers));
    let time = paper.printed_at;
    let _ = writeln!(
        out,
        "<p class=\"reader\"><span>印刷した組織：<b>{}</b></span><span>印刷日時：<b>{} {}</b></span></p>",
        escaped(&paper.reader),
        wareki(time.date_naive()),
        time.format("%H:%M"),
    );
    out + "</footer>\n"
}

fn physician(physician: &Physician) -> String {
    let about: Vec<_> = physician.about.iter().map(|text| escaped(text)).collect();
    let channels: String = physician.channels.iter().map(channel).collect();
    let channels = match channels.as_str() {
        "" => String::new(),
        items => format!("<ol>\n{items}</ol>\n"),
    };
    format!(
        "<article>\n<h2><b>{}</b>　{}</h2>\n{channels}{}</article>\n",
        escaped(&physician.name),
        about.join("　"),
        facts("facts", &physician.facts)
    )
}

fn channel(channel: &Channel) -> String {
    let more = [&channel.purposes, &channel.times, &channel.note];
    let more: Vec<_> = more.into_iter().flatten().map(|text| escaped(text)).collect();
    format!("<li><b>{}　{}</b>　{}</li>\n", escaped(channel.name), escaped(&channel.target), more.join("　"))
}

fn facts(class: &str, facts: &[(&'static str, String)]) -> String {
    if facts.is_empty() {
        return String::new();
    }
    let one =
        |(label, text): &(&'static str, String)| format!("<b>【{}】</b>{}", escaped(label), escaped(text));
    let all: Vec<_> = facts.iter().map(one).collect();
    format!("<p class=\"{class}\">{}</p>\n", all.join(" "))
}

/// As text of a page; a line break becomes a stroke.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\'' => out += "&#39;",
            '\n' => out.push('／'),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
