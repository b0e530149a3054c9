//! Orders of a list, and how a page continues after a cursor.

use super::kinds::ResourceOrder;
use super::near::{Circle, squared_distance};
use super::search::{TextSearch, Tier, index_key};
use crate::error::{Error, Result};
use crate::pagination::{Cursor, Key};
use crate::scalars::is_written_alike;
use entity::resource::Column;
use japan::values::is_storable;
use sea_orm::sea_query::{Expr, ExprTrait, Order as Direction, SelectStatement, SimpleExpr, Value};
use sea_orm::{Condition, DbBackend, IntoSimpleExpr};
use sha2::{Digest, Sha256};
use std::cmp::Ordering;

/// The last instant that is accepted, in minutes since 1970: days after the year 9999 cannot be written.
const LATEST_MINUTE: f64 = 4.2e9;

/// The order of a list, with its parameters.
#[derive(Clone, Debug)]
pub enum Order {
    /// In the order of entry.
    Key,
    /// Exact names, beginnings, the rest, other words for the text; each in the order of entry.
    Relevance,
    /// By distance from the centre of the circle.
    Distance(Circle),
    /// By reading.
    Name,
    /// By day of verification, newest first.
    RecentlyVerified,
    /// Surely open, then perhaps open, then closed; each in the order of entry.
    OpenFirst(Groups),
}

/// The groups of a list by open state, as of one instant that all pages share.
#[derive(Clone, Debug, Default)]
pub struct Groups {
    /// Minutes since 1970.
    pub minute: i64,
    /// Open, unknown, closed.
    pub conditions: Vec<Condition>,
}

/// A part of a list: lists are several segments, one after the other.
#[derive(Clone, Debug)]
pub struct Segment {
    /// How well its rows match the text.
    pub tier: Tier,
    /// The condition of its open state.
    pub group: Option<Condition>,
}

impl Order {
    /// The order a caller asked for, or the default for the search.
    ///
    /// # Errors
    /// `INVALID_INPUT` on `orderBy` when the order needs an argument that is missing.
    pub fn choose(
        asked: Option<ResourceOrder>,
        text: Option<&TextSearch>,
        near: Option<Circle>,
    ) -> Result<Self> {
        match (asked, near) {
            (None, Some(circle)) => Ok(Self::Distance(circle)),
            (None, None) if text.is_some() => Ok(Self::Relevance),
            (None, None) => Ok(Self::Key),
            (Some(ResourceOrder::Distance), Some(circle)) => Ok(Self::Distance(circle)),
            (Some(ResourceOrder::Distance), None) => {
                Err(Error::invalid("orderBy", "The order DISTANCE needs the argument `near`."))
            }
            (Some(ResourceOrder::Relevance), _) if text.is_none() => {
                Err(Error::invalid("orderBy", "The order RELEVANCE needs the argument `text`."))
            }
            (Some(ResourceOrder::Relevance), _) => Ok(Self::Relevance),
            (Some(ResourceOrder::Name), _) => Ok(Self::Name),
            (Some(ResourceOrder::RecentlyVerified), _) => Ok(Self::RecentlyVerified),
            (Some(ResourceOrder::OpenFirst), _) => Ok(Self::OpenFirst(Groups::default())),
        }
    }

    /// A fingerprint of the order, so that a cursor is refused by a list with another order.
    pub fn fingerprint(&self, text: Option<&TextSearch>) -> u32 {
        let mut digest = Sha256::new();
        match self {
            Self::Key => digest.update("key"),
            Self::Relevance => digest.update("relevance"),
            Self::Name => digest.update("name"),
            Self::RecentlyVerified => digest.update("verified"),
            Self::OpenFirst(_) => digest.update("open"),
            Self::Distance(circle) => {
                digest.update("distance");
                digest.update(circle.center.latitude().to_be_bytes());
                digest.update(circle.center.longitude().to_be_bytes());
            }
        }
        if let (Self::Relevance, Some(text)) = (self, text) {
            digest.update(text.key());
        }
        let digest = digest.finalize();
        u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]])
    }

    /// The segments of the list, one after the other.
    pub fn segments(&self, text: Option<&TextSearch>) -> Vec<Segment> {
        let of_tier = |tier| Segment { tier, group: None };
        match self {
            Self::Relevance if text.is_some() => {
                text.into_iter().flat_map(TextSearch::tiers).map(of_tier).collect()
            }
            Self::OpenFirst(groups) => {
                let of_group =
                    |group: &Condition| Segment { group: Some(group.clone()), ..of_tier(Tier::Anywhere) };
                groups.conditions.iter().map(of_group).collect()
            }
            _ => vec![of_tier(Tier::Anywhere)],
        }
    }

    /// The number of segments.
    fn count(&self, text: Option<&TextSearch>) -> usize {
        match self {
            Self::OpenFirst(_) => 3,
            _ => self.segments(text).len(),
        }
    }

    /// Whether a cursor is valid in this list. Clients can forge cursors, and the database would fail on a
    /// key that it cannot compare.
    pub fn holds(&self, cursor: &Cursor, text: Option<&TextSearch>) -> bool {
        let comparable = match (self, &cursor.key) {
            (Self::Key | Self::Relevance, Key::None) => true,
            (Self::Distance(_), Key::Number(squared)) => squared.is_finite(),
            (Self::Name, Key::Text(reading)) => is_storable(reading),
            (Self::RecentlyVerified, Key::Text(day)) => day.parse().is_ok_and(is_written_alike),
            (Self::OpenFirst(_), Key::Number(minute)) => minute.abs() < LATEST_MINUTE,
            _ => false,
        };
        comparable && usize::from(cursor.segment) < self.count(text)
    }

    /// The sort key before the internal key.
    pub fn key(&self) -> Option<SimpleExpr> {
        match self {
            Self::Key | Self::Relevance | Self::OpenFirst(_) => None,
            Self::Distance(circle) => Some(squared_distance(&circle.center)),
            Self::Name => Some(Column::SortKey.into_simple_expr()),
            Self::RecentlyVerified => {
                Some(Expr::cust("COALESCE(\"resource\".\"last_verified_on\", '0001-01-01')"))
            }
        }
    }

    /// The text the cursor holds, for orders by text or day. A distance is computed from the position.
    pub fn selected_text(&self) -> Option<SimpleExpr> {
        match self {
            Self::Name | Self::RecentlyVerified => self.key(),
            _ => None,
        }
    }

    /// Compares two places in the list as the database does: text by code point, then the internal key.
    pub fn compare(&self, a: &Cursor, b: &Cursor) -> Ordering {
        let keys = match (&a.key, &b.key) {
            (Key::Text(a), Key::Text(b)) => a.cmp(b),
            (Key::Number(a), Key::Number(b)) => a.total_cmp(b),
            _ => Ordering::Equal,
        };
        let keys = if self.descending() { keys.reverse() } else { keys };
        keys.then(a.id.cmp(&b.id))
    }

    fn descending(&self) -> bool {
        matches!(self, Self::RecentlyVerified)
    }

    /// Orders a statement, from the back when `backward`. With a text that the index is asked for (`text`), the index
    /// is read in its own order, so that a page of a long list stops early. Inside of an area its few rows are sorted; without the plus
    /// sign SQLite may read the whole table in the order of the key instead.
    pub fn apply(
        &self,
        select: &mut SelectStatement,
        backend: DbBackend,
        (text, area): (bool, bool),
        backward: bool,
    ) {
        let direction = |descending: bool| if descending { Direction::Desc } else { Direction::Asc };
        let id = match (text && self.key().is_none(), area) {
            (true, _) => Expr::cust(index_key(backend)),
            (false, true) => Expr::cust("+\"resource\".\"id\""),
            (false, false) => Column::Id.into_simple_expr(),
        };
        if let Some(key) = self.key() {
            select.order_by_expr(key, direction(self.descending() != backward));
        }
        select.order_by_expr(id, direction(backward));
    }

    /// Continues after (or, backward, before) a row; `text` as in [`Order::apply`].
    pub fn continue_from(
        &self,
        cursor: &Cursor,
        backend: DbBackend,
        text: bool,
        backward: bool,
    ) -> Option<SimpleExpr> {
        let id = if text && self.key().is_none() {
            Expr::cust(index_key(backend))
        } else {
            Column::Id.into_simple_expr()
        };
        let beyond_id = if backward { id.lt(cursor.id) } else { id.gt(cursor.id) };
        let key = match (self.key(), &cursor.key) {
            (None, _) => return Some(beyond_id),
            (Some(key), Key::Text(text)) => (key, self.bound(text, backend)),
            (Some(key), Key::Number(number)) => (key, Expr::value(*number)),
            (Some(_), Key::None) => return None,
        };
        let (key, value) = key;
        let beyond = if self.descending() != backward {
            key.clone().lt(value.clone())
        } else {
            key.clone().gt(value.clone())
        };
        Some(beyond.or(key.eq(value).and(beyond_id)))
    }

    fn bound(&self, text: &str, backend: DbBackend) -> SimpleExpr {
        match (self, backend) {
            (Self::RecentlyVerified, DbBackend::Postgres) => {
                Expr::cust_with_values("CAST($1 AS DATE)", [Value::from(text.to_owned())])
            }
            _ => Expr::value(text.to_owned()),
        }
    }
}
