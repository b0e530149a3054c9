//! Lists, counts and single resources, always within the viewer's scope: from the picture of the directory.

use super::filter::Filter;
use super::near::{Circle, squared_meters};
use super::order::{Order, Segment};
use super::row::Row;
use super::search::{TextSearch, Tier};
use crate::context::{Batch, BatchError};
use crate::pagination::{Cursor, Page};
use crate::picture::{Matches, Record, Spot, View, Wanted};
use async_graphql::dataloader::Loader;
use std::collections::HashMap;
use std::sync::Arc;

/// A list that a caller asked for, before pagination.
#[derive(Clone, Debug)]
pub struct Listing {
    /// Its filter.
    pub filter: Filter,
    /// The text that must match.
    pub text: Option<TextSearch>,
    /// The circle on the map.
    pub near: Option<Circle>,
    /// Its order.
    pub order: Order,
}

/// A resource in a list.
pub struct Place {
    /// The resource.
    pub record: Record,
    /// Its cursor.
    pub cursor: Cursor,
    /// Metres from the centre of the circle asked for.
    distance_meters: Option<f64>,
    /// How well it matches the text.
    pub tier: Tier,
}

impl Place {
    /// The distance as it is shown, to a tenth of a metre.
    pub fn rounded_distance(&self) -> Option<f64> {
        self.distance_meters.map(|meters| (meters * 10.0).round() / 10.0)
    }
}

/// A page of a list.
#[derive(Default)]
pub struct Slice {
    /// The resources in list order.
    pub places: Vec<Place>,
    /// Whether the list goes on beyond the page, in the direction of reading.
    pub more: bool,
}

impl Listing {
    /// Everything that matches a filter, in the order of entry.
    pub fn of(filter: Filter) -> Self {
        Self { filter, text: None, near: None, order: Order::Key }
    }

    /// The resources that match as well as a tier says.
    pub fn matching(&self, view: &View, tier: Tier) -> Matches {
        view.matching(&self.wanted(tier))
    }

    /// What is looked for, in a tier.
    pub fn wanted(&self, tier: Tier) -> Wanted<'_> {
        let Self { filter, text, near, .. } = self;
        let (criteria, text) = (filter.criteria.as_slice(), text.as_ref());
        Wanted { criteria, text, tier, near: *near, bounds: filter.bounds }
    }

    /// The resources that match.
    pub fn all(&self, view: &View) -> Matches {
        self.matching(view, Tier::Anywhere)
    }
}

/// Reads a page: the segments of the order one after the other, until it is full.
pub fn page(view: &Arc<View>, listing: &Listing, page: &Page) -> Slice {
    let mut slice = Slice::default();
    let segments = listing.order.segments(listing.text.as_ref());
    let mut order: Vec<usize> = (0..segments.len()).collect();
    if page.backward {
        order.reverse();
    }
    let start = page.from.as_ref().map(|cursor| usize::from(cursor.segment));
    let passed = |n: &usize| start.is_some_and(|start| if page.backward { *n > start } else { *n < start });
    for n in order.into_iter().filter(|n| !passed(n)) {
        let Some(part) = segments.get(n) else { continue };
        let missing = page.limit + 1 - slice.places.len();
        let from = page.from.as_ref().filter(|_| start == Some(n));
        slice.places.extend(segment(view, listing, (n as u8, part), from, (page.backward, missing)));
        if slice.places.len() > page.limit {
            break;
        }
    }
    slice.more = slice.places.len() > page.limit;
    slice.places.truncate(page.limit);
    if page.backward {
        slice.places.reverse();
    }
    slice
}

/// The next rows of one segment.
fn segment(
    view: &Arc<View>,
    listing: &Listing,
    (number, part): (u8, &Segment),
    from: Option<&Cursor>,
    (backward, limit): (bool, usize),
) -> Vec<Place> {
    let mut matches = listing.matching(view, part.tier);
    if let Some(group) = &part.group {
        matches = view.narrow(&matches, group);
    }
    let from = from.map(|cursor| listing.order.spot(cursor));
    let found = view.page(&matches, listing.order.sorting(), from.as_ref(), (backward, limit));
    let place = |(record, spot): (Record, Spot)| {
        let distance = listing.near.zip(record.position()).map(|(circle, (latitude, longitude))| {
            squared_meters(&circle.center, latitude, longitude).sqrt()
        });
        let cursor = Cursor { segment: number, key: listing.order.key(spot.key), id: spot.id };
        Place { record, cursor, distance_meters: distance, tier: part.tier }
    };
    found.into_iter().map(place).collect()
}

/// How many resources match.
pub fn count(view: &View, listing: &Listing) -> i64 {
    i64::try_from(listing.all(view).count()).unwrap_or(i64::MAX)
}

/// A whole resource by internal key, for fields that refer back to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ResourceKey(pub i64);

impl Loader<ResourceKey> for Batch {
    type Value = Arc<Row>;
    type Error = BatchError;

    async fn load(
        &self,
        keys: &[ResourceKey],
    ) -> std::result::Result<HashMap<ResourceKey, Arc<Row>>, BatchError> {
        let found = self.view().await?.find(keys.iter().map(|key| key.0));
        Ok(found.into_iter().map(|record| (ResourceKey(record.id()), Arc::new(Row::from(record)))).collect())
    }
}
