//! The words by which local kinds can be filtered, and the numbers they are compared by: all of
//! them follow from the stored facts, in this one place.

use super::details::Details;
use super::terms::{Acceptance, Intake, Reservation};
use super::{Access, Eligibility, Fee};
use crate::desks::DeskDetails;
use crate::desks::terms::DeskTopic;
use crate::gatherings::GatheringDetails;
use crate::gatherings::terms::{Activity, GatheringKind};
use crate::mutual_aid::MutualAidDetails;
use crate::mutual_aid::terms::AidCategory;
use crate::private_services::PrivateServiceDetails;
use crate::private_services::terms::PrivateServiceKind;
use crate::terms::Labelled;

/// The tag of a word: its set and its code.
pub fn tag(set: &str, value: impl Labelled) -> String {
    format!("{set}:{}", value.code())
}

/// The tags of several words of one set.
pub fn any_of<T: Labelled>(set: &str, values: &[T]) -> Vec<String> {
    values.iter().map(|value| tag(set, *value)).collect()
}

/// What people call the thing behind a tag, of the sets that say what something is.
pub fn label(tag: &str) -> Option<&'static str> {
    let (set, code) = tag.split_once(':')?;
    fn of<T: Labelled>(code: &str) -> Option<&'static str> {
        T::of_code(code).map(Labelled::label)
    }
    match set {
        "gathering" => of::<GatheringKind>(code),
        "activity" => of::<Activity>(code),
        "aid" => of::<AidCategory>(code),
        "private" => of::<PrivateServiceKind>(code),
        "topic" => of::<DeskTopic>(code),
        _ => None,
    }
}

/// What filters ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Searchable {
    /// By which kind of thing facets count it, `gathering:SALON`.
    pub categories: Vec<String>,
    /// Every other word.
    pub tags: Vec<String>,
    /// The most that one visit costs, where that is certain.
    pub visit_yen: Option<i32>,
    /// What an hour of help costs at least, where that is certain.
    pub hour_yen: Option<i32>,
}

impl Details {
    /// What filters ask for.
    pub fn searchable(&self) -> Searchable {
        let mut found = match self {
            Self::Gathering(details) => gathering(details),
            Self::MutualAid(details) => mutual_aid(details),
            Self::PrivateService(details) => private_service(details),
            Self::Desk(details) => desk(details),
        };
        found.tags.extend(found.categories.iter().cloned());
        found.tags.sort_unstable();
        found.tags.dedup();
        found
    }

    /// What it is, in the words people use.
    pub fn words(&self) -> Vec<&'static str> {
        let searchable = self.searchable();
        let all = searchable.categories.iter().chain(&searchable.tags);
        all.filter_map(|tag| label(tag)).collect()
    }
}

fn gathering(details: &GatheringDetails) -> Searchable {
    let mut tags: Vec<String> =
        details.main_activity.iter().chain(&details.activities).map(|a| tag("activity", *a)).collect();
    tags.extend(details.venue.iter().filter_map(|venue| Some(tag("venue", venue.kind?.0))));
    tags.extend(details.operator_type.map(|operator| tag("operator", operator)));
    tags.extend(
        details
            .pickup
            .as_ref()
            .and_then(|pickup| pickup.available)
            .filter(|yes| *yes)
            .map(|_| "pickup".to_owned()),
    );
    tags.extend(details.trial_possible.filter(|yes| *yes).map(|_| "trial".to_owned()));
    tags.push(tag("reservation", details.reservation.unwrap_or(Reservation::Unknown)));
    tags.push(tag("certified", details.accepts_certified.unwrap_or(Acceptance::Unknown)));
    tags.extend(accessibility(&details.access));
    tags.extend(welcome(&details.eligibility));
    Searchable {
        categories: vec![tag("gathering", details.kind)],
        tags,
        visit_yen: dearest(&details.fees, Fee::per_visit),
        hour_yen: None,
    }
}

fn mutual_aid(details: &MutualAidDetails) -> Searchable {
    let categories = details.all_categories().into_iter().map(|category| tag("aid", category)).collect();
    let mut tags: Vec<String> = welcome(&details.eligibility).collect();
    tags.extend(details.compensation.map(|compensation| tag("compensation", compensation)));
    tags.extend(details.recruiting.filter(|yes| *yes).map(|_| "recruiting".to_owned()));
    tags.push(tag("intake", details.intake.unwrap_or(Intake::Unknown)));
    tags.push(tag("certified", details.accepts_certified.unwrap_or(Acceptance::Unknown)));
    let shown: Vec<Fee> =
        details.menus.iter().flat_map(|menu| menu.shown_fees()).chain(details.fees.clone()).collect();
    Searchable { categories, tags, visit_yen: None, hour_yen: cheapest(&shown, Fee::per_hour) }
}

fn private_service(details: &PrivateServiceDetails) -> Searchable {
    let mut tags: Vec<String> = welcome(&details.eligibility).collect();
    tags.push(tag("intake", details.intake.unwrap_or(Intake::Unknown)));
    tags.extend(details.wheelchair.filter(|yes| *yes).map(|_| "wheelchair".to_owned()));
    tags.extend(details.stretcher.filter(|yes| *yes).map(|_| "stretcher".to_owned()));
    tags.extend(details.vouching.iter().map(|vouching| tag("vouched", vouching.by.0)));
    let categories = distinct(details.kinds.iter().map(|kind| tag("private", *kind)));
    Searchable { categories, tags, visit_yen: None, hour_yen: None }
}

fn desk(details: &DeskDetails) -> Searchable {
    let mut tags: Vec<String> = details.methods.iter().map(|method| tag("method", *method)).collect();
    tags.extend(details.languages.iter().map(|language| format!("language:{language}")));
    tags.extend(accessibility(&details.access));
    let categories = distinct(details.topics.iter().map(|topic| tag("topic", *topic)));
    Searchable { categories, tags, visit_yen: dearest(&details.fees, Fee::per_visit), hour_yen: None }
}

fn accessibility(access: &Access) -> impl Iterator<Item = String> + '_ {
    access.features.iter().map(|feature| tag("access", feature.0))
}

fn welcome(eligibility: &Eligibility) -> impl Iterator<Item = String> {
    let said = [
        ("dementia-welcome", eligibility.dementia_welcome),
        ("carers-welcome", eligibility.carers_welcome),
        ("members-only", eligibility.members_only),
    ];
    said.into_iter().filter(|(_, said)| *said == Some(true)).map(|(word, _)| word.to_owned())
}

fn distinct(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in words {
        if !found.contains(&word) {
            found.push(word);
        }
    }
    found
}

/// The highest of all amounts; nothing when a single one is not certain.
fn dearest(fees: &[Fee], amount: fn(&Fee) -> Option<i32>) -> Option<i32> {
    fees.iter().map(amount).collect::<Option<Vec<_>>>()?.into_iter().max()
}

/// The lowest certain amount.
fn cheapest(fees: &[Fee], amount: fn(&Fee) -> Option<i32>) -> Option<i32> {
    fees.iter().filter_map(amount).min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::local::terms::FeeKind;

    #[test]
    fn a_fee_that_is_not_certain_hides_the_others() {
        let fixed = Fee { amount_yen: Some(100), ..Fee::of(FeeKind::Fixed) };
        let with = |fees| GatheringDetails { fees, ..GatheringDetails::of(GatheringKind::Salon) };
        let yen = |fees| gathering(&with(fees)).visit_yen;
        assert_eq!(yen(vec![]), None);
        assert_eq!(yen(vec![Fee::of(FeeKind::Free), fixed.clone()]), Some(100));
        assert_eq!(yen(vec![fixed, Fee::of(FeeKind::ActualCost)]), None);
    }

    #[test]
    fn what_nobody_recorded_can_be_asked_for_as_unknown() {
        let details = Details::Gathering(Box::new(GatheringDetails::of(GatheringKind::Salon)));
        let found = details.searchable();
        assert_eq!(found.categories, ["gathering:SALON"]);
        assert_eq!(found.tags, ["certified:UNKNOWN", "gathering:SALON", "reservation:UNKNOWN"]);
    }
}
