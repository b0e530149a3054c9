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
use crate::id::{NodeId, NodeType};
use crate::scalars::Date;
use crate::terms::Term;
use crate::vacancies::store::VacanciesOf;
use crate::vacancies::{VacancyReport, of_service};
use async_graphql::{Context, SimpleObject};
use chrono::NaiveDate;
use decide::{Candidate, candidates};
use std::collections::HashMap;
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
    /// The day of the vacancy.
    day: NaiveDate,
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

/// Public id of the acceptance of a service of a facility, the same whichever needs are asked about.
pub fn acceptance_uuid(facility: Uuid, service_code: &str) -> Uuid {
    Uuid::new_v5(&facility, format!("acceptance:{service_code}").as_bytes())
}

impl MedicalAcceptance {
    /// The acceptance, noted as read for the audit unless it is public.
    fn handed_to(found: Candidate, day: NaiveDate, context: &RequestContext) -> Self {
        let handed = Self { found: Arc::new(found), day };
        if !handed.found.public {
            context.reads().note(handed.node_id().text());
        }
        handed
    }

    /// Its public id.
    fn node_id(&self) -> NodeId {
        let uuid = acceptance_uuid(self.found.facility, &self.found.service_code);
        NodeId::new(NodeType::MedicalAcceptance, uuid)
    }

    async fn report(&self, ctx: &Context<'_>) -> Result<Option<VacancyReport>> {
        let context = RequestContext::of(ctx);
        let reports = context.load_list(VacanciesOf(self.found.resource_id)).await?;
        let now = context.clock().now_ms();
        Ok(of_service(&reports, &self.found.service_code, self.day, now).cloned())
    }
}

/// The acceptances of a facility, for its field `medicalAcceptances`.
///
/// # Errors
/// When it cannot be read.
pub async fn of_facility(
    ctx: &Context<'_>,
    resource_id: i64,
    needs: Option<Vec<CareNeed>>,
) -> Result<Vec<MedicalAcceptance>> {
    let context = RequestContext::of(ctx);
    let stated = context.load_list(AcceptancesOf(resource_id)).await?;
    let offered = context.load_list(ServicesOf(resource_id)).await?;
    let codes = offered.iter().filter(|service| service.0.vanished_on.is_none());
    let codes: Vec<String> = codes.map(|service| service.0.service_code.clone()).collect();
    let known = (!offered.is_empty()).then_some((resource_id, codes));
    let services: HashMap<i64, Vec<String>> = known.into_iter().collect();
    let needs = needs.filter(|needs| !needs.is_empty());
    let found = candidates(&stated, &services, needs.as_deref());
    Ok(found
        .into_iter()
        .map(|one| MedicalAcceptance::handed_to(one, context.viewer.today(), context))
        .collect())
}
