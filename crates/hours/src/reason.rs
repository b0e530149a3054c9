//! Reasons for which something is closed or unknown, and cautions when it is open: a code and a Japanese
//! sentence each.

use std::{borrow::Cow, sync::Arc};

use super::{recurrence::WeatherPolicy, schedule::Uncomputable};

/// The reason for a state or for the status of a date.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// No schedule is known.
    NoHours,
    /// No known schedule is in force at this time.
    NotInForce,
    /// No dates can be computed.
    Undated(Uncomputable),
    /// It meets on this day at unknown times.
    TimesUnknown,
    /// It has begun, and its end is unknown.
    EndUnknown,
    /// The times are approximate.
    Approximate,
    /// An appointment is needed.
    ByAppointment,
    /// Closed for a public holiday, by name.
    Holiday(&'static str),
    /// A public holiday, and the source does not say whether it is held then.
    HolidayUnconfirmed,
    /// The public holidays of that year have not been announced.
    HolidaysNotAnnounced,
    /// Closed for the turn of the year.
    YearEnd,
    /// The turn of the year, and the source does not say whether it is held then.
    YearEndUnconfirmed,
    /// Closed for the season.
    Season(Option<Arc<str>>),
    /// Called off on this date.
    Cancelled,
    /// Held unless this weather prevents it.
    Weather(WeatherPolicy),
    /// A comment in the opening hours.
    Comment(Arc<str>),
    /// Last confirmed too long ago.
    Stale,
    /// Gone from the list of its source.
    Vanished,
    /// Suspended for the time being.
    Suspended(Option<Arc<str>>),
    /// A time to avoid.
    Avoided,
    /// It no longer exists.
    Ended,
}

impl Reason {
    /// The reason in Japanese, for people.
    pub fn sentence(&self) -> Cow<'_, str> {
        Cow::Borrowed(match self {
            Self::NoHours => "時間の情報なし",
            Self::NotInForce => "この時期の時間の情報なし",
            Self::Undated(why) => return why.sentence(),
            Self::TimesUnknown => "開催日（時間は未確認）",
            Self::EndUnknown => "終了時刻は未確認",
            Self::Approximate => "時間は目安",
            Self::ByAppointment => "要予約",
            Self::Holiday("休日") => "祝日",
            Self::Holiday(name) => return format!("祝日（{name}）").into(),
            Self::HolidayUnconfirmed => "祝日のため要確認",
            Self::HolidaysNotAnnounced => "その年の祝日が未発表のため要確認",
            Self::YearEnd => "年末年始",
            Self::YearEndUnconfirmed => "年末年始のため要確認",
            Self::Season(None) => "季節休止",
            Self::Cancelled => "この日は中止",
            Self::Weather(WeatherPolicy::None) => "天候による変更なし",
            Self::Weather(WeatherPolicy::RainCancel) => "雨天中止",
            Self::Weather(WeatherPolicy::SnowCancel) => "大雪時中止",
            Self::Weather(WeatherPolicy::WarningCancel) => "警報時中止",
            Self::Season(Some(text)) | Self::Comment(text) | Self::Suspended(Some(text)) => text,
            Self::Stale => "情報が古いため要確認",
            Self::Vanished => "掲載元から消えたため要確認",
            Self::Suspended(None) => "休止中",
            Self::Avoided => "避けてほしい時間",
            Self::Ended => "終了",
        })
    }
}

impl Uncomputable {
    /// The reason in Japanese, for people.
    pub fn sentence(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Irregular => "不定期",
            Self::TimesPerMonth(Some(times)) => return format!("月{times}回").into(),
            Self::TimesPerMonth(None) => "月に数回",
            Self::TimesPerYear(Some(times)) => return format!("年{times}回").into(),
            Self::TimesPerYear(None) => "年に数回",
            Self::BiweeklyWithoutAnchor => "隔週（週は未確認）",
            Self::OnRequest => "随時（要問い合わせ）",
            Self::NotStated => "日時は未確認",
            Self::Prose => "日時は原文のとおり",
        })
    }
}
