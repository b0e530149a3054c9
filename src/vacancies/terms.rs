//! Closed sets of words of vacancy reports.

use crate::terms::labelled;

labelled! {
    /// Whether a facility has room (空き状況).
    VacancyStatus as entity::enums::VacancyStatus {
        /// There is room (◎空きあり).
        Available = ("◎空きあり", "あきあり", "あいて いる", "Available"),
        /// There is little room (△残りわずか).
        Few = ("△残りわずか", "のこりわずか", "少しだけ あいて いる", "Few left"),
        /// There is none (×空きなし).
        Full = ("×空きなし", "あきなし", "いっぱい", "Full"),
        /// To be asked case by case (要相談).
        Consult = ("要相談", "ようそうだん", "相談して ください", "To be discussed"),
        /// Nobody knows: not reported, or reported too long ago (不明).
        Unknown = ("不明", "ふめい", "わからない", "Unknown"),
    }
}
