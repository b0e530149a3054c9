//! Containers of a table: encodings, byte order marks, tabs, compression.

use super::support::{OFFICE, Row, columns, csv, graph, table};
use crate::support::App;
use encoding_rs::SHIFT_JIS;
use flate2::{Compression, write::GzEncoder};
use lzma_rust2::{XzOptions, XzWriter};
use serde_json::Value;
use std::io::Write;
use yui::import::{ImportOptions, Outcome};

const FILE: &str = "jigyosho_20260601.csv";

fn rows() -> Vec<Row> {
    let corporation = "社会福祉法人髙橋①会";
    vec![
        Row::care(OFFICE, "通所介護").with("備考", "見本、\nその二").with("法人の名称", corporation),
        Row::care("0670799902", "訪問看護").with("備考", "\"引用\"").with("法人の名称", corporation),
    ]
}

/// Imports bytes into an empty database: the encoding they were read in, and the graph afterwards.
async fn taken(name: &str, bytes: &[u8]) -> (&'static str, Vec<Value>) {
    let app = App::start().await;
    let report = match app.try_import(name, bytes, &ImportOptions::default()).await {
        Outcome::Read(report) => report,
        Outcome::Unusable(refusal) => panic!("{refusal:?}"),
    };
    assert_eq!((report.format, report.created, report.rejected.len()), ("jigyosho", 2, 0), "{name}");
    assert_eq!(report.as_of.as_deref(), Some("2026-06-01"), "{name}");
    (report.encoding, graph(&app).await)
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::default());
    writer.write_all(bytes).expect("memory takes everything");
    writer.finish().expect("memory takes everything")
}

fn xz(bytes: &[u8]) -> Vec<u8> {
    let mut writer = XzWriter::new(Vec::new(), XzOptions::with_preset(1)).expect("a known preset");
    writer.write_all(bytes).expect("memory takes everything");
    writer.finish().expect("memory takes everything")
}

fn marked(marks: usize) -> Vec<u8> {
    ("\u{feff}".repeat(marks) + &csv(&rows())).into_bytes()
}

fn cp932(text: &str) -> Vec<u8> {
    let (bytes, _, lost) = SHIFT_JIS.encode(text);
    assert!(!lost, "every letter of the sample is in CP932");
    bytes.into_owned()
}

#[actix_web::test]
async fn the_same_table_is_read_from_any_wrapping() {
    let (rows, plain) = (rows(), csv(&rows()));
    let (_, expected) = taken(FILE, plain.as_bytes()).await;
    assert_eq!(expected[0]["organization"]["name"], "社会福祉法人髙橋①会");
    for (name, bytes, encoding) in [
        (FILE, marked(1), "UTF-8"),
        (FILE, marked(2), "UTF-8"),
        (FILE, table(&rows, "\t", columns(&rows)).into_bytes(), "UTF-8"),
        (FILE, plain.replace('\n', "\r\n").into_bytes(), "UTF-8"),
        (FILE, cp932(&plain), "CP932"),
        (FILE, cp932(&table(&rows, "\t", columns(&rows))), "CP932"),
        ("jigyosho_20260601.csv.gz", gz(&marked(1)), "UTF-8"),
        ("jigyosho_20260601.csv.xz", xz(&marked(2)), "UTF-8"),
        ("jigyosho_20260601.csv.xz", xz(&cp932(&plain)), "CP932"),
        // The content of a file decides its format, not its name.
        (FILE, gz(plain.as_bytes()), "UTF-8"),
    ] {
        let (read_as, graph) = taken(name, &bytes).await;
        assert_eq!(read_as, encoding);
        assert_eq!(graph, expected, "{name} of {} bytes", bytes.len());
    }
}

#[actix_web::test]
async fn members_of_a_compressed_file_are_one_file() {
    let text = csv(&rows());
    let (first, second) = text.split_at(text.find("苑,訪問看護").expect("the middle of a row"));
    for pack in [gz, xz] {
        let parts = [pack(first.as_bytes()), pack(second.as_bytes())].concat();
        taken(FILE, &parts).await;
    }
}

#[actix_web::test]
async fn a_compressed_file_that_was_cut_off_is_unusable() {
    let app = App::start().await;
    for whole in [gz(&marked(0)), xz(&marked(0))] {
        let cut = &whole[..whole.len() / 2];
        let outcome = app.try_import(FILE, cut, &ImportOptions::default()).await;
        let reason = super::support::unusable(outcome);
        assert!(reason.contains("compressed file is damaged"), "{reason}");
    }
    assert!(graph(&app).await.is_empty());
}
