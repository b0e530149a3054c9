//! How physicians and desks want to be reached (連携シート・連絡窓口): by which channel, when, for what, and when not.
//!
//! Permissions are decided in `auth/policy/liaison.rs`. Every answer that is not public is noted as read, by
//! `handed_to` of each
//! type. Without the entry in the audit there is no answer (`server/graphql.rs`).

pub mod contacts;
pub mod distribution;
pub mod facts;
pub mod paging;
pub mod print;
pub mod reach;
pub mod sheets;
pub mod terms;
pub mod times;
pub mod watches;

use crate::auth::policy;
use crate::context::RequestContext;
use crate::error::Result;
use crate::id::{NodeId, NodeType};
use crate::resources::freshness::Freshness;
use crate::user_error::{NotDone, UserError};
use async_graphql::ID;
use chrono::{Days, Months, NaiveDate};
use entity::enums::ResourceKind;
use uuid::Uuid;

/// How long a sheet or desk counts as reviewed: a year.
const REVIEWED_FOR: Months = Months::new(12);
/// How long after its review date it is overdue rather than due.
const OVERDUE_AFTER: Months = Months::new(3);

/// The review date of data of a day: a year later.
pub fn review_due(as_of: NaiveDate) -> NaiveDate {
    as_of.checked_add_months(REVIEWED_FOR).unwrap_or(as_of)
}

/// The last review date that counts as overdue today.
pub fn overdue_before(today: NaiveDate) -> NaiveDate {
    today.checked_sub_months(OVERDUE_AFTER).unwrap_or(today)
}

impl Freshness {
    /// The state of a record with this review date.
    pub fn of_review(review_due_on: NaiveDate, today: NaiveDate) -> Self {
        if today <= review_due_on {
            Self::Fresh
        } else if review_due_on > overdue_before(today) {
            Self::Due
        } else {
            Self::Stale
        }
    }

    /// The warning for readers, in Japanese; `None` for fresh data.
    pub fn warning(self) -> Option<&'static str> {
        match self {
            Self::Fresh | Self::Unknown => None,
            Self::Due => Some("見直しの期限を過ぎています。内容が変わっていないか確かめてください。"),
            Self::Stale => {
                Some("見直しの期限を3か月以上過ぎています。古い可能性があるため、必ず確かめてください。")
            }
        }
    }
}

/// The last day of the fiscal year a day lies in: desks for discharges are named anew every April.
pub fn end_of_fiscal_year(day: NaiveDate) -> NaiveDate {
    use chrono::Datelike;
    let year = if day.month() >= 4 { day.year() + 1 } else { day.year() };
    NaiveDate::from_ymd_opt(year, 3, 31).unwrap_or(day)
}

/// The day after.
pub fn next_day(day: NaiveDate) -> NaiveDate {
    day.checked_add_days(Days::new(1)).unwrap_or(day)
}

/// Refuses a viewer who can never read liaison sheets.
///
/// # Errors
/// `UNAUTHENTICATED` for the public, `FORBIDDEN` for authenticated viewers.
pub fn require_reader(context: &RequestContext) -> Result<()> {
    if policy::sheets(context.viewer.permissions()).exists() { Ok(()) } else { Err(context.refusal()) }
}

/// The institution an input names by its id.
///
/// # Errors
/// When the id is that of something else.
pub fn institution_of(id: &ID) -> std::result::Result<Uuid, NotDone> {
    match NodeId::parse(id, "institution")? {
        NodeId { node: NodeType::Resource(ResourceKind::MedicalFacility), uuid } => Ok(uuid),
        _ => Err(UserError::not_found("institution", "This is not the id of a medical facility.").into()),
    }
}
