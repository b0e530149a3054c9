//! Closed sets of values as the graph shows them.

use super::filter::given;
use crate::error::Result;
use crate::terms::labelled;
use entity::enums;

labelled! {
    /// Kind of a resource (地域資源の種別).
    ResourceKind as enums::ResourceKind {
        /// Place of gathering (通いの場).
        GatheringPlace = ("通いの場", "かよいのば", "みんなが 集まる 場所（通いの場）", "Place of gathering"),
        /// Mutual-aid group (支え合い活動).
        MutualAidGroup = ("支え合い活動", "ささえあいかつどう", "近所の 助け合い（支え合い活動）", "Mutual-aid group"),
        /// Private service outside of the care insurance (介護保険外サービス).
        PrivateService = ("介護保険外サービス", "かいごほけんがいさーびす", "お金を はらう 手伝い（介護保険では ない）", "Private service"),
        /// Medical facility (医療機関).
        MedicalFacility = ("医療機関", "いりょうきかん", "病院・薬局など", "Medical facility"),
        /// Care facility (介護事業所).
        CareFacility = ("介護事業所", "かいごじぎょうしょ", "介護の 施設・会社", "Care facility"),
        /// Consultation desk (相談窓口).
        ConsultationDesk = ("相談窓口", "そうだんまどぐち", "相談する 場所", "Consultation desk"),
    }
}

labelled! {
    /// Publication state (掲載状態).
    PublicationState as enums::PublicationState {
        /// A draft (下書き).
        Draft = ("下書き", "したがき", "まだ 見せない", "Draft"),
        /// Published (公開中).
        Published = ("公開中", "こうかいちゅう", "見せて いる", "Published"),
        /// Suspended for a while (一時休止).
        Suspended = ("一時休止", "いちじきゅうし", "今は 休み", "Suspended for a while"),
        /// Ended (終了).
        Ended = ("終了", "しゅうりょう", "もう ない", "Ended"),
        /// Taken back (掲載取下げ).
        Withdrawn = ("掲載取下げ", "けいさいとりさげ", "見せるのを やめた", "Taken back"),
    }
}

labelled! {
    /// Whether and why a resource has a position (位置の状態).
    LocationStatus as enums::LocationStatus {
        /// It has a position (位置あり).
        Located = ("位置あり", "いちあり", "場所が わかる", "Has a position"),
        /// It comes to you (固定所在地なし).
        NoFixedPlace = ("固定所在地なし", "こていしょざいちなし", "決まった 場所は ない", "No fixed place"),
        /// Nobody knows the position (位置未確認).
        Unknown = ("位置未確認", "いちみかくにん", "場所が わからない", "Position not known"),
        /// The position is not public, for example a private home (非公開).
        Withheld = ("非公開", "ひこうかい", "場所は 見せない", "Not public"),
    }
}

labelled! {
    /// How a position was found (位置精度).
    PositionPrecision {
        /// As published by the source (原典).
        Source = ("原典", "げんてん", "正しい 場所", "As published"),
        /// The representative point of the 町字: the real place may be a kilometre away.
        Town = ("町字の代表点", "まちあざのだいひょうてん", "だいたいの 場所（町）", "Point of the neighbourhood"),
        /// The centre of several positions (中心), of a cluster on the map.
        Center = ("中心", "ちゅうしん", "いくつかの 真ん中", "Centre of several"),
    }
}

labelled! {
    /// From where a resource can be used (利用できる範囲).
    ServiceArea as enums::ServiceArea {
        /// From everywhere (どこからでも).
        Everywhere = ("どこからでも", "どこからでも", "どこに 住んで いても 使える", "From everywhere"),
        /// From the districts listed (記載の地区から).
        Districts = ("地区を限定", "ちくをげんてい", "決まった 地区の 人だけ", "From some districts"),
        /// Nobody has recorded it (不明); ask first.
        Unknown = ("未確認", "みかくにん", "わからない。聞いて ください", "Not recorded"),
    }
}

labelled! {
    /// Who answers at a contact point (連絡先の種別).
    ContactKind as enums::ContactKind {
        /// The main line (代表).
        Representative = ("代表", "だいひょう", "いちばんの 電話", "Main line"),
        /// Where to apply (申込先).
        Application = ("申込先", "もうしこみさき", "申し込む 所", "Applications"),
        /// Somebody who passes it on, such as a support centre (仲介).
        Intermediary = ("仲介", "ちゅうかい", "つないで くれる 所", "Intermediary"),
        /// A member of staff (担当者).
        Staff = ("担当者", "たんとうしゃ", "担当の 人", "Staff"),
        /// The leader in person (代表者個人).
        LeaderPersonal = ("代表者個人", "だいひょうしゃこじん", "リーダーの 人", "The leader in person"),
    }
}

labelled! {
    /// Order of a list.
    ResourceOrder {
        /// Exact names first, then names that begin with the text, then the rest (一致順). Needs `text`.
        Relevance = ("関連順", "かんれんじゅん", "合う 順番", "Best match first"),
        /// Nearest first (近い順). Needs `near`.
        Distance = ("近い順", "ちかいじゅん", "近い 順番", "Nearest first"),
        /// By reading, or by name where there is no reading (五十音順).
        Name = ("五十音順", "ごじゅうおんじゅん", "あいうえお順", "By name"),
        /// Most recently verified first (確認が新しい順); never verified ones last.
        RecentlyVerified = ("確認日が新しい順", "かくにんびがあたらしいじゅん", "新しく 確かめた 順番", "Recently verified first"),
        /// Surely open now first, then those nobody can be sure of, then closed ones (開いている順). All pages
        /// of a list are judged at the instant of its first one.
        OpenFirst = ("開いている順", "あいているじゅん", "あいて いる 順番", "Open first"),
    }
}

labelled! {
    /// Who may know something (公開範囲).
    Visibility as entity::enums::Visibility {
        /// Everybody (公開).
        Public = ("公開", "こうかい", "だれでも 見られる", "Public"),
        /// Partner organisations, and whoever else holds a role (連携団体限り).
        Partner = ("連携団体限り", "れんけいだんたいかぎり", "いっしょに 活動する 団体だけ", "Partners only"),
        /// Care and medical professionals (医療介護専門職限り).
        CareProfessional = ("医療介護専門職限り", "いりょうかいごせんもんしょくかぎり", "医療・介護の 仕事の 人だけ", "Care professionals only"),
        /// Coordinators of its districts (生活支援コーディネーター限り).
        Coordinator = ("生活支援コーディネーター限り", "せいかつしえんこーでぃねーたーかぎり", "地域の 助け合いを つなぐ 人だけ", "Coordinators only"),
        /// The city (市担当者限り).
        Admin = ("市担当者限り", "したんとうしゃかぎり", "市の 担当の 人だけ", "City officers only"),
    }
}

impl From<enums::PositionPrecision> for PositionPrecision {
    fn from(stored: enums::PositionPrecision) -> Self {
        match stored {
            enums::PositionPrecision::Source => Self::Source,
            enums::PositionPrecision::Town => Self::Town,
        }
    }
}

/// The kinds of an argument as they are stored; `None`: all kinds.
///
/// # Errors
/// `INVALID_INPUT` when there are too many.
pub fn stored(kinds: &Option<Vec<ResourceKind>>) -> Result<Option<Vec<enums::ResourceKind>>> {
    let kinds = given("kinds", kinds)?;
    Ok(kinds.map(|kinds| kinds.iter().map(|kind| enums::ResourceKind::from(*kind)).collect()))
}
