//! Relay pagination as a property: whatever the order and the page size, the pages are the list.

use super::support::{Office, filled, import_offices, set};
use crate::support::App;
use entity::resource::Column;
use sea_orm::sea_query::Expr;
use serde_json::Value;

const SIZES: [usize; 4] = [1, 2, 3, 7];
const NEAR: &str = "near: { latitude: 38.73, longitude: 139.83, withinMeters: 50000 }";

/// The fixtures, and offices that share a place, a reading, a name and a day of verification.
async fn crowded() -> App {
    let app = filled().await;
    let office = |n: usize, name: &str, kana: &str| Office {
        kana: kana.into(),
        at: Some((38.70 + (n / 3) as f64 / 100.0, 139.80)),
        organization: "社会福祉法人見本会".into(),
        ..Office::named(n, name)
    };
    let names = [
        "見本",
        "見本",
        "見本",
        "見本あ",
        "見本あ",
        "あの見本",
        "その見本",
        "この見本",
        "見本い",
        "どの見本",
    ];
    let kana = ["ミホン", "", "ミホン", "ミホンア", "ミホンア", "", "ソノミホン", "", "", "ドノミホン"];
    import_offices(&app, (0..).zip(names.iter().zip(kana)).map(|(n, (name, kana))| office(n, name, kana)))
        .await;
    let day = |day: &str| Expr::value(day.parse::<chrono::NaiveDate>().expect("a day"));
    set(&app, &["見本荘内病院", "見本歯科医院"], Column::LastVerifiedOn, day("2026-05-01")).await;
    set(&app, &["見本福祉用具", "この見本", "どの見本"], Column::LastVerifiedOn, day("2026-10-01")).await;
    set(&app, &["見本い"], Column::LastVerifiedOn, day("1999-12-31")).await;
    app
}

/// One page: its ids, its first and last cursor, whether there is more before and after it.
struct Page {
    ids: Vec<String>,
    start: Option<String>,
    end: Option<String>,
    more_before: bool,
    more_after: bool,
}

async fn page(app: &App, arguments: &str) -> Page {
    let query = format!(
        "{{ resources({arguments}) {{ nodes {{ id }} edges {{ cursor node {{ id }} }}
            pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }}"
    );
    let list = app.as_anonymous().data(&query).await["resources"].take();
    let ids = super::support::texts(&list["nodes"], "id");
    let edges = list["edges"].as_array().expect("edges");
    assert!(edges.iter().zip(&ids).all(|(edge, id)| edge["node"]["id"] == *id.as_str()), "{list}");
    let cursor =
        |edge: Option<&Value>| edge.map(|edge| edge["cursor"].as_str().expect("a cursor").to_owned());
    let info = &list["pageInfo"];
    let (start, end) = (cursor(edges.first()), cursor(edges.last()));
    assert_eq!(
        (info["startCursor"].as_str(), info["endCursor"].as_str()),
        (start.as_deref(), end.as_deref())
    );
    let more = |field: &str| info[field].as_bool().expect("a flag");
    Page { ids, start, end, more_before: more("hasPreviousPage"), more_after: more("hasNextPage") }
}

/// From the front, page by page.
async fn forward(app: &App, list: &str, size: usize) -> Vec<String> {
    let (mut ids, mut after) = (Vec::new(), String::new());
    loop {
        let page = page(app, &format!("{list} first: {size} {after}")).await;
        assert_eq!(page.more_before, !after.is_empty(), "{list} {size}");
        assert!(page.ids.len() == size || (!page.more_after && !page.ids.is_empty()), "{list} {size}");
        ids.extend(page.ids);
        assert!(ids.len() <= 100, "{list} goes round in circles by {size}");
        if !page.more_after {
            return ids;
        }
        after = format!("after: \"{}\"", page.end.expect("a full page has a last row"));
    }
}

/// From the back, page by page; the answer in list order.
async fn backward(app: &App, list: &str, size: usize) -> Vec<String> {
    let (mut ids, mut before) = (Vec::new(), String::new());
    loop {
        let mut page = page(app, &format!("{list} last: {size} {before}")).await;
        assert_eq!(page.more_after, !before.is_empty(), "{list} {size}");
        assert!(page.ids.len() == size || (!page.more_before && !page.ids.is_empty()), "{list} {size}");
        page.ids.extend(ids);
        ids = page.ids;
        assert!(ids.len() <= 100, "{list} goes round in circles by {size}");
        if !page.more_before {
            return ids;
        }
        before = format!("before: \"{}\"", page.start.expect("a full page has a first row"));
    }
}

async fn pages_are_the_list(list: &str, length: usize) {
    let app = crowded().await;
    let whole = page(&app, &format!("{list} first: 100")).await.ids;
    let mut distinct = whole.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!((whole.len(), distinct.len()), (length, length), "{list}");
    for size in SIZES {
        assert_eq!(forward(&app, list, size).await, whole, "{list} forward by {size}");
        assert_eq!(backward(&app, list, size).await, whole, "{list} backward by {size}");
    }
}

#[actix_web::test]
async fn pages_in_the_order_of_entry_are_the_list() {
    pages_are_the_list("", 24).await;
}

#[actix_web::test]
async fn pages_by_name_are_the_list() {
    pages_are_the_list("orderBy: NAME", 24).await;
}

#[actix_web::test]
async fn pages_by_distance_are_the_list() {
    pages_are_the_list(NEAR, 20).await;
}

#[actix_web::test]
async fn pages_by_verification_are_the_list() {
    pages_are_the_list("orderBy: RECENTLY_VERIFIED", 24).await;
}

#[actix_web::test]
async fn pages_by_relevance_are_the_list() {
    pages_are_the_list("text: \"見本\"", 24).await;
}

#[actix_web::test]
async fn pages_of_a_search_with_everything_are_the_list() {
    let filter = "kinds: [CARE_FACILITY], filter: { prefectureCodes: [\"06\"] }";
    pages_are_the_list(&format!("text: \"鶴岡\" {NEAR} {filter}"), 15).await;
    pages_are_the_list(&format!("text: \"見本 鶴岡\" {NEAR} orderBy: RELEVANCE"), 20).await;
    pages_are_the_list(&format!("text: \"みほん\" {NEAR} orderBy: NAME"), 15).await;
    pages_are_the_list(&format!("{NEAR} orderBy: RECENTLY_VERIFIED"), 20).await;
}

/// Enters resources at every place of a list; they must not change how the resources before them are read.
async fn enter_some(app: &App, round: usize) {
    let names = ["見本", "見本あ", "あの見本", "んの見本"];
    let offices = names.iter().enumerate().map(|(n, name)| Office {
        at: Some((38.70 + n as f64 / 100.0, 139.80)),
        organization: "社会福祉法人見本会".into(),
        ..Office::named(1000 + round * 10 + n, name)
    });
    import_offices(app, offices).await;
}

async fn what_was_there_is_read_once_in_order(list: &str, back: bool) {
    let app = crowded().await;
    let before = page(&app, &format!("{list} first: 100")).await.ids;
    let (mut read, mut from) = (Vec::new(), String::new());
    for round in 0..60 {
        let (size, cursor) = if back { ("last", "before") } else { ("first", "after") };
        let page = page(&app, &format!("{list} {size}: 5 {from}")).await;
        read.extend(if back { page.ids.into_iter().rev().collect() } else { page.ids });
        let (more, edge) = if back { (page.more_before, page.start) } else { (page.more_after, page.end) };
        if !more {
            break;
        }
        from = format!("{cursor}: \"{}\"", edge.expect("a full page has rows"));
        enter_some(&app, round).await;
    }
    let mut distinct = read.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), read.len(), "{list}: nothing comes twice");
    read.retain(|id| before.contains(id));
    if back {
        read.reverse();
    }
    assert_eq!(read, before, "{list}");
}

#[actix_web::test]
async fn rows_entered_between_two_pages_move_nothing() {
    for list in ["", "orderBy: NAME", NEAR, "orderBy: RECENTLY_VERIFIED", "text: \"見本\""] {
        what_was_there_is_read_once_in_order(list, false).await;
        what_was_there_is_read_once_in_order(list, true).await;
    }
}

#[actix_web::test]
async fn orders_are_what_they_are_called() {
    let app = crowded().await;
    let query = "{ named: resources(orderBy: NAME, first: 100) { nodes { name nameKana } }
        verified: resources(orderBy: RECENTLY_VERIFIED, first: 100) { nodes { lastVerifiedOn } } }";
    let data = app.as_anonymous().data(query).await;
    let rows = |list: &str| data[list]["nodes"].as_array().expect("rows").clone();
    let reading =
        |row: &Value| japan::text::fold(row["nameKana"].as_str().or(row["name"].as_str()).expect("a name"));
    let keys: Vec<String> = rows("named").iter().map(reading).collect();
    assert!(keys.is_sorted(), "{keys:?}");
    let days: Vec<Value> = rows("verified").iter().map(|row| row["lastVerifiedOn"].clone()).collect();
    let days: Vec<&str> = days.iter().map(|day| day.as_str().unwrap_or_default()).collect();
    assert!(days.is_sorted_by(|a, b| a >= b), "{days:?}");
    assert_eq!((days[0], days[3], days[5], days[6]), ("2026-10-01", "2026-05-01", "1999-12-31", ""));
}

#[actix_web::test]
async fn an_empty_list_has_an_empty_page() {
    let app = App::start().await;
    for list in ["first: 3", "last: 3", "first: 0", "orderBy: NAME", NEAR, "text: \"見本\""] {
        let page = page(&app, list).await;
        assert_eq!((page.ids.len(), page.start, page.end), (0, None, None), "{list}");
        assert!(!page.more_before && !page.more_after, "{list}");
    }
}

#[actix_web::test]
async fn a_page_of_nothing_still_says_that_there_is_more() {
    let app = filled().await;
    let front = page(&app, "first: 0").await;
    assert_eq!((front.ids.len(), front.more_before, front.more_after), (0, false, true));
    let back = page(&app, "last: 0").await;
    assert_eq!((back.ids.len(), back.more_before, back.more_after), (0, true, false));
}

#[actix_web::test]
async fn a_page_has_twenty_rows_unless_told_otherwise() {
    let app = crowded().await;
    assert_eq!(page(&app, "orderBy: NAME").await.ids.len(), 20);
    let last = page(&app, "orderBy: NAME last: 100").await;
    let end = last.start.expect("a cursor");
    assert_eq!(page(&app, &format!("orderBy: NAME after: \"{end}\"")).await.ids, last.ids[1..21]);
    let end = last.end.expect("a cursor");
    assert_eq!(page(&app, &format!("orderBy: NAME before: \"{end}\"")).await.ids, last.ids[3..23]);
}
