//! The map: pins where there is room for them, clusters where there is not.
//!
//! `unlocatedCount` does not rest on outlines alone, because they need not be loaded: municipalities in
//! which something stands inside of the box are added.

use super::Resource;
use crate::auth::Viewer;
use crate::auth::row_scope::visible_to;
use crate::context::RequestContext;
use crate::districts::store as districts;
use crate::error::{Error, Result};
use crate::resources::Listed;
use crate::resources::filter::Filter;
use crate::resources::kinds::ResourceKind;
use crate::resources::open_filter;
use crate::resources::order::Order;
use crate::resources::row::{Columns, Row};
use crate::resources::search::{TextSearch, Tier};
use crate::resources::spread::{self, Heap};
use crate::resources::store::{self, Listing};
use async_graphql::{Context, Object, SimpleObject};
use entity::resource::{self, Column};
use japan::values::{Bounds, cell};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, Condition, QueryTrait};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

/// The most resources that are shown one by one.
const MOST_PINS: usize = 200;
/// The most groups across a screen; a box that would hold more at this zoom is grouped more coarsely.
const MOST_GROUPS_ACROSS: f64 = 32.0;
/// Of a map tile of 256 pixels a group takes a quarter across: two levels below the zoom.
const LEVELS_BELOW_ZOOM: u32 = 2;
const DEEPEST_LEVEL: u32 = 20;

/// The content of a map.
pub struct MapView {
    listing: Listing,
    bounds: Bounds,
    level: u32,
    groups: Vec<Group>,
    pins: Vec<Resource>,
    truncated: bool,
}

/// Things close to each other (クラスタ).
#[derive(Clone, Debug, SimpleObject)]
pub struct MapCluster {
    /// Mean of the positions.
    position: MapPoint,
    /// How many things.
    count: i64,
    /// The cell of the map they share; zoom to it to part them.
    bounds: MapBounds,
    /// How many of each kind.
    kinds: Vec<MapKindCount>,
}

/// A point on the map, in degrees.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct MapPoint {
    /// Latitude (緯度).
    latitude: f64,
    /// Longitude (経度).
    longitude: f64,
}

/// A box on the map, in degrees.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct MapBounds {
    /// Southern edge.
    south: f64,
    /// Western edge.
    west: f64,
    /// Northern edge.
    north: f64,
    /// Eastern edge.
    east: f64,
}

/// How many things of a kind a cluster holds.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct MapKindCount {
    /// Kind of resource.
    kind: ResourceKind,
    /// How many.
    count: i64,
}

#[derive(Clone, Debug)]
struct Group {
    cell: i64,
    count: i64,
    latitude_sum: f64,
    longitude_sum: f64,
    kinds: Vec<MapKindCount>,
}

/// What is on the map (地図). Everything on it can also be listed: pins through `resources`, what
/// has no position through `resources(filter: { located: false })`.
#[Object]
impl MapView {
    /// Groups of things that are too close to be shown one by one.
    async fn clusters(&self) -> Vec<MapCluster> {
        self.groups.iter().map(|group| group.cluster(self.level)).collect()
    }

    /// Things shown one by one.
    async fn pins(&self) -> &[Resource] {
        &self.pins
    }

    /// How many things match in the municipalities that the box touches but have no public position:
    /// list them, do not forget them.
    async fn unlocated_count(&self, ctx: &Context<'_>) -> Result<i64> {
        let context = RequestContext::of(ctx);
        let touched = municipalities_touched(&context.viewer, &self.bounds);
        let mut listing = self.listing.clone();
        listing.filter.bounds = None;
        let outlined = districts::outlined_in(context.db(), &self.bounds).await?;
        let mut here = Condition::any().add(Column::MunicipalityId.in_subquery(touched));
        if !outlined.is_empty() {
            here = here.add(Column::MunicipalityId.is_in(outlined));
        }
        // Only located resources have a cell, and the index by cell has the municipality too.
        listing.filter = listing.filter.and(Column::Cell.is_null()).and(here);
        store::count(context.db(), &context.viewer, &listing).await
    }

    /// Whether the box is so large for this zoom that groups are coarser than the zoom asks for.
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
    let filter = open_filter::prepare(context.db(), filter, context.viewer.today()).await?;
    let listing =
        Listing { filter: Filter { bounds: Some(bounds), ..filter }, text, near: None, order: Order::Key };
    let mut groups = group(ctx, &listing, level).await?;
    let total: i64 = groups.iter().map(|group| group.count).sum();
    let columns = pin_columns(ctx);
    let rows = if total <= MOST_PINS as i64 {
        groups.clear();
        all_in(ctx, &listing, None, columns).await?
    } else {
        let alone = groups.iter().filter(|group| group.count == 1).map(|group| group.cell).take(MOST_PINS);
        let alone: BTreeSet<i64> = alone.collect();
        groups.retain(|group| !alone.contains(&group.cell));
        let size = cell::cells_in_quad(level);
        let runs: Vec<_> = alone.into_iter().map(|quad| quad * size..=(quad + 1) * size - 1).collect();
        if runs.is_empty() { Vec::new() } else { all_in(ctx, &listing, Some(&runs), columns).await? }
    };
    let pins = rows.into_iter().filter_map(Resource::from_row).collect();
    Ok(MapView { listing, bounds, level, groups, pins, truncated: level < wanted })
}

fn pin_columns(ctx: &Context<'_>) -> Columns {
    let field = ctx.field();
    let pins = field.selection_set().filter(|field| field.name() == "pins");
    pins.fold(Columns::default(), |all, pins| all.with(Columns::of(pins.selection_set())))
}

/// The finest level at which the box is not too many groups wide or high.
fn coarsest_for(bounds: &Bounds) -> u32 {
    let share = ((bounds.east() - bounds.west()) / 360.0).max((bounds.north() - bounds.south()) / 180.0);
    let level = (MOST_GROUPS_ACROSS / share.max(f64::MIN_POSITIVE)).log2().floor();
    level.clamp(0.0, f64::from(DEEPEST_LEVEL)) as u32
}

/// The resources themselves, in the order of entry; with runs, those in these map cells.
async fn all_in(
    ctx: &Context<'_>,
    listing: &Listing,
    runs: Option<&[RangeInclusive<i64>]>,
    columns: Columns,
) -> Result<Vec<Row>> {
    let context = RequestContext::of(ctx);
    let backend = context.db().get_database_backend();
    let mut keys = match runs {
        Some(runs) => store::matching_in(&context.viewer, listing, Tier::Anywhere, backend, runs),
        None => store::matching(&context.viewer, listing, Tier::Anywhere, backend),
    };
    keys.column((resource::Entity, Column::Id));
    let mut rows = store::find_selected(context.db(), &context.viewer, keys, columns).await?;
    rows.sort_by_key(|row| row.id);
    Ok(rows)
}

/// Matching resources by map cell; cells in their order on the map.
async fn group(ctx: &Context<'_>, listing: &Listing, level: u32) -> Result<Vec<Group>> {
    let context = RequestContext::of(ctx);
    let mut groups: BTreeMap<i64, Group> = BTreeMap::new();
    for heap in spread::on_map(context.db(), &context.viewer, listing, level).await? {
        let group = groups.entry(heap.cell).or_insert_with(|| Group::at(heap.cell));
        group.add(&heap);
    }
    Ok(groups.into_values().collect())
}

impl Group {
    fn at(cell: i64) -> Self {
        Self { cell, count: 0, latitude_sum: 0.0, longitude_sum: 0.0, kinds: Vec::new() }
    }

    fn add(&mut self, heap: &Heap) {
        self.count += heap.count;
        self.latitude_sum += heap.latitude;
        self.longitude_sum += heap.longitude;
        let kind = ResourceKind::from(heap.kind);
        match self.kinds.iter_mut().find(|known| known.kind == kind) {
            Some(known) => known.count += heap.count,
            None => self.kinds.push(MapKindCount { kind, count: heap.count }),
        }
        self.kinds.sort_by_key(|known| entity::enums::ResourceKind::from(known.kind));
    }

    /// Sums become means, to a metre: beyond that the databases add up in different orders.
    fn cluster(&self, level: u32) -> MapCluster {
        let mean = |sum: f64| (sum / self.count as f64 * 1e5).round() / 1e5;
        let area = cell::parent_bounds(self.cell, level);
        MapCluster {
            position: MapPoint { latitude: mean(self.latitude_sum), longitude: mean(self.longitude_sum) },
            count: self.count,
            bounds: MapBounds {
                south: area.south(),
                west: area.west(),
                north: area.north(),
                east: area.east(),
            },
            kinds: self.kinds.clone(),
        }
    }
}

/// Municipalities with a resource inside of the box. `unlocated_count` adds those whose loaded outline
/// touches the box.
fn municipalities_touched(viewer: &Viewer, bounds: &Bounds) -> SelectStatement {
    let mut select = visible_to::<resource::Entity>(viewer).into_query();
    select
        .clear_selects()
        .distinct()
        .column((resource::Entity, Column::MunicipalityId))
        .and_where(Column::MunicipalityId.is_not_null());
    store::inside(&mut select, bounds);
    select
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
