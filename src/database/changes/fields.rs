//! The fields of the schema that columns are. The `match`es are exhaustive: a new column must be named here, with its field or
//! with none.

use entity::{
    care_service, consent, contact_point, coordinator, district, held_text, liaison_contact, liaison_sheet,
    local_details, medical_acceptance, medical_facility, medical_facility_department, municipality,
    organization, physician, resource, resource_district, schedule, source, vacancy_report,
};

/// No field: a key, or derived from other columns.
pub(super) const NONE: Option<&str> = None;

pub(super) fn of_resource(column: resource::Column) -> Option<&'static str> {
    use resource::Column::*;
    match column {
        State => Some("state"),
        Name => Some("name"),
        NameKana => Some("nameKana"),
        Alias => Some("alias"),
        Description => Some("description"),
        Url => Some("url"),
        Categories => Some("categories"),
        PrefectureCode | MunicipalityId => Some("municipality"),
        HomeDistrictId => Some("homeDistrict"),
        PostalCode => Some("location.postalCode"),
        Address => Some("location.address"),
        Building => Some("location.building"),
        LocationStatus => Some("location.status"),
        Latitude | Longitude | PositionPrecision => Some("location.position"),
        ServiceArea => Some("serviceArea"),
        OrganizationId => Some("organization"),
        SourceId => Some("source"),
        AsOf => Some("asOf"),
        LastVerifiedOn => Some("lastVerifiedOn"),
        VanishedOn => Some("vanishedOn"),
        CreatedOn => Some("createdOn"),
        UpdatedOn => Some("updatedOn"),
        Note => Some("note"),
        SuspendedFrom | SuspendedTo | SuspensionReason => Some("suspension"),
        Id | Uuid | Kind | SortKey | Cell | Digest => NONE,
    }
}

pub(super) fn of_served_area(column: resource_district::Column) -> Option<&'static str> {
    match column {
        resource_district::Column::ResourceId => NONE,
        resource_district::Column::DistrictId => Some("serviceArea"),
    }
}

pub(super) fn of_contact(column: contact_point::Column) -> Option<&'static str> {
    use contact_point::Column::*;
    match column {
        Id | ResourceId | BaseVisibility => NONE,
        ServiceCode | Ordinal | Kind | Visibility | Label | Phone | PhoneE164 | Fax | FaxE164 | Email
        | PersonName | PublicUntil | PartnerUntil | CareUntil => Some("contacts"),
    }
}

pub(super) fn of_schedule(column: schedule::Column) -> Option<&'static str> {
    match column {
        schedule::Column::Id | schedule::Column::ResourceId => NONE,
        _ => Some("schedules"),
    }
}

pub(super) fn of_service(column: care_service::Column) -> Option<&'static str> {
    match column {
        care_service::Column::Id | care_service::Column::ResourceId => NONE,
        _ => Some("services"),
    }
}

pub(super) fn of_medical_facility(column: medical_facility::Column) -> Option<&'static str> {
    use medical_facility::Column::*;
    match column {
        ResourceId => NONE,
        InstitutionType => Some("institutionType"),
        PublishedId => Some("identifiers"),
        ClosedDaysNote => Some("closedDaysNote"),
        BedsGeneral | BedsLongTerm | BedsPsychiatric | BedsTuberculosis | BedsInfectious | BedsTotal => {
            Some("beds")
        }
    }
}

pub(super) fn of_department(column: medical_facility_department::Column) -> Option<&'static str> {
    match column {
        medical_facility_department::Column::ResourceId => NONE,
        _ => Some("departments"),
    }
}

/// Facts of local kinds in one text, some of them for partners only.
pub(super) fn of_local_details(column: local_details::Column) -> Option<&'static str> {
    use local_details::Column::*;
    match column {
        ResourceId => NONE,
        Body | VisitYen | HourYen => Some("details"),
        Partner => Some("partner"),
    }
}

/// That a text is withheld is public; the text is not.
pub(super) fn of_held_text(column: held_text::Column) -> Option<&'static str> {
    match column {
        held_text::Column::ResourceId | held_text::Column::Text => NONE,
        held_text::Column::Field | held_text::Column::Reason => Some("withheld"),
    }
}

pub(super) fn of_consent(column: consent::Column) -> Option<&'static str> {
    match column {
        consent::Column::Id | consent::Column::ResourceUuid => NONE,
        _ => Some("consents"),
    }
}

pub(super) fn of_district(column: district::Column) -> Option<&'static str> {
    use district::Column::*;
    match column {
        Id | Uuid => NONE,
        MunicipalityId => Some("municipality"),
        Code => Some("code"),
        Name => Some("name"),
        ValidFrom => Some("validFrom"),
        ValidTo => Some("validTo"),
    }
}

pub(super) fn of_municipality(column: municipality::Column) -> Option<&'static str> {
    use municipality::Column::*;
    match column {
        Id | Uuid => NONE,
        Code => Some("code"),
        PrefectureCode => Some("prefecture"),
        Name => Some("name"),
        NameKana => Some("nameKana"),
    }
}

pub(super) fn of_coordinator(column: coordinator::Column) -> Option<&'static str> {
    use coordinator::Column::*;
    match column {
        Id | Uuid => NONE,
        MunicipalityId => Some("municipality"),
        Tier => Some("tier"),
        Name => Some("name"),
        Organization => Some("organization"),
        Phone | PhoneE164 => Some("phone"),
        DeskUuid => Some("desk"),
        AsOf => Some("asOf"),
        VanishedOn => Some("vanishedOn"),
    }
}

pub(super) fn of_organization(column: organization::Column) -> Option<&'static str> {
    use organization::Column::*;
    match column {
        Id | Uuid | NameKey => NONE,
        ParentId => Some("parent"),
        Name => Some("name"),
        CorporateNumber => Some("corporateNumber"),
        Code => Some("code"),
        FacilityNumber => Some("facilityNumber"),
    }
}

pub(super) fn of_source(column: source::Column) -> Option<&'static str> {
    use source::Column::*;
    match column {
        Id | NameKey => NONE,
        Title => Some("title"),
        Publisher => Some("publisher"),
        Url => Some("url"),
        License => Some("license"),
        AsOf => Some("asOf"),
    }
}

pub(super) fn of_physician(column: physician::Column) -> Option<&'static str> {
    use physician::Column::*;
    match column {
        Id | Uuid | SearchKey => NONE,
        Code => Some("code"),
        Name => Some("name"),
        NameKana => Some("nameKana"),
    }
}

pub(super) fn of_sheet(column: liaison_sheet::Column) -> Option<&'static str> {
    use liaison_sheet::Column::*;
    match column {
        Id | Uuid | ResourceId | RecordedAt | RecordedBy => NONE,
        Version => Some("version"),
        Issuer => Some("issuer"),
        IssuedOn => Some("issuedOn"),
        AsOf => Some("asOf"),
        ReviewDueOn => Some("reviewDueOn"),
        Facts => Some("facts"),
        ConsentMethod | ConsentedOn | ConsentWithdrawnOn => Some("consent"),
        ReplacedAt => Some("replacedAt"),
    }
}

pub(super) fn of_liaison_contact(column: liaison_contact::Column) -> Option<&'static str> {
    use liaison_contact::Column::*;
    match column {
        Id | Uuid | SearchKey | SortKey | Reach | RecordedAt => NONE,
        Number => Some("number"),
        Kind => Some("kind"),
        OrganizationType => Some("organizationType"),
        ResourceId => Some("facility"),
        OrganizationId | OrganizationName => Some("organization"),
        Audience => Some("audience"),
        Facts => Some("facts"),
        AsOf => Some("asOf"),
        ValidFrom => Some("validFrom"),
        ValidTo => Some("validTo"),
    }
}

pub(super) fn of_acceptance(column: medical_acceptance::Column) -> Option<&'static str> {
    use medical_acceptance::Column::*;
    match column {
        Id | Uuid | ResourceId | ServiceCode | Need => NONE,
        Answer => Some("answer"),
        Conditions => Some("conditions"),
        NightNurse => Some("nightNurse"),
        MaxPersons => Some("maxPersons"),
        AsOf => Some("asOf"),
        Audience => Some("audience"),
    }
}

pub(super) fn of_vacancy(column: vacancy_report::Column) -> Option<&'static str> {
    use vacancy_report::Column::*;
    match column {
        Id | Uuid | ResourceId | ServiceCode | ReportedBy => NONE,
        Status => Some("status"),
        Places => Some("places"),
        PeriodFrom | PeriodTo => Some("period"),
        Note => Some("note"),
        Audience => Some("audience"),
        ReportedAt => Some("reportedAt"),
        ExpiresAt => Some("expiresAt"),
    }
}
