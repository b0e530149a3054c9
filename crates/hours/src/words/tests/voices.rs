//! The same schedules in each voice.

use chrono::Weekday::{Thu, Tue, Wed};

use super::*;
use crate::schedule::{Rule, Uncomputable};

/// Of a place, of a person, and on paper.
fn in_voices(schedule: &Schedule) -> [String; 3] {
    [Voice::Place, Voice::Person, Voice::Paper].map(|voice| text(schedule, Style::Standard(voice)))
}

fn closed(rule: &str) -> Schedule {
    Schedule { holidays: HolidayPolicy::Cancelled, year_end: YearEndPolicy::Cancelled, ..typed(rule) }
}

fn held(rule: &str) -> Schedule {
    Schedule { holidays: HolidayPolicy::Held, year_end: YearEndPolicy::Held, ..typed(rule) }
}

#[test]
fn places_are_open_on_holidays_and_people_there_as_on_other_days() {
    use YearEndPolicy::{Cancelled, Held, Unknown};
    let moved = || HolidayPolicy::Moved(NthWeekday { nth: Nth::Of(2), weekday: Wed });
    let own = || HolidayPolicy::OwnHours(vec![session("09:00-12:00")]);
    for (holidays, year_end, [place, person, paper]) in [
        (
            HolidayPolicy::Held,
            Held,
            ["祝日も開催、年末年始も開催", "祝日も同じ、年末年始も同じ", "祝日も同じ、年末年始も同じ"],
        ),
        (
            HolidayPolicy::Held,
            Cancelled,
            ["祝日も開催、年末年始は休み", "祝日も同じ、年末年始は休み", "祝日も同じ、年末年始は休み"],
        ),
        (
            HolidayPolicy::Held,
            Unknown,
            ["祝日も開催、年末年始は要確認", "祝日も同じ、年末年始は要確認", "祝日も同じ、年末年始は要確認"],
        ),
        (
            HolidayPolicy::Cancelled,
            Held,
            ["祝日は休み、年末年始も開催", "祝日は休み、年末年始も同じ", "祝日は休み、年末年始も同じ"],
        ),
        (
            HolidayPolicy::Cancelled,
            Cancelled,
            ["祝日は休み、年末年始は休み", "祝日は休み、年末年始は休み", "祝日・年末年始は休み"],
        ),
        (HolidayPolicy::Cancelled, Unknown, ["祝日は休み、年末年始は要確認"; 3]),
        (
            moved(),
            Held,
            [
                "祝日は第2水曜に変更、年末年始も開催",
                "祝日は第2水曜に変更、年末年始も同じ",
                "祝日は第2水曜に変更、年末年始も同じ",
            ],
        ),
        (moved(), Cancelled, ["祝日は第2水曜に変更、年末年始は休み"; 3]),
        (moved(), Unknown, ["祝日は第2水曜に変更、年末年始は要確認"; 3]),
        (
            own(),
            Held,
            [
                "祝日は9:00〜12:00、年末年始も開催",
                "祝日は9:00〜12:00、年末年始も同じ",
                "祝日は9:00〜12:00、年末年始も同じ",
            ],
        ),
        (own(), Cancelled, ["祝日は9:00〜12:00、年末年始は休み"; 3]),
        (own(), Unknown, ["祝日は9:00〜12:00、年末年始は要確認"; 3]),
        (
            HolidayPolicy::Unknown,
            Held,
            ["年末年始も開催、祝日は要確認", "年末年始も同じ、祝日は要確認", "年末年始も同じ、祝日は要確認"],
        ),
        (HolidayPolicy::Unknown, Cancelled, ["年末年始は休み、祝日は要確認"; 3]),
        (HolidayPolicy::Unknown, Unknown, ["祝日・年末年始は要確認"; 3]),
    ] {
        let schedule = Schedule { holidays, year_end, ..typed("Tu 12:30-13:00") };
        let expected = [
            format!("毎週火曜 12:30〜13:00（{place}）"),
            format!("毎週火曜 12:30〜13:00（{person}）"),
            format!("火曜 12:30〜13:00（{paper}）"),
        ];
        assert_eq!(in_voices(&schedule), expected);
    }
}

#[test]
fn paper_leaves_out_every_week_and_closes_holidays_and_the_turn_of_the_year_at_once() {
    let but_the_first = Recurrence { except_nth: vec![Nth::Of(1)], ..weekly(Tue) };
    let but_the_first = compile(&closed_on_holidays(but_the_first)).unwrap();
    let days = Recurrence { month_days: vec![15, 31], ..Recurrence::new(Frequency::MonthlyDay) };
    let days = compile(&closed_on_holidays(days)).unwrap();
    for (schedule, usual, paper) in [
        (closed("Mo-Fr 08:30-17:15"), "毎週月〜金曜 8:30〜17:15", "月〜金曜 8:30〜17:15"),
        (
            closed("Mo-Fr 08:30-17:15; Sa 08:30-12:00"),
            "毎週月〜金曜 8:30〜17:15／毎週土曜 8:30〜12:00",
            "月〜金曜 8:30〜17:15／土曜 8:30〜12:00",
        ),
        (
            closed("Apr-Sep Mo-Fr 09:00-18:00; Oct-Mar Mo-Fr 09:00-17:00"),
            "4月〜9月の毎週月〜金曜 9:00〜18:00／10月〜3月の毎週月〜金曜 9:00〜17:00",
            "4月〜9月の月〜金曜 9:00〜18:00／10月〜3月の月〜金曜 9:00〜17:00",
        ),
        (but_the_first, "第1火曜を除く毎週火曜 10:00〜11:30", "第1火曜を除く火曜 10:00〜11:30"),
        (closed("Mo,Th[3] 10:00-12:00"), "毎週月曜と第3木曜 10:00〜12:00", "月曜と第3木曜 10:00〜12:00"),
        (closed("Th unknown \"要問合せ\""), "毎週木曜（要問合せ・要確認）", "木曜（要問合せ・要確認）"),
        (closed("24/7"), "毎日 24時間", "毎日 24時間"),
        (closed("Th[2,-1] 10:00-11:30"), "毎月第2・最終木曜 10:00〜11:30", "毎月第2・最終木曜 10:00〜11:30"),
        (days, "毎月15日・31日（時間は未確認）", "毎月15日・31日（時間は未確認）"),
    ] {
        let usual = format!("{usual}（祝日は休み、年末年始は休み）");
        let expected = [usual.clone(), usual, format!("{paper}（祝日・年末年始は休み）")];
        assert_eq!(in_voices(&schedule), expected);
    }
}

#[test]
fn what_follows_the_holidays_is_the_same_in_every_voice() {
    let winter =
        |label: Option<&str>| Closure { from: day(12, 1), to: day(3, 31), label: label.map(str::to_owned) };
    let thursday = || closed("Th 10:00-11:30");
    for (schedule, rest) in [
        (Schedule { closures: vec![winter(Some("冬期休止"))], ..thursday() }, "12月1日〜3月31日は冬期休止"),
        (Schedule { closures: vec![winter(None)], ..thursday() }, "12月1日〜3月31日は休み"),
        (
            Schedule { weather: WeatherPolicy::RainCancel, by_appointment: true, ..thursday() },
            "雨天中止、要予約",
        ),
        (
            Schedule { valid_from: Some(date(2026, 4, 1)), valid_to: Some(date(2027, 3, 31)), ..thursday() },
            "2026年4月1日から、2027年3月31日まで",
        ),
        (closed("Th 10:00-11:30; Aug off"), "8月は休み"),
        (closed("Th 10:00-11:30; Dec 29-Jan 3 off"), "12月29日〜1月3日は休み"),
        (closed("Th 10:00-11:30; 10:30-11:00 off"), "毎日は10:30〜11:00休み"),
    ] {
        let usual = format!("毎週木曜 10:00〜11:30（祝日は休み、年末年始は休み、{rest}）");
        let paper = format!("木曜 10:00〜11:30（祝日・年末年始は休み、{rest}）");
        assert_eq!(in_voices(&schedule), [usual.clone(), usual, paper]);
    }
    for (schedule, rest) in [
        (held("Th 10:00-11:30; Th[1] 13:00-14:00"), "ただし第1木曜は13:00〜14:00"),
        (
            Schedule {
                cancelled: vec![date(2026, 11, 5)],
                added: vec![date(2026, 11, 3)],
                ..held("Th 10:00-11:30")
            },
            "2026年11月5日は中止、2026年11月3日も開催",
        ),
        (
            Schedule { added: (1..=7).map(|day| date(2026, 12, day)).collect(), ..held("Th 10:00-11:30") },
            "ほかに7日も開催",
        ),
    ] {
        let expected = [
            format!("毎週木曜 10:00〜11:30（祝日も開催、年末年始も開催、{rest}）"),
            format!("毎週木曜 10:00〜11:30（祝日も同じ、年末年始も同じ、{rest}）"),
            format!("木曜 10:00〜11:30（祝日も同じ、年末年始も同じ、{rest}）"),
        ];
        assert_eq!(in_voices(&schedule), expected);
    }
}

#[test]
fn every_other_week_is_said_in_every_voice() {
    let fortnight =
        Recurrence { frequency: Frequency::Biweekly, anchor: Some(date(2026, 11, 5)), ..weekly(Thu) };
    let fortnight = compile(&closed_on_holidays(fortnight)).unwrap();
    let usual = "隔週木曜 10:00〜11:30（祝日は休み、年末年始は休み、2026年11月5日の週から1週おき）";
    let paper = "隔週木曜 10:00〜11:30（祝日・年末年始は休み、2026年11月5日の週から1週おき）";
    assert_eq!(in_voices(&fortnight), [usual, usual, paper]);
}

#[test]
fn what_has_no_dates_or_only_dates_is_the_same_in_every_voice() {
    let undated = |why, hours: Option<&str>| {
        let hours = hours.and_then(|hours| typed(hours).hours().cloned());
        let rule = Rule::Undated { why, hours };
        Schedule { rule, ..held("24/7") }
    };
    let dates = vec![date(2026, 11, 5), date(2027, 1, 7)];
    let dates = Recurrence { dates, sessions: vec![session("13:00-")], ..Recurrence::new(Frequency::Dates) };
    for (schedule, expected) in [
        (undated(Uncomputable::Irregular, None), "不定期"),
        (undated(Uncomputable::Irregular, Some("Sa 10:00-12:00")), "不定期 土曜 10:00〜12:00"),
        (undated(Uncomputable::TimesPerMonth(Some(2)), Some("Tu 10:00-12:00")), "月2回 火曜 10:00〜12:00"),
        (
            undated(Uncomputable::BiweeklyWithoutAnchor, Some("Tu 10:00-12:00")),
            "隔週火曜 10:00〜12:00（どの週かは未確認）",
        ),
        (undated(Uncomputable::OnRequest, None), "随時（要問い合わせ）"),
        (undated(Uncomputable::NotStated, None), "日時は未確認"),
        (undated(Uncomputable::Prose, None), "日時は原文のとおり"),
        (compile(&dates).unwrap(), "2026年11月5日・2027年1月7日 13:00〜"),
    ] {
        assert_eq!(in_voices(&schedule), [expected; 3]);
    }
}
