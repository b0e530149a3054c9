//! Fields of reports of vacancies.

use super::VacancyReport;
use super::terms::VacancyStatus;
use crate::auth::policy::Audience;
use crate::care::CareServiceType;
use crate::context::RequestContext;
use crate::error::{Error, Result};
use crate::graph::Resource;
use crate::resources::Listed;
use crate::resources::row::Row;
use crate::resources::store::ResourceKey;
use crate::scalars::{Date, DateTime};
use crate::terms::Term;
use async_graphql::{Context, ID, Object};

/// A report of vacancies (空き情報・空床情報) by the facility itself. It is believed for seven days; then its status is
/// UNKNOWN and only the time of the report is left.
#[Object]
impl VacancyReport {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        self.node_id().into()
    }

    /// Whose report it is (施設).
    async fn facility(&self, ctx: &Context<'_>) -> Result<Resource> {
        let row = RequestContext::of(ctx).load(ResourceKey(self.row.resource_id)).await?;
        let facility = row.and_then(|row| Resource::from_row(Row::clone(&row)));
        facility.ok_or_else(|| Error::internal("a report of vacancies without its facility"))
    }

    /// Of which service (サービスの種類); null: of the whole facility.
    async fn service(&self) -> Option<CareServiceType> {
        CareServiceType::of_code(&self.row.service_code)
    }

    /// Whether there is room (空き状況); UNKNOWN once the report has expired, and before its period.
    async fn status(&self, ctx: &Context<'_>) -> Term<VacancyStatus> {
        let clock = RequestContext::of(ctx).clock();
        Term(self.status_on(clock.today(), clock.now_ms()))
    }

    /// How many places (空き人数); null: not said, or expired.
    async fn places(&self, ctx: &Context<'_>) -> Option<i32> {
        self.row.places.filter(|_| !self.expired(RequestContext::of(ctx).clock().now_ms()))
    }

    /// The first day it speaks of (対象期間の初日); null: now.
    async fn period_from(&self) -> Option<Date> {
        self.row.period_from.map(Date)
    }

    /// The last day it speaks of (対象期間の末日); null: not said.
    async fn period_to(&self) -> Option<Date> {
        self.row.period_to.map(Date)
    }

    /// Remarks (備考); null: none, or expired.
    async fn note(&self, ctx: &Context<'_>) -> Option<&str> {
        self.row.note.as_deref().filter(|_| !self.expired(RequestContext::of(ctx).clock().now_ms()))
    }

    /// When it was reported (報告日時).
    async fn reported_at(&self) -> DateTime {
        DateTime::of_ms(self.row.reported_at)
    }

    /// From when on nobody knows (有効期限).
    async fn expires_at(&self) -> DateTime {
        DateTime::of_ms(self.row.expires_at)
    }

    /// Whether that is over (期限切れ).
    async fn is_expired(&self, ctx: &Context<'_>) -> bool {
        self.expired(RequestContext::of(ctx).clock().now_ms())
    }

    /// Who reads it (閲覧範囲).
    async fn audience(&self) -> Term<Audience> {
        Term(self.row.audience.into())
    }
}
