//! Search by other spellings, by other words for a thing, by services and departments, and by phone numbers.

use super::support::{Office, filled, with_offices};
use super::text::{found, names_of};
use sea_orm::ConnectionTrait;
use yui::import::upgrade;

fn offices(names: &[&'static str]) -> Vec<Office> {
    names.iter().enumerate().map(|(n, name)| Office::named(n, name)).collect()
}

#[actix_web::test]
async fn other_spellings_find() {
    let names = [
        "見本こども食堂",
        "佐々木訪問介護",
        "ヴィラ見本",
        "カフェ・クレーム Crème",
        "見本第二学区の会",
        "自由ヶ丘ヘルパー",
        "いすゞの里",
    ];
    let app = with_offices(offices(&names)).await;
    for (name, spellings) in [
        (names[0], &["子ども食堂", "子供食堂", "こども", "コドモ食堂", "こど"][..]),
        (names[1], &["佐佐木", "佐々木", "佐々"]),
        (names[2], &["ビラ", "ヴィラ", "びら見本", "ヴィ"]),
        (names[3], &["creme", "CRÈME", "クレーム"]),
        (names[4], &["第2学区", "第２学区", "第二学区", "第2"]),
        (names[5], &["自由が丘", "自由ヶ丘", "自由ケ丘", "自由ガ丘"]),
        (names[6], &["いすず", "イスズ", "いすゞ"]),
    ] {
        for spelling in spellings {
            assert_eq!(names_of(&app, spelling).await, [name], "{spelling}");
        }
    }
}

#[actix_web::test]
async fn a_name_in_another_spelling_is_found_as_a_name() {
    let app = with_offices(offices(&["この子供食堂", "子ども食堂", "こども食堂の家"])).await;
    let expected =
        [("子ども食堂", "EXACT_NAME"), ("こども食堂の家", "NAME_START"), ("この子供食堂", "ANYWHERE")];
    let expected = expected.map(|(name, matched)| (name.to_owned(), matched.to_owned()));
    for spelling in ["子供食堂", "こども食堂", "子ども食堂"] {
        assert_eq!(found(&app, spelling).await, expected, "{spelling}");
    }
}

#[actix_web::test]
async fn other_words_for_the_thing_come_last() {
    let app = with_offices(offices(&["見本雪かき隊", "見本の除雪", "除雪の会", "見本雪おろし"])).await;
    let expected = [
        ("除雪の会", "NAME_START"),
        ("見本の除雪", "ANYWHERE"),
        ("見本雪かき隊", "SYNONYM"),
        ("見本雪おろし", "SYNONYM"),
    ];
    let expected = expected.map(|(name, matched)| (name.to_owned(), matched.to_owned()));
    assert_eq!(found(&app, "除雪").await, expected);
    assert_eq!(names_of(&app, "雪投げ").await.len(), 4);
}

#[actix_web::test]
async fn pages_go_on_from_the_text_itself_to_its_synonyms() {
    let app = with_offices(offices(&["見本雪かき隊", "見本の除雪", "除雪の会", "見本雪おろし"])).await;
    let all = names_of(&app, "除雪").await;
    let mut after = String::new();
    let mut read = Vec::new();
    loop {
        let query = format!(
            "{{ resources(text: \"除雪\", first: 1{after}) {{
                nodes {{ name }} pageInfo {{ hasNextPage endCursor }} }} }}"
        );
        let page = app.as_anonymous().data(&query).await["resources"].take();
        read.push(page["nodes"][0]["name"].as_str().expect("a name").to_owned());
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = format!(", after: {}", page["pageInfo"]["endCursor"]);
    }
    assert_eq!(read, all);
}

#[actix_web::test]
async fn services_and_departments_are_found_by_the_words_of_people() {
    let app = filled().await;
    let specials = names_of(&app, "特養").await;
    assert_eq!(specials, ["特別養護老人ホーム見本いずみ苑"]);
    for text in ["ケアマネ事業所", "居宅介護支援", "ケアマネジャー", "介護支援専門員"]
    {
        assert_eq!(names_of(&app, text).await, names_of(&app, "ケアマネ").await, "{text}");
        assert!(names_of(&app, text).await.contains(&"見本ケアプランあおば".to_owned()), "{text}");
    }
    let children = names_of(&app, "産婦人科").await;
    assert!(children.contains(&"見本産婦人科".to_owned()), "{children:?}");
    let hospital = names_of(&app, "内科 荘内").await;
    assert_eq!(hospital, ["見本荘内病院"]);
}

#[actix_web::test]
async fn a_public_number_finds_in_any_writing() {
    let app = with_offices(offices(&["見本一", "見本二"])).await;
    for number in [
        "0235-01-0001",
        "0235010001",
        "０２３５（０１）０００１",
        "0235 01 0001",
        "+81-235-01-0001",
        "235010001",
    ] {
        assert_eq!(names_of(&app, number).await, ["見本二"], "{number}");
    }
    assert_eq!(names_of(&app, "0235-01").await.len(), 2, "the beginning of a number");
    assert_eq!(names_of(&app, "0235-01-0009").await.len(), 0);
    let page = app
        .as_anonymous()
        .data("{ resources(text: \"0235-01\", first: 1) { nodes { name } pageInfo { endCursor } } }")
        .await;
    let after = &page["resources"]["pageInfo"]["endCursor"];
    let next = format!("{{ resources(text: \"0235-01\", after: {after}) {{ nodes {{ name }} }} }}");
    assert_eq!(app.as_anonymous().data(&next).await["resources"]["nodes"][0]["name"], "見本二");
}

#[actix_web::test]
async fn an_index_of_an_earlier_version_is_written_again_before_anything_is_served() {
    let app = filled().await;
    let before = names_of(&app, "見本").await;
    let clear = "DELETE FROM resource_search";
    let forget = "DELETE FROM program_state WHERE name = 'search-index'";
    for statement in [clear, forget] {
        app.databases().writer().execute_unprepared(statement).await.expect("a statement");
    }
    let app = app.second_instance().await;
    assert!(names_of(&app, "見本").await.is_empty());
    let missing = upgrade::missing(app.databases()).await.expect("a database");
    assert!(missing.contains(&"text index".to_owned()), "{missing:?}");
    upgrade::upgrade_stored(app.databases(), crate::support::clock::clock()).await.expect("an upgrade");
    assert_eq!(names_of(&app, "見本").await, before);
    assert!(!before.is_empty());
}
