//! Contacts: those of offices and desks are public, those of a person never are.

use crate::import::cells::column::{Column, column};
use crate::import::cells::contact::{self, ContactColumns, Written, desk};
use crate::import::cells::{Cells, RemarkedRow};
use crate::import::complaint::Remark;
use crate::import::facts::local::{LocalContact, LocalContactKind};
use japan::values::ContactValue;

/// The columns of contacts.
pub const COLUMNS: &[Column] = &[
    column("電話番号", "公開する代表電話。携帯電話は公開されない", "0235-00-0100"),
    column("FAX番号", "公開するFAX", ""),
    column("メールアドレス", "公開するメールアドレス", ""),
    column(
        "担当窓口名",
        "仲介する窓口の名前（包括・社協など）。個人名ではなく係の名前",
        "見本地域包括支援センター",
    ),
    column("担当窓口電話", "窓口の電話（公開）", "0235-00-0101"),
    column("申込先", "申し込みを受ける係の名前", ""),
    column("申込先電話", "申し込みの電話（公開）", ""),
    column("代表者名", "公開されない。調整役（コーディネーター）だけが見る", "見本 花子"),
    column("代表者電話", "公開されない。調整役（コーディネーター）だけが見る", "090-0000-0000"),
    column("代表者メール", "公開されない。調整役（コーディネーター）だけが見る", ""),
];

/// All contacts of a row.
pub fn read(cells: &mut RemarkedRow<'_, '_>) -> Vec<LocalContact> {
    let row = cells.row();
    let given = |column: &str| Some(row.text(column)).filter(|cell| !cell.is_empty());
    let office = Written {
        phone: given("電話番号"),
        fax: given("FAX番号"),
        email: given("メールアドレス"),
        ..Written::default()
    };
    let of = |label: &'static str, phone: &'static str| Written {
        label: given(label),
        phone: given(phone),
        columns: ContactColumns { phone, ..ContactColumns::default() },
        ..Written::default()
    };
    let mut contacts: Vec<LocalContact> = [
        (LocalContactKind::Representative, office),
        (LocalContactKind::Intermediary, of("担当窓口名", "担当窓口電話")),
        (LocalContactKind::Application, of("申込先", "申込先電話")),
    ]
    .into_iter()
    .flat_map(|(kind, written)| cells.remarking(written.columns.phone, |report| desk(kind, written, report)))
    .collect();
    contacts.extend(leader(cells));
    for column in ["電話番号", "FAX番号", "担当窓口電話", "申込先電話"] {
        warn_of_numbers(cells, column);
    }
    for label in ["担当窓口名", "申込先"] {
        if names_a_person(cells.raw(label)) {
            cells.warn(label, Remark::NamesAPerson);
        }
    }
    contact::close_shared(&mut contacts);
    contacts
}

/// Warns of several numbers in a cell, and of those that are the leader's own.
fn warn_of_numbers(cells: &mut RemarkedRow<'_, '_>, column: &'static str) {
    let numbers = ContactValue::numbers(cells.raw(column));
    if numbers.len() > 1 {
        cells.warn(column, Remark::SeveralNumbers);
    }
    let own = ContactValue::numbers(cells.raw("代表者電話"));
    if numbers.iter().any(|number| own.contains(number)) {
        cells.warn(column, Remark::LeaderNumberClosed);
    }
}

/// Whether the name of a desk has words that stand beside the name of a person.
fn names_a_person(label: &str) -> bool {
    ["会長", "代表者", "民生委員", "担当：", "担当:", "様", "さん", "氏"]
        .iter()
        .any(|word| label.contains(word))
}

fn leader(cells: &mut RemarkedRow<'_, '_>) -> Vec<LocalContact> {
    let row = cells.row();
    let given = |column: &str| Some(row.text(column)).filter(|cell| !cell.is_empty());
    let written = Written {
        person: given("代表者名"),
        phone: given("代表者電話"),
        email: given("代表者メール"),
        columns: ContactColumns {
            phone: "代表者電話", email: "代表者メール", ..ContactColumns::default()
        },
        ..Written::default()
    };
    let mut contacts = cells.remarking("代表者電話", |report| contact::leader(written, report));
    for contact in &mut contacts {
        // A number in these columns is private even if it is not a mobile one: it may be at home.
        (contact.kind, contact.public) = (LocalContactKind::LeaderPersonal, false);
    }
    contacts
}
