//! The tables that are watched: which thing their rows are a part of. The numbers of the parts are those of the triggers; a
//! test compares the two.

use super::fields::*;
use entity::enums::ChangedThing;
use entity::{
    affiliation, care_service, consent, contact_point, coordinator, coordinator_district, distribution,
    district, district_town, held_text, identifier, liaison_contact, liaison_entry, liaison_sheet,
    local_details, medical_acceptance, medical_facility, medical_facility_department, municipality,
    municipality_boundary, organization, physician, resource, resource_district, resource_tag, schedule,
    source, town, vacancy_report,
};
use sea_orm::{ColumnTrait, ColumnType, EntityTrait, IdenStatic, Iterable};
use std::sync::LazyLock;

/// The part that is the row of the thing itself.
pub(super) const MAIN: i32 = 1;
/// The list of readers, of a thing that has one; of a resource its districts: what decides who reads it.
pub(super) const READERS: i32 = 2;
/// The contacts of a resource.
pub(super) const CONTACTS: i32 = 4;
/// The consents about contacts of a resource.
pub(super) const CONSENTS: i32 = 1024;

/// A watched table: its rows are a part of a thing.
pub(super) struct Part {
    pub(super) part: i32,
    /// `FROM` of a statement that reads it.
    pub(super) from: String,
    /// The internal key of the thing, in that statement.
    pub(super) key: String,
    pub(super) columns: Vec<Column>,
}

/// A column that is compared.
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) is_uuid: bool,
    pub(super) field: &'static str,
}

impl Part {
    /// The table whose rows they are.
    pub(super) fn table(&self) -> &str {
        self.from.split(' ').next().unwrap_or_default()
    }

    /// The place of a column among those that are read.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}

/// The parts of a thing, its own row first.
pub(super) fn parts(thing: ChangedThing) -> &'static [Part] {
    static ALL: LazyLock<Vec<(ChangedThing, Vec<Part>)>> =
        LazyLock::new(|| ChangedThing::iter().map(|thing| (thing, parts_of(thing))).collect());
    ALL.iter().find(|(known, _)| *known == thing).map_or(&[], |(_, parts)| parts)
}

fn parts_of(thing: ChangedThing) -> Vec<Part> {
    match thing {
        ChangedThing::Resource => vec![
            main::<resource::Entity>(of_resource),
            below::<resource_district::Entity>(READERS, "resource_id", of_served_area),
            below::<contact_point::Entity>(CONTACTS, "resource_id", of_contact),
            below::<schedule::Entity>(8, "resource_id", of_schedule),
            below::<care_service::Entity>(16, "resource_id", of_service),
            below::<medical_facility::Entity>(32, "resource_id", of_medical_facility),
            below::<medical_facility_department::Entity>(64, "resource_id", of_department),
            below::<local_details::Entity>(128, "resource_id", of_local_details),
            below::<resource_tag::Entity>(256, "resource_id", |_| Some("details")),
            below::<identifier::Entity>(512, "resource_id", |_| Some("identifiers")),
            below::<held_text::Entity>(2048, "resource_id", of_held_text),
            named::<consent::Entity, resource::Entity>(CONSENTS, "resource_uuid", of_consent),
        ],
        ChangedThing::District => vec![
            main::<district::Entity>(of_district),
            below::<district_town::Entity>(2, "district_id", |column| match column {
                district_town::Column::Id | district_town::Column::NameKey => NONE,
                _ => Some("towns"),
            }),
        ],
        ChangedThing::Municipality => vec![
            main::<municipality::Entity>(of_municipality),
            below::<municipality_boundary::Entity>(2, "municipality_id", |_| Some("boundary")),
            below::<town::Entity>(4, "municipality_id", |column| match column {
                town::Column::Id | town::Column::NameKey => NONE,
                _ => Some("towns"),
            }),
        ],
        ChangedThing::Coordinator => vec![
            main::<coordinator::Entity>(of_coordinator),
            below::<coordinator_district::Entity>(2, "coordinator_id", |_| Some("districts")),
        ],
        ChangedThing::Organization => vec![main::<organization::Entity>(of_organization)],
        ChangedThing::Source => vec![main::<source::Entity>(of_source)],
        ChangedThing::Physician => vec![
            main::<physician::Entity>(of_physician),
            below::<affiliation::Entity>(2, "physician_id", |column| match column {
                affiliation::Column::Id => NONE,
                _ => Some("affiliations"),
            }),
        ],
        ChangedThing::Sheet => vec![
            main::<liaison_sheet::Entity>(of_sheet),
            listed::<liaison_sheet::Entity>(),
            below::<liaison_entry::Entity>(4, "sheet_id", |column| match column {
                liaison_entry::Column::Id | liaison_entry::Column::Reach => NONE,
                _ => Some("entries"),
            }),
        ],
        ChangedThing::LiaisonContact => {
            vec![main::<liaison_contact::Entity>(of_liaison_contact), listed::<liaison_contact::Entity>()]
        }
        ChangedThing::Acceptance => {
            vec![main::<medical_acceptance::Entity>(of_acceptance), listed::<medical_acceptance::Entity>()]
        }
        ChangedThing::Vacancy => {
            vec![main::<vacancy_report::Entity>(of_vacancy), listed::<vacancy_report::Entity>()]
        }
    }
}

/// The row of the thing itself. All columns are read: some tell the readers.
fn main<E: EntityTrait>(field: fn(E::Column) -> Option<&'static str>) -> Part {
    let table = E::default().table_name();
    let columns = E::Column::iter().map(|column| read::<E>(column, field(column).unwrap_or_default()));
    Part { part: MAIN, from: table.to_owned(), key: format!("{table}.id"), columns: columns.collect() }
}

/// Rows that name their thing by its internal key.
fn below<E: EntityTrait>(part: i32, key: &str, field: fn(E::Column) -> Option<&'static str>) -> Part {
    let table = E::default().table_name();
    Part { part, from: table.to_owned(), key: format!("{table}.{key}"), columns: compared::<E>(field) }
}

/// Rows that name their thing by its UUID.
fn named<E: EntityTrait, N: EntityTrait>(
    part: i32,
    key: &str,
    field: fn(E::Column) -> Option<&'static str>,
) -> Part {
    let (table, named) = (E::default().table_name(), N::default().table_name());
    let from = format!("{table} JOIN {named} ON {named}.uuid = {table}.{key}");
    Part { part, from, key: format!("{named}.id"), columns: compared::<E>(field) }
}

/// The list of readers of a thing.
fn listed<N: EntityTrait>() -> Part {
    named::<distribution::Entity, N>(READERS, "thing_uuid", |column| match column {
        distribution::Column::ThingUuid => NONE,
        distribution::Column::OrganizationId | distribution::Column::CoversChildren => Some("distribution"),
    })
}

fn compared<E: EntityTrait>(field: fn(E::Column) -> Option<&'static str>) -> Vec<Column> {
    E::Column::iter().filter_map(|column| Some(read::<E>(column, field(column)?))).collect()
}

fn read<E: EntityTrait>(column: E::Column, field: &'static str) -> Column {
    let is_uuid = *column.def().get_column_type() == ColumnType::Uuid;
    Column { name: column.as_str(), is_uuid, field }
}
