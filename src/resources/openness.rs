//! Whether a resource is open, by its schedules and further facts. The field, the filters and the calendar
//! all judge by [`facts`].
//!
//! OPEN is answered only when it is certain. A holiday without a recorded rule, an appointment, an irregular
//! meeting, a local record without confirmation for fifteen months, one that its source no
//! longer lists: UNKNOWN, with the reason. [`facts`] has
//! a second form over many resources at a time, `src/picture/open.rs`; `tests/api/schedules/filter.rs` compares them
//! place by place.

use super::freshness::Freshness;
use super::row::Row;
use crate::context::RequestContext;
use crate::error::{Error, Result};
use crate::scalars::{Date, DateTime};
use crate::schedules::store::SchedulesOf;
use crate::schedules::weekly::{WeeklyTimeInput, weekly_times};
use crate::schedules::{OpenState, Schedule, StoredSchedule, TimeWindow};
use async_graphql::{Context, SimpleObject};
use chrono::NaiveDate;
use entity::enums::PublicationState;
use hours::open::{Facts, Opening, Suspension as Suspended, Visits};
use hours::reason::Reason;
use hours::timetable::Timetable;
use japan::clock::JAPAN;
use std::sync::Arc;

/// From when to when it is suspended (休止期間).
#[derive(Clone, Debug, SimpleObject)]
pub struct Suspension {
    /// First day (休止初日); null: not recorded.
    from: Option<Date>,
    /// Last day (休止末日); null: nobody knows yet.
    to: Option<Date>,
    /// Why, in Japanese: 冬季, 担い手不足, 会場工事.
    reason: Option<String>,
}

impl Suspension {
    /// The suspension of a resource, if there is one.
    pub fn of(row: &Row) -> Option<Self> {
        if row.state != PublicationState::Suspended && row.suspended_from.is_none() {
            return None;
        }
        Some(Self {
            from: row.suspended_from.map(Date),
            to: row.suspended_to.map(Date),
            reason: row.suspension_reason.clone(),
        })
    }
}

/// The facts of a resource beside its schedules, as of a day.
pub fn facts(row: &Row, today: NaiveDate) -> Facts {
    let state = row.state;
    let freshness = Freshness::of(row.last_verified_on, row.as_of, row.vanished_on, today);
    let old = matches!(freshness, Freshness::Stale | Freshness::Unknown) && row.kind.is_local();
    let suspended = state == PublicationState::Suspended;
    // The suspension is over but the state was not updated: whether it reopened is not recorded.
    let overdue = suspended && row.suspended_to.is_some_and(|to| to < today);
    let doubt = match row.vanished_on {
        Some(_) => Some(Reason::Vanished),
        None => (old || overdue).then_some(Reason::Stale),
    };
    Facts {
        doubt,
        suspended: (suspended || row.suspended_from.is_some()).then(|| Suspended {
            from: row.suspended_from,
            to: row.suspended_to,
            label: row.suspension_reason.as_deref().map(Arc::from),
        }),
        ended_on: (state == PublicationState::Ended).then_some(NaiveDate::MIN),
    }
}

/// The schedules of a resource.
pub async fn schedules(ctx: &Context<'_>, row: &Row) -> Result<Vec<Schedule>> {
    let stored = RequestContext::of(ctx).load_list(SchedulesOf(row.id)).await?;
    Ok(stored.iter().cloned().map(|stored| Schedule::new(row.id, stored)).collect())
}

/// The next hour or more in which it is surely open within free times of a person, by one of its schedules; `None`: not in
/// the next four weeks.
///
/// # Errors
/// `INVALID_INPUT` for no time, or one of less than an hour.
pub async fn next_open(
    ctx: &Context<'_>,
    row: &Row,
    during: &[WeeklyTimeInput],
) -> Result<Option<TimeWindow>> {
    if during.is_empty() {
        return Err(Error::invalid("during", "Name at least one time."));
    }
    let times = weekly_times("during", during)?;
    let context = RequestContext::of(ctx);
    let stored = context.load_list(SchedulesOf(row.id)).await?;
    let timetables: Vec<&Timetable> = stored.iter().map(StoredSchedule::timetable).collect();
    let facts = facts(row, context.viewer.today());
    let visits = Visits::next(&times, &context.clock().now().with_timezone(&JAPAN));
    Ok(Opening::of(&timetables, &facts).next_visit(&visits).map(TimeWindow::from))
}

/// Whether it is open at an instant; without one, now.
pub async fn open_state(ctx: &Context<'_>, row: &Row, at: Option<DateTime>) -> Result<OpenState> {
    let context = RequestContext::of(ctx);
    let stored = context.load_list(SchedulesOf(row.id)).await?;
    let timetables: Vec<&Timetable> = stored.iter().map(StoredSchedule::timetable).collect();
    let facts = facts(row, context.viewer.today());
    let opening = Opening::of(&timetables, &facts);
    let at = at.map_or_else(|| context.clock().now(), |at| at.0.to_utc());
    Ok(opening.state(&at).into())
}
