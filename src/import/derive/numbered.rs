//! Compares addresses by their 町 and the numbers after it, in whatever way they are spelled.

use crate::import::facts::Fact;
use japan::{address, codes};

/// The 町 of an address and the numbers after it: 泉町10番1号 and 大字泉町10-1 are the same.
#[derive(Debug, PartialEq, Eq)]
pub struct Numbered {
    town: String,
    numbers: Vec<String>,
}

impl Numbered {
    /// Reads an address; `None` when it names no 町. The prefecture code has two digits.
    pub fn of(address: &str, prefecture: Option<&str>) -> Option<Self> {
        let rest = address::split(address, prefecture.and_then(codes::prefecture)).rest;
        let town = address::town_text(&rest);
        let key = address::town_key(&rest);
        let numbers = key.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
        (!town.is_empty()).then(|| Self { town, numbers: numbers.map(str::to_owned).collect() })
    }

    /// The same of the facts of a facility.
    pub fn of_facts(address: &Fact<String>, prefecture: &Fact<String>) -> Option<Self> {
        Self::of(address.as_known()?, prefecture.as_known().map(String::as_str))
    }

    /// Whether both are one address: the 町, and the numbers as far as both have any, at least one.
    pub fn is_same(&self, other: &Self) -> bool {
        let both = self.numbers.len().min(other.numbers.len());
        self.town == other.town && both > 0 && self.numbers.get(..both) == other.numbers.get(..both)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_the_same_in_other_spellings() {
        let of = |text: &str| Numbered::of(text, Some("06")).expect("a town");
        assert!(of("鶴岡市泉町10-1").is_same(&of("山形県鶴岡市大字泉町１０番１号")));
        assert!(of("鶴岡市泉町10").is_same(&of("鶴岡市泉町10-1")));
        assert!(!of("鶴岡市泉町10-1").is_same(&of("鶴岡市泉町10-12")));
        assert!(!of("鶴岡市泉町10-1").is_same(&of("鶴岡市本町10-1")));
        assert_eq!(Numbered::of("鶴岡市", Some("06")), None);
    }
}
