//! Medical facilities: one per published ID and prefecture.

use crate::import::derive::draft::Draft;
use crate::import::derive::medical_hours::{self, Known};
use crate::import::derive::observation::{Merged, Observation, merge};
use crate::import::derive::parts::{Corporation, Line, Medical};
use crate::import::facts::{Hours, MedicalFacts};
use crate::import::row::note_with_page;
use crate::medical;
use crate::terms::Labelled;
use entity::enums::{InstitutionType, ResourceKind};
use sea_orm::ActiveEnum;

/// The facility of one published ID, or of a city's list. Rows of hours alone
/// make none, because they have no name.
pub fn facility(key: &str, observations: Vec<Observation>) -> Result<Option<Draft>, serde_json::Error> {
    let (hours, facts): (Vec<_>, Vec<_>) =
        observations.into_iter().partition(|one| one.record_key.starts_with(medical_hours::KEY));
    let departments = medical_hours::departments(hours)?;
    Ok(merge::<MedicalFacts>(facts)?.and_then(|merged| draft(key, merged, departments)))
}

fn draft(key: &str, merged: Merged<MedicalFacts>, departments: Vec<(String, Hours)>) -> Option<Draft> {
    let facts = merged.facts;
    let closed_days_note = facts.closed_days_note.known();
    let known = Known {
        own: facts.hours.known().unwrap_or_default(),
        departments,
        open_days: facts.open_days.known().unwrap_or_default(),
        closed_days_note: closed_days_note.clone(),
    };
    let said = [known.schedules(), facts.municipal_schedules.known().unwrap_or_default()];
    let schedules = said.into_iter().find(|said| !said.is_empty()).unwrap_or_default();
    let prefecture = facts.prefecture_code.known()?;
    let published_id = facts.published_id.known();
    let municipal = facts.municipal.known().filter(|_| published_id.is_none());
    let institution_type = match municipal {
        Some(municipal) => municipal.institution_type,
        None => facts.institution_type.known()?,
    };
    let name = facts.name.known()?;
    let institution_type = InstitutionType::try_from_value(&institution_type).ok()?;
    Some(Draft {
        key: key.to_owned(),
        kind: ResourceKind::MedicalFacility,
        alias: facts.alias.known().filter(|alias| *alias != name),
        name,
        name_kana: facts.name_kana.known(),
        note: note_with_page(facts.note, &facts.url, facts.url_words),
        url: facts.url.known(),
        categories: medical::InstitutionType::from(institution_type).code().to_owned(),
        municipality_code: facts.municipality_code.known(),
        address: facts.address.known(),
        postal_code: facts.postal_code.known(),
        building: facts.building.known(),
        position: facts.position.known(),
        precision: None,
        home_district_id: None,
        organization: facts
            .corporation_name
            .known()
            .map(|name| Corporation { name, number: facts.corporate_number.known() }),
        source_id: merged.source_id,
        as_of: merged.as_of,
        vanished_on: merged.vanished_on,
        identifiers: identifier(&prefecture, published_id.as_deref()),
        prefecture_code: Some(prefecture),
        contacts: Line::new(None, facts.phone_label.known(), facts.phone.known(), facts.fax.known())
            .into_iter()
            .collect(),
        services: Vec::new(),
        medical: Some(Medical {
            institution_type,
            published_id: published_id.unwrap_or_default(),
            closed_days_note,
            beds: [
                facts.beds_general.known(),
                facts.beds_long_term.known(),
                facts.beds_psychiatric.known(),
                facts.beds_tuberculosis.known(),
                facts.beds_infectious.known(),
                facts.beds_total.known(),
            ],
            departments: facts.departments.known().into_iter().flatten().map(|d| (d.code, d.name)).collect(),
        }),
        schedules,
        local: None,
        held: Vec::new(),
    })
}

fn identifier(prefecture: &str, id: Option<&str>) -> Vec<(&'static str, String)> {
    id.map(|id| (entity::identifier::MEDICAL_INSTITUTION_ID, format!("{prefecture}:{id}")))
        .into_iter()
        .collect()
}
