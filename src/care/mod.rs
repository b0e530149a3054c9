//! Care facilities (介護事業所) and their services.

mod object;
pub mod queries;
pub mod store;

use crate::resources::Listed;
use crate::resources::row::Row;
use crate::terms::labelled;
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

labelled! {
    /// What kind of help a care service is (サービスの分類).
    CareServiceGroup as codes::ServiceGroup {
        /// Somebody comes home (訪問系).
        HomeVisit = ("訪問系", "ほうもんけい", "家に 来る", "At home"),
        /// By day (通所系).
        Day = ("通所系", "つうしょけい", "昼に 通う", "By day"),
        /// For some nights (短期入所系).
        ShortStay = ("短期入所系", "たんきにゅうしょけい", "少しの あいだ 泊まる", "For some nights"),
        /// Living there with care (居住系).
        Residential = ("居住系", "きょじゅうけい", "介護を うけて 住む", "Living with care"),
        /// Institutions (施設系).
        Facility = ("施設系", "しせつけい", "施設に 住む", "Institutions"),
        /// Visits, days and nights from one hand (小規模多機能系).
        Multifunction = ("小規模多機能系", "しょうきぼたきのうけい", "家・昼・泊まりの ぜんぶ", "Visits, days and nights"),
        /// Aids and equipment (福祉用具).
        Equipment = ("福祉用具", "ふくしようぐ", "介護の 道具", "Aids and equipment"),
        /// Care managers (居宅介護支援).
        CareManagement = ("居宅介護支援", "きょたくかいごしえん", "ケアマネジャー", "Care managers"),
    }
}

labelled! {
    /// Days on which a service is available.
    AvailableDay {
        /// Monday to Friday (平日).
        Weekday = ("平日", "へいじつ", "月曜日から 金曜日", "Monday to Friday"),
        /// Saturday (土曜日).
        Saturday = ("土曜日", "どようび", "土曜日", "Saturday"),
        /// Sunday (日曜日).
        Sunday = ("日曜日", "にちようび", "日曜日", "Sunday"),
        /// Public holidays (祝日).
        Holiday = ("祝日", "しゅくじつ", "祝日", "Public holidays"),
    }
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
