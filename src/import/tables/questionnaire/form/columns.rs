//! The columns of the yearly questionnaire, in the order in which an institution fills them in.

use crate::import::cells::column::{Column, column, labels};
use crate::liaison::terms::{
    AnswererRole, AppointmentNeed, ConferenceAttendance, ContactChannel, ContactPurpose, Offered,
};

pub const NUMBER: &str = "医療機関番号";
pub const INSTITUTION: &str = "医療機関名";
pub const CODE: &str = "医師コード";
pub const NAME: &str = "氏名";
pub const KANA: &str = "フリガナ";
pub const RENAMED: &str = "氏名の変更";
pub const DEPARTMENTS: &str = "診療科";
pub const TITLE: &str = "役職";
pub const ATTENDANCE: &str = "勤務曜日";
pub const TIMES: &str = "相談しやすい時間";
pub const AVOID: &str = "避けてほしい時間";
pub const HOLIDAYS: &str = "祝日";
pub const YEAR_END: &str = "年末年始";
pub const AVOID_CHANNELS: &str = "避けてほしい手段";
pub const AVOID_REASON: &str = "避けてほしい理由";
pub const APPOINTMENT: &str = "予約の要否";
pub const LEAD_DAYS: &str = "予約は何日前まで";
pub const ANSWERER: &str = "窓口になる人";
pub const ANSWERER_NAME: &str = "窓口の氏名";
pub const CARE_CONFERENCE: &str = "サービス担当者会議";
pub const CARE_CONDITIONS: &str = "担当者会議の条件";
pub const DISCHARGE_CONFERENCE: &str = "退院前カンファレンス";
pub const DISCHARGE_CONDITIONS: &str = "退院前カンファレンスの条件";
pub const OPINION: &str = "主治医意見書";
pub const HOUSE_CALL: &str = "往診";
pub const HOUSE_CALL_NOTE: &str = "往診の範囲・備考";
pub const HOME_VISIT: &str = "訪問診療";
pub const HOME_VISIT_NOTE: &str = "訪問診療の範囲・備考";
pub const END_OF_LIFE: &str = "看取り";
pub const END_OF_LIFE_NOTE: &str = "看取りの備考";
pub const STAND_IN: &str = "不在時の窓口";
pub const NOTE: &str = "備考";
pub const LEFT_ON: &str = "異動・退職日";
pub const LINE_LABEL: &str = "連絡先名";
pub const TEL: &str = "電話";
pub const EXTENSION: &str = "内線";
pub const FAX: &str = "FAX";
pub const EMAIL: &str = "メール";
pub const CAUTIONS: &str = "FAX・メールで送らないもの";
pub const DOCUMENT_FEE: &str = "文書料";
pub const SHEET_NOTE: &str = "シートの備考";
pub const ISSUER: &str = "作成主体";
pub const AS_OF: &str = "回答日";
pub const REVIEW_DUE: &str = "見直し期限";
pub const CONSENT: &str = "承諾";
pub const CONSENTED_ON: &str = "承諾日";

/// Columns without which it is no questionnaire.
pub const REQUIRED: &[&str] = &[NUMBER, CODE, "手段1", CONSENT];

/// What says that a name was changed and the physician is the same.
pub const SAME_PERSON: &str = "同じ医師の改姓・訂正";
/// What an institution answers that does not agree, or no longer.
pub const NO_CONSENT: &str = "承諾しない・取り下げる";
/// What an institution answers that agrees.
pub const AGREED: [&str; 3] = ["承諾する（書面）", "承諾する（口頭）", "承諾する（メール）"];
pub const REACHED: &str = "可";
pub const NOT_REACHED: &str = "不可";

/// The columns of one channel.
pub struct ChannelColumns {
    pub channel: &'static str,
    pub target: &'static str,
    pub purposes: &'static str,
    pub times: &'static str,
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
    column(HOUSE_CALL, "1つ。空欄は未確認", "要相談").one_of(labels::<Offered>),
    column(HOUSE_CALL_NOTE, "", "市街地").wide(),
    column(HOME_VISIT, "1つ。空欄は未確認", "可").one_of(labels::<Offered>),
];

const REST: [Column; 6] = [
    column(HOME_VISIT_NOTE, "", "").wide(),
    column(END_OF_LIFE, "1つ。空欄は未確認", "可").one_of(labels::<Offered>),
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

/// What stands once for an institution, on its first row.
pub fn of_sheet() -> impl Iterator<Item = &'static str> {
    SHEET.iter().map(|column| column.name)
}

/// All of them.
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
