//! The words by which local kinds can be filtered, and the numbers they are compared by: all of
//! them follow from the stored facts, in this one place.

use super::details::Details;
use super::terms::{Acceptance, Accessibility, Intake, Reservation};
use super::{Access, Eligibility, Fee};
use crate::desks::DeskDetails;
use crate::desks::terms::{ConsultationMethod, DeskTopic};
use crate::gatherings::GatheringDetails;
use crate::gatherings::terms::{Activity, GatheringKind, OperatorType, VenueType};
use crate::mutual_aid::MutualAidDetails;
use crate::mutual_aid::terms::{AidCategory, Compensation};
use crate::private_services::PrivateServiceDetails;
use crate::private_services::terms::{PrivateServiceKind, VouchedBy};
use crate::terms::Labelled;
use std::marker::PhantomData;

/// A closed set of words by which resources can be filtered; a tag is its name and the code of a word,
/// `gathering:SALON`. Writing and asking go through the same constant.
pub struct TagSet<T> {
    name: &'static str,
    words: PhantomData<fn() -> T>,
}

impl<T: Labelled> TagSet<T> {
    const fn named(name: &'static str) -> Self {
        Self { name, words: PhantomData }
    }

    /// The tag of a word.
    pub fn tag(&self, word: T) -> String {
        format!("{}:{}", self.name, word.code())
    }

    /// The tags of several words.
    pub fn any_of(&self, words: &[T]) -> Vec<String> {
        words.iter().map(|word| self.tag(*word)).collect()
    }

    fn label(&self, tag: &str) -> Option<&'static str> {
        let code = tag.strip_prefix(self.name)?.strip_prefix(':')?;
        T::of_code(code).map(Labelled::label)
    }
}

/// Kinds of gatherings (通いの場の種類): `gathering:SALON`.
pub const GATHERING: TagSet<GatheringKind> = TagSet::named("gathering");
/// Activities of gatherings (活動内容): `activity:EXERCISE`.
pub const ACTIVITY: TagSet<Activity> = TagSet::named("activity");
/// Kinds of venues of gatherings (場所の種類): `venue:SHOP`.
pub const VENUE: TagSet<VenueType> = TagSet::named("venue");
/// Kinds of bodies that run gatherings (運営主体).
pub const OPERATOR: TagSet<OperatorType> = TagSet::named("operator");
/// Reservation for gatherings (予約): `reservation:NONE`; always one, `UNKNOWN` if not recorded.
pub const RESERVATION: TagSet<Reservation> = TagSet::named("reservation");
/// Acceptance of people with 要支援 or 要介護; always one, `UNKNOWN` if not recorded.
pub const CERTIFIED: TagSet<Acceptance> = TagSet::named("certified");
/// Accessibility (バリアフリー): `access:RAMP`.
pub const ACCESS: TagSet<Accessibility> = TagSet::named("access");
/// Help of mutual-aid groups (活動区分): `aid:SHOPPING`.
pub const AID: TagSet<AidCategory> = TagSet::named("aid");
/// Pay of helpers (有償・無償): `compensation:UNPAID`.
pub const COMPENSATION: TagSet<Compensation> = TagSet::named("compensation");
/// Intake of new users (新規受付): `intake:OPEN`; always one, `UNKNOWN` if not recorded.
pub const INTAKE: TagSet<Intake> = TagSet::named("intake");
/// Kinds of private services (介護保険外サービスの種類).
pub const PRIVATE_SERVICE: TagSet<PrivateServiceKind> = TagSet::named("private");
/// Bodies that vouch for a provider (信頼の裏付け): `vouched:CITY_LIST`.
pub const VOUCHED: TagSet<VouchedBy> = TagSet::named("vouched");
/// Topics of consultation desks (相談の種類): `topic:DEMENTIA`.
pub const TOPIC: TagSet<DeskTopic> = TagSet::named("topic");
/// Ways to consult a desk (相談方法): `method:TEL`.
pub const METHOD: TagSet<ConsultationMethod> = TagSet::named("method");

/// A tag that a resource has when something is certainly so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// Guests are fetched (送迎).
    Pickup,
    /// More helpers are looked for (担い手募集中).
    Recruiting,
    /// People with dementia are welcome (認知症の方も歓迎).
    DementiaWelcome,
    /// Family carers are welcome (介護者も歓迎).
    CarersWelcome,
    /// Takes people in wheelchairs (車いす対応).
    Wheelchair,
    /// Takes people on stretchers (ストレッチャー対応).
    Stretcher,
}

impl Flag {
    /// The stored word.
    pub fn tag(self) -> String {
        let word = match self {
            Self::Pickup => "pickup",
            Self::Recruiting => "recruiting",
            Self::DementiaWelcome => "dementia-welcome",
            Self::CarersWelcome => "carers-welcome",
            Self::Wheelchair => "wheelchair",
            Self::Stretcher => "stretcher",
        };
        word.to_owned()
    }

    /// The tag, when it was said to be so.
    fn when(self, said: Option<bool>) -> Option<String> {
        (said == Some(true)).then(|| self.tag())
    }
}

/// What people call the thing behind a tag, of the sets that say what something is.
pub fn label(tag: &str) -> Option<&'static str> {
    let gathering = || GATHERING.label(tag).or_else(|| ACTIVITY.label(tag));
    let service = || AID.label(tag).or_else(|| PRIVATE_SERVICE.label(tag));
    gathering().or_else(service).or_else(|| TOPIC.label(tag))
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
    let activities = details.main_activity.iter().chain(&details.activities);
    let mut tags: Vec<String> = activities.map(|activity| ACTIVITY.tag(*activity)).collect();
    tags.extend(details.venue.iter().filter_map(|venue| Some(VENUE.tag(venue.kind?.0))));
    tags.extend(details.operator_type.map(|operator| OPERATOR.tag(operator)));
    tags.extend(Flag::Pickup.when(details.pickup.as_ref().and_then(|pickup| pickup.available)));
    tags.push(RESERVATION.tag(details.reservation.unwrap_or(Reservation::Unknown)));
    tags.push(CERTIFIED.tag(details.accepts_certified.unwrap_or(Acceptance::Unknown)));
    tags.extend(accessibility(&details.access));
    tags.extend(welcome(&details.eligibility));
    Searchable {
        categories: vec![GATHERING.tag(details.kind)],
        tags,
        visit_yen: dearest(&details.fees, Fee::per_visit),
        hour_yen: None,
    }
}

fn mutual_aid(details: &MutualAidDetails) -> Searchable {
    let categories = AID.any_of(&details.all_categories());
    let mut tags: Vec<String> = welcome(&details.eligibility).collect();
    tags.extend(details.compensation.map(|compensation| COMPENSATION.tag(compensation)));
    tags.extend(Flag::Recruiting.when(details.recruiting));
    tags.push(INTAKE.tag(details.intake.unwrap_or(Intake::Unknown)));
    tags.push(CERTIFIED.tag(details.accepts_certified.unwrap_or(Acceptance::Unknown)));
    let shown: Vec<Fee> =
        details.menus.iter().flat_map(|menu| menu.shown_fees()).chain(details.fees.clone()).collect();
    Searchable { categories, tags, visit_yen: None, hour_yen: cheapest(&shown, Fee::per_hour) }
}

fn private_service(details: &PrivateServiceDetails) -> Searchable {
    let mut tags: Vec<String> = welcome(&details.eligibility).collect();
    tags.push(INTAKE.tag(details.intake.unwrap_or(Intake::Unknown)));
    tags.extend(Flag::Wheelchair.when(details.wheelchair));
    tags.extend(Flag::Stretcher.when(details.stretcher));
    tags.extend(details.vouching.iter().map(|vouching| VOUCHED.tag(vouching.by.0)));
    let categories = distinct(details.kinds.iter().map(|kind| PRIVATE_SERVICE.tag(*kind)));
    Searchable { categories, tags, visit_yen: None, hour_yen: None }
}

fn desk(details: &DeskDetails) -> Searchable {
    let mut tags = METHOD.any_of(&details.methods);
    tags.extend(accessibility(&details.access));
    let categories = distinct(details.topics.iter().map(|topic| TOPIC.tag(*topic)));
    Searchable { categories, tags, visit_yen: dearest(&details.fees, Fee::per_visit), hour_yen: None }
}

fn accessibility(access: &Access) -> impl Iterator<Item = String> + '_ {
    access.features.iter().map(|feature| ACCESS.tag(feature.0))
}

fn welcome(eligibility: &Eligibility) -> impl Iterator<Item = String> {
    let dementia = Flag::DementiaWelcome.when(eligibility.dementia_welcome);
    dementia.into_iter().chain(Flag::CarersWelcome.when(eligibility.carers_welcome))
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
