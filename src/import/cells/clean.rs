//! Cleans published cells of the habits of spreadsheets and forms.

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;

/// The text of a cell for display: `（改行）` becomes a line break, white space is
/// single; `None` for words like なし.
pub fn text(raw: &str) -> Option<String> {
    let spaced = single_spaced(raw);
    if is_nothing(&spaced) { None } else { Some(spaced) }
}

/// A name in one line: unlike [`text`] it may be `なし`.
pub fn name(raw: &str) -> Option<String> {
    let spaced = single_spaced(raw).replace('\n', " ");
    if spaced.is_empty() { None } else { Some(spaced) }
}

/// An address in one line, with digits, Latin letters and brackets in half width.
pub fn address(raw: &str) -> Option<String> {
    let spaced: String = text(raw)?.nfkc().collect();
    Some(spaced.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A web address of `http` or `https`. A missing scheme is completed, and the plain typing errors of one are mended;
/// `Err`: another text, which the caller reports.
pub fn url(raw: &str) -> Result<Option<String>, ()> {
    let Some(text) = text(raw) else { return Ok(None) };
    let text: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    let (scheme, rest) = scheme(&text);
    if matches!(rest.trim_end_matches(['.', '/']), "" | "www" | "http:" | "https:") {
        return Ok(None);
    }
    let has_scheme = rest.len() < text.len();
    // Two addresses in one cell, with nothing between them.
    let is_one = !rest.contains("http:") && !rest.contains("https:");
    if is_host(rest, has_scheme) && is_one && rest.is_ascii() && !rest.contains(['"', '<', '>']) {
        return Ok(Some(format!("{scheme}{rest}")));
    }
    Err(())
}

/// Top-level domains that make a text without `www.` and scheme a web address; 3.5 or 山田.内科 is none.
const TOP_LEVEL_DOMAINS: [&str; 16] = [
    "jp", "com", "net", "org", "info", "biz", "coop", "tokyo", "osaka", "kyoto", "nagoya", "yokohama",
    "okinawa", "site", "shop", "clinic",
];

/// Whether an address begins with the name of a server. Without a scheme it must end in a well-known domain or begin with
/// `www.`: 0235.00.0000 is a phone number.
fn is_host(address: &str, has_scheme: bool) -> bool {
    let server = address.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = server.split_once(':').unwrap_or((server, "80"));
    let host = host.strip_suffix('.').unwrap_or(host);
    let named = |label: &str| {
        !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
    };
    let top = host.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let is_known = has_scheme || TOP_LEVEL_DOMAINS.contains(&top.as_str()) || host.starts_with("www.");
    is_known && host.contains('.') && host.split('.').all(named) && port.parse::<u16>().is_ok()
}

/// The scheme of a web address and the rest. Mended are `http//`, `http;//`, `http:/`, `ttp://`, `htp://`, `hhttp://` and a
/// doubled scheme; an address without one gets `http://`, which every server knows.
fn scheme(text: &str) -> (&'static str, &str) {
    let mut scheme = "http://";
    let mut rest = text;
    while let Some(at) = rest.find("//").or_else(|| rest.find(":/")).filter(|at| *at <= 8) {
        let written =
            rest.get(..at).unwrap_or_default().trim_end_matches([':', ';', '.']).to_ascii_lowercase();
        let known = match written.as_str() {
            "http" | "ttp" | "htp" | "htttp" | "hhttp" | "htpp" | "" => "http://",
            "https" | "ttps" | "htps" | "htttps" | "hhttps" | "htpps" => "https://",
            _ => break,
        };
        scheme = known;
        rest = rest.get(at..).unwrap_or_default().trim_start_matches([':', '/']);
    }
    (scheme, rest)
}

/// A note with one more line.
pub fn with_line(note: Option<String>, line: Option<String>) -> Option<String> {
    match (note, line) {
        (Some(note), Some(line)) => Some(format!("{note}\n{line}")),
        (note, line) => note.or(line),
    }
}

/// A number of persons or beds below 100,000; forms write `0` where the
/// question does not apply, so it is `None`.
pub fn count(raw: &str) -> Result<Option<i32>, ()> {
    let digits: String = raw.trim().nfkc().filter(|c| !matches!(c, ',' | ' ')).collect();
    let digits = digits.trim_end_matches(['人', '名', '床']);
    match digits {
        "" | "0" | "-" => Ok(None),
        _ => digits
            .parse::<i32>()
            .map_err(|_| ())
            .and_then(|n| if (1..100_000).contains(&n) { Ok(Some(n)) } else { Err(()) }),
    }
}

/// Whether an office meets a standard: with 通常の指定 it does, with 共生型 or 基準該当 it does not.
pub fn meets_standard(raw: &str) -> Option<bool> {
    match raw.trim() {
        "通常の指定" | "1" | "あり" => Some(true),
        "共生型" | "基準該当" | "なし" | "0" => Some(false),
        _ => None,
    }
}

/// A flag of a form; a blank or any other text is unknown.
pub fn flag(raw: &str) -> Option<bool> {
    match raw.trim() {
        "1" | "１" | "○" | "あり" | "有" | "はい" => Some(true),
        "0" | "０" | "×" | "なし" | "無" | "いいえ" => Some(false),
        _ => None,
    }
}

/// The day in a file name: `20250601`, `2025-06-01`, `2025_06_01`, `令和7年6月1日`.
pub fn date_in_name(name: &str) -> Option<NaiveDate> {
    if let Some(day) = reiwa(name) {
        return Some(day);
    }
    let digits: Vec<(usize, char)> = name.char_indices().filter(|(_, c)| c.is_ascii_digit()).collect();
    digits.windows(8).find_map(|window| {
        let (start, end) = (window.first()?.0, window.last()?.0);
        let between = name.get(start..=end)?;
        let plain: String = between.chars().filter(char::is_ascii_digit).collect();
        let joined = between.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '_' | '.'));
        let bounded = !name[..start].ends_with(|c: char| c.is_ascii_digit())
            && !name[end + 1..].starts_with(|c: char| c.is_ascii_digit());
        let date = NaiveDate::parse_from_str(&plain, "%Y%m%d").ok()?;
        (joined && bounded && (2000..2100).contains(&chrono::Datelike::year(&date))).then_some(date)
    })
}

fn reiwa(name: &str) -> Option<NaiveDate> {
    let plain: String = name.nfkc().collect();
    let (_, after) = plain.split_once("令和")?;
    let (year, after) = after.split_once('年')?;
    let (month, after) = after.split_once('月')?;
    let (day, _) = after.split_once('日')?;
    let year: i32 = if year == "元" { 1 } else { year.parse().ok()? };
    NaiveDate::from_ymd_opt(2018 + year, month.parse().ok()?, day.parse().ok()?)
}

fn single_spaced(raw: &str) -> String {
    let broken = raw.replace("（改行）", "\n").replace("(改行)", "\n");
    let lines = broken.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn is_nothing(text: &str) -> bool {
    matches!(
        text,
        "" | "なし" | "無し" | "無" | "特になし" | "特に無し" | "特になし。" | "なし。" | "該当なし"
    ) || text.chars().all(|c| {
        matches!(c, '-' | '－' | 'ー' | '―' | '‐' | '−' | '—' | '・' | '.' | '、' | '。' | '*' | '/' | '／')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_mean_nothing_are_nothing() {
        for raw in ["", " ", "なし", "特になし", "-", "ー", "－－"] {
            assert_eq!(text(raw), None, "{raw}");
        }
        assert_eq!(
            text("１２月３０日午後（改行）１２月３１日"),
            Some("１２月３０日午後\n１２月３１日".into())
        );
        assert_eq!(name("なし"), Some("なし".into()));
    }

    #[test]
    fn web_addresses_are_completed_and_mended() {
        for (raw, expected) in [
            ("http://www.example.jp/a?b=c", "http://www.example.jp/a?b=c"),
            ("www.example.jp", "http://www.example.jp"),
            ("example.jp/見本", ""),
            ("ｈｔｔｐｓ：／／example.jp/", "https://example.jp/"),
            ("http//example.jp", "http://example.jp"),
            ("http:/example.jp", "http://example.jp"),
            ("ttps://example.jp", "https://example.jp"),
            ("https;//example.jp", "https://example.jp"),
            ("http://https://example.jp", "https://example.jp"),
            ("http://example.jp//a", "http://example.jp//a"),
            ("mail@example.jp", ""),
            ("ftp://example.jp", ""),
            ("検索：見本苑", ""),
            ("0235.00.0000", ""),
            ("example.jp/a", "http://example.jp/a"),
            ("山.内科", ""),
            ("a.b", ""),
            ("http://192.0.2.1:8080/a", "http://192.0.2.1:8080/a"),
            ("http://example.jp:x/", ""),
            ("http://example.jphttp://example.com", ""),
        ] {
            let expected = Some(expected).filter(|text| !text.is_empty()).map(str::to_owned).ok_or(());
            assert_eq!(url(raw), expected.map(Some), "{raw}");
        }
        assert_eq!(url("なし"), Ok(None));
    }

    #[test]
    fn an_address_is_in_half_width() {
        assert_eq!(address("鶴岡市泉町４－２０　１階"), Some("鶴岡市泉町4-20 1階".into()));
    }

    #[test]
    fn the_words_for_a_standard_are_understood() {
        assert_eq!(meets_standard("通常の指定"), Some(true));
        assert_eq!(meets_standard("共生型"), Some(false));
        assert_eq!(meets_standard(""), None);
    }

    #[test]
    fn zero_is_filler_and_words_are_not_numbers() {
        assert_eq!(count("0"), Ok(None));
        assert_eq!(count("２９人"), Ok(Some(29)));
        assert_eq!(count("若干名"), Err(()));
    }

    #[test]
    fn days_are_found_in_file_names() {
        let day = NaiveDate::from_ymd_opt(2025, 6, 1);
        assert_eq!(date_in_name("510_tokuyou_20250601.csv"), day);
        assert_eq!(date_in_name("medical-yamagata-2025-06-01.csv"), day);
        assert_eq!(date_in_name("医療機関一覧（令和7年6月1日時点）.csv"), day);
        assert_eq!(date_in_name("令和7年度公民館一覧.csv"), None);
        assert_eq!(date_in_name("jigyosho_120.csv"), None);
        assert_eq!(date_in_name("N03-21_06_210101.json"), None);
    }

    #[test]
    fn only_addresses_a_browser_opens_are_web_addresses() {
        assert_eq!(url("http://www.fukujukai.jp/"), Ok(Some("http://www.fukujukai.jp/".into())));
        assert_eq!(url("なし"), Ok(None));
        assert_eq!(url("javascript:alert(1)"), Err(()));
        for empty in ["http://", "https://", "http://www.", "www", "http://www/"] {
            assert_eq!(url(empty), Ok(None), "{empty} is a cell that was not filled in");
        }
    }
}
