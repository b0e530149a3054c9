//! Closed sets of words of acceptances.

use crate::terms::labelled;

labelled! {
    /// A care need that not every facility takes on (医療ニーズ).
    CareNeed as entity::enums::CareNeed {
        /// Feeding through a gastrostomy (胃ろう).
        Gastrostomy = ("胃ろう", "いろう", "胃ろう（おなかに つけた くだで 食べる）", "Gastrostomy"),
        /// Feeding through a jejunostomy (腸ろう).
        Jejunostomy = ("腸ろう", "ちょうろう", "腸ろう（腸に つけた くだで 食べる）", "Jejunostomy"),
        /// Feeding through a nasogastric tube (経鼻胃管).
        Nasogastric = ("経鼻胃管", "けいびいかん", "鼻から 胃に 入れる くだ", "Nasogastric tube"),
        /// Tracheostomy tube (気管カニューレ).
        Tracheostomy = ("気管カニューレ", "きかんかにゅーれ", "のどに つけた 息の くだ", "Tracheostomy tube"),
        /// Indwelling urinary catheter (バルーンカテーテル).
        Catheter = ("バルーンカテーテル", "ばるーんかてーてる", "おしっこの くだ", "Urinary catheter"),
        /// Colostomy (人工肛門).
        Colostomy = ("人工肛門", "じんこうこうもん", "おなかに つけた うんちの ふくろ", "Colostomy"),
        /// Urostomy (人工膀胱).
        Urostomy = ("人工膀胱", "じんこうぼうこう", "おなかに つけた おしっこの ふくろ", "Urostomy"),
        /// Dialysis (人工透析).
        Dialysis = ("人工透析", "じんこうとうせき", "透析（血を きれいに する）", "Dialysis"),
        /// Oxygen (在宅酸素).
        HomeOxygen = ("在宅酸素", "ざいたくさんそ", "家で 使う 酸素", "Home oxygen"),
        /// Central venous nutrition (中心静脈栄養).
        Ivh = ("中心静脈栄養", "ちゅうしんじょうみゃくえいよう", "太い 血管からの 点滴", "Central venous nutrition"),
        /// Insulin (インスリン).
        Insulin = ("インスリン", "いんすりん", "インスリンの 注射", "Insulin"),
        /// Ventilation through a mask (在宅NIPPV).
        Nippv = ("在宅NIPPV", "ざいたくえぬあいぴーぴーぶい", "マスクの 人工呼吸器", "Non-invasive ventilation"),
        /// Suction (吸引).
        Suction = ("吸引", "きゅういん", "たんの 吸引", "Suction"),
        /// Pressure ulcers (褥瘡).
        PressureUlcer = ("褥瘡", "じょくそう", "床ずれ", "Pressure ulcer"),
        /// Ventilator (人工呼吸器).
        Ventilator = ("人工呼吸器", "じんこうこきゅうき", "息を 助ける 機械", "Ventilator"),
        /// Pain control with opioids (疼痛管理).
        Opioid = ("疼痛管理", "とうつうかんり", "強い 痛みの 薬", "Pain management with opioids"),
        /// Care at the end of life (看取り).
        EndOfLife = ("看取り", "みとり", "最後まで そばで 世話を する", "End-of-life care"),
        /// Infectious diseases (感染症).
        Infection = ("感染症", "かんせんしょう", "うつる 病気", "Infection"),
        /// Behavioural and psychological symptoms of dementia (認知症の行動・心理症状).
        Bpsd = ("認知症の行動・心理症状", "にんちしょうのこうどうしんりしょうじょう", "認知症で 落ち着かない こと", "Behavioural symptoms of dementia"),
    }

    /// Whether a facility takes people with a care need (受け入れの可否). No answer is UNKNOWN, never NO.
    AcceptanceAnswer as entity::enums::AcceptanceAnswer {
        /// Takes them (○可).
        Yes = ("○可", "か", "できる", "Yes"),
        /// To be discussed case by case (△個別に検討). It is no YES.
        Consult = ("△個別に検討", "こべつにけんとう", "一人ひとり 相談する", "To be discussed"),
        /// Does not take them (×不可).
        No = ("×不可", "ふか", "できない", "No"),
        /// A medical institution is the right place (医療機関が適切).
        Medical = ("医療機関が適切", "いりょうきかんがてきせつ", "病院の ほうが よい", "Better in a hospital"),
        /// Nobody has said (未確認).
        Unknown = ("未確認", "みかくにん", "まだ わからない", "Not confirmed"),
    }
}
