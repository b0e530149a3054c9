//! The map: pins where there is room for them, clusters where there is not.
//!
//! `unlocatedCount` does not rest on outlines alone, because they need not be loaded: municipalities in
//! which something stands inside of the box are added.

mod groups;

use super::Resource;
use crate::context::RequestContext;
use crate::districts::store as districts;
use crate::error::{Error, Result};
use crate::picture::{Criterion, View, Wanted};
use crate::resources::Listed;
use crate::resources::facets::KindCount;
use crate::resources::filter::Filter;
use crate::resources::kinds::PositionPrecision;
use crate::resources::location::Position;
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

/// The content of a map.
pub struct MapView {
    view: Arc<View>,
    listing: Listing,
    bounds: Bounds,
    clusters: Vec<MapCluster>,
    pins: Vec<MapPin>,
    truncated: bool,
}

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
    async fn clusters(&self) -> &[MapCluster] {
        &self.clusters
    }

    /// Things shown one by one (ピン). No two things of a map, whether pins or centres of clusters, are closer than 64 pixels, where
    /// a tile has 256.
    async fn pins(&self) -> &[MapPin] {
        &self.pins
    }

    /// How many things match in the municipalities that the box touches but have no public position (位置不明の件数):
    /// list them, do not forget them.
    async fn unlocated_count(&self, ctx: &Context<'_>) -> Result<i64> {
        let outlined = districts::outlined_in(RequestContext::of(ctx).db(), &self.bounds).await?;
        let everything = Wanted { bounds: Some(self.bounds), ..Wanted::all(&[]) };
        let touched = self.view.municipalities(&self.view.matching(&everything)).into_keys();
        let here = Criterion::MunicipalityKeys(touched.chain(outlined).collect());
        let mut listing = self.listing.clone();
        listing.filter.bounds = None;
        listing.filter = listing.filter.and(here).and(Criterion::OffTheMap);
        Ok(store::count(&self.view, &listing))
    }

    /// Whether the box is so large for this zoom, wider than 2,048 or higher than some 1,300 pixels, that groups are coarser
    /// than the zoom asks for (粗い表示).
    async fn truncated(&self) -> bool {
        self.truncated
    }
}

/// Draws the map of a box at a zoom of 0 (the world) to 22 (a house).
pub async fn draw(
    ctx: &Context<'_>,
    bounds: Bounds,
    zoom: i32,
    filter: Filter,
    text: Option<TextSearch>,
) -> Result<MapView> {
    let zoom = u32::try_from(zoom).ok().filter(|zoom| *zoom <= 22);
    let zoom = zoom.ok_or_else(|| Error::invalid("zoom", "`zoom` must be between 0 and 22."))?;
    let wanted = Ord::min(zoom + LEVELS_BELOW_ZOOM, DEEPEST_LEVEL);
    let level = Ord::min(wanted, coarsest_for(&bounds));
    let context = RequestContext::of(ctx);
    let view = context.view().await?;
    let filter = open_filter::prepare(context, &view, filter).await?;
    let filter = Filter { bounds: Some(bounds), ..filter };
    let listing = Listing { text, ..Listing::of(filter) };
    let sought = listing.wanted(Tier::Anywhere);
    let heaps = view.heaps(&sought, level);
    let (alone, together): (Vec<Group>, Vec<Group>) =
        groups::apart(&heaps, level).into_iter().partition(|group| group.count == 1);
    let (shown, rest) = alone.split_at(alone.len().min(MOST_PINS));
    let quads: BTreeSet<i64> = shown.iter().flat_map(|group| group.cells.iter().copied()).collect();
    let in_quads = |quads: &BTreeSet<i64>| view.in_quads(&sought, level, quads).into_iter().map(Row::from);
    let pins = if selects(ctx, "pins") { in_quads(&quads).filter_map(pin).collect() } else { Vec::new() };
    let clusters: Vec<&Group> = together.iter().chain(rest).collect();
    let clusters = with_members(ctx, level, &clusters, in_quads);
    Ok(MapView { view, listing, bounds, clusters, pins, truncated: level < wanted })
}

fn pin(row: Row) -> Option<MapPin> {
    Some(MapPin { position: row.location.point()?, resource: Resource::from_row(row)? })
}

/// The clusters of groups, with their members where they are asked for and few enough.
fn with_members<R: Iterator<Item = Row>>(
    ctx: &Context<'_>,
    level: u32,
    groups: &[&Group],
    in_quads: impl Fn(&BTreeSet<i64>) -> R,
) -> Vec<MapCluster> {
    let mut left = MOST_MEMBERS_IN_ALL;
    // Room for the members of each group, where they are few enough.
    let room = |group: &&Group| {
        let fits = group.count <= MOST_MEMBERS && group.count <= left;
        left -= if fits { group.count } else { 0 };
        fits.then(Vec::new)
    };
    let mut members: Vec<Option<Vec<Resource>>> = groups.iter().map(room).collect();
    let listed = || groups.iter().enumerate().zip(&members).filter(|(_, members)| members.is_some());
    let cells =
        |(n, group): (usize, &&Group)| group.cells.iter().map(move |quad| (*quad, n)).collect::<Vec<_>>();
    let places: BTreeMap<i64, usize> = listed().flat_map(|(group, _)| cells(group)).collect();
    let quads = if selects_members(ctx) { places.keys().copied().collect() } else { BTreeSet::new() };
    for row in in_quads(&quads) {
        let Some(point) = row.location.point() else { continue };
        let quad = cell::parent(cell::cell(point.latitude, point.longitude), level);
        let of_group = places.get(&quad).and_then(|n| members.get_mut(*n)?.as_mut());
        if let (Some(members), Some(resource)) = (of_group, Resource::from_row(row)) {
            members.push(resource);
        }
    }
    let clusters = groups.iter().zip(members).filter_map(|(group, members)| cluster(group, level, members));
    clusters.collect()
}

fn cluster(group: &Group, level: u32, members: Option<Vec<Resource>>) -> Option<MapCluster> {
    let (latitude, longitude) = group.centre();
    let area = group.bounds(level)?;
    Some(MapCluster {
        position: Position { latitude, longitude, precision: Term(PositionPrecision::Center) },
        count: group.count,
        bounds: BoundsOnMap {
            south: area.south(),
            west: area.west(),
            north: area.north(),
            east: area.east(),
        },
        kinds: group.kinds(),
        members,
    })
}

fn selects(ctx: &Context<'_>, field: &str) -> bool {
    ctx.field().selection_set().any(|selected| selected.name() == field)
}

fn selects_members(ctx: &Context<'_>) -> bool {
    let map = ctx.field();
    let mut clusters = map.selection_set().filter(|selected| selected.name() == "clusters");
    clusters.any(|clusters| clusters.selection_set().any(|below| below.name() == "members"))
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
