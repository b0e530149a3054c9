//! Texts that are refused, with the reasons.

use super::super::{LONGEST, Reason, read};
use super::{as_of, reads_in, refuses};

#[test]
fn what_may_mean_two_things() {
    refuses("第1週の木曜日", Reason::WeekOfMonth);
    refuses("1・3週目の木曜日", Reason::WeekOfMonth);
    refuses("月", Reason::MonthOrMonday);
    refuses("第2日", Reason::MonthOrMonday);
    refuses("第2火・木曜", Reason::NthScope);
    refuses("毎週月-水-金", Reason::MonthOrMonday);
    refuses("第1-3土曜", Reason::Unplaced);
    refuses("火-木 10:00～", Reason::Unplaced);
    refuses("8月下旬の土曜", Reason::PartOfMonth);
    refuses("木曜日（第3もしくは第4）", Reason::Alternative);
    refuses("火曜日（祝日）", Reason::Unplaced);
    refuses("第2火曜 ※木曜", Reason::Unplaced);
    refuses("第2火曜（8月）", Reason::Unplaced);
    refuses("月～金 9:00～17:00、土 9:00～12:00（祝日は休み）", Reason::ExceptionScope);
    refuses("月～金曜日（祝日含む）、第1・3土曜日", Reason::Unplaced);
    refuses("毎週土曜（祝日営業あり）", Reason::Unplaced);
    refuses("毎週土曜（年末年始は休みがあります）", Reason::Unplaced);
    refuses("月曜（定休日）火曜 10:00～", Reason::Unplaced);
    refuses("毎週火曜 10:00 12:00", Reason::LooseHours);
    refuses("毎日 9:00～12:00、13:00～17:00（土曜は13:00～16:00）", Reason::OverlappingDays);
    refuses("水曜午後、日曜、祝日", Reason::Unplaced);
    refuses("火曜、木曜、祝日は休み", Reason::OnlyClosures);
}

#[test]
fn what_is_hedged() {
    refuses("第2水曜日ほか", Reason::Hedged);
    refuses("第2水曜日など", Reason::Hedged);
    refuses("原則第3日曜日", Reason::Hedged);
    refuses("おおむね第3日曜日", Reason::Hedged);
    refuses("第3日曜日変更の可能性あり", Reason::Hedged);
    refuses("第3水曜日または木曜日", Reason::Alternative);
    refuses("第3日曜日 公民館", Reason::UnknownWords);
    refuses("第2火曜の翌日", Reason::Inexpressible);
    refuses("未定", Reason::NotSaid);
}

#[test]
fn dates_that_are_not_sure() {
    refuses("10/4、11/1、12/6", Reason::YearNotSaid);
    refuses("5月3日（日）", Reason::YearNotSaid);
    refuses("令和8年5月3日（月）", Reason::WeekdayContradictsDate);
    refuses("令和8年12月6日、1月10日", Reason::YearNotSaid);
    refuses("2027年2月29日", Reason::ImpossibleDate);
    refuses("2026/5/3-5/5", Reason::Unplaced);
    refuses("第1・第3金曜 ※5月2日・8月15日を除く", Reason::YearNotSaid);
    reads_in(as_of(2026, 4, 1), "10/4、11/1", "Unknown");
    reads_in(as_of(2026, 4, 1), "5月3日（土）", "Dates 2025-05-03");
    reads_in(as_of(2026, 4, 1), "5月3日（水）", "Unknown");
}

#[test]
fn closures_without_days() {
    refuses("定休日：水曜日・第3日曜日", Reason::OnlyClosures);
    refuses("冬期（12月～3月）は休み", Reason::OnlyClosures);
    refuses("お盆8月13日～16日休み", Reason::OnlyClosures);
    refuses("祝日も開催", Reason::OnlyClosures);
    refuses("雨天中止", Reason::OnlyClosures);
    refuses("土曜日、日曜日、国民の祝日、及び12月30日～1月3日はお休み", Reason::OnlyClosures);
    refuses("日曜\n12/30～1/3を除く", Reason::ExceptionScope);
    refuses("日曜、年末年始(1/1-1/3)はお休みあり", Reason::ExceptionScope);
    refuses("火・木曜日の祝日を除く", Reason::ExceptionScope);
    refuses("月曜日の祝日は営業", Reason::Unplaced);
    refuses("祝日の月曜日のみ営業", Reason::Unplaced);
    refuses("※木曜日は8:30～12:30", Reason::Unplaced);
    refuses("祝日は無休", Reason::Unplaced);
    refuses("年1回(5月)の祭りは休み", Reason::Unplaced);
    refuses("毎週土曜 10:00～ ※12/28、1/4は休み", Reason::YearNotSaid);
    refuses("毎週火曜（お盆は休み）", Reason::Undated);
    refuses("毎週火曜（10月5日～9日は休み）", Reason::YearNotSaid);
    refuses("毎週火曜（8/13(木)～8/16(日)は休み）", Reason::Unplaced);
    refuses("毎週水曜 10:00～ ※8月第2水曜休み", Reason::Unplaced);
    refuses("毎週水曜 10:00～ 8月の第2水曜休み", Reason::Unplaced);
    refuses("土 10:00～ 年1回日曜休み", Reason::Unplaced);
    refuses("定休日：不定期", Reason::Unplaced);
    refuses("毎月15日（日曜は休み）", Reason::Inexpressible);
}

#[test]
fn hours_without_days() {
    refuses("1部11:30～12:50、2部13:00～14:20", Reason::NoDays);
    refuses("10時頃", Reason::NoDays);
    refuses("24時間", Reason::NoDays);
    refuses("毎週火曜 25:00～", Reason::ImpossibleHour);
}

#[test]
fn what_contradicts_itself_or_says_too_little() {
    refuses("月1回 第2・第4土曜", Reason::Contradiction);
    refuses("毎週土曜（月2回）", Reason::Contradiction);
    refuses("毎週日曜（日曜は休み）", Reason::Contradiction);
    refuses("毎週土曜・第4土曜", Reason::OverlappingDays);
    refuses("2ヶ月に1回　第2火曜日", Reason::Unplaced);
    refuses("特になし", Reason::NothingSaid);
    refuses("", Reason::NothingSaid);
    assert_eq!(read(&"あ".repeat(LONGEST + 1)).unread[0].reason, Reason::TooLong);
}
