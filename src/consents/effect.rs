//! The effect of the ledger on a contact: its visibility, and until when consents extend it. Pure: no
//! database, no GraphQL.
//!
//! A consent opens a contact only when it covers every number and address of it; a withdrawal closes every
//! contact that has any of them. A closed contact stays closed: from then on only a newer consent opens it,
//! and only until that one ends.

use chrono::NaiveDate;
use entity::enums::{ConsentPurpose, Visibility};
use japan::values::ContactValue;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use uuid::Uuid;

/// The end of a consent without an expiry date: the last day that both databases and people can write.
pub const NO_END: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// One line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Public id of the resource.
    pub resource: Uuid,
    /// The purpose (目的).
    pub purpose: ConsentPurpose,
    /// The numbers and the address it is about.
    pub values: Vec<ContactValue>,
    /// The day of the consent.
    pub obtained_on: NaiveDate,
    /// The last day on which it is valid; `None`: without end.
    pub expires_on: Option<NaiveDate>,
    /// The day of its withdrawal, and the instant at which that was recorded, in milliseconds since 1970.
    pub withdrawn: Option<(NaiveDate, i64)>,
    /// When it was recorded, in milliseconds since 1970.
    pub recorded_at: i64,
}

/// The ledger of consents and withdrawals, indexed for [`Ledger::effect`].
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    by_resource: HashMap<Uuid, Vec<Arc<Entry>>>,
    /// Withdrawn entries, by each of their numbers and addresses.
    withdrawn: HashMap<ContactValue, Vec<Arc<Entry>>>,
}

/// Who may read a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effect {
    /// The visibility without consents.
    pub visibility: Visibility,
    /// Until when it is public.
    pub public_until: Option<NaiveDate>,
    /// Until when every viewer with a role may read it.
    pub partner_until: Option<NaiveDate>,
    /// Until when care and medical professionals may read it.
    pub care_until: Option<NaiveDate>,
}

impl Effect {
    /// The effect on a contact without entries in the ledger.
    pub fn of(base: Visibility) -> Self {
        Self { visibility: base, public_until: None, partner_until: None, care_until: None }
    }
}

impl Entry {
    /// Whether it concerns this directory: consents for booklets and for disasters do not.
    fn concerns_us(&self) -> bool {
        !matches!(self.purpose, ConsentPurpose::PrintedBooklet | ConsentPurpose::DisasterOnly)
    }

    fn covers(&self, values: &[ContactValue]) -> bool {
        !values.is_empty() && values.iter().all(|value| self.values.contains(value))
    }

    /// Whether it was given after a withdrawal; on the same day, whether it was recorded later.
    fn is_newer_than(&self, withdrawal: &Self) -> bool {
        withdrawal.withdrawn.is_none_or(|(day, at)| self.obtained_on >= day && self.recorded_at > at)
    }
}

impl Ledger {
    /// The ledger of these entries.
    pub fn of(entries: impl IntoIterator<Item = Entry>) -> Self {
        let mut ledger = Self::default();
        for entry in entries.into_iter().filter(Entry::concerns_us).map(Arc::new) {
            if entry.withdrawn.is_some() {
                for value in &entry.values {
                    ledger.withdrawn.entry(value.clone()).or_default().push(Arc::clone(&entry));
                }
            }
            ledger.by_resource.entry(entry.resource).or_default().push(entry);
        }
        ledger
    }

    /// Whether it has no entries.
    pub fn is_empty(&self) -> bool {
        self.by_resource.is_empty()
    }

    /// The numbers and addresses with more withdrawals than an earlier ledger has.
    pub fn withdrawn_since(&self, before: &Self) -> HashSet<ContactValue> {
        let count = |ledger: &Self, value: &ContactValue| ledger.withdrawn.get(value).map_or(0, Vec::len);
        let newly = self.withdrawn.keys().filter(|value| count(self, value) > count(before, value));
        newly.cloned().collect()
    }

    /// The effect on a contact of a resource whose visibility is otherwise `base`.
    pub fn effect(&self, resource: Uuid, values: &[ContactValue], base: Visibility) -> Effect {
        let closing = self.closing(resource, values);
        let visibility = if closing.is_empty() { base } else { base.max(Visibility::Coordinator) };
        let until = |purpose| self.until(resource, values, purpose, &closing);
        Effect {
            visibility,
            public_until: until(ConsentPurpose::PublicWeb),
            partner_until: until(ConsentPurpose::Partner),
            care_until: until(ConsentPurpose::Care),
        }
    }

    /// When a number or address was last withdrawn, as far as it concerns a resource: withdrawals for the
    /// resource itself, and for values that look private those for any resource.
    pub fn withdrawn_at(&self, resource: Uuid, value: &ContactValue) -> Option<i64> {
        let entries = self.closing(resource, std::slice::from_ref(value));
        entries.into_iter().filter_map(|entry| entry.withdrawn).map(|(_, at)| at).max()
    }

    /// Withdrawn values of the resource itself, office lines too.
    pub fn withdrawn_of(&self, resource: Uuid) -> impl Iterator<Item = &ContactValue> {
        let own = self.by_resource.get(&resource).into_iter().flatten();
        own.filter(|entry| entry.withdrawn.is_some()).flat_map(|entry| &entry.values)
    }

    /// Withdrawals that close a contact. Withdrawals for other resources count only for values that look
    /// private, since many groups share the line of one office.
    fn closing(&self, resource: Uuid, values: &[ContactValue]) -> Vec<&Entry> {
        let with = |value| self.withdrawn.get(value).into_iter().flatten().map(move |entry| (value, entry));
        let concerns =
            |(value, entry): &(&ContactValue, &Arc<Entry>)| entry.resource == resource || value.is_private();
        values.iter().flat_map(with).filter(concerns).map(|(_, entry)| entry.as_ref()).collect()
    }

    fn until(
        &self,
        resource: Uuid,
        values: &[ContactValue],
        purpose: ConsentPurpose,
        closing: &[&Entry],
    ) -> Option<NaiveDate> {
        let opens = |entry: &&Arc<Entry>| {
            let mut withdrawals = closing.iter().filter(|closed| closed.purpose == purpose);
            entry.purpose == purpose
                && entry.withdrawn.is_none()
                && entry.covers(values)
                && withdrawals.all(|withdrawal| entry.is_newer_than(withdrawal))
        };
        let own = self.by_resource.get(&resource).into_iter().flatten();
        own.filter(opens).map(|entry| entry.expires_on.unwrap_or(NO_END)).max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HERE: Uuid = Uuid::from_u128(1);
    const THERE: Uuid = Uuid::from_u128(2);

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 6, day).unwrap_or_default()
    }

    fn mobile() -> ContactValue {
        ContactValue::Number("+819000000001".into())
    }

    fn line() -> ContactValue {
        ContactValue::Number("+81235000001".into())
    }

    fn consent(purpose: ConsentPurpose, values: &[ContactValue]) -> Entry {
        Entry {
            resource: HERE,
            purpose,
            values: values.to_vec(),
            obtained_on: day(1),
            expires_on: None,
            withdrawn: None,
            recorded_at: 1,
        }
    }

    fn web(values: &[ContactValue]) -> Entry {
        consent(ConsentPurpose::PublicWeb, values)
    }

    fn withdrawn(entry: Entry) -> Entry {
        Entry { withdrawn: Some((day(10), 10)), ..entry }
    }

    fn again(entry: Entry) -> Entry {
        Entry { obtained_on: day(10), recorded_at: 11, ..entry }
    }

    fn effect(entries: &[Entry], values: &[ContactValue], base: Visibility) -> Effect {
        Ledger::of(entries.to_vec()).effect(HERE, values, base)
    }

    #[test]
    fn a_consent_opens_for_its_purpose_only() {
        use Visibility::Coordinator;
        let open = |purpose| effect(&[consent(purpose, &[mobile()])], &[mobile()], Coordinator);
        let closed = Effect::of(Coordinator);
        assert_eq!(open(ConsentPurpose::PublicWeb), Effect { public_until: Some(NO_END), ..closed });
        assert_eq!(open(ConsentPurpose::Partner), Effect { partner_until: Some(NO_END), ..closed });
        assert_eq!(open(ConsentPurpose::Care), Effect { care_until: Some(NO_END), ..closed });
        assert_eq!(open(ConsentPurpose::PrintedBooklet), closed);
        assert_eq!(open(ConsentPurpose::DisasterOnly), closed);
    }

    #[test]
    fn the_longest_consent_counts_and_each_must_cover_everything() {
        let until = |entries: &[Entry], values: &[ContactValue]| {
            effect(entries, values, Visibility::Coordinator).public_until
        };
        let short = Entry { expires_on: Some(day(20)), ..web(&[mobile()]) };
        let longer = Entry { expires_on: Some(day(25)), ..web(&[mobile(), line()]) };
        assert_eq!(until(&[short.clone(), longer.clone()], &[mobile()]), Some(day(25)));
        assert_eq!(until(&[short.clone(), longer], &[mobile(), line()]), Some(day(25)));
        assert_eq!(until(&[short, web(&[line()])], &[mobile(), line()]), None);
        assert_eq!(until(&[web(&[mobile()])], &[]), None);
    }

    #[test]
    fn a_withdrawal_closes_what_has_any_of_its_values() {
        let taken_back = withdrawn(web(&[mobile(), line()]));
        for values in [vec![mobile()], vec![line()], vec![line(), ContactValue::Mail("a@example.jp".into())]]
        {
            for (base, then) in [
                (Visibility::Public, Visibility::Coordinator),
                (Visibility::CareProfessional, Visibility::Coordinator),
                (Visibility::Admin, Visibility::Admin),
            ] {
                assert_eq!(effect(std::slice::from_ref(&taken_back), &values, base), Effect::of(then));
            }
        }
        let booklet = withdrawn(consent(ConsentPurpose::PrintedBooklet, &[mobile()]));
        assert_eq!(effect(&[booklet], &[mobile()], Visibility::Public), Effect::of(Visibility::Public));
    }

    #[test]
    fn only_a_newer_consent_opens_again_what_was_withdrawn() {
        let taken_back = withdrawn(web(&[mobile()]));
        let until =
            |entry: Entry| effect(&[taken_back.clone(), entry], &[mobile()], Visibility::Public).public_until;
        assert_eq!(until(web(&[mobile()])), None);
        assert_eq!(until(Entry { recorded_at: 11, ..web(&[mobile()]) }), None);
        assert_eq!(until(Entry { obtained_on: day(10), recorded_at: 9, ..web(&[mobile()]) }), None);
        assert_eq!(until(again(web(&[mobile()]))), Some(NO_END));
        let ending = Entry { expires_on: Some(day(20)), ..again(web(&[mobile()])) };
        let closed = effect(&[taken_back.clone(), ending], &[mobile()], Visibility::Public);
        assert_eq!((closed.visibility, closed.public_until), (Visibility::Coordinator, Some(day(20))));
    }

    #[test]
    fn elsewhere_a_withdrawal_closes_only_what_looks_like_somebodys_own() {
        let elsewhere = |value: ContactValue| Entry { resource: THERE, ..withdrawn(web(&[value])) };
        let closed = Effect::of(Visibility::Coordinator);
        assert_eq!(effect(&[elsewhere(mobile())], &[mobile()], Visibility::Public), closed);
        assert_eq!(
            effect(&[elsewhere(line())], &[line()], Visibility::Public),
            Effect::of(Visibility::Public)
        );
        let own = again(web(&[mobile()]));
        let open = effect(&[elsewhere(mobile()), own], &[mobile()], Visibility::Public);
        assert_eq!(open.public_until, Some(NO_END));
        assert_eq!(effect(&[elsewhere(mobile()), web(&[mobile()])], &[mobile()], Visibility::Public), closed);
    }

    fn any_entry() -> impl Strategy<Value = Entry> {
        let purpose = prop_oneof![
            Just(ConsentPurpose::PublicWeb),
            Just(ConsentPurpose::Partner),
            Just(ConsentPurpose::Care),
            Just(ConsentPurpose::DisasterOnly),
        ];
        let values = prop_oneof![Just(vec![mobile()]), Just(vec![line()]), Just(vec![mobile(), line()])];
        let days = (1u32..28, proptest::option::of(1u32..28), proptest::option::of(1u32..28), 0i64..20);
        (proptest::bool::ANY, purpose, values, days).prop_map(|(here, purpose, values, days)| Entry {
            resource: if here { HERE } else { THERE },
            purpose,
            values,
            obtained_on: day(days.0),
            expires_on: days.1.map(day),
            withdrawn: days.2.map(|on| (day(on), i64::from(on))),
            recorded_at: days.3,
        })
    }

    proptest! {
        #[test]
        fn a_withdrawal_never_opens_anything(
            entries in proptest::collection::vec(any_entry(), 0..6), more in any_entry(), on in 1u32..28,
        ) {
            let one = effect(&entries, &[mobile()], Visibility::Public);
            let withdrawal = Entry { withdrawn: Some((day(on), i64::from(on))), ..more };
            let all: Vec<Entry> = entries.into_iter().chain([withdrawal]).collect();
            let other = effect(&all, &[mobile()], Visibility::Public);
            prop_assert!(other.visibility >= one.visibility);
            prop_assert!(other.public_until <= one.public_until);
            prop_assert!(other.partner_until <= one.partner_until);
            prop_assert!(other.care_until <= one.care_until);
        }

        #[test]
        fn the_order_of_the_lines_does_not_matter(
            entries in proptest::collection::vec(any_entry(), 0..6),
        ) {
            let reversed: Vec<Entry> = entries.iter().rev().cloned().collect();
            let values = [mobile(), line()];
            prop_assert_eq!(
                effect(&entries, &values, Visibility::Public),
                effect(&reversed, &values, Visibility::Public),
            );
        }

        #[test]
        fn a_contact_nobody_may_know_of_is_never_wider_than_its_base(
            entries in proptest::collection::vec(any_entry(), 0..6),
        ) {
            for base in [Visibility::Public, Visibility::Coordinator, Visibility::Admin] {
                prop_assert!(effect(&entries, &[mobile()], base).visibility >= base);
            }
        }
    }
}
