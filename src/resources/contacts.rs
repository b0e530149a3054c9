//! Contacts of a resource.

use super::kinds::ContactKind;
use super::row::Row;
use crate::context::RequestContext;
use crate::id::{NodeId, NodeType};
use crate::picture::{OwnContact, Record};
use async_graphql::{Context, SimpleObject};
use entity::enums::Visibility;
use japan::values::ContactValue;

/// A way to reach somebody (連絡先).
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
#[graphql(complex)]
pub struct ContactPoint {
    /// Who answers.
    #[graphql(skip)]
    pub kind: ContactKind,
    /// Name of the desk or service (窓口名), never of a person.
    pub label: Option<String>,
    /// Phone number as people read it (電話番号), `0235-26-5111`.
    pub tel: Option<String>,
    /// The phone number in international form, `+81235265111`, where its area is known (国際形式の電話番号).
    pub tel_e164: Option<String>,
    /// Fax number as people read it (FAX番号).
    pub fax: Option<String>,
    /// The fax number in international form, where its area is known (国際形式のFAX番号).
    pub fax_e164: Option<String>,
    /// Mail address (メールアドレス).
    pub email: Option<String>,
    /// The service it belongs to, at a facility with several.
    #[graphql(skip)]
    pub service_code: Option<String>,
    /// Public id of its resource, when it is for care professionals and not open to the public or partners.
    #[graphql(skip)]
    pub professional: Option<NodeId>,
    /// Facts for viewers who look after the resource; `None` for others.
    #[graphql(skip)]
    pub confidential: Option<Confidential>,
}

/// Facts of a contact that only viewers who look after its resource may read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confidential {
    /// Name of the person (担当者名).
    pub person_name: Option<String>,
    /// The visibility of the contact without consents (公開範囲).
    pub visibility: Visibility,
    /// References `resource.id`.
    pub resource_id: i64,
}

impl ContactPoint {
    /// A contact of a resource.
    pub fn of(contact: &OwnContact<'_>, resource: &Row) -> Self {
        let own = |text: Option<&str>| text.map(str::to_owned);
        let whose = || NodeId::new(NodeType::Resource(resource.kind), resource.uuid);
        Self {
            kind: contact.kind.into(),
            label: own(contact.label),
            tel: own(contact.phone),
            tel_e164: own(contact.phone_e164),
            fax: own(contact.fax),
            fax_e164: own(contact.fax_e164),
            email: own(contact.email),
            service_code: own(contact.service_code),
            professional: contact.is_for_professionals.then(whose),
            confidential: contact.confidential.map(|(person_name, visibility)| Confidential {
                person_name: own(person_name),
                visibility,
                resource_id: resource.id,
            }),
        }
    }

    /// The numbers and the mail address in the form in which they are compared.
    pub fn values(&self) -> Vec<ContactValue> {
        let numbers = [&self.tel, &self.tel_e164, &self.fax, &self.fax_e164];
        ContactValue::of_contact(numbers.map(Option::as_deref), self.email.as_deref())
    }
}

/// Notes for the audit that contacts for care professionals are read, by their resource.
pub fn note_reading(ctx: &Context<'_>, contacts: &[ContactPoint]) {
    for thing in contacts.iter().filter_map(|contact| contact.professional) {
        RequestContext::of(ctx).reads().note(thing);
    }
}

/// Whether a contact repeats what another one of the same resource says.
fn repeats(known: &OwnContact<'_>, contact: &OwnContact<'_>) -> bool {
    known.phone == contact.phone
        && known.fax == contact.fax
        && known.email == contact.email
        && same_person(known, contact)
}

fn same_person(known: &OwnContact<'_>, contact: &OwnContact<'_>) -> bool {
    let person = |(name, _)| name;
    known.confidential.and_then(person) == contact.confidential.and_then(person)
}

/// The contacts of a resource that a viewer may read, without repeating the same numbers for several services.
pub fn distinct(record: &Record) -> Vec<OwnContact<'_>> {
    let mut seen: Vec<OwnContact<'_>> = Vec::new();
    for contact in record.contacts() {
        if !seen.iter().any(|known| repeats(known, &contact)) {
            seen.push(contact);
        }
    }
    seen
}
