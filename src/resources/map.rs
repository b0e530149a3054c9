//! The map: pins where there is room for them, clusters where there is not.

use super::filter::Filter;
use super::kinds::ResourceKind;
use super::order::Order;
use super::row::{Columns, Row};
use super::scope::visible_to;
use super::search::{TextSearch, Tier};
use super::store::{self, Listing};
use super::{Listed, Resource};
use crate::auth::Viewer;
use crate::context::RequestContext;
use crate::districts::store as districts;
use crate::error::{Error, Result};
use crate::values::Bounds;
use async_graphql::{Context, Object, SimpleObject};
use entity::enums::LocationStatus;
use entity::resource::{self, Column};
use sea_orm::sea_query::{Expr, ExprTrait, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, IntoSimpleExpr, QueryTrait};
use std::collections::BTreeMap;

/// Up to so many things are shown one by one.
const MOST_PINS: usize = 200;
/// Groups on a screen; a box that would hold more at this zoom is grouped more coarsely.
const MOST_GROUPS_ACROSS: f64 = 32.0;
/// Of a map tile of 256 pixels a group takes a quarter across: two levels below the zoom.
const LEVELS_BELOW_ZOOM: u32 = 2;
const DEEPEST_LEVEL: u32 = 20;

/// What is on the map.
pub struct MapView {
    listing: Listing,
    bounds: Bounds,
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
    /// The box they lie in; zoom to it to part them.
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
    id: i64,
    count: i64,
    latitude: f64,
    longitude: f64,
    bounds: MapBounds,
    kinds: Vec<MapKindCount>,
}

/// What is on the map (地図). Everything on it can also be listed: pins through `resources`, what
/// has no position through `resources(filter: { located: false })`.
#[Object]
impl MapView {
    /// Groups of things that are too close to be shown one by one.
    async fn clusters(&self) -> Vec<MapCluster> {
        let clusters = self.groups.iter().map(|group| MapCluster {
            position: MapPoint { latitude: group.latitude, longitude: group.longitude },
            count: group.count,
            bounds: group.bounds,
            kinds: group.kinds.clone(),
        });
        clusters.collect()
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
        let unlocated = Column::LocationStatus.ne(LocationStatus::Located);
        let outlined = districts::outlined_in(context.db(), &context.viewer, &self.bounds).await?;
        let here = Column::MunicipalityId.in_subquery(touched).or(Column::MunicipalityId.is_in(outlined));
        listing.filter = listing.filter.and(unlocated).and(here);
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
    let listing =
        Listing { filter: Filter { bounds: Some(bounds), ..filter }, text, near: None, order: Order::Key };
    let mut groups = group(ctx, &listing, level).await?;
    let total: i64 = groups.iter().map(|group| group.count).sum();
    let columns = pin_columns(ctx);
    let context = RequestContext::of(ctx);
    let rows = if total <= MOST_PINS as i64 {
        groups.clear();
        all_in(ctx, &listing, columns).await?
    } else {
        let alone = |group: &Group| group.count == 1;
        let ids: Vec<i64> = groups.iter().filter(|g| alone(g)).map(|g| g.id).take(MOST_PINS).collect();
        let shown: std::collections::HashSet<i64> = ids.iter().copied().collect();
        groups.retain(|group| !(alone(group) && shown.contains(&group.id)));
        store::find_keys(context.db(), &context.viewer, &ids, columns).await?
    };
    let mut rows = rows;
    rows.sort_by_key(|row| row.id);
    let pins = rows.into_iter().filter_map(Resource::from_row).collect();
    Ok(MapView { listing, bounds, groups, pins, truncated: level < wanted })
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

async fn all_in(ctx: &Context<'_>, listing: &Listing, columns: Columns) -> Result<Vec<Row>> {
    let context = RequestContext::of(ctx);
    let page = crate::pagination::Page { limit: MOST_PINS, backward: false, from: None };
    let slice = store::list(context.db(), &context.viewer, listing, &page, columns).await?;
    Ok(slice.rows.into_iter().map(|placed| placed.row).collect())
}

/// Matching things by map cell, in one statement; cells in their order on the map.
async fn group(ctx: &Context<'_>, listing: &Listing, level: u32) -> Result<Vec<Group>> {
    let context = RequestContext::of(ctx);
    let db = context.db();
    let mut select = store::matching(&context.viewer, listing, Tier::Anywhere, db.get_database_backend());
    let size = 1i64 << (2 * (DEEPEST_LEVEL - level));
    let parent = || Expr::cust(format!("\"resource\".\"cell\" / {size}"));
    let kind = || Column::Kind.into_simple_expr();
    let (latitude, longitude) =
        (|| Column::Latitude.into_simple_expr(), || Column::Longitude.into_simple_expr());
    select
        .expr(parent())
        .expr(kind())
        .expr(Expr::cust("COUNT(*)"))
        .expr(Column::Id.into_simple_expr().min())
        .expr(latitude().sum())
        .expr(longitude().sum())
        .expr(latitude().min())
        .expr(longitude().min())
        .expr(latitude().max())
        .expr(longitude().max())
        .add_group_by([parent(), kind()]);
    let mut groups: BTreeMap<i64, Group> = BTreeMap::new();
    for row in db.query_all(&select).await? {
        let (kind, count): (entity::enums::ResourceKind, i64) =
            (row.try_get_by_index(1)?, row.try_get_by_index(2)?);
        let part = Group {
            id: row.try_get_by_index(3)?,
            count,
            latitude: row.try_get_by_index(4)?,
            longitude: row.try_get_by_index(5)?,
            bounds: MapBounds {
                south: row.try_get_by_index(6)?,
                west: row.try_get_by_index(7)?,
                north: row.try_get_by_index(8)?,
                east: row.try_get_by_index(9)?,
            },
            kinds: vec![MapKindCount { kind: kind.into(), count }],
        };
        match groups.get_mut(&row.try_get_by_index(0)?) {
            Some(group) => group.add(part),
            None => {
                groups.insert(row.try_get_by_index(0)?, part);
            }
        }
    }
    Ok(groups.into_values().map(Group::with_means).collect())
}

impl Group {
    fn add(&mut self, other: Self) {
        self.id = Ord::min(self.id, other.id);
        self.count += other.count;
        self.latitude += other.latitude;
        self.longitude += other.longitude;
        self.bounds.south = f64::min(self.bounds.south, other.bounds.south);
        self.bounds.west = f64::min(self.bounds.west, other.bounds.west);
        self.bounds.north = f64::max(self.bounds.north, other.bounds.north);
        self.bounds.east = f64::max(self.bounds.east, other.bounds.east);
        self.kinds.extend(other.kinds);
        self.kinds.sort_by_key(|kind| entity::enums::ResourceKind::from(kind.kind));
    }

    /// Sums become means, to a metre: beyond that the databases add up in different orders.
    fn with_means(mut self) -> Self {
        let mean = |sum: f64| (sum / self.count as f64 * 1e5).round() / 1e5;
        (self.latitude, self.longitude) = (mean(self.latitude), mean(self.longitude));
        self
    }
}

/// Municipalities in which something has a position inside of the box; where outlines are loaded,
/// they tell of more.
fn municipalities_touched(viewer: &Viewer, bounds: &Bounds) -> SelectStatement {
    let mut select = visible_to(viewer).into_query();
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
    use crate::values::cell;

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
