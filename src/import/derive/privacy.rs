//! Withholds free text of a draft that looks private, before the draft is compared and written.

use crate::consents::effect::Ledger;
use crate::import::complaint::Remark;
use crate::import::derive::draft::{Corporation, Draft, Line, Local, Medical, Service};
use crate::import::facts::Timing;
use crate::import::report::Report;
use crate::withheld::texts::{ScheduleTexts, ServiceTexts, Texts};
use crate::withheld::{Released, Rules, WithheldText};
use entity::enums::Visibility;
use japan::values::ContactValue;

/// Moves private texts from the fields of the draft into `held`. The digest covers `held` too.
pub fn withhold(draft: &mut Draft, ledger: &Ledger, released: &Released, report: &mut Report) {
    let held = screen(draft, ledger, released);
    if !held.is_empty() {
        report.warn(Remark::PrivateTextWithheld);
        if let Some(local) = &draft.local {
            draft.categories = local.details.searchable().categories.join(",");
        }
    }
    draft.held = held;
}

fn screen(draft: &mut Draft, ledger: &Ledger, released: &Released) -> Vec<WithheldText> {
    let resource = draft.uuid();
    // Labels are screened against the public numbers, so both are detached from the draft meanwhile.
    let mut labels: Vec<Option<String>> = published(&mut draft.contacts).map(Option::take).collect();
    let mut organization = draft.organization.as_mut().map(|body| std::mem::take(&mut body.name));
    let contacts = std::mem::take(&mut draft.contacts);
    let public = |line: &&Line| line.effect(resource, ledger).visibility == Visibility::Public;
    let is_public =
        |value: &ContactValue| contacts.iter().filter(public).any(|line| line.values().contains(value));
    let rules = Rules { resource, ledger, released, is_public: &is_public };
    let held = texts(draft, &mut organization, labels.iter_mut().collect()).screen(&rules);
    draft.contacts = contacts;
    published(&mut draft.contacts).zip(labels).for_each(|(place, label)| *place = label);
    let named = draft.organization.take().zip(organization);
    draft.organization = named.map(|(body, name)| Corporation { name, ..body });
    held
}

/// The labels of contacts that the source made public.
fn published(contacts: &mut [Line]) -> impl Iterator<Item = &mut Option<String>> {
    contacts.iter_mut().filter(|line| line.visibility == Visibility::Public).map(|line| {
        let Line {
            label,
            // Contact values; their consent decides their visibility.
            phone: _,
            phone_e164: _,
            fax: _,
            fax_e164: _,
            email: _,
            person_name: _,
            kind: _,
            visibility: _,
            service_code: _,
        } = line;
        label
    })
}

fn texts<'t>(
    draft: &'t mut Draft,
    organization: &'t mut Option<String>,
    labels: Vec<&'t mut Option<String>>,
) -> Texts<'t> {
    let Draft {
        name,
        name_kana,
        alias,
        url,
        note,
        address,
        building,
        services,
        medical,
        schedules,
        local,
        // Passed separately.
        organization: _,
        contacts: _,
        // Not free text: keys, numbers, days and words of closed sets.
        key: _,
        kind: _,
        categories: _,
        prefecture_code: _,
        municipality_code: _,
        position: _,
        precision: _,
        home_district_id: _,
        source_id: _,
        as_of: _,
        vanished_on: _,
        identifiers: _,
        held: _,
    } = draft;
    let (description, suspension_reason, details) = match local.as_deref_mut() {
        None => (None, None, None),
        Some(Local {
            details,
            description,
            suspended,
            // Numbers and words of closed sets.
            partner: _,
            placement: _,
            // Codes or names of districts, which the derivation resolves.
            reach: _,
            needs_districts: _,
            state: _,
            last_verified_on: _,
            district_ids: _,
        }) => (Some(description), suspended.as_mut().map(|(_, _, reason)| reason), Some(details)),
    };
    Texts {
        name,
        name_kana,
        alias,
        description,
        url,
        address,
        building,
        organization,
        note,
        suspension_reason,
        closed_days_note: medical.as_mut().map(of_medical),
        services: services.iter_mut().map(of_service).collect(),
        schedules: schedules.iter_mut().map(of_schedule).collect(),
        labels,
        details,
    }
}

fn of_medical(medical: &mut Medical) -> &mut Option<String> {
    let Medical {
        closed_days_note,
        institution_type: _,
        published_id: _,
        beds: _,
        // Departments as listed by the ministry.
        departments: _,
    } = medical;
    closed_days_note
}

fn of_service(service: &mut Service) -> ServiceTexts<'_> {
    let Service {
        name,
        name_kana,
        url,
        available_days_note,
        note,
        office_number: _,
        code: _,
        capacity: _,
        available_days: _,
        is_kyosei: _,
        meets_kaigo_standard: _,
        meets_shogai_standard: _,
        as_of: _,
        vanished_on: _,
    } = service;
    ServiceTexts { name, name_kana, url, available_days_note, note }
}

fn of_schedule(timing: &mut Timing) -> ScheduleTexts<'_> {
    let Timing { label, raw_text, venues, rule: _ } = timing;
    ScheduleTexts { label, raw_text, venues }
}

#[cfg(test)]
mod tests;
