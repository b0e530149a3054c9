//! Texts that are understood, with their readings.

use super::super::{Context, combine, read, read_closures, read_note, read_times, read_weekdays, with_note};
use super::{as_of, lines, reads, reads_in};

#[test]
fn weekdays_of_the_month() {
    reads(
        "毎月第2・第4木曜日 10:00～11:30（祝日は休み、8月は除く）",
        "MonthlyNth #2,#4 Thu 10:00-11:30 no-months=8 ph=Cancelled",
    );
    for spelling in [
        "第1・3水曜",
        "第１、第３水曜日",
        "第1/3(水)",
        "毎月第一・第三水曜日",
        "第1/3水曜",
        "毎月の第１第３水曜日",
    ] {
        reads(spelling, "MonthlyNth #1,#3 Wed");
    }
    reads("最終土曜", "MonthlyNth #last Sat");
    reads("第1～3土曜日", "MonthlyNth #1,#2,#3 Sat");
    reads("第2火曜・第4木曜　14時～", "MonthlyNth #2 Tue 14:00-? | MonthlyNth #4 Thu 14:00-?");
    reads("第１土曜日（改行）第3土曜日", "MonthlyNth #1,#3 Sat");
    reads("奇数月の第2水曜日", "MonthlyNth #2 Wed months=1,3,5,7,9,11");
    reads("第2・4月曜日", "MonthlyNth #2,#4 Mon");
    reads("月1回 最終土曜日", "MonthlyNth #last Sat");
    reads("月2回 第2・第4土曜", "MonthlyNth #2,#4 Sat");
}

#[test]
fn weekdays_of_every_week() {
    reads("火・木・土 9:00-12:00、14:00-17:00", "Weekly Tue,Thu,Sat 09:00-12:00,14:00-17:00");
    reads("月火水木金", "Weekly Mon,Tue,Wed,Thu,Fri");
    reads("平日8時30分から17時15分まで", "Weekly Mon,Tue,Wed,Thu,Fri 08:30-17:15");
    reads("4月～11月の毎週木曜", "Weekly Thu months=4,5,6,7,8,9,10,11");
    reads("毎週木曜（４月～１１月）", "Weekly Thu months=4,5,6,7,8,9,10,11");
    reads("月曜から金曜まで 午前9時から午後5時まで", "Weekly Mon,Tue,Wed,Thu,Fri 09:00-17:00");
    reads("毎日 9:00～17:00", "Daily 09:00-17:00");
    reads("年中無休", "Daily ph=Held ye=Held");
    reads("年中無休 24時間", "Daily 00:00-00:00 ph=Held ye=Held");
    reads("毎日 9:00～17:00 年中無休", "Daily 09:00-17:00 ph=Held ye=Held");
    reads("年中無休（年末年始を除く）", "Daily ph=Held ye=Cancelled");
    reads("9～12時 毎週火曜", "Weekly Tue 09:00-12:00");
    reads("火曜日は10時から", "Weekly Tue 10:00-?");
    reads("隔週火曜 10:00～", "Biweekly Tue 10:00-?");
    reads("土日祝 10:00～16:00", "Weekly Sat,Sun 10:00-16:00 ph=[10:00-16:00]");
    reads(
        "月～金13:00～21:00\n土日祝9:00～18:00",
        "Weekly Mon,Tue,Wed,Thu,Fri 13:00-21:00 ph=Cancelled | Weekly Sat,Sun 09:00-18:00 ph=[09:00-18:00]",
    );
}

#[test]
fn days_of_the_month_and_dates() {
    reads("毎月15日", "MonthlyDay day=15");
    reads("毎月5日、20日", "MonthlyDay day=5,20");
    reads("毎月5日、10時～12時", "MonthlyDay day=5 10:00-12:00");
    reads("令和8年5月3日（日）", "Dates 2026-05-03");
    reads("2026年12月5日 13:00~", "Dates 2026-12-05 13:00-?");
    reads("2026年10月4日、11月1日、12月6日", "Dates 2026-10-04,2026-11-01,2026-12-06");
    reads("令和8年10月4日・18日 10:00～", "Dates 2026-10-04,2026-10-18 10:00-?");
    reads("令和8年度 12月6日、1月10日", "Dates 2026-12-06,2027-01-10");
    reads("R8.5.3", "Dates 2026-05-03");
    let fiscal = Context { as_of: None, fiscal_year: Some(2026) };
    reads_in(fiscal, "10/4、11/1、1/10", "Dates 2026-10-04,2026-11-01,2027-01-10");
    reads_in(as_of(2025, 1, 5), "1月13日(祝)(月)", "Dates 2025-01-13");
}

#[test]
fn exceptions() {
    reads("第１火曜日を除く火曜日の午後2時より", "Weekly Tue -#1 14:00-?");
    reads("毎月第1・3水曜日（祝日は第2水曜日に変更）", "MonthlyNth #1,#3 Wed ph=->#2Wed");
    reads("毎月第2水曜 ※8月は開催なし ※2月は第1水曜日", "MonthlyNth #2 Wed no-months=8 2月=#1Wed");
    reads("第4火曜 ※7月と9月は第5火曜、2月は第3火曜", "MonthlyNth #4 Tue 7月=#5Tue,9月=#5Tue,2月=#3Tue");
    reads_in(
        as_of(2025, 4, 1),
        "第1・第3金曜 ※5月2日・8月15日を除く",
        "MonthlyNth #1,#3 Fri not=2025-05-02,2025-08-15",
    );
    let days = "Weekly Mon,Tue,Wed,Thu,Fri 09:00-17:00";
    reads("月～金 9:00～17:00（土日祝、年末年始を除く）", &format!("{days} ph=Cancelled ye=Cancelled"));
    reads("月～金 9:00～17:00（12/30～1/3は休み）", &format!("{days} ye=AsUsual closed=年末年始12/30-1/3"));
    reads("月～金 9:00～17:00（年末年始（12/29～1/3）休み）", &format!("{days} ye=Cancelled"));
    reads("月～金 9:00～17:00 お盆8月13日～16日休み", &format!("{days} closed=お盆8/13-8/16"));
    reads("毎週木曜（冬期（12月～3月）は休み）", "Weekly Thu no-months=1,2,3,12");
    reads(
        "毎週土曜 10:00～12:00 祝日も開催、雨天中止、要予約",
        "Weekly Sat 10:00-12:00 ph=Held RainCancel ask",
    );
    reads(
        "毎日 10:00～18:00 定休日：水曜日・第3日曜日",
        "Weekly Mon,Tue,Thu,Fri,Sat 10:00-18:00 | Weekly Sun -#3 10:00-18:00",
    );
    reads(
        "月～金 9:00～17:00、土 9:00～12:00（日祝休み）",
        "Weekly Mon,Tue,Wed,Thu,Fri 09:00-17:00 ph=Cancelled | Weekly Sat 09:00-12:00 ph=Cancelled",
    );
}

#[test]
fn hours() {
    reads("第2土曜日 AM10:00〜正午（受付は9:30から）", "MonthlyNth #2 Sat 10:00-12:00");
    reads("毎週火曜 午後1時半～3時", "Weekly Tue 13:30-15:00");
    reads("第2水曜日 10時頃", "MonthlyNth #2 Wed ~10:00-?");
    reads("毎週土曜 10：00―12：00", "Weekly Sat 10:00-12:00");
    reads("毎週土曜 21:00～翌6:00", "Weekly Sat 21:00-06:00");
    reads("毎週土曜 18:00～24:00", "Weekly Sat 18:00-00:00");
    // The days are certain, the hours are not.
    reads("毎週火曜 2時〜3時", "Weekly Tue ?-?");
    reads("毎週火曜 10時〜2時", "Weekly Tue ?-?");
    reads("毎週火曜 午後12時半～", "Weekly Tue ?-?");
    reads("毎週火曜 18:00〜17:30", "Weekly Tue ?-?");
}

#[test]
fn several_parts() {
    reads(
        "【昼の部】第2火曜 10:00～12:00【夜の部】第4火曜 18:00～20:00",
        "MonthlyNth #2 Tue 10:00-12:00 label=昼の部 | MonthlyNth #4 Tue 18:00-20:00 label=夜の部",
    );
    reads(
        "毎月第3火曜日二部制 1回目午後5:30～6:15 2回目午後6:30～7:15",
        "MonthlyNth #3 Tue 17:30-18:15 label=1回目 | MonthlyNth #3 Tue 18:30-19:15 label=2回目",
    );
    reads("第2火曜日 17:30～　第2金曜日 18:00～", "MonthlyNth #2 Tue 17:30-? | MonthlyNth #2 Fri 18:00-?");
}

#[test]
fn how_often_without_days() {
    reads("年6回 土曜日", "TimesPerYear x6 Sat");
    reads("年2回（7月、11月）", "TimesPerYear x2 months=7,11");
    reads("月1回　15時～", "TimesPerMonth x1 15:00-?");
    reads("月1～2回", "TimesPerMonth");
    reads("不定期", "Irregular");
    reads("不定期（友引の前日など）", "Irregular");
    reads("土曜の不定期開催", "Irregular Sat");
    reads("随時", "OnRequest");
    reads("要予約", "OnRequest ask");
}

#[test]
fn columns_combine() {
    let times = read_times("1部11:30～12:50、2部13:00～14:20");
    let both = combine(&read("毎月最終土曜日"), &times);
    assert_eq!(
        lines(&both),
        "MonthlyNth #last Sat 11:30-12:50 label=1部 | MonthlyNth #last Sat 13:00-14:20 label=2部"
    );
    assert_eq!(lines(&combine(&read("第3日曜日 10時～"), &read_times("11:00〜"))), "Unknown");
    assert_eq!(lines(&combine(&read("毎日"), &read_times("24時間"))), "Daily 00:00-00:00");
    let note = read_note(
        "国民の祝日に関する法律に規定する休日及び年末年始（１２月２９日から翌年の１月３日まで）は利用不可。",
        &Context::default(),
    );
    assert_eq!(lines(&with_note(&read("月火"), &note)), "Weekly Mon,Tue ph=Cancelled ye=Cancelled");
    let closed = read_closures("日曜日、12月30日～1月3日", &Context::default());
    assert_eq!(lines(&with_note(&read("土日"), &closed)), "Weekly Sat ye=AsUsual closed=年末年始12/30-1/3");
    assert!(read_note("特になし", &Context::default()).is_empty());
    assert!(!read_note("土曜日", &Context::default()).unread.is_empty());
    assert!(!read_closures("第2・第4土曜営業", &Context::default()).unread.is_empty());
    assert_eq!(lines(&read_weekdays("日")), "Weekly Sun");
}

#[test]
fn other_hours_on_some_of_several_days() {
    const USUAL: &str = "Weekly Mon,Tue,Thu,Fri 08:30-17:30 | Weekly Wed 08:30-16:30";
    reads("月～金 8:30～17:30（水曜日 8:30～16:30）", USUAL);
    reads("月～金 8:30～17:30（水～16:30）", USUAL);
    reads(
        "毎日 9:00～17:00（土曜は9:00～12:00）",
        "Weekly Mon,Tue,Wed,Thu,Fri,Sun 09:00-17:00 | Weekly Sat 09:00-12:00",
    );
    reads("毎週月・水の午前", "Weekly Mon,Wed ?-?");
}

#[test]
fn single_weeks_of_the_one_group_that_meets_on_the_day() {
    reads(
        "月～金 9:00～18:00 土 9:00～14:00（第2・4土曜休診）",
        "Weekly Mon,Tue,Wed,Thu,Fri 09:00-18:00 | Weekly Sat -#2,#4 09:00-14:00",
    );
    reads(
        "月～金 9:00～18:00、土は第1.3のみ 9:00～12:00",
        "Weekly Mon,Tue,Wed,Thu,Fri 09:00-18:00 | MonthlyNth #1,#3 Sat 09:00-12:00",
    );
    reads(
        "休館日：毎月第2・4月曜日 開館時間：9:00～22:00",
        "Weekly Tue,Wed,Thu,Fri,Sat,Sun 09:00-22:00 | Weekly Mon -#2,#4 09:00-22:00",
    );
    reads("第2火曜日（祝日の場合も開催）10:00～", "MonthlyNth #2 Tue 10:00-? ph=Held");
}
