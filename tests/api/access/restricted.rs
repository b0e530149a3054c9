//! The types of which not everybody may read everything, field by field.

use crate::support::Graph;

/// Types of which not everybody may read everything, with all of their fields. A new field is
/// written here once it is clear who may read it.
const RESTRICTED: &[(&str, &[&str])] = &[
    (
        "ContactPoint",
        &[
            "kind",
            "label",
            "tel",
            "telE164",
            "fax",
            "faxE164",
            "email",
            "personName",
            "visibility",
            "consents",
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
            "needs",
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
