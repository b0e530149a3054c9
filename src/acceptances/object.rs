//! Fields of acceptances.

use super::terms::AcceptanceAnswer;
use super::{DISCLAIMER, MedicalAcceptance, NeedAcceptance, decide};
use crate::care::CareServiceType;
use crate::context::RequestContext;
use crate::error::{Error, Result};
use crate::graph::Resource;
use crate::resources::Listed;
use crate::resources::row::Row;
use crate::resources::store::ResourceKey;
use crate::scalars::Date;
use crate::terms::Term;
use crate::vacancies::VacancyReport;
use crate::vacancies::terms::VacancyStatus;
use async_graphql::{Context, ID, Object};

/// What a service of a facility takes on (医療ニーズの受け入れ). Show the disclaimer with it; reading what is not
/// public is logged.
#[Object]
impl MedicalAcceptance {
    /// Opaque id of this service of this facility; `node` does not answer it.
    pub async fn id(&self) -> ID {
        self.node_id().into()
    }

    /// The facility (施設).
    async fn facility(&self, ctx: &Context<'_>) -> Result<Resource> {
        let row = RequestContext::of(ctx).load(ResourceKey(self.found.resource_id)).await?;
        let facility = row.and_then(|row| Resource::from_row(Row::clone(&row)));
        facility.ok_or_else(|| Error::internal("an answer without its facility"))
    }

    /// The service (サービスの種類); null: the whole facility, which lists no services.
    async fn service(&self) -> Option<CareServiceType> {
        CareServiceType::of_code(&self.found.service_code)
    }

    /// The answer to all needs together (受け入れの可否): YES only when every need is YES.
    async fn answer(&self) -> Term<AcceptanceAnswer> {
        Term(self.found.answer())
    }

    /// The answer to each need (医療ニーズごとの回答).
    async fn needs(&self) -> Vec<NeedAcceptance> {
        let answer = |one: &decide::NeedAnswer| NeedAcceptance {
            need: Term(one.need),
            answer: Term(one.answer),
            conditions: one.conditions.clone(),
            as_of: one.as_of.map(Date),
        };
        self.found.needs.iter().map(answer).collect()
    }

    /// Whether a nurse is there at night (夜間の看護職員); null: not said.
    async fn night_nurse(&self) -> Option<bool> {
        self.found.night_nurse
    }

    /// How many persons at most (受け入れ人数の上限); null: not said.
    async fn max_persons(&self) -> Option<i32> {
        self.found.max_persons
    }

    /// The day the oldest of the answers is from (情報時点); null: there is none.
    async fn as_of(&self) -> Option<Date> {
        self.found.as_of.map(Date)
    }

    /// The latest report of vacancies (空き情報) that you may see; null: there is none.
    async fn vacancy(&self, ctx: &Context<'_>) -> Result<Option<VacancyReport>> {
        let report = self.report(ctx).await?;
        Ok(report.map(|report| report.handed_to(RequestContext::of(ctx))))
    }

    /// Whether there is room (空き状況), on the day asked for, else today; UNKNOWN when nobody has said so lately.
    async fn vacancy_status(&self, ctx: &Context<'_>) -> Result<Term<VacancyStatus>> {
        let report = self.report(ctx).await?;
        let context = RequestContext::of(ctx);
        let status =
            |report: VacancyReport| report.handed_to(context).status_on(self.day, context.clock().now_ms());
        Ok(Term(report.map_or(VacancyStatus::Unknown, status)))
    }

    /// What every reader must know (注意書き), in Japanese. Show it with the answer.
    async fn disclaimer(&self) -> &'static str {
        DISCLAIMER
    }
}
