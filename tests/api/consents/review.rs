//! `yui review`: withheld text and its release.

use super::support::*;
use super::text::withheld;
use crate::support::App;
use std::process::{Command, Stdio};
use tempfile::TempDir;
use yui::import::review::{self, Release, Withheld};

const NOTE: &str = "受付番号は090-0000-0007です";

async fn with_note() -> App {
    let app = city().await;
    app.import("places_20260601.csv", &list(&[place()])).await;
    app
}

fn place() -> Vec<(&'static str, &'static str)> {
    let mut place = row("K-1", "見本サロン", "D01");
    place.push(("備考", NOTE));
    place
}

async fn listed(app: &App) -> Vec<Withheld> {
    review::list(app.databases()).await.expect("held texts are read")
}

async fn release(app: &App, held: &Withheld) -> Release {
    let released = review::release(app.databases(), held.id.uuid, &held.field).await;
    released.expect("the database takes it")
}

async fn note(app: &App) -> String {
    let data = app.as_anonymous().data("{ gatheringPlaces { nodes { note } } }").await;
    data["gatheringPlaces"]["nodes"][0]["note"].as_str().unwrap_or("none").to_owned()
}

#[actix_web::test]
async fn a_released_text_is_shown_and_passes_when_a_later_list_brings_it_again() {
    let app = with_note().await;
    let all = listed(&app).await;
    assert_eq!(all.len(), 1);
    assert_eq!(
        (all[0].name.as_str(), all[0].field.as_str(), all[0].text.as_str()),
        ("見本サロン", "note", NOTE)
    );
    assert_eq!(note(&app).await, "none");
    assert_eq!(release(&app, &all[0]).await, Release::Done);
    assert_eq!(note(&app).await, NOTE);
    assert_eq!(release(&app, &all[0]).await, Release::NothingThere);
    app.import("places_20260701.csv", &list(&[place()])).await;
    assert_eq!((note(&app).await.as_str(), listed(&app).await), (NOTE, vec![]));
    let mut changed = row("K-1", "見本サロン", "D01");
    changed.push(("備考", "電話は090-0000-0007です"));
    app.import("places_20260702.csv", &list(&[changed])).await;
    assert_eq!(note(&app).await, "none");
    let entries = audit(&app, &id_of(&app, "見本サロン").await).await;
    assert_eq!(entries.len(), 1);
    assert!(entries[0].action == "releaseText" && entries[0].subject.starts_with("command-line:"));
}

#[actix_web::test]
async fn a_withdrawal_asks_for_another_look_at_what_was_released() {
    let app = with_note().await;
    release(&app, &listed(&app).await[0]).await;
    let mut other = row("K-2", "見本第二サロン", "D01");
    other.extend([("代表者名", "見本 花子"), ("代表者電話", "090-0000-0007")]);
    app.import("places_20260602.csv", &list(&[place(), other])).await;
    let mut input = consent(&id_of(&app, "見本第二サロン").await, "PARTNER");
    input["tel"] = serde_json::json!("090-0000-0007");
    let line = recorded(&admin(&app), input).await;
    assert_eq!(note(&app).await, NOTE);
    withdraw(&admin(&app), &line).await;
    assert_eq!(note(&app).await, "none");
    assert_eq!(withheld(&app, "見本サロン").await, [("note".to_owned(), "WITHDRAWN".to_owned())]);
    release(&app, &listed(&app).await[0]).await;
    assert_eq!(note(&app).await, NOTE);
}

#[actix_web::test]
async fn facilities_of_national_lists_are_derived_anew_too() {
    let app = App::start().await;
    let care = "事業所名,サービスの種類,住所,緯度,経度,事業所番号,備考\n\
                見本苑,介護老人福祉施設,山形県鶴岡市泉町1,38.72,139.82,0670199001,\n\
                見本分館,通所介護,山形県鶴岡市本町1,38.82,139.92,0670199001,連絡は090-0000-0007\n";
    app.import("jigyosho_20260601.csv", care).await;
    let all = listed(&app).await;
    assert_eq!((all.len(), all[0].field.as_str()), (1, "services[0].note"));
    assert_eq!(release(&app, &all[0]).await, Release::Done);
    let data =
        app.as_anonymous().data("{ careFacilities(text: \"分館\") { nodes { services { note } } } }").await;
    assert_eq!(data["careFacilities"]["nodes"][0]["services"][0]["note"], "連絡は090-0000-0007");
}

#[test]
fn the_command_lists_and_releases() {
    let folder = TempDir::new().expect("a temporary folder");
    let file = folder.path().join("places_20260601.csv");
    std::fs::write(&file, list(&[place()])).expect("a temporary file");
    let yui = |arguments: &[&str]| {
        let mut yui = Command::new(env!("CARGO_BIN_EXE_yui"));
        yui.env_remove("DATABASE_URL").env_remove("YUI_LOG").current_dir(folder.path()).stdin(Stdio::null());
        let output = yui.args(arguments).output().expect("the program starts");
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        (output.status.code(), format!("{out}{err}"))
    };
    let (status, told) = yui(&["review"]);
    assert!(status == Some(2) && told.contains("There is no database"), "{told}");
    assert_eq!(yui(&["migrate"]).0, Some(0));
    assert_eq!(yui(&["review"]), (Some(0), "Nothing is withheld.\n".to_owned()));
    let (status, report) = yui(&["import", "auto", "--language", "en", "places_20260601.csv"]);
    assert!(status == Some(0) && report.contains("see 'yui review'"), "{report}");
    let (_, listed) = yui(&["review"]);
    assert!(listed.contains(NOTE) && listed.contains("個人の電話番号らしい記載があるため"), "{listed}");
    let id = listed.split("  ").nth(1).expect("an id");
    assert_eq!(yui(&["review", "release", id, "alias"]).0, Some(1));
    let released = (Some(0), "Released: it is shown again.\n".to_owned());
    assert_eq!(yui(&["review", "release", id, "note"]), released);
    assert_eq!(yui(&["review"]).1, "Nothing is withheld.\n");
}
