//! A resource (地域資源) of any kind.

use crate::enums::{LocationStatus, PositionPrecision, PublicationState, ResourceKind, ServiceArea};
use sea_orm::entity::prelude::*;

/// One row is a resource of the directory (地域資源), whatever its kind.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "resource")]
pub struct Model {
    /// Internal key; it never leaves the program.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Public id: a UUIDv5 of the official key, the same in every database.
    pub uuid: Uuid,
    /// Kind (種別).
    pub kind: ResourceKind,
    /// Publication state (掲載状態).
    pub state: PublicationState,
    /// Name (名称).
    pub name: String,
    /// Reading of the name as published (名称カナ); null: not published.
    pub name_kana: Option<String>,
    /// Name in everyday use (通称); null: none.
    pub alias: Option<String>,
    /// Description in words (説明), of local kinds only; null: none.
    pub description: Option<String>,
    /// Web page, http or https; null: not published.
    pub url: Option<String>,
    /// Folded reading or, without one, folded name; the order of lists.
    pub sort_key: String,
    /// Codes joined by commas: service codes `150,210`, `CLINIC`, or set and word `gathering:SALON`.
    pub categories: String,
    /// Code of the prefecture (都道府県), two digits: `06`; null: not known.
    pub prefecture_code: Option<String>,
    /// References `municipality.id`; null: the address does not tell it for certain.
    pub municipality_id: Option<i64>,
    /// References `district.id`: the district it stands in (所在地の圏域); null: not known.
    pub home_district_id: Option<i64>,
    /// Address as published (住所), digits in half width; null: unknown or not public.
    pub address: Option<String>,
    /// Building and floor (方書); null: none, or not public.
    pub building: Option<String>,
    /// Whether and why there is a position (位置の状態).
    pub location_status: LocationStatus,
    /// WGS 84 latitude in degrees; null: no position.
    pub latitude: Option<f64>,
    /// WGS 84 longitude in degrees; null: no position.
    pub longitude: Option<f64>,
    /// Precision of the position (位置精度); null: no position.
    pub position_precision: Option<PositionPrecision>,
    /// Z-order cell of the position (`crates/japan/src/values/cell.rs`), 0 to 2^40 - 1; null unless located.
    pub cell: Option<i64>,
    /// Area from which it can be used (利用できる範囲).
    pub service_area: ServiceArea,
    /// References `organization.id`: the body that runs it (運営団体); null: not known.
    pub organization_id: Option<i64>,
    /// References `source.id`: the data set it comes from (出典); null: none.
    pub source_id: Option<i64>,
    /// Day in Asia/Tokyo the facts are from (情報時点); null: unknown.
    pub as_of: Option<Date>,
    /// Day in Asia/Tokyo on which a person last verified the facts (最終確認日); null: never.
    pub last_verified_on: Option<Date>,
    /// Day of the complete file that no longer had it (公表一覧から消えた日); null: still listed.
    pub vanished_on: Option<Date>,
    /// Remarks (備考); null: none.
    pub note: Option<String>,
    /// Fingerprint of everything an import derived for it, 32 hexadecimal digits; an import skips a resource
    /// with an equal one. Empty after a text was withheld, so that the next import writes it again; null: an
    /// import withdrew the resource, or none derived it.
    pub digest: Option<String>,
    /// First day in Asia/Tokyo of the suspension (休止期間); null: not recorded.
    pub suspended_from: Option<Date>,
    /// Last day in Asia/Tokyo of the suspension; null: not recorded.
    pub suspended_to: Option<Date>,
    /// Reason of the suspension in Japanese, `冬季`; null: none.
    pub suspension_reason: Option<String>,
}

/// None is declared: the stores name their joins themselves.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
