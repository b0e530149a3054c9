//! 通いの場のオープンデータ of 厚生労働省 (38 columns): one row per place of gathering.

use crate::gatherings::terms::{Activity, GatheringKind, VenueType};
use crate::gatherings::{GatheringDetails, Pickup, Venue};
use crate::import::cells::clean;
use crate::import::cells::contact::{Written, organiser};
use crate::import::cells::days::names_days;
use crate::import::cells::private::is_home;
use crate::import::cells::weekly::session;
use crate::import::cells::{called_off, eligibility, fee, timing};
use crate::import::complaint::{Flaw, Remark};
use crate::import::facts::local::{KEY, LocalFacts, LocalState};
use crate::import::facts::{Placement, Timing};
use crate::import::file::table::Row;
use crate::import::formats::{Family, Format, Issuer, Profile};
use crate::import::read::national::care::corporate_number;
use crate::import::report::Report;
use crate::import::row::{self, OfficialRow, place, position_of};
use crate::local_kinds::Details;
use crate::terms::Term;
use chrono::Weekday;
use hours::prose::{Context, Reading, read_closures, with_note};
use hours::recurrence::{Frequency, HolidayPolicy, Recurrence, Session};
use japan::text::fold;
use unicode_normalization::UnicodeNormalization;

/// The profile of the format.
pub const PROFILE: Profile = Profile {
    format: Format::Kayoinoba,
    name: "kayoinoba",
    title: "通いの場のオープンデータ",
    publisher: "厚生労働省",
    url: "https://www.mhlw.go.jp/stf/kaigo-kouhyou_opendata.html",
    license: "PDL1.0",
    required: &["名称", "対象者", "活動内容", "定休日", "料金体系", "総合事業実施の有無"],
    synonyms: &[],
    columns: &[],
    family: Family::Facilities(|row, _, report| read(row, report)),
    issuer: Issuer::Municipality,
    rank: 2,
};

/// Characters between the name of a column and its edge; publishers differ,
/// and NFKC does not unify all of them.
const DASHES: [&str; 8] = ["-", "ー", "−", "‐", "―", "–", "—", "_"];
const WEEKDAYS: [Weekday; 5] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];

/// Reads a row of the list.
pub fn read(row: &Row<'_>, report: &mut Report) -> Option<OfficialRow> {
    let name = row::name(row, "名称", report);
    let address = clean::address(row.text("所在地（都道府県から番地まで）")).unwrap_or_default();
    let place = place(row, &address, report);
    let Some(municipality) = place.municipality_code.clone() else {
        report.reject(row.line, "市区町村コード", Flaw::NoMunicipality);
        return None;
    };
    let name = name?;
    let building = clean::address(row.text("所在地（建物名・部屋番号等）"));
    let home = building.as_deref().is_some_and(is_home);
    // The running number changes from edition to edition, so name and address are the key.
    let entry = format!("{KEY}kayoinoba:{municipality}:{}:{}", fold(&name), fold(&address));
    let facts = LocalFacts {
        name_kana: clean::name(row.text("名称（ふりがな）")),
        description: row::public(row, "活動内容", report),
        note: note(row, report),
        prefecture_code: place.prefecture.map(|p| p.code.to_owned()),
        municipality_code: Some(municipality.clone()),
        address: Some(address).filter(|address| !address.is_empty()),
        building,
        position: position_of(row, ("緯度", "経度"), place.prefecture, report),
        placement: if home { Placement::Withheld } else { Placement::Stands },
        postal_code: row::postal_code(row, report),
        organization: clean::name(row.text("法人名称")),
        corporate_number: corporate_number(row.text("法人番号"), report),
        contacts: organiser(Written { phone: row.cell("電話番号"), ..Written::default() }, report),
        schedules: called_off::unless_marked(&name, schedules(row, report)),
        state: state(row.text("ステータス"), report),
        details: Some(Details::Gathering(Box::new(details(row, home, report)))),
        name: Some(name),
        ..LocalFacts::default()
    };
    Some(facts.into_row(row.line, entry.clone(), entry, format!("kayoinoba:{municipality}")))
}

fn details(row: &Row<'_>, home: bool, report: &mut Report) -> GatheringDetails {
    let activities = activities(row.text("活動内容"));
    GatheringDetails {
        main_activity: activities.main,
        activities: activities.others,
        venue: home.then_some(Venue { name: None, kind: Some(Term(VenueType::PrivateHome)) }),
        eligibility: eligibility::of(row::public(row, "対象者", report)),
        fees: fee::read(&row::public(row, "料金体系", report).unwrap_or_default()),
        capacity: row::count(row, "定員", report).known(),
        pickup: clean::flag(row.text("送迎の有無"))
            .map(|available| Pickup { available: Some(available), ..Pickup::default() }),
        ..GatheringDetails::of(GatheringKind::Kayoinoba)
    }
}

/// The note: remarks and texts for the flags, each on its own line.
fn note(row: &Row<'_>, report: &mut Report) -> Option<String> {
    let mut lines: Vec<String> =
        ["備考", "その他"].iter().filter_map(|column| row::public(row, column, report)).collect();
    lines.extend(row::public(row, "対象エリア", report).map(|area| format!("対象エリア：{area}")));
    for (column, yes, no) in [
        ("飲食の提供の有無", "飲食の提供あり", "飲食の提供なし"),
        ("飲食持ち込みの可否", "飲食の持ち込み可", "飲食の持ち込み不可"),
        ("総合事業実施の有無", "総合事業として実施", "総合事業ではない"),
    ] {
        lines.extend(clean::flag(row.text(column)).map(|flag| (if flag { yes } else { no }).to_owned()));
    }
    Some(lines.join("\n")).filter(|note| !note.is_empty())
}

fn state(word: &str, report: &mut Report) -> Option<LocalState> {
    match word.trim() {
        "" => None,
        "活動中" | "実施中" | "運営中" | "開催中" | "公開" => Some(LocalState::Published),
        "休止" | "休止中" | "一時休止" | "活動休止" => Some(LocalState::Suspended),
        "終了" | "廃止" | "閉鎖" | "活動終了" => Some(LocalState::Ended),
        other => {
            report.warn_in("ステータス", Remark::UnknownStatus { cell: other.to_owned() });
            None
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Activities {
    main: Option<Activity>,
    others: Vec<Activity>,
}

/// The activities that are certain. The main activity is known only when there is a single one.
fn activities(text: &str) -> Activities {
    let folded: String = text.nfkc().collect();
    let words: Vec<&str> = folded
        .split(['、', ',', ';', '・', '/', '\n', ' ', '。'])
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .collect();
    let mut found: Vec<Activity> = words.iter().filter_map(|word| activity(word)).collect();
    found.sort_unstable();
    found.dedup();
    let main = if words.len() == 1 { found.pop() } else { None };
    Activities { main, others: found }
}

fn activity(word: &str) -> Option<Activity> {
    Some(match word {
        "体操"
        | "運動"
        | "体操(運動)"
        | "介護予防体操"
        | "健康体操"
        | "百歳体操"
        | "いきいき百歳体操"
        | "ストレッチ"
        | "ウォーキング"
        | "筋力トレーニング"
        | "ラジオ体操" => Activity::Exercise,
        "茶話会" | "お茶会" | "お茶飲み" | "おしゃべり" => Activity::TeaParty,
        "趣味活動" | "趣味" | "手芸" | "カラオケ" | "囲碁" | "将棋" | "麻雀" | "健康麻雀" | "書道"
        | "絵手紙" => Activity::Hobby,
        "認知症予防" | "脳トレ" | "脳トレーニング" => Activity::DementiaPrevention,
        "会食" | "食事会" | "昼食会" => Activity::Meal,
        "生涯学習" => Activity::Learning,
        "ボランティア" | "ボランティア活動" => Activity::Volunteer,
        "農作業" | "畑作業" => Activity::Farming,
        "就労的活動" => Activity::Work,
        "多世代交流" => Activity::Multigen,
        _ => return None,
    })
}

/// The schedules from the hours of weekdays, Saturday, Sunday and public holidays, without the closed days.
fn schedules(row: &Row<'_>, report: &mut Report) -> Vec<Timing> {
    let sessions = |kind: &str, report: &mut Report| {
        let cell = |edge: &str| {
            let named = |dash: &&str| row.cell(&format!("運営日（{kind}）{dash}{edge}"));
            DASHES.iter().find_map(named).unwrap_or_default()
        };
        report
            .in_column(format!("運営日（{kind}）"), |report| session(cell("開始"), cell("終了"), report))
    };
    let holiday = sessions("祝日", report);
    let closed = clean::text(row.text("定休日"));
    let mut recurrences = Vec::new();
    for (kind, days) in [("平日", &WEEKDAYS[..]), ("土曜", &[Weekday::Sat]), ("日曜", &[Weekday::Sun])]
    {
        if let Some(session) = sessions(kind, report) {
            recurrences.push(weekly(days, session));
        }
    }
    let raw = raw(&recurrences, holiday, closed.as_deref());
    if recurrences.is_empty() {
        return raw.map(|raw| timing::as_written(&raw)).into_iter().collect();
    }
    for (at, one) in recurrences.iter_mut().enumerate() {
        one.holidays = match holiday {
            Some(session) if at == 0 => HolidayPolicy::OwnHours(vec![session]),
            Some(_) => HolidayPolicy::Cancelled,
            None => HolidayPolicy::Unknown,
        };
    }
    if ["備考", "その他", "活動内容", "対象者"].iter().any(|column| names_days(row.text(column)))
    {
        report.warn_in("備考", Remark::DaysInRemark);
        return timing::of_recurrences(&undated(recurrences), raw.as_deref(), report);
    }
    let reading = Reading { recurrences, unread: Vec::new() };
    let note = read_closures(closed.as_deref().unwrap_or_default(), &Context::default());
    let reading = if note.is_empty() { reading } else { with_note(&reading, &note) };
    report.in_column("定休日", |report| timing::of_reading(&reading, raw.as_deref(), report))
}

fn weekly(days: &[Weekday], session: Session) -> Recurrence {
    Recurrence { weekdays: days.to_vec(), sessions: vec![session], ..Recurrence::new(Frequency::Weekly) }
}

fn undated(recurrences: Vec<Recurrence>) -> Vec<Recurrence> {
    let one = |one: Recurrence| Recurrence {
        frequency: Frequency::Unknown,
        holidays: HolidayPolicy::Unknown,
        ..one
    };
    recurrences.into_iter().map(one).collect()
}

/// The cells as text, with the names of their columns.
fn raw(recurrences: &[Recurrence], holiday: Option<Session>, closed: Option<&str>) -> Option<String> {
    let hours = |session: &Session| {
        let time =
            |t: Option<chrono::NaiveTime>| t.map(|t| t.format("%H:%M").to_string()).unwrap_or_default();
        format!("{}～{}", time(session.start), time(session.end))
    };
    let named = |one: &Recurrence| {
        let name = match one.weekdays.first() {
            Some(Weekday::Sat) => "土曜",
            Some(Weekday::Sun) => "日曜",
            _ => "平日",
        };
        one.sessions.first().map(|session| format!("{name} {}", hours(session)))
    };
    let mut parts: Vec<String> = recurrences.iter().filter_map(named).collect();
    parts.extend(holiday.map(|session| format!("祝日 {}", hours(&session))));
    parts.extend(closed.map(|closed| format!("定休日：{closed}")));
    Some(parts.join("、")).filter(|raw| !raw.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::file::table::Table;

    fn timings(header: &str, cells: &str) -> Vec<String> {
        let mut found = Vec::new();
        let mut report = Report::default();
        let text = format!("{header}\n{cells}\n");
        Table::open(&text, chrono::NaiveDate::MAX).unwrap_or_else(|e| panic!("{e:?}")).for_each(|row| {
            let Ok(row) = row else { panic!("a broken row") };
            for timing in schedules(&row, &mut report) {
                let hours = timing.rule.opening_hours().map(ToString::to_string);
                let hours =
                    hours.unwrap_or_else(|| format!("undated {}", timing.raw_text.unwrap_or_default()));
                found.push(format!("{hours} {:?}", timing.rule.holidays));
            }
        });
        found
    }

    #[test]
    fn columns_are_found_whatever_dash_they_are_written_with() {
        for dash in ["－", "ー", "‐", "―", "-", "—"] {
            let header = format!("運営日（平日）{dash}開始,運営日（平日）{dash}終了,定休日");
            assert_eq!(timings(&header, "9:00,16:00,"), ["Mo-Fr 09:00-16:00 Unknown"], "{dash}");
        }
    }

    #[test]
    fn closed_days_take_weekdays_and_holidays_away() {
        let header =
            "運営日（平日）－開始,運営日（平日）－終了,運営日（土曜）－開始,運営日（土曜）－終了,定休日";
        let found = timings(header, "9:00,16:00,9:00,12:00,水曜日・祝日");
        assert_eq!(found, ["Mo,Tu,Th,Fr 09:00-16:00 Cancelled", "Sa 09:00-12:00 Cancelled"]);
        let vague = timings(header, "9:00,16:00,,,お盆の頃と行事のある日");
        assert_eq!(vague, ["undated 平日 09:00～16:00、定休日：お盆の頃と行事のある日 Unknown"]);
    }

    #[test]
    fn hours_of_holidays_are_the_holidays_own() {
        let header = "運営日（平日）－開始,運営日（平日）－終了,運営日（祝日）－開始,運営日（祝日）－終了";
        let found = timings(header, "9:00,16:00,10:00,12:00");
        assert!(found[0].contains("OwnHours"), "{found:?}");
    }

    #[test]
    fn a_remark_that_names_days_leaves_the_hours_without_dates() {
        let header = "運営日（平日）－開始,運営日（平日）－終了,備考";
        let found = timings(header, "10:00,11:30,毎月第2・第4木曜日");
        assert!(found[0].starts_with("undated"), "{found:?}");
    }

    #[test]
    fn only_one_activity_is_the_main_one() {
        assert_eq!(activities("体操").main, Some(Activity::Exercise));
        let several = activities("体操、茶話会・何かよいこと");
        assert_eq!(several, Activities { main: None, others: vec![Activity::Exercise, Activity::TeaParty] });
    }
}
