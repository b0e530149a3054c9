//! Differences between two versions of a sheet: pure, without a database.

use crate::liaison::facts::{EntryFacts, SheetFacts};
use crate::terms::labelled;
use uuid::Uuid;

labelled! {
    /// What a sheet says of its institution (連携シートの項目).
    LiaisonSheetField {
        /// Numbers and addresses (連絡先).
        Lines = ("連絡先", "れんらくさき", "電話番号など", "Lines"),
        /// What is not sent by fax or mail (FAX・メールで送らないもの).
        TransmissionCautions = ("FAX・メールで送らないもの", "ふぁっくすめーるでおくらないもの", "FAX・メールで 送らない もの", "Not to be sent by fax or mail"),
        /// What papers cost (文書料).
        DocumentFee = ("文書料", "ぶんしょりょう", "書類の お金", "Fee for documents"),
        /// Remarks (備考).
        Note = ("備考", "びこう", "メモ", "Note"),
        /// Who made it (作成主体).
        Issuer = ("作成主体", "さくせいしゅたい", "作った ところ", "Issuer"),
        /// The day the facts are from (情報時点).
        AsOf = ("情報時点", "じょうほうじてん", "いつの 情報か", "As of"),
        /// The day by which it is to be reviewed (見直しの期限).
        ReviewDueOn = ("見直しの期限", "みなおしのきげん", "次に 確かめる 日", "Review due on"),
        /// In which order the physicians stand (医師の並び順).
        Order = ("医師の並び順", "いしのならびじゅん", "医者の 順番", "Order of physicians"),
    }

    /// What a sheet says of a physician (医師ごとの項目).
    PhysicianField {
        /// Departments (診療科).
        Departments = ("診療科", "しんりょうか", "何の 医者か", "Departments"),
        /// Position (役職).
        Title = ("役職", "やくしょく", "役目", "Title"),
        /// When they are there (勤務曜日).
        Attendance = ("勤務曜日", "きんむようび", "いる 曜日", "Days at work"),
        /// Channels, their order, targets, purposes and times (望ましい連絡手段).
        Channels = ("望ましい連絡手段", "のぞましいれんらくしゅだん", "よい 連絡の しかた", "Preferred channels"),
        /// How they do not want to be turned to (避けてほしい手段).
        AvoidedChannels = ("避けてほしい手段", "さけてほしいしゅだん", "して ほしくない 連絡の しかた", "Channels to avoid"),
        /// When (相談しやすい時間).
        Times = ("相談しやすい時間", "そうだんしやすいじかん", "相談しやすい 時間", "Good times"),
        /// When not (避けてほしい時間).
        AvoidTimes = ("避けてほしい時間", "さけてほしいじかん", "だめな 時間", "Times to avoid"),
        /// Whether an appointment is wanted (予約の要否).
        Appointment = ("予約の要否", "よやくのようひ", "予約が いるか", "Appointment"),
        /// Who answers (窓口になる人).
        AnsweredBy = ("窓口になる人", "まどぐちになるひと", "電話に 出る 人", "Answered by"),
        /// Conferences on a person's services (サービス担当者会議).
        CareConference = ("サービス担当者会議", "さーびすたんとうしゃかいぎ", "介護の 会議", "Care conference"),
        /// Conferences before a discharge (退院前カンファレンス).
        DischargeConference = ("退院前カンファレンス", "たいいんまえかんふぁれんす", "退院の 前の 会議", "Discharge conference"),
        /// Opinions in writing (主治医意見書).
        OpinionLetter = ("主治医意見書", "しゅじいいけんしょ", "医者の 意見の 紙", "Physician's opinion letter"),
        /// House calls (往診).
        HouseCall = ("往診", "おうしん", "頼むと 家に 来る（往診）", "House calls"),
        /// Regular visits at home (訪問診療).
        HomeVisit = ("訪問診療", "ほうもんしんりょう", "決まった 日に 家に 来る（訪問診療）", "Regular home visits"),
        /// Care at the end of life at home (看取り).
        EndOfLife = ("看取り", "みとり", "最後まで そばで 世話を する", "End-of-life care"),
        /// Whom to turn to meanwhile (不在時の窓口).
        StandIn = ("不在時の窓口", "ふざいじのまどぐち", "いない ときの 人", "Stand-in"),
        /// Remarks (備考).
        Note = ("備考", "びこう", "メモ", "Note"),
    }
}

/// The comparable facts of a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said<'v> {
    /// The facts of the institution.
    pub facts: &'v SheetFacts,
    /// Who made it, the day the facts are from, the day by which it is to be reviewed.
    pub head: (&'v str, chrono::NaiveDate, chrono::NaiveDate),
    /// Physicians in order: the public id of the affiliation, and the facts.
    pub physicians: Vec<(Uuid, &'v EntryFacts)>,
}

/// The differences; physicians by their index in their version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Changed fields of the institution.
    pub institution: Vec<LiaisonSheetField>,
    /// New physicians: indexes in the later version.
    pub added: Vec<usize>,
    /// Physicians who are no longer listed: indexes in the earlier version.
    pub left: Vec<usize>,
    /// Changed physicians: indexes in the earlier and the later version, and the changed fields.
    pub changed: Vec<(usize, usize, Vec<PhysicianField>)>,
}

/// The differences from one version to a later one.
pub fn changes(before: &Said<'_>, after: &Said<'_>) -> Changes {
    let place = |said: &Said<'_>, who: Uuid| said.physicians.iter().position(|(other, _)| *other == who);
    let mut changes = Changes { institution: institution(before, after), ..Changes::default() };
    for (at, (who, now)) in after.physicians.iter().enumerate() {
        let Some(earlier) = place(before, *who) else {
            changes.added.push(at);
            continue;
        };
        let fields = before.physicians.get(earlier).map(|(_, then)| physician(then, now)).unwrap_or_default();
        if !fields.is_empty() {
            changes.changed.push((earlier, at, fields));
        }
    }
    let gone = before.physicians.iter().enumerate().filter(|(_, (who, _))| place(after, *who).is_none());
    changes.left = gone.map(|(at, _)| at).collect();
    changes
}

fn institution(before: &Said<'_>, after: &Said<'_>) -> Vec<LiaisonSheetField> {
    use LiaisonSheetField::{
        AsOf, DocumentFee, Issuer, Lines, Note, Order, ReviewDueOn, TransmissionCautions,
    };
    let (then, now) = (before.facts, after.facts);
    let stayed = |one: &Said<'_>, other: &Said<'_>| -> Vec<Uuid> {
        let also = |who: &Uuid| other.physicians.iter().any(|(known, _)| known == who);
        one.physicians.iter().map(|(who, _)| *who).filter(also).collect()
    };
    only(&[
        (Lines, then.lines == now.lines),
        (TransmissionCautions, then.cautions == now.cautions),
        (DocumentFee, then.document_fee == now.document_fee),
        (Note, then.note == now.note),
        (Issuer, before.head.0 == after.head.0),
        (AsOf, before.head.1 == after.head.1),
        (ReviewDueOn, before.head.2 == after.head.2),
        (Order, stayed(before, after) == stayed(after, before)),
    ])
}

fn physician(then: &EntryFacts, now: &EntryFacts) -> Vec<PhysicianField> {
    use PhysicianField as Field;
    only(&[
        (Field::Departments, then.departments == now.departments),
        (Field::Title, then.title == now.title),
        (Field::Attendance, then.attendance == now.attendance),
        (Field::Channels, then.channels == now.channels),
        (Field::AvoidedChannels, then.avoid_channels == now.avoid_channels),
        (Field::Times, then.times == now.times),
        (Field::AvoidTimes, then.avoid == now.avoid),
        (Field::Appointment, then.appointment == now.appointment),
        (Field::AnsweredBy, then.answered_by == now.answered_by),
        (Field::CareConference, then.care_conference == now.care_conference),
        (Field::DischargeConference, then.discharge_conference == now.discharge_conference),
        (Field::OpinionLetter, then.opinion_letter == now.opinion_letter),
        (Field::HouseCall, then.house_call == now.house_call),
        (Field::HomeVisit, then.home_visit == now.home_visit),
        (Field::EndOfLife, then.end_of_life == now.end_of_life),
        (Field::StandIn, then.stand_in == now.stand_in),
        (Field::Note, then.note == now.note),
    ])
}

/// The fields whose values differ.
fn only<T: Copy>(compared: &[(T, bool)]) -> Vec<T> {
    compared.iter().filter(|(_, same)| !same).map(|(field, _)| *field).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::liaison::facts::Channel;
    use chrono::NaiveDate;

    fn said<'v>(facts: &'v SheetFacts, physicians: Vec<(Uuid, &'v EntryFacts)>) -> Said<'v> {
        Said { facts, head: ("見本", NaiveDate::default(), NaiveDate::default()), physicians }
    }

    #[test]
    fn the_same_twice_differs_in_nothing() {
        let (facts, entry) = (SheetFacts::default(), EntryFacts::default());
        let version = said(&facts, vec![(Uuid::from_u128(1), &entry)]);
        assert_eq!(changes(&version, &version), Changes::default());
    }

    #[test]
    fn who_came_who_went_and_of_whom_something_else_is_said() {
        let facts = SheetFacts::default();
        let (plain, noted) =
            (EntryFacts::default(), EntryFacts { note: Some("見本".to_owned()), ..EntryFacts::default() });
        let rung = EntryFacts { channels: vec![Channel::default()], ..noted.clone() };
        let [one, two, three] = [1, 2, 3].map(Uuid::from_u128);
        let before = said(&facts, vec![(one, &plain), (two, &plain)]);
        let after = said(&facts, vec![(three, &noted), (two, &rung)]);
        let found = changes(&before, &after);
        assert_eq!((found.added, found.left), (vec![0], vec![0]));
        assert_eq!(found.changed, [(1, 1, vec![PhysicianField::Channels, PhysicianField::Note])]);
        assert_eq!(found.institution, []);
    }

    #[test]
    fn the_head_the_facts_and_the_order_belong_to_the_institution() {
        let (then, entry) = (SheetFacts::default(), EntryFacts::default());
        let now = SheetFacts { document_fee: Some("3,300円".to_owned()), ..SheetFacts::default() };
        let [one, two] = [1, 2].map(Uuid::from_u128);
        let before = said(&then, vec![(one, &entry), (two, &entry)]);
        let mut after = said(&now, vec![(two, &entry), (one, &entry)]);
        after.head.0 = "見本市医師会";
        let found = changes(&before, &after);
        let expected = [LiaisonSheetField::DocumentFee, LiaisonSheetField::Issuer, LiaisonSheetField::Order];
        assert_eq!(found.institution, expected);
        assert_eq!((found.added, found.left, found.changed), (vec![], vec![], vec![]));
    }
}
