//! Assigns rows of hours to facilities: they have the ID without its prefecture, and may be imported first.

use crate::auth::row_scope::Unscoped;
use crate::import::derive::medical_hours::KEY;
use crate::import::derive::overlay::Overlay;
use entity::official_record;
use japan::codes;
use sea_orm::DbErr;
use std::collections::{HashMap, HashSet};

/// IDs per statement: with one key for each prefecture they stay below SQLite's limit of 32,766 values.
const CHUNK: usize = 500;

/// The keys of facilities; keys of hours are replaced by those of their facilities. Hours of an ID that no
/// facility has, or that facilities of two prefectures have, are left out.
pub async fn facilities_of(
    db: &impl Unscoped,
    overlay: &Overlay,
    keys: &[String],
) -> Result<Vec<String>, DbErr> {
    let (ids, others): (Vec<&String>, Vec<&String>) = keys.iter().partition(|key| key.starts_with(KEY));
    let mut found: Vec<String> = others.into_iter().cloned().collect();
    let mut known: HashSet<String> = found.iter().cloned().collect();
    let ids: Vec<&str> = ids.into_iter().filter_map(|key| key.strip_prefix(KEY)).collect();
    for facilities in by_id(db, overlay, &ids).await?.into_values() {
        if let [only] = facilities.as_slice()
            && known.insert(only.clone())
        {
            found.push(only.clone());
        }
    }
    Ok(found)
}

/// All records of some facilities, those of hours included.
pub async fn of_facilities(
    db: &impl Unscoped,
    overlay: &Overlay,
    keys: &[String],
) -> Result<HashMap<String, Vec<official_record::Model>>, DbErr> {
    let mut found = overlay.of_facilities(db, keys).await?;
    let of_medical = keys.iter().filter_map(|key| Some((id_of(key)?, key)));
    let facilities: HashMap<&str, &String> = of_medical.collect();
    let wanted: Vec<String> = facilities.keys().map(|id| format!("{KEY}{id}")).collect();
    if wanted.is_empty() {
        return Ok(found);
    }
    let hours = overlay.of_facilities(db, &wanted).await?;
    let ids: Vec<&str> = hours.keys().filter_map(|key| key.strip_prefix(KEY)).collect();
    let known = by_id(db, overlay, &ids).await?;
    for (key, rows) in &hours {
        let Some(id) = key.strip_prefix(KEY) else { continue };
        let only = known.get(id).is_some_and(|facilities| facilities.len() == 1);
        if let Some(facility) = facilities.get(id).filter(|_| only) {
            found.entry((*facility).clone()).or_default().extend(rows.iter().cloned());
        }
    }
    Ok(found)
}

/// The ID of a medical institution in the key of its facility.
fn id_of(key: &str) -> Option<&str> {
    key.strip_prefix("medical:")?.split_once(':').map(|(_, id)| id)
}

/// The facilities with some IDs, whatever their prefecture.
async fn by_id(
    db: &impl Unscoped,
    overlay: &Overlay,
    ids: &[&str],
) -> Result<HashMap<String, Vec<String>>, DbErr> {
    let mut found: HashMap<String, Vec<String>> = HashMap::new();
    for chunk in ids.chunks(CHUNK) {
        let keys = chunk.iter().flat_map(|id| {
            codes::prefectures().iter().map(move |prefecture| format!("medical:{}:{id}", prefecture.code))
        });
        for key in overlay.existing(db, keys.collect()).await? {
            let Some(id) = id_of(&key) else { continue };
            found.entry(id.to_owned()).or_default().push(key);
        }
    }
    Ok(found)
}
