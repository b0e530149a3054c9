//! The visibility of numbers and addresses in a list: a contact that may be a person's own is never public.

use crate::import::cells::{clean, office_words};
use crate::import::complaint::Remark;
use crate::import::facts::Phone;
use crate::import::facts::local::{LocalContact, LocalContactKind};
use crate::import::report::Report;
use japan::values::mentions::private_mentions;
use japan::values::{ContactValue, PhoneNumber};
use unicode_normalization::UnicodeNormalization;

/// The cells of one contact, as written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Written<'a> {
    pub label: Option<&'a str>,
    pub person: Option<&'a str>,
    pub phone: Option<&'a str>,
    pub fax: Option<&'a str>,
    pub email: Option<&'a str>,
    /// The column of the mail address; `None`: メールアドレス.
    pub email_column: Option<&'static str>,
}

impl Written<'_> {
    /// The fax number.
    fn fax(&self, report: &mut Report) -> Option<Phone> {
        report.in_column("FAX番号", |report| number(self.fax, report))
    }

    /// The mail address.
    fn email(&self, report: &mut Report) -> Option<String> {
        let column = self.email_column.unwrap_or("メールアドレス");
        report.in_column(column, |report| mail(self.email?, report))
    }
}

/// The contacts of an activity. A mobile number and a mail address may be private: they become the leader's
/// personal contact, which only coordinators see.
pub fn organiser(written: Written<'_>, report: &mut Report) -> Vec<LocalContact> {
    let contacts = leader(written, report);
    if contacts.iter().any(|one| !one.public && (one.phone.is_some() || one.fax.is_some())) {
        report.warn(Remark::MobileForCoordinators);
    }
    contacts
}

/// The same from columns of which people know that only coordinators see them.
pub fn leader(written: Written<'_>, report: &mut Report) -> Vec<LocalContact> {
    let phone = number(written.phone, report);
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
        phone: number(written.phone, report).map(|line| without_names(line, report)),
        fax: report.in_column("FAX番号", |report| {
            number(written.fax, report).map(|line| without_names(line, report))
        }),
        email: written.email(report),
    };
    let (public, closed) = parted(contact);
    if closed.is_some() {
        report.warn(Remark::MobileForCoordinators);
    }
    [public, closed].into_iter().flatten().collect()
}

/// What of a public contact may be public, and what only coordinators see.
pub fn parted(contact: LocalContact) -> (Option<LocalContact>, Option<LocalContact>) {
    let may_be_mobile = |line: &Phone| holds_mobile(&line.display);
    let (own_phone, phone) = apart(contact.phone, may_be_mobile);
    let (own_fax, fax) = apart(contact.fax, may_be_mobile);
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
    if number.e164().is_none() {
        report.warn(Remark::NoAreaCode);
    }
    Some(number.into())
}

fn mail(raw: &str, report: &mut Report) -> Option<String> {
    let text: String = clean::text(raw)?.nfkc().filter(|c| !c.is_whitespace()).collect();
    if !is_mail(&text) {
        report.warn(Remark::NotAMailAddress);
        return None;
    }
    Some(text)
}

/// Whether a text looks like a mail address.
pub fn is_mail(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
}

/// Whether a cell or a text contains a mobile number, or what may be left of one.
pub fn holds_mobile(text: &str) -> bool {
    let mentioned = private_mentions(text).into_iter().map(|mention| mention.value);
    ContactValue::numbers(text).into_iter().chain(mentioned).any(|number| number.may_be_mobile())
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
