//! Merges the records of one row from several files into one set of facts.

use crate::import::formats::Format;
use chrono::NaiveDate;
use entity::official_record;
use japan::address;
use japan::codes;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// A record of one file.
#[derive(Clone, Debug)]
pub struct Observation {
    /// Key of the row, the same in all formats.
    pub record_key: String,
    /// Day of the file.
    pub as_of: Option<NaiveDate>,
    /// Rank of the format: of two records with the same day the higher rank takes precedence.
    pub rank: u8,
    /// Name of the format; it orders records of the same day and rank.
    pub format: String,
    /// The data set.
    pub source_id: i64,
    /// Day of the complete file that no longer had the row.
    pub vanished_on: Option<NaiveDate>,
    /// The facts.
    pub body: Map<String, Value>,
}

/// The facts merged from several observations.
pub struct Merged<F> {
    /// The facts.
    pub facts: F,
    /// The day of the newest observation.
    pub as_of: Option<NaiveDate>,
    /// The data set of the newest observation.
    pub source_id: i64,
    /// The latest of the days when all observations have vanished; else `None`.
    pub vanished_on: Option<NaiveDate>,
}

impl TryFrom<official_record::Model> for Observation {
    type Error = serde_json::Error;

    fn try_from(record: official_record::Model) -> Result<Self, Self::Error> {
        Ok(Self {
            rank: Format::named(&record.format).map_or(0, |f| f.profile().rank),
            format: record.format,
            body: serde_json::from_str(&record.body)?,
            record_key: record.record_key,
            as_of: record.as_of,
            source_id: record.source_id,
            vanished_on: record.vanished_on,
        })
    }
}

/// Merges fact by fact: the newest file that states the fact takes precedence; on the same day the publisher's own file
/// before a derived list. An empty cell is no word against what another file states.
pub fn merge<F: DeserializeOwned>(
    mut observations: Vec<Observation>,
) -> Result<Option<Merged<F>>, serde_json::Error> {
    // Between two lists of one format the key decides: that of a city sorts
    // after that of its prefecture and wins.
    let order = |o: &Observation| (o.as_of, o.rank, o.format.clone(), o.record_key.clone());
    observations.sort_by_key(|observation| std::cmp::Reverse(order(observation)));
    let Some(newest) = observations.first() else { return Ok(None) };
    let (as_of, source_id) = (newest.as_of, newest.source_id);
    let all_gone = observations.iter().all(|o| o.vanished_on.is_some());
    let vanished_on = observations.iter().filter_map(|o| o.vanished_on).max().filter(|_| all_gone);
    let mut facts = Map::new();
    for observation in observations {
        facts.retain(|_, value| !value.is_null());
        fill_up(&mut facts, observation.body);
    }
    let facts = serde_json::from_value(Value::Object(facts))?;
    Ok(Some(Merged { facts, as_of, source_id, vanished_on }))
}

/// Adds the older facts that the newer ones lack; position and postal code only when both are in the same town.
pub fn fill_up(facts: &mut Map<String, Value>, mut older: Map<String, Value>) {
    if is_elsewhere(facts, &older) {
        older.remove("position");
        older.remove("postal_code");
    }
    for (fact, value) in older {
        facts.entry(fact).or_insert(value);
    }
}

fn is_elsewhere(facts: &Map<String, Value>, older: &Map<String, Value>) -> bool {
    match (town(facts), town(older)) {
        (Some(here), Some(there)) => here != there,
        _ => false,
    }
}

/// Municipality and town of an address, as far as they are known without a list of names.
fn town(facts: &Map<String, Value>) -> Option<(&str, String)> {
    let text = |fact| facts.get(fact).and_then(Value::as_str);
    let prefecture = text("prefecture_code").and_then(codes::prefecture);
    let town = address::town_text(&address::split(text("address")?, prefecture).rest);
    (!town.is_empty()).then_some((text("municipality_code")?, town))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn observation(day: u32, rank: u8, body: Value) -> Observation {
        Observation {
            record_key: "care:0670100123:110".into(),
            as_of: NaiveDate::from_ymd_opt(2026, 6, day),
            rank,
            format: "jigyosho".into(),
            source_id: i64::from(day),
            vanished_on: None,
            body: body.as_object().cloned().unwrap_or_default(),
        }
    }

    #[test]
    fn the_newest_word_on_each_fact_counts_and_silence_is_no_word() {
        let old = observation(1, 2, json!({ "name": "旧", "url": "http://a.example", "capacity": 5 }));
        let new = observation(2, 1, json!({ "name": "新", "capacity": null }));
        let merged = merge::<Value>(vec![old, new]).expect("json").expect("two observations");
        assert_eq!(merged.facts, json!({ "name": "新", "url": "http://a.example", "capacity": 5 }));
        assert_eq!(merged.source_id, 2);
    }

    #[test]
    fn on_the_same_day_the_publisher_is_believed_before_a_derived_list() {
        let derived = observation(1, 1, json!({ "name": "写し" }));
        let official = observation(1, 2, json!({ "name": "原本" }));
        let merged = merge::<Value>(vec![derived, official]).expect("json").expect("two observations");
        assert_eq!(merged.facts["name"], "原本");
    }
}
