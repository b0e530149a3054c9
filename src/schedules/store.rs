//! Schedules of resources in the database, and a cache of the rules they share: each distinct rule is parsed
//! once while it is cached.

use super::StoredSchedule;
use crate::auth::row_scope::{below, public};
use crate::cache::Cache;
use crate::context::{Batch, BatchError, grouped};
use crate::error::Result;
use async_graphql::dataloader::Loader;
use entity::{schedule, schedule_rule};
use hours::schedule::Schedule as Rule;
use hours::timetable::Timetable;
use sea_orm::{ColumnTrait, DatabaseConnection, DbErr, QueryFilter, QueryOrder};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};
use std::num::NonZeroUsize;
use std::sync::{Arc, LazyLock};

/// Capacity of the cache of rules, about 1 kB each.
const READY: NonZeroUsize = NonZeroUsize::MIN.saturating_add(19_999);

/// The schedules of a resource that was read within the viewer's scope, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SchedulesOf(pub i64);

/// A rule and its timetable.
pub struct ReadyRule {
    /// As stored.
    pub rule: Rule,
    /// The timetable that computes states and dates.
    pub timetable: Arc<Timetable>,
}

/// The key of a rule: a hash of its text, the same in every database.
pub fn rule_id(body: &str) -> i64 {
    Sha256::digest(body.as_bytes()).iter().take(8).fold(0, |id: i64, byte| (id << 8) | i64::from(*byte))
}

impl Loader<SchedulesOf> for Batch {
    type Value = Arc<Vec<StoredSchedule>>;
    type Error = BatchError;

    async fn load(
        &self,
        keys: &[SchedulesOf],
    ) -> std::result::Result<HashMap<SchedulesOf, Self::Value>, BatchError> {
        let select = below::<schedule::Entity>(keys.iter().map(|key| key.0))
            .order_by_asc(schedule::Column::ResourceId)
            .order_by_asc(schedule::Column::Ordinal);
        let found = select.all(self.db()).await.map_err(Arc::new)?;
        let ids: HashSet<i64> = found.iter().map(|row| row.rule_id).collect();
        let rules = ready(self.db(), ids).await.map_err(Arc::new)?;
        let stored = |row: schedule::Model| {
            let key = SchedulesOf(row.resource_id);
            let rule = rules.get(&row.rule_id)?.clone();
            Some(StoredSchedule::read(row, rule).map(|schedule| (key, schedule)).map_err(Arc::new))
        };
        Ok(grouped(found.into_iter().filter_map(stored).collect::<std::result::Result<Vec<_>, _>>()?))
    }
}

/// Rules by key: from the cache, and the rest from the database, with one statement for each 1,000 keys.
async fn ready(
    db: &DatabaseConnection,
    ids: HashSet<i64>,
) -> std::result::Result<HashMap<i64, Arc<ReadyRule>>, DbErr> {
    let mut rules = HashMap::with_capacity(ids.len());
    let mut missing = Vec::new();
    for id in ids {
        match KEPT.get(&id) {
            Some(rule) => {
                rules.insert(id, rule);
            }
            None => missing.push(id),
        }
    }
    for chunk in missing.chunks(1_000) {
        let select =
            public::<schedule_rule::Entity>().filter(schedule_rule::Column::Id.is_in(chunk.iter().copied()));
        for row in select.all(db).await? {
            let rule = Rule::from_json(&row.body)
                .map_err(|cause| DbErr::Type(format!("a schedule rule cannot be read: {cause}")))?;
            let rule = Arc::new(ReadyRule { timetable: Timetable::new(&rule).into(), rule });
            KEPT.put(row.id, rule.clone());
            rules.insert(row.id, rule);
        }
    }
    Ok(rules)
}

/// The cache of rules, for all databases of the process: a key means the same rule in each.
static KEPT: LazyLock<Cache<i64, Arc<ReadyRule>>> = LazyLock::new(|| Cache::with_capacity(READY));

/// Some rules by key. A rule reveals nothing about resources, so that it needs no scope.
pub async fn rules_among(db: &DatabaseConnection, ids: HashSet<i64>) -> Result<HashMap<i64, Arc<ReadyRule>>> {
    Ok(ready(db, ids).await?)
}
