//! The columns of the yearly questionnaire, in the order in which an institution fills them in.

use crate::import::cells::column::{Column, column, labels};
use crate::liaison::terms::{
    AnswererRole, AppointmentNeed, ConferenceAttendance, ContactChannel, ContactPurpose,
};
use crate::terms::Answer;

/// Number of the institution: prefecture code, colon and 医療情報ネット ID, `06:0629900000001`; required.
pub const NUMBER: &str = "医療機関番号";
/// Name of the institution.
pub const INSTITUTION: &str = "医療機関名";
/// Code of the physician; empty: new to the directory.
pub const CODE: &str = "医師コード";
/// Name of the physician; required, one in each row.
pub const NAME: &str = "氏名";
/// Reading of that name in katakana.
pub const KANA: &str = "フリガナ";
/// Whether a physician with a code has another name now: [`SAME_PERSON`] or empty.
pub const RENAMED: &str = "氏名の変更";
/// Departments, separated by 「、」.
pub const DEPARTMENTS: &str = "診療科";
/// Position of the physician.
pub const TITLE: &str = "役職";
/// Days and hours of work.
pub const ATTENDANCE: &str = "勤務曜日";
/// Good times to ask, for channels without times of their own.
pub const TIMES: &str = "相談しやすい時間";
/// Times to avoid; they win over all others.
pub const AVOID: &str = "避けてほしい時間";
/// Whether the times hold on public holidays: [`REACHED`] or [`NOT_REACHED`]; empty: unknown.
pub const HOLIDAYS: &str = "祝日";
/// Whether the times hold from 29 December to 3 January, like [`HOLIDAYS`].
pub const YEAR_END: &str = "年末年始";
/// Channels to avoid, separated by 「、」.
pub const AVOID_CHANNELS: &str = "避けてほしい手段";
/// Reason for avoiding those channels.
pub const AVOID_REASON: &str = "避けてほしい理由";
/// Whether an appointment is needed, one label of `AppointmentNeed`; empty: unknown.
pub const APPOINTMENT: &str = "予約の要否";
/// Days ahead for an appointment, a number up to 365.
pub const LEAD_DAYS: &str = "予約は何日前まで";
/// Role of the person who answers, one label of `AnswererRole`.
pub const ANSWERER: &str = "窓口になる人";
/// Name of the person who answers.
pub const ANSWERER_NAME: &str = "窓口の氏名";
/// Attendance at conferences on the services of a person, one label of `ConferenceAttendance`.
pub const CARE_CONFERENCE: &str = "サービス担当者会議";
/// Conditions of that attendance; required with 条件付き.
pub const CARE_CONDITIONS: &str = "担当者会議の条件";
/// Attendance at conferences before a discharge, one label of `ConferenceAttendance`.
pub const DISCHARGE_CONFERENCE: &str = "退院前カンファレンス";
/// Conditions of that attendance; required with 条件付き.
pub const DISCHARGE_CONDITIONS: &str = "退院前カンファレンスの条件";
/// Contact and procedure for requests for the opinion of the physician (主治医意見書).
pub const OPINION: &str = "主治医意見書";
/// House calls when asked for, one label of `Answer`; empty: unknown.
pub const HOUSE_CALL: &str = "往診";
/// Area of house calls and remarks.
pub const HOUSE_CALL_NOTE: &str = "往診の範囲・備考";
/// Regular visits at home, one label of `Answer`; empty: unknown.
pub const HOME_VISIT: &str = "訪問診療";
/// Area of visits at home and remarks.
pub const HOME_VISIT_NOTE: &str = "訪問診療の範囲・備考";
/// Care at the end of life at home, one label of `Answer`; empty: unknown.
pub const END_OF_LIFE: &str = "看取り";
/// Remarks on care at the end of life.
pub const END_OF_LIFE_NOTE: &str = "看取りの備考";
/// Contact while the physician cannot be reached, in words.
pub const STAND_IN: &str = "不在時の窓口";
/// Remarks, also on times that cannot be computed.
pub const NOTE: &str = "備考";
/// Last day of work at the institution; the row stays.
pub const LEFT_ON: &str = "異動・退職日";
/// Name of the contact of the institution. This and the rest stand on the first row of an institution only.
pub const LINE_LABEL: &str = "連絡先名";
/// Phone number of the institution, with the area code.
pub const TEL: &str = "電話";
/// Extension of that phone.
pub const EXTENSION: &str = "内線";
/// Fax number of the institution, with the area code.
pub const FAX: &str = "FAX";
/// Mail address of the institution.
pub const EMAIL: &str = "メール";
/// Things not to be sent by fax or mail, separated by 「、」.
pub const CAUTIONS: &str = "FAX・メールで送らないもの";
/// Fees for documents, in words.
pub const DOCUMENT_FEE: &str = "文書料";
/// Remarks on the sheet.
pub const SHEET_NOTE: &str = "シートの備考";
/// Body that makes the sheet; empty: as last time.
pub const ISSUER: &str = "作成主体";
/// Day of the answer; required.
pub const AS_OF: &str = "回答日";
/// Day by which the sheet is to be reviewed; empty: a year after [`AS_OF`].
pub const REVIEW_DUE: &str = "見直し期限";
/// Consent of the institution, one of [`AGREED`] or [`NO_CONSENT`]; required.
pub const CONSENT: &str = "承諾";
/// Day of the consent; empty: that of [`AS_OF`].
pub const CONSENTED_ON: &str = "承諾日";

/// Columns without which it is no questionnaire.
pub const REQUIRED: &[&str] = &[NUMBER, CODE, "手段1", CONSENT];

/// Word for a changed name of the same physician.
pub const SAME_PERSON: &str = "同じ医師の改姓・訂正";
/// Answer that refuses consent or withdraws it.
pub const NO_CONSENT: &str = "承諾しない・取り下げる";
/// Answers that give consent: in writing, orally, by mail.
pub const AGREED: [&str; 3] = ["承諾する（書面）", "承諾する（口頭）", "承諾する（メール）"];
/// Answer of [`HOLIDAYS`] and [`YEAR_END`]: the times hold.
pub const REACHED: &str = "可";
/// Answer of [`HOLIDAYS`] and [`YEAR_END`]: the times do not hold.
pub const NOT_REACHED: &str = "不可";

/// The columns of one channel.
pub struct ChannelColumns {
    /// Column of the channel, one label of `ContactChannel`: `手段1`.
    pub channel: &'static str,
    /// Column of the number, address or room; empty: that of the institution.
    pub target: &'static str,
    /// Column of the purposes, separated by 「、」; empty: all.
    pub purposes: &'static str,
    /// Column of the times.
    pub times: &'static str,
    /// Column of the remarks.
    pub note: &'static str,
}

macro_rules! channel {
    ($n:literal) => {
        ChannelColumns {
            channel: concat!("手段", $n),
            target: concat!("手段", $n, "の宛先"),
            purposes: concat!("手段", $n, "の目的"),
            times: concat!("手段", $n, "の時間"),
            note: concat!("手段", $n, "の備考"),
        }
    };
}

/// In the order of preference.
pub const CHANNELS: [ChannelColumns; 6] =
    [channel!("1"), channel!("2"), channel!("3"), channel!("4"), channel!("5"), channel!("6")];

const WHO: [Column; 9] = [
    column(NUMBER, "必須。変えない。都道府県コード:医療情報ネットのID", "06:0629900000001"),
    column(INSTITUTION, "医療機関の名称", "見本内科クリニック"),
    column(CODE, "印字されているコードは変えない。新しい医師は空欄", ""),
    column(NAME, "必須。1行に1人", "見本 太郎"),
    column(KANA, "カタカナ", "ミホン タロウ"),
    column(RENAMED, "コードのある医師の氏名を直したときだけ選ぶ。別の医師なら新しい行に書く", "")
        .one_of(renamed),
    column(DEPARTMENTS, "複数は「、」で区切る", "内科、循環器内科"),
    column(TITLE, "", "院長"),
    column(ATTENDANCE, "例：月・火・水・金、毎週木曜 9:00～12:00", "月・火・水・金").wide(),
];

const WHEN: [Column; 18] = [
    column(TIMES, "手段ごとの時間が空欄のときの時間。例：火・木 12:30～13:00", "平日 17:00～18:00").wide(),
    column(AVOID, "ほかの時間より優先する。例：月 9:00～12:00", "月 9:00～12:00").wide(),
    column(HOLIDAYS, "祝日も上の時間に連絡してよいか。空欄は不明", NOT_REACHED).one_of(reached),
    column(YEAR_END, "12月29日～1月3日も連絡してよいか。空欄は不明", NOT_REACHED).one_of(reached),
    column(AVOID_CHANNELS, "複数は「、」で区切る", "メール").some_of(labels::<ContactChannel>),
    column(AVOID_REASON, "避けてほしい手段の理由", "確認が遅れるため").wide(),
    column(APPOINTMENT, "1つ。空欄は不明", "あるとよい").one_of(labels::<AppointmentNeed>),
    column(LEAD_DAYS, "数字だけ", "3"),
    column(ANSWERER, "1つ", "看護師").one_of(labels::<AnswererRole>),
    column(ANSWERER_NAME, "", "見本 花子"),
    column(CARE_CONFERENCE, "1つ。空欄は未確認", "条件付き").one_of(labels::<ConferenceAttendance>),
    column(CARE_CONDITIONS, "「条件付き」のときは必須", "院内・昼休みのみ").wide(),
    column(DISCHARGE_CONFERENCE, "1つ。空欄は未確認", "オンライン可").one_of(labels::<ConferenceAttendance>),
    column(DISCHARGE_CONDITIONS, "「条件付き」のときは必須", "").wide(),
    column(OPINION, "主治医意見書は誰に、どのように", "受付へ郵送または持参").wide(),
    column(HOUSE_CALL, "1つ。空欄は未確認", "要相談").one_of(labels::<Answer>),
    column(HOUSE_CALL_NOTE, "", "市街地").wide(),
    column(HOME_VISIT, "1つ。空欄は未確認", "可").one_of(labels::<Answer>),
];

const REST: [Column; 6] = [
    column(HOME_VISIT_NOTE, "", "").wide(),
    column(END_OF_LIFE, "1つ。空欄は未確認", "可").one_of(labels::<Answer>),
    column(END_OF_LIFE_NOTE, "", "").wide(),
    column(STAND_IN, "連絡がつかないときの窓口", "受付").wide(),
    column(NOTE, "計算できない時間の説明もここに", "").wide(),
    column(LEFT_ON, "この医療機関で最後に勤務する日。行は消さない", ""),
];

const SHEET: [Column; 13] = [
    column(LINE_LABEL, "ここから右は医療機関ごと。最初の行にだけ書く", "受付"),
    column(TEL, "市外局番から", "0235-00-0001"),
    column(EXTENSION, "", ""),
    column(FAX, "市外局番から", "0235-00-9001"),
    column(EMAIL, "", ""),
    column(CAUTIONS, "複数は「、」で区切る", "生活保護の受給、未告知の病名").wide(),
    column(DOCUMENT_FEE, "", "主治医意見書は無料").wide(),
    column(SHEET_NOTE, "", "").wide(),
    column(ISSUER, "空欄は前回と同じ", "見本地区医師会"),
    column(AS_OF, "必須。回答した日に書き換える", "R8.10.1"),
    column(REVIEW_DUE, "空欄は回答日の1年後", ""),
    column(CONSENT, "必須。承諾がなければシートは作られない", AGREED[0]).one_of(consents),
    column(CONSENTED_ON, "空欄は回答日と同じ", ""),
];

/// Columns about the institution, filled in on its first row only.
pub fn of_sheet() -> impl Iterator<Item = &'static str> {
    SHEET.iter().map(|column| column.name)
}

/// All columns of the questionnaire in their order.
pub fn columns() -> Vec<Column> {
    let channels = (0..).zip(&CHANNELS).flat_map(|(rank, columns)| channel(rank, columns));
    WHO.into_iter().chain(channels).chain(WHEN).chain(REST).chain(SHEET).collect()
}

fn channel(rank: usize, columns: &ChannelColumns) -> [Column; 5] {
    let example = |first: &'static str| if rank == 0 { first } else { "" };
    [
        column(columns.channel, "望ましい順に1から詰めて書く", example("電話"))
            .one_of(labels::<ContactChannel>),
        column(
            columns.target,
            "電話・FAX番号やメールアドレス、場所。空欄は医療機関の連絡先",
            example("0235-00-0001"),
        ),
        column(columns.purposes, "複数は「、」で区切る。空欄はすべて", example("初回、照会・相談"))
            .some_of(labels::<ContactPurpose>),
        column(
            columns.times,
            "例：火・木 12:30～13:00。いつでもよければ「いつでも」",
            example("火・木 12:30～13:00"),
        )
        .wide(),
        column(columns.note, "", "").wide(),
    ]
}

fn renamed() -> Vec<&'static str> {
    vec![SAME_PERSON]
}

fn reached() -> Vec<&'static str> {
    vec![REACHED, NOT_REACHED]
}

fn consents() -> Vec<&'static str> {
    AGREED.into_iter().chain([NO_CONSENT]).collect()
}
