//! Writes what is learned of an area: 町字 and boundaries. Facilities there are derived anew.

use super::formats::towns::Town;
use super::import::{ImportOptions, today};
use super::official::{derive_municipalities, place};
use super::report::Report;
use crate::codes::Municipality;
use crate::database::Databases;
use entity::{municipality_boundary, town};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};
use std::collections::{BTreeMap, HashMap};

const CHUNK: usize = 1_000;
type Polygons = Vec<Vec<Vec<(f64, f64)>>>;

/// Writes the 町字 of a municipality that are new or have moved.
pub async fn write_towns(
    databases: &Databases,
    municipality: &Municipality,
    towns: Vec<Town>,
    options: &ImportOptions,
    report: &mut Report,
) -> Result<(), DbErr> {
    let transaction = databases.begin_write().await?;
    let municipality_id = place::municipality_id(&transaction, municipality.code).await?;
    let known = known_towns(&transaction, municipality_id).await?;
    let mut pending = Vec::new();
    for town in towns {
        match known.get(&(town.town.clone(), town.koaza.clone())) {
            None => report.created += 1,
            Some(position) if *position == town.position => {
                report.unchanged += 1;
                continue;
            }
            Some(_) => report.updated += 1,
        }
        pending.push(town);
    }
    if pending.is_empty() || options.dry_run {
        return transaction.rollback().await;
    }
    insert_towns(&transaction, municipality_id, &pending).await?;
    derive_municipalities(&transaction, &[municipality.code.to_owned()], today(), report).await?;
    report.written = true;
    transaction.commit().await
}

async fn known_towns(
    db: &impl ConnectionTrait,
    municipality_id: i64,
) -> Result<HashMap<(String, String), Option<(f64, f64)>>, DbErr> {
    #[expect(clippy::disallowed_methods, reason = "町字 are public and the importer has no viewer")]
    let all = town::Entity::find();
    let found = all.filter(town::Column::MunicipalityId.eq(municipality_id)).all(db).await?;
    Ok(found.into_iter().map(|t| ((t.town, t.koaza), t.latitude.zip(t.longitude))).collect())
}

async fn insert_towns(db: &impl ConnectionTrait, municipality_id: i64, towns: &[Town]) -> Result<(), DbErr> {
    let model = |town: &Town| town::ActiveModel {
        municipality_id: Set(municipality_id),
        town: Set(town.town.clone()),
        koaza: Set(town.koaza.clone()),
        name_key: Set(town.name_key.clone()),
        latitude: Set(town.position.map(|p| p.0)),
        longitude: Set(town.position.map(|p| p.1)),
        ..Default::default()
    };
    let key = [town::Column::MunicipalityId, town::Column::Town, town::Column::Koaza];
    let over = [town::Column::NameKey, town::Column::Latitude, town::Column::Longitude];
    for chunk in towns.chunks(CHUNK) {
        town::Entity::insert_many(chunk.iter().map(model))
            .on_conflict(OnConflict::columns(key).update_columns(over).to_owned())
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// Writes the boundaries that are new or differ.
pub async fn write_boundaries(
    databases: &Databases,
    boundaries: BTreeMap<String, Polygons>,
    options: &ImportOptions,
    report: &mut Report,
) -> Result<(), DbErr> {
    let transaction = databases.begin_write().await?;
    let mut changed = Vec::new();
    for (code, polygons) in boundaries {
        let text = serde_json::to_string(&polygons).map_err(|e| DbErr::Custom(e.to_string()))?;
        if write_boundary(&transaction, &code, text, report).await? {
            changed.push(code);
        }
    }
    if changed.is_empty() || options.dry_run {
        return transaction.rollback().await;
    }
    derive_municipalities(&transaction, &changed, today(), report).await?;
    report.written = true;
    transaction.commit().await
}

async fn write_boundary(
    db: &impl ConnectionTrait,
    code: &str,
    polygons: String,
    report: &mut Report,
) -> Result<bool, DbErr> {
    let municipality_id = place::municipality_id(db, code).await?;
    #[expect(clippy::disallowed_methods, reason = "boundaries are public and the importer has no viewer")]
    let known = municipality_boundary::Entity::find_by_id(municipality_id).one(db).await?;
    match known {
        Some(known) if known.polygons == polygons => {
            report.unchanged += 1;
            return Ok(false);
        }
        Some(_) => report.updated += 1,
        None => report.created += 1,
    }
    let model =
        municipality_boundary::ActiveModel { municipality_id: Set(municipality_id), polygons: Set(polygons) };
    let column = municipality_boundary::Column::MunicipalityId;
    let over = municipality_boundary::Column::Polygons;
    municipality_boundary::Entity::insert(model)
        .on_conflict(OnConflict::column(column).update_column(over).to_owned())
        .exec_without_returning(db)
        .await?;
    Ok(true)
}
