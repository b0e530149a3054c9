//! Small files in the columns of the official ones. Every person, office and number in them is
//! made up; names say 見本 (sample). `tests/api/fixtures.rs` says what each of them holds.

use super::App;

/// File names as their publishers choose them: the day, the kind or the municipality stands there.
pub const CARE_FILE: &str = "jigyosho_20260601.csv";
pub const MEDICAL_LIST_FILE: &str = "medical-yamagata-2026-06-01.csv";
pub const HOSPITALS_FILE: &str = "01-1_hospital_facility_info_20260601.csv";
pub const CLINICS_FILE: &str = "02-1_clinic_facility_info_20260601.csv";
pub const TOWNS_FILE: &str = "鶴岡市.json";
pub const BOUNDARIES_FILE: &str = "N03-26_06.geojson";

/// 介護サービス情報公表, 24 columns: six offices, nine services, every oddity of the real file.
pub fn care() -> &'static str {
    include_str!("fixtures/care.csv")
}

/// 医療機関一覧 with 診療科目: hospital, clinics, dental clinic, pharmacy.
pub fn medical_list() -> &'static str {
    include_str!("fixtures/medical_list.csv")
}

/// 医療情報ネット 01-1, the seven columns of 2025: one hospital of the list and another one.
pub fn hospitals() -> &'static str {
    include_str!("fixtures/hospitals.csv")
}

/// 医療情報ネット 02-1 with all of its columns: one clinic of the list and another one.
pub fn clinics() -> &'static str {
    include_str!("fixtures/clinics.csv")
}

/// 町字 of 鶴岡市 with reference points.
pub fn towns() -> &'static str {
    include_str!("fixtures/towns.json")
}

/// Outlines of 鶴岡市 and 山形市, the latter with a hole.
pub fn boundaries() -> &'static str {
    include_str!("fixtures/boundaries.geojson")
}

/// Everything above, areas first.
pub async fn import_all(app: &App) {
    app.import(TOWNS_FILE, towns()).await;
    app.import(BOUNDARIES_FILE, boundaries()).await;
    app.import(CARE_FILE, care()).await;
    app.import(MEDICAL_LIST_FILE, medical_list()).await;
    app.import(HOSPITALS_FILE, hospitals()).await;
    app.import(CLINICS_FILE, clinics()).await;
}
