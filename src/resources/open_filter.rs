//! The filters `openAt`, `openOn` and `openDuring`: every distinct rule is judged once, by the same engine as the field
//! `openState`; the picture then finds the resources that follow one of the matching rules.

use super::areas::known_areas;
use super::filter::Filter;
use super::order::{Groups, Order};
use crate::context::RequestContext;
use crate::error::{Error, Result};
use crate::pagination::{Cursor, Key};
use crate::picture::{Criterion, Dates, RuleGroups, View};
use crate::schedules::store::{self as schedules, ReadyRule};
use chrono::{DateTime, FixedOffset, NaiveDate};
use hours::open::{Facts, Judgement, Opening, Openness, Visits, WeeklyTime};
use hours::timetable::Timetable;
use japan::clock::Clock;
use japan::clock::JAPAN;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The time of a condition on opening hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// At an instant.
    At(DateTime<FixedOffset>),
    /// At some time of a day.
    On(NaiveDate),
    /// For an hour or more within free times of a person, in the next four weeks.
    During(Vec<WeeklyTime>),
}

/// A condition of a filter on opening hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// When.
    pub when: When,
    /// Whether resources of unknown state match too.
    pub or_unknown: bool,
}

/// Judges the rules for the filter's conditions on opening hours. Refuses a filter with areas that do not exist.
pub async fn prepare(context: &RequestContext, view: &View, mut filter: Filter) -> Result<Filter> {
    known_areas(view, context.viewer.today(), &filter.named)?;
    let asked: Vec<Opened> = std::mem::take(&mut filter.opened);
    if asked.is_empty() {
        return Ok(filter);
    }
    let (rules, clock) = (Arc::new(rules_of(context, view).await?), context.clock());
    for opened in asked {
        let or_unknown = opened.or_unknown;
        let rules = Arc::new(judged(&rules, opened, clock).await?);
        filter = filter.and(Criterion::Open { rules, or_unknown });
    }
    Ok(filter)
}

/// Every rule that a resource follows, whoever may know of it: a rule reveals nothing about resources.
async fn rules_of(context: &RequestContext, view: &View) -> Result<HashMap<i64, Arc<ReadyRule>>> {
    schedules::rules_among(context.db(), view.rules()).await
}

/// Every rule as it stands at a time. Judging thousands of timetables is left to a thread of its own, so that other
/// requests do not wait.
async fn judged(
    rules: &Arc<HashMap<i64, Arc<ReadyRule>>>,
    opened: Opened,
    clock: Clock,
) -> Result<RuleGroups> {
    let rules = Arc::clone(rules);
    let judged = tokio::task::spawn_blocking(move || rule_groups(&rules, &opened, clock));
    judged.await.map_err(Error::internal)
}

fn rule_groups(rules: &HashMap<i64, Arc<ReadyRule>>, opened: &Opened, clock: Clock) -> RuleGroups {
    let on_day = |day: NaiveDate, ask: &dyn Fn(&Opening<'_, &Timetable>) -> Openness| {
        let one = |timetable: &Timetable| judgement(timetable, day, ask);
        collect(rules, (day, day), clock.today(), one)
    };
    match &opened.when {
        When::At(at) => on_day(at.with_timezone(&JAPAN).date_naive(), &|opening| opening.openness(at)),
        When::On(day) => on_day(*day, &|opening| opening.on(*day)),
        When::During(times) => {
            let now = clock.now().with_timezone(&JAPAN);
            let visits = Visits::next(times, &now);
            let dates = visits.first_and_last().unwrap_or((now.date_naive(), now.date_naive()));
            let judge = |timetable: &Timetable| Judgement::of(timetable, &visits, opened.or_unknown);
            collect(rules, dates, clock.today(), judge)
        }
    }
}

fn collect(
    rules: &HashMap<i64, Arc<ReadyRule>>,
    dates: Dates,
    today: NaiveDate,
    judge: impl Fn(&Timetable) -> Judgement,
) -> RuleGroups {
    let (open, unknown) = (BTreeMap::new(), BTreeMap::new());
    let mut found = RuleGroups { dates, open, unknown, in_force: Vec::new(), today };
    for (id, rule) in rules {
        let Judgement { open, perhaps, in_force } = judge(&rule.timetable);
        if let Some(dates) = open {
            found.open.entry(dates).or_default().push(*id);
        }
        if let Some(dates) = perhaps {
            found.unknown.entry(dates).or_default().push(*id);
        }
        found.in_force.extend(in_force.then_some(*id));
    }
    found
}

/// The judgement of one rule on one day.
fn judgement(
    timetable: &Timetable,
    day: NaiveDate,
    ask: &dyn Fn(&Opening<'_, &Timetable>) -> Openness,
) -> Judgement {
    if !timetable.in_force(day) {
        return Judgement::default();
    }
    let (facts, timetables) = (Facts::default(), [timetable]);
    let openness = ask(&Opening::of(&timetables, &facts));
    let that_day = |wanted| (openness == wanted).then_some((day, day));
    Judgement { open: that_day(Openness::Open), perhaps: that_day(Openness::Unknown), in_force: true }
}

/// Computes the groups of the order OPEN_FIRST, as of the instant of the cursor, else now.
pub async fn judge(
    context: &RequestContext,
    view: &View,
    order: Order,
    cursor: Option<&Cursor>,
) -> Result<Order> {
    let Order::OpenFirst(_) = order else { return Ok(order) };
    let clock = context.clock();
    let minute = match cursor.map(|cursor| &cursor.key) {
        Some(Key::Number(minute)) => *minute as i64,
        _ => clock.now_seconds() / 60,
    };
    let at = DateTime::from_timestamp(minute.saturating_mul(60), 0).unwrap_or_default().with_timezone(&JAPAN);
    let asked = Opened { when: When::At(at), or_unknown: true };
    let rules = Arc::new(judged(&Arc::new(rules_of(context, view).await?), asked, clock).await?);
    let opened = |or_unknown| Criterion::Open { rules: Arc::clone(&rules), or_unknown };
    let (open, perhaps) = (opened(false), opened(true));
    let unknown = Criterion::All(vec![perhaps.clone(), Criterion::Not(Box::new(open.clone()))]);
    let closed = Criterion::Not(Box::new(perhaps));
    Ok(Order::OpenFirst(Groups { minute, criteria: vec![open, unknown, closed] }))
}
