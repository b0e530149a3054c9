//! Closed sets of values as the graph shows them.

use crate::terms::labelled;
use async_graphql::Enum;
use entity::enums;

/// Kind of a resource (地域資源の種別).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "enums::ResourceKind")]
pub enum ResourceKind {
    /// Place of gathering (通いの場).
    GatheringPlace,
    /// Mutual-aid group (支え合い活動).
    MutualAidGroup,
    /// Private service outside of the care insurance (介護保険外サービス).
    PrivateService,
    /// Medical facility (医療機関).
    MedicalFacility,
    /// Care facility (介護事業所).
    CareFacility,
    /// Consultation desk (相談窓口).
    ConsultationDesk,
}

/// Publication state (掲載状態).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "enums::PublicationState")]
pub enum PublicationState {
    /// A draft (下書き).
    Draft,
    /// Being reviewed (確認中).
    InReview,
    /// Published (公開中).
    Published,
    /// Suspended for a while (一時休止).
    Suspended,
    /// Ended (終了).
    Ended,
    /// Taken back (掲載取下げ).
    Withdrawn,
}

/// Whether and why a resource has a position (位置の状態).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "enums::LocationStatus")]
pub enum LocationStatus {
    /// It has a position (位置あり).
    Located,
    /// It comes to you (固定所在地なし).
    NoFixedPlace,
    /// Nobody knows the position (位置未確認).
    Unknown,
    /// The position is not public, for example a private home (非公開).
    Withheld,
}

/// How a position was found (位置精度).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "enums::PositionPrecision")]
pub enum PositionPrecision {
    /// As published by the source (原典).
    Source,
    /// The building (建物).
    Building,
    /// The block (街区).
    Block,
    /// The representative point of the 町字: the real place may be a kilometre away.
    Town,
}

/// From where a resource can be used (利用できる範囲).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "enums::ServiceArea")]
pub enum ServiceArea {
    /// From everywhere.
    Everywhere,
    /// From the districts listed.
    Districts,
    /// Nobody has recorded it; ask first.
    Unknown,
}

/// Who answers at a contact point (連絡先の種別).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "enums::ContactKind")]
pub enum ContactKind {
    /// The main line (代表).
    Representative,
    /// Where to apply (申込先).
    Application,
    /// Somebody who passes it on, such as a support centre (仲介).
    Intermediary,
    /// A member of staff (担当者).
    Staff,
    /// The leader in person (代表者個人).
    LeaderPersonal,
}

/// Order of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
pub enum ResourceOrder {
    /// Exact names first, then names that begin with the text, then the rest. Needs `text`.
    Relevance,
    /// Nearest first. Needs `near`.
    Distance,
    /// By reading, or by name where there is no reading (五十音順).
    Name,
    /// Most recently verified first; never verified ones last.
    RecentlyVerified,
    /// Surely open now first, then those nobody can be sure of, then closed ones (開いている順). All pages
    /// of a list are judged at the instant of its first one.
    OpenFirst,
}

labelled! {
    /// Who may know something (公開範囲).
    Visibility as entity::enums::Visibility {
        /// Everybody (公開).
        Public = "公開",
        /// Partner organisations, and whoever else holds a role (連携団体限り).
        Partner = "連携団体限り",
        /// Care and medical professionals (医療介護専門職限り).
        CareProfessional = "医療介護専門職限り",
        /// Coordinators of its districts (生活支援コーディネーター限り).
        Coordinator = "生活支援コーディネーター限り",
        /// The city (市担当者限り).
        Admin = "市担当者限り",
    }
}
