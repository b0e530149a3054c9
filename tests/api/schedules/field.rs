//! The fields `schedules`, `openState`, `suspension`.

use super::support::{Place, RULES, day, write};
use crate::support::App;
use chrono::{Days, Months};
use entity::enums::{PublicationState, ResourceKind};
use serde_json::json;

#[actix_web::test]
async fn a_schedule_is_told_in_words_and_in_a_grammar() {
    let app = App::start().await;
    write(&app, &[Place::following("見本", &[RULES[1], RULES[6]])]).await;
    let query = "{ resources { nodes { schedules { openingHours computable uncomputableReason text
        easy: text(style: EASY) holidayPolicy { value label } } } } }";
    let data = app.as_anonymous().data(query).await;
    let schedules = &data["resources"]["nodes"][0]["schedules"];
    assert_eq!(schedules[0]["openingHours"], "Th[2,4] 10:00-11:30");
    assert_eq!(schedules[0]["holidayPolicy"], json!({ "value": "UNKNOWN", "label": "不明" }));
    insta::assert_snapshot!(schedules[0]["text"].as_str().unwrap_or_default(), @"毎月第2・第4木曜 10:00〜11:30（祝日・年末年始は要確認）");
    insta::assert_snapshot!(schedules[0]["easy"].as_str().unwrap_or_default(), @"毎月、2回目と4回目の木曜日です。時間は、午前10時から午前11時30分までです。祝日と、12月29日から1月3日までは、行く前に聞いてください。");
    assert_eq!(schedules[1]["openingHours"], json!(null));
    assert_eq!(schedules[1]["computable"], false);
    assert_eq!(schedules[1]["uncomputableReason"], "不定期");
}

#[actix_web::test]
async fn monday_morning_in_japan_is_still_sunday_for_a_server_in_utc() {
    let app = App::start().await;
    write(&app, &[Place::following("見本", &[RULES[0]])]).await;
    let state = |at: &str| {
        format!(
            "{{ resources {{ nodes {{ openState(at: \"{at}\") {{ state {{ value }} until nextOpen {{ start end }} }} }} }} }}"
        )
    };
    let client = app.as_anonymous();
    // 08:30 in Japan on Monday 2026-11-16; half an hour later it opens.
    let closed = client.data(&state("2026-11-15T23:30:00Z")).await;
    let closed = &closed["resources"]["nodes"][0]["openState"];
    assert_eq!(closed["state"]["value"], "CLOSED");
    assert_eq!(closed["nextOpen"]["start"], "2026-11-16T09:00:00+09:00");
    let open = client.data(&state("2026-11-16T00:00:00Z")).await;
    let open = &open["resources"]["nodes"][0]["openState"];
    assert_eq!(open["state"]["value"], "OPEN");
    assert_eq!(open["until"], "2026-11-16T17:00:00+09:00");
}

#[actix_web::test]
async fn what_is_not_sure_is_unknown_and_says_why() {
    let app = App::start().await;
    let old = crate::support::clock::today().checked_sub_months(Months::new(20));
    let places = [
        Place::following("予約", &[RULES[7]]),
        Place::following("不定期", &[RULES[6]]),
        Place::following("第2第4木曜", &[RULES[1]]),
        Place::following("時間なし", &[]),
        Place {
            kind: ResourceKind::GatheringPlace, verified: old, ..Place::following("古い", &[RULES[4]])
        },
        Place { verified: old, ..Place::following("国の一覧", &[RULES[4]]) },
        Place { state: PublicationState::Suspended, ..Place::following("休止", &[RULES[4]]) },
        Place { state: PublicationState::Ended, ..Place::following("終了", &[RULES[4]]) },
    ];
    write(&app, &places).await;
    // A Wednesday; the 23rd of September 2026 is a public holiday.
    let query = "{ resources(filter: { states: [PUBLISHED, SUSPENDED, ENDED] }) { nodes { name
        openState(at: \"2026-09-23T10:30:00+09:00\") { state { value } reason } } } }";
    let data = app.as_anonymous().data(query).await;
    let told: Vec<String> = data["resources"]["nodes"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|node| {
            let state = &node["openState"];
            format!(
                "{} {} {}",
                node["name"].as_str().unwrap_or_default(),
                state["state"]["value"].as_str().unwrap_or_default(),
                state["reason"].as_str().unwrap_or_default()
            )
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    予約 UNKNOWN 祝日のため要確認
    不定期 UNKNOWN 不定期
    第2第4木曜 CLOSED 
    時間なし UNKNOWN 時間の情報なし
    古い UNKNOWN 情報が古いため要確認
    国の一覧 OPEN 
    休止 CLOSED 休止中
    終了 CLOSED 終了
    ");
}

#[actix_web::test]
async fn a_suspension_says_until_when() {
    let app = App::start().await;
    let today = crate::support::clock::today();
    let next_week = today.checked_add_days(Days::new(7));
    let place = Place {
        state: PublicationState::Suspended,
        suspended: (Some(today), next_week),
        ..Place::following("見本", &[RULES[4]])
    };
    write(&app, &[place]).await;
    let query = "{ resources { nodes { suspension { from to reason } openState { state { value } } } } }";
    let data = app.as_anonymous().data(query).await;
    let node = &data["resources"]["nodes"][0];
    assert_eq!(node["suspension"]["to"], json!(next_week.map(|day| day.to_string())));
    assert_eq!(node["openState"]["state"]["value"], "CLOSED");
}

#[actix_web::test]
async fn the_dates_of_a_schedule_are_those_of_the_calendar() {
    let app = App::start().await;
    write(&app, &[Place::following("見本", &[RULES[11]])]).await;
    let period = format!("from: \"{}\", to: \"{}\"", day(11, 1), day(12, 31));
    let query = format!(
        "{{ resources {{ nodes {{ schedules {{ occurrences({period}) {{ date start end status {{ value }} reason
            resource {{ name }} location {{ status {{ value }} }} }} }} }} }} }}"
    );
    let data = app.as_anonymous().data(&query).await;
    let dates = &data["resources"]["nodes"][0]["schedules"][0]["occurrences"];
    let told = |n: usize| (dates[n]["date"].clone(), dates[n]["status"]["value"].clone());
    assert_eq!(told(0), (json!("2026-11-21"), json!("PLANNED")));
    assert_eq!(told(1), (json!("2026-11-28"), json!("CANCELLED")));
    assert_eq!(told(2), (json!("2026-12-26"), json!("PLANNED")));
    assert_eq!(dates[0]["resource"]["name"], "見本");
    for (from, to) in [("2026-12-01", "2026-11-01"), ("2026-01-01", "2028-01-01")] {
        let query = format!(
            "{{ resources {{ nodes {{ schedules {{ occurrences(from: \"{from}\", to: \"{to}\") {{ date }} }} }} }} }}"
        );
        let answer = app.as_anonymous().ask(&query).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "INVALID_INPUT", "{from} {to}");
    }
}
