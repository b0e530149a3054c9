//! Vacancies (空き情報): reports of facilities, valid for seven days at most, then unknown.

mod object;
pub mod mutations;
pub mod store;
pub mod terms;

use crate::context::RequestContext;
use crate::error::Result;
use crate::id::{NodeId, NodeType};
use async_graphql::Context;
use chrono::NaiveDate;
use entity::enums;
use entity::vacancy_report::Model;
use japan::clock;
use std::collections::HashSet;
use std::sync::Arc;
use store::VacanciesOf;
use terms::VacancyStatus;

/// How long a report is valid, in days.
pub const VALID_DAYS: i64 = 7;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// When a report expires: `VALID_DAYS` after it was made, or at the end of its period if that is earlier.
/// In milliseconds since 1970.
pub fn expiry(reported_at: i64, period_to: Option<NaiveDate>) -> i64 {
    let believed = reported_at + VALID_DAYS * DAY_MS;
    period_to.map_or(believed, |day| believed.min(clock::end_of_ms(day)))
}

/// A vacancy report within the viewer's scope.
#[derive(Clone, Debug)]
pub struct VacancyReport {
    row: Arc<Model>,
}

impl From<Model> for VacancyReport {
    fn from(row: Model) -> Self {
        Self { row: Arc::new(row) }
    }
}

impl VacancyReport {
    /// Its public id.
    pub fn node_id(&self) -> NodeId {
        NodeId::new(NodeType::VacancyReport, self.row.uuid)
    }

    /// Its columns.
    pub fn row(&self) -> &Model {
        &self.row
    }

    /// Whether the report has expired.
    pub fn expired(&self, now: i64) -> bool {
        self.row.expires_at <= now
    }

    /// The status at an instant; unknown when the report has expired.
    pub fn status_at(&self, now: i64) -> VacancyStatus {
        match self.expired(now) {
            true => VacancyStatus::Unknown,
            false => self.row.status.into(),
        }
    }

    /// The status on a day; unknown outside of the period of the report.
    pub fn status_on(&self, day: NaiveDate, now: i64) -> VacancyStatus {
        if self.speaks_of(day) { self.status_at(now) } else { VacancyStatus::Unknown }
    }

    /// Whether a day lies in the period of the report; without a period, in the days on which it is valid.
    fn speaks_of(&self, day: NaiveDate) -> bool {
        let from = self.row.period_from.unwrap_or_else(|| clock::day_of_ms(self.row.reported_at));
        let to = self.row.period_to.unwrap_or_else(|| clock::day_of_ms(self.row.expires_at));
        from <= day && day <= to
    }

    /// Notes it as read for the audit, unless it is public, and returns it.
    pub fn handed_to(self, context: &RequestContext) -> Self {
        if self.row.audience != enums::Audience::Public {
            context.reads().note(self.node_id());
        }
        self
    }
}

/// The last report about a service, its own or one of the whole facility, whose period has the day; else the
/// last one.
pub fn of_service<'r>(
    reports: &'r [VacancyReport],
    service_code: &str,
    day: NaiveDate,
    now: i64,
) -> Option<&'r VacancyReport> {
    let speaks = |report: &&VacancyReport| {
        report.row.service_code.is_empty() || report.row.service_code == service_code
    };
    let place = |report: &&VacancyReport| {
        let known = !report.expired(now) && report.speaks_of(day);
        (known, report.row.reported_at, report.row.id)
    };
    reports.iter().filter(speaks).max_by_key(place)
}

/// The latest reports of a facility, one for each service, for its field `vacancies`.
///
/// # Errors
/// When they cannot be read.
pub async fn of_facility(ctx: &Context<'_>, resource_id: i64) -> Result<Vec<VacancyReport>> {
    let context = RequestContext::of(ctx);
    let reports = context.load_list(VacanciesOf(resource_id)).await?;
    let mut services = HashSet::new();
    // The newest report of a service comes first.
    let latest = reports.iter().filter(|report: &&VacancyReport| services.insert(&report.row.service_code));
    Ok(latest.cloned().map(|report| report.handed_to(context)).collect())
}
