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
    /// Postal code (郵便番号), `997-0816`; null: unknown or not public.
    pub postal_code: Option<String>,
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
    /// Day in Asia/Tokyo on which it came into this directory (登録日); null: before such days were kept.
    pub created_on: Option<Date>,
    /// Day in Asia/Tokyo on which its facts last changed here (更新日); null: before such days were kept.
    pub updated_on: Option<Date>,
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

/// The free texts of a resource beside its name, borrowed from a row or from what will become one.
pub struct Texts<'t> {
    /// Reading of the name (名称カナ).
    pub name_kana: &'t mut Option<String>,
    /// Name in everyday use (通称).
    pub alias: &'t mut Option<String>,
    /// Description (説明); `None`: not of a local kind.
    pub description: Option<&'t mut Option<String>>,
    /// Web page.
    pub url: &'t mut Option<String>,
    /// Address (住所).
    pub address: &'t mut Option<String>,
    /// Building and floor (方書).
    pub building: &'t mut Option<String>,
    /// Name of the organization that runs it, which is a row of its own (運営団体).
    pub organization: &'t mut Option<String>,
    /// Remarks (備考).
    pub note: &'t mut Option<String>,
    /// Reason of the suspension (休止の理由); `None`: there is no suspension.
    pub suspension_reason: Option<&'t mut Option<String>>,
}

impl<'t> Texts<'t> {
    /// Each text with its field in the words of the schema. Withheld texts are listed in this order.
    pub fn named(self) -> impl Iterator<Item = (&'static str, &'t mut Option<String>)> {
        let Self {
            name_kana,
            alias,
            description,
            url,
            address,
            building,
            organization,
            note,
            suspension_reason,
        } = self;
        let texts = [
            ("nameKana", Some(name_kana)),
            ("alias", Some(alias)),
            ("description", description),
            ("url", Some(url)),
            ("location.address", Some(address)),
            ("location.building", Some(building)),
            ("organization.name", Some(organization)),
            ("note", Some(note)),
            ("suspension.reason", suspension_reason),
        ];
        texts.into_iter().filter_map(|(field, text)| Some((field, text?)))
    }
}

impl Model {
    /// The name and the other free texts. A new column must be named here, as a text or as none.
    pub fn texts<'t>(&'t mut self, organization: &'t mut Option<String>) -> (&'t mut String, Texts<'t>) {
        let Self {
            name,
            name_kana,
            alias,
            description,
            url,
            address,
            building,
            note,
            suspension_reason,
            // No free text: keys, numbers, days and words of closed sets.
            id: _,
            uuid: _,
            kind: _,
            state: _,
            sort_key: _,
            categories: _,
            prefecture_code: _,
            municipality_id: _,
            home_district_id: _,
            postal_code: _,
            location_status: _,
            latitude: _,
            longitude: _,
            position_precision: _,
            cell: _,
            service_area: _,
            organization_id: _,
            source_id: _,
            as_of: _,
            last_verified_on: _,
            vanished_on: _,
            created_on: _,
            updated_on: _,
            digest: _,
            suspended_from: _,
            suspended_to: _,
        } = self;
        let description = Some(description);
        let suspension_reason = Some(suspension_reason);
        (
            name,
            Texts {
                name_kana,
                alias,
                description,
                url,
                address,
                building,
                organization,
                note,
                suspension_reason,
            },
        )
    }
}

/// None is declared: the stores name their joins themselves.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
