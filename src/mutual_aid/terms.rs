//! Words for mutual-aid groups.

use crate::terms::labelled;

labelled! {
    /// What help is given (活動区分).
    AidCategory {
        /// Help with shopping (買い物支援).
        Shopping = "買い物支援",
        /// A shop that comes round (移動販売).
        MobileSales = "移動販売",
        /// Taking out the rubbish (ゴミ出し).
        Garbage = "ゴミ出し",
        /// Clearing snow (除雪・雪かき).
        Snow = "除雪・雪かき",
        /// Going out together, rides (移送・外出支援).
        Transport = "移送・外出支援",
        /// Looking in on people (見守り・声かけ).
        Watching = "見守り・声かけ",
        /// Meals brought home (配食).
        MealDelivery = "配食",
        /// Cleaning, washing, cooking (家事).
        Housework = "家事（掃除・洗濯・調理）",
        /// Grass and garden (草刈り・庭).
        Mowing = "草刈り・庭の手入れ",
        /// Digging over a field (畑おこし).
        FarmWork = "畑おこし",
        /// Small things such as light bulbs (電球交換等ちょこっと).
        LightBulb = "電球交換などのちょこっと支援",
        /// Somebody to talk to (話し相手).
        Conversation = "話し相手",
        /// Fetching medicine, errands (薬の受取り・代行).
        Errand = "薬の受取り・代行",
        /// Relief for carers (留守番・介護者支援).
        CarerRelief = "留守番・介護者支援",
        /// Looking after children (子どもの世話).
        Child = "子どもの世話",
        /// A shop run by residents (住民運営の店).
        ShopCommunity = "住民運営の店",
        /// Something else (その他).
        Other = "その他",
    }

    /// Whether helpers are paid (有償・無償).
    Compensation {
        /// Not paid (無償).
        Unpaid = "無償",
        /// Paid a little (有償ボランティア).
        PaidVolunteer = "有償ボランティア",
        /// A business (民間サービス).
        Business = "民間サービス",
        /// With tickets (利用券).
        Ticket = "利用券",
        /// With saved time (時間貯蓄).
        TimeBank = "時間貯蓄",
    }

    /// Legal basis of rides (移送の法的位置付け). A fare is shown only once its legal basis was reviewed: publishing
    /// one can make a ride a paid transport under the law.
    TransportLegalBasis {
        /// No transport (移送なし).
        NotTransport = "移送なし",
        /// No permit needed: actual cost or a gift (許可・登録不要).
        UnpaidActualCost = "許可・登録不要（実費・謝礼）",
        /// Registered welfare transport (福祉有償運送).
        RegisteredWelfare = "福祉有償運送",
        /// Registered transport in areas without public transport (公共交通空白地有償運送).
        RegisteredArea = "公共交通空白地有償運送",
        /// A taxi company (タクシー事業).
        TaxiPermit = "タクシー事業",
        /// Not reviewed (未確認).
        Unreviewed = "未確認",
    }
}
