//! The GraphQL schema: the root types, merged from the domains.

use crate::acceptances::queries::AcceptanceQueries;
use crate::accounts::mutations::AccountMutations;
use crate::accounts::queries::AccountQueries;
use crate::accounts::sessions::mutations::SessionMutations;
use crate::api_tokens::mutations::ApiTokenMutations;
use crate::api_tokens::queries::ApiTokenQueries;
use crate::audit::queries::AuditQueries;
use crate::care::queries::CareQueries;
use crate::consents::mutations::ConsentMutations;
use crate::consents::queries::ConsentQueries;
use crate::coordinators::queries::CoordinatorQueries;
use crate::desks::queries::DeskQueries;
use crate::districts::queries::DistrictQueries;
use crate::gatherings::queries::GatheringQueries;
use crate::graph::queries::ResourceQueries;
use crate::graph::{Node, Resource};
use crate::liaison::contacts::queries::LiaisonContactQueries;
use crate::liaison::distribution::mutations::DistributionMutations;
use crate::liaison::reach::queries::ReachQueries;
use crate::liaison::sheets::mutations::LiaisonSheetMutations;
use crate::liaison::sheets::queries::LiaisonSheetQueries;
use crate::liaison::watches::mutations::WatchMutations;
use crate::liaison::watches::queries::WatchQueries;
use crate::medical::queries::MedicalQueries;
use crate::mutual_aid::queries::MutualAidQueries;
use crate::private_services::queries::PrivateServiceQueries;
use crate::schedules::queries::ScheduleQueries;
use crate::vacancies::mutations::VacancyMutations;
use crate::viewer::ViewerQueries;
use crate::vocabularies::VocabularyQueries;
use async_graphql::{EmptySubscription, MergedObject, Schema};

/// The schema the server executes.
pub type YuiSchema = Schema<Query, Mutation, EmptySubscription>;

/// Everything that can be asked.
#[derive(Default, MergedObject)]
pub struct Query(
    ResourceQueries,
    GatheringQueries,
    MutualAidQueries,
    PrivateServiceQueries,
    CareQueries,
    MedicalQueries,
    DeskQueries,
    DistrictQueries,
    CoordinatorQueries,
    ScheduleQueries,
    VocabularyQueries,
    AuditQueries,
    ViewerQueries,
    AccountQueries,
    ApiTokenQueries,
    ConsentQueries,
    LiaisonSheetQueries,
    ReachQueries,
    LiaisonContactQueries,
    AcceptanceQueries,
    WatchQueries,
);

/// Everything that can be changed. Expected problems come back as `userErrors`.
#[derive(Default, MergedObject)]
pub struct Mutation(
    SessionMutations,
    AccountMutations,
    ApiTokenMutations,
    ConsentMutations,
    VacancyMutations,
    DistributionMutations,
    LiaisonSheetMutations,
    WatchMutations,
);

/// The executable schema. No extension is registered: the first one costs 75 % more per request.
pub fn build() -> YuiSchema {
    Schema::build(Query::default(), Mutation::default(), EmptySubscription)
        .register_output_type::<Node>()
        .register_output_type::<Resource>()
        .finish()
}
