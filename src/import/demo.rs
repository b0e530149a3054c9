//! The demo dataset (`demo/`), embedded, loaded through the same importers as official files.

mod consents;
mod dates;

use crate::auth::row_scope::Unscoped;
use crate::database::{Databases, state};
use crate::import::complaint::Language;
use crate::import::file::input::Input;
use crate::import::options::ImportOptions;
use crate::import::run::{Outcome, import_input};
use crate::import::unscoped::reading;
use chrono::NaiveDate;
use entity::{resource, source};
use japan::clock::Clock;
use sea_orm::{ColumnTrait, DbErr, ExprTrait, QueryFilter};

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
    // The second questionnaire returns the first with changes; its rows have the codes of the physicians.
    ("連携シート調査票1_見本.csv", include_str!("../../demo/連携シート調査票1_見本.csv")),
    ("連携シート調査票2_見本.csv", include_str!("../../demo/連携シート調査票2_見本.csv")),
    ("配布先_見本.csv", include_str!("../../demo/配布先_見本.csv")),
];

/// Result of loading the demo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loaded {
    /// The demo was loaded.
    Fresh,
    /// An interrupted loading was completed.
    Completed,
    /// Nothing was changed: the database is not empty, or the demo was not wanted.
    NotEmpty,
}

/// Values of the state `demo`: loading has begun, and all files are loaded.
const LOADING: &str = "loading";
const LOADED: &str = "loaded";
/// Publisher of the demo, a name that no real publisher has.
const PUBLISHER: &str = "見本（架空のデータ）";

/// Loads the demo into an empty database if it is wanted. A database with resources stays as it is, except
/// that a demo whose loading was interrupted there is completed. Only one program may do this at a time.
///
/// # Errors
/// When the database fails, or the embedded files do not fit this program.
pub async fn load(databases: &Databases, wanted: bool, clock: Clock) -> Result<Loaded, DbErr> {
    let db = &reading(databases);
    let was_broken_off = state::get(&databases.read, state::DEMO).await?.as_deref() == Some(LOADING)
        && !holds_something_else(db).await?;
    let any = db.every::<resource::Entity>();
    if !was_broken_off && (!wanted || any.one(db).await?.is_some()) {
        return Ok(Loaded::NotEmpty);
    }
    let tx = databases.begin_write().await?;
    state::set(&tx, state::DEMO, LOADING).await?;
    tx.commit().await?;
    tracing::info!(files = FILES.len(), "loading the demo data");
    load_files(databases, clock).await?;
    consents::write(databases, clock).await?;
    Ok(if was_broken_off { Loaded::Completed } else { Loaded::Fresh })
}

/// The files with their names, in the order in which they are loaded; days in them are relative to this day.
pub fn files(day: NaiveDate) -> impl Iterator<Item = (&'static str, String)> {
    FILES.into_iter().map(move |(name, text)| (name, dates::dated(text, day)))
}

/// Whether data of another publisher is stored: a demo is never completed among real data.
async fn holds_something_else(db: &impl Unscoped) -> Result<bool, DbErr> {
    let others = source::Column::Publisher.is_null().or(source::Column::Publisher.ne(PUBLISHER));
    Ok(db.every::<source::Entity>().filter(others).one(db).await?.is_some())
}

/// Imports each file in a transaction of its own; a file that was imported before changes nothing.
async fn load_files(databases: &Databases, clock: Clock) -> Result<(), DbErr> {
    let options = ImportOptions {
        as_of: Some(clock.today()),
        publisher: Some(PUBLISHER.into()),
        strict: true,
        for_several: true,
        ..ImportOptions::default()
    };
    for (name, text) in files(clock.today()) {
        match import_input(databases, name, Input::embedded(name, &text), &options, clock, |_, _| {}).await? {
            Outcome::Read(_) => {}
            Outcome::Unusable(refusal) => {
                return Err(DbErr::Custom(format!("{name}: {}", refusal.say(Language::English))));
            }
        }
    }
    Ok(())
}
