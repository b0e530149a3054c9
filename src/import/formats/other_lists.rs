//! Lists that cities publish beside those of care and gathering, recognised in order to be refused by name: their rows
//! have names and addresses too, and would otherwise be taken for the nearest kind.

use crate::import::file::table::Columns;

/// Titles of lists, each with groups of columns that only such a list has together: any group shows it.
const OTHER_LISTS: [(&str, &[&[&str]]); 20] = [
    (
        "避難所・避難場所一覧",
        &[
            &["evacuationSpace"],
            &["想定収容人数"],
            &["災害種別_洪水"],
            &["災害種別_地震"],
            &["指定避難所との重複"],
            &["指定緊急避難場所"],
            &["対象となる町会・自治会"],
            &["避難所名"],
            &["避難所名称"],
            &["避難場所名"],
            &["避難場所名称"],
            &["洪水", "地震"],
            &["洪水", "津波"],
            &["地震", "津波"],
        ],
    ),
    ("AED設置箇所一覧", &[&["小児対応設備の有無"], &["AED設置場所"], &["AEDの設置場所"], &["パッドの種類"]]),
    ("公衆無線LANアクセスポイント一覧", &[&["SSID"], &["無線LAN規格"]]),
    (
        "公衆トイレ一覧",
        &[
            &["男性トイレ総数"],
            &["男性トイレ数"],
            &["多機能トイレ数"],
            &["バリアフリートイレ数"],
            &["設置主体(トイレ)"],
        ],
    ),
    ("消防水利施設一覧", &[&["消防水利種別"], &["水利種別"], &["種別", "口径"]]),
    ("文化財一覧", &[&["文化財分類"], &["文化財指定日"], &["指定区分(文化財)"]]),
    (
        "観光施設一覧",
        &[&["観光施設分類"], &["POI分類(観光)"], &["名称", "利用可能曜日", "料金(基本)", "料金(詳細)"]],
    ),
    (
        "食品等営業許可・届出一覧",
        &[&["許可年月日"], &["営業許可番号"], &["営業所名称"], &["営業の種類"], &["営業所所在地"]],
    ),
    ("学校給食献立情報", &[&["献立名"], &["エネルギー(kcal)"]]),
    (
        "ごみ・資源の収集日一覧",
        &[&["収集曜日"], &["ごみ種別"], &["収集区分"], &["可燃ごみ"], &["燃えるごみ"]],
    ),
    ("オープンデータ一覧", &[&["データセット_タイトル"], &["データ名称(オープンデータ)"]]),
    ("小中学校通学区域", &[&["通学区域"], &["通学区域名"], &["学校名", "児童数"], &["学校名", "学校種別"]]),
    ("投票所一覧", &[&["投票所名"], &["投票区"], &["投票区名"]]),
    ("公園一覧", &[&["公園名"], &["遊具"]]),
    ("バス停一覧", &[&["停留所名"], &["バス停名"]]),
    ("駐車場一覧", &[&["駐車場名"], &["収容台数", "料金"]]),
    ("支援制度情報", &[&["制度名"], &["制度名称"]]),
    ("赤ちゃんの駅一覧", &[&["授乳室", "おむつ替え"], &["授乳場所"]]),
    ("空き家情報", &[&["物件番号"]]),
    ("議員一覧", &[&["会派"]]),
];

/// The title of such a list; `None` for every other header.
pub fn title(columns: &Columns) -> Option<&'static str> {
    let has_all = |marks: &&&[&str]| marks.iter().all(|mark| columns.has(mark));
    let found = OTHER_LISTS.iter().find(|(_, groups)| groups.iter().any(|group| has_all(&group)));
    found.map(|(title, _)| *title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_known_by_its_columns_and_lists_of_places_to_meet_are_none() {
        let title = |header: &str| title(&Columns::read(header).expect("a header"));
        for (header, expected) in [
            ("NO,施設名,所在地,電話番号,洪水,土砂,地震,津波,収容人数", "避難所・避難場所一覧"),
            ("番号,避難所名,住所,収容人数,緯度,経度", "避難所・避難場所一覧"),
            ("名称,住所,利用可能曜日,開始時間,料金（基本）,料金（詳細）,アクセス方法", "観光施設一覧"),
            ("NO,投票区,投票所名,所在地", "投票所一覧"),
        ] {
            assert_eq!(title(header), Some(expected), "{header}");
        }
        for header in [
            "イベント名,開始日,場所名称,料金（基本）,料金（詳細）,アクセス方法",
            "名称,住所,利用可能曜日,開始時間,終了時間,アクセス方法,駐車場情報",
            "ID,名称,住所,開催頻度,開催曜日,開催日,開催開始時間",
        ] {
            assert_eq!(title(header), None, "{header}");
        }
    }
}
