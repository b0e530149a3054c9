//! A clinic in a city's list and in the national files is one facility, whichever file came first.

use super::support::{graph, of};
use crate::support::App;
use serde_json::{Value, json};

const CITY: &str = "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,名称,名称_カナ,医療機関の種類,住所,方書,緯度,経度,電話番号,診療曜日,診療開始時間,診療終了時間,診療日時特記事項,診療科目,病床数,URL,備考
062031,1,山形県,鶴岡市,医療法人見本会　見本内科医院,ミホンナイカイイン,無床診療所,山形県鶴岡市泉町20-1,,,,0235-00-0001,月火水木金,09:00,18:00,祝日は休診,内科、小児科,0,,
062031,2,山形県,鶴岡市,見本歯科,,無床診療所,山形県鶴岡市泉町20-2,,,,0235-00-0002,月火水木金,09:00,18:00,木曜日は午前のみ,歯科、小児歯科,0,,
";

const NATIONAL: &str = "ID,正式名称,機関区分,所在地,診療科目
61107990001,見本内科医院,2,山形県鶴岡市大字泉町２０番１号,内科
61107990002,見本歯科,2,山形県鶴岡市泉町20-2,歯科
";

const FIELDS: &str =
    "{ medicalFacilities(first: 50) { nodes { name institutionType { value } contacts { tel }
    identifiers { value } schedules { openingHours computable } } } }";

async fn facilities(files: &[(&str, &str, u32)]) -> (App, Vec<Value>) {
    let app = App::start().await;
    for (name, text, month) in files {
        assert_eq!(app.import_with(name, text, &of(*month, 1)).await.rejected, []);
    }
    let data = app.as_anonymous().data(FIELDS).await;
    let mut nodes = data["medicalFacilities"]["nodes"].as_array().cloned().unwrap_or_default();
    nodes.sort_by_key(|node| node["name"].to_string() + &node["institutionType"]["value"].to_string());
    (app, nodes)
}

#[actix_web::test]
async fn a_list_alone_makes_facilities_of_its_own() {
    let (_, found) = facilities(&[("city.csv", CITY, 6)]).await;
    assert_eq!(
        found,
        [
            json!({ "name": "医療法人見本会 見本内科医院", "institutionType": { "value": "CLINIC" },
                "contacts": [{ "tel": "0235-00-0001" }], "identifiers": [],
                "schedules": [{ "openingHours": "Mo-Fr 09:00-18:00", "computable": true }] }),
            json!({ "name": "見本歯科", "institutionType": { "value": "DENTAL" },
                "contacts": [{ "tel": "0235-00-0002" }], "identifiers": [],
                "schedules": [
                    { "openingHours": "Mo-We,Fr 09:00-18:00", "computable": true },
                    { "openingHours": "Th unknown \"時間は未確認\"", "computable": true },
                ] }),
        ]
    );
}

#[actix_web::test]
async fn a_listed_clinic_joins_the_national_one_whichever_came_first() {
    let (city, national) = (("city.csv", CITY, 6), ("medical.csv", NATIONAL, 7));
    let (app, found) = facilities(&[city, national]).await;
    let (other, same) = facilities(&[national, city]).await;
    assert_eq!(found, same);
    assert_eq!(graph(&app).await, graph(&other).await, "ids as well");
    let clinic = found.iter().find(|node| node["identifiers"][0]["value"] == "06:61107990001");
    let clinic = clinic.expect("the national clinic");
    assert_eq!(clinic["name"], "見本内科医院", "the newer file names it");
    assert_eq!(clinic["contacts"][0]["tel"], "0235-00-0001", "only the list knows its number");
    assert_eq!(clinic["schedules"][0]["openingHours"], "Mo-Fr 09:00-18:00");
    // The national file has the other one as a clinic and the list has a dental clinic: they are not matched.
    assert_eq!(found.len(), 3);
}

#[actix_web::test]
async fn a_second_national_clinic_of_that_name_undoes_the_match() {
    let twin = format!("{NATIONAL}61107990003,見本内科医院,2,山形県鶴岡市泉町20番1号,内科\n");
    let files = [("city.csv", CITY, 6), ("medical.csv", NATIONAL, 7), ("medical.csv", twin.as_str(), 8)];
    let (_, found) = facilities(&files).await;
    let named = found.iter().filter(|node| node["name"].to_string().contains("見本内科医院")).count();
    assert_eq!(named, 3, "{found:#?}");
}
