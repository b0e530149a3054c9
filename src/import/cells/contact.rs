//! The visibility of numbers and addresses in a list: a contact that may be a person's own is never public.

use crate::import::cells::{clean, office_words};
use crate::import::complaint::Remark;
use crate::import::facts::Phone;
use crate::import::facts::local::{LocalContact, LocalContactKind};
use crate::import::report::Report;
use japan::values::mentions::private_mentions;
use japan::values::{ContactValue, PhoneNumber};
use unicode_normalization::UnicodeNormalization;

/// Fewest digits of what may be left of a mobile number.
const FEWEST_DIGITS: usize = 9;

/// The cells of one contact, as written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Written<'a> {
    pub label: Option<&'a str>,
    pub person: Option<&'a str>,
    pub phone: Option<&'a str>,
    pub fax: Option<&'a str>,
    pub email: Option<&'a str>,
    /// The columns of these cells, which warnings name.
    pub columns: ContactColumns,
}

/// The columns of a contact.
#[derive(Clone, Copy, Debug)]
pub struct ContactColumns {
    pub phone: &'static str,
    pub fax: &'static str,
    pub email: &'static str,
}

impl Default for ContactColumns {
    fn default() -> Self {
        Self { phone: "電話番号", fax: "FAX番号", email: "メールアドレス" }
    }
}

impl Written<'_> {
    /// The telephone number.
    fn phone(&self, report: &mut Report) -> Option<Phone> {
        report.in_column(self.columns.phone, |report| number(self.phone, report))
    }

    /// The fax number.
    fn fax(&self, report: &mut Report) -> Option<Phone> {
        report.in_column(self.columns.fax, |report| number(self.fax, report))
    }

    /// The mail address.
    fn email(&self, report: &mut Report) -> Option<String> {
        report.in_column(self.columns.email, |report| mail(self.email?, report))
    }

    /// Warns of the lines that only coordinators see.
    fn warn_of_closed<'c>(&self, closed: impl IntoIterator<Item = &'c LocalContact>, report: &mut Report) {
        for contact in closed.into_iter().filter(|contact| !contact.public) {
            let lines = [(&contact.phone, self.columns.phone), (&contact.fax, self.columns.fax)];
            for (_, column) in lines.into_iter().filter(|(line, _)| line.is_some()) {
                report.warn_in(column, Remark::MobileForCoordinators);
            }
        }
    }
}

/// The contacts of an activity. A mobile number and a mail address may be private: they become the leader's
/// personal contact, which only coordinators see.
pub fn organiser(written: Written<'_>, report: &mut Report) -> Vec<LocalContact> {
    let contacts = leader(written, report);
    written.warn_of_closed(&contacts, report);
    contacts
}

/// The same from columns of which people know that only coordinators see them.
pub fn leader(written: Written<'_>, report: &mut Report) -> Vec<LocalContact> {
    let phone = written.phone(report);
    let fax = written.fax(report);
    let email = written.email(report);
    let own = |line: &Phone| may_be_personal(line) || names_a_person(line);
    let (private, public) = apart(phone, own);
    // A fax number equal to a private phone number is private too.
    let shares = |fax: &Phone| private.as_ref().is_some_and(|phone| digits(phone) == digits(fax));
    let (private_fax, fax) = apart(fax, |fax| own(fax) || shares(fax));
    let mut contacts = Vec::new();
    if public.is_some() || fax.is_some() {
        contacts.push(LocalContact {
            kind: LocalContactKind::Representative,
            public: true,
            label: written.label.map(str::to_owned),
            person_name: None,
            phone: public,
            fax,
            email: None,
        });
    }
    if private.is_some() || private_fax.is_some() || email.is_some() || written.person.is_some() {
        contacts.push(LocalContact {
            kind: LocalContactKind::LeaderPersonal,
            public: false,
            label: None,
            person_name: written.person.map(str::to_owned),
            phone: private,
            fax: private_fax,
            email,
        });
    }
    contacts
}

/// The contacts of an office or desk; none without a valid number or address. They are public, except for lines
/// that may be mobile ones: those of lists need a consent, and are a contact of their own.
pub fn desk(kind: LocalContactKind, written: Written<'_>, report: &mut Report) -> Vec<LocalContact> {
    let contact = LocalContact {
        kind,
        public: true,
        label: written.label.map(str::to_owned),
        person_name: None,
        phone: office(written.phone(report), written.columns.phone, report),
        fax: office(written.fax(report), written.columns.fax, report),
        email: written.email(report),
    };
    let (public, closed) = parted(contact);
    written.warn_of_closed(&closed, report);
    [public, closed].into_iter().flatten().collect()
}

/// What of a public contact may be public, and what only coordinators see.
pub fn parted(contact: LocalContact) -> (Option<LocalContact>, Option<LocalContact>) {
    parted_by(contact, |line| holds_mobile(&line.display))
}

/// Closes what public contacts share with those that are not: a number that is also given as the leader's own. Answers
/// whether there was any.
pub fn close_shared(contacts: &mut Vec<LocalContact>) -> bool {
    let lines = |contact: &LocalContact| {
        let lines = contact.phone.iter().chain(&contact.fax);
        lines.flat_map(|line| ContactValue::numbers(&line.display)).collect::<Vec<_>>()
    };
    let own: Vec<ContactValue> = contacts.iter().filter(|contact| !contact.public).flat_map(lines).collect();
    let is_own =
        |line: &Phone| ContactValue::numbers(&line.display).iter().any(|number| own.contains(number));
    let mut left = Vec::with_capacity(contacts.len());
    let mut found = false;
    for contact in contacts.drain(..) {
        let parts = if contact.public { parted_by(contact, is_own) } else { (Some(contact), None) };
        found |= parts.1.is_some();
        // The closed one is known from the leader's columns.
        left.extend(parts.0);
    }
    *contacts = left;
    found
}

fn parted_by(
    contact: LocalContact,
    is_private: impl Fn(&Phone) -> bool,
) -> (Option<LocalContact>, Option<LocalContact>) {
    let (own_phone, phone) = apart(contact.phone, &is_private);
    let (own_fax, fax) = apart(contact.fax, &is_private);
    let closed = (own_phone.is_some() || own_fax.is_some()).then(|| LocalContact {
        kind: LocalContactKind::LeaderPersonal,
        public: false,
        label: contact.label.clone(),
        person_name: None,
        phone: own_phone,
        fax: own_fax,
        email: None,
    });
    let says_something = phone.is_some() || fax.is_some() || contact.email.is_some();
    (says_something.then_some(LocalContact { phone, fax, ..contact }), closed)
}

/// A line as a private or as a public one.
fn apart(line: Option<Phone>, is_private: impl Fn(&Phone) -> bool) -> (Option<Phone>, Option<Phone>) {
    if line.as_ref().is_some_and(is_private) { (line, None) } else { (None, line) }
}

/// The number of an office in a cell without those that may be mobile ones; `None`: nothing is left.
pub fn without_mobiles(cell: &str) -> Option<Phone> {
    let numbers = cell.split(['、', ',', '，', '/', '／', ';', '；', '\n']).map(str::trim);
    let left: Vec<&str> = numbers.filter(|number| !number.is_empty() && !holds_mobile(number)).collect();
    PhoneNumber::parse(&left.join("、")).map(Phone::from)
}

fn number(raw: Option<&str>, report: &mut Report) -> Option<Phone> {
    let raw = raw.and_then(clean::text)?;
    let Some(number) = PhoneNumber::parse(&raw) else {
        report.warn(Remark::NotAPhoneNumber);
        return None;
    };
    if lacks_area_code(&number) {
        report.warn(Remark::NoAreaCode);
    }
    Some(number.into())
}

/// Whether a number is not whole; those that are dialled so everywhere are.
pub fn lacks_area_code(number: &PhoneNumber) -> bool {
    number.e164().is_none() && !is_short_code(number.display())
}

/// Whether a number is one that is dialled without an area code everywhere: 119, 188, #7119.
fn is_short_code(number: &str) -> bool {
    let digits = |text: &str, count: usize| text.len() == count && text.chars().all(|c| c.is_ascii_digit());
    digits(number, 3) && number.starts_with('1') || number.strip_prefix('#').is_some_and(|n| digits(n, 4))
}

/// The mail address in a cell; of several the first one. Words beside it may name a person and are left out.
fn mail(raw: &str, report: &mut Report) -> Option<String> {
    let text: String = clean::text(raw)?.nfkc().collect();
    let joined: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if is_mail(&joined) {
        return Some(joined);
    }
    let mut addresses = mail_addresses(&text).into_iter();
    let Some(first) = addresses.next() else {
        report.warn(Remark::NotAMailAddress);
        return None;
    };
    let more = addresses.len() > 0;
    report.warn(if more { Remark::OnlyFirstMailAddress } else { Remark::WordsBesideMailAddress });
    Some(first)
}

/// The mail addresses of a text.
pub fn mail_addresses(raw: &str) -> Vec<String> {
    let folded: String = raw.nfkc().collect();
    let words = folded.split(|c: char| !(is_of_mail(c) || c == '@'));
    words.filter(|word| is_mail(word)).map(str::to_owned).collect()
}

/// Whether a text is a mail address.
pub fn is_mail(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    let is_label =
        |label: &str| !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    !name.is_empty() && name.chars().all(is_of_mail) && host.contains('.') && host.split('.').all(is_label)
}

/// Whether a character may stand in the name of a mail address.
fn is_of_mail(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c)
}

/// Whether a cell or a text contains a mobile number, or what may be left of one.
pub fn holds_mobile(text: &str) -> bool {
    let mentioned = private_mentions(text).into_iter().map(|mention| mention.value);
    ContactValue::numbers(text).into_iter().chain(mentioned).any(|number| number.may_be_mobile())
}

/// Whether the number of an entry in a list is, or contains, a telephone number that may be private; K-090 does not.
pub fn is_private_number(id: &str) -> bool {
    id.nfkc().filter(char::is_ascii_digit).count() >= FEWEST_DIGITS && holds_mobile(id)
}

fn digits(phone: &Phone) -> String {
    phone.display.nfkc().filter(char::is_ascii_digit).collect()
}

/// Whether one of the numbers may be a mobile or otherwise personal one, also behind the number of an office.
fn may_be_personal(phone: &Phone) -> bool {
    ContactValue::numbers(&phone.display).iter().any(ContactValue::is_private) || holds_mobile(&phone.display)
}

/// Whether words beside the number may name a person, as in `41-4355(会長)`: it is then mostly a number at home.
fn names_a_person(phone: &Phone) -> bool {
    !office_words::name_an_office(&phone.display)
}

fn office(line: Option<Phone>, column: &'static str, report: &mut Report) -> Option<Phone> {
    report.in_column(column, |report| line.map(|line| without_names(line, report)))
}

/// The line of an office without words that may name a person.
pub fn without_names(line: Phone, report: &mut Report) -> Phone {
    let Some(display) = office_words::without_others(&line.display) else { return line };
    report.warn(Remark::WordsBesideNumber);
    Phone { display, ..line }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mobile_number_and_a_mail_address_are_the_leaders_own() {
        let mut report = Report::default();
        let written = Written {
            phone: Some("０９０－１２３４－５６７８"),
            email: Some("someone@example.com"),
            person: Some("見本 花子"),
            ..Written::default()
        };
        let contacts = organiser(written, &mut report);
        assert_eq!(contacts.len(), 1);
        assert!(!contacts[0].public);
        assert_eq!(contacts[0].kind, LocalContactKind::LeaderPersonal);
    }

    #[test]
    fn a_mobile_number_behind_an_office_line_is_private_too() {
        let mut report = Report::default();
        let written = Written { phone: Some("0235-00-0000、090-0000-0001"), ..Written::default() };
        let contacts = organiser(written, &mut report);
        assert_eq!(contacts.iter().map(|c| c.public).collect::<Vec<_>>(), [false]);
    }

    #[test]
    fn an_office_line_is_public_and_the_person_behind_it_is_not() {
        let mut report = Report::default();
        let written =
            Written { phone: Some("0235-00-0000"), person: Some("見本 花子"), ..Written::default() };
        let contacts = organiser(written, &mut report);
        assert_eq!(contacts.iter().map(|c| c.public).collect::<Vec<_>>(), [true, false]);
        assert!(contacts[0].person_name.is_none());
    }

    #[test]
    fn a_mail_address_is_taken_without_the_words_beside_it() {
        let read = |raw| mail(raw, &mut Report::default());
        for raw in
            ["name@example.jp", "ｎａｍｅ＠example.jp", "name@example.jp（山田）", "山田 name@example.jp"]
        {
            assert_eq!(read(raw).as_deref(), Some("name@example.jp"), "{raw}");
        }
        assert_eq!(read("a@example.jp、b@example.jp").as_deref(), Some("a@example.jp"));
        for raw in ["name@@example.jp", "name@example", "名前@example.jp", "@example.jp", "name@example..jp"]
        {
            assert_eq!(read(raw), None, "{raw}");
        }
        assert!(is_short_code("119") && is_short_code("#7119") && !is_short_code("190-1"));
    }

    #[test]
    fn a_fax_is_as_private_as_the_telephone() {
        let mut report = Report::default();
        let lines = [
            (None, Some("090-7777-6666")),
            (Some("090-7777-6666"), Some("０９０－７７７７－６６６６")),
            (Some("41-4355(会長)"), Some("41-4355")),
            (Some("0235-00-0000"), Some("41-4355(自宅)")),
        ];
        for (phone, fax) in lines {
            let written = Written { phone, fax, ..Written::default() };
            let contacts = organiser(written, &mut report);
            assert!(contacts.iter().filter(|c| c.public).all(|c| c.fax.is_none()), "{phone:?} {fax:?}");
            assert!(contacts.iter().any(|c| !c.public && c.fax.is_some()), "{phone:?} {fax:?}");
        }
    }
}
