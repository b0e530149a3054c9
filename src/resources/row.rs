//! One resource as loaded: always its identity, the rest only when a field of the graph needs it.

use super::contacts::{self, ContactPoint};
use crate::auth::Viewer;
use crate::database::packed::{self, Cells};
use crate::organizations::{Organization, store as organizations};
use async_graphql::SelectionField;
use chrono::NaiveDate;
use entity::enums::{LocationStatus, PositionPrecision, PublicationState, ResourceKind, ServiceArea};
use entity::resource::Column;
use sea_orm::sea_query::SimpleExpr;
use sea_orm::{DbBackend, DbErr, IntoSimpleExpr};
use std::collections::HashMap;
use std::sync::LazyLock;
use uuid::Uuid;

/// Columns beside the identity; a set of bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Columns(u32);

/// Generates [`Row`], [`Location`] and all code that depends on their columns from one table. A line has the
/// column, the field that holds it, its type, the reader of its cell, and the fields of the graph that need
/// it.
macro_rules! columns {
    (
        row { $($column:ident $field:ident: $type:ty = $read:path, [$($graph:literal),+];)+ }
        location { $($place:ident $part:ident: $part_type:ty = $part_read:path, [$($part_graph:literal),+];)+ }
        nested { $($cell:ident $nested:ident: $nested_type:ty = $select:path, $nested_read:path, [$($nested_graph:literal),+];)+ }
    ) => {
        /// Columns beside the identity, in the order in which they are selected and read.
        #[derive(Clone, Copy, Debug)]
        enum Cell { $($column,)+ $($place,)+ $($cell,)+ }

        impl Cell {
            const ALL: &[Self] = &[$(Self::$column,)+ $(Self::$place,)+ $(Self::$cell,)+];

            fn expression(self, viewer: &Viewer, backend: DbBackend) -> SimpleExpr {
                match self {
                    $(Self::$column => Column::$column.into_simple_expr(),)+
                    $(Self::$place => Column::$place.into_simple_expr(),)+
                    $(Self::$cell => $select(viewer, backend),)+
                }
            }

            /// Fields of a resource in the graph.
            fn fields(self) -> &'static [&'static str] {
                match self {
                    $(Self::$column => &[$($graph),+],)+
                    $(Self::$place => &[],)+
                    $(Self::$cell => &[$($nested_graph),+],)+
                }
            }

            /// Fields of its location in the graph.
            fn location_fields(self) -> &'static [&'static str] {
                match self {
                    $(Self::$place => &[$($part_graph),+],)+
                    _ => &[],
                }
            }
        }

        /// A resource as loaded; columns that were not selected are `None`.
        #[derive(Clone, Debug)]
        pub struct Row {
            /// Internal key, `resource.id`.
            pub id: i64,
            /// Public id, `resource.uuid`.
            pub uuid: Uuid,
            /// Kind (種別).
            pub kind: ResourceKind,
            /// Name (名称).
            pub name: String,
            $(
                /// The column of this name in `resource`; `None`: null there, or not selected.
                pub $field: $type,
            )+
            /// Place (所在地).
            pub location: Location,
            $(
                /// Rows of other tables (運営団体, 連絡先), read in the same statement; empty when not selected.
                pub $nested: $nested_type,
            )+
        }

        /// The location of a resource, as loaded.
        #[derive(Clone, Debug, Default)]
        pub struct Location {
            $(
                /// A column of `resource` about its place; `None`: null there, or not selected.
                pub $part: $part_type,
            )+
        }

        impl Row {
            /// Reads a row that was selected with these columns.
            pub fn read(cells: &mut Cells, columns: Columns) -> Result<Self, DbErr> {
                Ok(Self {
                    id: cells.value()?,
                    uuid: cells.uuid()?,
                    kind: cells.member()?,
                    name: cells.value()?,
                    $($field: columns.read(Cell::$column, cells, $read)?,)+
                    location: Location {
                        $($part: columns.read(Cell::$place, cells, $part_read)?,)+
                    },
                    $($nested: columns.read(Cell::$cell, cells, $nested_read)?,)+
                })
            }
        }
    };
}

columns! {
    row {
        NameKana name_kana: Option<String> = Cells::value, ["nameKana"];
        Alias alias: Option<String> = Cells::value, ["alias"];
        Description description: Option<String> = Cells::value, ["description"];
        Url url: Option<String> = Cells::value, ["url"];
        State state: Option<PublicationState> = Cells::optional_member, ["state", "suspension", "openState", "nextOpen"];
        ServiceArea service_area: Option<ServiceArea> = Cells::optional_member, ["serviceArea"];
        SourceId source_id: Option<i64> = Cells::value, ["source", "disclaimer"];
        AsOf as_of: Option<NaiveDate> = Cells::value, ["asOf", "disclaimer", "freshness", "openState", "nextOpen"];
        LastVerifiedOn last_verified_on: Option<NaiveDate> = Cells::value, ["lastVerifiedOn", "freshness", "openState", "nextOpen"];
        VanishedOn vanished_on: Option<NaiveDate> = Cells::value, ["vanishedOn", "freshness", "openState", "nextOpen"];
        CreatedOn created_on: Option<NaiveDate> = Cells::value, ["createdOn"];
        UpdatedOn updated_on: Option<NaiveDate> = Cells::value, ["updatedOn"];
        Note note: Option<String> = Cells::value, ["note"];
        Categories categories: Option<String> = Cells::value, ["institutionType"];
        SuspendedFrom suspended_from: Option<NaiveDate> = Cells::value, ["suspension", "openState", "nextOpen"];
        SuspendedTo suspended_to: Option<NaiveDate> = Cells::value, ["suspension", "openState", "nextOpen"];
        SuspensionReason suspension_reason: Option<String> = Cells::value, ["suspension", "openState"];
    }
    location {
        PrefectureCode prefecture_code: Option<String> = Cells::value, ["prefecture"];
        MunicipalityId municipality_id: Option<i64> = Cells::value, ["municipality"];
        HomeDistrictId home_district_id: Option<i64> = Cells::value, ["homeDistrict"];
        PostalCode postal_code: Option<String> = Cells::value, ["postalCode"];
        Address address: Option<String> = Cells::value, ["address"];
        Building building: Option<String> = Cells::value, ["building"];
        LocationStatus status: Option<LocationStatus> = Cells::optional_member, ["status", "position"];
        Latitude latitude: Option<f64> = Cells::value, ["position"];
        Longitude longitude: Option<f64> = Cells::value, ["position"];
        PositionPrecision precision: Option<PositionPrecision> = Cells::optional_member, ["position"];
    }
    nested {
        Organization organization: Option<Organization> = organization, read_organization, ["organization"];
        Contacts contacts: Vec<ContactPoint> = contacts::nested, read_contacts, ["contacts"];
    }
}

fn organization(_: &Viewer, backend: DbBackend) -> SimpleExpr {
    organizations::nested(backend, Column::OrganizationId.into_simple_expr())
}

fn read_organization(cells: &mut Cells) -> Result<Option<Organization>, DbErr> {
    cells.row()?.map(organizations::read).transpose()
}

fn read_contacts(cells: &mut Cells) -> Result<Vec<ContactPoint>, DbErr> {
    contacts::read(cells.rows()?)
}

/// The columns that each field of the graph needs; other fields load by the key of the resource.
static FIELDS: LazyLock<HashMap<&str, Columns>> = LazyLock::new(|| needed_by(Cell::fields));
static LOCATION_FIELDS: LazyLock<HashMap<&str, Columns>> = LazyLock::new(|| needed_by(Cell::location_fields));

fn needed_by(fields: fn(Cell) -> &'static [&'static str]) -> HashMap<&'static str, Columns> {
    let mut needed: HashMap<&str, Columns> = HashMap::new();
    for cell in Cell::ALL {
        for field in fields(*cell) {
            let columns = needed.entry(*field).or_default();
            *columns = columns.with(Columns::one(*cell));
        }
    }
    needed
}

impl Columns {
    /// Latitude and longitude.
    pub const POSITION: Self = Self(Self::one(Cell::Latitude).0 | Self::one(Cell::Longitude).0);
    /// The position with its status and precision.
    pub const PLACE: Self =
        Self(Self::POSITION.0 | Self::one(Cell::LocationStatus).0 | Self::one(Cell::PositionPrecision).0);
    /// Everything.
    pub const ALL: Self = Self((1 << Cell::ALL.len()) - 1);

    const fn one(cell: Cell) -> Self {
        Self(1 << cell as u32)
    }

    /// The columns that a selection of fields on a resource needs.
    pub fn of<'s>(fields: impl Iterator<Item = SelectionField<'s>>) -> Self {
        fields.fold(Self::default(), |columns, field| columns.with(Self::of_field(&field)))
    }

    /// Both.
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn of_field(field: &SelectionField<'_>) -> Self {
        if field.name() == "location" {
            let parts = field.selection_set();
            return parts
                .fold(Self::default(), |all, part| all.with(Self::named(&LOCATION_FIELDS, part.name())));
        }
        Self::named(&FIELDS, field.name())
    }

    fn named(fields: &HashMap<&str, Self>, name: &str) -> Self {
        fields.get(name).copied().unwrap_or_default()
    }

    /// The expressions to select, identity first.
    pub fn expressions(self, viewer: &Viewer, backend: DbBackend) -> Vec<SimpleExpr> {
        let identity = [
            Column::Id.into_simple_expr(),
            packed::uuid(backend, Column::Uuid.into_simple_expr()),
            Column::Kind.into_simple_expr(),
            Column::Name.into_simple_expr(),
        ];
        let asked = Cell::ALL.iter().filter(|cell| self.has(**cell));
        identity.into_iter().chain(asked.map(|cell| cell.expression(viewer, backend))).collect()
    }

    fn has(self, cell: Cell) -> bool {
        self.0 & Self::one(cell).0 != 0
    }

    /// The next cell, when it was selected.
    fn read<T: Default>(
        self,
        cell: Cell,
        cells: &mut Cells,
        read: impl FnOnce(&mut Cells) -> Result<T, DbErr>,
    ) -> Result<T, DbErr> {
        if self.has(cell) { read(cells) } else { Ok(T::default()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::parser::types::{FieldDefinition, TypeKind, TypeSystemDefinition};
    use chrono::DateTime;
    use japan::clock::Clock;

    /// Fields that need only the identity, or load by it.
    const BY_IDENTITY: [&str; 7] =
        ["id", "kind", "name", "serviceDistricts", "withheld", "schedules", "identifiers"];

    fn fields_of(name: &str) -> Vec<FieldDefinition> {
        let schema =
            async_graphql::parser::parse_schema(include_str!("../../schema.graphql")).expect("a schema");
        let fields = schema.definitions.into_iter().find_map(|definition| match definition {
            TypeSystemDefinition::Type(of_type) if of_type.node.name.node == *name => match of_type.node.kind
            {
                TypeKind::Object(object) => Some(object.fields),
                TypeKind::Interface(interface) => Some(interface.fields),
                _ => None,
            },
            _ => None,
        });
        fields.expect("a type with fields").into_iter().map(|field| field.node).collect()
    }

    #[test]
    fn every_field_of_a_resource_says_which_columns_it_needs() {
        for field in fields_of("Resource") {
            let name = field.name.node.as_str();
            let by_identity = BY_IDENTITY.contains(&name);
            let named = name == "location" || FIELDS.contains_key(name);
            assert!(by_identity != named, "`{name}` is named in neither table, or in both");
        }
        for field in fields_of("Location") {
            let name = field.name.node.as_str();
            assert!(LOCATION_FIELDS.contains_key(name), "`location.{name}` is not in the table");
        }
    }

    #[test]
    fn what_a_field_needs_is_selected() {
        let columns = |name: &str| Columns::named(&FIELDS, name);
        assert_eq!(columns("organization"), Columns::one(Cell::Organization));
        assert_eq!(columns("schedules"), Columns::default());
        let backend = DbBackend::Sqlite;
        let selected =
            columns("suspension").expressions(&Viewer::public(Clock::at(DateTime::UNIX_EPOCH)), backend);
        assert_eq!(selected.len(), 4 + 4);
        assert_eq!(
            Columns::ALL.expressions(&Viewer::public(Clock::at(DateTime::UNIX_EPOCH)), backend).len(),
            4 + Cell::ALL.len()
        );
    }
}
