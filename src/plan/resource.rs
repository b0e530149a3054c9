//! The plain fields of resources: those that a record in memory answers.

use super::contacts;
use super::out::Out;
use super::select::{Chosen, Steps, object, steps};
use crate::auth::Viewer;
use crate::id::{NodeId, NodeType};
use crate::picture::{Record, View};
use crate::resources::freshness::Freshness;
use crate::resources::kinds::{
    LocationStatus, PositionPrecision, PublicationState, ResourceKind, ServiceArea,
};
use crate::resources::location;
use crate::terms::{Labelled, Labels};
use async_graphql::Variables;
use async_graphql::parser::types::ExecutableDocument;
use chrono::NaiveDate;
use entity::enums;
use japan::codes;
use std::sync::Arc;

/// What the fields of a request have in common.
pub(super) struct Asking<'r> {
    pub(super) view: &'r Arc<View>,
    pub(super) variables: &'r Variables,
    pub(super) today: NaiveDate,
}

impl<'r> Asking<'r> {
    pub(super) fn new(view: &'r Arc<View>, viewer: &Viewer, variables: &'r Variables) -> Self {
        Self { view, variables, today: viewer.today() }
    }
}

/// Fields of a resource, in order.
pub(super) type Fields = Steps<Write>;

type Leaf = fn(&Record, &Asking<'_>, &mut Out);
type Words = fn(&Record, &Asking<'_>) -> Option<Word>;

/// How a field is written.
#[derive(Debug)]
pub(super) enum Write {
    Leaf(Leaf),
    /// A word of a closed set, with its labels.
    Word(Words, WordFields),
    /// An object about the same resource; null where a condition does not hold.
    Object(fn(&Record) -> bool, Fields),
    Contacts(contacts::Fields),
}

/// A word of a closed set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    code: &'static str,
    labels: Labels,
}

impl Word {
    pub(super) fn of<T: Labelled>(word: T) -> Self {
        Self { code: word.code(), labels: word.labels() }
    }
}

/// Fields of a word, in order.
pub(super) type WordFields = Steps<fn(&Word) -> &'static str>;

/// How a field of an object is written; `None`: it is not plain.
type Compile = fn(&Compiler<'_>, &Chosen<'_>) -> Option<Write>;

/// A document whose fields are compiled.
pub(super) struct Compiler<'d> {
    pub(super) document: &'d ExecutableDocument,
    /// Whether the viewers are the public, whose contacts are never those of professionals.
    pub(super) is_public: bool,
}

/// Name of the type of a kind in the schema.
pub(super) fn type_of(kind: enums::ResourceKind) -> &'static str {
    match kind {
        enums::ResourceKind::GatheringPlace => "GatheringPlace",
        enums::ResourceKind::MutualAidGroup => "MutualAidGroup",
        enums::ResourceKind::PrivateService => "PrivateService",
        enums::ResourceKind::MedicalFacility => "MedicalFacility",
        enums::ResourceKind::CareFacility => "CareFacility",
        enums::ResourceKind::ConsultationDesk => "ConsultationDesk",
    }
}

impl Compiler<'_> {
    /// The fields of a resource of a kind.
    pub(super) fn resource(&self, chosen: &Chosen<'_>, kind: enums::ResourceKind) -> Option<Fields> {
        self.object(chosen, &[type_of(kind), "Resource", "Node"], resource)
    }

    fn object(&self, chosen: &Chosen<'_>, types: &[&str], compile: Compile) -> Option<Fields> {
        steps(self.document, chosen, types, |chosen| compile(self, chosen))
    }

    /// The fields of a word of a set.
    pub(super) fn word<T: Labelled>(&self, chosen: &Chosen<'_>) -> Option<WordFields> {
        let name = format!("{}Term", T::NAME);
        steps(self.document, chosen, &[&name], |chosen| {
            let part: fn(&Word) -> &'static str = match chosen.name() {
                "value" => |word| word.code,
                "label" => |word| word.labels.label,
                "reading" => |word| word.labels.reading,
                "easyLabel" => |word| word.labels.easy,
                "englishLabel" => |word| word.labels.english,
                _ => return None,
            };
            Some(part)
        })
    }

    /// The fields of the position of a resource that has one.
    pub(super) fn position(&self, chosen: &Chosen<'_>) -> Option<Fields> {
        self.object(chosen, &["Position"], position)
    }

    fn term<T: Labelled>(&self, chosen: &Chosen<'_>, words: Words) -> Option<Write> {
        Some(Write::Word(words, self.word::<T>(chosen)?))
    }
}

fn resource(compiler: &Compiler<'_>, chosen: &Chosen<'_>) -> Option<Write> {
    if !chosen.is_bare() {
        return None;
    }
    Some(match chosen.name() {
        "id" => Write::Leaf(|own, _, out| out.string(&node_id(own).text())),
        "kind" => {
            return compiler
                .term::<ResourceKind>(chosen, |own, _| Some(Word::of(ResourceKind::from(own.kind()))));
        }
        "name" => Write::Leaf(|own, _, out| out.text(own.name())),
        "nameKana" => Write::Leaf(|own, _, out| out.text(own.name_kana())),
        "alias" => Write::Leaf(|own, _, out| out.text(own.alias())),
        "description" => Write::Leaf(|own, _, out| out.text(own.description())),
        "url" => Write::Leaf(|own, _, out| out.text(own.url())),
        "note" => Write::Leaf(|own, _, out| out.text(own.note())),
        "state" => {
            return compiler.term::<PublicationState>(chosen, |own, _| {
                Some(Word::of(PublicationState::from(own.state())))
            });
        }
        "serviceArea" => {
            return compiler
                .term::<ServiceArea>(chosen, |own, _| Some(Word::of(ServiceArea::from(own.service_area()))));
        }
        "freshness" => {
            return compiler.term::<Freshness>(chosen, |own, asking| {
                let (verified, as_of, gone) = (own.last_verified_on(), own.as_of(), own.vanished_on());
                Some(Word::of(Freshness::of(verified, as_of, gone, asking.today)))
            });
        }
        "asOf" => Write::Leaf(|own, _, out| out.day(own.as_of())),
        "lastVerifiedOn" => Write::Leaf(|own, _, out| out.day(own.last_verified_on())),
        "vanishedOn" => Write::Leaf(|own, _, out| out.day(own.vanished_on())),
        "createdOn" => Write::Leaf(|own, _, out| out.day(own.created_on())),
        "updatedOn" => Write::Leaf(|own, _, out| out.day(own.updated_on())),
        "location" => Write::Object(|_| true, compiler.object(chosen, &["Location"], place)?),
        "organization" => Write::Object(
            |own| own.organization().is_some(),
            compiler.object(chosen, &["Organization", "Node"], organization)?,
        ),
        "contacts" if compiler.is_public => Write::Contacts(contacts::compile(compiler, chosen)?),
        _ => return None,
    })
}

pub(super) fn node_id(own: &Record) -> NodeId {
    NodeId::new(NodeType::Resource(own.kind()), own.uuid())
}

fn place(compiler: &Compiler<'_>, chosen: &Chosen<'_>) -> Option<Write> {
    Some(match chosen.name() {
        "status" => {
            return compiler.term::<LocationStatus>(chosen, |own, _| {
                Some(Word::of(LocationStatus::from(own.location_status())))
            });
        }
        "postalCode" => Write::Leaf(|own, _, out| out.text(own.postal_code())),
        "address" => Write::Leaf(|own, _, out| out.text(own.address())),
        "building" => Write::Leaf(|own, _, out| out.text(own.building())),
        "position" => {
            let has = |own: &Record| location::point_of(own).is_some();
            Write::Object(has, compiler.position(chosen)?)
        }
        "prefecture" => {
            let has = |own: &Record| prefecture_of(own).is_some();
            Write::Object(has, compiler.object(chosen, &["Prefecture"], prefecture)?)
        }
        "municipality" => {
            let has = |own: &Record| municipality_of(own).is_some();
            Write::Object(has, compiler.object(chosen, &["Municipality", "Node"], municipality)?)
        }
        _ => return None,
    })
}

fn position(compiler: &Compiler<'_>, chosen: &Chosen<'_>) -> Option<Write> {
    Some(match chosen.name() {
        "latitude" => {
            Write::Leaf(|own, _, out| out.number(own.position().map_or(f64::NAN, |(latitude, _)| latitude)))
        }
        "longitude" => {
            Write::Leaf(|own, _, out| out.number(own.position().map_or(f64::NAN, |(_, longitude)| longitude)))
        }
        "precision" => {
            return compiler.term::<PositionPrecision>(chosen, |own, _| {
                own.precision().map(|precision| Word::of(PositionPrecision::from(precision)))
            });
        }
        _ => return None,
    })
}

fn prefecture_of(own: &Record) -> Option<&'static codes::Prefecture> {
    codes::prefecture(&format!("{:02}", own.prefecture()?))
}

fn prefecture(_: &Compiler<'_>, chosen: &Chosen<'_>) -> Option<Write> {
    Some(Write::Leaf(match chosen.name() {
        "code" => |own, _, out| out.text(prefecture_of(own).map(|own| own.code)),
        "name" => |own, _, out| out.text(prefecture_of(own).map(|own| own.name)),
        "nameKana" => |own, _, out| out.text(prefecture_of(own).map(|own| own.kana)),
        _ => return None,
    }))
}

fn municipality_of(own: &Record) -> Option<&entity::municipality::Model> {
    own.view().areas().municipality(own.municipality_id()?)
}

fn municipality(_: &Compiler<'_>, chosen: &Chosen<'_>) -> Option<Write> {
    Some(Write::Leaf(match chosen.name() {
        "id" => |own, _, out| {
            let id = municipality_of(own).map(|own| NodeId::new(NodeType::Municipality, own.uuid).text());
            out.text(id.as_deref());
        },
        "code" => |own, _, out| out.text(municipality_of(own).map(|own| own.code.as_str())),
        "name" => |own, _, out| out.text(municipality_of(own).map(|own| own.name.as_str())),
        "nameKana" => |own, _, out| out.text(municipality_of(own).and_then(|own| own.name_kana.as_deref())),
        _ => return None,
    }))
}

fn organization(_: &Compiler<'_>, chosen: &Chosen<'_>) -> Option<Write> {
    Some(Write::Leaf(match chosen.name() {
        "id" => |own, _, out| {
            let id = own.organization().map(|own| NodeId::new(NodeType::Organization, own.uuid).text());
            out.text(id.as_deref());
        },
        "name" => |own, _, out| out.text(own.organization().map(|own| own.name)),
        "corporateNumber" => |own, _, out| out.text(own.organization().and_then(|own| own.corporate_number)),
        _ => return None,
    }))
}

/// Writes an object about a resource.
pub(super) fn write(own: &Record, fields: &Fields, asking: &Asking<'_>, out: &mut Out) {
    object(fields, asking.variables, out, |what, out| match what {
        Write::Leaf(leaf) => leaf(own, asking, out),
        Write::Word(words, fields) => word(words(own, asking), fields, asking, out),
        Write::Object(has, fields) if has(own) => write(own, fields, asking, out),
        Write::Object(..) => out.null(),
        Write::Contacts(fields) => contacts::write(own, fields, asking, out),
    });
}

/// Writes a word.
pub(super) fn word(word: Option<Word>, fields: &WordFields, asking: &Asking<'_>, out: &mut Out) {
    match word {
        Some(word) => object(fields, asking.variables, out, |part, out| out.string(part(&word))),
        None => out.null(),
    }
}
