//! The map: pins where there is room for them, clusters where there is not.
//!
//! `unlocatedCount` does not rest on outlines alone, because they need not be loaded: municipalities in
//! which something stands inside of the box are added.

mod groups;

use super::Resource;
use super::filter::ResourceFilter;
use crate::context::RequestContext;
use crate::error::{Error, Result};
use crate::picture::{Criterion, Record, View};
use crate::resources::Listed;
use crate::resources::facets::KindCount;
use crate::resources::filter::{BoundsInput, Filter};
use crate::resources::kinds::{PositionPrecision, ResourceKind, stored};
use crate::resources::location::{Position, point_of};
use crate::resources::open_filter;
use crate::resources::row::Row;
use crate::resources::search::{TextSearch, Tier};
use crate::resources::store::{self, Listing};
use crate::terms::Term;
use async_graphql::{Context, Object, SimpleObject};
use groups::Group;
use japan::values::{Bounds, cell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The most resources that are shown one by one.
const MOST_PINS: usize = 200;
/// The most members that a cluster lists.
const MOST_MEMBERS: i64 = 50;
/// The most members that all clusters list.
const MOST_MEMBERS_IN_ALL: i64 = 500;
/// The most groups across a screen; a box that would hold more at this zoom is grouped more coarsely.
const MOST_GROUPS_ACROSS: f64 = 32.0;
/// Of a map tile of 256 pixels a group takes a quarter across: two levels below the zoom.
const LEVELS_BELOW_ZOOM: u32 = 2;
const DEEPEST_LEVEL: u32 = 20;

/// What is asked of a map.
pub struct MapArguments {
    /// The box on the map.
    pub bounds: BoundsInput,
    /// Zoom, 0 (the world) to 22 (a house).
    pub zoom: i32,
    /// Kinds of resources; all without it.
    pub kinds: Option<Vec<ResourceKind>>,
    /// What to show.
    pub filter: ResourceFilter,
    /// Words that must all occur.
    pub text: Option<String>,
}

/// Which resources of a map are asked for one by one.
#[derive(Clone, Copy, Debug)]
pub struct Shown {
    /// The pins.
    pub pins: bool,
    /// The members of clusters.
    pub members: bool,
}

/// What is on a map, by records.
pub struct Sketch {
    view: Arc<View>,
    listing: Listing,
    bounds: Bounds,
    /// Things shown one by one, with a position.
    pub pins: Vec<Record>,
    /// Things that are too close to each other.
    pub clusters: Vec<Cluster>,
    /// Whether groups are coarser than the zoom asks for.
    pub truncated: bool,
}

/// Things that are too close to each other.
pub struct Cluster {
    /// Mean of the positions: latitude and longitude.
    pub centre: (f64, f64),
    /// How many things.
    pub count: i64,
    /// A box with all of them.
    pub bounds: Bounds,
    /// How many of each kind.
    pub kinds: Vec<KindCount>,
    /// The things themselves, where they are few enough.
    pub members: Option<Vec<Record>>,
}

/// The content of a map.
pub struct MapView(Sketch);

/// A thing on the map that is shown by itself (ピン).
#[derive(Clone, SimpleObject)]
pub struct MapPin {
    /// Where to show it (位置); that of its `location`.
    position: Position,
    /// The thing (資源).
    resource: Resource,
}

/// Things that are too close to each other at this zoom to be shown one by one (クラスタ).
#[derive(Clone, SimpleObject)]
pub struct MapCluster {
    /// Mean of the positions (中心位置); its `precision` is CENTER.
    position: Position,
    /// How many things (件数).
    count: i64,
    /// A box with all of them (範囲); zoom to it to part them.
    bounds: BoundsOnMap,
    /// How many of each kind (種別ごとの件数).
    kinds: Vec<KindCount>,
    /// The things themselves (まとめた資源); null: there are more than 50, or more than 500 in all clusters before. `resources` with the
    /// `bounds` lists them.
    members: Option<Vec<Resource>>,
}

/// A box on the map, in degrees (範囲).
#[derive(Clone, Copy, Debug, SimpleObject)]
#[graphql(name = "Bounds")]
pub struct BoundsOnMap {
    /// Southern edge (南端).
    south: f64,
    /// Western edge (西端).
    west: f64,
    /// Northern edge (北端).
    north: f64,
    /// Eastern edge (東端).
    east: f64,
}

/// What is on the map (地図). Everything on it can also be listed: pins through `resources`, what
/// has no position through `resources(filter: { located: false })`.
#[Object]
impl MapView {
    /// Groups of things that are too close to each other to be shown one by one (まとまり).
    async fn clusters(&self) -> Vec<MapCluster> {
        self.0.clusters.iter().map(MapCluster::of).collect()
    }

    /// Things shown one by one (ピン). No two things of a map, whether pins or centres of clusters, are closer than 64 pixels, where
    /// a tile has 256.
    async fn pins(&self) -> Vec<MapPin> {
        self.0.pins.iter().filter_map(MapPin::of).collect()
    }

    /// How many things match in the municipalities that the box touches but have no public position (位置不明の件数):
    /// list them, do not forget them.
    async fn unlocated_count(&self) -> i64 {
        self.0.unlocated()
    }

    /// Whether the box is so large for this zoom, wider than 2,048 or higher than some 1,300 pixels, that groups are coarser
    /// than the zoom asks for (粗い表示).
    async fn truncated(&self) -> bool {
        self.0.truncated
    }
}

/// Draws the map of a box.
///
/// # Errors
/// `INVALID_INPUT` on the argument that makes no sense.
pub async fn draw(ctx: &Context<'_>, arguments: MapArguments) -> Result<MapView> {
    let selects = |field: async_graphql::SelectionField<'_>, name: &str| {
        field.selection_set().any(|below| below.name() == name)
    };
    let map = ctx.field();
    let mut clusters = map.selection_set().filter(|below| below.name() == "clusters");
    let members = clusters.any(|clusters| selects(clusters, "members"));
    let shown = Shown { pins: selects(map, "pins"), members };
    Ok(MapView(Sketch::of(RequestContext::of(ctx), arguments, shown).await?))
}

impl Sketch {
    /// What is on the map of a box.
    ///
    /// # Errors
    /// `INVALID_INPUT` on the argument that makes no sense.
    pub async fn of(context: &RequestContext, arguments: MapArguments, shown: Shown) -> Result<Self> {
        let MapArguments { bounds, zoom, kinds, filter, text } = arguments;
        if filter.has_bounds() {
            let message = "The map already has `bounds`; leave it out of the filter.";
            return Err(Error::invalid("filter.bounds", message));
        }
        let text = text.as_deref().map(TextSearch::parse).transpose()?.flatten();
        let filter = filter.resolve(context.viewer.today(), stored(&kinds)?.as_deref())?;
        let bounds = bounds.parse()?;
        let zoom = u32::try_from(zoom).ok().filter(|zoom| *zoom <= 22);
        let zoom = zoom.ok_or_else(|| Error::invalid("zoom", "`zoom` must be between 0 and 22."))?;
        let wanted = Ord::min(zoom + LEVELS_BELOW_ZOOM, DEEPEST_LEVEL);
        let level = Ord::min(wanted, coarsest_for(&bounds));
        let view = context.view().await?;
        let filter = open_filter::prepare(context, &view, filter).await?;
        let filter = Filter { bounds: Some(bounds), ..filter };
        let listing = Listing { text, ..Listing::of(filter) };
        Ok(Self::drawn(view, listing, bounds, (level, level < wanted), shown))
    }

    fn drawn(
        view: Arc<View>,
        listing: Listing,
        bounds: Bounds,
        (level, truncated): (u32, bool),
        shown: Shown,
    ) -> Self {
        let sought = listing.wanted(Tier::Anywhere);
        let heaps = view.heaps(&sought, level);
        let (alone, together): (Vec<Group>, Vec<Group>) =
            groups::apart(&heaps, level).into_iter().partition(|group| group.count == 1);
        let (singles, rest) = alone.split_at(alone.len().min(MOST_PINS));
        let quads: BTreeSet<i64> = singles.iter().flat_map(|group| group.cells.iter().copied()).collect();
        let in_quads = |quads: &BTreeSet<i64>| {
            let found = view.in_quads(&sought, level, quads);
            found.into_iter().filter(|record| point_of(record).is_some()).collect::<Vec<_>>()
        };
        let pins = if shown.pins { in_quads(&quads) } else { Vec::new() };
        let groups: Vec<&Group> = together.iter().chain(rest).collect();
        let members = members(level, &groups, |quads| if shown.members { in_quads(quads) } else { vec![] });
        let clusters = groups.iter().zip(members);
        let clusters = clusters.filter_map(|(group, members)| cluster(group, level, members)).collect();
        Self { view, listing, bounds, pins, clusters, truncated }
    }

    /// How many things match in the municipalities that the box touches but have no public position.
    pub fn unlocated(&self) -> i64 {
        let outlined = self.view.areas().outlined_in(&self.bounds);
        let touched: BTreeSet<i64> = self.view.municipalities_in(&self.bounds).chain(outlined).collect();
        let mut listing = self.listing.clone();
        listing.filter.bounds = None;
        let here = Criterion::MunicipalityKeys(touched.into_iter().collect());
        listing.filter = listing.filter.and_first(here).and_first(Criterion::OffTheMap);
        store::count(&self.view, &listing)
    }
}

impl MapPin {
    fn of(record: &Record) -> Option<Self> {
        let row = Row::from(record.clone());
        Some(Self { position: row.location.point()?, resource: Resource::from_row(row)? })
    }
}

impl MapCluster {
    fn of(cluster: &Cluster) -> Self {
        let (latitude, longitude) = cluster.centre;
        let area = &cluster.bounds;
        let member = |record: &Record| Resource::from_row(Row::from(record.clone()));
        Self {
            position: Position { latitude, longitude, precision: Term(PositionPrecision::Center) },
            count: cluster.count,
            bounds: BoundsOnMap {
                south: area.south(),
                west: area.west(),
                north: area.north(),
                east: area.east(),
            },
            kinds: cluster.kinds.clone(),
            members: cluster.members.as_ref().map(|members| members.iter().filter_map(member).collect()),
        }
    }
}

/// The members of groups, of those that are few enough.
fn members(
    level: u32,
    groups: &[&Group],
    in_quads: impl Fn(&BTreeSet<i64>) -> Vec<Record>,
) -> Vec<Option<Vec<Record>>> {
    let mut left = MOST_MEMBERS_IN_ALL;
    let room = |group: &&Group| {
        let fits = group.count <= MOST_MEMBERS && group.count <= left;
        left -= if fits { group.count } else { 0 };
        fits.then(Vec::new)
    };
    let mut members: Vec<Option<Vec<Record>>> = groups.iter().map(room).collect();
    let listed = groups.iter().enumerate().zip(&members).filter(|(_, members)| members.is_some());
    let cells =
        |(n, group): (usize, &&Group)| group.cells.iter().map(move |quad| (*quad, n)).collect::<Vec<_>>();
    let places: BTreeMap<i64, usize> = listed.flat_map(|(group, _)| cells(group)).collect();
    for record in in_quads(&places.keys().copied().collect()) {
        let Some((latitude, longitude)) = point_of(&record) else { continue };
        let quad = cell::parent(cell::cell(latitude, longitude), level);
        if let Some(members) = places.get(&quad).and_then(|n| members.get_mut(*n)?.as_mut()) {
            members.push(record);
        }
    }
    members
}

fn cluster(group: &Group, level: u32, members: Option<Vec<Record>>) -> Option<Cluster> {
    let (centre, bounds) = (group.centre(), group.bounds(level)?);
    Some(Cluster { centre, count: group.count, bounds, kinds: group.kinds(), members })
}

/// The finest level at which the box is not too many groups wide or high.
fn coarsest_for(bounds: &Bounds) -> u32 {
    let share = ((bounds.east() - bounds.west()) / 360.0).max((bounds.north() - bounds.south()) / 180.0);
    let level = (MOST_GROUPS_ACROSS / share.max(f64::MIN_POSITIVE)).log2().floor();
    level.clamp(0.0, f64::from(DEEPEST_LEVEL)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_is_never_more_groups_wide_than_a_screen_holds() {
        let japan = Bounds::parse(24.0, 122.0, 46.0, 154.0).expect("a box");
        let town = Bounds::parse(38.70, 139.80, 38.75, 139.86).expect("a box");
        assert!(coarsest_for(&japan) <= 9);
        assert!(coarsest_for(&town) >= 16);
        let cells = 2f64.powi(coarsest_for(&japan) as i32) * 32.0 / 360.0;
        assert!(cells <= MOST_GROUPS_ACROSS, "{cells}");
        assert_eq!(cell::parent(cell::cell(38.7, 139.8), 10), cell::cell(38.7, 139.8) / (1 << 20));
    }
}
