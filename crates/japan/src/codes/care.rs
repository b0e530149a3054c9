//! Kinds of care insurance services (介護サービスの種類).

use super::{called, cell, name_key, rows, search_keys};
use std::collections::HashMap;
use std::sync::LazyLock;

/// A kind of care insurance service with its official code.
#[derive(Debug)]
pub struct CareServiceType {
    /// Code, three digits, `110`.
    pub code: &'static str,
    /// Official name, `訪問介護`.
    pub name: &'static str,
    /// Everyday name, `ホームヘルプ`.
    pub short_name: &'static str,
    /// Group of services.
    pub group: ServiceGroup,
    /// Rank for naming a facility: of several services, the one with the lowest rank names it.
    pub rank: u8,
}

/// A group of care insurance services.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ServiceGroup {
    /// 訪問系
    HomeVisit,
    /// 通所系
    Day,
    /// 短期入所系
    ShortStay,
    /// 居住系
    Residential,
    /// 施設系
    Facility,
    /// 小規模多機能系
    Multifunction,
    /// 福祉用具
    Equipment,
    /// 居宅介護支援
    CareManagement,
}

static TYPES: LazyLock<Vec<CareServiceType>> = LazyLock::new(|| {
    let table = rows(include_str!("../../assets/care-service-types.tsv"));
    table.filter_map(|r| parse(&r)).collect()
});

static BY_NAME: LazyLock<HashMap<String, &'static CareServiceType>> = LazyLock::new(|| {
    let table = rows(include_str!("../../assets/care-service-types.tsv"));
    table
        .flat_map(|r| {
            let aliases = cell(&r, 5).split(';').filter(|alias| !alias.is_empty());
            let names = std::iter::once(cell(&r, 1)).chain(aliases);
            let found = care_service_type(cell(&r, 0));
            names.filter_map(|name| Some((name_key(name), found?))).collect::<Vec<_>>()
        })
        .collect()
});

fn parse(row: &[&'static str]) -> Option<CareServiceType> {
    let group = match cell(row, 3) {
        "HOME_VISIT" => ServiceGroup::HomeVisit,
        "DAY" => ServiceGroup::Day,
        "SHORT_STAY" => ServiceGroup::ShortStay,
        "RESIDENTIAL" => ServiceGroup::Residential,
        "FACILITY" => ServiceGroup::Facility,
        "MULTIFUNCTION" => ServiceGroup::Multifunction,
        "EQUIPMENT" => ServiceGroup::Equipment,
        "CARE_MANAGEMENT" => ServiceGroup::CareManagement,
        _ => return None,
    };
    let rank = cell(row, 4).parse().ok()?;
    Some(CareServiceType { code: cell(row, 0), name: cell(row, 1), short_name: cell(row, 2), group, rank })
}

static SEARCH_KEYS: LazyLock<Vec<(&'static str, Vec<String>)>> = LazyLock::new(|| {
    let table = rows(include_str!("../../assets/care-service-types.tsv"));
    table.map(|r| (cell(&r, 0), search_keys([cell(&r, 1), cell(&r, 2), cell(&r, 5), cell(&r, 6)]))).collect()
});

/// The codes of the services of which a name, or a word that people use, begins with a search key.
pub fn care_services_called(key: &str) -> impl Iterator<Item = &'static str> {
    called(&SEARCH_KEYS, key)
}

/// All kinds of services by code.
pub fn care_service_types() -> &'static [CareServiceType] {
    &TYPES
}

/// The service with a three-digit code.
pub fn care_service_type(code: &str) -> Option<&'static CareServiceType> {
    TYPES.iter().find(|t| t.code == code)
}

/// The service with a published name, in any width and spelling that occurs in published files.
pub fn care_service_named(name: &str) -> Option<&'static CareServiceType> {
    BY_NAME.get(&name_key(name)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::search_key;

    #[test]
    fn every_line_of_the_table_is_read() {
        let lines = include_str!("../../assets/care-service-types.tsv").lines().count() - 1;
        assert_eq!(care_service_types().len(), lines);
    }

    #[test]
    fn a_service_is_found_by_any_published_spelling() {
        let code = |name| care_service_named(name).map(|t| t.code);
        assert_eq!(code("訪問入浴介護"), Some("120"));
        assert_eq!(code("短期入所療養介護(療養病床を有する病院等）"), Some("230"));
        assert_eq!(code("たこ焼き"), None);
    }

    #[test]
    fn a_service_is_searched_by_the_words_of_people() {
        let codes = |text| care_services_called(&search_key(text)).collect::<Vec<_>>();
        assert_eq!(codes("ケアマネ事業所"), ["430"]);
        assert_eq!(codes("居宅介護支援"), ["430"]);
        assert_eq!(codes("ケアマネジャー"), ["430"]);
        assert_eq!(codes("特養"), ["510", "540"]);
        assert_eq!(codes("特別養護老人ホーム"), ["510", "540"]);
        assert_eq!(codes("ﾃﾞｲｻｰﾋﾞｽ"), ["150", "155", "720", "780"]);
        assert!(codes("介").is_empty() && codes("とす").is_empty(), "they are in nearly every name");
        assert!(codes("").is_empty());
    }
}
