//! One service of a care facility, keyed by office number and service code.

use sea_orm::entity::prelude::*;

/// One row is a service of a care facility (介護サービス): an office number with a service code.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "care_service")]
pub struct Model {
    /// Internal key; it never leaves the program.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// References `resource.id`: the care facility.
    pub resource_id: i64,
    /// Office number (介護保険事業所番号): ten digits or capital letters.
    pub office_number: String,
    /// Official code of the kind of service (サービスの種類), three digits: `110`.
    pub service_code: String,
    /// Place among the services of the facility, from 0; the first one names the facility.
    pub ordinal: i32,
    /// Name under which the service is published (事業所名).
    pub name: String,
    /// Reading of the name (事業所名カナ); null: not published.
    pub name_kana: Option<String>,
    /// Address of the service where it differs from that of the facility (所在地); null: at the facility.
    pub address: Option<String>,
    /// Building and floor at that address (方書); null: none, or at the facility.
    pub building: Option<String>,
    /// Web page, http or https; null: not published.
    pub url: Option<String>,
    /// Capacity (定員) in persons; null: not published.
    pub capacity: Option<i32>,
    /// Bit set of days (利用可能曜日): 1 weekdays, 2 Saturday, 4 Sunday, 8 holidays; null: not published.
    pub available_days: Option<i16>,
    /// Words of the publisher about the days (利用可能曜日特記事項); null: none.
    pub available_days_note: Option<String>,
    /// Whether older and disabled persons use the service together (共生型サービス); null: not published.
    pub is_kyosei: Option<bool>,
    /// Whether it meets the usual standard of care insurance (介護保険の通常の指定基準); null: not published.
    pub meets_kaigo_standard: Option<bool>,
    /// Whether it meets the usual standard of disability welfare (障害福祉の通常の指定基準); null: not published.
    pub meets_shogai_standard: Option<bool>,
    /// Remarks (備考); null: none.
    pub note: Option<String>,
    /// Day in Asia/Tokyo the facts are from (情報時点); null: unknown.
    pub as_of: Option<Date>,
    /// Day of the complete file that no longer had the service (公表一覧から消えた日); null: still listed.
    pub vanished_on: Option<Date>,
}

/// None is declared: the stores name their joins themselves.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
