//! The official files of a real prefecture, where they are present; the fixtures otherwise.
//!
//! `YUI_DATA_DIR` names the folder; the default is `../shared/data` beside the project.

use super::support::{counts, graph_size, stored};
use crate::support::{App, fixtures};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use yui::import::complaint::Language::English;
use yui::import::report::Report;
use yui::import::{ImportOptions, Outcome, import};

/// Every file to import, areas first.
pub struct OfficialFiles {
    pub paths: Vec<PathBuf>,
    pub are_real: bool,
    _folder: Option<TempDir>,
}

impl OfficialFiles {
    pub fn find() -> Self {
        if let Some(folder) = folder() {
            return Self { paths: real(&folder), are_real: true, _folder: None };
        }
        println!("note: there are no real files; the fixtures stand in for them");
        let folder = TempDir::new().expect("a temporary folder");
        let paths = made_up(folder.path());
        Self { paths, are_real: false, _folder: Some(folder) }
    }
}

/// The folder with the real files, where it is at hand.
pub fn folder() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    Some(std::env::var_os("YUI_DATA_DIR").map_or(beside, PathBuf::from)).filter(|folder| folder.is_dir())
}

fn real(folder: &Path) -> Vec<PathBuf> {
    let mut paths = vec![folder.join("geo/N03-21_06_210101.json")];
    for inner in ["geo/addresses-yamagata", "mhlw-kaigo-yamagata", "mhlw-2025-06-01-yamagata"] {
        let entries = std::fs::read_dir(folder.join(inner)).expect("a folder of official files");
        let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
        files.sort();
        paths.extend(files);
    }
    paths.push(folder.join("medical-yamagata-2025-06-01.csv"));
    paths
}

fn made_up(folder: &Path) -> Vec<PathBuf> {
    let write = |(name, text): (&str, &str)| {
        let path = folder.join(name);
        std::fs::write(&path, text).expect("a temporary file");
        path
    };
    let files = [
        (fixtures::TOWNS_FILE, fixtures::towns()),
        (fixtures::BOUNDARIES_FILE, fixtures::boundaries()),
        (fixtures::CARE_FILE, fixtures::care()),
        (fixtures::MEDICAL_LIST_FILE, fixtures::medical_list()),
        (fixtures::HOSPITALS_FILE, fixtures::hospitals()),
        (fixtures::CLINICS_FILE, fixtures::clinics()),
    ];
    files.into_iter().map(write).collect()
}

async fn import_all(app: &App, files: &OfficialFiles) -> Vec<Report> {
    let mut reports = Vec::new();
    for path in &files.paths {
        let outcome = import(
            app.databases(),
            path,
            &ImportOptions::default(),
            crate::support::clock::clock(),
            |_, _| {},
        )
        .await;
        match outcome.expect("no database error") {
            Outcome::Read(report) => reports.push(*report),
            Outcome::Unusable(refusal) => panic!("{refusal:?}"),
        }
    }
    reports
}

#[actix_web::test]
async fn every_official_file_is_taken_whole_and_a_second_time_changes_nothing() {
    let (app, files) = (App::start().await, OfficialFiles::find());
    let reports = import_all(&app, &files).await;
    assert!(reports.iter().all(|report| report.rejected.is_empty()), "{reports:#?}");
    let of = |format| reports.iter().filter(move |r| r.format == format).map(|r| r.read).sum::<u64>();
    let rows = [of("jigyosho"), of("iryo"), of("medical-list"), of("boundaries")];
    // 643 care rows and 174 of an older snapshot, which `data/README.md` counts together with 76 others.
    let expected = if files.are_real { [817, 76, 1_799, 35] } else { [9, 4, 5, 2] };
    assert_eq!(rows, expected);
    let (before, size) = (stored(&app).await, graph_size(&app).await);
    assert!(size > if files.are_real { 2_200 } else { 13 }, "{size}");
    for report in import_all(&app, &files).await {
        let [created, updated, confirmed, unchanged, older, vanished, rejected] = counts(&report);
        assert_eq!([created, updated, confirmed, vanished, rejected], [0; 5], "{}", report.table(English));
        assert!(unchanged + older > 0 && !report.written, "{}", report.table(English));
    }
    assert!(stored(&app).await == before, "the second time wrote something");
}
