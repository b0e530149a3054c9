//! The sentences that explain how a lookup was decided.

/// The list of the city names the 町字.
pub fn listed(town: &str) -> String {
    format!("「{town}」が属する圏域は、市区町村の町字の一覧で決まっています。")
}

/// Every reading leads to one district.
pub fn all_alike(town: &str) -> String {
    format!("「{town}」に当てはまる町字は、どれも同じ圏域に属しています。")
}

/// `嶋北4-5` may be a 番地 or a 丁目.
pub fn two_meanings(towns: &[&str]) -> String {
    format!("住所が{}のどちらを指すか、書き方から分かりません。", quoted(towns))
}

/// One 町字, several districts.
pub fn split(town: &str) -> String {
    format!("「{town}」は複数の圏域にまたがっています。番地から市区町村にご確認ください。")
}

/// 丁目 or 字 is missing.
pub fn too_short(town: &str) -> String {
    format!("「{town}」は丁目や字によって圏域が異なります。丁目・字まで指定してください。")
}

/// 大山三丁目, where 一丁目 and 二丁目 are listed.
pub fn unlisted_block(town: &str) -> String {
    format!("書かれた丁目は「{town}」の一覧にありません。住所か、一覧を確かめてください。")
}

/// 大字 is missing.
pub fn part_alone(count: usize) -> String {
    match count {
        1 => "大字（町名）が書かれていません。この字があるのは候補の町ですが、確かではありません。".into(),
        _ => "大字（町名）が書かれていません。同じ名前の字が複数の町にあります。".into(),
    }
}

/// 府中市 in two prefectures.
pub fn same_name(municipalities: &[&str]) -> String {
    format!("同じ名前の市区町村が{}にあります。都道府県名から指定してください。", quoted(municipalities))
}

/// Only a 町字, which some municipality has.
pub const NO_MUNICIPALITY: &str =
    "市区町村名が書かれていません。同じ名前の町字がある市区町村を候補に挙げました。";
/// The address names no municipality that could be recognised.
pub const MUNICIPALITY_MISSING: &str = "住所から市区町村が分かりません。市区町村名から指定してください。";

/// The directory knows nothing of the municipality.
pub fn municipality_unknown(name: &str) -> String {
    format!("{name}の町字と圏域は、この台帳に登録されていません。")
}

/// No such 町字.
pub const NOT_LISTED: &str = "この市区町村の町字の一覧に、当てはまる町字がありません。";

/// The 町字 is known, its district is not.
pub fn no_district(town: &str) -> String {
    format!("「{town}」は、この日の圏域の一覧にありません。")
}

/// Candidates of a position.
pub const NEARBY: &str =
    "位置から分かるのは近くの町字までで、圏域は確定できません。住所か町字で指定してください。";
/// All candidates of a position lie in one district.
pub const NEARBY_ALIKE: &str =
    "近くの町字はどれも同じ圏域に属していますが、位置だけでは確定できません。住所か町字で指定してください。";
/// No outline around.
pub const NO_OUTLINE: &str =
    "この位置を含む市区町村の境界が登録されていません。住所か町字で指定してください。";
/// An outline, but no reference points.
pub const NO_POINTS: &str =
    "この位置の近くに、代表点の分かる町字がありません。住所か町字で指定してください。";

fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("「{word}」")).collect()
}
