//! How sure an answer is.

use crate::terms::labelled;

labelled! {
    /// How sure it is to which district something belongs (確かさ).
    #[derive(Default)]
    Certainty {
        /// The list of the city says so (確定).
        Sure = ("確定", "かくてい", "まちがいない", "Sure"),
        /// Known from a position only: one of the candidates, nobody can say which (おおよそ).
        Approximate = ("おおよそ", "おおよそ", "だいたい", "Approximate"),
        /// The words fit several places; ask which is meant (複数の可能性).
        Ambiguous = ("複数の可能性", "ふくすうのかのうせい", "いくつか ある", "Several possibilities"),
        /// Not known here (不明).
        #[default]
        Unknown = ("不明", "ふめい", "わからない", "Unknown"),
    }
}
