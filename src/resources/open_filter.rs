//! The filters `openAt`, `openOn` and `openDuring`: every distinct rule is evaluated once, by the same engine as the field
//! `openState`; the database then finds the resources that follow one of the matching rules.

use super::areas::known_areas;
use super::filter::{Filter, known_since};
use super::freshness::Limits;
use super::order::{Groups, Order};
use crate::context::RequestContext;
use crate::error::{Error, Result};
use crate::pagination::{Cursor, Key};
use crate::schedules::store::{self as schedules, ReadyRule, follows};
use chrono::{DateTime, FixedOffset, NaiveDate};
use entity::enums::{PublicationState, ResourceKind};
use entity::resource::Column;
use hours::open::{Facts, Judgement, Opening, Openness, Visits, WeeklyTime};
use hours::timetable::Timetable;
use japan::clock::Clock;
use japan::clock::JAPAN;
use sea_orm::sea_query::{Expr, ExprTrait, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, DbBackend, IntoSimpleExpr, Iterable};
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

/// First and last of the dates that matter; a suspension that covers both covers all.
type Dates = (NaiveDate, NaiveDate);

/// Rules by their judgement, each with the dates on which it holds.
struct Rules {
    /// Of the whole condition.
    dates: Dates,
    open: BTreeMap<Dates, Vec<i64>>,
    unknown: BTreeMap<Dates, Vec<i64>>,
    /// All that are in force.
    in_force: Vec<i64>,
}

/// Turns the filter's conditions on opening hours into SQL: one statement at most, for the rules. Refuses a filter with
/// areas that do not exist.
pub async fn prepare(context: &RequestContext, mut filter: Filter) -> Result<Filter> {
    let db = context.db();
    known_areas(db, &context.viewer, &filter.named).await?;
    let asked: Vec<Opened> = std::mem::take(&mut filter.opened);
    if asked.is_empty() {
        return Ok(filter);
    }
    let (rules, clock) = (Arc::new(schedules::rules(db).await?), context.clock());
    for opened in asked {
        let or_unknown = opened.or_unknown;
        let said = judged(&rules, opened, clock).await?;
        filter = filter.and(condition(db.get_database_backend(), or_unknown, &said, clock.today()));
    }
    Ok(filter)
}

/// Every rule as it stands at a time. Judging thousands of timetables is left to a thread of its own, so that other
/// requests do not wait.
async fn judged(rules: &Arc<HashMap<i64, Arc<ReadyRule>>>, opened: Opened, clock: Clock) -> Result<Rules> {
    let rules = Arc::clone(rules);
    let judged = tokio::task::spawn_blocking(move || Rules::judged(&rules, &opened, clock));
    judged.await.map_err(Error::internal)
}

impl Rules {
    fn judged(rules: &HashMap<i64, Arc<ReadyRule>>, opened: &Opened, clock: Clock) -> Self {
        let on_day = |day: NaiveDate, ask: &dyn Fn(&Opening<'_, &Timetable>) -> Openness| {
            let one = |timetable: &Timetable| judgement(timetable, day, ask);
            Self::collect(rules, (day, day), one)
        };
        match &opened.when {
            When::At(at) => on_day(at.with_timezone(&JAPAN).date_naive(), &|opening| opening.openness(at)),
            When::On(day) => on_day(*day, &|opening| opening.on(*day)),
            When::During(times) => {
                let now = clock.now().with_timezone(&JAPAN);
                let visits = Visits::next(times, &now);
                let dates = visits.first_and_last().unwrap_or((now.date_naive(), now.date_naive()));
                Self::collect(rules, dates, |timetable| Judgement::of(timetable, &visits, opened.or_unknown))
            }
        }
    }

    fn collect(
        rules: &HashMap<i64, Arc<ReadyRule>>,
        dates: Dates,
        judge: impl Fn(&Timetable) -> Judgement,
    ) -> Self {
        let mut found = Self { dates, open: BTreeMap::new(), unknown: BTreeMap::new(), in_force: Vec::new() };
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
        // A hash map has no stable order; sorting makes the text of the statement deterministic.
        let groups = found.open.values_mut().chain(found.unknown.values_mut());
        groups.chain([&mut found.in_force]).for_each(|ids| ids.sort_unstable());
        found
    }
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
pub async fn judge(context: &RequestContext, order: Order, cursor: Option<&Cursor>) -> Result<Order> {
    let Order::OpenFirst(_) = order else { return Ok(order) };
    let (db, clock) = (context.db(), context.clock());
    let minute = match cursor.map(|cursor| &cursor.key) {
        Some(Key::Number(minute)) => *minute as i64,
        _ => clock.now_seconds() / 60,
    };
    let at = DateTime::from_timestamp(minute.saturating_mul(60), 0).unwrap_or_default().with_timezone(&JAPAN);
    let asked = Opened { when: When::At(at), or_unknown: true };
    let rules = judged(&Arc::new(schedules::rules(db).await?), asked, clock).await?;
    let backend = db.get_database_backend();
    let opened = |or_unknown| condition(backend, or_unknown, &rules, clock.today());
    let (open, perhaps) = (opened(false), opened(true));
    let unknown = Condition::all().add(perhaps.clone()).add(open.clone().not());
    let closed = Condition::all().add(perhaps.not());
    Ok(Order::OpenFirst(Groups { minute, conditions: vec![open, unknown, closed] }))
}

/// The judgement of [`super::openness::facts`] and of the engine, as a condition.
fn condition(backend: DbBackend, or_unknown: bool, rules: &Rules, today: NaiveDate) -> Condition {
    let open = Condition::all().add(certain(today)).add(follows_on(backend, &rules.open));
    if !or_unknown {
        return open;
    }
    let follows_none = follows(backend, Column::Id.into_simple_expr(), &rules.in_force).not();
    let doubt = Condition::any().add(certain(today).not()).add(follows_none);
    Condition::any()
        .add(open)
        .add(follows_on(backend, &rules.unknown))
        .add(Condition::all().add(not_closed(rules.dates)).add(doubt))
}

/// Follows one of these rules, and is not suspended on all of the rule's dates.
fn follows_on(backend: DbBackend, rules: &BTreeMap<Dates, Vec<i64>>) -> Condition {
    let follows = |ids: &[i64]| follows(backend, Column::Id.into_simple_expr(), ids);
    let on_its_dates =
        |(dates, ids): (&Dates, &Vec<i64>)| Condition::all().add(not_closed(*dates)).add(follows(ids));
    let nothing = Condition::any().add(Expr::value(false));
    let each = rules.iter().fold(nothing, |any, rule| any.add(on_its_dates(rule)));
    if rules.len() < 2 {
        return each;
    }
    // Few places are suspended; for the others the dates do not matter.
    let mut all: Vec<i64> = rules.values().flatten().copied().collect();
    all.sort_unstable();
    let never_suspended =
        Condition::all().add(is_suspended().not()).add(Column::State.ne(PublicationState::Ended));
    Condition::any()
        .add(never_suspended.add(follows(&all)))
        .add(Condition::all().add(is_suspended()).add(each))
}

fn is_suspended() -> SimpleExpr {
    Column::State.eq(PublicationState::Suspended).or(Column::SuspendedFrom.is_not_null())
}

fn not_closed((first, last): Dates) -> Condition {
    not_closed_between(Expr::value(first), Expr::value(last))
}

/// Neither ended nor suspended on all days from a first to a last one.
pub fn not_closed_between(first: SimpleExpr, last: SimpleExpr) -> Condition {
    let begun = Column::SuspendedFrom.is_null().or(Column::SuspendedFrom.into_simple_expr().lte(first));
    let lasting = Column::SuspendedTo.is_null().or(Column::SuspendedTo.into_simple_expr().gte(last));
    Condition::all()
        .add(Column::State.ne(PublicationState::Ended))
        .add(is_suspended().and(begun).and(lasting).not())
}

/// Confirmed recently enough for its kind, not overdue after a suspension, and still listed by its source.
pub fn certain(today: NaiveDate) -> SimpleExpr {
    let local = Column::Kind.is_in(ResourceKind::iter().filter(|kind| kind.is_local()));
    let overdue = Column::State
        .eq(PublicationState::Suspended)
        .and(Column::SuspendedTo.is_not_null())
        .and(Column::SuspendedTo.lt(today));
    local
        .not()
        .or(known_since(Limits::on(today).due_from))
        .and(overdue.not())
        .and(Column::VanishedOn.is_null())
}
