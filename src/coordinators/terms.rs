//! The layers of coordinators.

use crate::terms::labelled;

labelled! {
    /// For how large an area a coordinator works (層).
    CoordinatorTier {
        /// For the whole municipality (第1層).
        First = "第1層",
        /// For daily-life districts (第2層).
        Second = "第2層",
    }
}

impl CoordinatorTier {
    /// As it is stored; the numbers never change their meaning.
    pub fn number(self) -> i16 {
        match self {
            Self::First => 1,
            Self::Second => 2,
        }
    }

    /// Reads the stored number.
    pub fn of_number(number: i16) -> Option<Self> {
        [Self::First, Self::Second].into_iter().find(|tier| tier.number() == number)
    }
}
