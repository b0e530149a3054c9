//! Restricted fields: which viewers read them, and how the others are refused.

use super::VIEWERS;
use crate::support::Graph;
use crate::support::viewers::Viewer;
use crate::support::world::{CONTACTS, World};
use entity::enums::Visibility;

/// Types with restricted fields, with all of their fields. A new field is added here once its permission is
/// decided.
const RESTRICTED: &[(&str, &[&str])] = &[
    (
        "ContactPoint",
        &[
            "label",
            "tel",
            "telE164",
            "fax",
            "faxE164",
            "email",
            "kind",
            "personName",
            "visibility",
            "consents",
        ],
    ),
    ("Physician", &["code", "name", "nameKana", "id", "sheets"]),
    (
        "LiaisonSheet",
        &[
            "id",
            "institution",
            "version",
            "isCurrent",
            "replacedAt",
            "issuedOn",
            "asOf",
            "reviewDueOn",
            "reviewState",
            "issuer",
            "warnings",
            "physicians",
            "lines",
            "transmissionCautions",
            "documentFeeNote",
            "note",
            "disclaimers",
            "versions",
            "consent",
            "printLink",
            "distribution",
        ],
    ),
    (
        "Consent",
        &[
            "id",
            "resource",
            "purpose",
            "subject",
            "method",
            "tel",
            "fax",
            "email",
            "obtainedOn",
            "expiresOn",
            "withdrawnOn",
            "state",
            "evidence",
        ],
    ),
    (
        "LiaisonContact",
        &[
            "id",
            "kind",
            "organizationName",
            "organizationType",
            "facility",
            "organization",
            "department",
            "ward",
            "personName",
            "role",
            "line",
            "channels",
            "times",
            "avoidTimes",
            "topics",
            "admissionInfoTo",
            "standIn",
            "asOf",
            "validFrom",
            "validTo",
            "isCurrent",
            "audience",
            "reviewState",
            "warnings",
            "note",
        ],
    ),
    (
        "MedicalAcceptance",
        &[
            "id",
            "facility",
            "service",
            "answer",
            "answers",
            "nightNurse",
            "maxPersons",
            "asOf",
            "vacancy",
            "vacancyStatus",
            "disclaimer",
        ],
    ),
    (
        "VacancyReport",
        &[
            "id",
            "facility",
            "service",
            "status",
            "places",
            "periodFrom",
            "periodTo",
            "note",
            "reportedAt",
            "expiresAt",
            "isExpired",
            "audience",
        ],
    ),
];

#[test]
fn every_field_of_a_restricted_type_is_named() {
    let graph = Graph::read();
    for (name, fields) in RESTRICTED {
        assert_eq!(graph.fields(name), *fields, "RESTRICTED does not say the same of {name}");
    }
}

#[actix_web::test]
async fn every_viewer_reads_only_their_contacts() {
    let world = World::create().await;
    let contacts = "contacts { label tel email }";
    let ask = format!(
        "{{ careFacilities(text: \"しるし丙事業所\") {{ nodes {{ {contacts} services {{ {contacts} }} }} }} }}"
    );
    for viewer in VIEWERS.iter().copied() {
        let data = viewer.of(&world.app).data(&ask).await;
        for part in ["contacts", "services/0/contacts"] {
            let found = data.pointer(&format!("/careFacilities/nodes/0/{part}")).expect("the facility");
            for (visibility, label) in CONTACTS {
                let should = viewer.contacts().contains(&visibility);
                assert_eq!(found.to_string().contains(label), should, "{viewer:?} {visibility:?} in {part}");
            }
        }
    }
}

#[actix_web::test]
async fn a_number_finds_its_facility_only_for_those_who_read_the_contact() {
    let world = World::create().await;
    for viewer in VIEWERS.iter().copied() {
        for (n, (visibility, _)) in (1..).zip(CONTACTS) {
            // A contact for professionals is not found by its number: that would be a reading without an entry.
            let finds = viewer.contacts().contains(&visibility) && visibility != Visibility::CareProfessional;
            let numbers = ["0235-00-20", "02350020", "+81 235 00 20", "2350020"];
            for number in numbers.map(|start| format!("{start}{n:02}")) {
                let ask = format!(
                    "{{ resources(text: \"{number}\") {{ totalCount nodes {{ name }} }}
                        suggest(text: \"{number}\") {{ text }} }}"
                );
                let data = viewer.of(&world.app).data(&ask).await;
                let expected = if finds { 1 } else { 0 };
                assert_eq!(
                    data["resources"]["totalCount"], expected,
                    "{viewer:?} {visibility:?} {number}: {data}"
                );
                assert_eq!(
                    data["suggest"].as_array().map(Vec::len),
                    Some(expected),
                    "{viewer:?} {number}: {data}"
                );
            }
        }
    }
}

/// Restricted fields, queried on the records of the mark 丙: the list, the field, the viewers who read it.
const RESTRICTED_FIELDS: &[(&str, &str, Visibility)] = &[
    ("careFacilities", "contacts { personName }", Visibility::Coordinator),
    ("careFacilities", "contacts { visibility { value } }", Visibility::Coordinator),
    ("careFacilities", "contacts { consents { id } }", Visibility::Coordinator),
    ("gatheringPlaces", "registeredCount", Visibility::Partner),
    ("gatheringPlaces", "averageAttendance", Visibility::Partner),
    ("gatheringPlaces", "helperCount", Visibility::Partner),
    ("gatheringPlaces", "insurance { value }", Visibility::Partner),
    ("gatheringPlaces", "sogoJigyo { value }", Visibility::Partner),
    ("mutualAidGroups", "registeredCount", Visibility::Partner),
    ("mutualAidGroups", "helperCount", Visibility::Partner),
    ("mutualAidGroups", "insurance { value }", Visibility::Partner),
    ("mutualAidGroups", "sogoJigyo { value }", Visibility::Partner),
];

/// A viewer who can never read the field gets one error and the rest of the answer; a viewer who reads it of
/// some records gets null for the others.
#[actix_web::test]
async fn a_restricted_field_is_read_by_those_who_may_and_refused_once_to_those_who_never_can() {
    let world = World::create().await;
    for viewer in VIEWERS.iter().copied() {
        for (list, field, visibility) in RESTRICTED_FIELDS {
            let ask = format!("{{ {list}(text: \"しるし丙\") {{ nodes {{ name {field} }} }} }}");
            let answer = viewer.of(&world.app).ask(&ask).await;
            let words = field.split(' ').filter(|word| !matches!(*word, "contacts" | "{" | "}"));
            let name = words.clone().next().expect("a field");
            let nodes = answer["data"][*list]["nodes"].to_string();
            assert!(nodes.contains("しるし丙"), "{viewer:?} {list}: the rest of the answer stays");
            let given = nodes.split(&format!("\"{name}\":")).skip(1).any(|value| !value.starts_with("null"));
            let known = matches!(name, "registeredCount" | "helperCount" | "visibility" | "consents");
            let may = viewer.contacts().contains(visibility);
            assert_eq!(given, may && known, "{viewer:?} {list} {field}: {answer}");
            let errors = answer["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
            let codes: Vec<_> = errors.iter().map(|error| &error["extensions"]["code"]).collect();
            let expected: &[&str] = match (viewer, viewer.never_reads(*visibility)) {
                (_, false) => &[],
                (Viewer::Anonymous, true) => &["UNAUTHENTICATED"],
                (_, true) => &["FORBIDDEN"],
            };
            assert_eq!(codes, expected, "{viewer:?} {list} {field}");
        }
    }
}
