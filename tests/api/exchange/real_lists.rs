//! The lists of children's cafeterias and the medical hours as published, where they are at hand; small
//! files of the same columns otherwise. `YUI_DATA_DIR` names the folder, as in `real_data`.

use super::support::{HOSPITAL, Row, csv, of};
use crate::support::App;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Every file below some folders: its name and its text.
fn files() -> (Vec<(String, String)>, bool) {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let folder = std::env::var_os("YUI_DATA_DIR").map_or(beside, PathBuf::from);
    let folders = ["kodomo-shokudo-tokyo", "iryo-kochi-excerpt"].map(|inner| folder.join(inner));
    if !folders.iter().all(|folder| folder.is_dir()) {
        println!("note: there is no {}; small files stand in for the real ones", folder.display());
        return (made_up(), false);
    }
    let entries = folders.iter().flat_map(|folder| std::fs::read_dir(folder).expect("a folder"));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let read = |path: PathBuf| {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        (name, std::fs::read_to_string(path).expect("a text"))
    };
    (paths.into_iter().map(read).collect(), true)
}

fn made_up() -> Vec<(String, String)> {
    let cafeteria = Row::cafeteria("1", "見本こども食堂")
        .with("開催日", "毎月第三水曜日")
        .with("電話番号1", "090-1234-5678")
        .with("メールアドレス1", "mihon@example.com");
    let hours = Row::hours(HOSPITAL, "内科", "1").with("月_診療開始時間", "09:00");
    let files = [
        ("062031_kodomosyokudo.csv", csv(&[cafeteria])),
        ("02-1_clinic_facility_info.csv", csv(&[Row::medical(HOSPITAL)])),
        ("02-2_clinic_hours.csv", csv(&[hours.with("月_診療終了時間", "12:00")])),
    ];
    files.map(|(name, text)| (name.to_owned(), text)).to_vec()
}

async fn pages(app: &App, query: &str, root: &str) -> Vec<Value> {
    let (mut found, mut after) = (Vec::new(), Value::Null);
    loop {
        let mut data = app.as_anonymous().data_with(query, json!({ "after": after })).await;
        let mut page = data[root].take();
        found.append(page["nodes"].as_array_mut().expect("a list"));
        if page["pageInfo"]["hasNextPage"] == false {
            return found;
        }
        after = page["pageInfo"]["endCursor"].take();
    }
}

#[actix_web::test]
async fn published_lists_are_taken_whole_and_keep_private_what_is_private() {
    let (app, (files, are_real)) = (App::start().await, files());
    let mut read = 0;
    for (name, text) in &files {
        let report = app.import_with(name, text, &of(6, 1)).await;
        assert_eq!(report.rejected, [], "{name}");
        read += report.read;
    }
    assert_eq!(read, if are_real { 589 + 58 } else { 3 });
    let gatherings = pages(
        &app,
        "query($after: String) { gatheringPlaces(first: 20, after: $after) {
            pageInfo { hasNextPage endCursor }
            nodes { name note description reservationNote eligibility { text } contacts { label tel email }
                fees { text note } schedules { rawText computable } } } }",
        "gatheringPlaces",
    )
    .await;
    let computable = |node: &Value| {
        let schedules = node["schedules"].as_array().expect("a list");
        schedules.iter().filter(|schedule| schedule["computable"] == true).count()
    };
    let dated: usize = gatherings.iter().map(computable).sum();
    assert_eq!((gatherings.len(), dated), if are_real { (580, 102) } else { (1, 1) });
    let shown = Value::from(gatherings).to_string();
    for secret in ["mihon@", "withheld@", ".ne.jp", "090-", "080-", "070-", "03-3957-4270"] {
        let told = shown.match_indices(secret).next().map(|(at, _)| at);
        assert_eq!(told, None, "{secret}");
    }
}

#[actix_web::test]
async fn a_second_time_changes_nothing() {
    let (app, (files, _)) = (App::start().await, files());
    for (name, text) in &files {
        app.import_with(name, text, &of(6, 1)).await;
    }
    for (name, text) in &files {
        let report = app.import_with(name, text, &of(6, 1)).await;
        assert_eq!((report.created, report.updated, report.written), (0, 0, false), "{name}");
    }
}
