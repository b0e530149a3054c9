//! Loads the present sheets and physicians with which a returned questionnaire is compared.

use crate::auth::row_scope::Unscoped;
use crate::database::json;
use crate::liaison::facts::EntryFacts;
use chrono::NaiveDate;
use entity::enums::ResourceKind;
use entity::{affiliation, identifier, liaison_entry, liaison_sheet, physician, resource};
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationDef,
    RelationTrait,
};
use std::collections::{HashMap, HashSet};

/// A medical institution with its sheet and all its present and former physicians.
#[derive(Clone, Debug)]
pub struct Institution {
    pub row: resource::Model,
    /// The current version of the sheet.
    pub sheet: Option<liaison_sheet::Model>,
    /// Physicians on the sheet first, in the order of the sheet.
    pub people: Vec<Person>,
}

/// A physician at an institution.
#[derive(Clone, Debug)]
pub struct Person {
    pub physician: physician::Model,
    /// The first day on which they no longer work there.
    pub ended_on: Option<NaiveDate>,
    /// Facts on the sheet; `None`: the physician is not on it.
    pub facts: Option<EntryFacts>,
}

/// Institutions by official number, and physicians by code.
#[derive(Clone, Debug, Default)]
pub struct Known {
    pub institutions: HashMap<String, Institution>,
    /// Numbers that belong to a resource which is not a medical institution.
    pub other_facilities: HashSet<String>,
    pub physicians: HashMap<String, physician::Model>,
}

impl Person {
    /// Whether they work there on a day.
    pub fn works_there(&self, today: NaiveDate) -> bool {
        self.ended_on.is_none_or(|ended| today < ended)
    }
}

impl Known {
    /// Loads institutions by official number and physicians by code.
    pub async fn load(db: &impl Unscoped, numbers: &[String], codes: &[String]) -> Result<Self, DbErr> {
        let mut known = Self::default();
        let mut by_id: HashMap<i64, Institution> = HashMap::new();
        let named = named(db, numbers).await?;
        for row in rows(db, named.iter().map(|(_, _, id)| *id)).await? {
            by_id.insert(row.id, Institution { row, sheet: None, people: Vec::new() });
        }
        add_people(db, &mut by_id).await?;
        add_sheets(db, &mut by_id).await?;
        for (number, system, id) in named {
            let Some(institution) = by_id.get(&id) else { continue };
            if system == identifier::MEDICAL_INSTITUTION_ID
                && institution.row.kind == ResourceKind::MedicalFacility
            {
                known.institutions.insert(number, institution.clone());
            } else {
                known.other_facilities.insert(number);
            }
        }
        known.physicians = physicians(db, physician::Column::Code.is_in(codes)).await?;
        Ok(known)
    }
}

/// The official numbers of all institutions that have a sheet, one for each, in ascending order.
pub async fn with_a_sheet(db: &impl Unscoped) -> Result<Vec<String>, DbErr> {
    let of_sheet: RelationDef = identifier::Entity::belongs_to(liaison_sheet::Entity)
        .from(identifier::Column::ResourceId)
        .to(liaison_sheet::Column::ResourceId)
        .into();
    let found: Vec<(String, i64)> = db
        .every::<identifier::Entity>()
        .join(JoinType::InnerJoin, of_sheet)
        .filter(identifier::Column::System.eq(identifier::MEDICAL_INSTITUTION_ID))
        .filter(liaison_sheet::Column::ReplacedAt.is_null())
        .select_only()
        .column(identifier::Column::Value)
        .column(identifier::Column::ResourceId)
        .order_by_asc(identifier::Column::Value)
        .into_tuple()
        .all(db)
        .await?;
    let mut once = HashSet::new();
    Ok(found.into_iter().filter(|(_, id)| once.insert(*id)).map(|(number, _)| number).collect())
}

async fn named(db: &impl Unscoped, numbers: &[String]) -> Result<Vec<(String, String, i64)>, DbErr> {
    use identifier::Column;
    let found = db.every::<identifier::Entity>().filter(Column::Value.is_in(numbers)).all(db).await?;
    Ok(found.into_iter().map(|row| (row.value, row.system, row.resource_id)).collect())
}

async fn rows(db: &impl Unscoped, ids: impl Iterator<Item = i64>) -> Result<Vec<resource::Model>, DbErr> {
    db.every::<resource::Entity>().filter(resource::Column::Id.is_in(ids)).all(db).await
}

async fn physicians(
    db: &impl Unscoped,
    which: sea_orm::sea_query::SimpleExpr,
) -> Result<HashMap<String, physician::Model>, DbErr> {
    let found = db.every::<physician::Entity>().filter(which).all(db).await?;
    Ok(found.into_iter().map(|physician| (physician.code.clone(), physician)).collect())
}

async fn add_people(db: &impl Unscoped, institutions: &mut HashMap<i64, Institution>) -> Result<(), DbErr> {
    use affiliation::Column;
    let here = Column::ResourceId.is_in(institutions.keys().copied());
    let found = db.every::<affiliation::Entity>().filter(here).order_by_asc(Column::Id).all(db).await?;
    let ids = physician::Column::Id.is_in(found.iter().map(|affiliation| affiliation.physician_id));
    let physicians = physicians(db, ids).await?;
    let by_id: HashMap<i64, physician::Model> = physicians.into_values().map(|one| (one.id, one)).collect();
    for affiliation in found {
        let place = institutions.get_mut(&affiliation.resource_id);
        if let (Some(institution), Some(physician)) = (place, by_id.get(&affiliation.physician_id)) {
            let person = Person { physician: physician.clone(), ended_on: affiliation.ended_on, facts: None };
            institution.people.push(person);
        }
    }
    Ok(())
}

async fn add_sheets(db: &impl Unscoped, institutions: &mut HashMap<i64, Institution>) -> Result<(), DbErr> {
    use liaison_sheet::Column;
    let here = Column::ResourceId.is_in(institutions.keys().copied());
    let sheets =
        db.every::<liaison_sheet::Entity>().filter(here).filter(Column::ReplacedAt.is_null()).all(db).await?;
    let affiliation: RelationDef = liaison_entry::Relation::Affiliation.def();
    let entries = db
        .every::<liaison_entry::Entity>()
        .join(JoinType::InnerJoin, affiliation)
        .select_also(affiliation::Entity)
        .filter(liaison_entry::Column::SheetId.is_in(sheets.iter().map(|sheet| sheet.id)))
        .order_by_desc(liaison_entry::Column::Ordinal)
        .all(db)
        .await?;
    for (entry, affiliation) in entries {
        let Some(affiliation) = affiliation else { continue };
        let Some(institution) = institutions.get_mut(&affiliation.resource_id) else { continue };
        let there = |person: &Person| person.physician.id == affiliation.physician_id;
        let Some(place) = institution.people.iter().position(there) else { continue };
        let mut person = institution.people.remove(place);
        person.facts = Some(json::read(&entry.facts, "liaison_entry", entry.uuid)?);
        // Entries come in descending order and each is put in front, so the
        // first one of the sheet ends up first.
        institution.people.insert(0, person);
    }
    for sheet in sheets {
        if let Some(institution) = institutions.get_mut(&sheet.resource_id) {
            institution.sheet = Some(sheet);
        }
    }
    Ok(())
}
