//! The first questions of citizens, each answered by one query on the demo. The days are fixed; the entries
//! are as of the day on which the demo is loaded, so that no answer depends on today.

use crate::demo::city;

/// The answer as lines for the eye: one for each thing that was found.
async fn answer(query: &str) -> String {
    let data = city().await.as_anonymous().data(query).await;
    let mut lines = Vec::new();
    for (field, value) in data.as_object().expect("an object") {
        match value["nodes"].as_array() {
            Some(nodes) => lines.extend(nodes.iter().map(|node| format!("{field}: {node}"))),
            None => lines.push(format!("{field}: {value}")),
        }
    }
    lines.join("\n")
}

/// 「来週の木曜、この地区で行ける体操は？」: the certain meetings, and the number of those without a fixed day.
#[actix_web::test]
async fn which_exercises_can_i_go_to_next_thursday_in_my_district() {
    let query = r#"{
      gatheringPlaces(orderBy: NAME, filter: { gathering: { activities: [EXERCISE] }, serviceDistricts: ["D09"], openOn: "2026-11-26" }) {
        nodes { name venue { name } fees { text } reservation { label }
          contacts { label tel }
          schedules { text occurrences(from: "2026-11-26", to: "2026-11-26") { start end status { value } } } } }
      occurrences(text: "体操", from: "2026-11-26", to: "2026-11-26",
        kinds: [GATHERING_PLACE], filter: { serviceDistricts: ["D09"] }) { undatedCount }
    }"#;
    insta::assert_snapshot!(answer(query).await, @r##"
    gatheringPlaces: {"contacts":[{"label":"見本第9地域包括支援センター","tel":"0235-00-0309"}],"fees":[{"text":"100円"}],"name":"見本段 いきいき百歳体操","reservation":{"label":"初回のみ要予約"},"schedules":[{"occurrences":[{"end":"14:30","start":"13:30","status":{"value":"PLANNED"}}],"text":"毎月第2・第4木曜 13:30〜14:30（祝日も開催、年末年始は休み）"}],"venue":{"name":"見本段コミュニティセンター"}}
    gatheringPlaces: {"contacts":[{"label":"見本第9地域包括支援センター","tel":"0235-00-0309"}],"fees":[{"text":"無料"}],"name":"見本畑 木曜体操","reservation":{"label":"予約不要"},"schedules":[{"occurrences":[{"end":"11:30","start":"10:00","status":{"value":"PLANNED"}}],"text":"毎週木曜 10:00〜11:30（祝日は休み、年末年始は要確認、12月1日〜3月31日は冬期休止）"}],"venue":{"name":"見本畑公民館"}}
    occurrences: {"undatedCount":1}
    "##);
}

/// 「母（82、杖）が歩いて行ける茶話会は？」: nearest first, and apart those whose place is not told.
#[actix_web::test]
async fn where_can_my_mother_walk_to_for_tea() {
    let query = r#"{
      gatheringPlaces(near: { latitude: 38.727, longitude: 139.8285, withinMeters: 1000 },
        filter: { gathering: { activities: [TEA_PARTY], accessible: [CHAIR_SEATING] } }) {
        nodes { name location { position { precision { value } } } access { features { label } } } }
      withoutPlace: gatheringPlaces(filter: { gathering: { activities: [TEA_PARTY] }, located: false }) {
        nodes { name location { status { value } homeDistrict { code } } contacts { label } } }
    }"#;
    insta::assert_snapshot!(answer(query).await, @r##"
    gatheringPlaces: {"access":{"features":[{"label":"段差なし"},{"label":"椅子席"},{"label":"多目的トイレ"}]},"location":{"position":{"precision":{"value":"SOURCE"}}},"name":"見本町いきいきサロン"}
    gatheringPlaces: {"access":{"features":[{"label":"椅子席"}]},"location":{"position":{"precision":{"value":"SOURCE"}}},"name":"見本本町茶の間"}
    withoutPlace: {"contacts":[{"label":"見本第6地域包括支援センター"}],"location":{"homeDistrict":{"code":"D06"},"status":{"value":"WITHHELD"}},"name":"お茶のみ会 見本さん宅"}
    "##);
}

/// 「冬にやっている場所は？」: certain meetings, suspensions with their end, and places of unknown state.
#[actix_web::test]
async fn what_goes_on_in_winter() {
    let query = r#"{
      open: gatheringPlaces(orderBy: NAME, filter: { serviceDistricts: ["D09"], openOn: "2027-01-14" }) {
        nodes { name } }
      orUnknown: gatheringPlaces(orderBy: NAME, filter: {
        serviceDistricts: ["D09"], openOn: "2027-01-14", includeUnknownHours: true }) { nodes { name } }
      closed: gatheringPlaces(text: "木曜体操", filter: { serviceDistricts: ["D09"] }, orderBy: NAME) {
        nodes { name openState(at: "2027-01-14T10:30:00+09:00") { state { value } reason nextOpen { start } } } }
    }"#;
    insta::assert_snapshot!(answer(query).await, @r##"
    closed: {"name":"見本園 第1・3木曜体操","openState":{"nextOpen":{"start":"2027-01-21T10:00:00+09:00"},"reason":null,"state":{"value":"CLOSED"}}}
    closed: {"name":"見本畑 木曜体操","openState":{"nextOpen":{"start":"2027-04-01T10:00:00+09:00"},"reason":"冬期休止","state":{"value":"CLOSED"}}}
    open: {"name":"見本段 いきいき百歳体操"}
    open: {"name":"見本福祉センター"}
    orUnknown: {"name":"見本川原こども食堂"}
    orUnknown: {"name":"見本段 いきいき百歳体操"}
    orUnknown: {"name":"見本福祉センター"}
    orUnknown: {"name":"見本淵 ゆるやか体操"}
    "##);
}

/// 「ごみ出しを頼みたい。いくら？」: fees and how to apply; the fare of an unreviewed ride is not shown.
#[actix_web::test]
async fn who_takes_out_the_rubbish_and_what_does_it_cost() {
    let query = r#"{
      mutualAidGroups(filter: { mutualAid: { categories: [GARBAGE] }, serviceDistricts: ["D11"] }) {
        nodes { name intake { label } howToApply { text leadTimeDays } contacts { label tel }
          menus { name category { label } fees { text } season { from to } } } }
    }"#;
    insta::assert_snapshot!(answer(query).await, @r##"
    mutualAidGroups: {"contacts":[{"label":"支え合い 見本の会 受付","tel":"0235-00-0106"}],"howToApply":{"leadTimeDays":3,"text":"電話で申し込み"},"intake":{"label":"受付中"},"menus":[{"category":{"label":"ゴミ出し"},"fees":[{"text":"30分300円"}],"name":"ゴミ出し","season":null},{"category":{"label":"電球交換などのちょこっと支援"},"fees":[{"text":"30分300円"}],"name":"電球の交換","season":null},{"category":{"label":"草刈り・庭の手入れ"},"fees":[{"text":"30分450円"}],"name":"空き地の草刈り","season":null},{"category":{"label":"畑おこし"},"fees":[{"text":"30分450円"}],"name":"畑おこし","season":null},{"category":{"label":"除雪・雪かき"},"fees":[{"text":"30分450円"}],"name":"玄関前の除雪","season":{"from":"12-01","to":"03-31"}},{"category":{"label":"移送・外出支援"},"fees":[{"text":"要問合せ"}],"name":"病院への付き添い","season":null}],"name":"支え合い 見本の会"}
    "##);
}

/// 「認知症の父と二人で行けるカフェは？」: and the desk of the district, whether or not something was found.
#[actix_web::test]
async fn which_cafe_welcomes_my_father_with_dementia_and_me() {
    let query = r#"{
      gatheringPlaces(orderBy: NAME, filter: { gathering: { gatheringKinds: [DEMENTIA_CAFE], dementiaWelcome: true, carersWelcome: true }, serviceDistricts: ["D05"] }) {
        nodes { name eligibility { text } reservation { label } contacts { kind { value } label tel } schedules { text } } }
      consultationDesks(filter: { desk: { topics: [SUPPORT_CENTER] }, serviceDistricts: ["D05"] }) {
        nodes { name contacts { tel } schedules { text } } }
    }"#;
    insta::assert_snapshot!(answer(query).await, @r##"
    consultationDesks: {"contacts":[{"tel":"0235-00-0305"}],"name":"見本第5地域包括支援センター","schedules":[{"text":"毎週月〜金曜 8:30〜17:15（祝日は休み、年末年始は休み）"},{"text":"毎月第2・第4土曜 9:00〜12:00（祝日は休み、年末年始は休み）"}]}
    gatheringPlaces: {"contacts":[{"kind":{"value":"APPLICATION"},"label":"見本第1地域包括支援センター","tel":"0235-00-0301"}],"eligibility":{"text":"認知症の方、ご家族、関心のある方"},"name":"オレンジカフェ見本","reservation":{"label":"初回のみ要予約"},"schedules":[{"text":"毎月第2水曜 13:30〜15:30（祝日は休み、年末年始は休み、8月は休み、2月は第1水曜）"}]}
    gatheringPlaces: {"contacts":[{"kind":{"value":"INTERMEDIARY"},"label":"見本第5地域包括支援センター","tel":"0235-00-0305"}],"eligibility":{"text":null},"name":"見本野ひだまりカフェ","reservation":{"label":"要予約"},"schedules":[{"text":"毎月第1・第3金曜 13:30〜15:30（祝日は休み、年末年始は休み）"}]}
    "##);
}

/// 「往診してくれる内科は？」: what is published, with its source; the national files here say no more than the name
/// and the words about closed days.
#[actix_web::test]
async fn which_physician_comes_to_my_home() {
    let query = r#"{
      medicalFacilities(text: "在宅", filter: { medical: { departments: ["01001"] }, municipalityCodes: ["062031"] }) {
        nodes { name closedDaysNote departments { name } source { publisher } } }
    }"#;
    insta::assert_snapshot!(answer(query).await, @r##"
    medicalFacilities: {"closedDaysNote":"12月31日～1月2日（往診は電話で相談）","departments":[{"name":"内科"},{"name":"緩和ケア内科"},{"name":"糖尿病・内分泌内科"}],"name":"見本在宅クリニック","source":{"publisher":"見本（架空のデータ）"}}
    "##);
}
