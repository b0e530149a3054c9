//! The vocabularies: all closed sets of words with their Japanese labels, for the menus of clients.

use crate::acceptances::terms::{AcceptanceAnswer, CareNeed};
use crate::accounts::AccountState;
use crate::api_tokens::ApiTokenState;
use crate::audit::terms::{AuditAction, AuditKind, AuditedType};
use crate::auth::Role;
use crate::auth::policy::{Action, Audience};
use crate::care::{AvailableDay, CareServiceGroup};
use crate::consents::terms::{ConsentMethod, ConsentPurpose, ConsentState, ConsentSubject};
use crate::coordinators::terms::CoordinatorTier;
use crate::desks::terms::{ConsultationMethod, DeskTopic};
use crate::districts::lookup::terms::Certainty;
use crate::error::{Error, OrNull, Result};
use crate::gatherings::terms::{Activity, GatheringKind, OperatorType, VenueType};
use crate::liaison::reach::ReachStanding;
use crate::liaison::reach::filter::ReachableKind;
use crate::liaison::sheets::LiaisonWarningCode;
use crate::liaison::sheets::versions::changes::{LiaisonSheetField, PhysicianField};
use crate::liaison::terms::{
    AnswererRole, AppointmentNeed, ConferenceAttendance, ContactChannel, ContactPurpose, LiaisonContactKind,
    LiaisonOrganizationType, LiaisonTopic,
};
use crate::liaison::watches::changes::SheetChangeKind;
use crate::local::terms::{Accessibility, FeeKind, Gender, Insurance, Intake, Reservation, SogoJigyo};
use crate::medical::InstitutionType;
use crate::mutual_aid::terms::{AidCategory, Compensation};
use crate::private_services::terms::{PrivateServiceKind, VouchedBy};
use crate::resources::connection::TextMatch;
use crate::resources::freshness::Freshness;
use crate::resources::kinds::{
    ContactKind, LocationStatus, PositionPrecision, PublicationState, ResourceKind, ResourceOrder,
    ServiceArea, Visibility,
};
use crate::resources::provenance::IdentifierSystem;
use crate::schedules::weekly::Weekday;
use crate::schedules::{HolidayPolicy, OccurrenceStatus, OpenStatus, TextStyle};
use crate::terms::{Answer, Vocabulary, VocabularyTerm};
use crate::user_error::UserErrorCode;
use crate::vacancies::terms::VacancyStatus;
use crate::withheld::WithheldReason;
use async_graphql::{Context, Object};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Queries about the vocabularies.
#[derive(Default)]
pub struct VocabularyQueries;

#[Object]
impl VocabularyQueries {
    /// The words of all closed sets with their Japanese labels (用語).
    async fn vocabularies(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Names of enums; all without it.")] names: Option<Vec<String>>,
    ) -> Option<Vec<Vocabulary>> {
        named(names.as_deref()).or_null(ctx)
    }
}

fn named(names: Option<&[String]>) -> Result<Vec<Vocabulary>> {
    let all = all();
    let Some(names) = names else { return Ok(all) };
    if let Some(unknown) = names.iter().find(|name| all.iter().all(|one| one.name != *name)) {
        let known = all.iter().map(|one| (one.name, ""));
        return Err(Error::unknown("names", unknown, "is the name of no vocabulary.", known));
    }
    Ok(all.into_iter().filter(|one| names.iter().any(|name| name == one.name)).collect())
}

/// The values of a set with what people call them: Japanese, reading, easy Japanese and English, one after the other.
pub fn called(name: &str) -> Vec<(&'static str, &'static str)> {
    let set = all().into_iter().find(|vocabulary| vocabulary.name == name);
    let names = |term: VocabularyTerm| {
        [term.label, term.reading, term.easy_label, term.english_label].map(|called| (term.value, called))
    };
    set.into_iter().flat_map(|set| set.terms).flat_map(names).collect()
}

/// The label of a code, unless several sets have it with other labels.
pub fn label(code: &str) -> Option<&'static str> {
    static LABELS: LazyLock<HashMap<&'static str, Option<&'static str>>> = LazyLock::new(|| {
        let mut labels = HashMap::new();
        for term in all().into_iter().flat_map(|vocabulary| vocabulary.terms) {
            let known = labels.entry(term.value).or_insert(Some(term.label));
            *known = known.filter(|known| *known == term.label);
        }
        labels
    });
    LABELS.get(code).copied().flatten()
}

/// Every closed set of the schema.
pub fn all() -> Vec<Vocabulary> {
    vec![
        Vocabulary::of::<ResourceKind>(),
        Vocabulary::of::<PublicationState>(),
        Vocabulary::of::<LocationStatus>(),
        Vocabulary::of::<PositionPrecision>(),
        Vocabulary::of::<ServiceArea>(),
        Vocabulary::of::<ContactKind>(),
        Vocabulary::of::<ResourceOrder>(),
        Vocabulary::of::<TextMatch>(),
        Vocabulary::of::<InstitutionType>(),
        Vocabulary::of::<AvailableDay>(),
        Vocabulary::of::<CareServiceGroup>(),
        Vocabulary::of::<AuditKind>(),
        Vocabulary::of::<AuditAction>(),
        Vocabulary::of::<AuditedType>(),
        Vocabulary::of::<IdentifierSystem>(),
        Vocabulary::of::<LiaisonWarningCode>(),
        Vocabulary::of::<GatheringKind>(),
        Vocabulary::of::<Activity>(),
        Vocabulary::of::<OperatorType>(),
        Vocabulary::of::<VenueType>(),
        Vocabulary::of::<AidCategory>(),
        Vocabulary::of::<Compensation>(),
        Vocabulary::of::<PrivateServiceKind>(),
        Vocabulary::of::<VouchedBy>(),
        Vocabulary::of::<DeskTopic>(),
        Vocabulary::of::<ConsultationMethod>(),
        Vocabulary::of::<FeeKind>(),
        Vocabulary::of::<Accessibility>(),
        Vocabulary::of::<Answer>(),
        Vocabulary::of::<Reservation>(),
        Vocabulary::of::<Intake>(),
        Vocabulary::of::<Gender>(),
        Vocabulary::of::<HolidayPolicy>(),
        Vocabulary::of::<Weekday>(),
        Vocabulary::of::<OpenStatus>(),
        Vocabulary::of::<OccurrenceStatus>(),
        Vocabulary::of::<TextStyle>(),
        Vocabulary::of::<Certainty>(),
        Vocabulary::of::<CoordinatorTier>(),
        Vocabulary::of::<Insurance>(),
        Vocabulary::of::<SogoJigyo>(),
        Vocabulary::of::<Role>(),
        Vocabulary::of::<Action>(),
        Vocabulary::of::<AccountState>(),
        Vocabulary::of::<ApiTokenState>(),
        Vocabulary::of::<Visibility>(),
        Vocabulary::of::<ConsentPurpose>(),
        Vocabulary::of::<ConsentSubject>(),
        Vocabulary::of::<ConsentMethod>(),
        Vocabulary::of::<ConsentState>(),
        Vocabulary::of::<WithheldReason>(),
        Vocabulary::of::<Audience>(),
        Vocabulary::of::<ContactChannel>(),
        Vocabulary::of::<ContactPurpose>(),
        Vocabulary::of::<ConferenceAttendance>(),
        Vocabulary::of::<AppointmentNeed>(),
        Vocabulary::of::<AnswererRole>(),
        Vocabulary::of::<LiaisonContactKind>(),
        Vocabulary::of::<LiaisonOrganizationType>(),
        Vocabulary::of::<LiaisonTopic>(),
        Vocabulary::of::<Freshness>(),
        Vocabulary::of::<ReachableKind>(),
        Vocabulary::of::<ReachStanding>(),
        Vocabulary::of::<CareNeed>(),
        Vocabulary::of::<AcceptanceAnswer>(),
        Vocabulary::of::<VacancyStatus>(),
        Vocabulary::of::<LiaisonSheetField>(),
        Vocabulary::of::<PhysicianField>(),
        Vocabulary::of::<SheetChangeKind>(),
        Vocabulary::of::<UserErrorCode>(),
    ]
}
