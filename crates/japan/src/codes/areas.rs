//! Prefectures and municipalities of Japan.

use super::{cell, rows};
use std::collections::HashMap;
use std::sync::LazyLock;

/// A prefecture (都道府県), with the bounding box of its land including islands.
#[derive(Debug)]
pub struct Prefecture {
    /// Code, two digits, `06`.
    pub code: &'static str,
    /// Name, `山形県`.
    pub name: &'static str,
    /// Reading in hiragana.
    pub kana: &'static str,
    south: f64,
    west: f64,
    north: f64,
    east: f64,
}

impl Prefecture {
    /// Whether a point may lie in the prefecture: its box, widened by a tolerance of about 2 km.
    pub fn may_contain(&self, latitude: f64, longitude: f64) -> bool {
        const TOLERANCE: f64 = 0.02;
        (self.south - TOLERANCE..=self.north + TOLERANCE).contains(&latitude)
            && (self.west - TOLERANCE..=self.east + TOLERANCE).contains(&longitude)
    }
}

/// A municipality (市区町村), wards of designated cities included.
#[derive(Debug)]
pub struct Municipality {
    /// Code, six digits with check digit, `062031`.
    pub code: &'static str,
    /// Code of the prefecture, `06`.
    pub prefecture_code: &'static str,
    /// Name as in an address after the prefecture: `鶴岡市`, `最上郡金山町`, `札幌市北区`.
    pub name: &'static str,
    /// Reading in hiragana; empty: unknown.
    pub kana: &'static str,
}

static PREFECTURES: LazyLock<Vec<Prefecture>> = LazyLock::new(|| {
    let number = |text: &str| text.parse().unwrap_or(f64::NAN);
    rows(include_str!("../../assets/prefectures.tsv"))
        .map(|r| Prefecture {
            code: cell(&r, 0),
            name: cell(&r, 1),
            kana: cell(&r, 2),
            south: number(cell(&r, 3)),
            west: number(cell(&r, 4)),
            north: number(cell(&r, 5)),
            east: number(cell(&r, 6)),
        })
        .collect()
});

static MUNICIPALITIES: LazyLock<Vec<Municipality>> = LazyLock::new(|| {
    rows(include_str!("../../assets/municipalities.tsv"))
        .map(|r| Municipality {
            code: cell(&r, 0),
            prefecture_code: cell(&r, 1),
            name: cell(&r, 2),
            kana: cell(&r, 3),
        })
        .collect()
});

static BY_CODE: LazyLock<HashMap<&'static str, &'static Municipality>> =
    LazyLock::new(|| MUNICIPALITIES.iter().map(|m| (m.code, m)).collect());

/// All prefectures by code.
pub fn prefectures() -> &'static [Prefecture] {
    &PREFECTURES
}

/// The prefecture with a two-digit code.
pub fn prefecture(code: &str) -> Option<&'static Prefecture> {
    PREFECTURES.iter().find(|p| p.code == code)
}

/// All municipalities by code.
pub fn municipalities() -> &'static [Municipality] {
    &MUNICIPALITIES
}

/// The municipality with a six-digit code.
pub fn municipality(code: &str) -> Option<&'static Municipality> {
    BY_CODE.get(code).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_whole() {
        assert_eq!(prefectures().len(), 47);
        assert!(municipalities().len() > 1_800);
        assert!(municipalities().iter().all(|m| m.code.len() == 6 && m.code.starts_with(m.prefecture_code)));
        assert_eq!(municipality("062031").map(|m| m.name), Some("鶴岡市"));
    }

    #[test]
    fn a_prefecture_knows_its_land() {
        let yamagata = prefecture("06").expect("Yamagata");
        assert!(yamagata.may_contain(38.7217, 139.8217));
        assert!(!yamagata.may_contain(35.68, 139.76));
    }
}
