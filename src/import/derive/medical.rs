//! Medical facilities: one per published ID and prefecture.

use crate::import::derive::draft::{Draft, Line, Medical, Timing};
use crate::import::derive::medical_hours::{self, Hours, Known, OpenDays};
use crate::import::derive::observation::{Merged, Observation, Phone, merge};
use entity::enums::{InstitutionType, ResourceKind};
use sea_orm::ActiveEnum;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Facts {
    institution_type: i16,
    published_id: String,
    name: String,
    name_kana: Option<String>,
    alias: Option<String>,
    address: Option<String>,
    position: Option<(f64, f64)>,
    prefecture_code: Option<String>,
    municipality_code: Option<String>,
    phone: Option<Phone>,
    url: Option<String>,
    closed_days_note: Option<String>,
    beds_general: Option<i32>,
    beds_long_term: Option<i32>,
    beds_psychiatric: Option<i32>,
    beds_tuberculosis: Option<i32>,
    beds_infectious: Option<i32>,
    beds_total: Option<i32>,
    departments: Vec<Department>,
    schedules: Vec<Timing>,
    hours: Option<Hours>,
    open_days: Option<OpenDays>,
    municipal: Option<Municipal>,
    municipal_schedules: Vec<Timing>,
}

/// What stands in for an ID as long as only a city's list knows the facility.
#[derive(Debug, Deserialize)]
struct Municipal {
    institution_type: i16,
}

#[derive(Debug, Deserialize)]
struct Department {
    code: Option<String>,
    name: String,
}

/// The facility of one published ID, or of a city's list. Rows of hours alone make none: they do not
/// say what it is called.
pub fn facility(key: &str, observations: Vec<Observation>) -> Result<Option<Draft>, serde_json::Error> {
    let (hours, facts): (Vec<_>, Vec<_>) =
        observations.into_iter().partition(|one| one.record_key.starts_with(medical_hours::KEY));
    let departments = medical_hours::departments(hours)?;
    Ok(merge::<Facts>(facts)?.and_then(|merged| draft(key, merged, departments)))
}

fn draft(key: &str, merged: Merged<Facts>, departments: Vec<(String, Hours)>) -> Option<Draft> {
    let mut facts = merged.facts;
    let known = Known {
        own: facts.hours.take().unwrap_or_default(),
        departments,
        open_days: facts.open_days.take().unwrap_or_default(),
        closed_days_note: facts.closed_days_note.clone(),
    };
    let said = [known.schedules(), facts.schedules, facts.municipal_schedules];
    let schedules = said.into_iter().find(|said| !said.is_empty()).unwrap_or_default();
    let prefecture = facts.prefecture_code.clone()?;
    let is_national = !facts.published_id.is_empty();
    let id = format!("{prefecture}:{}", facts.published_id);
    let institution_type = match facts.municipal {
        Some(municipal) if !is_national => municipal.institution_type,
        _ => facts.institution_type,
    };
    let institution_type = InstitutionType::try_from_value(&institution_type).ok()?;
    Some(Draft {
        key: key.to_owned(),
        kind: ResourceKind::MedicalFacility,
        alias: facts.alias.filter(|alias| *alias != facts.name),
        name: facts.name,
        name_kana: facts.name_kana,
        url: facts.url,
        note: None,
        categories: category(institution_type).to_owned(),
        municipality_code: facts.municipality_code,
        address: facts.address,
        building: None,
        position: facts.position,
        precision: None,
        home_district_id: None,
        organization: None,
        source_id: merged.source_id,
        as_of: merged.as_of,
        vanished_on: merged.vanished_on,
        identifiers: is_national.then_some(("medical-institution-id", id)).into_iter().collect(),
        prefecture_code: Some(prefecture),
        contacts: Line::new(None, None, facts.phone, None).into_iter().collect(),
        services: Vec::new(),
        medical: Some(Medical {
            institution_type,
            published_id: facts.published_id,
            closed_days_note: facts.closed_days_note,
            beds: [
                facts.beds_general,
                facts.beds_long_term,
                facts.beds_psychiatric,
                facts.beds_tuberculosis,
                facts.beds_infectious,
                facts.beds_total,
            ],
            departments: facts.departments.into_iter().map(|d| (d.code, d.name)).collect(),
        }),
        schedules,
        local: None,
        held: Vec::new(),
    })
}

fn category(institution_type: InstitutionType) -> &'static str {
    match institution_type {
        InstitutionType::Hospital => "HOSPITAL",
        InstitutionType::Clinic => "CLINIC",
        InstitutionType::Dental => "DENTAL",
        InstitutionType::Maternity => "MATERNITY",
        InstitutionType::Pharmacy => "PHARMACY",
    }
}
