//! Words for private services outside of the care insurance.

use crate::terms::labelled;

labelled! {
    /// What is offered (介護保険外サービスの種類).
    PrivateServiceKind {
        /// Delivery (宅配).
        Delivery = ("宅配", "たくはい", "家に 届ける", "Delivery"),
        /// A shop that comes round (移動販売).
        MobileShop = ("移動販売", "いどうはんばい", "店の 車が 来る", "Mobile shop"),
        /// Rides: care taxi, with wheelchair or stretcher (移送).
        Transport = ("移送（介護・福祉タクシー）", "いそうかいごふくしたくしー", "介護の タクシー", "Care taxi"),
        /// Meals brought home (配食).
        Meals = ("配食", "はいしょく", "弁当を 届ける", "Meals"),
        /// Housekeeping (家事代行).
        Housekeeping = ("家事代行", "かじだいこう", "家の 仕事", "Housekeeping"),
        /// Looking in on people (見守り).
        Watching = ("見守り", "みまもり", "元気か 見に 来る", "Looking in"),
        /// Hairdressing at home (訪問理美容).
        Hairdressing = ("訪問理美容", "ほうもんりびよう", "家で 髪を 切る", "Hairdressing at home"),
        /// Aids at full price (福祉用具・実費).
        Equipment = ("福祉用具（実費）", "ふくしようぐじっぴ", "介護の 道具", "Equipment"),
        /// Brought to a bath and back (温浴送迎).
        Bathing = ("温浴送迎", "おんよくそうげい", "お風呂に 送る", "Trips to a bath"),
        /// Something else (その他).
        Other = ("その他", "そのた", "ほか", "Other"),
    }

    /// Who has checked the provider (信頼の裏付け).
    VouchedBy {
        /// The city lists it (市の一覧に掲載).
        CityList = ("市の一覧に掲載", "しのいちらんにけいさい", "市の リストに ある", "Listed by the city"),
        /// A certificate of its trade (業界の認証).
        TradeCertification = ("業界の認証", "ぎょうかいのにんしょう", "仕事の 団体が みとめた", "Certified by its trade"),
        /// A subsidy programme (補助事業の対象).
        SubsidyProgram = ("補助事業の対象", "ほじょじぎょうのたいしょう", "市などが お金を 助ける", "Subsidized programme"),
        /// Nobody (確認なし).
        None = ("確認なし", "かくにんなし", "だれも 確かめて いない", "Nobody"),
    }
}
