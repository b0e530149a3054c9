//! The index against plain substring search over the search keys of the fields.

use super::support::{Dice, filled};
use crate::support::App;
use japan::text::{alternatives, search_key};
use serde_json::{Value, json};

const FACTS: &str = "{ resources(first: 100) { nodes { id name nameKana alias organization { name }
    location { address building prefecture { name } municipality { name } }
    ... on CareFacility { services { name nameKana } } } } }";

/// A resource as a person looking for it sees it.
struct Facts {
    id: String,
    /// As published, to take needles from.
    raw: Vec<String>,
    keys: Vec<String>,
}

async fn facts(app: &App) -> Vec<Facts> {
    let data = app.as_anonymous().data(FACTS).await;
    let rows = data["resources"]["nodes"].as_array().expect("rows");
    rows.iter().map(read).collect()
}

fn read(row: &Value) -> Facts {
    let mut raw = Vec::new();
    let mut add = |value: &Value| raw.extend(value.as_str().map(str::to_owned));
    [&row["name"], &row["nameKana"], &row["alias"], &row["organization"]["name"]]
        .into_iter()
        .for_each(&mut add);
    add(&row["location"]["building"]);
    for service in row["services"].as_array().into_iter().flatten() {
        add(&service["name"]);
        add(&service["nameKana"]);
    }
    raw.push(whole_address(&row["location"]));
    let keys = raw.iter().map(|text| search_key(text)).collect();
    Facts { id: row["id"].as_str().expect("an id").to_owned(), raw, keys }
}

/// The address with its prefecture, which many publishers leave out.
fn whole_address(location: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (prefecture, address) = (text(&location["prefecture"]["name"]), text(&location["address"]));
    if address.starts_with(&prefecture) { address } else { prefecture + &address }
}

/// The resources that are found by the text itself, not by another word for it.
async fn found(app: &App, text: &str) -> Vec<String> {
    let query = "query($text: String!) { resources(text: $text, first: 100) { edges { matchedOn { value } node { id } } } }";
    let data = app.as_anonymous().data_with(query, json!({ "text": text })).await;
    let edges = data["resources"]["edges"].as_array().expect("edges").iter();
    let themselves = edges.filter(|edge| edge["matchedOn"]["value"] != "SYNONYM");
    let mut ids: Vec<String> =
        themselves.map(|edge| edge["node"]["id"].as_str().expect("an id").to_owned()).collect();
    ids.sort();
    ids
}

fn expected(facts: &[Facts], words: &[String]) -> Vec<String> {
    let holds = |facts: &&Facts| {
        words.iter().all(|word| {
            let spelled = std::iter::once(word.clone()).chain(alternatives(word).spellings);
            spelled.into_iter().any(|key| facts.keys.iter().any(|field| field.contains(&key)))
        })
    };
    let mut ids: Vec<String> = facts.iter().filter(holds).map(|facts| facts.id.clone()).collect();
    ids.sort();
    ids
}

/// One to four characters in a row of any field of any resource.
fn needle(dice: &mut Dice, facts: &[Facts]) -> String {
    let raw = &facts[dice.below(facts.len())].raw;
    let field: Vec<char> = raw[dice.below(raw.len())].chars().collect();
    let length = 1 + dice.below(4);
    let start = dice.below(field.len().max(length) - length + 1);
    field.iter().skip(start).take(length).collect()
}

#[actix_web::test]
async fn a_needle_is_found_exactly_where_it_occurs() {
    let app = filled().await;
    let (facts, mut dice) = (facts(&app).await, Dice(20_261_120));
    let mut compared = 0;
    while compared < 200 {
        let needle = needle(&mut dice, &facts);
        let words = japan::text::words(&needle);
        if words.is_empty() {
            continue;
        }
        let expected = expected(&facts, &words);
        assert!(!expected.is_empty(), "{needle} was taken from a field");
        assert_eq!(found(&app, &needle).await, expected, "{needle}");
        compared += 1;
    }
}

#[actix_web::test]
async fn two_needles_are_found_where_both_occur_and_made_up_ones_nowhere_else() {
    let app = filled().await;
    let (facts, mut dice) = (facts(&app).await, Dice(7));
    for round in 0..120 {
        let (one, other) = (needle(&mut dice, &facts), needle(&mut dice, &facts));
        let text = if round % 2 == 0 { format!("{one} {other}") } else { format!("{one}{other}") };
        let words = japan::text::words(&text);
        if !words.is_empty() {
            assert_eq!(found(&app, &text).await, expected(&facts, &words), "{text}");
        }
    }
}
