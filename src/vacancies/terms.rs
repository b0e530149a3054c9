//! Closed sets of words of vacancy reports.

use crate::terms::labelled;

labelled! {
    /// Whether a facility has room (空き状況).
    VacancyStatus as entity::enums::VacancyStatus {
        /// There is room (◎).
        Available = "◎空きあり",
        /// There is little room (△).
        Few = "△残りわずか",
        /// There is none (×).
        Full = "×空きなし",
        /// To be asked case by case (要相談).
        Consult = "要相談",
        /// Nobody knows: not reported, or reported too long ago (不明).
        Unknown = "不明",
    }
}
