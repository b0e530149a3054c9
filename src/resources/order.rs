//! Orders of a list, and how a page continues after a cursor.

use super::kinds::ResourceOrder;
use super::near::Circle;
use super::search::{TextSearch, Tier};
use crate::error::{Error, Result};
use crate::pagination::{Cursor, Key};
use crate::picture::{Criterion, Sorting, Spot};
use crate::scalars::is_written_alike;
use japan::values::is_storable;
use sha2::{Digest, Sha256};

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
    pub criteria: Vec<Criterion>,
}

/// A part of a list: lists are several segments, one after the other.
#[derive(Clone, Debug)]
pub struct Segment {
    /// How well its rows match the text.
    pub tier: Tier,
    /// Its open state.
    pub group: Option<Criterion>,
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
                    |group: &Criterion| Segment { group: Some(group.clone()), ..of_tier(Tier::Anywhere) };
                groups.criteria.iter().map(of_group).collect()
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

    /// How the rows of a segment are sorted.
    pub fn sorting(&self) -> Sorting {
        match self {
            Self::Key | Self::Relevance | Self::OpenFirst(_) => Sorting::Entry,
            Self::Distance(circle) => Sorting::Distance(*circle),
            Self::Name => Sorting::Name,
            Self::RecentlyVerified => Sorting::RecentlyVerified,
        }
    }

    /// The place of a cursor among the rows of its segment.
    pub fn spot(&self, cursor: &Cursor) -> Spot {
        let key = if matches!(self, Self::OpenFirst(_)) { Key::None } else { cursor.key.clone() };
        Spot { key, id: cursor.id }
    }

    /// The key of a cursor, by that of the place.
    pub fn key(&self, of_spot: Key) -> Key {
        match self {
            Self::OpenFirst(groups) => Key::Number(groups.minute as f64),
            _ => of_spot,
        }
    }
}
