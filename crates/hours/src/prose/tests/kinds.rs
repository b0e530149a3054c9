//! The kinds of writing that pharmacies, clinics and gatherings use, each with its reading as a person wrote it down.

use super::super::{Context, combine, read, read_moment, read_note, read_times, read_weekdays, with_note};
use super::{lines, reads};

const WORKDAYS: &str = "Weekly Mon,Tue,Wed,Thu,Fri";

#[test]
fn days_and_hours_with_any_sign_between() {
    let both = format!("{WORKDAYS} 09:00-18:00 | Weekly Sat 09:00-13:00");
    for text in [
        "月～金：9:00～18:00、土：9:00～13:00",
        "月-金:9:00-18:00､土:9:00-13:00",
        "月－金：９：００－１８：００、土：９：００－１３：００",
        "月〜金9:00〜18:00土9:00〜13:00",
        "月-金;9:00-18:00土;9:00-13:00",
        "（月～金）9:00～18:00（土）9:00～13:00",
        "(月)～(金)9:00～18:00、(土)9:00～13:00",
        "【月～金曜日】9:00～18:00【土曜日】9:00～13:00",
        "[月-金]9:00-18:00[土]9:00-13:00",
        "月～金（9:00～18:00）、土（9:00～13:00）",
        "9:00～18:00（月～金）9:00～13:00（土）",
        "月から金9時から18時、土9時から13時",
        "⽉-⾦︓9:00-18:00､⼟︓9:00-13:00",
        "月-金∶9時-18時土∶9時-13時",
        "月ｰ金:9:00ｰ18:00土:9:00ｰ13:00",
        "月•火•水•木•金:9:00-18:00、土:9:00-13:00",
        "月.火.水.木.金 9.00-18.00 土 9.00-13.00",
        "月火水木金900〜1800土900〜1300",
        "月火水木金9-18土9-13",
        "月～金→9:00～18:00、土→9:00～13:00",
        "平日：9:00：00～18:00：00\n土：9:00：00～13:00：00",
        "月9:00～18:00火9:00～18:00水9:00～18:00木9:00～18:00金9:00～18:00土9:00～13:00",
    ] {
        let read = lines(&read(text)).replace(
            "Weekly Mon 09:00-18:00 | Weekly Tue 09:00-18:00 | Weekly Wed 09:00-18:00 | Weekly Thu 09:00-18:00 | Weekly Fri 09:00-18:00",
            &format!("{WORKDAYS} 09:00-18:00"),
        );
        assert_eq!(read, both, "{text}");
    }
}

#[test]
fn a_short_dash_is_a_range_beside_another_sign() {
    reads("月-水､金 9:00-18:00", "Weekly Mon,Tue,Wed,Fri 09:00-18:00");
    reads(
        "月-水:9:00-18:30､木:9:00-17:00､金:9:00-18:30､土:9:00-13:00",
        "Weekly Mon,Tue,Wed 09:00-18:30 | Weekly Thu 09:00-17:00 | Weekly Fri 09:00-18:30 | Weekly Sat 09:00-13:00",
    );
    reads("土-日 10:00～12:00", "Weekly Sat,Sun 10:00-12:00");
    reads("月-水 10:00～12:00", "Unknown");
    reads("月-水-金 10:00～12:00", "Unknown");
    reads("日～月 10:00～12:00", "Unknown");
    reads("月:8:00-金:21:00", "Unknown");
}

#[test]
fn hours_that_run_into_one_another() {
    reads("月～金：9:00-13:0014:00-18:00", &format!("{WORKDAYS} 09:00-13:00,14:00-18:00"));
    reads(
        "月〜土:9:00-13:30、月〜金:14:30-19:00、土:14:30-17:00",
        "Weekly Mon,Tue,Wed,Thu,Fri 09:00-13:30,14:30-19:00 | Weekly Sat 09:00-13:30,14:30-17:00",
    );
    reads("月～金 9:00-18:00、木 9:00-17:00", "Unknown");
    reads("月～土 18:00～25:30", "Weekly Mon,Tue,Wed,Thu,Fri,Sat 18:00-01:30");
    reads("毎週火曜 午後12時30分～3時", "Weekly Tue 12:30-15:00");
    reads("毎週火曜 午前9時～午前12時", "Weekly Tue 09:00-12:00");
    reads("毎週水曜 6:00-14:00", "Weekly Wed 06:00-14:00");
}

#[test]
fn breaks_half_days_and_other_ends() {
    let split = format!("{WORKDAYS} 09:00-12:30,14:00-18:00");
    for text in [
        "月～金 9:00～18:00（昼休み12:30～14:00）",
        "月～金 9:00～18:00 12:30～14:00は休診",
        "月～金：9:00-18:0012:30-14:00の間は閉局",
        "月～金 9:00～12:30昼休み14:00～18:00",
        "月～金9:00-18:00(12:30-14:00除く)",
    ] {
        reads(text, &split);
    }
    reads("平日 9:00～17:00　土曜半日", &format!("{WORKDAYS} 09:00-17:00 | Weekly Sat ?-?"));
    reads(
        "月～土 9:00～12:00 14:00～18:00 木曜・土曜は午後休診",
        "Weekly Mon,Tue,Wed,Fri 09:00-12:00,14:00-18:00 | Weekly Thu,Sat 09:00-12:00",
    );
    reads(
        "月～土 9:00～18:00 ただし水曜は13:00まで",
        "Weekly Mon,Tue,Thu,Fri,Sat 09:00-18:00 | Weekly Wed 09:00-13:00",
    );
    reads("月～金 9:00～18:00、土 9:00～17:00 12:00～13:00閉局", "Unknown");
}

#[test]
fn closed_days_after_their_heading() {
    reads(
        "毎日 10:00～17:00 休館日：祝日 第3水曜日",
        "Weekly Mon,Tue,Thu,Fri,Sat,Sun 10:00-17:00 ph=Cancelled | Weekly Wed -#3 10:00-17:00 ph=Cancelled",
    );
    reads("9:00～17:00 休診：祝 土 日", &format!("{WORKDAYS} 09:00-17:00 ph=Cancelled"));
    reads("【開館時間】9:00～21:30 【休館日】月曜日", "Weekly Tue,Wed,Thu,Fri,Sat,Sun 09:00-21:30");
    reads("月～土 9:00～18:00 定休日: 日祝", "Weekly Mon,Tue,Wed,Thu,Fri,Sat 09:00-18:00 ph=Cancelled");
    reads("月9:00～18:00火9:00～18:00日定休日", "Weekly Mon 09:00-18:00 | Weekly Tue 09:00-18:00");
    reads(
        "月～金 9:00～18:00、土 9:00～13:00、日祝：休み",
        &format!("{WORKDAYS} 09:00-18:00 ph=Cancelled | Weekly Sat 09:00-13:00 ph=Cancelled"),
    );
    reads(
        "月～金 9:00～16:00 祝日、8/15、12/31～1/3は休診",
        &format!("{WORKDAYS} 09:00-16:00 ph=Cancelled ye=AsUsual closed=8/15-8/15,年末年始12/31-1/3"),
    );
}

#[test]
fn holidays_with_hours_of_their_own() {
    reads(
        "月～土：9:00～19:00、祝：10:00～13:00",
        "Weekly Mon,Tue,Wed,Thu,Fri,Sat 09:00-19:00 ph=[10:00-13:00]",
    );
    reads(
        "月-金:9:00-19:00､土:9:00-17:00､日祝:10:00-15:00",
        "Weekly Mon,Tue,Wed,Thu,Fri 09:00-19:00 ph=Cancelled | Weekly Sat 09:00-17:00 ph=Cancelled | Weekly Sun 10:00-15:00 ph=[10:00-15:00]",
    );
    reads("年中無休9:00-22:00", "Daily 09:00-22:00 ph=Held ye=Held");
}

#[test]
fn occurrences_before_and_after_their_weekday() {
    reads("毎月第2.4日曜 8:00～9:00", "MonthlyNth #2,#4 Sun 08:00-09:00");
    reads("土(第1.3.5)：8:30-12:30", "MonthlyNth #1,#3,#5 Sat 08:30-12:30");
    reads("奇数月 最終日曜日 10:00～12:00", "MonthlyNth #last Sun months=1,3,5,7,9,11 10:00-12:00");
    reads("毎月末土曜日 10:00～", "MonthlyNth #last Sat 10:00-?");
    reads("毎日曜日 9:00～12:00", "Weekly Sun 09:00-12:00");
    reads("毎月曜日 9:00～12:00", "Weekly Mon 09:00-12:00");
    reads(
        "月～金 9:00～18:00、土 9:00～13:00、ただし第3土曜は9:00～10:00",
        &format!("{WORKDAYS} 09:00-18:00 | Weekly Sat -#3 09:00-13:00 | MonthlyNth #3 Sat 09:00-10:00"),
    );
    reads("土　第1．3．5日　9：00～13：00", "Unknown");
}

#[test]
fn remarks_that_change_neither_days_nor_hours() {
    reads("毎月第3日曜日 10:00～12:00 ※変更の可能性あり", "MonthlyNth #3 Sun 10:00-12:00");
    reads("毎月第3日曜日（変更になる場合があります）", "MonthlyNth #3 Sun");
    reads("毎週土曜 開場9:30 開始10:00", "Weekly Sat 10:00-?");
    assert!(read_note("受付13時30分から", &Context::default()).is_empty());
    assert!(read_note("変更の可能性あり", &Context::default()).is_empty());
}

#[test]
fn remarks_refine_the_hours_of_the_columns() {
    let columns = combine(&read_weekdays("月火水木金土"), &read_times("9:00～18:00"));
    let noted = |note: &str| lines(&with_note(&columns, &read_note(note, &Context::default())));
    let (morning, both) = ("09:00-12:00", "09:00-12:00,15:00-18:00");
    assert_eq!(
        noted(
            "午前は診療開始時間９時００分から診療終了時間１２時００分。午後は診療開始時間１５時００分から診療終了時間１８時００分まで。木曜日土曜日は午後休診。"
        ),
        format!("Weekly Mon,Tue,Wed,Fri {both} | Weekly Thu,Sat {morning}")
    );
    assert_eq!(
        noted("木曜日、土曜日は午前のみ。\n祝日は休診。"),
        "Weekly Mon,Tue,Wed,Fri 09:00-18:00 ph=Cancelled | Weekly Thu,Sat ?-? ph=Cancelled"
    );
    assert_eq!(noted("土曜日は16:00まで"), format!("{WORKDAYS} 09:00-18:00 | Weekly Sat 09:00-16:00"));
    assert_eq!(
        noted("【月～金】9:00～12:00/15:00～18:00\n【土】9:00～12:00"),
        format!("{WORKDAYS} {both} | Weekly Sat {morning}")
    );
    assert_eq!(noted("12：30～14：00は、休診"), "Weekly Mon,Tue,Wed,Thu,Fri,Sat 09:00-12:30,14:00-18:00");
    for unclear in
        ["看護師は火水金", "日曜は12:00まで", "土曜は19:00～21:00", "第2土曜 9:00～10:00", "月曜・火曜"]
    {
        assert_eq!(noted(unclear), "Unknown", "{unclear}");
    }
}

#[test]
fn a_cell_with_one_hour() {
    let read = |text| read_moment(text).map(|time| time.format("%H:%M").to_string());
    for (text, expected) in [
        ("9:00", "09:00"),
        ("１０：００", "10:00"),
        ("午前10時", "10:00"),
        ("正午", "12:00"),
        ("11時半", "11:30"),
        ("10:00:00", "10:00"),
        ("24:00", "00:00"),
    ] {
        assert_eq!(read(text).as_deref(), Some(expected), "{text}");
    }
    for text in ["", "10時頃", "10:00～", "午後12時", "9.30", "朝", "25:00"] {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn a_closed_half_day_in_a_list_of_closed_days() {
    let rest = "Weekly Mon,Tue,Wed,Fri,Sat 09:00-18:00";
    let half = format!("{rest} | Weekly Thu ?-?");
    for text in [
        "月～土 9:00～18:00 休診日 木曜午後",
        "月～土 9:00～18:00 休診：木曜午後",
        "月～土 9:00～18:00 木曜午後休診",
    ] {
        reads(text, &half);
    }
    let both = "09:00-12:00,14:00-18:00";
    for text in [
        "月～土 9:00～12:00、14:00～18:00 木曜午後・日曜・祝日休診",
        "月～土 9:00～12:00、14:00～18:00 休診日：木曜午後、日曜、祝日",
    ] {
        reads(
            text,
            &format!("Weekly Mon,Tue,Wed,Fri,Sat {both} ph=Cancelled | Weekly Thu 09:00-12:00 ph=Cancelled"),
        );
    }
    reads(
        "月～金 9:00～18:00 土 9:00～13:00 休診日：水曜午後、日祝",
        "Weekly Mon,Tue,Thu,Fri 09:00-18:00 ph=Cancelled | Weekly Wed ?-? ph=Cancelled | \
         Weekly Sat 09:00-13:00 ph=Cancelled",
    );
    for unclear in [
        // Is the first day closed all day?
        "月～土 9:00～18:00 休診：木・土午後",
        "月～土 9:00～18:00 休診日：火曜、木曜午後",
        // Open on Thursday morning after all?
        "月水金 9:00～12:00 休診日 木曜午後",
        "月～土 9:00～18:00 休診日 木曜午後2時～4時",
        "月～土 9:00～18:00 休診日：第2木曜午後",
    ] {
        assert!(!super::read(unclear).unread.is_empty(), "{unclear}");
    }
}

#[test]
fn beginnings_with_their_ends_and_days_of_several_months() {
    reads("毎月第2土曜日 10:00開始 12:00終了", "MonthlyNth #2 Sat 10:00-12:00");
    reads("毎週水曜日 10時開始、12時終了", "Weekly Wed 10:00-12:00");
    reads("偶数月の15日 10:00～12:00", "MonthlyDay day=15 months=2,4,6,8,10,12 10:00-12:00");
    for unclear in ["7月、8月20日 10:00～12:00", "火曜 10:00開始 12:00"] {
        assert!(!super::read(unclear).unread.is_empty(), "{unclear}");
    }
}
