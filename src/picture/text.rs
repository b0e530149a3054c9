//! Looking for a text among the rows of a segment.

use super::grams::{BEGIN, END};
use super::record::circulation;
use super::segment::{Rows, Segment, any_of};
use super::view::View;
use crate::auth::policy;
use crate::resources::phone_search::PhoneSearch;
use crate::resources::search::{SearchWord, TextSearch, Tier};

/// The rows that a text finds as well as a tier says.
pub(super) fn found(view: &View, segment: &Segment, among: &Rows, text: &TextSearch, tier: Tier) -> Rows {
    if let Some(number) = text.number() {
        return with_number(view, segment, among, number);
    }
    let exact =
        |among: &Rows| any(text.whole(), |whole| contain(segment, among, &format!("{BEGIN}{whole}{END}")));
    let prefix =
        |among: &Rows| any(text.whole(), |whole| contain(segment, among, &format!("{BEGIN}{whole}")));
    let themselves = || all(text, among, |among, word| written(segment, among, word));
    let meant = || all(text, among, |among, word| is_meant(segment, among, word));
    match tier {
        Tier::Exact => exact(among),
        Tier::Prefix => {
            let prefix = prefix(among);
            &prefix - exact(&prefix)
        }
        Tier::Elsewhere => {
            let themselves = themselves();
            &themselves - prefix(&themselves)
        }
        Tier::Synonym => {
            let meant = meant() - themselves();
            &meant - prefix(&meant)
        }
        Tier::Anywhere => meant(),
    }
}

/// The rows in which a word occurs in any spelling, or another word or a code for it.
pub(super) fn is_meant(segment: &Segment, among: &Rows, word: &SearchWord) -> Rows {
    let mut found = any(word.keys(), |key| contain(segment, among, key));
    found |= any_of(&segment.index.services, among, word.services().iter());
    found |= any_of(&segment.index.departments, among, word.departments().iter());
    found
}

fn written(segment: &Segment, among: &Rows, word: &SearchWord) -> Rows {
    any(word.spellings(), |key| contain(segment, among, key))
}

fn contain(segment: &Segment, among: &Rows, wanted: &str) -> Rows {
    segment.grams.containing(among, wanted)
}

fn any<'k>(keys: impl IntoIterator<Item = &'k String>, one: impl Fn(&str) -> Rows) -> Rows {
    let mut found = Rows::new();
    keys.into_iter().for_each(|key| found |= one(key));
    found
}

fn all(text: &TextSearch, among: &Rows, one: impl Fn(&Rows, &SearchWord) -> Rows) -> Rows {
    text.words().iter().fold(among.clone(), |rows, word| one(&rows, word))
}

/// The rows with a contact of a number, among the contacts that the viewer may read. Contacts for care professionals are
/// left out: to find a resource by one would be to read it, which is written to the audit.
fn with_number(view: &View, segment: &Segment, among: &Rows, number: &PhoneSearch) -> Rows {
    let permissions = view.permissions();
    let mut found = Rows::new();
    for (_, place) in segment.numbers.iter().filter(|(digits, _)| number.is_in(*digits)) {
        let row = segment.contacts.row_of(*place);
        let Some(contact) = segment.contacts.all.get(*place as usize).filter(|_| among.contains(row)) else {
            continue;
        };
        let circulation = circulation(contact);
        let is_readable = policy::reads_contact(permissions, &circulation, view.relation(segment, row));
        if is_readable && !policy::is_for_professionals(permissions, &circulation) {
            found.insert(row);
        }
    }
    found
}
