//! Numbers and addresses in every spelling that was found in real text, and texts that contain none.

use super::*;
use proptest::prelude::*;

fn found(text: &str) -> Vec<String> {
    private_mentions(text).iter().map(|mention| mention.value.as_str().to_owned()).collect()
}

#[test]
fn a_mobile_number_is_found_however_it_is_written() {
    for written in [
        "090-1234-5678",
        "09012345678",
        "０９０－１２３４－５６７８",
        "090ー1234ー5678",
        "090−1234–5678",
        "090 1234 5678",
        "090　1234　5678",
        "090(1234)5678",
        "（090）1234-5678",
        "090.1234.5678",
        "090・1234・5678",
        "090 - 1234 - 5678",
        "+81 90-1234-5678",
        "+81(0)90 1234 5678",
        "0081-90-1234-5678",
        "〇九〇－一二三四－五六七八",
        "090の1234の5678",
        "090-1234\n-5678",
        "0\u{200B}90-1234-5678",
        "90-1234-5678",
        "90(1234)5678",
        "9012345678",
        "９０１２３４５６７８",
        "O90-1234-5678",
        "090=1234=5678",
        "090、1234、5678",
        "ゼロ九ゼロ、一二三四、五六七八",
        "ゼロキュウゼロのイチニサンヨンのゴロクナナハチ",
        "ぜろきゅうぜろのいちにさんよんのごろくななはち",
        "れいきゅうれい-1234-5678",
        "ゼロキューゼロ 1234 ゴロクシチハチ",
        "9.012345678E+09",
    ] {
        for text in
            [written.to_owned(), format!("電話は{written}（山田）まで"), format!("定員10名 {written}")]
        {
            assert_eq!(found(&text), ["+819012345678"], "{text}");
        }
    }
    assert_eq!(found("050-1234-5678か070-1234-5678"), ["+815012345678", "+817012345678"]);
    assert_eq!(found("ポケベル 020-4123-4567"), ["+812041234567"]);
}

#[test]
fn a_mail_address_is_found_however_it_is_disguised() {
    for written in [
        "name@example.com",
        "ｎａｍｅ＠ｅｘａｍｐｌｅ．ｃｏｍ",
        "NAME@Example.com",
        "name[at]example.com",
        "name(at)example.com",
        "name（アット）example.com",
        "name あっと example.com",
        "nameアットマークexample.com",
        "name★example.com",
        "name @ example.com",
        "name@@example.com",
        "name＠＠example.com",
        "name [at] example [dot] com",
        "name@example ドット com",
        "mailto:name%40example.com",
    ] {
        for text in [written.to_owned(), format!("連絡は{written}へ"), format!("{written}。1回100円")]
        {
            assert_eq!(found(&text), ["name@example.com"], "{text}");
        }
    }
    assert_eq!(found("name@docomo まで"), ["name@docomo"]);
}

#[test]
fn what_is_public_or_no_number_at_all_is_left_alone() {
    for text in [
        "0235-00-0301",
        "0120-000-000 / 0800-123-4567",
        "毎月第2・第4木曜日 10:00～11:30、参加費100円",
        "法人番号7090001234567",
        "事業所番号 0670100123",
        "2026-11-20 09:00-12:00",
        "1,080,000,000円",
        "アットホームな雰囲気です。NPO法人",
        "https://www.example.jp/@mihon/p1",
        "https://maps.example.com/place/@38.7276,139.8281",
        "インスタ @mihon_salon",
        "〒997-0000 山形県鶴岡市見本町1-1-1",
        "〒090-0001 1-23",
        "定員80名、90分、10時から",
        "¥9012345678",
        "会員番号 9012-345-678",
        "札幌市 060-0042 1-2-3",
        "1,090,000,000円",
        "午前0900-1200 午後1300-1730",
        "2026113009",
        "http://www.city.example.jp/02020130000mihon.html",
        "https://www.city.example.lg.jp/020/2023-0126-1804-28.html",
        "https://www.example.jp/w042/010/010/020/010/16076.html",
        "まるくて れいの店にごひいきを、いちにのさん",
        "1.23E+09",
    ] {
        assert_eq!(found(text), [""; 0], "{text}");
    }
}

#[test]
fn what_may_be_left_of_a_mobile_number_is_found() {
    for written in ["090-0000-001", "090-0000-00012", "０８０１２３４５６７", "7000000001"] {
        assert_eq!(found(&format!("連絡は{written}まで")).len(), 1, "{written}");
        assert_eq!(found(&format!("{written} 10時から、100円")).len(), 1, "{written}");
    }
    for text in ["会長 9012345678 10時から", "90-1234-5678（13:30～）", "TEL.9012345678", "会長,90-1234-5678"]
    {
        assert_eq!(found(text), ["+819012345678"], "{text}");
    }
}

#[test]
fn a_mobile_number_with_letters_for_figures_or_odd_signs_is_found() {
    for text in [
        "Ｏ９Ｏ１３５７９２４６",
        "o9o-1357-9246",
        "090-I357-9246",
        "090:1357:9246",
        "090;1357;9246",
        "090+1357+9246",
        "090→1357→9246",
        "090|1357|9246",
        "090\\1357\\9246",
        "090。1357。9246",
        "090【1357】9246",
        "090番1357番9246",
        "090ノ1357ノ9246",
    ] {
        assert_eq!(found(&format!("連絡は{text}")), ["+819013579246"], "{text}");
    }
    for text in ["08:00:12:00:13:00", "0900:1200:1300", "〒090→0001", "060番0042番地12", "10l入り、090i 10台"]
    {
        assert_eq!(found(text), [""; 0], "{text}");
    }
}

#[test]
fn a_word_beside_a_number_is_no_part_of_it() {
    for text in [
        "田中さん090-1234-5678",
        "コンビニ090-1234-5678",
        "090-1234-5678サンホーム",
        "なな090-1234-5678ゴルフ",
        "ゼロ九ゼロ、一二三四、五六七八",
    ] {
        assert_eq!(found(text), ["+819012345678"], "{text}");
    }
}

#[test]
fn one_known_number_is_found_though_it_is_an_office_line() {
    let line = ContactValue::Number("+81235430000".into());
    for text in ["お電話は0235-43-0000", "電話：（0235）43-0000", "+81-235-43-0000", "０２３５４３００００"]
    {
        assert_eq!(mentions_of(text, &line).len(), 1, "{text}");
    }
    assert!(mentions_of("0235-43-00001", &line).is_empty());
    let mention = &mentions_of("電話0235-43-0000です", &line)[0];
    assert_eq!(mention.place, 2..14);
}

proptest! {
    #[test]
    fn no_text_is_too_odd_and_places_lie_inside(text in any::<String>()) {
        for mention in private_mentions(&text) {
            prop_assert!(mention.place.start < mention.place.end);
            prop_assert!(mention.place.end <= text.chars().count());
        }
    }

    #[test]
    fn digits_with_any_signs_between_are_found(
        digits in "0[5-9]0[1-9][0-9]{7}", signs in proptest::collection::vec("[-() .　－]{0,2}", 10),
    ) {
        let mut text = String::from("電話 ");
        for (n, digit) in digits.chars().enumerate() {
            text.push(digit);
            text.push_str(signs.get(n).map_or("", String::as_str));
        }
        prop_assert_eq!(found(&text), [format!("+81{}", &digits[1..])]);
    }
}
