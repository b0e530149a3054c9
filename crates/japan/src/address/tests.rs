//! Addresses as lists and people write them.

use super::*;
use crate::codes;

fn found(address: &str, prefecture: Option<&str>) -> (Option<&'static str>, String) {
    let parts = split(address, prefecture.and_then(codes::prefecture));
    (parts.municipality.map(|m| m.code), parts.rest)
}

#[test]
fn the_municipality_is_found_with_or_without_its_prefecture() {
    assert_eq!(found("山形県鶴岡市泉町４番２０号", None), (Some("062031"), "泉町4番20号".into()));
    assert_eq!(found("鶴岡市泉町4-20", None), (Some("062031"), "泉町4-20".into()));
    assert_eq!(found("最上町大字向町64", Some("06")).0, Some("063622"));
    assert_eq!(found("札幌市北区北25条西6", None).0, Some("011029"));
}

#[test]
fn addresses_are_found_however_they_are_written() {
    for (address, code, rest) in [
        ("奈良県葛\u{e0100}城市柿本166番地", "292117", "柿本166番地"),
        ("〒997-8601 山形県鶴岡市馬場町9番25号", "062031", "馬場町9番25号"),
        ("日本、〒9978601 山形県鶴岡市馬場町9番25号", "062031", "馬場町9番25号"),
        ("997-8601 鶴岡市馬場町9番25号", "062031", "馬場町9番25号"),
        ("宮城県塩釜市旭町1-1", "042030", "旭町1-1"),
        ("宮城県塩竃市旭町1-1", "042030", "旭町1-1"),
        ("岐阜県不破郡関が原町大字関ヶ原894番地の58", "213624", "大字関ケ原894番地の58"),
        ("〒997-8601 鶴岡市1番町5", "062031", "1番町5"),
        ("日本、鶴岡市馬場町9番25号", "062031", "馬場町9番25号"),
        ("日本 山形県鶴岡市馬場町9番25号", "062031", "馬場町9番25号"),
        ("山形縣鶴岡市馬場町9番25号", "062031", "馬場町9番25号"),
        ("茨城県竜ヶ崎市3710", "082082", "3710"),
        ("宮城県青葉区一番町1-1", "041017", "一番町1-1"),
    ] {
        assert_eq!(found(address, None), (Some(code), rest.to_owned()), "{address}");
    }
    assert_eq!(found("大阪府北区梅田1-1", None).0, None, "大阪市北区 or 堺市北区");
    assert_eq!(found("中央区北一条西2", None).0, None, "札幌市中央区 or 中央区 of 東京都");
    assert_eq!(found("港区六本木6-10-1", None).0, None, "大阪市港区, 名古屋市港区 or 港区 of 東京都");
    assert_eq!(found("東京都中央区日本橋1-1", None).0, Some("131024"));
    assert_eq!(found("千代田区千代田1-1", None).0, Some("131016"));
}

#[test]
fn a_numeral_in_a_name_is_the_same_in_either_writing() {
    let mut towns = Towns::default();
    for (n, name) in
        ["浮津", "浮津一番町", "中村", "中村一条通三丁目", "十日町", "関ヶ原", "丸ノ内二丁目", "柿本"]
            .iter()
            .enumerate()
    {
        towns.insert(town_key(name), n as u8);
    }
    for (address, expected) in [
        ("浮津一番町5", Some(1)),
        ("浮津1番町5", Some(1)),
        ("浮津１番町", Some(1)),
        ("浮津5", Some(0)),
        ("浮津5番1号", Some(0)),
        ("浮津2番町5", None),
        ("中村1条通3丁目2", Some(3)),
        ("中村四条通三丁目2", None),
        ("10日町3-1", Some(4)),
        ("十日町3-1", Some(4)),
        ("大字関が原894番地", Some(5)),
        ("丸の内2丁目1", Some(6)),
        ("丸の内二-1-3", Some(6)),
        ("柿本地内", Some(7)),
    ] {
        assert_eq!(towns.find(address), expected, "{address}");
    }
    assert_eq!((town_text("一番町1-2"), town_text("泉町4-20")), ("1番町".to_owned(), "泉町".to_owned()));
}

#[test]
fn a_name_two_prefectures_share_is_not_guessed() {
    assert_eq!(found("府中市1-1", None).0, None);
    assert_eq!(found("東京都府中市1-1", None).0, Some("132063"));
    assert_eq!(found("泉町4-20", None).0, None);
}

#[test]
fn an_address_may_be_meant_in_several_ways() {
    let codes = |address| -> Vec<&str> {
        splits(address).iter().filter_map(|parts| Some(parts.municipality?.code)).collect()
    };
    assert_eq!(codes("府中市1-1"), ["132063", "342084"]);
    assert_eq!(codes("広島県府中市1-1"), ["342084"]);
    assert_eq!(codes("鶴岡市泉町4-20"), ["062031"]);
    assert_eq!(codes("札幌市北区北25条西6"), ["011029"]);
    assert_eq!(codes("泉町4-20"), [""; 0]);
    assert_eq!(codes("港区1-1"), ["131032", "231118", "271071"]);
}

#[test]
fn the_keys_an_address_may_begin_with_end_at_its_borders() {
    let found = beginnings("大字温海字丁１２番");
    assert_eq!(found.whole, ["温海丁12番", "温海丁12", "温海丁1", "温海丁", "温海"]);
    assert_eq!((found.block, found.name.as_str()), (None, "温海丁"));
    assert_eq!(beginnings("本町4-5-2").block.as_deref(), Some("本町4丁目"));
    assert_eq!(beginnings(""), Beginnings::default());
    assert_eq!(
        (borders("大字温海字丁"), borders("大山一丁目"), borders("泉町")),
        (vec![2], vec![2, 3], vec![])
    );
}

fn towns() -> Towns<u8> {
    let mut towns = Towns::default();
    for (n, name) in
        ["泉町", "大字寒河江", "大山一丁目", "大山", "大字温海字丁", "本", "嶋北四丁目"].iter().enumerate()
    {
        towns.insert(town_key(name), n as u8);
    }
    towns
}

#[test]
fn the_longest_town_that_ends_at_a_border_wins() {
    assert_eq!(towns().find("泉町4番20号"), Some(0));
    assert_eq!(towns().find("大字寒河江字塩水80"), Some(1));
    assert_eq!(towns().find("寒河江字塩水80"), Some(1));
    assert_eq!(towns().find("大山一丁目5"), Some(2));
    assert_eq!(towns().find("大山1丁目5"), Some(2));
    assert_eq!(towns().find("大山五十川12"), None);
    assert_eq!(towns().find("大山三丁目5"), None, "another block than those that are listed");
    assert_eq!(towns().find("大山3-5"), Some(3));
    assert_eq!(towns().find("嶋北4-5-2"), Some(6));
    assert_eq!(towns().find("嶋北4番地"), None);
    assert_eq!(towns().find("嶋北"), None);
    assert_eq!(towns().find("本町3-1"), None);
    assert_eq!(towns().find("温海字丁12"), Some(4));
}

#[test]
fn two_towns_with_one_key_are_ambiguous() {
    let mut towns = towns();
    towns.insert(town_key("泉町"), 9);
    assert_eq!(towns.find("泉町4-20"), None);
}

#[test]
fn a_postal_code_before_an_address_is_split_off() {
    for (written, code, rest) in [
        ("〒997-0035 鶴岡市泉町4-20", Some("997-0035"), "鶴岡市泉町4-20"),
        ("〒9970035鶴岡市泉町4-20", Some("997-0035"), "鶴岡市泉町4-20"),
        ("(997-0035)鶴岡市泉町4-20", Some("997-0035"), "鶴岡市泉町4-20"),
        ("997-0035 鶴岡市泉町4-20", Some("997-0035"), "鶴岡市泉町4-20"),
        ("(株)見本ビル1階", None, "(株)見本ビル1階"),
        ("(1)鶴岡市泉町", None, "(1)鶴岡市泉町"),
        ("鶴岡市泉町4-20", None, "鶴岡市泉町4-20"),
    ] {
        assert_eq!(split_postal_code(written), (code.map(str::to_owned), rest), "{written}");
    }
}
