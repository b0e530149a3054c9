//! The filters `openAt` and `openOn`: every distinct rule is evaluated once, by the same engine as the field
//! `openState`; the database then finds the resources that follow one of the matching rules.

use super::districts::known_districts;
use super::filter::{Filter, known_since};
use super::freshness::Limits;
use super::order::{Groups, Order};
use crate::error::Result;
use crate::pagination::{Cursor, Key};
use crate::schedules::store::{self as schedules, ReadyRule, follows};
use chrono::{DateTime, FixedOffset, NaiveDate};
use entity::enums::{PublicationState, ResourceKind};
use entity::resource::Column;
use hours::open::{Facts, Opening, Openness};
use hours::timetable::Timetable;
use japan::clock::Clock;
use japan::clock::JAPAN;
use sea_orm::sea_query::{Expr, ExprTrait, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, DatabaseConnection, DbBackend, IntoSimpleExpr, Iterable};
use std::collections::HashMap;
use std::sync::Arc;

/// The time of a condition on opening hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// At an instant.
    At(DateTime<FixedOffset>),
    /// At some time of a day.
    On(NaiveDate),
}

/// A condition of a filter on opening hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opened {
    /// When.
    pub when: When,
    /// Whether resources of unknown state match too.
    pub or_unknown: bool,
}

impl When {
    fn day(self) -> NaiveDate {
        match self {
            Self::At(at) => at.with_timezone(&JAPAN).date_naive(),
            Self::On(day) => day,
        }
    }

    fn ask(self, timetable: &Timetable) -> Openness {
        let facts = Facts::default();
        let timetables = [timetable];
        let opening = Opening::of(&timetables, &facts);
        match self {
            Self::At(at) => opening.openness(&at),
            Self::On(day) => opening.on(day),
        }
    }
}

/// Keys of rules by their judgement. A rule that is not in force is in no list.
#[derive(Default)]
struct Rules {
    open: Vec<i64>,
    unknown: Vec<i64>,
    closed: Vec<i64>,
}

/// Turns the filter's conditions on opening hours into SQL: one statement at most, for the rules. Refuses a filter with
/// districts that do not exist.
pub async fn prepare(db: &DatabaseConnection, mut filter: Filter, today: NaiveDate) -> Result<Filter> {
    known_districts(db, &filter.districts).await?;
    let asked: Vec<Opened> = std::mem::take(&mut filter.opened);
    if asked.is_empty() {
        return Ok(filter);
    }
    let rules = schedules::rules(db).await?;
    for opened in asked {
        let said = said(&rules, opened.when);
        filter = filter.and(condition(db.get_database_backend(), &opened, &said, today));
    }
    Ok(filter)
}

fn said(rules: &HashMap<i64, Arc<ReadyRule>>, when: When) -> Rules {
    let mut found = Rules::default();
    for (id, rule) in rules.iter().filter(|(_, rule)| rule.timetable.in_force(when.day())) {
        match when.ask(&rule.timetable) {
            Openness::Open => found.open.push(*id),
            Openness::Unknown => found.unknown.push(*id),
            Openness::Closed => found.closed.push(*id),
        }
    }
    // A hash map has no stable order; sorting makes the text of the statement deterministic.
    let all = [&mut found.open, &mut found.unknown, &mut found.closed];
    all.into_iter().for_each(|ids| ids.sort_unstable());
    found
}

/// Computes the groups of the order OPEN_FIRST, as of the instant of the cursor, else now.
pub async fn judge(
    db: &DatabaseConnection,
    order: Order,
    cursor: Option<&Cursor>,
    clock: Clock,
) -> Result<Order> {
    let Order::OpenFirst(_) = order else { return Ok(order) };
    let minute = match cursor.map(|cursor| &cursor.key) {
        Some(Key::Number(minute)) => *minute as i64,
        _ => clock.now_seconds() / 60,
    };
    let at = DateTime::from_timestamp(minute.saturating_mul(60), 0).unwrap_or_default().with_timezone(&JAPAN);
    let rules = said(&schedules::rules(db).await?, When::At(at));
    let backend = db.get_database_backend();
    let opened =
        |or_unknown| condition(backend, &Opened { when: When::At(at), or_unknown }, &rules, clock.today());
    let (open, perhaps) = (opened(false), opened(true));
    let unknown = Condition::all().add(perhaps.clone()).add(open.clone().not());
    let closed = Condition::all().add(perhaps.not());
    Ok(Order::OpenFirst(Groups { minute, conditions: vec![open, unknown, closed] }))
}

/// The judgement of [`super::openness::facts`] and of the engine, as a condition.
fn condition(backend: DbBackend, opened: &Opened, rules: &Rules, today: NaiveDate) -> Condition {
    let follows = |ids: &[i64]| follows(backend, Column::Id.into_simple_expr(), ids);
    let stands = Condition::all().add(not_closed(Expr::value(opened.when.day())));
    let open = Condition::all().add(certain(today)).add(follows(&rules.open));
    if !opened.or_unknown {
        return stands.add(open);
    }
    let unknown = Condition::any()
        .add(certain(today).not())
        .add(follows(&rules.unknown))
        .add(follows(&rules.closed).not());
    stands.add(Condition::any().add(open).add(unknown))
}

/// Neither ended nor suspended on a day.
pub fn not_closed(day: SimpleExpr) -> Condition {
    let marked = Column::State.eq(PublicationState::Suspended).or(Column::SuspendedFrom.is_not_null());
    let begun = Column::SuspendedFrom.is_null().or(Column::SuspendedFrom.into_simple_expr().lte(day.clone()));
    let lasting = Column::SuspendedTo.is_null().or(Column::SuspendedTo.into_simple_expr().gte(day));
    Condition::all().add(Column::State.ne(PublicationState::Ended)).add(marked.and(begun).and(lasting).not())
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
