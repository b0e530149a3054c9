//! Words for consultation desks.

use crate::terms::labelled;

labelled! {
    /// What a desk is for (相談の種類).
    DeskTopic {
        /// Community support centre: the first address for old age (地域包括支援センター).
        SupportCenter = ("地域包括支援センター", "ちいきほうかつしえんせんたー", "お年寄りの 相談の 場所（地域包括支援センター）", "Community support centre"),
        /// Disability (障害者相談支援センター).
        Disability = ("障害", "しょうがい", "障害", "Disability"),
        /// Livelihood and money (生活自立支援).
        Livelihood = ("生活・家計", "せいかつかけい", "お金・生活", "Livelihood and money"),
        /// Children and families (こども家庭センター).
        ChildFamily = ("こども・子育て家庭", "こどもこそだてかてい", "子ども・子育て", "Children and families"),
        /// Medical care at home (在宅医療・介護連携).
        MedicalCare = ("在宅医療・介護連携", "ざいたくいりょうかいごれんけい", "家での 医療と 介護", "Medical care at home"),
        /// Guardianship (成年後見).
        Guardianship = ("成年後見", "せいねんこうけん", "お金や 契約を 助ける 人（成年後見）", "Adult guardianship"),
        /// Abuse (虐待).
        Abuse = ("虐待", "ぎゃくたい", "たたく・ひどい ことを する（虐待）", "Abuse"),
        /// Dementia (認知症).
        Dementia = ("認知症", "にんちしょう", "もの忘れの 病気（認知症）", "Dementia"),
        /// Social withdrawal (ひきこもり).
        Hikikomori = ("ひきこもり", "ひきこもり", "家から 出られない（ひきこもり）", "Social withdrawal"),
        /// Mental health, suicide prevention (こころ・自殺対策).
        Suicide = ("こころの相談", "こころのそうだん", "こころが つらい", "Mental distress"),
        /// Council of social welfare (社会福祉協議会).
        Shakyo = ("社会福祉協議会", "しゃかいふくしきょうぎかい", "社会福祉協議会（福祉の 団体）", "Council of social welfare"),
        /// Volunteers (ボランティアセンター).
        VolunteerCenter = ("ボランティア", "ぼらんてぃあ", "ボランティア", "Volunteering"),
        /// Everything (福祉総合相談).
        Comprehensive = ("総合相談", "そうごうそうだん", "何でも 相談", "General consultation"),
        /// Old age and care (高齢者・介護).
        Elderly = ("高齢者・介護", "こうれいしゃかいご", "お年寄り・介護", "Older people and care"),
        /// Health (健康).
        Health = ("健康", "けんこう", "体の こと", "Health"),
        /// Work (就労).
        Employment = ("就労", "しゅうろう", "仕事", "Employment"),
        /// Violence and women (女性・DV).
        Women = ("女性・DV", "じょせいでぃーぶい", "女の 人・家の 中の 暴力", "Women, domestic violence"),
        /// Law and consumers (法律・消費生活).
        Legal = ("法律・消費生活", "ほうりつしょうひせいかつ", "法律・買い物の トラブル", "Law and consumer affairs"),
        /// Something else (その他).
        Other = ("その他", "そのた", "ほか", "Other"),
    }

    /// How one can consult (相談方法).
    ConsultationMethod {
        /// By phone (電話).
        Tel = ("電話", "でんわ", "電話", "Telephone"),
        /// By coming (来所).
        Visit = ("来所", "らいしょ", "行って 話す", "At the desk"),
        /// They come to you (訪問・アウトリーチ).
        Outreach = ("訪問", "ほうもん", "家に 来る", "Home visit"),
        /// By mail (メール).
        Mail = ("メール", "めーる", "メール", "Mail"),
        /// By a messenger (SNS).
        Sns = ("SNS", "えすえぬえす", "LINEなど", "Social media"),
        /// On a web page (Web).
        Web = ("Web", "うぇぶ", "インターネット", "Web"),
    }
}
