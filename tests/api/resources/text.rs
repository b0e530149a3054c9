//! Search by text: folding, order, and texts that are refused.

use super::support::{Office, filled, names, refused_with, total, with_offices};
use crate::support::App;
use serde_json::{Value, json};

const LIST: &str = "query($text: String!) { resources(text: $text, first: 100) {
    totalCount edges { matchedOn { value } node { name } } } }";

/// Names with how well they match.
pub async fn found(app: &App, text: &str) -> Vec<(String, String)> {
    let data = app.as_anonymous().data_with(LIST, json!({ "text": text })).await;
    let edges = data["resources"]["edges"].as_array().expect("edges");
    assert_eq!(data["resources"]["totalCount"], edges.len(), "{text}");
    let text = |value: &Value| value.as_str().unwrap_or("null").to_owned();
    edges.iter().map(|edge| (text(&edge["node"]["name"]), text(&edge["matchedOn"]["value"]))).collect()
}

pub async fn names_of(app: &App, text: &str) -> Vec<String> {
    found(app, text).await.into_iter().map(|(name, _)| name).collect()
}

fn plain(names: &[&str]) -> impl Iterator<Item = Office> {
    names.iter().enumerate().map(|(n, name)| Office::named(n, name)).collect::<Vec<_>>().into_iter()
}

#[actix_web::test]
async fn kana_width_and_old_kanji_do_not_matter() {
    let app = filled().await;
    for (name, spellings) in [
        (
            "見本ケアプランあおば",
            &["けあぷらん", "ケアプラン", "ｹｱﾌﾟﾗﾝ", "けあﾌﾟラン", "ケア・プラン", "ケアプラーン"][..],
        ),
        ("見本リハビリ髙橋", &["髙橋", "高橋", "リハビリ高橋", "りはびり髙橋", "たかはし"]),
        (
            "特別養護老人ホーム見本いずみ苑",
            &["泉町10番", "泉町１０番", "泉町１０番１号", "ﾎｰﾑﾐﾎﾝ", "ほむみほん"],
        ),
        ("見本荘内病院", &["荘内", "莊内", "しょうない", "ショウナイ", "しようない", "２０番"]),
        ("見本訪問看護ステーションひより", &["ヒヨリ", "ｽﾃｰｼｮﾝﾋﾖﾘ", "訪問　看護　ひより"]),
    ] {
        for spelling in spellings {
            assert!(
                names_of(&app, spelling).await.contains(&name.to_owned()),
                "{spelling} should find {name}"
            );
        }
    }
}

#[actix_web::test]
async fn old_kanji_in_names_are_found_by_new_ones_and_the_other_way() {
    let app =
        with_offices(plain(&["齋藤医院", "斎藤医院", "斉藤医院", "渡邊医院", "渡辺医院", "𠮷田医院"])).await;
    for (texts, expected) in [
        (["齋藤", "斎藤"], &["齋藤医院", "斎藤医院"][..]),
        (["斉藤", "齊藤"], &["斉藤医院"]),
        (["渡邉", "わたなべ"], &["渡邊医院", "渡辺医院"]),
        (["吉田", "𠮷田"], &["𠮷田医院"]),
    ] {
        for text in texts.iter().filter(|text| !text.starts_with('わ')) {
            assert_eq!(names_of(&app, text).await, expected, "{text}");
        }
    }
    assert_eq!(names_of(&app, "𠮷").await, ["𠮷田医院"], "one character beyond the basic plane");
}

#[actix_web::test]
async fn one_and_two_characters_find_as_well_as_many() {
    let app = filled().await;
    assert_eq!(names_of(&app, "歯").await, ["見本歯科医院"]);
    assert_eq!(names_of(&app, "歯科").await, ["見本歯科医院"]);
    assert_eq!(names_of(&app, "苑").await, ["特別養護老人ホーム見本いずみ苑"], "the last of a name");
    assert_eq!(names_of(&app, "ひより").await.len(), 1);
    assert_eq!(names_of(&app, "見").await.len(), 14);
    assert_eq!(names_of(&app, "蘭").await.len(), 0);
}

#[actix_web::test]
async fn services_organizations_buildings_and_areas_lead_to_a_facility() {
    let app = filled().await;
    for (text, name) in [
        ("見本いずみ苑デイサービスセンター", "特別養護老人ホーム見本いずみ苑"),
        ("いずみえんしょーと", "特別養護老人ホーム見本いずみ苑"),
        ("合同会社見本ひより", "見本訪問看護ステーションひより"),
        ("見本ビル２０１", "見本ケアプランあおば"),
        ("山形県鶴岡市大山1丁目4", "グループホーム見本の家"),
        ("鶴岡市日吉町４", "見本産婦人科"),
    ] {
        assert_eq!(names_of(&app, text).await, [name], "{text}");
    }
}

#[actix_web::test]
async fn several_words_must_all_occur_in_any_order_and_field() {
    let app = filled().await;
    for text in ["あおば ケアプラン", "馬場町　あおば", "あおば\tビル\n株式会社", "あ お 馬"]
    {
        assert_eq!(names_of(&app, text).await, ["見本ケアプランあおば"], "{text}");
    }
    assert_eq!(names_of(&app, "あおば 歯科").await.len(), 0);
    assert_eq!(names_of(&app, "あおば あおば").await.len(), 2, "the same word twice is the same word");
    assert_eq!(names_of(&app, "あおば ・").await.len(), 2, "a word of signs is no word");
}

#[actix_web::test]
async fn the_exact_name_comes_first_then_names_that_begin_then_the_rest() {
    let app = with_offices(plain(&["この結い", "結いの家", "結い", "あの結い", "結いと輪", "ゆい"])).await;
    let expected = [
        ("結い", "EXACT_NAME"),
        ("結いの家", "NAME_START"),
        ("結いと輪", "NAME_START"),
        ("この結い", "ANYWHERE"),
        ("あの結い", "ANYWHERE"),
    ];
    let expected: Vec<_> = expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    assert_eq!(found(&app, "結い").await, expected);
    assert_eq!(found(&app, "結").await[0].1, "NAME_START");
}

#[actix_web::test]
async fn a_page_reaches_over_exact_beginning_and_rest() {
    let app = with_offices(plain(&["この結い", "結いの家", "結い", "あの結い", "結いと輪", "結い"])).await;
    let order = ["結い", "結い", "結いの家", "結いと輪", "この結い", "あの結い"];
    for skip in 0..order.len() {
        for size in 1..=order.len() - skip {
            let query = format!(
                "{{ resources(text: \"結い\", first: {}) {{ pageInfo {{ endCursor }} }} }}",
                skip.max(1)
            );
            let end = app.as_anonymous().data(&query).await["resources"]["pageInfo"]["endCursor"].take();
            let after = if skip == 0 { String::new() } else { format!("after: {end}") };
            let query =
                format!("{{ resources(text: \"結い\", first: {size} {after}) {{ nodes {{ name }} }} }}");
            let data = app.as_anonymous().data(&query).await;
            let page = super::support::texts(&data["resources"]["nodes"], "name");
            assert_eq!(page, order[skip..skip + size], "{size} after {skip}");
        }
    }
}

#[actix_web::test]
async fn only_the_order_by_relevance_tells_how_well_it_matches() {
    let app = filled().await;
    let query = "{ resources(text: \"見本\", orderBy: NAME) { edges { matchedOn { value } } }
        plain: resources { edges { matchedOn { value } } } }";
    let data = app.as_anonymous().data(query).await;
    for list in ["resources", "plain"] {
        assert!(
            data[list]["edges"]
                .as_array()
                .expect("edges")
                .iter()
                .all(|edge| edge["matchedOn"]["value"].is_null())
        );
    }
}

#[actix_web::test]
async fn a_blank_text_is_no_search() {
    let app = filled().await;
    let all = names(&app, "").await;
    for blank in ["", " ", "　", " \\t\\n"] {
        assert_eq!(names(&app, &format!("text: \"{blank}\"")).await, all);
    }
}

#[actix_web::test]
async fn signs_alone_are_refused() {
    let app = filled().await;
    for text in [
        "・",
        "、。",
        "()",
        "\"",
        "*",
        "-",
        "^",
        ":",
        "'",
        "''",
        "%",
        "_",
        "😀",
        "👨‍👩‍👧",
        "ー",
        "\0",
        "゛",
        "\u{3099}",
    ] {
        assert_eq!(refused_with(&app, LIST, json!({ "text": text })).await, "text", "{text:?}");
    }
}

#[actix_web::test]
async fn operators_of_any_engine_are_only_letters() {
    let app = filled().await;
    for (text, count) in [
        ("見本:*", 14),
        ("{見本}", 14),
        ("[見本]", 14),
        ("見本\\", 14),
        ("見本 & !病院", 2),
        ("見本 <-> 病院", 2),
        ("-見本 ^病院", 2),
        ("見本\" OR \"病院", 0),
        ("見本 OR 歯科", 0),
        ("NEAR(見本 病院)", 0),
        ("見本 NOT 病院", 0),
        ("見本 AND 病院", 0),
        ("grams:見本", 0),
        ("a:* & | !", 0),
        ("見本'); DROP TABLE resource; --", 0),
        ("x0898b0672c", 0),
        ("s", 0),
        ("e", 0),
        ("p06", 0),
        ("m062031", 0),
        ("NEAR/2", 0),
        ("rowid:1", 0),
    ] {
        assert_eq!(names_of(&app, text).await.len(), count, "{text}");
    }
    assert_eq!(total(&app, "text: \"*見本*\"").await, 14, "signs beside letters are dropped");
    assert_eq!(total(&app, "text: \"%\\u0000見😀本_\"").await, 14);
}

#[actix_web::test]
async fn long_texts_are_refused_and_the_longest_allowed_is_answered() {
    let app = filled().await;
    for text in ["見".repeat(201), "見".repeat(10_000), "見 ".repeat(5_000), "😀".repeat(10_000)] {
        assert_eq!(refused_with(&app, LIST, json!({ "text": text })).await, "text");
    }
    for (text, count) in [
        ("見".repeat(200), 0),
        ("見 ".repeat(100), 14),
        ("見本 ".repeat(66), 14),
        ("あ お ".repeat(50), 2),
        ("\u{FDFA}".repeat(200), 0),
        ("が".repeat(100) + &"\u{3099}".repeat(100), 0),
    ] {
        assert_eq!(names_of(&app, &text).await.len(), count, "{text}");
    }
}

#[actix_web::test]
async fn what_is_taken_back_is_found_by_its_new_name_only() {
    let app = with_offices(plain(&["古い名"])).await;
    let newer = super::support::jigyosho([Office::named(0, "新しい名")]);
    app.import("jigyosho_20260701.csv", &newer).await;
    assert_eq!(names_of(&app, "古い名").await.len(), 0);
    assert_eq!(names_of(&app, "新しい名").await, ["新しい名"]);
}
