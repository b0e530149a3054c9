//! Words that several local kinds share.

use crate::terms::labelled;

labelled! {
    /// How helpers and guests are insured (保険).
    Insurance {
        /// An insurance for volunteers (ボランティア保険).
        Volunteer = ("ボランティア保険", "ぼらんてぃあほけん", "ボランティアの 保険", "Volunteer insurance"),
        /// An insurance for events (行事保険).
        Event = ("行事保険", "ぎょうじほけん", "イベントの 保険", "Event insurance"),
        /// Another one (その他).
        Other = ("その他", "そのた", "ほか", "Other"),
        /// None (未加入).
        None = ("未加入", "みかにゅう", "保険は ない", "None"),
    }

    /// What it is within the comprehensive programme of care prevention (総合事業の位置付け).
    SogoJigyo {
        /// Nothing (位置付けなし).
        None = ("位置付けなし", "いちづけなし", "市の 制度では ない", "None"),
        /// Help at home by residents (訪問型サービスB).
        HoumonB = ("訪問型B", "ほうもんがたびー", "家に 来る 助け合い（訪問型B）", "Home help by residents (type B)"),
        /// A place to go run by residents (通所型サービスB).
        TsushoB = ("通所型B", "つうしょがたびー", "集まる 助け合い（通所型B）", "Day gathering by residents (type B)"),
        /// Help with getting about (訪問型サービスD).
        HoumonD = ("訪問型D", "ほうもんがたでぃー", "車の 助け合い（訪問型D）", "Transport by residents (type D)"),
        /// General care prevention (一般介護予防).
        General = ("一般介護予防", "いっぱんかいごよぼう", "元気で いる ための 活動", "General prevention"),
    }

    /// How one pays (料金の種類).
    FeeKind {
        /// Free of charge (無料).
        Free = ("無料", "むりょう", "お金は いらない", "Free"),
        /// Free, but material or food is paid for (無料・実費あり).
        FreePlusActual = ("無料（実費あり）", "むりょうじっぴあり", "かかった 分だけ", "Free, but for actual costs"),
        /// A fixed amount each time (定額).
        Fixed = ("1回ごと", "いっかいごと", "1回ごと", "Each time"),
        /// Between two amounts (金額に幅あり).
        Range = ("金額に幅あり", "きんがくにはばあり", "いくらかは 場合に よる", "A range"),
        /// By the time it takes (時間単位).
        PerTime = ("時間単位", "じかんたんい", "時間で 決まる", "By time"),
        /// With tickets (利用券).
        Ticket = ("利用券", "りようけん", "チケット", "Ticket"),
        /// A yearly fee of members (年会費).
        Membership = ("年会費", "ねんかいひ", "1年の お金", "Yearly fee"),
        /// What it actually costs (実費).
        ActualCost = ("実費", "じっぴ", "かかった 分", "Actual cost"),
        /// To be asked (要問合せ).
        Negotiable = ("要問合せ", "ようといあわせ", "聞いて ください", "On request"),
        /// Nobody has recorded it (不明).
        Unknown = ("不明", "ふめい", "わからない", "Unknown"),
    }

    /// What makes a place usable for people who walk badly, see or hear badly (バリアフリー).
    Accessibility {
        /// No steps on the way in (段差なし).
        StepFree = ("段差なし", "だんさなし", "段が ない", "Step-free"),
        /// A ramp (スロープ).
        Ramp = ("スロープ", "すろーぷ", "坂の 道が ある", "Ramp"),
        /// A toilet for wheelchairs (多目的トイレ).
        WheelchairToilet = ("多目的トイレ", "たもくてきといれ", "車いすの トイレ", "Wheelchair-accessible toilet"),
        /// A lift (エレベーター).
        Elevator = ("エレベーター", "えれべーたー", "エレベーター", "Elevator"),
        /// Handrails (手すり).
        Handrail = ("手すり", "てすり", "つかまる 手すり", "Handrail"),
        /// Chairs to sit on (椅子席).
        ChairSeating = ("椅子席", "いすせき", "いすに すわる", "Chairs"),
        /// A hearing loop (ヒアリングループ).
        HearingLoop = ("ヒアリングループ", "ひありんぐるーぷ", "聞こえを 助ける 機械", "Hearing loop"),
        /// Parking for people with disabilities (優先駐車場).
        ParkingPriority = ("優先駐車場", "ゆうせんちゅうしゃじょう", "体の 不自由な 人の 駐車場", "Priority parking"),
    }

    /// Whether one has to announce oneself (予約).
    Reservation {
        /// Just come (予約不要).
        None = ("予約不要", "よやくふよう", "予約は いらない", "Not needed"),
        /// Announce yourself each time (要予約).
        Required = ("要予約", "ようよやく", "予約が いる", "Required"),
        /// Only the first time (初回のみ要予約).
        FirstTimeOnly = ("初回のみ要予約", "しょかいのみようよやく", "はじめだけ 予約が いる", "First time only"),
        /// Nobody has recorded it (不明).
        Unknown = ("不明", "ふめい", "わからない", "Unknown"),
    }

    /// Whether new users are taken (新規受付).
    Intake {
        /// Yes (受付中).
        Open = ("受付中", "うけつけちゅう", "今 申し込める", "Open"),
        /// On a waiting list (空き待ち).
        Waitlist = ("空き待ち", "あきまち", "待つ", "Waiting list"),
        /// Not for now (新規受付停止).
        Closed = ("新規受付停止", "しんきうけつけていし", "今は 申し込めない", "Closed"),
        /// Nobody has recorded it (不明).
        Unknown = ("不明", "ふめい", "わからない", "Unknown"),
    }

    /// For whom it is (性別).
    Gender {
        /// Everybody (どなたでも).
        Any = ("どなたでも", "どなたでも", "だれでも", "Anyone"),
        /// Men only (男性限定).
        MaleOnly = ("男性限定", "だんせいげんてい", "男の 人だけ", "Men only"),
        /// Women only (女性限定).
        FemaleOnly = ("女性限定", "じょせいげんてい", "女の 人だけ", "Women only"),
    }
}
