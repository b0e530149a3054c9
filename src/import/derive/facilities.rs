//! Derives facilities from records and writes those that differ from the stored ones.
//!
//! A facility that was verified here after the day of its records, or on that day if they are national, is
//! kept unchanged, and so is its whole office: single fields have no day of their own.

use crate::auth::row_scope::Unscoped;
use crate::consents::effect::Ledger;
use crate::consents::store as consents;
use crate::import::derive::draft::{Draft, uuid_of};
use crate::import::derive::leftovers::{kept_offices, leftovers, superseded, withdraw};
use crate::import::derive::observation::Observation;
use crate::import::derive::overlay::Overlay;
use crate::import::derive::parts::Corporation;
use crate::import::derive::place::Gazetteer;
use crate::import::derive::{care, children, hours_records, local, medical, privacy, records};
use crate::import::facts;
use crate::import::report::Report;
use crate::search_index;
use crate::withheld::{Released, store as withheld};
use chrono::NaiveDate;
use entity::enums::PublicationState;
use entity::{official_record, organization, resource};
use japan::text::fold;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, Unchanged,
};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Facilities per batch: thirty values each stay below SQLite's 32,766.
pub(super) const BATCH: usize = 800;

/// State that an import keeps from batch to batch.
pub(super) struct Writer<'r> {
    gazetteer: Gazetteer,
    organizations: HashMap<String, i64>,
    pub(super) ledger: Ledger,
    released: Released,
    today: NaiveDate,
    /// Rows that are not stored, of an import that is only tried.
    pub(super) overlay: Overlay,
    pub(super) lines: HashMap<String, u64>,
    report: &'r mut Report,
}

/// Facilities to derive.
#[derive(Default)]
pub struct Facilities {
    /// Their keys.
    pub keys: Vec<String>,
    /// Line of the file that is being imported, of facilities with a single row there.
    pub lines: HashMap<String, u64>,
}

impl From<Vec<String>> for Facilities {
    fn from(keys: Vec<String>) -> Self {
        Self { keys, lines: HashMap::new() }
    }
}

#[derive(FromQueryResult)]
pub(super) struct Existing {
    pub(super) id: i64,
    uuid: Uuid,
    pub(super) digest: Option<String>,
    last_verified_on: Option<NaiveDate>,
    state: PublicationState,
}

impl Existing {
    /// Whether the stored facility was verified here later than a draft that
    /// differs from it, and therefore stays.
    pub(super) fn keeps(&self, draft: &Draft) -> bool {
        let said = draft.as_of.max(draft.local.as_ref().and_then(|local| local.last_verified_on));
        // A city's list that it verified on the same day is a later edition of the stored one.
        let later = |day: NaiveDate| {
            said.is_none_or(|said| if draft.local.is_some() { said < day } else { said <= day })
        };
        let verified = self.last_verified_on.is_some_and(later);
        verified && self.digest.as_deref() != Some(&draft.digest())
    }

    /// An update of the published facts. State and service area of a national facility are decided here and
    /// not by its publisher, so they stay; only a facility that an import itself withdrew is published again.
    pub(super) fn overwrite(&self, facts: resource::ActiveModel, is_local: bool) -> resource::ActiveModel {
        let comes_back = self.state == PublicationState::Withdrawn && self.digest.is_none();
        let state = if comes_back || is_local { facts.state } else { NotSet };
        let service_area = if is_local { facts.service_area } else { NotSet };
        resource::ActiveModel { id: Unchanged(self.id), state, service_area, ..facts }
    }
}

/// Derives facilities again and writes those that changed. `progress`
/// receives the number of each finished batch.
pub async fn derive(
    db: &impl Unscoped,
    facilities: impl Into<Facilities>,
    today: NaiveDate,
    report: &mut Report,
    progress: impl Fn(u64),
) -> Result<(), DbErr> {
    let Facilities { keys, lines } = facilities.into();
    let mut writer = Writer::new(db, Gazetteer::default(), today, report).await?;
    writer.lines = lines;
    let keys = hours_records::facilities_of(db, &writer.overlay, &keys).await?;
    for batch in keys.chunks(BATCH) {
        writer.batch(db, batch).await?;
        progress(batch.len() as u64);
    }
    Ok(())
}

/// Derives the facilities of some municipalities again, after data of their area changed.
pub async fn derive_municipalities(
    db: &impl Unscoped,
    codes: &[String],
    today: NaiveDate,
    report: &mut Report,
) -> Result<(), DbErr> {
    let keys = records::facility_keys(db, Some(codes)).await?;
    derive(db, keys, today, report, |_| {}).await
}

/// Drafts of some facilities with the stored rows they are compared with, before anything is written.
pub(super) struct Derived {
    pub(super) drafts: Vec<Draft>,
    pub(super) existing: HashMap<Uuid, Existing>,
    pub(super) kept: HashSet<String>,
    pub(super) gone: Vec<i64>,
}

impl<'r> Writer<'r> {
    pub(super) async fn new(
        db: &impl Unscoped,
        gazetteer: Gazetteer,
        today: NaiveDate,
        report: &'r mut Report,
    ) -> Result<Self, DbErr> {
        let (ledger, released) = (consents::ledger(db).await?, withheld::released(db).await?);
        let (overlay, lines) = (Overlay::default(), HashMap::new());
        Ok(Self { gazetteer, organizations: HashMap::new(), ledger, released, today, overlay, lines, report })
    }
}

impl Writer<'_> {
    pub(super) async fn derived(&mut self, db: &impl Unscoped, keys: &[String]) -> Result<Derived, DbErr> {
        let mut known = hours_records::of_facilities(db, &self.overlay, keys).await?;
        let (mut drafts, mut lines) = (Vec::new(), Vec::new());
        for key in keys {
            drafts.extend(drafts_of(known.remove(key).unwrap_or_default())?);
            lines.resize(drafts.len(), self.lines.get(key).copied());
        }
        let codes = drafts.iter().filter_map(|d| d.municipality_code.as_deref());
        self.gazetteer.load(db, codes, self.today).await?;
        for (draft, line) in drafts.iter_mut().zip(lines) {
            line.into_iter().for_each(|line| self.report.begin_row(line));
            self.gazetteer.locate(draft, self.report);
            privacy::withhold(draft, &self.ledger, &self.released, self.report);
            self.report.end_row();
        }
        let existing = existing(db, &drafts).await?;
        let mut left = leftovers(db, keys, &drafts).await?;
        let kept = kept_offices(&drafts, &existing, &left);
        left.retain(|facility| !kept.contains(&facility.value));
        let mut gone: Vec<i64> = left.iter().map(|facility| facility.id).collect();
        gone.extend(superseded(db, keys, &drafts).await?);
        Ok(Derived { drafts, existing, kept, gone })
    }

    async fn batch(&mut self, db: &impl Unscoped, keys: &[String]) -> Result<(), DbErr> {
        let Derived { drafts, existing, kept, gone } = self.derived(db, keys).await?;
        withdraw(db, gone).await?;
        let (new, changed) = self.differing(&drafts, &existing, &kept);
        self.organizations(db, new.iter().chain(changed.iter().map(|(_, d)| d)).copied()).await?;
        let mut written = self.insert(db, &new).await?;
        children::remove(db, &changed.iter().map(|(known, _)| known.id).collect::<Vec<_>>()).await?;
        for (known, draft) in changed {
            let row = known.overwrite(self.row(draft), draft.local.is_some());
            resource::ActiveModel { updated_on: Set(Some(self.today)), ..row }.update(db).await?;
            written.push((known.id, draft));
        }
        children::insert(db, &written, &self.ledger).await?;
        search_index::write(db, &written.iter().map(|(id, _)| *id).collect::<Vec<_>>()).await
    }

    pub(super) fn differing<'d>(
        &mut self,
        drafts: &'d [Draft],
        existing: &'d HashMap<Uuid, Existing>,
        kept: &HashSet<String>,
    ) -> (Vec<&'d Draft>, Vec<(&'d Existing, &'d Draft)>) {
        let (mut new, mut changed) = (Vec::new(), Vec::new());
        for draft in drafts {
            let of_kept = draft.office().is_some_and(|office| kept.contains(office));
            match existing.get(&draft.uuid()) {
                Some(known) if known.digest.as_deref() == Some(&draft.digest()) => {}
                Some(known) if !of_kept && !known.keeps(draft) => changed.push((known, draft)),
                None if !of_kept => new.push(draft),
                _ => self.report.kept.push(format!("{} {}", draft.key, draft.name)),
            }
        }
        (new, changed)
    }

    async fn insert<'d>(
        &self,
        db: &impl Unscoped,
        new: &[&'d Draft],
    ) -> Result<Vec<(i64, &'d Draft)>, DbErr> {
        if new.is_empty() {
            return Ok(Vec::new());
        }
        // An office may have several places, so there may be more facilities than keys.
        for chunk in new.chunks(BATCH) {
            let today = Set(Some(self.today));
            let new =
                |row| resource::ActiveModel { created_on: today.clone(), updated_on: today.clone(), ..row };
            let models = chunk.iter().map(|draft| new(self.row(draft)));
            resource::Entity::insert_many(models).exec_without_returning(db).await?;
        }
        let ids: HashMap<Uuid, i64> =
            existing(db, new.iter().copied()).await?.into_iter().map(|(u, s)| (u, s.id)).collect();
        Ok(new.iter().filter_map(|draft| Some((*ids.get(&draft.uuid())?, *draft))).collect())
    }

    pub(super) fn row(&self, draft: &Draft) -> resource::ActiveModel {
        let municipality = draft.municipality_code.as_deref();
        let municipality = municipality.and_then(|code| self.gazetteer.municipality_id(code));
        let organization = draft.organization.as_ref();
        let organization = organization.and_then(|c| self.organizations.get(&corporation_key(c)));
        draft.row(municipality, organization.copied())
    }

    async fn organizations<'d>(
        &mut self,
        db: &impl Unscoped,
        drafts: impl Iterator<Item = &'d Draft>,
    ) -> Result<(), DbErr> {
        let unknown: HashMap<String, &Corporation> = drafts
            .filter_map(|draft| draft.organization.as_ref())
            .map(|corporation| (corporation_key(corporation), corporation))
            .filter(|(key, _)| !self.organizations.contains_key(key))
            .collect();
        if unknown.is_empty() {
            return Ok(());
        }
        let mut keys: Vec<&String> = unknown.keys().collect();
        keys.sort_unstable();
        let models = keys.iter().filter_map(|key| Some(organization_model(key, unknown.get(*key)?)));
        let once = OnConflict::column(organization::Column::NameKey).do_nothing().to_owned();
        let insert = organization::Entity::insert_many(models).on_conflict(once);
        insert.try_insert().exec_without_returning(db).await?;
        let all = db.every::<organization::Entity>();
        let found =
            all.filter(organization::Column::NameKey.is_in(keys.into_iter().cloned())).all(db).await?;
        self.organizations.extend(found.into_iter().map(|o| (o.name_key, o.id)));
        Ok(())
    }
}

fn drafts_of(known: Vec<official_record::Model>) -> Result<Vec<Draft>, DbErr> {
    let begins = |with: &str| known.iter().any(|record| record.facility_key.starts_with(with));
    let (is_care, is_local) = (begins("care:"), begins(facts::local::KEY));
    let key = known.first().map(|record| record.facility_key.clone()).unwrap_or_default();
    let read = |e: serde_json::Error| DbErr::Custom(format!("an official record cannot be read: {e}"));
    let observations: Vec<Observation> =
        known.into_iter().map(Observation::try_from).collect::<Result<_, _>>().map_err(read)?;
    if is_care {
        return care::facilities(observations).map_err(read);
    }
    if is_local {
        return Ok(local::resource(observations).map_err(read)?.into_iter().collect());
    }
    Ok(medical::facility(&key, observations).map_err(read)?.into_iter().collect())
}

async fn existing<'d>(
    db: &impl Unscoped,
    drafts: impl IntoIterator<Item = &'d Draft>,
) -> Result<HashMap<Uuid, Existing>, DbErr> {
    let all = db.every::<resource::Entity>();
    let found = all
        .filter(resource::Column::Uuid.is_in(drafts.into_iter().map(Draft::uuid)))
        .into_model::<Existing>()
        .all(db)
        .await?;
    Ok(found.into_iter().map(|s| (s.uuid, s)).collect())
}

/// A corporation is its number, or without a valid one its name.
fn corporation_key(corporation: &Corporation) -> String {
    match &corporation.number {
        Some(number) => format!("number:{number}"),
        None => format!("name:{}", fold(&corporation.name)),
    }
}

fn organization_model(key: &str, corporation: &Corporation) -> organization::ActiveModel {
    organization::ActiveModel {
        uuid: Set(uuid_of(&format!("organization:{key}"))),
        name_key: Set(key.to_owned()),
        parent_id: Set(None),
        name: Set(corporation.name.clone()),
        corporate_number: Set(corporation.number.clone()),
        ..Default::default()
    }
}
