//! The rules by which texts of one resource are private. Pure.

use crate::consents::effect::Ledger;
use entity::enums::HeldReason;
use japan::values::ContactValue;
use japan::values::mentions::{Mention, mentions_of, private_mentions};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Released texts: resource, field, digest of the text, and when they were released.
#[derive(Clone, Debug, Default)]
pub struct Released(HashMap<(Uuid, String, String), i64>);

/// The digest by which a released text is recognised.
pub fn digest(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Released {
    /// From the stored rows.
    pub fn of(texts: impl IntoIterator<Item = ((Uuid, String, String), i64)>) -> Self {
        Self(texts.into_iter().collect())
    }

    /// The resources of which a text was released.
    pub fn resources(&self) -> HashSet<Uuid> {
        self.0.keys().map(|(resource, _, _)| *resource).collect()
    }

    fn at(&self, resource: Uuid, field: &str, text: &str) -> Option<i64> {
        if self.0.is_empty() {
            return None;
        }
        self.0.get(&(resource, field.to_owned(), digest(text))).copied()
    }
}

/// Everything that decides whether a text of one resource is private.
pub struct Rules<'r> {
    /// Public id of the resource.
    pub resource: Uuid,
    /// Consents and their withdrawals.
    pub ledger: &'r Ledger,
    /// Released texts.
    pub released: &'r Released,
    /// Whether a number or address is a public contact of the resource.
    pub is_public: &'r dyn Fn(&ContactValue) -> bool,
    /// The numbers and addresses of its contacts that are not public.
    pub closed: &'r [ContactValue],
}

impl Rules<'_> {
    /// Why a text is withheld; `None` when it may be shown. A release does not count against a later
    /// withdrawal.
    pub fn reason(&self, field: impl std::fmt::Display, text: &str) -> Option<HeldReason> {
        let found = self.private(text);
        let first = found.first()?;
        let withdrawn = found.iter().filter_map(|mention| self.withdrawn_at(&mention.value)).max();
        let released = self.released.at(self.resource, &field.to_string(), text);
        if released.is_some_and(|at| withdrawn.is_none_or(|withdrawn| at > withdrawn)) {
            return None;
        }
        Some(match (withdrawn, &first.value) {
            (Some(_), _) => HeldReason::Withdrawn,
            (None, ContactValue::Number(_)) => HeldReason::PrivatePhone,
            (None, ContactValue::Mail(_)) => HeldReason::PrivateMail,
        })
    }

    /// A text without the private numbers and addresses in it.
    pub fn cut(&self, text: &str) -> String {
        let places: Vec<_> = self.private(text).into_iter().map(|mention| mention.place).collect();
        let rest = text.chars().enumerate().filter(|(at, _)| !places.iter().any(|place| place.contains(at)));
        rest.map(|(_, c)| c).collect::<String>().trim().to_owned()
    }

    fn private(&self, text: &str) -> Vec<Mention> {
        let mut found = private_mentions(text);
        found.retain(|mention| {
            self.withdrawn_at(&mention.value).is_some() || !(self.is_public)(&mention.value)
        });
        // The line of an office does not look private; it is, where its consent was withdrawn for this
        // resource.
        let lines = self.ledger.withdrawn_of(self.resource).filter(|value| !value.is_private());
        found.extend(lines.flat_map(|value| mentions_of(text, value)));
        let closed = self.closed.iter().filter(|value| !value.is_private() && !(self.is_public)(value));
        found.extend(closed.flat_map(|value| mentions_of(text, value)));
        found
    }

    fn withdrawn_at(&self, value: &ContactValue) -> Option<i64> {
        self.ledger.withdrawn_at(self.resource, value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consents::effect::Entry;
    use chrono::NaiveDate;
    use entity::enums::ConsentPurpose;

    const HERE: Uuid = Uuid::from_u128(1);
    const THERE: Uuid = Uuid::from_u128(2);

    fn number(written: &str) -> ContactValue {
        ContactValue::number(written).expect("a number")
    }

    fn withdrawn(resource: Uuid, value: ContactValue) -> Ledger {
        let day = NaiveDate::from_ymd_opt(2026, 6, 1).expect("a day");
        Ledger::of([Entry {
            resource,
            purpose: ConsentPurpose::PublicWeb,
            values: vec![value],
            obtained_on: day,
            expires_on: None,
            withdrawn: Some((day, 10)),
            recorded_at: 1,
        }])
    }

    fn reason(ledger: &Ledger, released: &Released, public: &[&str], text: &str) -> Option<HeldReason> {
        let is_public = |value: &ContactValue| public.iter().any(|written| number(written) == *value);
        Rules { resource: HERE, ledger, released, is_public: &is_public, closed: &[] }.reason("note", text)
    }

    #[test]
    fn a_private_number_is_held_unless_it_is_public_here() {
        let (nothing, none) = (Ledger::default(), Released::default());
        let held = |public: &[&str], text| reason(&nothing, &none, public, text);
        assert_eq!(held(&[], "電話 090-0000-0001"), Some(HeldReason::PrivatePhone));
        assert_eq!(held(&["090-0000-0001"], "電話 090-0000-0001"), None);
        assert_eq!(held(&["090-0000-0001"], "090-0000-0001か090-0000-0002"), Some(HeldReason::PrivatePhone));
        assert_eq!(held(&[], "メール a@example.jp"), Some(HeldReason::PrivateMail));
        assert_eq!(held(&[], "電話 0235-43-0000"), None);
    }

    #[test]
    fn the_line_of_a_contact_that_is_not_public_is_held_unless_it_is_public_here() {
        let (nothing, none) = (Ledger::default(), Released::default());
        let closed = [number("0235-00-0075")];
        let reason = |is_public: &dyn Fn(&ContactValue) -> bool| {
            Rules { resource: HERE, ledger: &nothing, released: &none, is_public, closed: &closed }
                .reason("note", "入会は会長宅（0235000075）へ")
        };
        assert_eq!(reason(&|_| false), Some(HeldReason::PrivatePhone));
        assert_eq!(reason(&|_| true), None);
    }

    #[test]
    fn what_was_taken_back_is_held_though_it_is_an_office_line_or_a_contact() {
        let none = Released::default();
        let line = withdrawn(HERE, number("0235-43-0000"));
        let held = Some(HeldReason::Withdrawn);
        assert_eq!(reason(&line, &none, &["0235-43-0000"], "電話 0235-43-0000"), held);
        let elsewhere = withdrawn(THERE, number("0235-43-0000"));
        assert_eq!(reason(&elsewhere, &none, &[], "電話 0235-43-0000"), None);
        let mobile = withdrawn(THERE, number("090-0000-0001"));
        assert_eq!(reason(&mobile, &none, &["090-0000-0001"], "電話 090-0000-0001"), held);
    }

    #[test]
    fn a_released_text_passes_until_its_number_is_taken_back() {
        let text = "電話 090-0000-0001";
        let released = |at| Released::of([((HERE, "note".to_owned(), digest(text)), at)]);
        let nothing = Ledger::default();
        assert_eq!(reason(&nothing, &released(5), &[], text), None);
        assert_eq!(reason(&nothing, &released(5), &[], "電話 090-0000-0002"), Some(HeldReason::PrivatePhone));
        let taken_back = withdrawn(HERE, number("090-0000-0001"));
        assert_eq!(reason(&taken_back, &released(5), &[], text), Some(HeldReason::Withdrawn));
        assert_eq!(reason(&taken_back, &released(11), &[], text), None);
    }

    #[test]
    fn a_name_keeps_what_is_not_private() {
        let (nothing, none) = (Ledger::default(), Released::default());
        let rules =
            Rules { resource: HERE, ledger: &nothing, released: &none, is_public: &|_| false, closed: &[] };
        assert_eq!(rules.cut("見本サロン ０９０－００００－０００１"), "見本サロン");
        assert_eq!(rules.cut("見本サロン"), "見本サロン");
    }
}
