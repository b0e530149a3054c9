//! The plain fields of lists of resources.

use super::out::Out;
use super::resource::{self, Asking, Compiler, Fields, Word, WordFields, word};
use super::select::{Chosen, Steps, argument, object, steps};
use crate::context::RequestContext;
use crate::graph::filter::ResourceFilter;
use crate::pagination::{PageArguments, PageInfo};
use crate::picture::Record;
use crate::resources::connection::{Asked, Found, ListArguments, TextMatch};
use crate::resources::facets;
use crate::resources::kinds::{ResourceKind, stored};
use crate::resources::store::{self, Place};
use async_graphql::parser::types::Field;
use async_graphql::{InputType, Value, Variables};
use entity::enums;
use sea_orm::Iterable;
use std::cell::OnceCell;

/// A list to answer.
#[derive(Debug)]
pub(super) struct List {
    /// The kind of its field; `None`: those of an argument, or all.
    kind: Option<enums::ResourceKind>,
    fields: Steps<Write>,
}

#[derive(Debug)]
enum Write {
    Nodes(ByKind),
    Edges(Steps<OfEdge>),
    PageInfo(PageInfoFields),
    TotalCount,
    Facets(Steps<OfFacets>),
}

type PageInfoFields = Steps<fn(&PageInfo, &mut Out)>;

/// The fields of resources of each kind.
pub(super) type ByKind = Vec<(enums::ResourceKind, Fields)>;

#[derive(Debug)]
enum OfEdge {
    Cursor,
    Node(ByKind),
    Distance,
    MatchedOn(WordFields),
}

#[derive(Debug)]
enum OfFacets {
    Kinds(Steps<OfCount>),
    Categories(Steps<OfCount>),
}

#[derive(Debug)]
pub(super) enum OfCount {
    Kind(WordFields),
    Code,
    Label,
    Count,
}

/// The kind that a root field lists; the inner `None`: of all kinds. `None`: it is no list of resources.
pub(super) fn kind_of(field: &str) -> Option<Option<enums::ResourceKind>> {
    Some(match field {
        "resources" => None,
        "gatheringPlaces" => Some(enums::ResourceKind::GatheringPlace),
        "mutualAidGroups" => Some(enums::ResourceKind::MutualAidGroup),
        "privateServices" => Some(enums::ResourceKind::PrivateService),
        "careFacilities" => Some(enums::ResourceKind::CareFacility),
        "medicalFacilities" => Some(enums::ResourceKind::MedicalFacility),
        "consultationDesks" => Some(enums::ResourceKind::ConsultationDesk),
        _ => return None,
    })
}

impl Compiler<'_> {
    /// The fields of resources of a kind, or of every kind.
    pub(super) fn by_kind(&self, chosen: &Chosen<'_>, kind: Option<enums::ResourceKind>) -> Option<ByKind> {
        let kinds = enums::ResourceKind::iter().filter(|own| kind.is_none_or(|kind| kind == *own));
        kinds.map(|kind| Some((kind, self.resource(chosen, kind)?))).collect()
    }

    /// A list of resources of a kind, or of every kind.
    pub(super) fn list(&self, chosen: &Chosen<'_>, kind: Option<enums::ResourceKind>) -> Option<List> {
        let base = kind.map_or("Resource", resource::type_of);
        let fields = steps(self.document, chosen, &[&format!("{base}Connection")], |chosen| {
            Some(match chosen.name() {
                "nodes" => Write::Nodes(self.by_kind(chosen, kind)?),
                "edges" => Write::Edges(self.edges(chosen, base, kind)?),
                "pageInfo" => Write::PageInfo(self.page_info(chosen)?),
                "totalCount" => Write::TotalCount,
                "facets" => Write::Facets(self.facets(chosen)?),
                _ => return None,
            })
        })?;
        Some(List { kind, fields })
    }

    fn edges(
        &self,
        chosen: &Chosen<'_>,
        base: &str,
        kind: Option<enums::ResourceKind>,
    ) -> Option<Steps<OfEdge>> {
        steps(self.document, chosen, &[&format!("{base}Edge")], |chosen| {
            Some(match chosen.name() {
                "cursor" => OfEdge::Cursor,
                "node" => OfEdge::Node(self.by_kind(chosen, kind)?),
                "distanceMeters" => OfEdge::Distance,
                "matchedOn" => OfEdge::MatchedOn(self.word::<TextMatch>(chosen)?),
                _ => return None,
            })
        })
    }

    fn page_info(&self, chosen: &Chosen<'_>) -> Option<PageInfoFields> {
        steps(self.document, chosen, &["PageInfo"], |chosen| {
            let write: fn(&PageInfo, &mut Out) = match chosen.name() {
                "hasNextPage" => |info, out| out.value(info.has_next_page),
                "hasPreviousPage" => |info, out| out.value(info.has_previous_page),
                "startCursor" => |info, out| out.text(info.start_cursor.as_deref()),
                "endCursor" => |info, out| out.text(info.end_cursor.as_deref()),
                _ => return None,
            };
            Some(write)
        })
    }

    fn facets(&self, chosen: &Chosen<'_>) -> Option<Steps<OfFacets>> {
        steps(self.document, chosen, &["ResourceFacets"], |chosen| {
            Some(match chosen.name() {
                "kinds" => OfFacets::Kinds(self.counts(chosen, "KindCount")?),
                "categories" => OfFacets::Categories(self.counts(chosen, "CategoryCount")?),
                _ => return None,
            })
        })
    }

    /// How many there are of a kind or category.
    pub(super) fn counts(&self, chosen: &Chosen<'_>, name: &str) -> Option<Steps<OfCount>> {
        steps(self.document, chosen, &[name], |chosen| {
            Some(match chosen.name() {
                "kind" => OfCount::Kind(self.word::<ResourceKind>(chosen)?),
                "code" => OfCount::Code,
                "label" => OfCount::Label,
                "count" => OfCount::Count,
                _ => return None,
            })
        })
    }
}

impl List {
    /// What is asked for; `None`: an argument is wrong, which the library says better.
    pub(super) async fn asked(
        &self,
        field: &Field,
        context: &RequestContext,
        asking: &Asking<'_>,
    ) -> Option<Asked> {
        let variables = asking.variables;
        let filter: Option<ResourceFilter> = parsed(field, "filter", variables)?;
        let arguments = ListArguments {
            text: parsed(field, "text", variables)?,
            near: parsed(field, "near", variables)?,
            order_by: parsed(field, "orderBy", variables)?,
            page: PageArguments {
                first: parsed(field, "first", variables)?,
                after: parsed(field, "after", variables)?,
                last: parsed(field, "last", variables)?,
                before: parsed(field, "before", variables)?,
            },
        };
        let kinds = match self.kind {
            Some(kind) => Some(vec![kind]),
            None => stored(&parsed::<Option<Vec<ResourceKind>>>(field, "kinds", variables)?).ok()?,
        };
        let filter = filter.unwrap_or_default().resolve(asking.today, kinds.as_deref()).ok()?;
        Asked::of(context, filter, arguments).await.ok()
    }
}

/// An argument as its type.
pub(super) fn parsed<T: InputType>(field: &Field, name: &str, variables: &Variables) -> Option<T> {
    let value: Option<Value> = argument(field, name, variables)?;
    T::parse(value).ok()
}

/// Writes a list.
pub(super) fn write(list: &List, found: &Asked, asking: &Asking<'_>, out: &mut Out) {
    let slice = OnceCell::new();
    let slice = || slice.get_or_init(|| store::page(asking.view, &found.found.listing, &found.page));
    object(&list.fields, asking.variables, out, |what, out| match what {
        Write::Nodes(kinds) => {
            out.list(&slice().places, |place, out| of_kind(&place.record, kinds, asking, out));
        }
        Write::Edges(fields) => {
            out.list(&slice().places, |place, out| edge(place, found, fields, asking, out));
        }
        Write::PageInfo(fields) => {
            let info = found.page_info(slice());
            object(fields, asking.variables, out, |write, out| write(&info, out));
        }
        Write::TotalCount => out.value(found.found.matches().count()),
        Write::Facets(fields) => facets(&found.found, fields, asking, out),
    });
}

/// Writes a resource by the fields of its kind.
pub(super) fn of_kind(record: &Record, kinds: &ByKind, asking: &Asking<'_>, out: &mut Out) {
    let kind = record.kind();
    match kinds.iter().find(|(own, _)| *own == kind) {
        Some((_, fields)) => resource::write(record, fields, asking, out),
        None => out.null(),
    }
}

fn edge(place: &Place, found: &Asked, fields: &Steps<OfEdge>, asking: &Asking<'_>, out: &mut Out) {
    object(fields, asking.variables, out, |what, out| match what {
        OfEdge::Cursor => out.string(&place.cursor.encode(found.list)),
        OfEdge::Node(kinds) => of_kind(&place.record, kinds, asking, out),
        OfEdge::Distance => match place.rounded_distance() {
            Some(meters) => out.number(meters),
            None => out.null(),
        },
        OfEdge::MatchedOn(fields) => {
            let matched = found.found.listing.matched_on(place.tier);
            word(matched.map(Word::of), fields, asking, out);
        }
    });
}

fn facets(found: &Found, fields: &Steps<OfFacets>, asking: &Asking<'_>, out: &mut Out) {
    object(fields, asking.variables, out, |what, out| match what {
        OfFacets::Kinds(fields) => {
            let counts = found.view.kinds(found.matches());
            out.list(counts, |(kind, count), out| counted((kind, "", ""), count, fields, asking, out));
        }
        OfFacets::Categories(fields) => {
            let counts = facets::categories(found);
            out.list(counts, |(kind, code, label, count), out| {
                counted((kind, code, label), count, fields, asking, out);
            });
        }
    });
}

/// Writes how many there are of something.
pub(super) fn counted(
    (kind, code, label): (enums::ResourceKind, &str, &str),
    count: i64,
    fields: &Steps<OfCount>,
    asking: &Asking<'_>,
    out: &mut Out,
) {
    object(fields, asking.variables, out, |what, out| match what {
        OfCount::Kind(fields) => word(Some(Word::of(ResourceKind::from(kind))), fields, asking, out),
        OfCount::Code => out.string(code),
        OfCount::Label => out.string(label),
        OfCount::Count => out.value(count),
    });
}
