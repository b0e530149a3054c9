//! Every text of the schema is screened, or says why not.

use super::*;
use crate::import::derive::draft::Local;
use crate::import::derive::parts::{Medical, Service};
use crate::import::facts::Timing;
use crate::import::facts::{Placement, ServedArea};
use crate::local::PartnerFacts;
use crate::local_kinds::Details;
use crate::schedules::MonthlyVenue;
use async_graphql::parser::types::{BaseType, Type, TypeDefinition, TypeKind, TypeSystemDefinition};
use entity::enums::{ContactKind, InstitutionType, PublicationState, ResourceKind};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Nullable texts of the schema that are not screened in their field, and why.
const NOT_SCREENED: &[(&str, &str)] = &[
    ("contacts.consents.email", "the ledger of consents, for those who keep it"),
    ("contacts.consents.evidence", "the ledger of consents, for those who keep it"),
    ("contacts.consents.fax", "the ledger of consents, for those who keep it"),
    ("contacts.consents.tel", "the ledger of consents, for those who keep it"),
    ("contacts.email", "a contact, shown by the consent for it"),
    ("contacts.fax", "a contact, shown by the consent for it"),
    ("contacts.faxE164", "a contact, shown by the consent for it"),
    ("contacts.personName", "a contact, shown by the consent for it"),
    ("contacts.tel", "a contact, shown by the consent for it"),
    ("contacts.telE164", "a contact, shown by the consent for it"),
    ("departments.code", "a code"),
    ("eligibilityText", "stored as eligibility"),
    ("helpers.recruitNote", "stored as recruitNote"),
    ("medicalAcceptances.answers.conditions", "only care professionals read it"),
    ("medicalAcceptances.vacancy.note", "only care professionals read it"),
    ("openState.reason", "words of this program"),
    ("schedules.occurrences.location.address", "location.address, or that of the venue"),
    ("schedules.occurrences.location.building", "location.building"),
    ("location.postalCode", "a number in a form of its own"),
    ("schedules.occurrences.location.postalCode", "a number in a form of its own"),
    ("schedules.occurrences.reason", "words of this program"),
    ("schedules.occurrences.venue", "schedules.venues.name"),
    ("schedules.uncomputableReason", "words of this program"),
    ("services.contacts.consents.email", "contacts once more"),
    ("services.contacts.consents.evidence", "contacts once more"),
    ("services.contacts.consents.fax", "contacts once more"),
    ("services.contacts.consents.tel", "contacts once more"),
    ("services.contacts.email", "contacts once more"),
    ("services.contacts.fax", "contacts once more"),
    ("services.contacts.faxE164", "contacts once more"),
    ("services.contacts.label", "contacts once more"),
    ("services.contacts.personName", "contacts once more"),
    ("services.contacts.tel", "contacts once more"),
    ("services.contacts.telE164", "contacts once more"),
    ("source.license", "words of this program"),
    ("source.publisher", "words of this program, or of who imports"),
    ("source.url", "words of this program"),
    ("vacancies.note", "only care professionals read it"),
];

const PRIVATE: &str = "電話 090-0000-0001";

fn word() -> Option<String> {
    Some(PRIVATE.into())
}

/// A draft in which every text is filled in and private.
fn draft(details: Details) -> Draft {
    let line = Line {
        kind: ContactKind::Representative,
        visibility: Visibility::Public,
        service_code: None,
        label: word(),
        person_name: None,
        email: None,
        phone: Some("0235-00-0000".into()),
        phone_e164: None,
        fax: None,
        fax_e164: None,
    };
    let rule = hours::schedule::Rule::Undated { why: hours::schedule::Uncomputable::Prose, hours: None };
    let timing = Timing {
        label: word(),
        rule: hours::schedule::Schedule::new(rule),
        raw_text: word(),
        venues: vec![MonthlyVenue { months: vec![1], name: PRIVATE.into(), address: word() }],
    };
    let service = Service {
        office_number: String::new(),
        code: "110",
        name: PRIVATE.into(),
        name_kana: word(),
        address: word(),
        building: word(),
        url: word(),
        capacity: None,
        available_days: None,
        available_days_note: word(),
        is_kyosei: None,
        meets_kaigo_standard: None,
        meets_shogai_standard: None,
        note: word(),
        as_of: None,
        vanished_on: None,
    };
    let local = Local {
        details,
        partner: PartnerFacts::default(),
        description: word(),
        placement: Placement::Stands,
        reach: ServedArea::Unknown,
        needs_districts: false,
        state: PublicationState::Suspended,
        suspended: Some((None, None, word())),
        last_verified_on: None,
        district_ids: Vec::new(),
    };
    Draft {
        key: "key".into(),
        kind: local.details.kind(),
        name: PRIVATE.into(),
        name_kana: word(),
        alias: word(),
        url: word(),
        note: word(),
        categories: String::new(),
        prefecture_code: None,
        municipality_code: None,
        postal_code: None,
        address: word(),
        building: word(),
        position: None,
        precision: None,
        home_district_id: None,
        organization: Some(Corporation { name: PRIVATE.into(), number: None }),
        source_id: 1,
        as_of: None,
        vanished_on: None,
        identifiers: Vec::new(),
        contacts: vec![line],
        services: vec![service],
        medical: Some(Medical {
            institution_type: InstitutionType::Clinic,
            published_id: String::new(),
            closed_days_note: word(),
            beds: [None; 6],
            departments: Vec::new(),
        }),
        schedules: vec![timing],
        local: Some(Box::new(local)),
        held: Vec::new(),
    }
}

/// Facts of each local kind in which every text is filled in and private.
fn facts_of_all_kinds() -> Vec<Details> {
    let fee = json!({
        "kind": "FREE", "unit": PRIVATE, "audience": PRIVATE, "note": PRIVATE,
        "surcharges": [{ "label": PRIVATE, "unit": PRIVATE }],
    });
    let access = json!({ "note": PRIVATE, "directions": PRIVATE, "winter_note": PRIVATE, "parking": { "note": PRIVATE } });
    let eligibility = json!({ "text": PRIVATE });
    let menu = json!({
        "name": PRIVATE, "fees": [fee], "conditions": PRIVATE, "districts_note": PRIVATE, "fare_reviewed": false,
    });
    let facts = [
        (
            ResourceKind::GatheringPlace,
            json!({
                "kind": "SALON", "venue": { "name": PRIVATE }, "eligibility": eligibility, "fees": [fee],
                "reservation_note": PRIVATE, "bring": PRIVATE, "allergy_policy": PRIVATE, "access": access,
                "pickup": { "area": PRIVATE, "fee": fee, "note": PRIVATE },
            }),
        ),
        (
            ResourceKind::MutualAidGroup,
            json!({
                "menus": [menu], "fees": [fee], "membership": { "note": PRIVATE }, "eligibility": eligibility,
                "how_to_apply": { "text": PRIVATE }, "recruit_note": PRIVATE,
            }),
        ),
        (
            ResourceKind::PrivateService,
            json!({
                "menus": [menu], "eligibility": eligibility, "how_to_apply": { "text": PRIVATE },
                "vouching": [{ "by": "CITY_LIST", "note": PRIVATE }],
            }),
        ),
        (
            ResourceKind::ConsultationDesk,
            json!({ "fees": [fee], "after_hours": PRIVATE, "eligibility": PRIVATE, "access": access }),
        ),
    ];
    let read = |(kind, facts)| Details::read(kind, facts).expect("facts").expect("of a local kind");
    facts.into_iter().map(read).collect()
}

/// A path without indices: `menus.fees.note` for `menus[0].fees[1].note`.
fn without_numbers(field: &str) -> String {
    let mut is_number = false;
    let kept = field.chars().filter(|c| {
        let starts = *c == '[';
        is_number = starts || (is_number && *c != ']');
        !is_number && *c != ']'
    });
    kept.collect()
}

/// The fields in which private text is withheld.
fn screened() -> BTreeSet<String> {
    let mut fields = BTreeSet::new();
    for details in facts_of_all_kinds() {
        let mut draft = draft(details);
        withhold(&mut draft, &Ledger::default(), &Released::default(), &mut Report::default());
        fields.extend(draft.held.iter().map(|held| without_numbers(&held.field)));
        draft.held.clear();
        let rest = serde_json::to_string(&draft).expect("JSON");
        assert!(!rest.contains("090-0000-0001"), "{rest}");
    }
    fields
}

/// Nodes that belong to one resource, with texts of their own.
const BELONGING: [&str; 3] = ["Consent", "MedicalAcceptance", "VacancyReport"];

/// The types of the schema that have fields.
struct Schema(BTreeMap<String, TypeDefinition>);

impl Schema {
    fn read() -> Self {
        let text = include_str!("../../../../schema.graphql");
        let document = async_graphql::parser::parse_schema(text).expect("a schema");
        let types = document.definitions.into_iter().filter_map(|definition| match definition {
            TypeSystemDefinition::Type(of_type) => Some((of_type.node.name.to_string(), of_type.node)),
            _ => None,
        });
        Self(types.collect())
    }

    fn implements(&self, name: &str, interface: &str) -> bool {
        match self.0.get(name).map(|of_type| &of_type.kind) {
            Some(TypeKind::Object(object)) => object.implements.iter().any(|i| i.node == *interface),
            _ => false,
        }
    }

    fn resources(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str).filter(|name| self.implements(name, "Resource"))
    }

    /// The nullable texts of a type and of what belongs to it alone, not of other nodes or lists of nodes.
    fn nullable_texts(&self, name: &str, path: &str, above: &[&str], found: &mut BTreeSet<String>) {
        let Some(TypeKind::Object(object)) = self.0.get(name).map(|of_type| &of_type.kind) else { return };
        for field in &object.fields {
            let name = field.node.name.node.as_str();
            let path = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
            let below = base(&field.node.ty.node);
            if below == "String" {
                if field.node.ty.node.nullable {
                    found.insert(path);
                }
            } else if !(above.contains(&below)
                || (self.implements(below, "Node") && !BELONGING.contains(&below))
                || below.ends_with("Connection"))
            {
                self.nullable_texts(below, &path, &[above, &[below]].concat(), found);
            }
        }
    }
}

fn base(of_type: &Type) -> &str {
    match &of_type.base {
        BaseType::Named(name) => name,
        BaseType::List(item) => base(item),
    }
}

#[test]
fn every_nullable_text_of_a_resource_is_screened_or_says_why_not() {
    let schema = Schema::read();
    let mut texts = BTreeSet::new();
    for name in schema.resources() {
        schema.nullable_texts(name, "", &[name], &mut texts);
    }
    assert!(texts.len() > 60, "the schema was not walked: {texts:?}");
    let screened = screened();
    let listed: BTreeSet<&str> = NOT_SCREENED.iter().map(|(field, _)| *field).collect();
    let forgotten: Vec<_> =
        texts.iter().filter(|t| !screened.contains(*t) && !listed.contains(t.as_str())).collect();
    assert!(forgotten.is_empty(), "neither screened nor listed with a reason: {forgotten:?}");
    let stale: Vec<_> = listed.iter().filter(|t| !texts.contains(**t) || screened.contains(**t)).collect();
    assert!(stale.is_empty(), "listed, but not in the schema, or screened: {stale:?}");
}

#[test]
fn every_text_that_may_be_withheld_is_told_by_a_column() {
    for field in screened() {
        assert!(!column_of(&field).is_ascii(), "{field} has no name in import/report/columns.rs");
    }
}
