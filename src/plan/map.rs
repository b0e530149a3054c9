//! The fields of a map, all of which are plain.

use super::lists::{ByKind, OfCount, counted, of_kind, parsed};
use super::out::Out;
use super::resource::{self, Asking, Compiler, Fields, Word, WordFields, word};
use super::select::{Chosen, Steps, asked, object, steps};
use crate::context::RequestContext;
use crate::graph::map::{Cluster, MapArguments, Shown, Sketch};
use crate::picture::Record;
use crate::resources::kinds::PositionPrecision;
use async_graphql::parser::types::Field;
use japan::values::Bounds;

/// A map to answer.
#[derive(Debug)]
pub(super) struct Map(Steps<Write>);

#[derive(Debug)]
enum Write {
    Clusters(Steps<OfCluster>),
    Pins(Steps<OfPin>),
    UnlocatedCount,
    Truncated,
}

#[derive(Debug)]
enum OfCluster {
    Position(Steps<OfCentre>),
    Count,
    Bounds(Steps<Edge>),
    Kinds(Steps<OfCount>),
    Members(ByKind),
}

#[derive(Debug)]
enum OfCentre {
    Latitude,
    Longitude,
    Precision(WordFields),
}

#[derive(Debug)]
enum OfPin {
    Position(Fields),
    Resource(ByKind),
}

/// An edge of a box, in degrees.
type Edge = fn(&Bounds) -> f64;

impl Compiler<'_> {
    /// A map.
    pub(super) fn map(&self, chosen: &Chosen<'_>) -> Option<Map> {
        let fields = steps(self.document, chosen, &["MapView"], |chosen| {
            Some(match chosen.name() {
                "clusters" => Write::Clusters(self.clusters(chosen)?),
                "pins" => Write::Pins(self.pins(chosen)?),
                "unlocatedCount" => Write::UnlocatedCount,
                "truncated" => Write::Truncated,
                _ => return None,
            })
        })?;
        Some(Map(fields))
    }

    fn clusters(&self, chosen: &Chosen<'_>) -> Option<Steps<OfCluster>> {
        steps(self.document, chosen, &["MapCluster"], |chosen| {
            Some(match chosen.name() {
                "position" => OfCluster::Position(self.centre(chosen)?),
                "count" => OfCluster::Count,
                "bounds" => OfCluster::Bounds(self.bounds(chosen)?),
                "kinds" => OfCluster::Kinds(self.counts(chosen, "KindCount")?),
                "members" => OfCluster::Members(self.by_kind(chosen, None)?),
                _ => return None,
            })
        })
    }

    fn centre(&self, chosen: &Chosen<'_>) -> Option<Steps<OfCentre>> {
        steps(self.document, chosen, &["Position"], |chosen| {
            Some(match chosen.name() {
                "latitude" => OfCentre::Latitude,
                "longitude" => OfCentre::Longitude,
                "precision" => OfCentre::Precision(self.word::<PositionPrecision>(chosen)?),
                _ => return None,
            })
        })
    }

    fn bounds(&self, chosen: &Chosen<'_>) -> Option<Steps<Edge>> {
        steps(self.document, chosen, &["Bounds"], |chosen| {
            let edge: Edge = match chosen.name() {
                "south" => Bounds::south,
                "west" => Bounds::west,
                "north" => Bounds::north,
                "east" => Bounds::east,
                _ => return None,
            };
            Some(edge)
        })
    }

    fn pins(&self, chosen: &Chosen<'_>) -> Option<Steps<OfPin>> {
        steps(self.document, chosen, &["MapPin"], |chosen| {
            Some(match chosen.name() {
                "position" => OfPin::Position(self.position(chosen)?),
                "resource" => OfPin::Resource(self.by_kind(chosen, None)?),
                _ => return None,
            })
        })
    }
}

impl Map {
    /// What is on the map; `None`: an argument is wrong, which the library says better.
    pub(super) async fn drawn(
        &self,
        field: &Field,
        context: &RequestContext,
        asking: &Asking<'_>,
    ) -> Option<Sketch> {
        let variables = asking.variables;
        let filter: Option<_> = parsed(field, "filter", variables)?;
        let arguments = MapArguments {
            bounds: parsed(field, "bounds", variables)?,
            zoom: parsed(field, "zoom", variables)?,
            kinds: parsed(field, "kinds", variables)?,
            filter: filter.unwrap_or_default(),
            text: parsed(field, "text", variables)?,
        };
        let fields = || asked(&self.0, variables);
        let has_members = |fields: &Steps<OfCluster>| {
            asked(fields, variables).any(|field| matches!(field, OfCluster::Members(_)))
        };
        let shown = Shown {
            pins: fields().any(|field| matches!(field, Write::Pins(_))),
            members: fields().any(|field| matches!(field, Write::Clusters(fields) if has_members(fields))),
        };
        Sketch::of(context, arguments, shown).await.ok()
    }
}

/// Writes a map.
pub(super) fn write(map: &Map, drawn: &Sketch, asking: &Asking<'_>, out: &mut Out) {
    object(&map.0, asking.variables, out, |what, out| match what {
        Write::Clusters(fields) => {
            out.list(&drawn.clusters, |own, out| cluster(own, fields, asking, out));
        }
        Write::Pins(fields) => out.list(&drawn.pins, |own, out| pin(own, fields, asking, out)),
        Write::UnlocatedCount => out.value(drawn.unlocated()),
        Write::Truncated => out.value(drawn.truncated),
    });
}

fn cluster(own: &Cluster, fields: &Steps<OfCluster>, asking: &Asking<'_>, out: &mut Out) {
    let variables = asking.variables;
    object(fields, variables, out, |what, out| match what {
        OfCluster::Position(fields) => object(fields, variables, out, |what, out| match what {
            OfCentre::Latitude => out.number(own.centre.0),
            OfCentre::Longitude => out.number(own.centre.1),
            OfCentre::Precision(fields) => {
                word(Some(Word::of(PositionPrecision::Center)), fields, asking, out);
            }
        }),
        OfCluster::Count => out.value(own.count),
        OfCluster::Bounds(fields) => {
            object(fields, variables, out, |edge, out| out.number(edge(&own.bounds)));
        }
        OfCluster::Kinds(fields) => out.list(&own.kinds, |own, out| {
            counted((own.kind.0.into(), "", ""), own.count, fields, asking, out);
        }),
        OfCluster::Members(kinds) => match &own.members {
            Some(members) => out.list(members, |record, out| of_kind(record, kinds, asking, out)),
            None => out.null(),
        },
    });
}

fn pin(own: &Record, fields: &Steps<OfPin>, asking: &Asking<'_>, out: &mut Out) {
    object(fields, asking.variables, out, |what, out| match what {
        OfPin::Position(fields) => resource::write(own, fields, asking, out),
        OfPin::Resource(kinds) => of_kind(own, kinds, asking, out),
    });
}
