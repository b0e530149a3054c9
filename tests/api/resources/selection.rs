//! A field is answered alike however the query is written.

use super::support::filled;
use crate::support::App;
use serde_json::{Value, json};

/// The answer of the query for the first care facility and the first medical facility.
async fn spellings(app: &App, spelling: &str, fragments: &str) -> Value {
    let query = format!(
        "{{ resources(filter: {{ prefectureCodes: [\"06\"] }}, first: 100)
            {{ nodes {{ {spelling} }} }} }} {fragments}"
    );
    app.as_anonymous().data(&query).await["resources"]["nodes"].take()
}

#[actix_web::test]
async fn every_way_of_asking_gets_the_same_answer() {
    let app = filled().await;
    let plain =
        spellings(&app, "nameKana url location { address status { value } position { latitude } }", "").await;
    assert_eq!(plain[0]["location"]["address"], "山形県鶴岡市泉町10番1号");
    let part = "fragment Part on Resource { nameKana url location { ...Where } }
        fragment Where on Location { address status { value } ... { position { latitude } } }";
    for (spelling, fragments) in [
        ("...Part", part),
        ("... on Resource { ...Part }", part),
        (
            "... { nameKana url } ... @include(if: true) { location { address status { value } position { latitude } } }",
            "",
        ),
        ("nameKana location { address } url location { status { value } } location { position { latitude } }", ""),
        (
            "... on CareFacility { nameKana url location { address status { value } position { latitude } } }
             ... on MedicalFacility { nameKana url location { address status { value } position { latitude } } }",
            "",
        ),
    ] {
        assert_eq!(spellings(&app, spelling, fragments).await, plain, "{spelling}");
    }
}

#[actix_web::test]
async fn an_alias_does_not_hide_what_is_asked_for() {
    let app = filled().await;
    let by = "by: { identifier: { system: CARE_OFFICE_NUMBER, value: \"0670799901\" } }";
    let query = format!(
        "{{ a: resource({by}) {{ b: nameKana c: location {{ d: address }} e: location {{ f: status {{ value }} }} }}
            g: resources(text: \"いずみ苑\") {{ h: edges {{ i: node {{ j: nameKana }} }} k: nodes {{ l: url }} }}
            m: suggest(text: \"特別\") {{ n: resource {{ o: asOf }} }} }}"
    );
    let data = app.as_anonymous().data(&query).await;
    let kana = "トクベツヨウゴロウジンホームミホンイズミエン";
    let first =
        json!({ "b": kana, "c": { "d": "山形県鶴岡市泉町10番1号" }, "e": { "f": { "value": "LOCATED" } } });
    assert_eq!(data["a"], first);
    assert_eq!(data["g"]["h"], json!([{ "i": { "j": kana } }]));
    assert_eq!(data["g"]["k"], json!([{ "l": "https://izumi.example.jp/" }]));
    assert_eq!(data["m"], json!([{ "n": { "o": "2026-06-01" } }]));
}

#[actix_web::test]
async fn one_list_asked_for_in_two_parts_is_one_list() {
    let app = filled().await;
    let query =
        "{ resources(first: 1) { nodes { name } } resources(first: 1) { nodes { nameKana } totalCount } }";
    let data = app.as_anonymous().data(query).await;
    let name = "特別養護老人ホーム見本いずみ苑";
    let kana = "トクベツヨウゴロウジンホームミホンイズミエン";
    let expected = json!({ "nodes": [{ "name": name, "nameKana": kana }], "totalCount": 14 });
    assert_eq!(data["resources"], expected);
}
