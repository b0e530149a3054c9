//! Free text of a draft that looks private is taken out of it before it is compared and written.

use super::draft::{Draft, Service, Timing};
use crate::consents::effect::Ledger;
use crate::exchange::report::Report;
use crate::local::Details;
use crate::values::ContactValue;
use crate::withheld::facts::Facts;
use crate::withheld::texts::{ScheduleTexts, ServiceTexts};
use crate::withheld::{Released, Rules, Texts};
use entity::enums::Visibility;
use std::mem::take;

/// Takes out what is private and remembers it in the draft, so that equal drafts stay equal.
pub fn withhold(draft: &mut Draft, ledger: &Ledger, released: &Released, report: &mut Report) {
    let mut texts = out_of(draft);
    let resource = draft.uuid();
    let held = {
        let public =
            |line: &&super::draft::Line| line.effect(resource, ledger).visibility == Visibility::Public;
        let is_public = |value: &ContactValue| {
            draft.contacts.iter().filter(public).any(|line| line.values().contains(value))
        };
        texts.screen(&Rules { resource, ledger, released, is_public: &is_public })
    };
    if held.is_empty() {
        texts.facts = None;
    }
    back_into(draft, texts);
    if !held.is_empty() {
        report.warn("a text holds a private phone number or mail address; withheld: see 'yui review'");
        if let Some(local) = &draft.local {
            draft.categories = local.details.searchable().categories.join(",");
        }
    }
    draft.held = held;
}

fn out_of(draft: &mut Draft) -> Texts {
    let published = draft.contacts.iter_mut().filter(|line| line.visibility == Visibility::Public);
    let labels = published.map(|line| line.label.take()).collect();
    let service = |service: &mut Service| ServiceTexts {
        name: take(&mut service.name),
        name_kana: service.name_kana.take(),
        url: service.url.take(),
        available_days_note: service.available_days_note.take(),
        note: service.note.take(),
    };
    let schedule = |timing: &mut Timing| ScheduleTexts {
        label: timing.label.take(),
        raw_text: timing.raw_text.take(),
        venues: take(&mut timing.venues),
    };
    let mut texts = Texts {
        name: take(&mut draft.name),
        name_kana: draft.name_kana.take(),
        alias: draft.alias.take(),
        url: draft.url.take(),
        address: draft.address.take(),
        building: draft.building.take(),
        organization: draft.organization.as_mut().map(|organization| take(&mut organization.name)),
        note: draft.note.take(),
        closed_days_note: draft.medical.as_mut().and_then(|medical| medical.closed_days_note.take()),
        services: draft.services.iter_mut().map(service).collect(),
        schedules: draft.schedules.iter_mut().map(schedule).collect(),
        labels,
        ..Texts::default()
    };
    if let Some(local) = &mut draft.local {
        texts.description = local.description.take();
        texts.suspension_reason = local.suspended.as_mut().and_then(|(_, _, reason)| reason.take());
        texts.facts = local.details.facts().ok().map(|body| Facts { kind: local.details.kind(), body });
    }
    texts
}

fn back_into(draft: &mut Draft, texts: Texts) {
    (draft.name, draft.name_kana, draft.alias) = (texts.name, texts.name_kana, texts.alias);
    (draft.url, draft.note) = (texts.url, texts.note);
    (draft.address, draft.building) = (texts.address, texts.building);
    draft.organization = draft.organization.take().zip(texts.organization).map(|(mut organization, name)| {
        organization.name = name;
        organization
    });
    if let Some(medical) = &mut draft.medical {
        medical.closed_days_note = texts.closed_days_note;
    }
    for (service, texts) in draft.services.iter_mut().zip(texts.services) {
        (service.name, service.name_kana, service.url) = (texts.name, texts.name_kana, texts.url);
        (service.available_days_note, service.note) = (texts.available_days_note, texts.note);
    }
    for (timing, texts) in draft.schedules.iter_mut().zip(texts.schedules) {
        (timing.label, timing.raw_text, timing.venues) = (texts.label, texts.raw_text, texts.venues);
    }
    let published = draft.contacts.iter_mut().filter(|line| line.visibility == Visibility::Public);
    for (line, label) in published.zip(texts.labels) {
        line.label = label;
    }
    if let Some(local) = &mut draft.local {
        local.description = texts.description;
        if let Some((_, _, reason)) = &mut local.suspended {
            *reason = texts.suspension_reason;
        }
        let facts = texts.facts.and_then(|facts| Details::read(facts.kind, facts.body).ok().flatten());
        if let Some(details) = facts {
            local.details = details;
        }
    }
}
