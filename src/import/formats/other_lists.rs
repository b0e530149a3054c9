//! Lists that cities publish beside those of care and gathering, recognised in order to be refused by name: their rows
//! have names and addresses too, and would otherwise be taken for the nearest kind.

use crate::import::file::table::Columns;

/// Titles of lists, each with columns that only such a list has: any one of them shows it.
const OTHER_LISTS: [(&str, &[&str]); 11] = [
    (
        "避難所・避難場所一覧",
        &[
            "evacuationSpace",
            "想定収容人数",
            "災害種別_洪水",
            "災害種別_地震",
            "指定避難所との重複",
            "指定緊急避難場所",
            "対象となる町会・自治会",
        ],
    ),
    ("AED設置箇所一覧", &["小児対応設備の有無", "AED設置場所", "AEDの設置場所", "パッドの種類"]),
    ("公衆無線LANアクセスポイント一覧", &["SSID", "無線LAN規格"]),
    (
        "公衆トイレ一覧",
        &["男性トイレ総数", "男性トイレ数", "多機能トイレ数", "バリアフリートイレ数", "設置主体(トイレ)"],
    ),
    ("消防水利施設一覧", &["消防水利種別", "水利種別"]),
    ("文化財一覧", &["文化財分類", "文化財指定日", "指定区分(文化財)"]),
    ("観光施設一覧", &["観光施設分類", "POI分類(観光)"]),
    ("食品等営業許可・届出一覧", &["許可年月日", "営業許可番号", "営業所名称"]),
    ("学校給食献立情報", &["献立名", "エネルギー(kcal)"]),
    ("ごみ・資源の収集日一覧", &["収集曜日", "ごみ種別", "収集区分"]),
    ("オープンデータ一覧", &["データセット_タイトル", "データ名称(オープンデータ)"]),
];

/// The title of such a list; `None` for every other header.
pub fn title(columns: &Columns) -> Option<&'static str> {
    let found = OTHER_LISTS.iter().find(|(_, marks)| marks.iter().any(|mark| columns.has(mark)));
    found.map(|(title, _)| *title)
}
