//! Which services of one office number are one facility.

use super::support::{BABA, IZUMI, OFFICE, Row, csv, graph, of, only};
use crate::support::App;
use serde_json::Value;

/// 100 m from 泉町.
const NEAR_IZUMI: (&str, &str) = ("38.7322", "139.8308");

async fn facilities(rows: &[Row]) -> (App, Vec<Value>) {
    let app = App::start().await;
    assert_eq!(app.import_with("jigyosho.csv", &csv(rows), &of(4, 1)).await.rejected, []);
    let found = graph(&app).await;
    (app, found)
}

/// Facilities as the codes of their services, sorted.
fn shape(facilities: &[Value]) -> Vec<Vec<&str>> {
    let mut shapes: Vec<Vec<&str>> = facilities
        .iter()
        .map(|node| {
            let services = node["services"].as_array().expect("a list").iter();
            services.filter_map(|service| service["serviceType"]["code"].as_str()).collect()
        })
        .collect();
    shapes.sort_unstable();
    shapes
}

#[actix_web::test]
async fn services_at_one_place_are_one_facility_and_keep_what_is_theirs() {
    let rows = [
        Row::care(OFFICE, "通所介護")
            .at(NEAR_IZUMI)
            .with("事業所名", "見本デイ")
            .with("電話番号", "0235-00-0002"),
        Row::care(OFFICE, "介護老人福祉施設").at(IZUMI).with("電話番号", "0235-00-0001").with("定員", "50"),
        Row::care(OFFICE, "短期入所生活介護").with("定員", "10"),
    ];
    let (app, _) = facilities(&rows).await;
    let facility = only(&app).await;
    assert_eq!(facility["name"], "見本苑", "the chief service names it");
    assert_eq!(shape(std::slice::from_ref(&facility)), [["510", "210", "150"]]);
    let services = facility["services"].as_array().expect("a list");
    let capacities: Vec<_> = services.iter().map(|s| s["capacity"].as_i64()).collect();
    assert_eq!(capacities, [Some(50), Some(10), None]);
    assert_eq!(
        (&services[2]["name"], &services[2]["contacts"][0]["tel"]),
        (&"見本デイ".into(), &"0235-00-0002".into())
    );
    assert_eq!(facility["identifiers"].as_array().map(Vec::len), Some(1));
}

#[actix_web::test]
async fn services_at_two_places_are_two_facilities() {
    let (app, found) = facilities(&[
        Row::care(OFFICE, "介護老人福祉施設").at(IZUMI),
        Row::care(OFFICE, "通所介護").at(BABA).with("住所", "鶴岡市馬場町9-1"),
        Row::care(OFFICE, "訪問介護").with("住所", "山形県鶴岡市馬場町９番１号"),
    ])
    .await;
    assert_eq!(shape(&found), [vec!["150", "110"], vec!["510"]]);
    let main = format!(
        r#"{{ resource(by: {{ identifier: {{ system: CARE_OFFICE_NUMBER, value: "{OFFICE}" }} }}) {{ ... on CareFacility {{ services {{ serviceType {{ code }} }} }} }} }}"#
    );
    let main = app.as_anonymous().data(&main).await;
    assert_eq!(main["resource"]["services"][0]["serviceType"]["code"], "510");
}

#[actix_web::test]
async fn a_service_without_a_position_does_not_join_two_places() {
    let izumi = Row::care(OFFICE, "介護老人福祉施設").at(IZUMI);
    let baba = Row::care(OFFICE, "通所介護").at(BABA);
    let nowhere = Row::care(OFFICE, "訪問介護").with("住所", "");
    let (_, found) = facilities(&[nowhere.clone(), izumi.clone(), baba.clone()]).await;
    assert_eq!(shape(&found), [vec!["150"], vec!["510", "110"]]);
    // All three are in one town here, as in a 大字 kilometres wide.
    let same_town = Row::care(OFFICE, "訪問介護");
    let (_, found) = facilities(&[same_town, izumi, baba]).await;
    assert_eq!(shape(&found), [vec!["150"], vec!["510", "110"]]);
}

#[actix_web::test]
async fn ids_are_the_same_in_two_databases_whatever_the_order_of_the_rows() {
    let rows = [
        Row::care(OFFICE, "介護老人福祉施設").at(IZUMI).with("法人の名称", "見本会"),
        Row::care(OFFICE, "通所介護").at(BABA).with("事業所名", "分館"),
        Row::care(OFFICE, "訪問介護").at(BABA),
        Row::care("0670799902", "訪問看護").with("法人の名称", "見本会"),
    ];
    let (_, forward) = facilities(&rows).await;
    let reversed: Vec<Row> = rows.into_iter().rev().collect();
    let (_, backward) = facilities(&reversed).await;
    assert_eq!(forward.len(), 3);
    assert_eq!(forward, backward);
    let mut ids: Vec<&Value> = forward.iter().map(|node| &node["id"]).collect();
    ids.dedup();
    assert_eq!(ids.len(), 3);
}

#[actix_web::test]
async fn a_service_that_moves_gathers_the_office_anew() {
    let day_care = Row::care(OFFICE, "通所介護").with("事業所名", "見本デイ");
    let home = Row::care(OFFICE, "介護老人福祉施設").at(IZUMI);
    let (app, before) = facilities(&[home.clone(), day_care.clone().at(BABA)]).await;
    assert_eq!(before.len(), 2);
    let left = before.iter().find(|node| node["name"] == "見本デイ").expect("the branch");
    let moved = [home.clone(), day_care.clone().at(IZUMI)];
    app.import_with("jigyosho.csv", &csv(&moved), &of(6, 1)).await;
    assert_eq!(shape(std::slice::from_ref(&only(&app).await)), [["510", "150"]]);
    let node = format!("{{ node(id: {}) {{ id }} resources(text: \"分館\") {{ totalCount }} }}", left["id"]);
    let data = app.as_anonymous().data(&node).await;
    assert_eq!((&data["node"], &data["resources"]["totalCount"]), (&Value::Null, &0.into()));
    let back = [home, day_care.at(BABA)];
    app.import_with("jigyosho.csv", &csv(&back), &of(7, 1)).await;
    let again = graph(&app).await;
    assert_eq!(again.len(), 2);
    assert_eq!(
        again.iter().find(|node| node["name"] == "見本デイ").map(|node| &node["id"]),
        Some(&left["id"])
    );
}
