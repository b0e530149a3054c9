//! Classifies places by the words of names and remarks in municipal lists. What
//! they do not contain is not guessed.

use crate::desks::terms::DeskTopic;
use crate::gatherings::GatheringDetails;
use crate::gatherings::terms::GatheringKind;
use crate::local::terms::Accessibility;
use crate::terms::Term;

/// Parts of the names of halls where people of a neighbourhood, or old people, meet.
const HALLS: [&str; 22] = [
    "公民館",
    "集会所",
    "集会場",
    "集会施設",
    "自治会館",
    "町内会館",
    "福祉センター",
    "福祉会館",
    "高齢者福祉施設",
    "老人憩",
    "老人いこい",
    "憩いの家",
    "憩の家",
    "いこいの家",
    "コミュニティセンター",
    "コミュニティ施設",
    "コミュニティハウス",
    "交流センター",
    "ふれあいセンター",
    "地区センター",
    "生きがいセンター",
    "介護予防拠点",
];

/// Parts of names that contain a word of [`HALLS`] and are not those of halls.
const NO_HALLS: [&str; 4] = ["保健", "障害", "障がい", "児童"];

/// Kinds of public buildings that no kind of resource holds, with words of their names; the first that fits counts.
const OTHERS: [(&str, &[&str]); 13] = [
    (
        "介護・障害福祉の事業所",
        &[
            "グループホーム",
            "老人ホーム",
            "老人保健施設",
            "デイサービス",
            "ケアハウス",
            "障害者",
            "障がい者",
            "作業所",
        ],
    ),
    ("社会福祉協議会", &["社会福祉協議会", "社協"]),
    ("放課後児童クラブ", &["放課後", "学童", "児童クラブ"]),
    ("保育所・幼稚園・こども園", &["保育", "幼稚園", "こども園", "子ども園"]),
    ("学校", &["小学校", "中学校", "高等学校", "高校", "大学", "学園", "支援学校", "給食センター"]),
    (
        "図書館・博物館・文化施設",
        &["図書館", "博物館", "資料館", "美術館", "記念館", "文化", "ホール", "劇場", "音楽"],
    ),
    (
        "スポーツ施設",
        &["体育館", "プール", "グラウンド", "球場", "スポーツ", "運動", "武道", "テニス", "弓道", "競技場"],
    ),
    ("公園・広場・キャンプ場", &["公園", "広場", "緑地", "キャンプ"]),
    ("消防・警察", &["消防", "警察", "交番", "駐在所"]),
    ("庁舎・事務所", &["庁舎", "市役所", "町役場", "村役場", "区役所", "支所", "出張所", "事務所"]),
    ("公営住宅", &["住宅", "団地"]),
    ("駐車場・公衆トイレ", &["駐車場", "駐輪場", "トイレ", "便所"]),
    ("水道・環境・斎場", &["浄水", "下水", "浄化", "処理", "クリーン", "環境", "斎場", "墓"]),
];

/// Topics of a desk with the words that indicate them.
const TOPICS: [(DeskTopic, &[&str]); 12] = [
    (DeskTopic::SupportCenter, &["地域包括支援センター"]),
    (DeskTopic::Elderly, &["高齢者", "介護", "地域包括支援センター"]),
    (DeskTopic::Disability, &["障害", "障がい", "発達", "療育"]),
    (
        DeskTopic::ChildFamily,
        &["子育て", "子ども", "こども", "児童", "育児", "乳幼児", "妊娠", "出産", "不妊", "母子"],
    ),
    (DeskTopic::Women, &["女性", "DV", "ＤＶ", "配偶者"]),
    (DeskTopic::Abuse, &["虐待"]),
    (DeskTopic::Suicide, &["自殺", "こころの健康", "心の健康"]),
    (DeskTopic::Hikikomori, &["ひきこもり"]),
    (DeskTopic::Livelihood, &["生活困窮", "生活自立", "家計"]),
    (DeskTopic::Employment, &["就労", "就職"]),
    (DeskTopic::Legal, &["法律", "消費生活", "人権"]),
    (DeskTopic::Health, &["健康", "保健師"]),
];

/// Whether a name is that of a hall where people meet.
pub fn is_hall(name: &str) -> bool {
    HALLS.iter().any(|word| name.contains(word)) && !NO_HALLS.iter().any(|word| name.contains(word))
}

/// What a public building is, by its name.
#[derive(Debug, PartialEq, Eq)]
pub enum Building {
    /// A hall where people of a neighbourhood, or old people, meet.
    Hall,
    /// A place where parents and small children meet, or a children's hall (児童館).
    ChildrensHub,
    /// A desk that gives advice on these topics.
    Desk(Vec<DeskTopic>),
    /// A hospital or clinic.
    Medical,
    /// Another building; its kind in Japanese.
    Other(&'static str),
}

impl Building {
    /// The building of a name.
    pub fn named(name: &str) -> Self {
        match () {
            () if is_beside(name) => Self::other(name),
            () if name.contains("地域包括支援センター") => {
                Self::Desk(topics("地域包括支援センター"))
            }
            () if is_childrens_hub(name) => Self::ChildrensHub,
            () if is_medical(name) => Self::Medical,
            () if is_health_centre(name) => Self::Desk(vec![DeskTopic::Health]),
            () if is_hall(name) => Self::Hall,
            () => Self::other(name),
        }
    }

    fn other(name: &str) -> Self {
        let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
        let kind = OTHERS.iter().find(|(_, words)| has(words)).map(|(kind, _)| *kind);
        Self::Other(kind.unwrap_or("その他の公共施設"))
    }
}

/// Whether a name is that of a health centre (保健センター).
pub fn is_health_centre(name: &str) -> bool {
    let is_called = ["保健センター", "保健福祉センター"].iter().any(|word| name.contains(word));
    (is_called || name.ends_with("保健所")) && !["環境", "家畜"].iter().any(|word| name.contains(word))
}

/// Whether a name is that of something beside a building or in place of it: 児童館駐車場, 旧公民館, 会館跡地.
fn is_beside(name: &str) -> bool {
    let own = without_bracket(name);
    let ends = [
        "駐車場",
        "駐輪場",
        "車庫",
        "倉庫",
        "跡",
        "跡地",
        "予定地",
        "バス停",
        "停留所",
        "トイレ",
        "公園",
        "前",
    ];
    own.starts_with('旧') || ends.iter().any(|end| own.ends_with(end))
}

/// The name before a bracket.
fn without_bracket(name: &str) -> &str {
    name.split(['（', '(']).next().unwrap_or(name).trim_end()
}

fn is_medical(name: &str) -> bool {
    let name = without_bracket(name);
    let is_called = ["病院", "診療所", "医院", "クリニック", "薬局", "助産院", "助産所"]
        .iter()
        .any(|end| name.ends_with(end));
    let others = ["動物", "家畜", "獣", "ペット", "アニマル", "犬", "猫", "樹木", "おもちゃ"];
    is_called && !others.iter().any(|word| name.contains(word))
}

/// The facts of such a place.
pub fn childrens_hub() -> GatheringDetails {
    let mut hub = GatheringDetails::of(GatheringKind::MultigenHub);
    hub.eligibility.child_rearing = Some(true);
    hub
}

/// Whether words name a place where parents and small children meet, or children without a purpose (児童館).
pub fn is_childrens_hub(words: &str) -> bool {
    [
        "子育て支援センター",
        "子育て支援総合センター",
        "子育て支援拠点",
        "つどいの広場",
        "子育てひろば",
        "子育て広場",
        "児童館",
        "児童センター",
        "児童会館",
    ]
    .iter()
    .any(|word| words.contains(word))
}

/// Whether a name is that of a branch of the city office, which answers all questions.
pub fn is_branch_office(name: &str) -> bool {
    ["総合センター", "支所", "出張所"].iter().any(|end| name.ends_with(end))
}

/// The topics of a desk; only OTHER when no known word occurs.
pub fn topics(words: &str) -> Vec<DeskTopic> {
    let named = |(_, parts): &&(DeskTopic, &[&str])| parts.iter().any(|part| words.contains(part));
    let topics: Vec<DeskTopic> = TOPICS.iter().filter(named).map(|(topic, _)| *topic).collect();
    if topics.is_empty() { vec![DeskTopic::Other] } else { topics }
}

/// The features that a remark on accessibility (バリアフリー情報) confirms. `多目的トイレ無し` confirms none.
pub fn accessibility(words: &str) -> Vec<Term<Accessibility>> {
    let known = [
        ("スロープ", Accessibility::Ramp),
        ("多目的トイレ", Accessibility::WheelchairToilet),
        ("エレベーター", Accessibility::Elevator),
        ("手すり", Accessibility::Handrail),
    ];
    let parts = words.split([';', '；', '、', '\n']).map(str::trim);
    let there = parts.filter_map(|part| {
        let (word, feature) = known.iter().find(|(word, _)| part.starts_with(word))?;
        let rest = part.strip_prefix(word)?;
        matches!(rest, "" | "有" | "有り" | "あり" | "有り。" | "あり。").then_some(Term(*feature))
    });
    there.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halls_are_known_by_their_names() {
        for name in [
            "美祢市大嶺公民館",
            "老人いこいの家白梅荘",
            "高松市日新コミュニティセンター",
            "見本市福祉センター",
        ] {
            assert!(is_hall(name), "{name}");
        }
        for name in ["見本市役所", "見本市保健福祉センター", "障害者福祉センター見本", "音楽道場"]
        {
            assert!(!is_hall(name), "{name}");
        }
    }

    #[test]
    fn a_building_is_what_its_name_says() {
        for (name, building) in [
            ("美祢市大嶺公民館", Building::Hall),
            ("見本市地域子育て支援センター", Building::ChildrensHub),
            ("つどいの広場「見本」", Building::ChildrensHub),
            ("見本児童館", Building::ChildrensHub),
            ("見本市保健センター", Building::Desk(vec![DeskTopic::Health])),
            ("見本市保健福祉センター", Building::Desk(vec![DeskTopic::Health])),
            ("見本市立病院", Building::Medical),
            ("見本市休日夜間診療所（保健センター内）", Building::Medical),
            ("見本市東地域包括支援センター", Building::Desk(topics("地域包括支援センター"))),
            ("見本動物病院", Building::Other("その他の公共施設")),
            ("見本小学校", Building::Other("学校")),
            ("見本児童クラブ", Building::Other("放課後児童クラブ")),
            ("見本病院前駐車場", Building::Other("駐車場・公衆トイレ")),
            ("旧見本公民館", Building::Other("その他の公共施設")),
            ("見本児童館前公園", Building::Other("公園・広場・キャンプ場")),
            ("見本環境保健センター", Building::Other("水道・環境・斎場")),
            ("おもちゃ病院", Building::Other("その他の公共施設")),
            ("下松市児童センター「わかば」", Building::ChildrensHub),
            ("見本児童館（旧見本小学校）", Building::ChildrensHub),
            ("見本薬局", Building::Medical),
        ] {
            assert_eq!(Building::named(name), building, "{name}");
        }
    }

    #[test]
    fn a_desk_is_for_what_its_words_say() {
        assert_eq!(topics("地域包括支援センター"), [DeskTopic::SupportCenter, DeskTopic::Elderly]);
        assert_eq!(topics("育児・家庭・母子・DVについての相談"), [DeskTopic::ChildFamily, DeskTopic::Women]);
        assert_eq!(topics("結婚に関する相談"), [DeskTopic::Other]);
    }

    #[test]
    fn only_what_is_said_to_be_there_is_there() {
        let said = accessibility("多目的トイレ有り;スロープ無し;エレベーター");
        assert_eq!(said, [Term(Accessibility::WheelchairToilet), Term(Accessibility::Elevator)]);
    }
}
