//! Lists of resources as Relay connections.

use super::Listed;
use super::facets::Facets;
use super::filter::Filter;
use super::kinds::ResourceOrder;
use super::near::Near;
use super::open_filter;
use super::order::Order;
use super::row::Row;
use super::search::{TextSearch, Tier};
use super::store::{self, Listing, Place, Slice};
use crate::context::RequestContext;
use crate::desks::{ConsultationDesk, fallback};
use crate::error::Result;
use crate::pagination::{Cursor, Page, PageArguments, PageInfo};
use crate::picture::{Matches, View};
use crate::terms::{Term, labelled};
use async_graphql::{Context, Object, OutputType, TypeName};
use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

/// The arguments all lists share.
pub struct ListArguments {
    /// Search text in Japanese; `None`: no search.
    pub text: Option<String>,
    /// Circle on the map; `None`: anywhere.
    pub near: Option<Near>,
    /// Order of the list; `None`: by distance with `near`, by relevance with `text`.
    pub order_by: Option<ResourceOrder>,
    /// First, last, after and before.
    pub page: PageArguments,
}

/// A page of resources, with totals and facets of the whole list.
pub struct Connection<T> {
    found: Arc<Found>,
    edges: Vec<Edge<T>>,
    page_info: PageInfo,
    /// Whether nothing matches; `None` when the page does not decide it.
    empty: Option<bool>,
}

/// All resources that match, of which a page is a part; looked for once, when something asks for them.
pub struct Found {
    /// Where they are looked for.
    pub view: Arc<View>,
    /// What is looked for.
    pub listing: Listing,
    matches: OnceLock<Matches>,
}

impl Found {
    fn new(view: Arc<View>, listing: Listing) -> Self {
        Self { view, listing, matches: OnceLock::new() }
    }

    /// The resources that match.
    pub fn matches(&self) -> &Matches {
        self.matches.get_or_init(|| self.listing.all(&self.view))
    }
}

/// A resource in a list.
pub struct Edge<T> {
    cursor: String,
    node: T,
    distance_meters: Option<f64>,
    matched_on: Option<TextMatch>,
}

labelled! {
    /// How well a name matches the search text.
    TextMatch {
        /// A name, reading or alias is exactly the text (名前が一致).
        ExactName = ("名前が一致", "なまえがいっち", "名前が 同じ", "Exact name"),
        /// A name, reading or alias begins with the text (名前の始まりが一致).
        NameStart = ("名前の始まりが一致", "なまえのはじまりがいっち", "名前の はじめが 同じ", "Beginning of the name"),
        /// All words occur, in names, address or organization (どこかに含む); or it is the phone or fax number.
        Anywhere = ("どこかに含む", "どこかにふくむ", "どこかに ある", "Somewhere in the text"),
        /// Other words for the text occur (同義語): 除雪 finds 雪かき, ケアマネ事業所 finds an office of 居宅介護支援.
        Synonym = ("同義語が一致", "どうぎごがいっち", "同じ 意味の ことば", "Another word for it"),
    }
}

/// Resolves a list field: checks the arguments, reads the page if the selection needs it.
pub async fn connect<T: Listed>(
    ctx: &Context<'_>,
    filter: Filter,
    arguments: ListArguments,
) -> Result<Connection<T>> {
    let asked = Asked::of(RequestContext::of(ctx), filter, arguments).await?;
    let slice = needs_rows(ctx).then(|| store::page(&asked.found.view, &asked.found.listing, &asked.page));
    Ok(Connection::new(asked, slice))
}

/// A list that was asked for, and the page of it.
pub struct Asked {
    /// The list.
    pub found: Found,
    /// Tells the cursors of the list from those of others.
    pub list: u32,
    /// The page.
    pub page: Page,
}

impl Asked {
    /// Checks the arguments of a list.
    ///
    /// # Errors
    /// `INVALID_INPUT` on the argument that makes no sense.
    pub async fn of(context: &RequestContext, filter: Filter, arguments: ListArguments) -> Result<Self> {
        let text = arguments.text.as_deref().map(TextSearch::parse).transpose()?.flatten();
        let near = arguments.near.map(Near::parse).transpose()?;
        let order = Order::choose(arguments.order_by, text.as_ref(), near)?;
        let list = order.fingerprint(text.as_ref());
        let page = arguments.page.page(list)?;
        if page.from.as_ref().is_some_and(|cursor| !order.holds(cursor, text.as_ref())) {
            return Err(Cursor::unknown(if page.backward { "before" } else { "after" }));
        }
        let view = context.view().await?;
        let filter = open_filter::prepare(context, &view, filter).await?;
        let order = open_filter::judge(context, &view, order, page.from.as_ref()).await?;
        let listing = Listing { filter, text, near, order };
        Ok(Self { found: Found::new(view, listing), list, page })
    }

    /// What lies before and after the page.
    pub fn page_info(&self, slice: &Slice) -> PageInfo {
        let came_from = self.page.from.is_some();
        let cursor = |place: &Place| place.cursor.encode(self.list);
        PageInfo {
            has_next_page: if self.page.backward { came_from } else { slice.more },
            has_previous_page: if self.page.backward { slice.more } else { came_from },
            start_cursor: slice.places.first().map(cursor),
            end_cursor: slice.places.last().map(cursor),
        }
    }
}

impl Listing {
    /// How well a row of a tier matches; nothing without a text, or in an order that does not ask.
    pub fn matched_on(&self, tier: Tier) -> Option<TextMatch> {
        self.text.as_ref()?;
        match tier {
            Tier::Exact => Some(TextMatch::ExactName),
            Tier::Prefix => Some(TextMatch::NameStart),
            Tier::Elsewhere => Some(TextMatch::Anywhere),
            Tier::Synonym => Some(TextMatch::Synonym),
            Tier::Anywhere => None,
        }
    }
}

/// Whether the selection needs the rows of the page.
fn needs_rows(ctx: &Context<'_>) -> bool {
    ctx.field().selection_set().any(|field| matches!(field.name(), "nodes" | "edges" | "pageInfo"))
}

impl<T: Listed> Connection<T> {
    fn new(asked: Asked, slice: Option<Slice>) -> Self {
        let empty = slice.as_ref().and_then(|slice| match slice.places.is_empty() && !slice.more {
            true if asked.page.from.is_some() => None,
            empty => Some(empty),
        });
        let slice = slice.unwrap_or_default();
        let page_info = asked.page_info(&slice);
        let edges = slice.places.into_iter().filter_map(|place| {
            Some(Edge {
                cursor: place.cursor.encode(asked.list),
                distance_meters: place.rounded_distance(),
                matched_on: asked.found.listing.matched_on(place.tier),
                node: T::from_row(Row::from(place.record))?,
            })
        });
        Self { edges: edges.collect(), page_info, empty, found: Arc::new(asked.found) }
    }
}

impl<T: Listed> TypeName for Connection<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", T::NAME).into()
    }
}

impl<T: Listed> TypeName for Edge<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", T::NAME).into()
    }
}

/// A page of a list, with totals on demand.
#[Object(name_type)]
impl<T: Listed + OutputType> Connection<T> {
    /// The rows of the page with what belongs to the list: cursor, distance, match.
    async fn edges(&self) -> &[Edge<T>] {
        &self.edges
    }

    /// The rows of the page.
    async fn nodes(&self) -> Vec<&T> {
        self.edges.iter().map(|edge| &edge.node).collect()
    }

    /// What lies before and after the page.
    async fn page_info(&self) -> &PageInfo {
        &self.page_info
    }

    /// How many there are in the whole list (件数). Counted only when asked for.
    async fn total_count(&self) -> i64 {
        i64::try_from(self.found.matches().count()).unwrap_or(i64::MAX)
    }

    /// How many there are of each kind, category and area in the whole list. Counted only when asked for.
    async fn facets(&self) -> Facets {
        Facets::new(Arc::clone(&self.found))
    }

    /// Who to ring when nothing matches (相談先): the support centres (地域包括支援センター) of the district asked
    /// for, by `serviceDistricts`, `homeDistricts`, `municipalityCodes`, else of the municipality around
    /// `near` or `bounds`. None when something matches or no area was asked for. At most 20.
    async fn fallback_desks(&self, ctx: &Context<'_>) -> Result<Vec<ConsultationDesk>> {
        if !self.empty.unwrap_or_else(|| self.found.matches().is_empty()) {
            return Ok(Vec::new());
        }
        fallback::desks(ctx, &self.found.listing.filter, self.found.listing.near).await
    }
}

/// A row of a list.
#[Object(name_type)]
impl<T: Listed + OutputType> Edge<T> {
    /// Opaque place in the list; give it back as `after` or `before`.
    async fn cursor(&self) -> &str {
        &self.cursor
    }

    /// The resource.
    async fn node(&self) -> &T {
        &self.node
    }

    /// Distance from the centre in metres, with `near`.
    async fn distance_meters(&self) -> Option<f64> {
        self.distance_meters
    }

    /// How well it matches, with `text` in the order RELEVANCE.
    async fn matched_on(&self) -> Option<Term<TextMatch>> {
        self.matched_on.map(Term)
    }
}
