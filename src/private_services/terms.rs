//! Words for private services outside of the care insurance.

use crate::terms::labelled;

labelled! {
    /// What is offered (介護保険外サービスの種類).
    PrivateServiceKind {
        /// Delivery (宅配).
        Delivery = "宅配",
        /// A shop that comes round (移動販売).
        MobileShop = "移動販売",
        /// Rides: care taxi, with wheelchair or stretcher (移送).
        Transport = "移送（介護・福祉タクシー）",
        /// Meals brought home (配食).
        Meals = "配食",
        /// Housekeeping (家事代行).
        Housekeeping = "家事代行",
        /// Looking in on people (見守り).
        Watching = "見守り",
        /// Hairdressing at home (訪問理美容).
        Hairdressing = "訪問理美容",
        /// Aids at full price (福祉用具・実費).
        Equipment = "福祉用具（実費）",
        /// Brought to a bath and back (温浴送迎).
        Bathing = "温浴送迎",
        /// Something else (その他).
        Other = "その他",
    }

    /// Who has checked the provider (信頼の裏付け).
    VouchedBy {
        /// The city lists it (市の一覧に掲載).
        CityList = "市の一覧に掲載",
        /// A certificate of its trade (業界の認証).
        TradeCertification = "業界の認証",
        /// A subsidy programme (補助事業の対象).
        SubsidyProgram = "補助事業の対象",
        /// Nobody (確認なし).
        None = "確認なし",
    }
}
