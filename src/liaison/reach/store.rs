//! The candidates within the viewer's scope, with everything that decides when they can be reached: one
//! statement, one more for rules that are not cached.

use super::judge::{Person, Question, Reachability, Rule, Way};
use super::list::{Candidate, Who};
use crate::auth::Viewer;
use crate::auth::row_scope::visible_to;
use crate::cache::Cache;
use crate::database::packed;
use crate::error::{Error, Result};
use crate::liaison::contacts::filter as desks;
use crate::liaison::facts::Reach;
use crate::liaison::sheets::filter::SheetCriteria;
use crate::liaison::sheets::store as sheets;
use crate::liaison::{next_day, review_due};
use crate::resources::freshness::Freshness;
use crate::schedules::store::{ReadyRule, rules_among};
use chrono::NaiveDate;
use entity::enums::PublicationState;
use entity::{affiliation, liaison_contact, liaison_entry, liaison_sheet, resource, schedule};
use hours::open::{Facts, Suspension};
use hours::reason::Reason;
use hours::schedule::Schedule;
use hours::timetable::Timetable;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement, SimpleExpr};
use sea_orm::{
    ActiveEnum, ColumnTrait, DatabaseConnection, DbBackend, IntoSimpleExpr, JoinType, QueryFilter,
    QuerySelect, QueryTrait, RelationTrait,
};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::num::NonZeroUsize;
use std::sync::{Arc, LazyLock};

/// The most candidates that are judged for one request.
const MOST: usize = 20_000;
/// Capacity of the cache of channel rules, about 1 kB each.
const READY: NonZeroUsize = NonZeroUsize::MIN.saturating_add(19_999);

/// The cache of parsed channel rules, by their JSON text.
static KEPT: LazyLock<Cache<String, Rule>> = LazyLock::new(|| Cache::with_capacity(READY));

/// The JSON row of one physician or desk.
#[derive(Deserialize)]
struct Packed {
    id: i64,
    sort_key: String,
    ordinal: i32,
    /// Of a sheet, its review date; of a desk, the date of its data.
    day: NaiveDate,
    /// The first day on which a physician no longer works there; the last day of a desk.
    ends: Option<NaiveDate>,
    state: Option<i16>,
    suspended_from: Option<NaiveDate>,
    suspended_to: Option<NaiveDate>,
    suspension_reason: Option<String>,
    reach: Reach,
    house: Vec<i64>,
}

/// The physicians of current sheets who match and work there on a day; those who have left are not among
/// them.
pub async fn physicians(
    db: &DatabaseConnection,
    viewer: &Viewer,
    wanted: &SheetCriteria,
    day: NaiveDate,
) -> Result<Vec<Candidate>> {
    use liaison_entry::Column;
    let day = Ord::max(day, viewer.today());
    let backend = db.get_database_backend();
    let mut select = sheets::current(viewer)
        .filter(liaison_sheet::Column::ConsentWithdrawnOn.is_null())
        .filter(wanted.condition(backend))
        .join(JoinType::InnerJoin, liaison_entry::Relation::Sheet.def().rev())
        .join(JoinType::InnerJoin, liaison_entry::Relation::Affiliation.def())
        .join(JoinType::InnerJoin, affiliation::Relation::Physician.def())
        .filter(resource::Column::State.ne(PublicationState::Ended))
        .filter(sheets::works_there(day));
    if let Some(entry) = wanted.entry(backend) {
        select = select.filter(entry);
    }
    let columns = vec![
        Column::Id.into_simple_expr(),
        resource::Column::SortKey.into_simple_expr(),
        Column::Ordinal.into_simple_expr(),
        liaison_sheet::Column::ReviewDueOn.into_simple_expr(),
        affiliation::Column::EndedOn.into_simple_expr(),
        resource::Column::State.into_simple_expr(),
        resource::Column::SuspendedFrom.into_simple_expr(),
        resource::Column::SuspendedTo.into_simple_expr(),
        resource::Column::SuspensionReason.into_simple_expr(),
        packed::json(backend, Column::Reach.into_simple_expr()),
        house(backend),
    ];
    candidates(db, select.into_query(), columns, day, Who::Entry).await
}

/// Desks that hold on the day and match.
pub async fn desks(
    db: &DatabaseConnection,
    viewer: &Viewer,
    wanted: &desks::ContactCriteria,
) -> Result<Vec<Candidate>> {
    use liaison_contact::Column;
    let backend = db.get_database_backend();
    let select = visible_to::<liaison_contact::Entity>(viewer)
        .filter(wanted.condition(backend))
        .filter(resource::Column::State.is_null().or(resource::Column::State.ne(PublicationState::Ended)));
    let columns = vec![
        Column::Id.into_simple_expr(),
        Column::SortKey.into_simple_expr(),
        Expr::value(0),
        Column::AsOf.into_simple_expr(),
        Column::ValidTo.into_simple_expr(),
        resource::Column::State.into_simple_expr(),
        resource::Column::SuspendedFrom.into_simple_expr(),
        resource::Column::SuspendedTo.into_simple_expr(),
        resource::Column::SuspensionReason.into_simple_expr(),
        packed::json(backend, Column::Reach.into_simple_expr()),
        house(backend),
    ];
    candidates(db, select.into_query(), columns, Ord::max(wanted.valid_on, viewer.today()), Who::Desk).await
}

/// The entries, by internal key, of the physicians who match and can surely be reached at the instant.
pub async fn reachable(
    db: &DatabaseConnection,
    viewer: &Viewer,
    wanted: &SheetCriteria,
    question: Question,
) -> Result<Vec<i64>> {
    let found = physicians(db, viewer, wanted, question.at.date_naive()).await?;
    let surely = tokio::task::spawn_blocking(move || {
        let now = |one: &Candidate| {
            one.person.glance(&question).is_some_and(|glance| glance.standing == Reachability::Now)
        };
        found.iter().filter(|one| now(one)).map(|one| one.who.key()).collect()
    });
    surely.await.map_err(Error::internal)
}

/// The rules of the hours of the institution, as a list of their keys.
fn house(backend: DbBackend) -> SimpleExpr {
    let mut select = Query::select();
    select
        .from(schedule::Entity)
        .and_where(
            schedule::Column::ResourceId.into_simple_expr().eq(resource::Column::Id.into_simple_expr()),
        )
        .expr(packed::list(backend, schedule::Column::RuleId.into_simple_expr()));
    packed::nested(backend, select)
}

async fn candidates(
    db: &DatabaseConnection,
    mut select: SelectStatement,
    columns: Vec<SimpleExpr>,
    day: NaiveDate,
    who: fn(i64) -> Who,
) -> Result<Vec<Candidate>> {
    select.clear_selects();
    let found: Vec<Packed> = packed::typed(db, select, columns).await?;
    if found.len() > MOST {
        let told = "More people match than can be judged at once. Ask for a district, a municipality or a department.";
        return Err(Error::LimitExceeded(told.into()));
    }
    let ids: HashSet<i64> = found.iter().flat_map(|row| &row.house).copied().collect();
    let houses = rules_among(db, ids).await?;
    let mut rules = Rules::default();
    found.into_iter().map(|row| row.candidate(&mut rules, &houses, day, who)).collect()
}

impl Packed {
    fn candidate(
        self,
        rules: &mut Rules,
        houses: &HashMap<i64, Arc<ReadyRule>>,
        day: NaiveDate,
        who: fn(i64) -> Who,
    ) -> Result<Candidate> {
        let who = who(self.id);
        let (review_due_on, ended_on) = match who {
            Who::Desk(_) => (review_due(self.day), self.ends.map(next_day)),
            Who::Entry(_) => (self.day, self.ends),
        };
        let facts = self.facts(review_due_on, ended_on, day)?;
        let mut ways = Vec::with_capacity(self.reach.c.len());
        for (rank, (channel, purposes, times)) in (1..).zip(self.reach.c) {
            ways.push(Way { rank, channel, purposes, times: rules.all(times)? });
        }
        let avoid = rules.all(self.reach.a)?;
        let house = self.house.iter().filter_map(|id| Some(houses.get(id)?.timetable.clone())).collect();
        let person = Person { ways, avoid, house, facts };
        Ok(Candidate { who, place: (self.sort_key, self.ordinal), person })
    }

    fn facts(&self, review_due_on: NaiveDate, ended_on: Option<NaiveDate>, day: NaiveDate) -> Result<Facts> {
        let state = self.state.map(|state| PublicationState::try_from_value(&state)).transpose()?;
        let suspended = state == Some(PublicationState::Suspended);
        let overdue = suspended && self.suspended_to.is_some_and(|to| to < day);
        Ok(Facts {
            doubt: (overdue || Freshness::of_review(review_due_on, day) == Freshness::Stale)
                .then_some(Reason::Stale),
            suspended: (suspended || self.suspended_from.is_some()).then(|| Suspension {
                from: self.suspended_from,
                to: self.suspended_to,
                label: self.suspension_reason.as_deref().map(Arc::from),
            }),
            ended_on: match state {
                Some(PublicationState::Ended) => Some(NaiveDate::MIN),
                _ => ended_on,
            },
        })
    }
}

/// The rules of one answer, each looked up in the cache once.
#[derive(Default)]
struct Rules(HashMap<String, Rule>);

impl Rules {
    fn all(&mut self, texts: Vec<String>) -> Result<Vec<Rule>> {
        texts.into_iter().map(|text| self.rule(text)).collect()
    }

    fn rule(&mut self, text: String) -> Result<Rule> {
        if let Some(known) = self.0.get(&text) {
            return Ok(known.clone());
        }
        let rule = match KEPT.get(&text) {
            Some(rule) => rule,
            None => {
                let rule: Rule =
                    Arc::new(Timetable::new(&Schedule::from_json(&text).map_err(Error::internal)?));
                KEPT.put(text.clone(), rule.clone());
                rule
            }
        };
        self.0.insert(text, rule.clone());
        Ok(rule)
    }
}
