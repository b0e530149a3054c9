//! Derives facilities from records and prepares those that differ from the stored ones.
//!
//! A facility that was verified here after the day of its records, or on that day if they are national, is
//! kept unchanged, and so is its whole office: single fields have no day of their own.

use crate::auth::row_scope::Unscoped;
use crate::consents::effect::Ledger;
use crate::consents::store as consents;
use crate::database::staging::insert_into;
use crate::import::derive::draft::Draft;
use crate::import::derive::leftovers::{kept_offices, leftovers, superseded};
use crate::import::derive::observation::Observation;
use crate::import::derive::organizations::Organizations;
use crate::import::derive::overlay::Overlay;
use crate::import::derive::place::Gazetteer;
use crate::import::derive::staged::{Staged, StagedRow};
use crate::import::derive::{care, children, hours_records, local, medical, privacy, records, search_keys};
use crate::import::facts;
use crate::import::report::Report;
use crate::withheld::{Released, store as withheld};
use chrono::NaiveDate;
use entity::enums::{ChangedThing, PublicationState};
use entity::{official_record, resource, resource_search};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{self, NotSet, Set},
    ColumnTrait, ConnectionTrait, DbErr, EntityName, FromQueryResult, IntoActiveModel, Iterable, QueryFilter,
    Unchanged,
};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Facilities per batch: thirty values each stay below SQLite's 32,766.
pub(super) const BATCH: usize = 800;

/// State that an import keeps from batch to batch.
pub(super) struct Writer<'r> {
    gazetteer: Gazetteer,
    organizations: Organizations,
    pub(super) ledger: Ledger,
    pub(super) released: Released,
    today: NaiveDate,
    /// Rows that are not stored, of an import that is only tried.
    pub(super) overlay: Overlay,
    pub(super) lines: HashMap<String, u64>,
    pub(super) report: &'r mut Report,
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

/// Derives facilities again and writes those that changed, within a transaction that rewrites the directory.
pub async fn derive(
    db: &impl Unscoped,
    facilities: impl Into<Facilities>,
    today: NaiveDate,
    report: &mut Report,
) -> Result<(), DbErr> {
    let Facilities { keys, lines } = facilities.into();
    if keys.is_empty() {
        return Ok(());
    }
    let mut staged = Staged::create(db, false).await?;
    let mut writer = Writer::new(db, Gazetteer::default(), today, report).await?;
    writer.lines = lines;
    let keys = hours_records::facilities_of(db, &writer.overlay, &keys).await?;
    writer.stage(db, db, &mut staged, &keys, |_| {}).await?;
    staged.analyze(db).await?;
    staged.publish(db, None).await?;
    staged.drop_tables(db).await
}

/// Derives the facilities of some municipalities again, after data of their area changed.
pub async fn derive_municipalities(
    db: &impl Unscoped,
    codes: &[String],
    today: NaiveDate,
    report: &mut Report,
) -> Result<(), DbErr> {
    let keys = records::facility_keys(db, Some(codes)).await?;
    derive(db, keys, today, report).await
}

/// Drafts of some facilities with the stored rows they are compared with, before anything is written.
pub(super) struct Derived {
    pub(super) drafts: Vec<Draft>,
    pub(super) existing: HashMap<Uuid, Existing>,
    pub(super) kept: HashSet<String>,
    /// Internal keys of resources to withdraw, with the keys of their facilities.
    pub(super) gone: Vec<(i64, String)>,
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
        let organizations = Organizations::default();
        Ok(Self { gazetteer, organizations, ledger, released, today, overlay, lines, report })
    }
}

impl Writer<'_> {
    /// Forgets what it knows of areas and organizations.
    pub(super) fn start_again(&mut self) {
        (self.gazetteer, self.organizations) = (Gazetteer::default(), Organizations::default());
    }

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
        let mut gone: Vec<(i64, String)> =
            left.iter().map(|facility| (facility.id, format!("care:{}", facility.value))).collect();
        gone.extend(superseded(db, keys, &drafts).await?);
        Ok(Derived { drafts, existing, kept, gone })
    }

    /// Derives facilities and prepares those that differ. What is stored is read from one connection, what is prepared
    /// written to another. `progress` receives the number of each finished batch.
    pub(super) async fn stage(
        &mut self,
        read: &impl Unscoped,
        db: &impl ConnectionTrait,
        staged: &mut Staged,
        keys: &[String],
        progress: impl Fn(u64),
    ) -> Result<(), DbErr> {
        for batch in keys.chunks(BATCH) {
            self.batch(read, db, staged, batch).await?;
            self.overlay.release(batch);
            progress(batch.len() as u64);
        }
        Ok(())
    }

    async fn batch(
        &mut self,
        read: &impl Unscoped,
        db: &impl ConnectionTrait,
        staged: &mut Staged,
        keys: &[String],
    ) -> Result<(), DbErr> {
        let Derived { drafts, existing, kept, gone } = self.derived(read, keys).await?;
        let created = self.gazetteer.created().into_iter();
        let created = created.map(|(id, uuid, row)| (id, Some(uuid), row)).collect();
        staged.add(db, ChangedThing::Municipality, created).await?;
        let (new, changed) = self.differing(&drafts, &existing, &kept);
        let written = new.iter().chain(changed.iter().map(|(_, draft)| draft)).copied();
        self.organizations.find(read, db, staged, written).await?;
        let ids = changed.iter().map(|(known, _)| known.id).chain(gone.iter().map(|(id, _)| *id));
        let mut stored = stored(read, ids).await?;
        let (mut rows, mut with_ids) = (Vec::new(), Vec::new());
        for draft in new {
            let id = staged.next();
            let today = Set(Some(self.today));
            let row = resource::ActiveModel {
                id: Set(id),
                created_on: today.clone(),
                updated_on: today,
                ..self.row(draft)
            };
            rows.push(StagedRow {
                id,
                uuid: draft.uuid(),
                row,
                facility: facility_of(draft),
                draft: Some(draft),
            });
            with_ids.push((id, draft));
        }
        for (known, draft) in changed {
            let Some(before) = stored.remove(&known.id) else { continue };
            let row = over(before, known.overwrite(self.row(draft), draft.local.is_some()));
            let row = resource::ActiveModel { updated_on: Set(Some(self.today)), ..row };
            let (id, uuid, facility) = (known.id, draft.uuid(), facility_of(draft));
            rows.push(StagedRow { id, uuid, row, facility, draft: Some(draft) });
            with_ids.push((known.id, draft));
        }
        for (id, key) in &gone {
            let Some(before) = stored.remove(id) else { continue };
            let uuid = before.uuid;
            rows.push(StagedRow { id: *id, uuid, row: withdrawn(before), facility: key, draft: None });
        }
        children::stage(db, staged.tables(), &with_ids, &self.ledger).await?;
        let keys =
            with_ids.iter().map(|(id, draft)| search_keys::keys(*id, draft, self.organizations.name(draft)));
        insert_into(db, &staged.name(resource_search::Entity.table_name()), keys).await?;
        staged.put(read, db, rows).await
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

    pub(super) fn row(&self, draft: &Draft) -> resource::ActiveModel {
        let municipality = draft.municipality_code.as_deref();
        let municipality = municipality.and_then(|code| self.gazetteer.municipality_id(code));
        draft.row(municipality, self.organizations.id(draft))
    }
}

/// The key of the facility that a draft belongs to: an office may have several places.
fn facility_of(draft: &Draft) -> &str {
    draft.key.split('@').next().unwrap_or(&draft.key)
}

/// Stored resources by internal key.
async fn stored(
    db: &impl Unscoped,
    ids: impl Iterator<Item = i64>,
) -> Result<HashMap<i64, resource::Model>, DbErr> {
    let found = db.every::<resource::Entity>().filter(resource::Column::Id.is_in(ids)).all(db).await?;
    Ok(found.into_iter().map(|row| (row.id, row)).collect())
}

/// A stored resource with other facts.
fn over(before: resource::Model, facts: resource::ActiveModel) -> resource::ActiveModel {
    let mut row = before.into_active_model();
    for column in resource::Column::iter() {
        if let ActiveValue::Set(value) = facts.get(column) {
            row.set(column, value);
        }
    }
    row
}

/// A resource that no longer follows from the records. Its row stays; what belongs to it goes.
fn withdrawn(before: resource::Model) -> resource::ActiveModel {
    let row = before.into_active_model();
    resource::ActiveModel { state: Set(PublicationState::Withdrawn), digest: Set(None), ..row }
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
