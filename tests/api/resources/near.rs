//! Search around a point.

use super::support::{Office, filled, names, refused, refused_with, total, with_offices};
use crate::support::App;
use serde_json::{Value, json};

/// 鶴岡市立荘内病院 in the fixtures.
const CENTER: (f64, f64) = (38.73201, 139.83052);

fn near(meters: i64) -> String {
    format!("near: {{ latitude: {}, longitude: {}, withinMeters: {meters} }}", CENTER.0, CENTER.1)
}

/// Metres on a sphere, computed another way than the service does.
fn haversine(from: (f64, f64), to: (f64, f64)) -> f64 {
    let (lat1, lat2) = (from.0.to_radians(), to.0.to_radians());
    let (dlat, dlng) = ((to.0 - from.0).to_radians(), (to.1 - from.1).to_radians());
    let a = (dlat / 2.0).sin().powi(2) + lat1.cos() * lat2.cos() * (dlng / 2.0).sin().powi(2);
    2.0 * 6_371_000.0 * a.sqrt().asin()
}

/// Position and distance of every row, in order.
async fn placed(app: &App, arguments: &str) -> Vec<((f64, f64), Option<f64>)> {
    let query = format!(
        "{{ resources({arguments} first: 100) {{ edges {{ distanceMeters
            node {{ location {{ position {{ latitude longitude }} }} }} }} }} }}"
    );
    let data = app.as_anonymous().data(&query).await;
    let edge = |edge: &Value| {
        let position = &edge["node"]["location"]["position"];
        let degree = |field: &str| position[field].as_f64().unwrap_or(f64::NAN);
        ((degree("latitude"), degree("longitude")), edge["distanceMeters"].as_f64())
    };
    data["resources"]["edges"].as_array().expect("edges").iter().map(edge).collect()
}

/// Offices in rings around the centre.
async fn rings() -> App {
    let office = |n: usize| {
        let (ring, bearing) = ((n / 8 + 1) as f64, (n % 8) as f64 * std::f64::consts::FRAC_PI_4);
        let at = (CENTER.0 + ring * 0.04 * bearing.sin(), CENTER.1 + ring * 0.05 * bearing.cos());
        Office { at: Some(at), ..Office::named(n, "見本") }
    };
    with_offices((0..64).map(office)).await
}

#[actix_web::test]
async fn distances_are_right_and_rows_come_nearest_first() {
    let app = rings().await;
    let rows = placed(&app, &near(50_000)).await;
    assert!(rows.len() > 50, "{}", rows.len());
    for (position, distance) in &rows {
        let (told, exact) = (distance.expect("a distance"), haversine(CENTER, *position));
        assert!((told / exact - 1.0).abs() < 0.01, "{told} and {exact}");
    }
    assert!(rows.is_sorted_by(|a, b| a.1 <= b.1));
}

#[actix_web::test]
async fn the_radius_parts_what_is_in_from_what_is_out() {
    let app = rings().await;
    let all = placed(&app, "").await;
    for meters in [1, 1_000, 4_500, 10_000, 20_000, 33_333, 50_000] {
        let inside = |limit: f64| all.iter().filter(|(at, _)| haversine(CENTER, *at) <= limit).count() as i64;
        let (fewest, most) = (inside(meters as f64 * 0.99), inside(meters as f64 * 1.01));
        let found = total(&app, &near(meters)).await;
        assert!((fewest..=most).contains(&found), "{meters} m: {found}, not {fewest} to {most}");
        assert_eq!(placed(&app, &near(meters)).await.len() as i64, found, "{meters}");
    }
}

#[actix_web::test]
async fn without_a_circle_there_is_no_distance() {
    let app = filled().await;
    for arguments in ["", "orderBy: NAME", "text: \"見本\"", "filter: { located: true }"] {
        assert!(placed(&app, arguments).await.iter().all(|(_, distance)| distance.is_none()), "{arguments}");
    }
}

#[actix_web::test]
async fn every_order_tells_the_distance() {
    let app = filled().await;
    for order in ["DISTANCE", "NAME", "RECENTLY_VERIFIED", "RELEVANCE"] {
        let rows = placed(&app, &format!("{} text: \"見本\" orderBy: {order}", near(50_000))).await;
        assert_eq!(rows.len(), 10, "{order}");
        for (position, distance) in rows {
            let (told, exact) = (distance.expect("a distance"), haversine(CENTER, position));
            assert!((told - exact).abs() <= exact * 0.01 + 0.1, "{order}: {told} and {exact}");
        }
    }
}

#[actix_web::test]
async fn what_has_no_position_is_not_near_anything() {
    let app = filled().await;
    let all = names(&app, &near(50_000)).await;
    assert!(!all.contains(&"見本福祉用具".to_owned()) && !all.contains(&"見本調剤薬局".to_owned()));
    assert_eq!(names(&app, &format!("{} filter: {{ located: false }}", near(50_000))).await.len(), 0);
}

#[actix_web::test]
async fn a_circle_goes_with_text_and_with_a_box() {
    let app = filled().await;
    assert_eq!(names(&app, &near(1)).await, ["見本荘内病院"]);
    let clinics = names(&app, &format!("{} text: \"あおば\"", near(20_000))).await;
    assert_eq!(clinics, ["見本ケアプランあおば", "見本ヘルパーステーションあおば"], "nearest first");
    let north = "filter: { bounds: { south: 38.733, west: 139, north: 39, east: 140 } }";
    let names_there = names(&app, &format!("{} {north}", near(2_000))).await;
    assert_eq!(names_there, ["見本訪問看護ステーションひより", "見本産婦人科"]);
    let apart = "filter: { bounds: { south: 38.2, west: 140, north: 38.3, east: 141 } }";
    assert_eq!(names(&app, &format!("{} {apart}", near(2_000))).await.len(), 0);
}

#[actix_web::test]
async fn circles_that_make_no_sense_are_refused() {
    let app = filled().await;
    let query = "query($near: NearInput) { resources(near: $near) { totalCount } }";
    for (latitude, longitude, meters) in [
        (38.7, 139.8, 0),
        (38.7, 139.8, -1),
        (38.7, 139.8, 50_001),
        (38.7, 139.8, i32::MAX),
        (0.0, 0.0, 1_000),
        (139.8, 38.7, 1_000),
        (51.5, -0.1, 1_000),
        (91.0, 139.8, 1_000),
        (1e300, 139.8, 1_000),
    ] {
        let near = json!({ "latitude": latitude, "longitude": longitude, "withinMeters": meters });
        assert_eq!(refused_with(&app, query, json!({ "near": near })).await, "near", "{near}");
    }
}

#[actix_web::test]
async fn orders_that_lack_their_argument_are_refused() {
    let app = filled().await;
    for arguments in [
        "orderBy: DISTANCE".to_owned(),
        "orderBy: DISTANCE, text: \"見本\"".to_owned(),
        "orderBy: RELEVANCE".to_owned(),
        "orderBy: RELEVANCE, text: \"　\"".to_owned(),
        format!("orderBy: RELEVANCE, {}", near(100)),
    ] {
        let query = format!("{{ resources({arguments}) {{ totalCount }} }}");
        assert_eq!(refused(&app, &query).await, "orderBy", "{arguments}");
    }
}
