//! Withholds free text of a draft that looks private, before the draft is compared and written.

use crate::consents::effect::Ledger;
use crate::import::complaint::Remark;
use crate::import::derive::draft::Draft;
use crate::import::derive::parts::{Corporation, Line, published};
use crate::import::report::{Report, column_of};
use crate::withheld::{Released, Rules, WithheldText};
use entity::enums::Visibility;
use japan::values::ContactValue;

/// Moves private texts from the fields of the draft into `held`. The digest covers `held` too.
pub fn withhold(draft: &mut Draft, ledger: &Ledger, released: &Released, report: &mut Report) {
    let held = screen(draft, ledger, released);
    for text in &held {
        report.warn_in(column_of(&text.field).to_owned(), Remark::PrivateTextWithheld);
    }
    if let Some(local) = draft.local.as_ref().filter(|_| !held.is_empty()) {
        draft.categories = local.details.searchable().categories.join(",");
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
    let is_closed = |line: &&Line| line.visibility != Visibility::Public;
    let closed: Vec<ContactValue> = contacts.iter().filter(is_closed).flat_map(Line::values).collect();
    let rules = Rules { resource, ledger, released, is_public: &is_public, closed: &closed };
    let held = draft.texts(&mut organization, labels.iter_mut().collect()).screen(&rules);
    draft.contacts = contacts;
    published(&mut draft.contacts).zip(labels).for_each(|(place, label)| *place = label);
    let named = draft.organization.take().zip(organization);
    draft.organization = named.map(|(body, name)| Corporation { name, ..body });
    held
}

#[cfg(test)]
mod tests;
