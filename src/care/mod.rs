//! Care facilities (介護事業所) and their services.

mod object;
pub mod queries;
pub mod store;

use crate::resources::Listed;
use crate::resources::row::Row;
use async_graphql::Enum;
use entity::care_service;
use entity::enums::ResourceKind;
use japan::codes;

/// A care facility.
#[derive(Clone, Debug)]
pub struct CareFacility(pub Row);

impl Listed for CareFacility {
    const NAME: &'static str = "CareFacility";

    fn from_row(row: Row) -> Option<Self> {
        (row.kind == ResourceKind::CareFacility).then_some(Self(row))
    }

    fn row(&self) -> &Row {
        &self.0
    }
}

/// A kind of care insurance service.
#[derive(Clone, Copy, Debug)]
pub struct CareServiceType(pub &'static codes::CareServiceType);

impl CareServiceType {
    /// The type with a three-digit code.
    pub fn of_code(code: &str) -> Option<Self> {
        codes::care_service_type(code).map(Self)
    }
}

/// What kind of help a care service is (サービスの分類).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "codes::ServiceGroup")]
pub enum CareServiceGroup {
    /// Somebody comes home (訪問系).
    HomeVisit,
    /// By day (通所系).
    Day,
    /// For some nights (短期入所系).
    ShortStay,
    /// Living there with care (居住系).
    Residential,
    /// Institutions (施設系).
    Facility,
    /// Visits, days and nights from one hand (小規模多機能系).
    Multifunction,
    /// Aids and equipment (福祉用具).
    Equipment,
    /// Care managers (居宅介護支援).
    CareManagement,
}

/// Days on which a service is available.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum AvailableDay {
    /// Monday to Friday (平日).
    Weekday,
    /// Saturday (土曜日).
    Saturday,
    /// Sunday (日曜日).
    Sunday,
    /// Public holidays (祝日).
    Holiday,
}

impl AvailableDay {
    /// The bit under which it is stored.
    pub fn bit(self) -> i16 {
        match self {
            Self::Weekday => 1,
            Self::Saturday => 2,
            Self::Sunday => 4,
            Self::Holiday => 8,
        }
    }
}

/// One service of a care facility.
#[derive(Clone, Debug)]
pub struct CareService(pub care_service::Model);
