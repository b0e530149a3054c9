//! The plain fields of contacts, for viewers who read none of professionals.

use super::out::Out;
use super::resource::{Asking, Compiler, Word, WordFields, word};
use super::select::{Chosen, Steps, object, steps};
use crate::desks::store::intermediary;
use crate::picture::{OwnContact, Record};
use crate::resources::contacts::{ContactPoint, distinct};
use crate::resources::kinds::ContactKind;

/// Fields of a contact, in order.
pub(super) type Fields = Steps<Write>;

#[derive(Debug)]
pub(super) enum Write {
    Text(for<'c> fn(&'c Shown<'_>) -> Option<&'c str>),
    Kind(WordFields),
}

/// A contact that is shown.
#[derive(Debug)]
pub(super) enum Shown<'r> {
    Own(OwnContact<'r>),
    /// That of a desk, which stands in.
    Intermediary(Box<ContactPoint>),
}

/// Declares how texts of a contact are read.
macro_rules! texts {
    ($($name:literal = $own:ident, $other:ident;)*) => {
        fn text(name: &str) -> Option<for<'c> fn(&'c Shown<'_>) -> Option<&'c str>> {
            match name {
                $($name => Some(|shown| match shown {
                    Shown::Own(contact) => contact.$own,
                    Shown::Intermediary(contact) => contact.$other.as_deref(),
                }),)*
                _ => None,
            }
        }
    };
}

texts! {
    "label" = label, label;
    "tel" = phone, tel;
    "telE164" = phone_e164, tel_e164;
    "fax" = fax, fax;
    "faxE164" = fax_e164, fax_e164;
    "email" = email, email;
}

pub(super) fn compile(compiler: &Compiler<'_>, chosen: &Chosen<'_>) -> Option<Fields> {
    steps(compiler.document, chosen, &["ContactPoint"], |chosen| match chosen.name() {
        "kind" => Some(Write::Kind(compiler.word::<ContactKind>(chosen)?)),
        name => Some(Write::Text(text(name)?)),
    })
}

/// Writes the contacts of a resource, each number once.
pub(super) fn write(own: &Record, fields: &Fields, asking: &Asking<'_>, out: &mut Out) {
    let mut shown: Vec<Shown<'_>> = distinct(own).into_iter().map(Shown::Own).collect();
    let can_be_rung = |shown: &Shown<'_>| matches!(shown, Shown::Own(contact) if contact.phone.is_some());
    if own.kind().is_run_from_home() && !shown.iter().any(can_be_rung) {
        shown.extend(intermediary(asking.view, own).map(Box::new).map(Shown::Intermediary));
    }
    out.list(&shown, |contact, out| one(contact, fields, asking, out));
}

fn one(contact: &Shown<'_>, fields: &Fields, asking: &Asking<'_>, out: &mut Out) {
    object(fields, asking.variables, out, |what, out| match what {
        Write::Text(text) => out.text(text(contact)),
        Write::Kind(fields) => {
            let kind = match contact {
                Shown::Own(contact) => ContactKind::from(contact.kind),
                Shown::Intermediary(contact) => contact.kind,
            };
            word(Some(Word::of(kind)), fields, asking, out);
        }
    });
}
