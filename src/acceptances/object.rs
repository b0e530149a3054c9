//! Fields of acceptances.

use super::decide::NeedAnswer;
use super::terms::{AcceptanceAnswer, CareNeed};
use super::{DISCLAIMER, MedicalAcceptance, NeedAcceptance};
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
use chrono::NaiveDate;

/// What a service of a facility takes on (医療ニーズの受け入れ). Show the disclaimer with it; reading what is not
/// public is logged.
#[Object]
impl MedicalAcceptance {
    /// Opaque id.
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

    /// The answer to all of these needs together (受け入れの可否): YES only when each is YES, NO when one is NO; UNKNOWN
    /// without any need.
    async fn answer(
        &self,
        #[graphql(desc = "The needs (医療ニーズ).")] needs: Vec<CareNeed>,
    ) -> Term<AcceptanceAnswer> {
        Term(self.found.answer(&needs))
    }

    /// The answer to each need (医療ニーズごとの回答).
    async fn answers(
        &self,
        #[graphql(
            desc = "To these needs, UNKNOWN where the facility has not said; without it, all that it has answered."
        )]
        needs: Option<Vec<CareNeed>>,
    ) -> Vec<NeedAcceptance> {
        let answers = match needs {
            Some(needs) => needs.into_iter().map(|need| self.found.answer_to(need)).collect(),
            None => self.found.answered.clone(),
        };
        answers.into_iter().map(NeedAcceptance::from).collect()
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
    async fn vacancy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rather one that speaks of this day; today without it.")] on: Option<Date>,
    ) -> Result<Option<VacancyReport>> {
        let report = self.report(ctx, day_or_today(ctx, on)).await?;
        Ok(report.map(|report| report.handed_to(RequestContext::of(ctx))))
    }

    /// Whether there is room (空き状況); UNKNOWN when nobody has said so lately.
    async fn vacancy_status(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "On this day; today without it.")] on: Option<Date>,
    ) -> Result<Term<VacancyStatus>> {
        let day = day_or_today(ctx, on);
        let report = self.report(ctx, day).await?;
        let context = RequestContext::of(ctx);
        let status =
            |report: VacancyReport| report.handed_to(context).status_on(day, context.clock().now_ms());
        Ok(Term(report.map_or(VacancyStatus::Unknown, status)))
    }

    /// What every reader must know (注意書き), in Japanese. Show it with the answer.
    async fn disclaimer(&self) -> &'static str {
        DISCLAIMER
    }
}

fn day_or_today(ctx: &Context<'_>, day: Option<Date>) -> NaiveDate {
    day.map_or_else(|| RequestContext::of(ctx).viewer.today(), |day| day.0)
}

impl From<NeedAnswer> for NeedAcceptance {
    fn from(one: NeedAnswer) -> Self {
        Self {
            need: Term(one.need),
            answer: Term(one.answer),
            conditions: one.conditions,
            as_of: one.as_of.map(Date),
        }
    }
}
