//! Lists of care professionals, row by row, and a directory to import them into.

use super::liaison::Liaison;
use super::{App, Client, Person};
use crate::support::clock;
use serde_json::Value;
use yui::import::report::Report;
use yui::import::{ImportOptions, Outcome};

/// Columns of 平時の連絡窓口一覧 that tests fill in.
pub const DESKS: &str = "管理番号,機関名,機関の種類,医療機関番号,事業所番号,組織コード,部署,担当者名,電話,連絡手段,\
    対応時間,避けてほしい時間,不在時の窓口（管理番号）,閲覧範囲,配布先,備考,相談内容\n";
/// Columns of 退院調整担当者一覧 that tests fill in.
pub const COORDINATORS: &str =
    "管理番号,機関名,病棟,入院時情報の送付先,医療機関番号,担当者名,情報時点,有効終了\n";
/// Columns of 受け入れ施設一覧 that tests fill in.
pub const ACCEPTANCES: &str = "施設名,事業所番号,サービス種類,胃ろう,胃ろうの条件,吸引,夜間看護,最大人数,\
    空き状況,空き人数,空きの報告日,閲覧範囲,配布先\n";

/// The short stay, a station, a group home, and rehabilitation, each with its answers.
pub const TAKING: &str = "見本いずみ苑,0670799901,短期入所生活介護,○,,○,あり,2,,,,,\n\
    見本訪問看護ステーションひより,0670799903,訪問看護,○,1日2回まで,△,,,,,,,\n\
    見本の家,0670799904,,○,,,,,,,,,\n\
    見本リハビリ,0670199906,通所リハビリテーション,○,,×,,,,,,,\n";

/// As of today.
pub fn today() -> ImportOptions {
    ImportOptions { as_of: Some(clock::today()), ..ImportOptions::default() }
}

/// A directory with institutions and offices, and an office ENT that is the short stay.
pub async fn directory() -> Liaison {
    let liaison = Liaison::create().await;
    let entity = "組織コード,組織名,事業所番号\nENT,見本いずみ苑,0670799901\n";
    assert_eq!(liaison.app.import("organizations.csv", entity).await.created, 1);
    liaison
}

/// Imports rows that must all be taken.
pub async fn take(app: &App, header: &str, rows: &str) -> Report {
    let report = app.import_with("list.csv", &format!("{header}{rows}"), &today()).await;
    assert!(report.rejected.is_empty(), "{:#?}", report.rejected);
    report
}

/// Imports rows, whether or not the import succeeds.
pub async fn try_take(app: &App, header: &str, rows: &str, options: &ImportOptions) -> Outcome {
    app.try_import("list.csv", format!("{header}{rows}"), options).await
}

/// All viewers of these tests, by name.
pub async fn everybody(liaison: &Liaison) -> Vec<(&'static str, Client<'_>)> {
    let member = |code| liaison.app.as_person(&Person::default().of(code));
    vec![
        ("anonymous", liaison.app.as_anonymous()),
        ("partner", liaison.app.as_partner().await),
        ("coordinator", liaison.app.as_coordinator(&["D01"]).await),
        ("HOME", liaison.care_manager("HOME")),
        ("AWAY", liaison.care_manager("AWAY")),
        ("CLINIC", member("CLINIC")),
        ("ENT", member("ENT")),
        ("admin", liaison.app.as_admin().await),
    ]
}

/// The texts at a place below each of the nodes, in order.
pub fn texts<'v>(nodes: &'v Value, pointer: &str) -> Vec<&'v str> {
    let nodes = nodes.as_array().map(Vec::as_slice).unwrap_or_default();
    nodes.iter().map(|node| node.pointer(pointer).and_then(Value::as_str).unwrap_or("-")).collect()
}
