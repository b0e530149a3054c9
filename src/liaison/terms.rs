//! Words of liaison sheets and desks.

use crate::terms::labelled;

labelled! {
    /// A way to turn to somebody (連絡手段).
    ContactChannel {
        /// By phone (電話).
        Phone = ("電話", "でんわ", "電話", "Telephone"),
        /// By fax (FAX).
        Fax = ("FAX", "ふぁっくす", "FAX", "Fax"),
        /// By mail (メール).
        Email = ("メール", "めーる", "メール", "Mail"),
        /// In person (面談・訪問).
        Visit = ("面談・訪問", "めんだんほうもん", "会って 話す", "In person"),
        /// Together with the patient at an appointment (受診同行).
        WithPatient = ("受診同行", "じゅしんどうこう", "患者と いっしょに 行く", "Together with the patient"),
        /// By post (郵送).
        Post = ("郵送", "ゆうそう", "手紙", "Letter"),
        /// Papers brought by hand (書類持参).
        HandDelivery = ("書類持参", "しょるいじさん", "書類を 持って 行く", "Documents by hand"),
        /// Through the regional record system Net4U (Net4U).
        Net4u = ("Net4U", "ねっとふぉーゆー", "Net4U（医療の ネット）", "Net4U"),
        /// Through the liaison office or its social worker (連携室・相談員経由).
        ViaLiaisonOffice = ("連携室・相談員経由", "れんけいしつそうだんいんけいゆ", "連携室の 人に 頼む", "Through the liaison office"),
        /// Through the reception or a nurse (受付・看護師経由).
        ViaReception = ("受付・看護師経由", "うけつけかんごしけいゆ", "受付・看護師に 頼む", "Through reception or a nurse"),
        /// Another way, see the note (その他).
        Other = ("その他", "そのた", "ほか", "Other"),
    }

    /// What somebody turns to a physician or desk for (連絡の目的).
    ContactPurpose {
        /// The first contact about a person (初回).
        FirstContact = ("初回", "しょかい", "はじめて", "First contact"),
        /// A question or consultation (照会・相談).
        Consultation = ("照会・相談", "しょうかいそうだん", "聞く・相談", "Question or consultation"),
        /// Admission and discharge (入退院調整).
        Discharge = ("入退院調整", "にゅうたいいんちょうせい", "入院・退院", "Admission and discharge"),
        /// Opinions and papers (意見書・書類).
        Documents = ("意見書・書類", "いけんしょしょるい", "書類", "Documents"),
        /// Conferences on a person's services (担当者会議).
        Conference = ("担当者会議", "たんとうしゃかいぎ", "会議", "Conference"),
        /// Medication (服薬).
        Medication = ("服薬", "ふくやく", "薬", "Medication"),
        /// Urgent matters (緊急). A sheet is never for emergencies.
        Urgent = ("緊急", "きんきゅう", "急ぎ", "Urgent"),
    }

    /// Whether a physician attends a conference (会議への出席). No answer is UNKNOWN, never CANNOT.
    ConferenceAttendance {
        /// Attends (出席可).
        CanAttend = ("出席可", "しゅっせきか", "出られる", "Can attend"),
        /// Attends where conditions are met: place, time (条件付き).
        Conditional = ("条件付き", "じょうけんつき", "場合に よる", "Under conditions"),
        /// Attends online (オンライン可).
        Online = ("オンライン可", "おんらいんか", "インターネットで 出られる", "Online"),
        /// Answers an inquiry in writing instead (照会に書面で回答).
        WrittenReply = ("照会に書面で回答", "しょうかいにしょめんでかいとう", "紙で 答える", "Replies in writing"),
        /// Does not attend (出席不可).
        Cannot = ("出席不可", "しゅっせきふか", "出られない", "Cannot attend"),
        /// Nobody has said (未確認).
        Unknown = ("未確認", "みかくにん", "まだ わからない", "Not confirmed"),
    }



    /// Whether an appointment is wanted (予約の要否).
    AppointmentNeed {
        /// Not needed (不要).
        NotNeeded = ("不要", "ふよう", "いらない", "Not needed"),
        /// Welcome (あるとよい).
        Preferred = ("あるとよい", "あるとよい", "ある ほうが よい", "Preferred"),
        /// Required (必要).
        Required = ("必要", "ひつよう", "いる", "Required"),
    }

    /// Who answers (窓口になる人).
    AnswererRole {
        /// The physician (医師本人).
        Doctor = ("医師本人", "いしほんにん", "医者", "The physician"),
        /// A nurse (看護師).
        Nurse = ("看護師", "かんごし", "看護師", "Nurse"),
        /// A medical social worker (医療ソーシャルワーカー).
        Msw = ("医療ソーシャルワーカー", "いりょうそーしゃるわーかー", "病院の 相談の 人", "Medical social worker"),
        /// A clerk (事務).
        Clerk = ("事務", "じむ", "事務の 人", "Clerk"),
        /// A nurse for liaison or discharge (連携・退院支援看護師).
        LiaisonNurse = ("連携・退院支援看護師", "れんけいたいいんしえんかんごし", "退院を 手伝う 看護師", "Liaison nurse"),
        /// A pharmacist (薬剤師).
        Pharmacist = ("薬剤師", "やくざいし", "薬の 人（薬剤師）", "Pharmacist"),
        /// A care manager (介護支援専門員).
        CareManager = ("介護支援専門員", "かいごしえんせんもんいん", "ケアマネジャー", "Care manager"),
        /// Somebody else (その他).
        Other = ("その他", "そのた", "ほか", "Other"),
    }

    /// What a desk of professionals is for (窓口の種類).
    LiaisonContactKind as entity::enums::LiaisonContactKind {
        /// For everyday questions (平時の連絡窓口).
        General = ("平時の連絡窓口", "へいじのれんらくまどぐち", "ふだんの 連絡の 場所", "Everyday contact"),
        /// For admission and discharge, named anew every fiscal year (退院調整担当者).
        Discharge = ("退院調整担当者", "たいいんちょうせいたんとうしゃ", "退院の 担当の 人", "Discharge coordinator"),
    }

    /// Whose desk it is (機関の種類).
    LiaisonOrganizationType as entity::enums::LiaisonOrganizationType {
        /// Medical institution with beds (医療機関（有床）).
        HospitalWithBeds = ("医療機関（有床）", "いりょうきかんゆうしょう", "泊まれる 病院", "Hospital or clinic with beds"),
        /// Medical institution without beds (医療機関（無床）).
        ClinicNoBeds = ("医療機関（無床）", "いりょうきかんむしょう", "泊まらない 診療所", "Clinic without beds"),
        /// Dental clinic (歯科医院).
        Dental = ("歯科医院", "しかいいん", "歯医者", "Dental clinic"),
        /// Pharmacy (調剤薬局).
        Pharmacy = ("調剤薬局", "ちょうざいやっきょく", "薬局", "Pharmacy"),
        /// Care management office (居宅介護支援事業所).
        CareManagementOffice = ("居宅介護支援事業所", "きょたくかいごしえんじぎょうしょ", "ケアマネジャーの 事務所", "Care management office"),
        /// Community support centre (地域包括支援センター).
        SupportCenter = ("地域包括支援センター", "ちいきほうかつしえんせんたー", "お年寄りの 相談の 場所（地域包括支援センター）", "Community support centre"),
        /// Small multifunctional home (小規模多機能).
        SmallMultifunction = ("小規模多機能", "しょうきぼたきのう", "小さな 介護の 家（小規模多機能）", "Small multifunction home"),
        /// Visiting nurses (訪問看護).
        VisitingNurse = ("訪問看護", "ほうもんかんご", "家に 来る 看護師", "Visiting nurses"),
        /// Another one (その他).
        Other = ("その他", "そのた", "ほか", "Other"),
    }

    /// What a desk of professionals answers (相談の内容).
    LiaisonTopic {
        /// Everyday questions (平時の相談).
        General = ("平時の相談", "へいじのそうだん", "ふだんの 相談", "Everyday questions"),
        /// At admission (入院時).
        Admission = ("入院時", "にゅういんじ", "入院の とき", "Admission"),
        /// At discharge (退院時).
        Discharge = ("退院時", "たいいんじ", "退院の とき", "Discharge"),
        /// Opinions of the physician (意見書).
        Opinion = ("意見書", "いけんしょ", "医者の 意見の 紙", "Opinion letter"),
        /// Medication (服薬).
        Medication = ("服薬", "ふくやく", "薬", "Medication"),
    }


}
