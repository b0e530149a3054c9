//! One resource as loaded: always its identity, the rest only when somebody asks for it.

use super::contacts::{self, ContactPoint};
use super::location::Location;
use crate::auth::Viewer;
use crate::database::packed::{self, Cells};
use crate::organizations::{Organization, store as organizations};
use async_graphql::SelectionField;
use chrono::NaiveDate;
use entity::enums::{PublicationState, ResourceKind, ServiceArea};
use entity::resource::Column;
use sea_orm::sea_query::SimpleExpr;
use sea_orm::{DbBackend, DbErr, IntoSimpleExpr};
use uuid::Uuid;

/// Columns beside the identity; a set of bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Columns(u32);

const ORGANIZATION: u32 = 1 << 15;
const CONTACTS: u32 = 1 << 25;

const SUSPENSION: u32 = 0b111 << 22;

/// Bits and the columns behind them, in the order in which they are selected and read. The key of
/// the organization stands for the organization itself; contacts follow after all columns.
const COLUMNS: [(u32, Column); 25] = [
    (1, Column::NameKana),
    (1 << 1, Column::Alias),
    (1 << 2, Column::Description),
    (1 << 3, Column::Url),
    (1 << 4, Column::State),
    (1 << 5, Column::PrefectureCode),
    (1 << 6, Column::MunicipalityId),
    (1 << 7, Column::HomeDistrictId),
    (1 << 8, Column::Address),
    (1 << 9, Column::Building),
    (1 << 10, Column::LocationStatus),
    (1 << 11, Column::Latitude),
    (1 << 12, Column::Longitude),
    (1 << 13, Column::PositionPrecision),
    (1 << 14, Column::ServiceArea),
    (ORGANIZATION, Column::OrganizationId),
    (1 << 16, Column::SourceId),
    (1 << 17, Column::AsOf),
    (1 << 18, Column::LastVerifiedOn),
    (1 << 19, Column::VanishedOn),
    (1 << 20, Column::Note),
    (1 << 21, Column::Categories),
    (1 << 22, Column::SuspendedFrom),
    (1 << 23, Column::SuspendedTo),
    (1 << 24, Column::SuspensionReason),
];

impl Columns {
    /// Latitude and longitude.
    pub const POSITION: Self = Self(0b11 << 11);
    /// Everything.
    pub const ALL: Self = Self((1 << 26) - 1);

    /// What a selection of fields on a resource needs.
    pub fn of<'s>(fields: impl Iterator<Item = SelectionField<'s>>) -> Self {
        fields.fold(Self::default(), |columns, field| columns.with(Self::of_field(&field)))
    }

    /// Both.
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn of_field(field: &SelectionField<'_>) -> Self {
        match field.name() {
            "nameKana" => Self(1),
            "alias" => Self(1 << 1),
            "description" => Self(1 << 2),
            "url" => Self(1 << 3),
            "state" => Self(1 << 4),
            "location" => field
                .selection_set()
                .fold(Self::default(), |all, part| all.with(Self::of_location(part.name()))),
            "serviceArea" => Self(1 << 14),
            "organization" => Self(ORGANIZATION),
            "contacts" => Self(CONTACTS),
            "source" => Self(1 << 16),
            "disclaimer" => Self(0b11 << 16),
            "asOf" => Self(1 << 17),
            "lastVerifiedOn" => Self(1 << 18),
            "missingSince" => Self(1 << 19),
            "freshness" => Self(0b11 << 17),
            "note" => Self(1 << 20),
            "institutionType" => Self(1 << 21),
            "suspension" => Self(SUSPENSION | 1 << 4),
            "openState" => Self(SUSPENSION | 1 << 4 | 0b11 << 17),
            _ => Self::default(),
        }
    }

    fn of_location(field: &str) -> Self {
        match field {
            "prefecture" => Self(1 << 5),
            "municipality" => Self(1 << 6),
            "homeDistrict" => Self(1 << 7),
            "address" => Self(1 << 8),
            "building" => Self(1 << 9),
            "status" => Self(1 << 10),
            "position" => Self(0b1111 << 10),
            _ => Self::default(),
        }
    }

    /// What to select, identity first.
    pub fn expressions(self, viewer: &Viewer, backend: DbBackend) -> Vec<SimpleExpr> {
        let mut all = vec![
            Column::Id.into_simple_expr(),
            packed::uuid(backend, Column::Uuid.into_simple_expr()),
            Column::Kind.into_simple_expr(),
            Column::Name.into_simple_expr(),
        ];
        for (bit, column) in COLUMNS.into_iter().filter(|(bit, _)| self.has(*bit)) {
            let column = column.into_simple_expr();
            all.push(match bit {
                ORGANIZATION => organizations::nested(viewer, backend, column),
                _ => column,
            });
        }
        if self.has(CONTACTS) {
            all.push(contacts::nested(viewer, backend));
        }
        all
    }

    fn has(self, bit: u32) -> bool {
        self.0 & bit != 0
    }
}

/// A resource as loaded; what was not asked for is `None`.
#[derive(Clone, Debug)]
pub struct Row {
    pub id: i64,
    pub uuid: Uuid,
    pub kind: ResourceKind,
    pub name: String,
    pub name_kana: Option<String>,
    pub alias: Option<String>,
    pub description: Option<String>,
    pub url: Option<String>,
    pub state: Option<PublicationState>,
    pub location: Location,
    pub service_area: Option<ServiceArea>,
    pub organization: Option<Organization>,
    pub source_id: Option<i64>,
    pub as_of: Option<NaiveDate>,
    pub last_verified_on: Option<NaiveDate>,
    pub vanished_on: Option<NaiveDate>,
    pub note: Option<String>,
    pub categories: Option<String>,
    pub suspended_from: Option<NaiveDate>,
    pub suspended_to: Option<NaiveDate>,
    pub suspension_reason: Option<String>,
    pub contacts: Vec<ContactPoint>,
}

impl Row {
    /// Reads a row that was selected with these columns.
    pub fn read(cells: &mut Cells, columns: Columns) -> Result<Self, DbErr> {
        let id = cells.value()?;
        let uuid = cells.uuid()?;
        let kind = cells.member()?;
        let name = cells.value()?;
        let mut next = Reader { cells, columns, bit: 0 };
        Ok(Self {
            id,
            uuid,
            kind,
            name,
            name_kana: next.column(Cells::value)?,
            alias: next.column(Cells::value)?,
            description: next.column(Cells::value)?,
            url: next.column(Cells::value)?,
            state: next.column(Cells::optional_member)?,
            location: next.location()?,
            service_area: next.column(Cells::optional_member)?,
            organization: next.column(|cells| cells.row()?.map(organizations::read).transpose())?,
            source_id: next.column(Cells::value)?,
            as_of: next.column(Cells::value)?,
            last_verified_on: next.column(Cells::value)?,
            vanished_on: next.column(Cells::value)?,
            note: next.column(Cells::value)?,
            categories: next.column(Cells::value)?,
            suspended_from: next.column(Cells::value)?,
            suspended_to: next.column(Cells::value)?,
            suspension_reason: next.column(Cells::value)?,
            contacts: next.column(|cells| contacts::read(cells.rows()?).map(Some))?.unwrap_or_default(),
        })
    }
}

/// Reads columns in their order, passing over those that were not selected.
struct Reader<'r> {
    cells: &'r mut Cells,
    columns: Columns,
    bit: u32,
}

impl Reader<'_> {
    fn column<T>(
        &mut self,
        read: impl FnOnce(&mut Cells) -> Result<Option<T>, DbErr>,
    ) -> Result<Option<T>, DbErr> {
        let selected = self.columns.has(1 << self.bit);
        self.bit += 1;
        if selected { read(self.cells) } else { Ok(None) }
    }

    fn location(&mut self) -> Result<Location, DbErr> {
        Ok(Location {
            prefecture_code: self.column(Cells::value)?,
            municipality_id: self.column(Cells::value)?,
            home_district_id: self.column(Cells::value)?,
            address: self.column(Cells::value)?,
            building: self.column(Cells::value)?,
            status: self.column(Cells::optional_member)?,
            latitude: self.column(Cells::value)?,
            longitude: self.column(Cells::value)?,
            precision: self.column(Cells::optional_member)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_follow_the_order_in_which_columns_are_read() {
        for (n, (bit, _)) in COLUMNS.iter().enumerate() {
            assert_eq!(*bit, 1 << n);
        }
        assert_eq!(CONTACTS, 1 << COLUMNS.len());
    }
}
