//! The demo dataset (`demo/`), embedded, loaded through the same importers as official files.

mod consents;
mod dates;

use super::import::{ImportOptions, Outcome, import_input};
use super::input::Input;
use crate::clock;
use crate::database::Databases;
use entity::resource;
use sea_orm::{DbErr, EntityTrait, PaginatorTrait};

/// The files in the order in which they are loaded: areas first, so that facilities find them.
const FILES: [(&str, &str); 21] = [
    ("鶴岡市.json", include_str!("../../demo/鶴岡市.json")),
    ("districts.csv", include_str!("../../demo/districts.csv")),
    ("jigyosho_見本.csv", include_str!("../../demo/jigyosho_見本.csv")),
    ("01-1_hospital_見本.csv", include_str!("../../demo/01-1_hospital_見本.csv")),
    ("02-1_clinic_見本.csv", include_str!("../../demo/02-1_clinic_見本.csv")),
    ("03-1_dental_見本.csv", include_str!("../../demo/03-1_dental_見本.csv")),
    ("05_pharmacy_見本.csv", include_str!("../../demo/05_pharmacy_見本.csv")),
    ("medical-list_見本.csv", include_str!("../../demo/medical-list_見本.csv")),
    ("通いの場_見本.csv", include_str!("../../demo/通いの場_見本.csv")),
    ("支え合い活動_見本.csv", include_str!("../../demo/支え合い活動_見本.csv")),
    ("介護保険外サービス_見本.csv", include_str!("../../demo/介護保険外サービス_見本.csv")),
    ("相談窓口_見本.csv", include_str!("../../demo/相談窓口_見本.csv")),
    ("生活支援コーディネーター_見本.csv", include_str!("../../demo/生活支援コーディネーター_見本.csv")),
    ("02-2_clinic_hours_見本.csv", include_str!("../../demo/02-2_clinic_hours_見本.csv")),
    ("organizations_見本.csv", include_str!("../../demo/organizations_見本.csv")),
    ("平時の連絡窓口_見本.csv", include_str!("../../demo/平時の連絡窓口_見本.csv")),
    ("退院調整担当者_見本.csv", include_str!("../../demo/退院調整担当者_見本.csv")),
    ("受け入れ施設_見本.csv", include_str!("../../demo/受け入れ施設_見本.csv")),
    // The second one answers to the first: by code, and with what has changed since.
    ("連携シート調査票1_見本.csv", include_str!("../../demo/連携シート調査票1_見本.csv")),
    ("連携シート調査票2_見本.csv", include_str!("../../demo/連携シート調査票2_見本.csv")),
    ("配布先_見本.csv", include_str!("../../demo/配布先_見本.csv")),
];

/// What loading the demo came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loaded {
    /// The demo is there now.
    Fresh,
    /// The database already holds something, which was left as it is.
    NotEmpty,
}

/// Loads the demo into an empty database; one that holds anything is left alone.
///
/// # Errors
/// When the database fails, or the embedded files do not fit this program.
pub async fn load(databases: &Databases) -> Result<Loaded, DbErr> {
    #[expect(clippy::disallowed_methods, reason = "whether there is anything at all, whoever may see it")]
    let any = resource::Entity::find();
    if any.count(&databases.read).await? > 0 {
        return Ok(Loaded::NotEmpty);
    }
    let options = ImportOptions {
        as_of: Some(clock::today()),
        publisher: Some("見本（架空のデータ）".into()),
        strict: true,
        ..ImportOptions::default()
    };
    for (name, text) in FILES {
        let text = dates::dated(text, clock::today());
        match import_input(databases, name, Input::embedded(name, &text), &options, |_, _| {}).await? {
            Outcome::Read(_) => {}
            Outcome::Unusable(reason) => return Err(DbErr::Custom(reason)),
        }
    }
    consents::write(databases).await?;
    Ok(Loaded::Fresh)
}
