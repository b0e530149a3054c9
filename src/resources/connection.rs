//! Lists of resources as Relay connections.

use super::Listed;
use super::facets::Facets;
use super::filter::Filter;
use super::kinds::ResourceOrder;
use super::near::Near;
use super::open_filter;
use super::order::Order;
use super::row::Columns;
use super::search::{TextSearch, Tier};
use super::store::{self, Listing, Slice};
use crate::context::RequestContext;
use crate::desks::{ConsultationDesk, fallback};
use crate::error::Result;
use crate::pagination::{Cursor, Page, PageArguments, PageInfo};
use crate::terms::{Term, labelled};
use async_graphql::{Context, Object, OutputType, TypeName};
use std::borrow::Cow;
use std::sync::Arc;

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
    listing: Arc<Listing>,
    edges: Vec<Edge<T>>,
    page_info: PageInfo,
    /// Whether nothing matches; `None` when the page does not decide it.
    empty: Option<bool>,
}

/// A resource in a list.
pub struct Edge<T> {
    cursor: String,
    node: T,
    distance_meters: Option<f64>,
    tier: Option<Tier>,
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
    let text = arguments.text.as_deref().map(TextSearch::parse).transpose()?.flatten();
    let near = arguments.near.map(Near::parse).transpose()?;
    let order = Order::choose(arguments.order_by, text.as_ref(), near)?;
    let list = order.fingerprint(text.as_ref());
    let page = arguments.page.page(list)?;
    if page.from.as_ref().is_some_and(|cursor| !order.holds(cursor, text.as_ref())) {
        return Err(Cursor::unknown(if page.backward { "before" } else { "after" }));
    }
    let context = RequestContext::of(ctx);
    let filter = open_filter::prepare(context, filter).await?;
    let order = open_filter::judge(context, order, page.from.as_ref()).await?;
    let listing = Listing { filter, text, near, order };
    let slice = read(ctx, &listing, &page).await?;
    Ok(Connection::new(listing, list, &page, slice))
}

/// Reads the page, unless the selection needs nothing of it.
async fn read(ctx: &Context<'_>, listing: &Listing, page: &Page) -> Result<Option<Slice>> {
    let mut columns: Option<Columns> = None;
    for field in ctx.field().selection_set() {
        let found = match field.name() {
            "nodes" => Columns::of(field.selection_set()),
            "edges" => {
                let nodes = field.selection_set().filter(|f| f.name() == "node");
                nodes.fold(Columns::default(), |all, node| all.with(Columns::of(node.selection_set())))
            }
            "pageInfo" => Columns::default(),
            _ => continue,
        };
        columns = Some(columns.unwrap_or_default().with(found));
    }
    let Some(columns) = columns else { return Ok(None) };
    let context = RequestContext::of(ctx);
    store::list(context.db(), &context.viewer, listing, page, columns).await.map(Some)
}

impl<T: Listed> Connection<T> {
    fn new(listing: Listing, list: u32, page: &Page, slice: Option<Slice>) -> Self {
        let empty = slice.as_ref().and_then(|slice| match slice.rows.is_empty() && !slice.more {
            true if page.from.is_some() => None,
            empty => Some(empty),
        });
        let slice = slice.unwrap_or_default();
        let has_text = listing.text.is_some();
        let edges: Vec<Edge<T>> = slice
            .rows
            .into_iter()
            .filter_map(|placed| {
                Some(Edge {
                    cursor: placed.cursor.encode(list),
                    node: T::from_row(placed.row)?,
                    distance_meters: placed.distance_meters,
                    tier: has_text.then_some(placed.tier),
                })
            })
            .collect();
        let came_from = page.from.is_some();
        let page_info = PageInfo {
            has_next_page: if page.backward { came_from } else { slice.more },
            has_previous_page: if page.backward { slice.more } else { came_from },
            start_cursor: edges.first().map(|edge| edge.cursor.clone()),
            end_cursor: edges.last().map(|edge| edge.cursor.clone()),
        };
        Self { listing: Arc::new(listing), edges, page_info, empty }
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
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        let context = RequestContext::of(ctx);
        store::count(context.db(), &context.viewer, &self.listing).await
    }

    /// How many there are of each kind, category and area in the whole list. Counted only when asked for.
    async fn facets(&self) -> Facets {
        Facets::new(Arc::clone(&self.listing))
    }

    /// Who to ring when nothing matches (相談先): the support centres (地域包括支援センター) of the district asked
    /// for, by `serviceDistricts`, `homeDistricts`, `municipalityCodes`, else of the municipality around
    /// `near` or `bounds`. None when something matches or no area was asked for. At most 20.
    async fn fallback_desks(&self, ctx: &Context<'_>) -> Result<Vec<ConsultationDesk>> {
        let context = RequestContext::of(ctx);
        let empty = match self.empty {
            Some(empty) => empty,
            None => store::is_empty(context.db(), &context.viewer, &self.listing).await?,
        };
        if !empty {
            return Ok(Vec::new());
        }
        fallback::desks(ctx, &self.listing.filter, self.listing.near).await
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
        self.distance_meters.map(|meters| (meters * 10.0).round() / 10.0)
    }

    /// How well it matches, with `text` in the order RELEVANCE.
    async fn matched_on(&self) -> Option<Term<TextMatch>> {
        match self.tier? {
            Tier::Exact => Some(Term(TextMatch::ExactName)),
            Tier::Prefix => Some(Term(TextMatch::NameStart)),
            Tier::Elsewhere => Some(Term(TextMatch::Anywhere)),
            Tier::Synonym => Some(Term(TextMatch::Synonym)),
            Tier::Anywhere => None,
        }
    }
}
