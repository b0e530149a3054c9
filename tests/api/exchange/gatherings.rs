//! Places of gathering of open data: their days, fees and people, and the facts that are never published.

use super::support::{Row, csv, of};
use crate::support::App;
use serde_json::{Value, json};

const FILE: &str = "062031_kodomosyokudo.csv";

async fn gatherings(app: &App) -> Vec<Value> {
    let query = r#"{ gatheringPlaces(first: 20) { nodes {
        name note description
        gatheringKind { value } mainActivity { value } capacity reservation { value }
        eligibility { text ageMin } fees { text } pickup { available }
        organization { name } contacts { tel email }
        location { status { value } address }
        schedules { label text computable rawText
          occurrences(from: "2026-11-01", to: "2026-11-30") { date start } }
    } } }"#;
    let mut data = app.as_anonymous().data(query).await;
    let nodes = data["gatheringPlaces"]["nodes"].as_array_mut().expect("a list");
    std::mem::take(nodes)
}

async fn imported(file: &str, rows: &[Row]) -> (App, Vec<Value>) {
    let app = App::start().await;
    let report = app.import_with(file, &csv(rows), &of(10, 1)).await;
    assert_eq!(report.rejected, []);
    let found = gatherings(&app).await;
    (app, found)
}

fn dates(place: &Value) -> Vec<&str> {
    let schedules = place["schedules"].as_array().expect("a list");
    let occurrences = schedules.iter().flat_map(|s| s["occurrences"].as_array().expect("a list"));
    occurrences.filter_map(|one| one["date"].as_str()).collect()
}

fn texts<'a>(list: &'a Value, field: &str) -> Vec<&'a str> {
    list.as_array().expect("a list").iter().filter_map(|one| one[field].as_str()).collect()
}

#[actix_web::test]
async fn a_childrens_cafeteria_tells_its_dates_fees_and_organiser() {
    let row = Row::cafeteria("1", "見本こども食堂")
        .with("開催頻度", "5")
        .with("開催曜日", "水")
        .with("開催日", "毎月第三水曜日")
        .with("開催開始時間", "16:00")
        .with("開催終了時間", "20:00")
        .with("参加費_小学生", "0")
        .with("参加費_中学生", "0 ")
        .with("参加費_大人", "300")
        .with("参加条件", "どなたでも")
        .with("予約方法", "不要")
        .with("定員", "30")
        .with("運営団体名", "ＮＰＯ法人見本");
    let (_, found) = imported(FILE, &[row]).await;
    let place = &found[0];
    assert_eq!(place["gatheringKind"]["value"], "CHILDREN_CAFETERIA");
    assert_eq!(dates(place), ["2026-11-18"]);
    assert_eq!(place["schedules"][0]["occurrences"][0]["start"], "16:00");
    assert_eq!(texts(&place["fees"], "text"), ["小学生・中学生 無料", "大人 300円"]);
    assert_eq!((&place["capacity"], &place["reservation"]["value"]), (&json!(30), &json!("NONE")));
    assert_eq!(place["organization"]["name"], "ＮＰＯ法人見本");
}

#[actix_web::test]
async fn columns_and_remark_together_are_the_whole_list_of_fees() {
    let fees = |remark: &'static str| async move {
        let row = Row::cafeteria("1", "見本こども食堂");
        let row = row.with("参加費_大人", "300").with("参加費特記事項", remark);
        let (_, found) = imported(FILE, &[row]).await;
        texts(&found[0]["fees"], "text").join("、")
    };
    assert_eq!(fees("こども無料").await, "こども 無料、大人 300円");
    assert_eq!(fees("食材配布は無料").await, "大人 300円");
}

#[actix_web::test]
async fn a_weekday_without_a_word_on_which_weeks_gives_no_dates() {
    let row = Row::cafeteria("1", "見本こども食堂")
        .with("開催頻度", "5")
        .with("開催曜日", "土")
        .with("開催開始時間", "13:00");
    let (_, found) = imported(FILE, &[row]).await;
    let schedule = &found[0]["schedules"][0];
    assert_eq!((&schedule["computable"], &schedule["rawText"]), (&json!(false), &json!("土 13:00～")));
    assert_eq!(dates(&found[0]), Vec::<&str>::new());
}

#[actix_web::test]
async fn sessions_of_another_file_belong_to_the_entry_with_their_id() {
    let main = Row::cafeteria("3", "見本こども食堂").with("開催日", "第2土曜日");
    let (app, _) = imported(FILE, &[main]).await;
    let more = Row::more_sessions("3")
        .with("方書", "見本教会")
        .with("開催日", "第4土曜日")
        .with("開催開始時間", "12:00");
    let unknown = Row::more_sessions("03").with("開催日", "第1土曜日");
    let report = app.import_with("062031_kodomosyokudo_tsuika.csv", &csv(&[more, unknown]), &of(10, 1)).await;
    assert_eq!((report.created, report.rejected.len()), (2, 0));
    let found = gatherings(&app).await;
    assert_eq!(found.len(), 1, "an ID that lost its zero, or never had one, is another one");
    assert_eq!(dates(&found[0]), ["2026-11-14", "2026-11-28"]);
    assert_eq!(found[0]["schedules"][1]["label"], "見本教会");
}

#[actix_web::test]
async fn rows_without_an_id_that_repeat_a_name_are_sessions_of_one_place() {
    let session = |day: &str| Row::cafeteria("", "見本こども食堂").with("開催日", day);
    let (app, found) = imported(FILE, &[session("第2土曜日"), session("第3日曜日")]).await;
    assert_eq!(found.len(), 1);
    assert_eq!(dates(&found[0]).len(), 2);
    // The next edition has one session only: the other is gone with it.
    app.import_with(FILE, &csv(&[session("第2土曜日")]), &of(11, 1)).await;
    assert_eq!(dates(&gatherings(&app).await[0]), ["2026-11-14"]);
}

#[actix_web::test]
async fn what_may_be_somebodys_own_leaves_no_trace() {
    let private = Row::cafeteria("1", "見本こども食堂")
        .with("方書", "見本様方")
        .with("電話番号1", "(0235)99-8877")
        .with("電話番号1_連絡先備考", "見本様宅の番号")
        .with("電話番号2", "090-1234-5678")
        .with("メールアドレス1", "mihon@example.com")
        .with("予約特記事項", "080-2222-3333 までお電話ください")
        .with("備考", "連絡先 hanako@example.com")
        .with("開催日時特記事項", "日程は 070-4444-5555 へ");
    let (app, found) = imported(FILE, &[private]).await;
    let shown = found[0].to_string();
    for secret in ["99-8877", "1234-5678", "2222-3333", "4444-5555", "example.com", "見本様"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
    assert_eq!(
        (&found[0]["location"]["status"]["value"], &found[0]["location"]["address"]),
        (&json!("WITHHELD"), &Value::Null)
    );
    for words in ["090-1234-5678", "09012345678", "0235-99-8877", "mihon@example.com", "hanako", "見本様方"]
    {
        let query = "query($text: String!) { resources(text: $text) { totalCount } }";
        let data = app.as_anonymous().data_with(query, json!({ "text": words })).await;
        assert_eq!(data["resources"]["totalCount"], 0, "{words}");
    }
}

#[actix_web::test]
async fn a_place_of_gathering_tells_its_hours_and_what_is_certain_of_the_rest() {
    let row = Row::kayoinoba("見本サロン")
        .with("活動内容", "体操")
        .with("対象者", "市内在住の65歳以上の方")
        .with("運営日（平日）－開始", "10:00")
        .with("運営日（平日）－終了", "12:00")
        .with("運営日（祝日）－開始", "")
        .with("定休日", "月・火・木・金曜日、祝日")
        .with("料金体系", "1回100円")
        .with("送迎の有無", "0")
        .with("電話番号", "0235-00-0001")
        .with("総合事業実施の有無", "1")
        .with("対象エリア", "第三学区")
        .with("法人名称", "社会福祉法人見本会");
    let (_, found) = imported("kayoinoba.csv", &[row]).await;
    let place = &found[0];
    assert_eq!(
        (&place["gatheringKind"]["value"], &place["mainActivity"]["value"]),
        (&json!("KAYOINOBA"), &json!("EXERCISE"))
    );
    // 3 November is a holiday, but a Tuesday; all Wednesdays remain.
    assert_eq!(dates(place), ["2026-11-04", "2026-11-11", "2026-11-18", "2026-11-25"]);
    assert_eq!(texts(&place["fees"], "text"), ["100円"]);
    assert_eq!(place["eligibility"]["ageMin"], 65);
    assert_eq!(place["pickup"]["available"], false);
    assert_eq!(place["contacts"][0]["tel"], "0235-00-0001");
    assert_eq!(place["note"], "対象エリア：第三学区\n総合事業として実施");
}

#[actix_web::test]
async fn what_is_not_understood_keeps_its_words() {
    let row = Row::kayoinoba("見本サロン")
        .with("運営日（平日）－開始", "10:00")
        .with("運営日（平日）－終了", "12:00")
        .with("備考", "毎月第2・第4木曜日に集まります")
        .with("料金体系", "100円程度のお茶代をいただくことがあります");
    let (_, found) = imported("kayoinoba.csv", &[row]).await;
    let schedule = &found[0]["schedules"][0];
    assert_eq!((&schedule["computable"], &schedule["rawText"]), (&json!(false), &json!("平日 10:00～12:00")));
    assert_eq!(texts(&found[0]["fees"], "text"), ["100円程度のお茶代をいただくことがあります"]);
}
