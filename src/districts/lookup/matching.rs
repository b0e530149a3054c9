//! Matches the words of an address to 町字 and districts. Pure: rows of the tables are arguments.

use chrono::NaiveDate;
use japan::address::{Beginnings, borders};
use std::collections::BTreeSet;

/// A 町字 of the official list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Town {
    /// Internal key of the municipality, `municipality.id`.
    pub municipality_id: i64,
    /// Key of 町字 and 小字 together, `town.name_key`.
    pub key: String,
    /// Name of 町字 and 小字 for people.
    pub text: String,
    /// Where a new part begins, in characters of the key.
    pub borders: Vec<usize>,
}

/// A 町字 that belongs to a district for a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Internal key of the municipality, `municipality.id`.
    pub municipality_id: i64,
    /// Internal key of the district, `district.id`.
    pub district_id: i64,
    /// Name of the 町字 as the list of the city writes it.
    pub town: String,
    /// Key of the 町字, `district_town.name_key`.
    pub name_key: String,
    /// First day in Asia/Tokyo; `None`: no beginning is known.
    pub valid_from: Option<NaiveDate>,
    /// Last day in Asia/Tokyo; `None`: no end is set.
    pub valid_to: Option<NaiveDate>,
}

/// A 町字 that may be meant, with the keys under which it or what it is part of may be listed, the
/// longest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Internal key of the municipality, `municipality.id`.
    pub municipality_id: i64,
    /// Key of the 町字 itself.
    pub key: String,
    /// Name of the 町字 for people.
    pub text: String,
    /// Keys to look up in the lists of districts, the longest first.
    pub keys: Vec<String>,
}

impl Member {
    /// Whether it belongs to its district on a day.
    pub fn holds(&self, day: NaiveDate) -> bool {
        crate::districts::store::is_valid(self.valid_from, self.valid_to, day)
    }
}

impl From<&Town> for Reading {
    fn from(town: &Town) -> Self {
        Self {
            municipality_id: town.municipality_id,
            key: town.key.clone(),
            text: town.text.clone(),
            keys: keys(&town.key, &town.borders),
        }
    }
}

impl From<&Member> for Reading {
    fn from(member: &Member) -> Self {
        Self {
            municipality_id: member.municipality_id,
            key: member.name_key.clone(),
            text: member.town.clone(),
            keys: keys(&member.name_key, &borders(&member.town)),
        }
    }
}

fn keys(key: &str, borders: &[usize]) -> Vec<String> {
    let mut borders = borders.to_vec();
    borders.sort_unstable_by(|a, b| b.cmp(a));
    let shorter = borders.into_iter().map(|border| key.chars().take(border).collect());
    std::iter::once(key.to_owned()).chain(shorter).collect()
}

/// The 町字 an address names as it stands: the longest that is listed, and beside it the block that
/// `嶋北4-5` may mean.
pub fn readings(beginnings: &Beginnings, towns: &[Town], members: &[Member]) -> Vec<Reading> {
    let listed = |key: &String| -> Option<Reading> {
        let town = towns.iter().find(|town| town.key == *key).map(Reading::from);
        let found = town.or_else(|| members.iter().find(|member| member.name_key == *key).map(Reading::from));
        let prefixes = beginnings.whole.iter().filter(|prefix| key.starts_with(prefix.as_str()));
        found.map(|found| {
            let keys = with(found.keys.clone(), prefixes);
            Reading { keys, ..found }
        })
    };
    let whole = beginnings.whole.iter().find_map(listed);
    whole.into_iter().chain(beginnings.block.as_ref().and_then(listed)).collect()
}

fn with<'k>(mut keys: Vec<String>, more: impl Iterator<Item = &'k String>) -> Vec<String> {
    keys.extend(more.cloned());
    keys.sort_by_key(|key| std::cmp::Reverse(key.len()));
    keys.dedup();
    keys
}

/// The 町字 below a name: 丁目 of a town, 字 of a 大字.
pub fn below(name: &str, towns: &[Town], members: &[Member]) -> Vec<Reading> {
    let length = name.chars().count();
    select(towns, members, |reading| {
        reading.key.starts_with(name) && reading.keys.iter().any(|key| key.chars().count() == length)
    })
}

/// The 町字 whose last part an address begins with: 字 written without their 大字.
pub fn ending(beginnings: &Beginnings, towns: &[Town], members: &[Member]) -> Vec<Reading> {
    let parts = |reading: &Reading| -> Vec<String> {
        let rest = |key: &String| reading.key.strip_prefix(key.as_str()).map(str::to_owned);
        reading.keys.iter().filter_map(rest).filter(|rest| !rest.is_empty()).collect()
    };
    select(towns, members, |reading| parts(reading).iter().any(|part| beginnings.whole.contains(part)))
}

fn select(towns: &[Town], members: &[Member], wanted: impl Fn(&Reading) -> bool) -> Vec<Reading> {
    let all = towns.iter().map(Reading::from).chain(members.iter().map(Reading::from));
    let mut found: Vec<Reading> = Vec::new();
    for reading in all.filter(wanted) {
        let known =
            |other: &Reading| (other.municipality_id, &other.key) == (reading.municipality_id, &reading.key);
        if !found.iter().any(known) {
            found.push(reading);
        }
    }
    found.sort_by(|a, b| (a.municipality_id, &a.key).cmp(&(b.municipality_id, &b.key)));
    found
}

/// The districts to which a 町字 belongs on a day, by its most exact entry: more than one only where the lists
/// of the city disagree.
pub fn districts(reading: &Reading, members: &[Member], day: NaiveDate) -> BTreeSet<i64> {
    let of = |key: &String| -> BTreeSet<i64> {
        let here = members.iter().filter(|member| {
            member.municipality_id == reading.municipality_id && member.name_key == *key && member.holds(day)
        });
        here.map(|member| member.district_id).collect()
    };
    reading.keys.iter().map(of).find(|found| !found.is_empty()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use japan::address::{beginnings, town_key};

    const DAY: NaiveDate = NaiveDate::MIN;

    fn town(text: &str) -> Town {
        Town { municipality_id: 1, key: town_key(text), text: text.into(), borders: borders(text) }
    }

    fn member(text: &str, district_id: i64) -> Member {
        Member {
            municipality_id: 1,
            district_id,
            town: text.into(),
            name_key: town_key(text),
            valid_from: None,
            valid_to: None,
        }
    }

    /// The 町字 an address may mean, each with its districts.
    fn meant(address: &str, towns: &[&str], members: &[(&str, i64)]) -> Vec<(String, Vec<i64>)> {
        let towns: Vec<Town> = towns.iter().map(|text| town(text)).collect();
        let members: Vec<Member> = members.iter().map(|(text, id)| member(text, *id)).collect();
        let found = readings(&beginnings(address), &towns, &members);
        let told = |r: &Reading| (r.text.clone(), districts(r, &members, DAY).into_iter().collect());
        found.iter().map(told).collect()
    }

    #[test]
    fn the_words_an_address_writes_or_leaves_out_do_not_matter() {
        let members = [("大字寒河江", 1), ("泉町", 2), ("本町一丁目", 3)];
        for (address, town, district) in [
            ("大字寒河江字塩水80", "大字寒河江", 1),
            ("寒河江塩水80", "", 0),
            ("寒河江字塩水８０番地", "大字寒河江", 1),
            ("泉町４番２０号", "泉町", 2),
            ("泉　町4-20", "泉町", 2),
            ("本町１丁目2", "本町一丁目", 3),
            ("本町一丁目", "本町一丁目", 3),
            ("本町1-2", "本町一丁目", 3),
            ("本町2-2", "", 0),
        ] {
            let expected: Vec<_> =
                [(town.to_owned(), vec![district])].into_iter().filter(|t| !t.0.is_empty()).collect();
            assert_eq!(meant(address, &[], &members), expected, "{address}");
        }
    }

    #[test]
    fn a_more_exact_entry_wins_over_the_whole() {
        let (towns, members) = (["大山一丁目", "大山二丁目"], [("大山", 1), ("大山二丁目", 2)]);
        assert_eq!(meant("大山一丁目3", &towns, &members), [("大山一丁目".into(), vec![1])]);
        assert_eq!(meant("大山二丁目3", &towns, &members), [("大山二丁目".into(), vec![2])]);
        let both = [("大山".to_owned(), vec![1]), ("大山二丁目".to_owned(), vec![2])];
        assert_eq!(meant("大山2-3", &towns, &members), both, "two meanings, two districts");
    }

    #[test]
    fn a_town_in_two_districts_says_so() {
        assert_eq!(meant("泉町4", &[], &[("泉町", 1), ("泉町", 2)]), [("泉町".into(), vec![1, 2])]);
    }

    #[test]
    fn a_part_alone_is_found_below_each_whole() {
        let towns = ["大字上田字鳳凰岱", "大字下田字鳳凰岱", "大字鳳凰", "大字大鳳凰岱"].map(town);
        let text = |found: Vec<Reading>| found.into_iter().map(|r| r.text).collect::<Vec<_>>();
        let found = ending(&beginnings("字鳳凰岱12"), &towns, &[]);
        assert_eq!(text(found), ["大字上田字鳳凰岱", "大字下田字鳳凰岱"]);
        let towns = ["大山一丁目", "大山二丁目", "大山町"].map(town);
        assert_eq!(text(below("大山", &towns, &[])), ["大山一丁目", "大山二丁目"]);
    }

    #[test]
    fn a_membership_that_has_ended_leaves_the_whole_in_charge() {
        let end = |day: &str| day.parse().ok();
        let mut members = vec![member("大山", 1), member("大山一丁目", 2)];
        members[1].valid_to = end("2025-03-31");
        let reading = Reading::from(&town("大山一丁目"));
        let on = |day: &str| districts(&reading, &members, day.parse().expect("a day"));
        assert_eq!((on("2025-03-31"), on("2025-04-01")), (BTreeSet::from([2]), BTreeSet::from([1])));
    }
}
