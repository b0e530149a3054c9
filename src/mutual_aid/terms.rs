//! Words for mutual-aid groups.

use crate::terms::labelled;

labelled! {
    /// What help is given (活動区分).
    AidCategory {
        /// Help with shopping (買い物支援).
        Shopping = ("買い物支援", "かいものしえん", "買い物の 手伝い", "Shopping help"),
        /// A shop that comes round (移動販売).
        MobileSales = ("移動販売", "いどうはんばい", "店の 車が 来る", "Mobile shop"),
        /// Taking out the rubbish (ゴミ出し).
        Garbage = ("ゴミ出し", "ごみだし", "ごみを 出す", "Taking out rubbish"),
        /// Clearing snow (除雪・雪かき).
        Snow = ("除雪・雪かき", "じょせつゆきかき", "雪かき", "Snow clearing"),
        /// Going out together, rides (移送・外出支援).
        Transport = ("移送・外出支援", "いそうがいしゅつしえん", "車で 送る・出かける 手伝い", "Transport and outings"),
        /// Looking in on people (見守り・声かけ).
        Watching = ("見守り・声かけ", "みまもりこえかけ", "元気か 見に 来る", "Looking in"),
        /// Meals brought home (配食).
        MealDelivery = ("配食", "はいしょく", "弁当を 届ける", "Meal delivery"),
        /// Cleaning, washing, cooking (家事).
        Housework = ("家事（掃除・洗濯・調理）", "かじそうじせんたくちょうり", "家の 仕事（掃除・洗濯・料理）", "Housework"),
        /// Grass and garden (草刈り・庭).
        Mowing = ("草刈り・庭の手入れ", "くさかりにわのていれ", "草を 切る・庭", "Mowing and gardens"),
        /// Digging over a field (畑おこし).
        FarmWork = ("畑おこし", "はたけおこし", "畑の 手伝い", "Digging fields"),
        /// Small things such as light bulbs (電球交換等ちょこっと).
        LightBulb = ("電球交換などのちょこっと支援", "でんきゅうこうかんなどのちょこっとしえん", "電球を かえるなど 小さな 手伝い", "Small repairs"),
        /// Somebody to talk to (話し相手).
        Conversation = ("話し相手", "はなしあいて", "話を する", "Company"),
        /// Fetching medicine, errands (薬の受取り・代行).
        Errand = ("薬の受取り・代行", "くすりのうけとりだいこう", "薬を もらいに 行くなど", "Errands"),
        /// Relief for carers (留守番・介護者支援).
        CarerRelief = ("留守番・介護者支援", "るすばんかいごしゃしえん", "介護の 家族が 休む ための 留守番", "Relief for carers"),
        /// Looking after children (子どもの世話).
        Child = ("子どもの世話", "こどものせわ", "子どもの 世話", "Child care"),
        /// A shop run by residents (住民運営の店).
        ShopCommunity = ("住民運営の店", "じゅうみんうんえいのみせ", "近所の 人の 店", "Shop run by residents"),
        /// Something else (その他).
        Other = ("その他", "そのた", "ほか", "Other"),
    }

    /// Whether helpers are paid (有償・無償).
    Compensation {
        /// Not paid (無償).
        Unpaid = ("無償", "むしょう", "お金は いらない", "Unpaid"),
        /// Paid a little (有償ボランティア).
        PaidVolunteer = ("有償ボランティア", "ゆうしょうぼらんてぃあ", "少し お金が いる 助け合い", "Paid volunteers"),
        /// A business (民間サービス).
        Business = ("民間サービス", "みんかんさーびす", "会社の サービス", "Business"),
        /// With tickets (利用券).
        Ticket = ("利用券", "りようけん", "チケット", "Tickets"),
        /// With saved time (時間貯蓄).
        TimeBank = ("時間貯蓄", "じかんちょちく", "手伝った 時間を ためる", "Time bank"),
    }

    /// Legal basis of rides (移送の法的位置付け). A fare is shown only once its legal basis was reviewed: publishing
    /// one can make a ride a paid transport under the law.
    TransportLegalBasis {
        /// No transport (移送なし).
        NotTransport = ("移送なし", "いそうなし", "車で 送らない", "No transport"),
        /// No permit needed: actual cost or a gift (許可・登録不要).
        UnpaidActualCost = ("許可・登録不要（実費・謝礼）", "きょかとうろくふようじっぴしゃれい", "許可の いらない 車", "No permit needed (actual costs)"),
        /// Registered welfare transport (福祉有償運送).
        RegisteredWelfare = ("福祉有償運送", "ふくしゆうしょううんそう", "福祉の 車（登録）", "Registered welfare transport"),
        /// Registered transport in areas without public transport (公共交通空白地有償運送).
        RegisteredArea = ("公共交通空白地有償運送", "こうきょうこうつうくうはくちゆうしょううんそう", "バスの ない 所の 車（登録）", "Registered transport where none else is"),
        /// A taxi company (タクシー事業).
        TaxiPermit = ("タクシー事業", "たくしーじぎょう", "タクシー", "Taxi"),
        /// Not reviewed (未確認).
        Unreviewed = ("未確認", "みかくにん", "まだ わからない", "Not reviewed"),
    }
}
