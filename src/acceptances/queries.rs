//! The root field about acceptances.

use super::decide::{Candidate, candidates};
use super::filter::{AcceptanceCriteria, MedicalAcceptanceFilter};
use super::terms::CareNeed;
use super::{MedicalAcceptance, store};
use crate::context::RequestContext;
use crate::error::{Error, OrNull, Result};
use crate::pagination::{Cursor, Key, PageArguments, PageInfo};
use crate::resources::facilities;
use crate::vacancies::store as vacancies;
use crate::vacancies::terms::VacancyStatus;
use crate::vacancies::{VacancyReport, of_service};
use async_graphql::{Context, Object, SimpleObject};
use std::collections::HashMap;

/// Rows in the largest page: smaller than elsewhere, since answers are for looking up, not for copying in
/// bulk.
const LARGEST_PAGE: usize = 50;
const LIST: u32 = u32::from_be_bytes(*b"need");

/// Queries about acceptances.
#[derive(Default)]
pub struct AcceptanceQueries;

/// A page of services of facilities by what they take on.
#[derive(SimpleObject)]
pub struct MedicalAcceptanceConnection {
    /// The services of the page, each with its cursor.
    edges: Vec<MedicalAcceptanceEdge>,
    /// The services of the page.
    nodes: Vec<MedicalAcceptance>,
    /// What lies before and after the page.
    page_info: PageInfo,
    /// How many services match (件数), as far as you may see.
    total_count: usize,
}

/// A service of a facility in a list.
#[derive(Clone, SimpleObject)]
pub struct MedicalAcceptanceEdge {
    /// Opaque place in the list; give it back as `after`.
    cursor: String,
    /// The service.
    node: MedicalAcceptance,
}

#[Object]
impl AcceptanceQueries {
    /// Services of facilities that take people with all of some care needs (医療ニーズの受け入れ), those that
    /// say YES first, then CONSULT, then by name. Everybody sees what the facilities have opened; every other
    /// answer that is handed out is logged as read.
    async fn medical_acceptances(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which needs, and where.")] filter: MedicalAcceptanceFilter,
        #[graphql(desc = "Page size, 0 to 50; 20 without it.")] first: Option<i32>,
        #[graphql(desc = "Cursor after which the page begins.")] after: Option<String>,
    ) -> Option<MedicalAcceptanceConnection> {
        let page = PageArguments { first, after, ..PageArguments::default() };
        list(ctx, filter, page).await.or_null(ctx)
    }
}

async fn list(
    ctx: &Context<'_>,
    filter: MedicalAcceptanceFilter,
    page: PageArguments,
) -> Result<MedicalAcceptanceConnection> {
    let page = page.page(LIST)?;
    if page.limit > LARGEST_PAGE {
        return Err(Error::invalid("first", format!("`first` must be between 0 and {LARGEST_PAGE}.")));
    }
    let context = RequestContext::of(ctx);
    let wanted = filter.resolve(context.viewer.today())?;
    let found = matching(context, &wanted).await?;
    cut(context, found, &wanted.needs, page.limit, page.from.as_ref())
}

/// All services that match, in their order.
async fn matching(context: &RequestContext, wanted: &AcceptanceCriteria) -> Result<Vec<Candidate>> {
    let (db, viewer) = (context.db(), &context.viewer);
    let among = facilities::find(context, &wanted.resource).await?;
    let among = context.view().await?.ids(&among);
    let facilities = store::facilities(db.get_database_backend(), viewer, wanted, &among);
    let stated = store::answers_of(db, viewer, facilities.clone()).await?;
    let services = store::services_of(db, facilities.clone()).await?;
    let mut found = candidates(&stated, &services);
    found.retain(|candidate| wanted.takes(candidate));
    if let Some(statuses) = &wanted.vacancy {
        let reports = vacancies::latest_of(db, viewer, facilities).await?;
        let (reports, now) = (by_facility(&reports), context.clock().now_ms());
        found.retain(|candidate| {
            let report = reported(candidate, &reports, wanted, now);
            let status = report.map_or(VacancyStatus::Unknown, |one| one.status_on(wanted.vacancy_on, now));
            let wanted = statuses.contains(&status);
            // A match reveals what the report says, so the report counts as read.
            if let Some(report) = report.filter(|_| wanted) {
                report.clone().handed_to(context);
            }
            wanted
        });
    }
    found.sort_by(|one, other| one.place(&wanted.needs).cmp(&other.place(&wanted.needs)));
    Ok(found)
}

fn by_facility(reports: &[VacancyReport]) -> HashMap<i64, Vec<VacancyReport>> {
    let mut groups: HashMap<i64, Vec<VacancyReport>> = HashMap::new();
    for report in reports {
        groups.entry(report.row().resource_id).or_default().push(report.clone());
    }
    groups
}

fn reported<'r>(
    candidate: &Candidate,
    reports: &'r HashMap<i64, Vec<VacancyReport>>,
    wanted: &AcceptanceCriteria,
    now: i64,
) -> Option<&'r VacancyReport> {
    let reports = reports.get(&candidate.resource_id).map(Vec::as_slice).unwrap_or_default();
    of_service(reports, &candidate.service_code, wanted.vacancy_on, now)
}

/// The page of a list that begins after a cursor.
fn cut(
    context: &RequestContext,
    found: Vec<Candidate>,
    needs: &[CareNeed],
    limit: usize,
    from: Option<&Cursor>,
) -> Result<MedicalAcceptanceConnection> {
    let total_count = found.len();
    let after = from.map(place).transpose()?;
    let mut rest = found
        .into_iter()
        .filter(|candidate| {
            after.as_ref().is_none_or(|(rank, name, id, code)| {
                candidate.place(needs) > (*rank, name.as_str(), *id, code.as_str())
            })
        })
        .peekable();
    let edge = |candidate: Candidate| MedicalAcceptanceEdge {
        cursor: cursor(&candidate, needs),
        node: MedicalAcceptance::handed_to(candidate, context),
    };
    let edges: Vec<_> = rest.by_ref().take(limit).map(edge).collect();
    let page_info = PageInfo {
        has_next_page: rest.peek().is_some(),
        has_previous_page: from.is_some(),
        start_cursor: edges.first().map(|edge| edge.cursor.clone()),
        end_cursor: edges.last().map(|edge| edge.cursor.clone()),
    };
    let nodes = edges.iter().map(|edge| edge.node.clone()).collect();
    Ok(MedicalAcceptanceConnection { edges, nodes, page_info, total_count })
}

/// The code of a service holds no line break, and stands before the name.
fn cursor(candidate: &Candidate, needs: &[CareNeed]) -> String {
    let key = Key::Text(format!("{}\n{}", candidate.service_code, candidate.sort_key));
    Cursor { segment: candidate.rank(needs), key, id: candidate.resource_id }.encode(LIST)
}

fn place(cursor: &Cursor) -> Result<(u8, String, i64, String)> {
    let Key::Text(text) = &cursor.key else { return Err(Cursor::unknown("after")) };
    let (code, name) = text.split_once('\n').ok_or_else(|| Cursor::unknown("after"))?;
    Ok((cursor.segment, name.to_owned(), cursor.id, code.to_owned()))
}
