//! The physicians and desks that match a filter, with everything that decides when they can be reached.

use super::judge::{Glance, Person, Question, Reachability, Rule, Times};
use super::list::{Candidate, Who};
use crate::context::RequestContext;
use crate::error::{Error, Result};
use crate::liaison::contacts::select as desks;
use crate::liaison::sheets::select as sheets;
use crate::liaison::{next_day, review_due};
use crate::picture::{Entry, ReadableDesk, ReadableSheet, Record};
use crate::resources::freshness::Freshness;
use crate::schedules::store::{ReadyRule, rules_among};
use chrono::NaiveDate;
use entity::enums::PublicationState;
use hours::open::{Facts, Suspension};
use hours::reason::Reason;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// The most candidates that are judged for one request.
const MOST: usize = 20_000;

/// The physicians of current sheets who match and work there on a day; those who have left are not among them.
pub async fn physicians(
    context: &RequestContext,
    selection: &sheets::Selection,
    day: NaiveDate,
) -> Result<Vec<Candidate>> {
    let day = Ord::max(day, context.viewer.today());
    let is_held =
        |sheet: &ReadableSheet| sheet.sheet.is_agreed && sheet.institution.state() != PublicationState::Ended;
    let found: Vec<(&ReadableSheet, &Entry)> =
        selection.physicians(day).filter(|(sheet, _)| is_held(sheet)).collect();
    let mut houses =
        Houses::of(context, found.iter().map(|(sheet, _)| &sheet.institution), found.len()).await?;
    let candidate = |(readable, entry): (&ReadableSheet, &Entry)| {
        let facts = facts(Some(&readable.institution), readable.sheet.review_due_on, entry.ended_on, day);
        let (wishes, house) = (Arc::clone(&entry.wishes), houses.times(&readable.institution));
        let person = Person { wishes, house, facts };
        Candidate { who: Who::Entry(entry.id), place: (readable.place, entry.ordinal), person }
    };
    Ok(found.into_iter().map(candidate).collect())
}

/// Desks that hold on the day and match.
pub async fn desks(context: &RequestContext, selection: &desks::Selection) -> Result<Vec<Candidate>> {
    let day = Ord::max(selection.wanted().valid_on, context.viewer.today());
    let has_ended = |facility: &Record| facility.state() == PublicationState::Ended;
    let is_held = |desk: &&ReadableDesk| !desk.facility.as_ref().is_some_and(has_ended);
    let found: Vec<&ReadableDesk> = selection.desks().filter(is_held).collect();
    let facilities = found.iter().filter_map(|one| one.facility.as_ref());
    let mut houses = Houses::of(context, facilities, found.len()).await?;
    let candidate = |ReadableDesk { desk, facility, place }: &ReadableDesk| {
        let facts = facts(facility.as_ref(), review_due(desk.as_of), desk.valid_to.map(next_day), day);
        let house = facility.as_ref().map(|facility| houses.times(facility)).unwrap_or_default();
        let person = Person { wishes: Arc::clone(&desk.wishes), house, facts };
        Candidate { who: Who::Desk(desk.id), place: (*place, 0), person }
    };
    Ok(found.into_iter().map(candidate).collect())
}

/// The entries, by internal key, of the physicians who match and can surely be reached at the instant.
pub async fn reachable(
    context: &RequestContext,
    selection: &sheets::Selection,
    question: Question,
) -> Result<HashSet<i64>> {
    let found = physicians(context, selection, question.at.date_naive()).await?;
    let surely = tokio::task::spawn_blocking(move || {
        let mut judge = Person::judge(&question);
        let glances = found.iter().map(|one| (one.who.key(), one.person.glance(&question, &mut judge)));
        let is_now = |glance: Option<Glance>| glance.is_some_and(|one| one.standing == Reachability::Now);
        glances.filter_map(|(id, glance)| is_now(glance).then_some(id)).collect()
    });
    surely.await.map_err(Error::internal)
}

/// The opening hours of institutions: those that follow the same rules share the list.
struct Houses {
    rules: HashMap<i64, Arc<ReadyRule>>,
    lists: HashMap<Vec<i64>, Times>,
    /// The institution that was asked for last: its physicians follow each other.
    last: Option<(i64, Times)>,
}

impl Houses {
    async fn of(
        context: &RequestContext,
        institutions: impl Iterator<Item = &Record>,
        candidates: usize,
    ) -> Result<Self> {
        if candidates > MOST {
            let told = "More people match than can be judged at once. Ask for a district, a municipality or a department.";
            return Err(Error::LimitExceeded(told.into()));
        }
        let rules: HashSet<i64> = institutions.flat_map(Record::rules).collect();
        let rules = rules_among(context.db(), rules).await?;
        Ok(Self { rules, lists: HashMap::new(), last: None })
    }

    fn times(&mut self, institution: &Record) -> Times {
        let id = institution.id();
        if let Some((_, times)) = self.last.as_ref().filter(|(last, _)| *last == id) {
            return Arc::clone(times);
        }
        let rules = &self.rules;
        let times = self.lists.entry(institution.rules().collect()).or_insert_with_key(|ids| {
            let ready = ids.iter().filter_map(|id| rules.get(id));
            ready.map(|rule| Arc::clone(&rule.timetable)).collect::<Vec<Rule>>().into()
        });
        let times = Arc::clone(times);
        self.last = Some((id, Arc::clone(&times)));
        times
    }
}

/// What is to be minded beside the times: that the data is old, that the institution is suspended, that the physician
/// leaves or the desk ends.
fn facts(
    institution: Option<&Record>,
    review_due_on: NaiveDate,
    ended_on: Option<NaiveDate>,
    day: NaiveDate,
) -> Facts {
    let is_suspended = |one: &Record| one.state() == PublicationState::Suspended;
    let suspended = institution.filter(|one| is_suspended(one) || one.suspended_from().is_some());
    let overdue = |one: &Record| is_suspended(one) && one.suspended_to().is_some_and(|to| to < day);
    let is_stale = Freshness::of_review(review_due_on, day) == Freshness::Stale;
    Facts {
        doubt: (is_stale || suspended.is_some_and(overdue)).then_some(Reason::Stale),
        suspended: suspended.map(|one| Suspension {
            from: one.suspended_from(),
            to: one.suspended_to(),
            label: one.suspension_reason().map(Arc::from),
        }),
        ended_on,
    }
}
