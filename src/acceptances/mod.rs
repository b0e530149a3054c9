//! Acceptances (医療ニーズの受け入れ): which care needs facilities take on, by service, with the latest vacancy report.

mod object;
pub mod decide;
pub mod filter;
pub mod queries;
pub mod store;
pub mod terms;

use crate::care::store::ServicesOf;
use crate::context::RequestContext;
use crate::error::Result;
use crate::id::{NodeId, NodeType, ServiceNumber};
use crate::scalars::Date;
use crate::terms::Term;
use crate::vacancies::store::VacanciesOf;
use crate::vacancies::{VacancyReport, of_service};
use async_graphql::{Context, SimpleObject};
use chrono::NaiveDate;
use decide::{Candidate, candidates};
use std::sync::Arc;
use store::AcceptancesOf;
use terms::{AcceptanceAnswer, CareNeed};
use uuid::Uuid;

/// The disclaimer beside every answer.
pub const DISCLAIMER: &str =
    "目安であり、受け入れを確約するものではありません。空き状況とあわせて、必ず施設へ直接ご確認ください。";

/// The acceptance of a service of a facility, from answers within the viewer's scope.
#[derive(Clone, Debug)]
pub struct MedicalAcceptance {
    found: Arc<Candidate>,
}

/// What is said of one need (医療ニーズごとの回答).
#[derive(SimpleObject)]
pub struct NeedAcceptance {
    /// Which need (医療ニーズ).
    need: Term<CareNeed>,
    /// Whether they are taken (受け入れの可否); UNKNOWN where nobody has said.
    answer: Term<AcceptanceAnswer>,
    /// Under which conditions (条件).
    conditions: Option<String>,
    /// The day the answer is from (情報時点); null: there is none.
    as_of: Option<Date>,
}

/// Public id of the acceptance of a service of a facility; an empty code: of the whole facility.
pub fn acceptance_id(facility: Uuid, service_code: &str) -> NodeId {
    NodeId::new(NodeType::MedicalAcceptance(ServiceNumber::of_code(service_code)), facility)
}

impl MedicalAcceptance {
    /// The acceptance, noted as read for the audit unless it is public.
    fn handed_to(found: Candidate, context: &RequestContext) -> Self {
        let handed = Self { found: Arc::new(found) };
        if !handed.found.public {
            context.reads().note(handed.node_id());
        }
        handed
    }

    /// Its public id.
    pub fn node_id(&self) -> NodeId {
        acceptance_id(self.found.facility, &self.found.service_code)
    }

    /// The latest report about the service that speaks of a day, else the latest one.
    async fn report(&self, ctx: &Context<'_>, day: NaiveDate) -> Result<Option<VacancyReport>> {
        let context = RequestContext::of(ctx);
        let reports = context.load_list(VacanciesOf(self.found.resource_id)).await?;
        let now = context.clock().now_ms();
        Ok(of_service(&reports, &self.found.service_code, day, now).cloned())
    }
}

/// The acceptances of a facility, for its field `medicalAcceptances`.
///
/// # Errors
/// When it cannot be read.
pub async fn of_facility(ctx: &Context<'_>, resource_id: i64) -> Result<Vec<MedicalAcceptance>> {
    let context = RequestContext::of(ctx);
    let stated = context.load_list(AcceptancesOf(resource_id)).await?;
    let offered = context.load_list(ServicesOf(resource_id)).await?;
    let codes = offered.iter().filter(|service| service.0.vanished_on.is_none());
    let codes: Vec<String> = codes.map(|service| service.0.service_code.clone()).collect();
    let known = (!offered.is_empty()).then_some((resource_id, codes));
    let found = candidates(&stated, &known.into_iter().collect());
    Ok(found.into_iter().map(|one| MedicalAcceptance::handed_to(one, context)).collect())
}

/// Acceptances by public id, in no particular order.
///
/// # Errors
/// When they cannot be read.
pub async fn find_many(context: &RequestContext, ids: &[NodeId]) -> Result<Vec<MedicalAcceptance>> {
    let (db, viewer) = (context.db(), &context.viewer);
    let facilities = store::with_uuids(viewer, ids.iter().map(|id| id.uuid));
    let stated = store::answers_of(db, viewer, facilities.clone()).await?;
    let services = store::services_of(db, facilities).await?;
    let asked = |one: &Candidate| ids.contains(&acceptance_id(one.facility, &one.service_code));
    let found = candidates(&stated, &services).into_iter().filter(asked);
    Ok(found.map(|one| MedicalAcceptance::handed_to(one, context)).collect())
}
