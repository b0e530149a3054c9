//! The layers of coordinators.

use crate::terms::labelled;

labelled! {
    /// For how large an area a coordinator works (層).
    CoordinatorTier as entity::enums::CoordinatorTier {
        /// For the whole municipality (第1層).
        First = ("第1層", "だいいっそう", "市の ぜんぶの 担当", "First layer (whole city)"),
        /// For daily-life districts (第2層).
        Second = ("第2層", "だいにそう", "地区の 担当", "Second layer (district)"),
    }
}
