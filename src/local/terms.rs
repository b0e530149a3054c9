//! Words that several local kinds share.

use crate::terms::labelled;

labelled! {
    /// How helpers and guests are insured (保険).
    Insurance {
        /// An insurance for volunteers (ボランティア保険).
        Volunteer = "ボランティア保険",
        /// An insurance for events (行事保険).
        Event = "行事保険",
        /// Another one (その他).
        Other = "その他",
        /// None (未加入).
        None = "未加入",
    }

    /// What it is within the comprehensive programme of care prevention (総合事業の位置付け).
    SogoJigyo {
        /// Nothing (位置付けなし).
        None = "位置付けなし",
        /// Help at home by residents (訪問型サービスB).
        HoumonB = "訪問型B",
        /// A place to go run by residents (通所型サービスB).
        TsushoB = "通所型B",
        /// Help with getting about (訪問型サービスD).
        HoumonD = "訪問型D",
        /// General care prevention (一般介護予防).
        General = "一般介護予防",
    }

    /// How one pays (料金の種類).
    FeeKind {
        /// Free of charge (無料).
        Free = "無料",
        /// Free, but material or food is paid for (無料・実費あり).
        FreePlusActual = "無料（実費あり）",
        /// A fixed amount each time (定額).
        Fixed = "1回ごと",
        /// Between two amounts (金額に幅あり).
        Range = "金額に幅あり",
        /// By the time it takes (時間単位).
        PerTime = "時間単位",
        /// With tickets (利用券).
        Ticket = "利用券",
        /// A yearly fee of members (年会費).
        Membership = "年会費",
        /// What it actually costs (実費).
        ActualCost = "実費",
        /// To be asked (要問合せ).
        Negotiable = "要問合せ",
        /// Nobody has recorded it (不明).
        Unknown = "不明",
    }

    /// What makes a place usable for people who walk badly, see or hear badly (バリアフリー).
    Accessibility {
        /// No steps on the way in (段差なし).
        StepFree = "段差なし",
        /// A ramp (スロープ).
        Ramp = "スロープ",
        /// A toilet for wheelchairs (多目的トイレ).
        WheelchairToilet = "多目的トイレ",
        /// A lift (エレベーター).
        Elevator = "エレベーター",
        /// Handrails (手すり).
        Handrail = "手すり",
        /// Chairs to sit on (椅子席).
        ChairSeating = "椅子席",
        /// A hearing loop (ヒアリングループ).
        HearingLoop = "ヒアリングループ",
        /// Parking for people with disabilities (優先駐車場).
        ParkingPriority = "優先駐車場",
    }

    /// Whether somebody is taken (受け入れ). Not recorded is not no.
    Acceptance {
        /// Yes (可).
        Yes = "可",
        /// After a talk (要相談).
        Consult = "要相談",
        /// Not taken (不可).
        No = "不可",
        /// Nobody has recorded it (不明).
        Unknown = "不明",
    }

    /// Whether one has to announce oneself (予約).
    Reservation {
        /// Just come (予約不要).
        None = "予約不要",
        /// Announce yourself each time (要予約).
        Required = "要予約",
        /// Only the first time (初回のみ要予約).
        FirstTimeOnly = "初回のみ要予約",
        /// Nobody has recorded it (不明).
        Unknown = "不明",
    }

    /// Whether new users are taken (新規受付).
    Intake {
        /// Yes (受付中).
        Open = "受付中",
        /// On a waiting list (空き待ち).
        Waitlist = "空き待ち",
        /// Not for now (新規受付停止).
        Closed = "新規受付停止",
        /// Nobody has recorded it (不明).
        Unknown = "不明",
    }

    /// For whom it is (性別).
    Gender {
        /// Everybody (どなたでも).
        Any = "どなたでも",
        /// Men only (男性限定).
        MaleOnly = "男性限定",
        /// Women only (女性限定).
        FemaleOnly = "女性限定",
    }
}
