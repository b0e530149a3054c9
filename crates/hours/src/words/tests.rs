//! The wording of schedules.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};
use proptest::prelude::*;

use super::{
    outline::{Item, Occurrences, Said, outline},
    *,
};
use crate::{
    compile::compile,
    occurrences::on,
    opening_hours::Span,
    recurrence::{
        Closure, Frequency, HolidayPolicy, MonthOverride, Nth, NthWeekday, Recurrence, Session,
        WeatherPolicy, YearEndPolicy,
    },
    tests::{date, day, monthly, oracle::rule, recurrences::sound, session, typed, weekly},
    timetable::Timetable,
};

mod voices;

fn said(recurrence: &Recurrence, style: Style) -> String {
    text(&compile(recurrence).unwrap(), style)
}

fn closed_on_holidays(recurrence: Recurrence) -> Recurrence {
    Recurrence { holidays: HolidayPolicy::Cancelled, year_end: YearEndPolicy::Cancelled, ..recurrence }
}

#[test]
fn a_leaflet_would_say_it_like_this() {
    let wednesday = |nth| NthWeekday { nth: Nth::Of(nth), weekday: Weekday::Wed };
    let no_august = Recurrence { excluded_months: vec![8], ..monthly(&[2, 4], Weekday::Thu) };
    let february = MonthOverride { month: 2, day: wednesday(1) };
    let kasukabe = Recurrence {
        excluded_months: vec![8],
        month_overrides: vec![february],
        ..monthly(&[2], Weekday::Wed)
    };
    let winter = Closure { from: day(12, 1), to: day(3, 31), label: Some("冬期休止".to_owned()) };
    let about = Session { approximate: true, ..session("13:00-15:00") };
    let fortnight = Recurrence {
        frequency: Frequency::Biweekly,
        anchor: Some(date(2026, 11, 5)),
        sessions: vec![session("10:00-11:30"), about],
        ..weekly(Weekday::Thu)
    };
    let days = |month_days| Recurrence { month_days, ..Recurrence::new(Frequency::MonthlyDay) };
    let dates = vec![date(2026, 11, 5), date(2026, 12, 3), date(2027, 1, 7)];
    for (recurrence, expected) in [
        (
            closed_on_holidays(no_august),
            "毎月第2・第4木曜 10:00〜11:30（祝日は休み、年末年始は休み、8月は休み）",
        ),
        (kasukabe, "毎月第2水曜 10:00〜11:30（祝日・年末年始は要確認、8月は休み、2月は第1水曜）"),
        (
            Recurrence { holidays: HolidayPolicy::Moved(wednesday(2)), ..monthly(&[1, 3], Weekday::Wed) },
            "毎月第1・第3水曜 10:00〜11:30（祝日は第2水曜に変更、年末年始は要確認）",
        ),
        (
            closed_on_holidays(Recurrence { except_nth: vec![Nth::Of(1)], ..weekly(Weekday::Tue) }),
            "第1火曜を除く毎週火曜 10:00〜11:30（祝日は休み、年末年始は休み）",
        ),
        (
            Recurrence { closures: vec![winter], weather: WeatherPolicy::SnowCancel, ..weekly(Weekday::Thu) },
            "毎週木曜 10:00〜11:30（祝日・年末年始は要確認、12月1日〜3月31日は冬期休止、大雪時中止）",
        ),
        (
            fortnight.clone(),
            "隔週木曜 10:00〜11:30、13:00〜15:00頃（祝日・年末年始は要確認、2026年11月5日の週から1週おき）",
        ),
        (
            Recurrence { anchor: None, ..fortnight },
            "隔週木曜 10:00〜11:30、13:00〜15:00頃（どの週かは未確認）",
        ),
        (
            closed_on_holidays(days(vec![31, 15])),
            "毎月15日・31日（時間は未確認）（祝日は休み、年末年始は休み）",
        ),
        (
            Recurrence { dates, sessions: vec![session("13:00-")], ..Recurrence::new(Frequency::Dates) },
            "2026年11月5日・12月3日・2027年1月7日 13:00〜",
        ),
        (
            Recurrence { frequency: Frequency::TimesPerYear, times: Some(6), ..weekly(Weekday::Sat) },
            "年6回 土曜 10:00〜11:30",
        ),
        (Recurrence { by_appointment: true, ..Recurrence::new(Frequency::Irregular) }, "不定期（要予約）"),
    ] {
        assert_eq!(said(&recurrence, Style::Standard(Voice::Place)), expected);
    }
}

#[test]
fn what_an_expert_typed_is_said_too() {
    for (typed_text, expected) in [
        ("24/7", "毎日 24時間"),
        ("Mo-Fr 08:30-17:15; Sa 08:30-12:00", "毎週月〜金曜 8:30〜17:15／毎週土曜 8:30〜12:00"),
        ("Mo-Sa 09:00-18:00; Th 09:00-12:00", "毎週月〜土曜 9:00〜18:00（ただし木曜は9:00〜12:00）"),
        ("Mo-Fr 09:00-17:00; 12:00-13:00 off", "毎週月〜金曜 9:00〜17:00（毎日は12:00〜13:00休み）"),
        ("Mo 09:00-17:00; Dec 29-Jan 3 off", "毎週月曜 9:00〜17:00（12月29日〜1月3日は休み）"),
        (
            "Apr-Sep Mo-Fr 09:00-18:00; Oct-Mar Mo-Fr 09:00-17:00",
            "4月〜9月の毎週月〜金曜 9:00〜18:00／10月〜3月の毎週月〜金曜 9:00〜17:00",
        ),
        ("Fr 20:00-26:00", "毎週金曜 20:00〜翌2:00"),
        ("Mo[1],Th[3] 10:00-12:00", "毎月第1月曜と第3木曜 10:00〜12:00"),
        ("Th unknown \"要問合せ\"", "毎週木曜（要問合せ・要確認）"),
        ("week 1-53/2 Mo 10:00-12:00", "week 1-53/2 Mo 10:00-12:00（OpenStreetMap の書式）"),
    ] {
        let said = text(&typed(typed_text), Style::Standard(Voice::Place));
        assert_eq!(
            said.replace("（祝日・年末年始は要確認）", "").replace("祝日・年末年始は要確認、", ""),
            expected
        );
    }
}

#[test]
fn easy_japanese_has_short_sentences_and_no_signs() {
    let recurrence = closed_on_holidays(monthly(&[2, 4], Weekday::Thu));
    let expected = "毎月、2回目と4回目の木曜日です。時間は、午前10時から午前11時30分までです。\
                    祝日は休みです。12月29日から1月3日までは休みです。";
    assert_eq!(said(&recurrence, Style::Easy), expected);
    let night =
        Recurrence { sessions: vec![session("20:00-05:00")], ..Recurrence::new(Frequency::Irregular) };
    let expected =
        "いつも同じ日ではありません。日は聞いてください。時間は、午後8時から次の日の午前5時までです。";
    assert_eq!(said(&night, Style::Easy), expected);
    let noon =
        Recurrence { sessions: vec![session("12:00-00:00")], by_appointment: true, ..weekly(Weekday::Mon) };
    let expected = "毎週月曜日です。時間は、昼の12時から夜の12時までです。\
                    祝日と、12月29日から1月3日までは、行く前に聞いてください。行く前に、予約してください。";
    assert_eq!(said(&noon, Style::Easy), expected);
}

/// Whether days of an outline include a date, evaluated independently of the timetable.
fn holds(said: &Said, date: NaiveDate) -> bool {
    let month_day = day(date.month() as u8, date.day() as u8);
    let within = |from, to| {
        if from <= to { from <= month_day && month_day <= to } else { month_day >= from || month_day <= to }
    };
    let all_year = said.months == 0 && said.yearly.is_empty() && said.dated.is_empty();
    let season = all_year
        || said.months & 1 << date.month() != 0
        || said.yearly.iter().any(|(from, to)| within(*from, *to))
        || said.dated.iter().any(|(from, to)| *from <= date && date <= *to);
    let nth = (date.day() as u8 - 1) / 7 + 1;
    let from_end = (date.num_days_in_month() - date.day() as u8) / 7 + 1;
    let of_month = |occurrences: &Occurrences| match occurrences {
        Occurrences::Every => true,
        Occurrences::AllBut(these) => !these.contains(&nth),
        Occurrences::These { from_start, from_end: last } => {
            from_start.contains(&nth) || last.contains(&from_end)
        }
    };
    let weekday = said.weekdays.is_empty()
        || said
            .weekdays
            .iter()
            .any(|(occurrences, names)| names.contains(&date.weekday()) && of_month(occurrences));
    season && weekday && (said.month_days.is_empty() || said.month_days.contains(&month_day.day))
}

/// Whether an outline is open at a minute of a day, evaluated from its items alone.
fn open(items: &[Item], date: NaiveDate, minute: u16) -> bool {
    let during = |spans: &[Span]| spans.iter().any(|span| span.start <= minute && minute < span.end);
    let usual =
        items.iter().find_map(|item| if let Item::Meets { spans, .. } = item { Some(spans) } else { None });
    let own_month =
        |item: &Item| matches!(item, Item::MonthMeets { month, .. } if u32::from(*month) == date.month());
    let has_own_month = items.iter().any(own_month);
    let mut is_open = false;
    for (place, item) in items.iter().enumerate() {
        match item {
            Item::Meets { .. } if place == 0 && has_own_month => {}
            Item::Meets { days, spans } => is_open |= holds(days, date) && during(spans),
            Item::Instead { days, spans } if holds(days, date) => is_open = during(spans),
            Item::MonthMeets { days, .. } if own_month(item) => {
                is_open |= holds(days, date) && during(usual.unwrap())
            }
            Item::MonthsClosed(months) if months & 1 << date.month() != 0 => is_open = false,
            Item::Closed { days, spans, .. } if holds(days, date) && during(spans) => is_open = false,
            _ => {}
        }
    }
    is_open
}

fn said_is_computed(schedule: Schedule, start: u64) -> Result<(), TestCaseError> {
    let Some(items) = schedule.hours().and_then(|hours| outline(hours.lines())) else { return Ok(()) };
    let held = Schedule { holidays: HolidayPolicy::Held, year_end: YearEndPolicy::Held, ..schedule };
    let timetable = Timetable::new(&held);
    for date in (date(2024, 1, 1) + Days::new(start)).iter_days().take(120) {
        for (hour, minute) in [(8, 59), (9, 0), (11, 59), (12, 30), (14, 0), (17, 29), (17, 30)] {
            let at = NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
            let meets = on(&timetable, date).iter().any(|meeting| {
                let (start, end) = (meeting.start.unwrap(), meeting.end.unwrap());
                start <= at && (at < end || end <= start)
            });
            let said = open(&items, date, (hour * 60 + minute) as u16);
            prop_assert_eq!(said, meets, "{:?} on {} at {}: {:?}", held.opening_hours(), date, at, items);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_said_of_a_typed_rule_is_computed(rules in prop::collection::vec(rule(), 1..4), start in 0_u64..2_000) {
        said_is_computed(typed(&rules.join("; ")), start)?;
    }

    #[test]
    fn what_is_said_of_a_recurrence_is_computed(recurrence in sound(), start in 0_u64..2_000) {
        let plain = Recurrence {
            weekdays: recurrence.weekdays,
            nth: recurrence.nth,
            except_nth: recurrence.except_nth,
            month_days: recurrence.month_days,
            dates: recurrence.dates,
            months: recurrence.months,
            excluded_months: recurrence.excluded_months,
            month_overrides: recurrence.month_overrides,
            sessions: vec![session("09:00-12:00")],
            ..Recurrence::new(recurrence.frequency)
        };
        if let Ok(schedule) = compile(&plain) && plain.frequency != Frequency::Biweekly {
            said_is_computed(schedule, start)?;
        }
    }
}
