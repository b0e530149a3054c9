//! Files that are no tables, or hardly: each gets a clear answer and leaves nothing behind.

use super::support::{HOSPITAL, OFFICE, Row, counts, csv, graph, only, stored, unusable};
use crate::support::{App, fixtures};
use yui::import::complaint::Language::English;
use yui::import::complaint::{Complaint, Flaw};
use yui::import::{ImportOptions, Outcome, import};

const HEADER: &str = "事業所名,サービスの種類,住所,事業所番号,備考\n";
const GOOD: &str = "見本苑,通所介護,山形県鶴岡市泉町10-1,0670799901,";

async fn refused(file: &str, content: impl AsRef<[u8]>) -> String {
    let app = App::start().await;
    let reason = unusable(app.try_import(file, content, &ImportOptions::default()).await);
    assert!(stored(&app).await.is_empty(), "{file}");
    reason
}

#[actix_web::test]
async fn what_is_no_table_is_refused_in_words() {
    let random: Vec<u8> = (0..4000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let utf16: Vec<u8> = HEADER.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let old_excel = [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..], &[0; 600]].concat();
    let endless = [HEADER.as_bytes(), &b"a".repeat(2 << 20)].concat();
    for (file, content, said) in [
        ("picture.csv", random, "not a text file"),
        ("utf16.csv", utf16, "a header but no rows"),
        ("old.csv", old_excel, "old Excel file"),
        (
            "latin.csv",
            "caf\u{e9} ".repeat(50).chars().map(|c| c as u8).collect(),
            "not text in UTF-8 or CP932",
        ),
        ("empty.csv", Vec::new(), "is empty"),
        ("blank.csv", b"\xef\xbb\xbf \r\n\r\n".to_vec(), "is empty"),
        ("header.csv", HEADER.into(), "a header but no rows"),
        ("sheet.xlsx", b"PK\x03\x04\x14\x00\x06\x00".to_vec(), "ZIP or Excel"),
        ("files.zip", b"PK\x03\x04\x0a\x00".to_vec(), "ZIP or Excel"),
        ("endless.csv", endless, "line 2 is longer than 1 MiB"),
        ("damaged.gz", b"\x1f\x8b\x08\x00damaged".to_vec(), "compressed file is damaged"),
    ] {
        let reason = refused(file, content).await;
        assert!(reason.contains(said), "{reason}");
    }
}

#[actix_web::test]
async fn a_folder_is_refused_with_a_way_out() {
    let app = App::start().await;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let options = ImportOptions::default();
    let outcome = import(app.databases(), folder.path(), &options, crate::support::clock::clock(), |_, _| {})
        .await
        .expect("no database error");
    let reason = unusable(outcome);
    assert!(reason.contains("is a folder") && reason.contains("/*.csv"), "{reason}");
    let nowhere = folder.path().join("nowhere.csv");
    let outcome = import(app.databases(), &nowhere, &options, crate::support::clock::clock(), |_, _| {})
        .await
        .expect("no database error");
    assert!(unusable(outcome).contains("there is no such file"));
}

#[actix_web::test]
async fn an_unknown_header_is_told_the_nearest_format_and_what_it_lacks() {
    let reason = refused("list.csv", "事業所名,サービスの種類,所在,番号\na,b,c,d\n").await;
    assert!(reason.contains("jigyosho") && reason.contains("住所 / 事業所番号"), "{reason}");
    let reason = refused("list.csv", "ID,名称,緯度\n1,a,b\n").await;
    assert!(reason.contains("pharmacy") && reason.contains("lacks the columns: 所在地"), "{reason}");
    let reason = refused("list.csv", "氏名,年齢\n見本,70\n").await;
    assert!(reason.contains("no known format") && reason.contains("氏名 / 年齢"), "{reason}");
}

#[actix_web::test]
async fn json_of_another_kind_is_refused() {
    let page = "<html><body>404 Not Found</body></html>\n";
    for (file, text, said) in [
        ("config.json", r#"{"a": 1}"#, "Known are lists of 町字"),
        ("list.json", "[1, 2, 3]", "Known are lists of 町字"),
        ("鶴岡市.json", r#"[{"town": "泉町", "lat": "north"}]"#, "not a list of {town, koaza, lat, lng}"),
        ("鶴岡市.json", r#"[{"town": "泉町""#, "line 1"),
        ("N03.geojson", r#"{"type": "FeatureCollection"}"#, "no features"),
        ("N03.geojson", r#"{"type": "FeatureCollection", "features": ["#, "not GeoJSON (line 1"),
        ("download.csv", page, "no known format"),
    ] {
        let reason = refused(file, text).await;
        assert!(reason.contains(said), "{reason}");
    }
}

#[actix_web::test]
async fn a_row_with_too_few_or_too_many_columns_is_named() {
    let app = App::start().await;
    let text = format!("{HEADER}見本苑,通所介護\n{GOOD}よい,\n{GOOD}多い,余り\n");
    let report = app.import("jigyosho.csv", &text).await;
    assert_eq!(counts(&report), [1, 0, 0, 0, 0, 0, 2]);
    assert_eq!(report.rejected[0].flaw, Flaw::FewColumns { has: 2, header: 5 });
    assert_eq!(report.rejected[1], Complaint::of_row(4, Flaw::ManyColumns { has: 6, header: 5 }));
}

#[actix_web::test]
async fn bytes_that_mean_nothing_cost_one_row() {
    let other = GOOD.replace("0670799901", "0670799902");
    let good = format!("{GOOD}{}\n", "よい備考".repeat(20));
    for bytes in [&b"\xff\xfe"[..], &b"\x00"[..]] {
        let text = [HEADER.as_bytes(), good.as_bytes(), other.as_bytes(), bytes, b"\n"].concat();
        let padded = [text.as_slice(), format!("{}\n", "\n".repeat(5000)).as_bytes()].concat();
        let late =
            [HEADER.as_bytes(), good.as_bytes(), "\n".repeat(5000).as_bytes(), other.as_bytes(), bytes]
                .concat();
        for content in [padded, late].iter().filter(|c| bytes != b"\x00" || c.ends_with(bytes)) {
            let app = App::start().await;
            let outcome = app.try_import("jigyosho.csv", content, &ImportOptions::default()).await;
            let Outcome::Read(report) = outcome else { panic!("one row is not the whole file") };
            assert_eq!(counts(&report), [1, 0, 0, 0, 0, 0, 1]);
            assert_eq!(report.rejected[0].flaw, Flaw::DamagedText { column: "備考".into() });
        }
    }
}

#[actix_web::test]
async fn a_quotation_mark_that_never_closes_does_not_swallow_rows_in_silence() {
    let rest: String = (2..9).map(|n| format!("見本{n},訪問介護,鶴岡市,067079990{n},\n")).collect();
    for (text, column) in [
        (format!("{HEADER}{GOOD}よい\n{},\"開く\n{rest}", GOOD.replace("901,", "900")), "備考"),
        (format!("{HEADER}{GOOD}よい\n\"見本,訪問介護,鶴岡市,0670799900,\n{rest}"), "事業所名"),
        (format!("{HEADER}{GOOD}よい\n\"見本,{}\n{rest}", "長".repeat(30_000)), "事業所名"),
    ] {
        let app = App::start().await;
        let report = app.import("jigyosho.csv", &text).await;
        assert_eq!((counts(&report), report.rejected[0].line), ([1, 0, 0, 0, 0, 0, 1], 3));
        let reason = format!("a quotation mark opens in column {column} and never closes");
        assert_eq!(report.rejected[0].flaw.say(English), reason);
    }
}

#[actix_web::test]
async fn quotation_marks_within_words_are_only_marks() {
    let app = App::start().await;
    let text = format!("{HEADER}{GOOD}\"上\n下\"\n{}24\" TV\n", GOOD.replace("901", "902"));
    let report = app.import("jigyosho.csv", &text).await;
    assert_eq!(counts(&report), [2, 0, 0, 0, 0, 0, 0], "{:?}", report.rejected);
}

#[actix_web::test]
async fn a_cell_of_any_length_that_is_still_a_cell_is_taken() {
    let app = App::start().await;
    let row = Row::care(OFFICE, "通所介護").with("備考", &"長".repeat(10_000));
    app.import("jigyosho.csv", &csv(&[row])).await;
    let note = only(&app).await["services"][0]["note"].take();
    assert_eq!(note.as_str().map(|n| n.chars().count()), Some(10_000));
}

#[actix_web::test]
async fn a_bad_file_leaves_what_is_there_as_it_is() {
    let app = App::start().await;
    fixtures::import_all(&app).await;
    let (before, answers) = (stored(&app).await, graph(&app).await);
    let bad = [HEADER.as_bytes(), b"\x00\x01\x02"].concat();
    unusable(app.try_import("jigyosho.csv", bad, &ImportOptions::default()).await);
    let rejected = csv(&[Row::medical(HOSPITAL).with("正式名称", "")]);
    assert_eq!(app.import("01-1_20261101.csv", &rejected).await.rejected.len(), 1);
    assert_eq!((stored(&app).await, graph(&app).await), (before, answers));
}
