//! One resource as loaded: always its identity, the rest only when somebody asks for it.

use super::location::Location;
use crate::error::{Error, Result};
use async_graphql::SelectionField;
use chrono::NaiveDate;
use entity::enums::{PublicationState, ResourceKind, ServiceArea};
use entity::resource::Column;
use sea_orm::{QueryResult, TryGetable};
use uuid::Uuid;

/// Columns beside the identity; a set of bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Columns(u32);

/// Bits and the columns behind them, in the order in which they are selected and read.
const COLUMNS: [(u32, Column); 22] = [
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
    (1 << 15, Column::OrganizationId),
    (1 << 16, Column::SourceId),
    (1 << 17, Column::AsOf),
    (1 << 18, Column::LastVerifiedOn),
    (1 << 19, Column::VanishedOn),
    (1 << 20, Column::Note),
    (1 << 21, Column::Categories),
];

impl Columns {
    /// Everything.
    pub const ALL: Self = Self((1 << 22) - 1);

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
            "organization" => Self(1 << 15),
            "source" => Self(1 << 16),
            "disclaimer" => Self(0b11 << 16),
            "asOf" => Self(1 << 17),
            "lastVerifiedOn" => Self(1 << 18),
            "missingSince" => Self(1 << 19),
            "freshness" => Self(0b11 << 17),
            "note" => Self(1 << 20),
            "institutionType" => Self(1 << 21),
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

    /// The columns to select, identity first.
    pub fn list(self) -> impl Iterator<Item = Column> {
        let chosen = COLUMNS.into_iter().filter(move |(bit, _)| self.0 & bit != 0).map(|(_, column)| column);
        [Column::Id, Column::Uuid, Column::Kind, Column::Name].into_iter().chain(chosen)
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
    pub organization_id: Option<i64>,
    pub source_id: Option<i64>,
    pub as_of: Option<NaiveDate>,
    pub last_verified_on: Option<NaiveDate>,
    pub vanished_on: Option<NaiveDate>,
    pub note: Option<String>,
    pub categories: Option<String>,
}

impl Row {
    /// Reads a row that was selected with these columns.
    pub fn read(result: &QueryResult, columns: Columns) -> Result<Self> {
        let mut next = Reader { result, columns, index: 0, bit: 0 };
        Ok(Self {
            id: next.identity()?,
            uuid: next.identity()?,
            kind: next.identity()?,
            name: next.identity()?,
            name_kana: next.column()?,
            alias: next.column()?,
            description: next.column()?,
            url: next.column()?,
            state: next.column()?,
            location: Location {
                prefecture_code: next.column()?,
                municipality_id: next.column()?,
                home_district_id: next.column()?,
                address: next.column()?,
                building: next.column()?,
                status: next.column()?,
                latitude: next.column()?,
                longitude: next.column()?,
                precision: next.column()?,
            },
            service_area: next.column()?,
            organization_id: next.column()?,
            source_id: next.column()?,
            as_of: next.column()?,
            last_verified_on: next.column()?,
            vanished_on: next.column()?,
            note: next.column()?,
            categories: next.column()?,
        })
    }
}

/// Reads columns by position, passing over those that were not selected.
struct Reader<'r> {
    result: &'r QueryResult,
    columns: Columns,
    index: usize,
    bit: u32,
}

impl Reader<'_> {
    fn identity<T: TryGetable>(&mut self) -> Result<T> {
        let value = self.result.try_get_by_index(self.index).map_err(Error::from)?;
        self.index += 1;
        Ok(value)
    }

    fn column<T: TryGetable>(&mut self) -> Result<Option<T>> {
        let selected = self.columns.0 & (1 << self.bit) != 0;
        self.bit += 1;
        if selected { self.identity::<Option<T>>() } else { Ok(None) }
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
        assert_eq!(Columns::ALL.list().count(), 4 + COLUMNS.len());
    }
}
