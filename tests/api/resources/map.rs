//! The map: pins, clusters, and what is not on it.

use super::support::{Dice, Office, filled, import_offices, refused, set, total, with_offices};
use crate::support::{App, fixtures};
use entity::enums::LocationStatus;
use entity::resource::Column;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

const PARTS: &str = "pins { position { latitude longitude } resource { id name } } truncated unlocatedCount
    clusters { count position { latitude longitude } bounds { south west north east } kinds { kind { value } count } }";
const TSURUOKA: &str = "south: 38.4, west: 139.5, north: 38.9, east: 140.1";
const WORLD: &str = "south: -90, west: -180, north: 90, east: 180";

async fn map(app: &App, bounds: &str, zoom: u32, more: &str) -> Value {
    let query = format!("{{ map(bounds: {{ {bounds} }}, zoom: {zoom} {more}) {{ {PARTS} }} }}");
    app.as_anonymous().data(&query).await["map"].take()
}

/// 600 offices on a grid over 鶴岡市, every fifth without a position, and 60 clinics among them.
async fn busy() -> App {
    let app = App::start().await;
    let place = |n: usize| (38.55 + (n % 25) as f64 / 100.0, 139.6 + (n / 25) as f64 / 60.0);
    let office = |n: usize| Office {
        address: format!("山形県鶴岡市見本{n}番"),
        at: (!n.is_multiple_of(5)).then(|| place(n)),
        ..Office::named(n, &format!("見本{n}"))
    };
    import_offices(&app, (0..600).map(office)).await;
    let clinic = |n: usize| {
        let (latitude, longitude) = place(n * 10);
        format!("611079{n:05},見本医院{n},2,山形県鶴岡市見本{n}番,内科,{latitude},{longitude}\n")
    };
    let clinics: String = (0..60).map(clinic).collect();
    let header = "ID,正式名称,機関区分,所在地,診療科目,所在地座標（緯度）,所在地座標（経度）\n";
    app.import("clinics_20260601.csv", &format!("{header}{clinics}")).await;
    app
}

fn rows<'v>(map: &'v Value, part: &str) -> &'v [Value] {
    map[part].as_array().expect("a list")
}

fn counted(map: &Value) -> i64 {
    rows(map, "clusters").iter().map(|cluster| cluster["count"].as_i64().expect("a number")).sum()
}

fn degree(place: &Value, field: &str) -> f64 {
    place[field].as_f64().unwrap_or_else(|| panic!("no {field}: {place}"))
}

#[actix_web::test]
async fn clusters_and_pins_together_are_the_list_of_the_same_box() {
    let app = busy().await;
    let boxes = [TSURUOKA, WORLD, "south: 38.6, west: 139.7, north: 38.7, east: 139.8"];
    let filters = ["", "kinds: [CARE_FACILITY]", "text: \"見本1\"", "kinds: [GATHERING_PLACE]"];
    for bounds in boxes {
        for more in filters {
            let bounded = format!("bounds: {{ {bounds} }}");
            let list = format!("{more} filter: {{ {bounded} }}");
            let expected = total(&app, &list).await;
            for zoom in [0, 5, 9, 11, 14, 22] {
                let map = map(&app, bounds, zoom, more).await;
                let pins = rows(&map, "pins").len() as i64;
                assert_eq!(counted(&map) + pins, expected, "{bounds} {zoom} {more}");
                assert!(pins <= 200, "{pins} pins at {zoom}");
            }
        }
    }
}

/// The map and the list of a box count alike, at this zoom and with these conditions.
async fn agrees(app: &App, bounds: &str, zoom: u32, conditions: &str) {
    let filter = |bounds: &str| match conditions.starts_with("kinds") {
        true => format!("{conditions}, filter: {{ {bounds} }}"),
        false => format!("filter: {{ {bounds} {conditions} }}"),
    };
    let map = map(app, bounds, zoom, &filter("")).await;
    let shown = counted(&map) + rows(&map, "pins").len() as i64;
    let listed = total(app, &filter(&format!("bounds: {{ {bounds} }},"))).await;
    assert_eq!(shown, listed, "{bounds} at {zoom} with {conditions}");
}

#[actix_web::test]
async fn any_box_at_any_zoom_is_counted_like_the_list() {
    let (app, mut dice) = (busy().await, Dice(4));
    let conditions = ["", "kinds: [MEDICAL_FACILITY]", "prefectureCodes: [\"06\"]", "located: true"];
    for round in 0..80 {
        // Every second box has its edges on the grid the offices stand on.
        let step = if round % 2 == 0 { 1.0 } else { 0.37 };
        let south = 38.50 + dice.below(30) as f64 * step / 100.0;
        let west = 139.5 + dice.below(30) as f64 * step / 60.0;
        let (north, east) = (south + dice.below(30) as f64 / 100.0, west + dice.below(30) as f64 / 60.0);
        let bounds = format!("south: {south:.4}, west: {west:.6}, north: {north:.4}, east: {east:.6}");
        agrees(&app, &bounds, dice.below(23) as u32, conditions[dice.below(4)]).await;
    }
}

#[actix_web::test]
async fn a_map_follows_every_change() {
    use entity::enums::PublicationState::{Draft, Ended, Suspended};
    let app = busy().await;
    for (n, state) in [(1, Suspended), (2, Ended), (3, Draft)] {
        let names: Vec<String> = (0..20).map(|row| format!("見本{}", row * 10 + n)).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        set(&app, &names, Column::State, Expr::value(state)).await;
    }
    let moved = |n: usize| Office {
        address: format!("山形県酒田市見本{n}番"),
        at: (!n.is_multiple_of(3)).then_some((38.91, 139.84)),
        ..Office::named(n, &format!("見本{n}"))
    };
    app.import("jigyosho_20260701.csv", &super::support::jigyosho((300..400).map(moved))).await;
    entity::resource::Entity::delete_many()
        .filter(Column::Name.eq("見本599"))
        .exec(app.databases().writer())
        .await
        .expect("a row may go");
    for zoom in [0, 4, 6, 9, 12, 15, 20] {
        for bounds in [WORLD, TSURUOKA, "south: 38.9, west: 139.8, north: 38.95, east: 139.9"] {
            for conditions in ["", "states: [ENDED]", "states: [SUSPENDED, DRAFT]", "kinds: [CARE_FACILITY]"]
            {
                agrees(&app, bounds, zoom, conditions).await;
            }
        }
    }
}

#[actix_web::test]
async fn a_busy_map_has_clusters_and_a_quiet_one_only_pins() {
    let app = busy().await;
    let wide = map(&app, TSURUOKA, 8, "").await;
    assert!(!rows(&wide, "clusters").is_empty());
    let close = map(&app, "south: 38.6, west: 139.7, north: 38.65, east: 139.75", 15, "").await;
    assert!(rows(&close, "clusters").is_empty() && !rows(&close, "pins").is_empty());
    let sizes: Vec<usize> = {
        let mut sizes = Vec::new();
        for zoom in [4, 8, 11] {
            sizes.push(rows(&map(&app, TSURUOKA, zoom, "").await, "clusters").len());
        }
        sizes
    };
    assert!(sizes.is_sorted() && sizes[0] < sizes[2], "closer means finer: {sizes:?}");
}

#[actix_web::test]
async fn no_two_things_on_a_map_are_closer_than_a_cluster_is_wide() {
    let app = busy().await;
    let place = |one: &Value, zoom: u32| {
        let cells = f64::from(1_u32 << (zoom + 2));
        let (latitude, longitude) =
            (degree(&one["position"], "latitude"), degree(&one["position"], "longitude"));
        let up = (std::f64::consts::FRAC_PI_4 + latitude.to_radians() / 2.0).tan().ln();
        ((longitude + 180.0) / 360.0 * cells, up / std::f64::consts::TAU * cells)
    };
    for zoom in [4, 7, 9, 10, 11] {
        let map = map(&app, TSURUOKA, zoom, "").await;
        assert_eq!(map["truncated"], false);
        let all: Vec<&Value> = rows(&map, "pins").iter().chain(rows(&map, "clusters")).collect();
        for (n, one) in all.iter().enumerate() {
            for other in &all[n + 1..] {
                let ((x, y), (other_x, other_y)) = (place(one, zoom), place(other, zoom));
                // A centre is rounded to a metre.
                assert!((x - other_x).hypot(y - other_y) > 0.99, "{zoom}: {one} {other}");
            }
        }
    }
}

#[actix_web::test]
async fn things_on_one_spot_are_a_cluster_that_lists_them_at_every_zoom() {
    let office = |n: usize| Office { at: Some((38.73, 139.83)), ..Office::named(n, &format!("見本{n}")) };
    let app = with_offices((0..3).map(office)).await;
    let query = "{ map(bounds: { south: 38.72, west: 139.82, north: 38.74, east: 139.84 }, zoom: 22) {
        pins { resource { name } }
        clusters { count position { precision { value label } } members { name location { position { latitude } } } } } }";
    let data = app.as_anonymous().data(query).await;
    assert_eq!(data["map"]["pins"], json!([]));
    let cluster = &data["map"]["clusters"][0];
    assert_eq!(cluster["position"]["precision"], json!({ "value": "CENTER", "label": "中心" }));
    assert_eq!(super::support::texts(&cluster["members"], "name"), ["見本0", "見本1", "見本2"]);
    // So many are not listed; the box finds them.
    import_offices(&app, (3..60).map(office)).await;
    let data = app.as_anonymous().data(query).await;
    assert_eq!(
        (&data["map"]["clusters"][0]["count"], &data["map"]["clusters"][0]["members"]),
        (&json!(60), &json!(null))
    );
}

#[actix_web::test]
async fn more_than_two_hundred_pins_are_never_shown() {
    let office = |n: usize| Office {
        at: Some((38.7 + (n / 20) as f64 / 100.0, 139.8 + (n % 20) as f64 * 0.012)),
        ..Office::named(n, "見本")
    };
    let app = with_offices((0..200).map(office)).await;
    let full = map(&app, "south: 38.695, west: 139.795, north: 38.805, east: 140.035", 14, "").await;
    assert_eq!((rows(&full, "pins").len(), rows(&full, "clusters").len()), (200, 0));
    import_offices(&app, [office(200)]).await;
    let over = map(&app, "south: 38.695, west: 139.795, north: 38.805, east: 140.035", 14, "").await;
    assert_eq!((rows(&over, "pins").len(), counted(&over)), (200, 1));
}

#[actix_web::test]
async fn the_kinds_of_a_cluster_add_up_and_its_box_holds_it() {
    let app = busy().await;
    for zoom in [3, 8, 12] {
        let map = map(&app, TSURUOKA, zoom, "").await;
        for cluster in rows(&map, "clusters") {
            let kinds: i64 =
                rows(cluster, "kinds").iter().map(|k| k["count"].as_i64().expect("a number")).sum();
            assert_eq!(json!(kinds), cluster["count"]);
            let (at, bounds) = (&cluster["position"], &cluster["bounds"]);
            let within = |low: &str, axis: &str, high: &str| {
                // The mean is rounded to a metre.
                (degree(bounds, low) - 1e-5..=degree(bounds, high) + 1e-5).contains(&degree(at, axis))
            };
            assert!(within("south", "latitude", "north") && within("west", "longitude", "east"), "{cluster}");
        }
    }
}

#[actix_web::test]
async fn the_box_of_a_cluster_holds_all_of_it() {
    let app = busy().await;
    let map = map(&app, TSURUOKA, 8, "").await;
    for cluster in rows(&map, "clusters").iter().take(8) {
        let edge = |name: &str| format!("{name}: {}", cluster["bounds"][name]);
        let edges = ["south", "west", "north", "east"].map(edge).join(", ");
        let inside = total(&app, &format!("filter: {{ bounds: {{ {edges} }} }}")).await;
        // Its box may reach into that of a neighbour.
        assert!(json!(inside).as_i64() >= cluster["count"].as_i64(), "{inside} in {cluster}");
    }
}

#[actix_web::test]
async fn nothing_is_ever_at_zero() {
    let app = busy().await;
    fixtures::import_all(&app).await;
    let gulf = map(&app, "south: -1, west: -1, north: 1, east: 1", 10, "").await;
    assert_eq!((rows(&gulf, "pins").len(), rows(&gulf, "clusters").len()), (0, 0));
    for zoom in [0, 12, 22] {
        let map = map(&app, WORLD, zoom, "").await;
        for pin in rows(&map, "pins") {
            assert!(degree(&pin["position"], "latitude") > 20.0, "{pin}");
        }
        for cluster in rows(&map, "clusters") {
            let at = &cluster["position"];
            assert!(degree(at, "latitude") > 20.0 && degree(at, "longitude") > 120.0, "{cluster}");
        }
    }
}

#[actix_web::test]
async fn what_is_on_the_map_can_be_listed_and_is_the_same() {
    let app = filled().await;
    let query = format!("{{ map(bounds: {{ {TSURUOKA} }}, zoom: 12) {{
        pins {{ position {{ latitude }} resource {{ id location {{ position {{ latitude }} }} }} }} clusters {{ members {{ id }} }} }}
        resources(filter: {{ bounds: {{ {TSURUOKA} }} }}, first: 100) {{ nodes {{ id }} }} }}");
    let data = app.as_anonymous().data(&query).await;
    let mut shown: Vec<String> = Vec::new();
    for pin in rows(&data["map"], "pins") {
        assert_eq!(pin["position"], pin["resource"]["location"]["position"]);
        shown.push(pin["resource"]["id"].to_string());
    }
    for cluster in rows(&data["map"], "clusters") {
        shown.extend(rows(cluster, "members").iter().map(|member| member["id"].to_string()));
    }
    let mut listed: Vec<String> =
        rows(&data["resources"], "nodes").iter().map(|node| node["id"].to_string()).collect();
    shown.sort_unstable();
    listed.sort_unstable();
    assert_eq!((shown.len(), shown), (10, listed));
}

#[actix_web::test]
async fn what_has_no_position_is_counted_where_the_box_touches_its_municipality() {
    let app = filled().await;
    let yamagata = "south: 38.1, west: 140.2, north: 38.4, east: 140.5";
    for (bounds, more, count) in [
        (TSURUOKA, "", 2),
        (WORLD, "", 2),
        (yamagata, "", 0),
        ("south: 30, west: 130, north: 31, east: 131", "", 0),
        (TSURUOKA, "kinds: [MEDICAL_FACILITY]", 1),
        (TSURUOKA, "text: \"福祉用具\"", 1),
        (TSURUOKA, "filter: { municipalityCodes: [\"06201\"] }", 0),
        (TSURUOKA, "filter: { located: true }", 0),
    ] {
        let map = map(&app, bounds, 10, more).await;
        assert_eq!(map["unlocatedCount"], count, "{bounds} {more}");
    }
}

#[actix_web::test]
async fn what_is_withheld_is_counted_and_not_shown() {
    let app = filled().await;
    set(&app, &["見本福祉用具"], Column::LocationStatus, Expr::value(LocationStatus::Withheld)).await;
    let map = map(&app, TSURUOKA, 12, "").await;
    assert_eq!(map["unlocatedCount"], 2);
    assert!(rows(&map, "pins").iter().all(|pin| pin["resource"]["name"] != "見本福祉用具"));
}

#[actix_web::test]
async fn a_huge_box_is_told_to_be_coarse() {
    let app = busy().await;
    for (bounds, zoom, truncated) in [
        (WORLD, 22, true),
        (WORLD, 10, true),
        (WORLD, 2, false),
        (TSURUOKA, 22, true),
        (TSURUOKA, 9, false),
        ("south: 38.6, west: 139.7, north: 38.601, east: 139.701", 18, false),
    ] {
        let map = map(&app, bounds, zoom, "").await;
        assert_eq!(map["truncated"], truncated, "{bounds} at {zoom}");
        assert!(rows(&map, "clusters").len() <= 34 * 34, "{}", rows(&map, "clusters").len());
    }
}

#[actix_web::test]
async fn a_map_that_makes_no_sense_is_refused() {
    let app = filled().await;
    for (arguments, field) in [
        (format!("bounds: {{ {TSURUOKA} }}, zoom: -1"), "zoom"),
        (format!("bounds: {{ {TSURUOKA} }}, zoom: 23"), "zoom"),
        ("bounds: { south: 39, west: 139, north: 38, east: 140 }, zoom: 3".into(), "bounds"),
        ("bounds: { south: 38, west: 179, north: 39, east: -179 }, zoom: 3".into(), "bounds"),
        ("bounds: { south: -91, west: 139, north: 38, east: 140 }, zoom: 3".into(), "bounds"),
        (
            format!("bounds: {{ {TSURUOKA} }}, zoom: 3, filter: {{ bounds: {{ {TSURUOKA} }} }}"),
            "filter.bounds",
        ),
        (format!("bounds: {{ {TSURUOKA} }}, zoom: 3, text: \"・\""), "text"),
        (
            format!("bounds: {{ {TSURUOKA} }}, zoom: 3, filter: {{ prefectureCodes: [\"x\"] }}"),
            "prefectureCodes",
        ),
    ] {
        let query = format!("{{ map({arguments}) {{ unlocatedCount }} }}");
        assert_eq!(refused(&app, &query).await, field, "{arguments}");
    }
}
