//! The closed list of known words. A text with any other word is not
//! understood; no word is skipped as a guess.

use super::Reason;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The role of a word in the grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// 、・と及び
    Separator,
    Slash,
    Dot,
    Colon,
    /// ; a new line, or a mistyped colon.
    Semicolon,
    /// ～: always a range.
    Wave,
    /// - and the like: a range, but between weekdays and numbers perhaps only a separator.
    Dash,
    /// から
    From,
    /// より
    Since,
    /// まで
    Until,
    Open,
    Close,
    /// A new line, or 。
    Break,
    /// ●: a new line; after a weekday it marks the day in a table.
    Bullet,
    /// ※
    Mark,
    /// ただし, なお: begins a statement and has no content of its own.
    But,
    /// の
    Of,
    /// は
    Topic,
    /// を
    Object,
    /// も
    Also,
    /// に
    To,
    /// のみ
    Only,
    /// 第
    Ordinal,
    /// 最終
    Last,
    /// 年, as a unit after a number or in 年6回.
    Year,
    /// 年度
    FiscalYear,
    /// The first year of an era minus one: 令和 2018.
    Era(i32),
    /// 翌年, 翌: on the other side of the turn.
    Next,
    Hour,
    HalfPast,
    Minute,
    About,
    Am,
    Pm,
    Noon,
    /// 開始, 開演: the hour beside it begins the meeting.
    Begin,
    /// 終了時間, only between から and its hour.
    EndTime,
    /// 昼休み, 休憩: a break within the hours.
    Pause,
    /// 半日
    HalfDay,
    /// の間: after a span of hours.
    Between,
    /// 24時間
    AroundTheClock,
    /// 受付, 入館: the hour after it is that of arrival.
    Reception,
    EveryDay,
    /// 年中無休
    AllYear,
    EveryWeek,
    EveryOtherWeek,
    EveryMonth,
    /// 平日
    WorkingDays,
    OddMonths,
    EvenMonths,
    Holiday,
    YearEnd,
    /// 冬期, お盆 …: needs its dates.
    Season(&'static str),
    /// の場合
    InCase,
    /// 休み, 除く
    Closed,
    /// なし: closed after 8月は, no content when alone.
    Nil,
    /// 定休日
    ClosedDays,
    /// 開催, 営業
    Held,
    /// 通常どおり
    AsUsual,
    /// を含む
    Including,
    /// です, となります
    Tail,
    /// あり: some of them, perhaps not all.
    Exists,
    /// に変更
    MovedTo,
    /// 日時, 開催日: a heading.
    Heading,
    /// 週: 第1週, 週2回.
    Week,
    /// ヶ月, か月
    MonthsLong,
    /// 回
    Times,
    /// 程度
    Roughly,
    Irregular,
    OnRequest,
    Appointment,
    RainCancel,
    SnowCancel,
    WarningCancel,
    /// 昼の部 …: a label.
    Part(&'static str),
    /// 部
    PartNumber,
    /// 回目
    Round,
    /// A word that cannot change days or hours.
    Harmless,
    /// 変更の可能性あり: a remark beside a schedule, doubt about it within its statements.
    MayChange,
    /// 特になし
    Nothing,
    /// A word that makes a text uncertain.
    Doubt(Reason),
}

/// The longest known word that `chars` begin with, and its length. The 日 of 毎日曜 and 定休日曜 belongs to the
/// weekday.
pub fn longest(chars: impl Iterator<Item = char> + Clone) -> Option<(Word, usize)> {
    let first = chars.clone().next()?;
    let begins = |word: &str| {
        let length = word.chars().count();
        let weekday = word.ends_with(['月', '日']) && chars.clone().nth(length) == Some('曜');
        !weekday && word.chars().eq(chars.clone().take(length))
    };
    let found = BY_FIRST.get(&first)?.iter().find(|(word, _)| begins(word));
    found.map(|(word, kind)| (*kind, word.chars().count()))
}

/// The words by their first character, longest first.
static BY_FIRST: LazyLock<HashMap<char, Vec<(&str, Word)>>> = LazyLock::new(|| {
    let mut index: HashMap<char, Vec<(&str, Word)>> = HashMap::new();
    for (words, kind) in WORDS {
        for word in words.split(' ') {
            index.entry(word.chars().next().unwrap_or_default()).or_default().push((word, *kind));
        }
    }
    index
        .values_mut()
        .for_each(|words| words.sort_by_key(|(word, _)| std::cmp::Reverse(word.chars().count())));
    index
});

const WORDS: &[(&str, Word)] = &[
    ("、 , ・ ･ · • ∙ ⋅ ‧ と 及び および 並びに ならびに &", Word::Separator),
    ("/", Word::Slash),
    (".", Word::Dot),
    (":", Word::Colon),
    (";", Word::Semicolon),
    ("~ 〜 ∼ ⁓ 〰 ˜ ∽", Word::Wave),
    ("- -- – — ― − ‐ ‒ ー ─ ━ ⁃", Word::Dash),
    ("から", Word::From),
    ("より", Word::Since),
    ("まで 迄 までの間 まで間", Word::Until),
    ("( [ 【 〔 < 「 『 〈 《", Word::Open),
    (") ] 】 〕 > 」 』 〉 》", Word::Close),
    ("(改行) 。 。(改行)", Word::Break),
    ("★ ☆ ● ○ ◎ ■ □ ◆ ◇", Word::Bullet),
    ("※ *", Word::Mark),
    ("ただし ただし、 但し 但し、 但 なお なお、 尚 また、 その他、", Word::But),
    ("の", Word::Of),
    ("は は、 、は →", Word::Topic),
    ("を", Word::Object),
    ("も", Word::Also),
    ("に", Word::To),
    ("のみ のみの だけ 中のみ 診療のみ", Word::Only),
    ("第", Word::Ordinal),
    ("最終 最後の 毎月末の 月末の 毎月末", Word::Last),
    ("年", Word::Year),
    ("年度", Word::FiscalYear),
    ("令和 R r", Word::Era(2018)),
    ("平成", Word::Era(1988)),
    ("翌年 翌年の 翌", Word::Next),
    ("時", Word::Hour),
    ("時半", Word::HalfPast),
    ("分", Word::Minute),
    ("頃 ころ ごろ くらい ぐらい", Word::About),
    ("午前 午前中 AM am Am A.M. 朝", Word::Am),
    ("午後 PM pm Pm P.M.", Word::Pm),
    ("正午", Word::Noon),
    ("開始 開始時間 開演 診療開始時間 診療開始", Word::Begin),
    ("終了時間 診療終了時間 終了", Word::EndTime),
    ("昼休み お昼休み 昼休 昼休憩 休憩 休憩時間 昼休み時間 中休み", Word::Pause),
    ("の間", Word::Between),
    ("半日 半日のみ 半日診療 半日営業", Word::HalfDay),
    ("24時間", Word::AroundTheClock),
    ("受付 受付時間 受付は 受付開始 最終受付 受付終了 入館 入館は 最終入館 開場 開場時間", Word::Reception),
    ("毎日 全日 連日", Word::EveryDay),
    ("年中無休 365日 365日年中無休 年中無休365日 無休", Word::AllYear),
    ("毎週 毎", Word::EveryWeek),
    ("隔週 隔週の 隔週で 1週間おきの", Word::EveryOtherWeek),
    ("毎月", Word::EveryMonth),
    ("平日", Word::WorkingDays),
    ("奇数月", Word::OddMonths),
    ("偶数月", Word::EvenMonths),
    ("祝日 祝祭日 祭日 祝 国民の祝日 国民の祝祭日 祝日・休日", Word::Holiday),
    ("国民の祝日に関する法律に規定する休日 国民の祝日に関する法律に定める休日", Word::Holiday),
    ("年末年始 年末・年始 年末、年始", Word::YearEnd),
    ("冬期 冬期間", Word::Season("冬期")),
    ("冬季 冬季間", Word::Season("冬季")),
    ("夏期", Word::Season("夏期")),
    ("夏季", Word::Season("夏季")),
    ("お盆 盆 お盆期間 お盆の", Word::Season("お盆")),
    ("GW ゴールデンウィーク ゴールデンウイーク", Word::Season("ゴールデンウィーク")),
    ("正月 お正月 年始", Word::Season("正月")),
    (
        "の場合 の場合は にあたる場合 にあたる場合は に当たる場合 に当たる場合は のときは の時は と重なる場合は",
        Word::InCase,
    ),
    ("休み お休み 休 休館 休業 休診 休止 休所 休園 休会 休講 閉館 閉所 定休 休暇 休業期間", Word::Closed),
    ("閉局 閉店 休局 休店 は休日 は休日です お休み致します お休みします", Word::Closed),
    ("除く 除き のぞく 除きます 開催なし 開催しない 開催しません 開催はなし 開催はありません", Word::Closed),
    ("実施しない 実施しません 実施なし 行わない 行いません 中止 終日利用不可 利用不可", Word::Closed),
    ("なし 無し", Word::Nil),
    (
        "定休日 休館日 休業日 休診日 休所日 閉館日 休園日 休局日 店休日 お休みの日 休日: 特別休業期間",
        Word::ClosedDays,
    ),
    (
        "開催 開催する 開催します 実施 実施する 実施します 営業 営業する 営業します 開館 開所 診療 オープン",
        Word::Held,
    ),
    (
        "行う 行います 営業しています 営業しております 営業いたします 開催しています 開催しております 開館します",
        Word::Held,
    ),
    ("含む 含みます 含め", Word::Including),
    ("通常通り 通常どおり 通常 平常通り 平常どおり 休まず", Word::AsUsual),
    (
        "です ます となります となる とする とします する します いたします 致します になります になる",
        Word::Tail,
    ),
    ("あり 有り 有 があります", Word::Exists),
    ("させていただきます させて頂きます とさせていただきます とさせて頂きます とさせていただく", Word::Tail),
    ("に変更 に変更します に変更となります へ変更 に振替 に振り替え に振り替えます に移動", Word::MovedTo),
    (
        "日時 開催日 開催日時 開催曜日 開催時間 開設日 開設日時 実施日 活動日 活動日時 活動時間 時間 日程 曜日",
        Word::Heading,
    ),
    ("営業時間 営業日 開館時間 開館日 利用時間 開所時間 診療時間 診療日 開設時間 とき", Word::Heading),
    ("週", Word::Week),
    ("ヶ月 ケ月 か月 カ月 ヵ月 箇月", Word::MonthsLong),
    ("回", Word::Times),
    ("程度 くらいの ほど", Word::Roughly),
    ("不定期 不定期開催 不定期に 不定 不定期の", Word::Irregular),
    ("随時 随時開催 随時受付 随時対応 応相談 要相談 相談に応じます 都度相談", Word::OnRequest),
    (
        "要予約 予約制 要事前予約 事前予約制 予約必要 要申込 要申込み 要申し込み 完全予約制 事前申込制",
        Word::Appointment,
    ),
    ("要事前申込 事前予約必要 事前申込必要 予約が必要", Word::Appointment),
    ("雨天中止 雨天の場合は中止 雨天時中止 雨天時は中止 雨天休止 雨天休み 雨天は中止", Word::RainCancel),
    ("大雪中止 大雪時中止 大雪時は中止 大雪の場合は中止 降雪時中止 荒雪中止", Word::SnowCancel),
    ("警報時中止 警報発令時中止 警報発令時は中止 警報発令の場合は中止 警報時は中止", Word::WarningCancel),
    ("午前の部", Word::Part("午前の部")),
    ("午後の部", Word::Part("午後の部")),
    ("昼の部", Word::Part("昼の部")),
    ("夜の部", Word::Part("夜の部")),
    ("朝の部", Word::Part("朝の部")),
    ("夕方の部", Word::Part("夕方の部")),
    ("部", Word::PartNumber),
    ("回目", Word::Round),
    (
        "変更の可能性あり 変更の可能性があります 変更の可能性がある 変更の場合あり 変更の場合があります 変更する場合あり",
        Word::MayChange,
    ),
    (
        "変更する場合があります 変更になる場合あり 変更になる場合があります 変更となる場合があります",
        Word::MayChange,
    ),
    (
        "変更することがあります 変更になることがあります 変更する可能性あり 変更する可能性があります",
        Word::MayChange,
    ),
    (
        "予約不要 申込不要 申し込み不要 事前申込不要 無料 参加無料 参加費無料 先着順 雨天決行 小雨決行",
        Word::Harmless,
    ),
    ("どなたでも 見学可 見学だけでも 二部制 入場無料 参加自由 出入り自由", Word::Harmless),
    (
        "特になし 特に無し 特にありません 特記なし 特記事項なし 特になしです 該当なし 留意事項なし 無",
        Word::Nothing,
    ),
    ("ほか 他 外 等 など その他", Word::Doubt(Reason::Hedged)),
    (
        "原則 原則として おおむね 概ね 基本的に 基本 目安 予定 前後 変動 変動あり 変更あり",
        Word::Doubt(Reason::Hedged),
    ),
    (
        "場合があります 場合あり 場合がある こともあります 異なる 変更 要問合せ 要問い合わせ 要確認 年により",
        Word::Doubt(Reason::Hedged),
    ),
    ("または 又は もしくは 若しくは あるいは どちらか いずれか", Word::Doubt(Reason::Alternative)),
    ("週目", Word::Doubt(Reason::WeekOfMonth)),
    ("上旬 中旬 下旬 月末 末日 月初", Word::Doubt(Reason::PartOfMonth)),
    (
        "休日 翌日 翌週 前日 直後 振替 順延 以外 週間 不定休 不定期休 不定期休み 不定期に休み 不定期で休み",
        Word::Doubt(Reason::Inexpressible),
    ),
    ("未定 非公開 調整中", Word::Doubt(Reason::NotSaid)),
    ("隔月 隔日", Word::Doubt(Reason::Inexpressible)),
];
