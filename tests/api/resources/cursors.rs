//! Page arguments and cursors that make no sense.

use super::support::{filled, refused, refused_with};
use crate::support::App;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use yui::pagination::{Cursor, Key};

const NEAR: &str = "near: { latitude: 38.73, longitude: 139.83, withinMeters: 50000 }";

/// The cursor of the second row of a list.
async fn cursor(app: &App, list: &str) -> String {
    let query = format!("{{ resources({list} first: 2) {{ edges {{ cursor }} }} }}");
    let data = app.as_anonymous().data(&query).await;
    data["resources"]["edges"][1]["cursor"].as_str().expect("a second row").to_owned()
}

async fn refused_page(app: &App, arguments: &str) -> String {
    refused(app, &format!("{{ resources({arguments}) {{ nodes {{ id }} }} }}")).await
}

#[actix_web::test]
async fn page_arguments_that_make_no_sense_are_refused() {
    let app = filled().await;
    let at = cursor(&app, "").await;
    for (arguments, field) in [
        ("first: -1".to_owned(), "first"),
        ("first: 101".to_owned(), "first"),
        ("first: 100000".to_owned(), "first"),
        ("last: -1".to_owned(), "last"),
        ("last: 101".to_owned(), "last"),
        ("first: 1, last: 1".to_owned(), "first"),
        (format!("after: \"{at}\", before: \"{at}\""), "after"),
        (format!("first: 1, before: \"{at}\""), "before"),
        (format!("last: 1, after: \"{at}\""), "after"),
    ] {
        assert_eq!(refused_page(&app, &arguments).await, field, "{arguments}");
    }
}

#[actix_web::test]
async fn every_list_refuses_them_and_whatever_is_asked_of_it() {
    let app = filled().await;
    for field in ["resources", "careFacilities", "medicalFacilities"] {
        for rest in ["totalCount", "facets { kinds { count } }", "pageInfo { hasNextPage }", "__typename"] {
            let query = format!("{{ {field}(first: -1) {{ {rest} }} }}");
            assert_eq!(refused(&app, &query).await, "first", "{query}");
        }
    }
}

#[actix_web::test]
async fn a_cursor_of_another_order_is_refused() {
    let app = filled().await;
    let lists = ["", "orderBy: NAME", "orderBy: RECENTLY_VERIFIED", NEAR, "text: \"見本\""];
    for from in lists {
        let cursor = cursor(&app, from).await;
        for to in lists.into_iter().filter(|to| *to != from) {
            assert_eq!(
                refused_page(&app, &format!("{to} after: \"{cursor}\"")).await,
                "after",
                "{from} {to}"
            );
            assert_eq!(refused_page(&app, &format!("{to} before: \"{cursor}\"")).await, "before");
        }
    }
}

#[actix_web::test]
async fn a_cursor_of_another_search_is_refused() {
    let app = filled().await;
    let of_text = cursor(&app, "text: \"見本\"").await;
    for text in ["鶴岡", "見本 鶴岡", "見"] {
        assert_eq!(refused_page(&app, &format!("text: \"{text}\" after: \"{of_text}\"")).await, "after");
    }
    let elsewhere = NEAR.replace("139.83", "139.84");
    let of_place = cursor(&app, NEAR).await;
    assert_eq!(refused_page(&app, &format!("{elsewhere} after: \"{of_place}\"")).await, "after");
}

#[actix_web::test]
async fn a_cursor_fits_every_spelling_of_its_search() {
    let app = filled().await;
    let cursor = cursor(&app, "text: \"みほん\"").await;
    let list =
        |text: &str| format!("{{ resources(text: \"{text}\" after: \"{cursor}\") {{ nodes {{ id }} }} }}");
    let first = app.as_anonymous().data(&list("みほん")).await;
    assert_eq!(app.as_anonymous().data(&list("　ミホン ")).await, first);
}

#[actix_web::test]
async fn a_cursor_with_any_character_changed_is_refused() {
    let app = filled().await;
    for list in ["", "orderBy: NAME", NEAR] {
        let cursor = cursor(&app, list).await;
        for n in 0..cursor.len() {
            let mut tampered: Vec<char> = cursor.chars().collect();
            tampered[n] = if tampered[n] == 'A' { 'B' } else { 'A' };
            let tampered: String = tampered.into_iter().collect();
            assert_eq!(refused_page(&app, &format!("{list} after: \"{tampered}\"")).await, "after", "{n}");
        }
    }
}

#[actix_web::test]
async fn what_was_never_a_cursor_is_refused() {
    let app = filled().await;
    let at = cursor(&app, "").await;
    let (cut, doubled, long) = (&at[..at.len() - 2], at.repeat(2), "A".repeat(10_000));
    for text in ["", " ", "0", "null", "見本", "YXJyYXljb25uZWN0aW9uOjA=", "\0", cut, &doubled, &long] {
        let query = "query($at: String) { resources(after: $at) { nodes { id } } }";
        assert_eq!(refused_with(&app, query, json!({ "at": text })).await, "after", "{text}");
    }
}

/// The check value of a cursor guards against accidents, not attacks: clients can forge cursors with any
/// content.
#[actix_web::test]
async fn a_forged_cursor_never_reaches_the_database() {
    let app = filled().await;
    for (list, key) in [
        ("", Key::Text("x".into())),
        ("text: \"見本\"", Key::Number(1.0)),
        ("orderBy: NAME", Key::None),
        ("orderBy: NAME", Key::Number(1.0)),
        ("orderBy: NAME", Key::Text("\0".into())),
        ("orderBy: RECENTLY_VERIFIED", Key::None),
        ("orderBy: RECENTLY_VERIFIED", Key::Text("yesterday".into())),
        ("orderBy: RECENTLY_VERIFIED", Key::Text("2026-02-30".into())),
        (NEAR, Key::None),
        (NEAR, Key::Text("1".into())),
        (NEAR, Key::Number(f64::NAN)),
    ] {
        let forged = forge(&cursor(&app, list).await, |at| Cursor { key: key.clone(), ..at });
        assert_eq!(
            refused_page(&app, &format!("{list} after: \"{forged}\"")).await,
            "after",
            "{list} {key:?}"
        );
    }
    let forged = forge(&cursor(&app, "").await, |at| Cursor { segment: 7, ..at });
    assert_eq!(refused_page(&app, &format!("after: \"{forged}\"")).await, "after");
}

#[actix_web::test]
async fn a_row_that_is_gone_still_marks_its_place() {
    let app = filled().await;
    let at = cursor(&app, "").await;
    for (id, count) in [(i64::MIN, 14), (0, 14), (i64::MAX, 0)] {
        let forged = forge(&at, |at| Cursor { id, ..at });
        let query = format!("{{ resources(after: \"{forged}\") {{ nodes {{ id }} }} }}");
        let data = app.as_anonymous().data(&query).await;
        assert_eq!(data["resources"]["nodes"].as_array().map(Vec::len), Some(count), "{id}");
    }
}

/// Another cursor of the same list.
fn forge(cursor: &str, change: impl FnOnce(Cursor) -> Cursor) -> String {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).expect("base64");
    let list = u32::from_be_bytes(bytes[2..6].try_into().expect("four bytes"));
    let id = i64::from_be_bytes(bytes[6..14].try_into().expect("eight bytes"));
    change(Cursor { segment: bytes[1], key: Key::None, id }).encode(list)
}
