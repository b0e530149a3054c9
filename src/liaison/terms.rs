//! Words of liaison sheets and desks.

use crate::terms::labelled;

labelled! {
    /// A way to turn to somebody (連絡手段).
    ContactChannel {
        /// By phone (電話).
        Phone = "電話",
        /// By fax (FAX).
        Fax = "FAX",
        /// By mail (メール).
        Email = "メール",
        /// In person (面談・訪問).
        Visit = "面談・訪問",
        /// Together with the patient at an appointment (受診同行).
        WithPatient = "受診同行",
        /// By post (郵送).
        Post = "郵送",
        /// Papers brought by hand (書類持参).
        HandDelivery = "書類持参",
        /// Through the regional record system Net4U (Net4U).
        Net4u = "Net4U",
        /// Through the liaison office or its social worker (連携室・相談員経由).
        ViaLiaisonOffice = "連携室・相談員経由",
        /// Through the reception or a nurse (受付・看護師経由).
        ViaReception = "受付・看護師経由",
        /// Another way, see the note (その他).
        Other = "その他",
    }

    /// What somebody turns to a physician or desk for (連絡の目的).
    ContactPurpose {
        /// The first contact about a person (初回).
        FirstContact = "初回",
        /// A question or consultation (照会・相談).
        Consultation = "照会・相談",
        /// Admission and discharge (入退院調整).
        Discharge = "入退院調整",
        /// Opinions and papers (意見書・書類).
        Documents = "意見書・書類",
        /// Conferences on a person's services (担当者会議).
        Conference = "担当者会議",
        /// Medication (服薬).
        Medication = "服薬",
        /// Urgent matters (緊急). A sheet is never for emergencies.
        Urgent = "緊急",
    }

    /// Whether a physician attends a conference (会議への出席). No answer is UNKNOWN, never CANNOT.
    ConferenceAttendance {
        /// Attends (出席可).
        CanAttend = "出席可",
        /// Attends where conditions are met: place, time (条件付き).
        Conditional = "条件付き",
        /// Attends online (オンライン可).
        Online = "オンライン可",
        /// Answers an inquiry in writing instead (照会に書面で回答).
        WrittenReply = "照会に書面で回答",
        /// Does not attend (出席不可).
        Cannot = "出席不可",
        /// Nobody has said (未確認).
        Unknown = "未確認",
    }

    /// Whether something is offered (対応). No answer is UNKNOWN, never NO.
    Offered {
        /// Offered (可).
        Yes = "可",
        /// To be discussed case by case (要相談).
        Consult = "要相談",
        /// Not offered (不可).
        No = "不可",
        /// Nobody has said (未確認).
        Unknown = "未確認",
    }

    /// Whether an appointment is wanted (予約の要否).
    AppointmentNeed {
        /// Not needed (不要).
        NotNeeded = "不要",
        /// Welcome (あるとよい).
        Preferred = "あるとよい",
        /// Required (必要).
        Required = "必要",
    }

    /// Who answers (窓口になる人).
    AnswererRole {
        /// The physician (医師本人).
        Doctor = "医師本人",
        /// A nurse (看護師).
        Nurse = "看護師",
        /// A medical social worker (医療ソーシャルワーカー).
        Msw = "医療ソーシャルワーカー",
        /// A clerk (事務).
        Clerk = "事務",
        /// A nurse for liaison or discharge (連携・退院支援看護師).
        LiaisonNurse = "連携・退院支援看護師",
        /// A pharmacist (薬剤師).
        Pharmacist = "薬剤師",
        /// A care manager (介護支援専門員).
        CareManager = "介護支援専門員",
        /// Somebody else (その他).
        Other = "その他",
    }

    /// What a desk of professionals is for (窓口の種類).
    LiaisonContactKind as entity::enums::LiaisonContactKind {
        /// For everyday questions (平時の連絡窓口).
        General = "平時の連絡窓口",
        /// For admission and discharge, named anew every fiscal year (退院調整担当者).
        Discharge = "退院調整担当者",
    }

    /// Whose desk it is (機関の種類).
    LiaisonOrganizationType as entity::enums::LiaisonOrganizationType {
        /// Medical institution with beds (医療機関（有床）).
        HospitalWithBeds = "医療機関（有床）",
        /// Medical institution without beds (医療機関（無床）).
        ClinicNoBeds = "医療機関（無床）",
        /// Dental clinic (歯科医院).
        Dental = "歯科医院",
        /// Pharmacy (調剤薬局).
        Pharmacy = "調剤薬局",
        /// Care management office (居宅介護支援事業所).
        CareManagementOffice = "居宅介護支援事業所",
        /// Community support centre (地域包括支援センター).
        SupportCenter = "地域包括支援センター",
        /// Small multifunctional home (小規模多機能).
        SmallMultifunction = "小規模多機能",
        /// Visiting nurses (訪問看護).
        VisitingNurse = "訪問看護",
        /// Another one (その他).
        Other = "その他",
    }

    /// What a desk of professionals answers (相談の内容).
    LiaisonTopic {
        /// Everyday questions (平時の相談).
        General = "平時の相談",
        /// At admission (入院時).
        Admission = "入院時",
        /// At discharge (退院時).
        Discharge = "退院時",
        /// Opinions of the physician (意見書).
        Opinion = "意見書",
        /// Medication (服薬).
        Medication = "服薬",
    }

    /// How fresh a sheet or desk is, by its review date (鮮度).
    ReviewState {
        /// Reviewed in time (確認済み).
        Fresh = "確認済み",
        /// The review is due (要確認).
        Due = "要確認",
        /// Overdue for three months or more (古い可能性).
        Stale = "古い可能性",
    }
}
