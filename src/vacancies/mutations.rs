//! The mutation with which a facility reports its vacancies.

use super::VacancyReport;
use super::store::{self, Draft};
use super::terms::VacancyStatus;
use crate::auth::policy::{self, Audience};
use crate::context::RequestContext;
use crate::error::Nullable;
use crate::id::{NodeId, NodeType};
use crate::scalars::Date;
use crate::user_error::{NotDone, UserError, with_user_errors};
use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use chrono::NaiveDate;
use japan::codes;
use japan::values::is_storable;
use japan::values::mentions::private_mentions;

const MOST_PLACES: i32 = 1_000;
const LONGEST_NOTE: usize = 500;

/// Mutations of vacancy reports.
#[derive(Default)]
pub struct VacancyMutations;

/// Whether a facility has room.
#[derive(InputObject)]
pub struct ReportVacancyInput {
    /// Which facility (施設): its id.
    facility: ID,
    /// Of which service (サービスの種類): official code of three digits, `210`; without it, of the whole facility.
    service_type: Option<String>,
    /// Whether there is room (空き状況).
    status: VacancyStatus,
    /// How many places (空き人数).
    places: Option<i32>,
    /// The first day it is about (対象期間の初日); without it, today.
    period_from: Option<Date>,
    /// The last day it is about (対象期間の末日).
    period_to: Option<Date>,
    /// Remarks (備考), at most 500 characters; nothing about persons.
    note: Option<String>,
    /// Who reads it (閲覧範囲).
    #[graphql(default_with = "Audience::AllCareProfessionals")]
    audience: Audience,
}

/// What came of a report.
#[derive(SimpleObject)]
pub struct ReportVacancyPayload {
    /// The report (空き情報); null when none was made.
    vacancy_report: Option<VacancyReport>,
    /// Why not (入力などの問題).
    user_errors: Vec<UserError>,
}

#[Object]
impl VacancyMutations {
    /// Reports whether a facility has room (空き情報の報告). For members of the facility and ADMIN. It is believed
    /// for seven days, or until the time it is about is over; earlier reports are kept.
    async fn report_vacancy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which facility, and what it says.")] input: ReportVacancyInput,
    ) -> Option<ReportVacancyPayload> {
        let payload =
            |(vacancy_report, user_errors)| Some(ReportVacancyPayload { vacancy_report, user_errors });
        with_user_errors(report(RequestContext::of(ctx), input).await).map(payload).nullable(ctx)
    }
}

async fn report(context: &RequestContext, input: ReportVacancyInput) -> Result<VacancyReport, NotDone> {
    if !policy::keeps(context.viewer.permissions()).exists() {
        return Err(context.refusal().into());
    }
    let draft = draft(input, context.viewer.today())?;
    let tx = context.begin_write().await?;
    let report = store::report(&tx, &context.viewer, &context.author(), draft).await?;
    tx.commit().await?;
    Ok(report)
}

fn draft(input: ReportVacancyInput, today: NaiveDate) -> Result<Draft, NotDone> {
    let NodeId { node: NodeType::Resource(_), uuid } = NodeId::parse(&input.facility, "facility")? else {
        return Err(UserError::not_found("facility", "This is not the id of a facility.").into());
    };
    let service_code = match input.service_type.as_deref() {
        None | Some("") => String::new(),
        Some(code) => match codes::care_service_type(code) {
            Some(service) => service.code.to_owned(),
            None => return Err(UserError::invalid("serviceType", "This is no care service code.").into()),
        },
    };
    let (period_from, period_to) = (input.period_from.map(|day| day.0), input.period_to.map(|day| day.0));
    if period_to.is_some_and(|to| to < period_from.unwrap_or(today) || to < today) {
        return Err(UserError::invalid("periodTo", "It lies before the first day, or in the past.").into());
    }
    Ok(Draft {
        facility: uuid,
        service_code,
        status: input.status,
        places: places(input.status, input.places)?,
        period_from,
        period_to,
        note: note(input.note)?,
        audience: input.audience,
    })
}

fn places(status: VacancyStatus, places: Option<i32>) -> Result<Option<i32>, UserError> {
    let wrong = |reason| Err(UserError::invalid("places", reason));
    match (status, places) {
        (_, Some(n)) if !(0..=MOST_PLACES).contains(&n) => wrong("It must be between 0 and 1000."),
        (VacancyStatus::Full | VacancyStatus::Unknown, Some(n)) if n > 0 => {
            wrong("A facility that is full, or does not know, has no places to offer.")
        }
        (VacancyStatus::Available | VacancyStatus::Few, Some(0)) => wrong("Without places it is FULL."),
        (_, places) => Ok(places),
    }
}

/// Checks a remark: private numbers and mail addresses are refused, whatever the audience of the report.
fn note(note: Option<String>) -> Result<Option<String>, UserError> {
    let note = note.map(|note| note.trim().to_owned()).filter(|note| !note.is_empty());
    let wrong = |reason| Err(UserError::invalid("note", reason));
    match note {
        Some(note) if note.chars().count() > LONGEST_NOTE || !is_storable(&note) => {
            wrong("It has at most 500 characters, and no control characters.")
        }
        Some(note) if !private_mentions(&note).is_empty() => {
            wrong("It holds a mobile number or a mail address; leave it out.")
        }
        note => Ok(note),
    }
}
