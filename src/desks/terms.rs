//! Words for consultation desks.

use crate::terms::labelled;

labelled! {
    /// What a desk is for (相談の種類).
    DeskTopic {
        /// Community support centre: the first address for old age (地域包括支援センター).
        SupportCenter = "地域包括支援センター",
        /// Disability (障害者相談支援センター).
        Disability = "障害",
        /// Livelihood and money (生活自立支援).
        Livelihood = "生活・家計",
        /// Children and families (こども家庭センター).
        ChildFamily = "こども・子育て家庭",
        /// Medical care at home (在宅医療・介護連携).
        MedicalCare = "在宅医療・介護連携",
        /// Guardianship (成年後見).
        Guardianship = "成年後見",
        /// Abuse (虐待).
        Abuse = "虐待",
        /// Dementia (認知症).
        Dementia = "認知症",
        /// Social withdrawal (ひきこもり).
        Hikikomori = "ひきこもり",
        /// Mental health, suicide prevention (こころ・自殺対策).
        Suicide = "こころの相談",
        /// Council of social welfare (社会福祉協議会).
        Shakyo = "社会福祉協議会",
        /// Volunteers (ボランティアセンター).
        VolunteerCenter = "ボランティア",
        /// Everything (福祉総合相談).
        Comprehensive = "総合相談",
        /// Old age and care (高齢者・介護).
        Elderly = "高齢者・介護",
        /// Health (健康).
        Health = "健康",
        /// Work (就労).
        Employment = "就労",
        /// Violence and women (女性・DV).
        Women = "女性・DV",
        /// Law and consumers (法律・消費生活).
        Legal = "法律・消費生活",
        /// Something else (その他).
        Other = "その他",
    }

    /// How one can consult (相談方法).
    ConsultationMethod {
        /// By phone (電話).
        Tel = "電話",
        /// By coming (来所).
        Visit = "来所",
        /// They come to you (訪問・アウトリーチ).
        Outreach = "訪問",
        /// By mail (メール).
        Mail = "メール",
        /// By a messenger (SNS).
        Sns = "SNS",
        /// On a web page (Web).
        Web = "Web",
    }
}
