//! Closed sets of words of acceptances.

use crate::terms::labelled;

labelled! {
    /// A care need that not every facility takes on (医療ニーズ).
    CareNeed as entity::enums::CareNeed {
        /// Feeding through a gastrostomy (胃ろう).
        Gastrostomy = "胃ろう",
        /// Feeding through a jejunostomy (腸ろう).
        Jejunostomy = "腸ろう",
        /// Feeding through a nasogastric tube (経鼻胃管).
        Nasogastric = "経鼻胃管",
        /// Tracheostomy tube (気管カニューレ).
        Tracheostomy = "気管カニューレ",
        /// Indwelling urinary catheter (バルーンカテーテル).
        Catheter = "バルーンカテーテル",
        /// Colostomy (人工肛門).
        Colostomy = "人工肛門",
        /// Urostomy (人工膀胱).
        Urostomy = "人工膀胱",
        /// Dialysis (人工透析).
        Dialysis = "人工透析",
        /// Oxygen (在宅酸素).
        HomeOxygen = "在宅酸素",
        /// Central venous nutrition (中心静脈栄養).
        Ivh = "中心静脈栄養",
        /// Insulin (インスリン).
        Insulin = "インスリン",
        /// Ventilation through a mask (在宅NIPPV).
        Nippv = "在宅NIPPV",
        /// Suction (吸引).
        Suction = "吸引",
        /// Pressure ulcers (褥瘡).
        PressureUlcer = "褥瘡",
        /// Ventilator (人工呼吸器).
        Ventilator = "人工呼吸器",
        /// Pain control with opioids (疼痛管理).
        Opioid = "疼痛管理",
        /// Care at the end of life (看取り).
        EndOfLife = "看取り",
        /// Infectious diseases (感染症).
        Infection = "感染症",
        /// Behavioural and psychological symptoms of dementia (認知症の行動・心理症状).
        Bpsd = "認知症の行動・心理症状",
    }

    /// Whether a facility takes people with a care need (受け入れの可否). No answer is UNKNOWN, never NO.
    AcceptanceAnswer as entity::enums::AcceptanceAnswer {
        /// Takes them (○可).
        Yes = "○可",
        /// To be discussed case by case (△個別に検討). It is no YES.
        Consult = "△個別に検討",
        /// Does not take them (×不可).
        No = "×不可",
        /// A medical institution is the right place (医療機関が適切).
        Medical = "医療機関が適切",
        /// Nobody has said (未確認).
        Unknown = "未確認",
    }
}
