//! Writes the printed sheet of an institution with so many physicians, each with as much as is ever said of one, for
//! `scripts/paper/print`: `longest_sheet 6 > sheet.html`.

use chrono::NaiveDate;
use japan::clock::JAPAN;
use std::io::Write;
use yui::liaison::print::html::render;
use yui::liaison::print::paper::{Channel, Paper, Physician};

fn main() -> std::io::Result<()> {
    let count = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(6);
    std::io::stdout().write_all(render(&paper(count)).as_bytes())
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

fn paper(count: usize) -> Paper {
    let now = day(2026, 11, 20).and_hms_opt(15, 4, 0).unwrap_or_default();
    Paper {
        institution: "医療法人社団見本会 見本荘内中央病院（架空）".to_owned(),
        address: Some("山形県鶴岡市見本町二丁目34番56号".to_owned()),
        lines: [
            "地域医療連携室　電話 0235-00-1234（内線2345）　FAX 0235-00-1235　メール renkei@mihon-hospital.example.jp",
            "外来受付　電話 0235-00-1230（内線100）　FAX 0235-00-1231",
        ]
        .map(str::to_owned)
        .to_vec(),
        version: 12,
        as_of: day(2025, 10, 1),
        issued_on: day(2025, 10, 15),
        review_due_on: day(2026, 10, 1),
        review: "要確認",
        warnings: vec!["見直しの期限を過ぎています。内容が変わっていないか確かめてください。"],
        issuer: "見本地区医師会 地域医療連携室".to_owned(),
        physicians: (1..=count).map(physician).collect(),
        cautions: [
            "生活保護受給の有無",
            "本人に告知していない病名",
            "本人・家族の同意を得ていない個人情報",
            "マイナンバー",
        ]
        .map(str::to_owned)
        .to_vec(),
        remarks: vec![
            ("文書料", "主治医意見書以外の文書は1通3,300円（税込）。居宅療養管理指導の対象者は無料。".to_owned()),
            ("備考", "年末年始（12月29日〜1月3日）とお盆（8月13日〜15日）は連携室も休みです。".to_owned()),
        ],
        reader: "社会福祉法人見本福祉会 見本居宅介護支援事業所（MIHON-KYOTAKU-001）".to_owned(),
        printed_at: now.and_local_timezone(JAPAN).earliest().unwrap_or_default().fixed_offset(),
    }
}

fn physician(number: usize) -> Physician {
    let channel = |name, target: &str, purposes: &str, times: &str, note: &str| Channel {
        name,
        target: target.to_owned(),
        purposes: Some(purposes.to_owned()).filter(|text| !text.is_empty()),
        times: Some(times.to_owned()).filter(|text| !text.is_empty()),
        note: Some(note.to_owned()).filter(|text| !text.is_empty()),
    };
    Physician {
        name: format!("見本 第{number}太郎"),
        about: ["ミホン ダイタロウ", "内科・循環器内科・糖尿病内科", "副院長・地域連携室長"]
            .map(str::to_owned)
            .to_vec(),
        channels: vec![
            channel(
                "連携室・相談員経由",
                "0235-00-1234（内線2345）",
                "〔初回・照会・相談・入退院調整〕",
                "月〜金曜 9:00〜16:30（祝日・年末年始は休み）",
                "",
            ),
            channel(
                "電話",
                "0235-00-1230（内線7812）",
                "〔照会・相談・服薬〕",
                "火曜・木曜 12:30〜13:00（祝日は休み）",
                "※名前と用件を先に伝える",
            ),
            channel(
                "FAX",
                "0235-00-1235",
                "〔意見書・書類・担当者会議〕",
                "毎日 終日",
                "※返信は翌診療日の夕方まで",
            ),
            channel("受診同行", "医療機関の連絡先", "", "", "※前日までに外来へ連絡"),
        ],
        facts: [
            ("勤務", "月曜・火曜・木曜・金曜 8:30〜17:15（祝日・年末年始は休み）"),
            ("相談しやすい時間", "月曜・木曜 13:30〜14:00（祝日・年末年始は休み）"),
            ("避ける時間", "月〜金曜 8:30〜12:00、水曜の午後"),
            ("避ける手段", "メール"),
            ("予約", "必要（3日前まで）"),
            ("窓口", "医療ソーシャルワーカー 見本 花子"),
            ("担当者会議", "条件付き（院内のみ）"),
            ("退院前カンファ", "出席可"),
            ("主治医意見書", "医事課（内線120）"),
            ("在宅", "往診 要相談、訪問診療 可（水曜の午後）、看取り 要相談"),
            ("不在時", "地域医療連携室"),
            ("備考", "受診の前に、最近の血圧・血糖の記録をFAXで送ってください。"),
        ]
        .map(|(label, text)| (label, text.to_owned()))
        .to_vec(),
    }
}
