//! Formats are recognised by their headers.

use super::*;
use crate::import::file::table::Columns;

fn recognised(header: &str) -> Result<&'static str, Refusal> {
    Format::of_header(&Columns::read(header)?).map(|f| f.profile().name)
}

#[test]
fn a_format_is_recognised_by_its_header_in_any_order() {
    assert_eq!(recognised("住所,事業所番号,サービスの種類,事業所名,おまけ"), Ok("jigyosho"));
    assert_eq!(recognised("ＩＤ,正式名称,所在地"), Ok("iryo"));
    assert_eq!(recognised("ID,名称,種別,住所"), Ok("national-list"));
    assert_eq!(recognised("病床数,診療科目,名称,医療機関の種類,ID"), Ok("municipal-medical"));
    assert_eq!(recognised("ID,名称,種別,所在地_連結表記,受入年齢"), Ok("municipal-childcare"));
    assert_eq!(recognised("NO,名称,POIコード,住所,利用可能曜日"), Ok("municipal-facilities"));
    assert_eq!(recognised("所属,担当地区,層,市区町村コード"), Ok("coordinators"));
    assert_eq!(recognised("医療機関番号,組織コード,組織名"), Ok("liaison-distribution"));
    assert_eq!(recognised("機関名,管理番号,相談内容,機関の種類"), Ok("liaison-contacts"));
    assert_eq!(recognised("機関名,管理番号,病棟,入院時情報の送付先"), Ok("discharge-coordinators"));
    assert_eq!(recognised("施設名,吸引,胃ろう,サービス種類"), Ok("medical-acceptances"));
}

#[test]
fn an_unknown_header_is_told_what_it_is_nearest_to() {
    let told = recognised("事業所名,サービスの種類,住所").unwrap_err();
    let Refusal::NearestHeader { format, missing, .. } = told else { panic!("{told:?}") };
    assert_eq!((format, missing), ("jigyosho", Words::of(["事業所番号"])));
    let columns = Words::of(["a", "b", "c"]);
    assert_eq!(recognised("a,b,c"), Err(Refusal::UnknownHeader { columns }));
}

#[test]
fn every_format_has_its_own_profile_and_name() {
    for (n, profile) in PROFILES.iter().enumerate() {
        assert_eq!(profile.format as usize, n, "{} stands in the place of another", profile.name);
        assert_eq!(Format::named(profile.name), Some(profile.format));
    }
}
