//! Words for consents.

use crate::terms::labelled;

labelled! {
    /// For what somebody agreed to be reached (同意の目的).
    ConsentPurpose as entity::enums::ConsentPurpose {
        /// On the public web: opens the contact to everybody (公開サイト).
        PublicWeb = ("公開サイト", "こうかいさいと", "インターネットで 見せる", "Public web site"),
        /// In the printed booklet. Neither opens nor closes anything here (情報誌).
        PrintedBooklet = ("情報誌", "じょうほうし", "本に 書く", "Printed booklet"),
        /// For partner organisations: opens the contact to whoever holds a role (連携団体).
        Partner = ("連携団体", "れんけいだんたい", "いっしょに 活動する 団体に 見せる", "Partner organizations"),
        /// For care and medical professionals: opens the contact to them (医療介護専門職).
        Care = ("医療介護専門職", "いりょうかいごせんもんしょく", "医療・介護の 仕事の 人に 見せる", "Care professionals"),
        /// For a disaster only. Neither opens nor closes anything here (災害時のみ).
        DisasterOnly = ("災害時のみ", "さいがいじのみ", "地震などの ときだけ", "Disasters only"),
    }

    /// Who agreed (同意者).
    ConsentSubject as entity::enums::ConsentSubject {
        /// The person whose number it is (本人).
        Person = ("本人", "ほんにん", "その 人", "The person"),
        /// The group, for its own line (団体).
        Group = ("団体", "だんたい", "団体", "The group"),
    }

    /// How they agreed (同意の方法).
    ConsentMethod as entity::enums::ConsentMethod {
        /// In writing (書面).
        Written = ("書面", "しょめん", "紙に 書いて", "In writing"),
        /// By word of mouth, noted down (口頭).
        Oral = ("口頭", "こうとう", "口で", "Orally"),
        /// By mail (メール).
        Email = ("メール", "めーる", "メールで", "By mail"),
    }

    /// Whether a consent counts (同意の状態).
    ConsentState {
        /// It counts (有効).
        Valid = ("有効", "ゆうこう", "今も「よい」", "Valid"),
        /// It has ended, and counts as if it had been taken back (期限切れ).
        Expired = ("期限切れ", "きげんぎれ", "期限が すぎた", "Expired"),
        /// It was taken back (取下げ).
        Withdrawn = ("取下げ", "とりさげ", "「もう だめ」と 言った", "Withdrawn"),
    }
}
