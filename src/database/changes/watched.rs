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
use sea_orm::{ColumnTrait, ColumnType, EntityName, EntityTrait, IdenStatic, Iterable};
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
    let part = Of;
    match thing {
        ChangedThing::Resource => vec![
            part.main(of_resource),
            part.below::<resource_district::Entity>(READERS, "resource_id", of_served_area),
            part.below::<contact_point::Entity>(CONTACTS, "resource_id", of_contact),
            part.below::<schedule::Entity>(8, "resource_id", of_schedule),
            part.below::<care_service::Entity>(16, "resource_id", of_service),
            part.below::<medical_facility::Entity>(32, "resource_id", of_medical_facility),
            part.below::<medical_facility_department::Entity>(64, "resource_id", of_department),
            part.below::<local_details::Entity>(128, "resource_id", of_local_details),
            part.below::<resource_tag::Entity>(256, "resource_id", |_| Some("details")),
            part.below::<identifier::Entity>(512, "resource_id", |_| Some("identifiers")),
            part.below::<held_text::Entity>(2048, "resource_id", of_held_text),
            part.named::<consent::Entity, resource::Entity>(CONSENTS, "resource_uuid", of_consent),
        ],
        ChangedThing::District => vec![
            part.main(of_district),
            part.below::<district_town::Entity>(2, "district_id", |column| match column {
                district_town::Column::Id | district_town::Column::NameKey => NONE,
                _ => Some("towns"),
            }),
        ],
        ChangedThing::Municipality => vec![
            part.main(of_municipality),
            part.below::<municipality_boundary::Entity>(2, "municipality_id", |_| Some("boundary")),
            part.below::<town::Entity>(4, "municipality_id", |column| match column {
                town::Column::Id | town::Column::NameKey => NONE,
                _ => Some("towns"),
            }),
        ],
        ChangedThing::Coordinator => vec![
            part.main(of_coordinator),
            part.below::<coordinator_district::Entity>(2, "coordinator_id", |_| Some("districts")),
        ],
        ChangedThing::Organization => vec![part.main(of_organization)],
        ChangedThing::Source => vec![part.main(of_source)],
        ChangedThing::Physician => vec![
            part.main(of_physician),
            part.below::<affiliation::Entity>(2, "physician_id", |column| match column {
                affiliation::Column::Id => NONE,
                _ => Some("affiliations"),
            }),
        ],
        ChangedThing::Sheet => vec![
            part.main(of_sheet),
            part.listed::<liaison_sheet::Entity>(),
            part.below::<liaison_entry::Entity>(4, "sheet_id", |column| match column {
                liaison_entry::Column::Id | liaison_entry::Column::Reach => NONE,
                _ => Some("entries"),
            }),
        ],
        ChangedThing::LiaisonContact => {
            vec![part.main(of_liaison_contact), part.listed::<liaison_contact::Entity>()]
        }
        ChangedThing::Acceptance => {
            vec![part.main(of_acceptance), part.listed::<medical_acceptance::Entity>()]
        }
        ChangedThing::Vacancy => vec![part.main(of_vacancy), part.listed::<vacancy_report::Entity>()],
    }
}

/// Makes the parts of a thing.
struct Of;

impl Of {
    fn main<C: Columns>(&self, field: fn(C) -> Option<&'static str>) -> Part {
        let table = C::Entity::default().table_name();
        // All columns are read: some tell the readers.
        let columns = C::iter().map(|column| read::<C::Entity>(column, field(column).unwrap_or_default()));
        self.part(MAIN, table.to_owned(), format!("{table}.id"), columns.collect())
    }

    fn below<E: EntityTrait>(
        &self,
        part: i32,
        key: &str,
        field: fn(E::Column) -> Option<&'static str>,
    ) -> Part {
        let table = E::default().table_name();
        self.part(part, table.to_owned(), format!("{table}.{key}"), compared::<E>(field))
    }

    /// Rows that name their thing by its UUID.
    fn named<E: EntityTrait, N: EntityTrait>(
        &self,
        part: i32,
        key: &str,
        field: fn(E::Column) -> Option<&'static str>,
    ) -> Part {
        let (table, named) = (E::default().table_name(), N::default().table_name());
        let from = format!("{table} JOIN {named} ON {named}.uuid = {table}.{key}");
        self.part(part, from, format!("{named}.id"), compared::<E>(field))
    }

    fn listed<N: EntityTrait>(&self) -> Part {
        self.named::<distribution::Entity, N>(READERS, "thing_uuid", |column| match column {
            distribution::Column::ThingUuid => NONE,
            distribution::Column::OrganizationId | distribution::Column::CoversChildren => {
                Some("distribution")
            }
        })
    }

    fn part(&self, part: i32, from: String, key: String, columns: Vec<Column>) -> Part {
        Part { part, from, key, columns }
    }
}

/// The columns of an entity.
trait Columns: ColumnTrait + IdenStatic + Iterable + Copy {
    type Entity: EntityTrait<Column = Self>;
}

macro_rules! main_tables {
    ($($table:ident),* $(,)?) => { $(impl Columns for $table::Column { type Entity = $table::Entity; })* };
}

main_tables!(
    resource,
    district,
    municipality,
    coordinator,
    organization,
    source,
    physician,
    liaison_sheet,
    liaison_contact,
    medical_acceptance,
    vacancy_report,
);

fn compared<E: EntityTrait>(field: fn(E::Column) -> Option<&'static str>) -> Vec<Column> {
    E::Column::iter().filter_map(|column| Some(read::<E>(column, field(column)?))).collect()
}

fn read<E: EntityTrait>(column: E::Column, field: &'static str) -> Column {
    let is_uuid = *column.def().get_column_type() == ColumnType::Uuid;
    Column { name: column.as_str(), is_uuid, field }
}
