//! Compares the directory with what follows from the records. Writes nothing.

use crate::auth::row_scope::Unscoped;
use crate::import::derive::children;
use crate::import::derive::draft::Draft;
use crate::import::derive::facilities::{BATCH, Derived, Existing, Writer};
use crate::import::derive::hours_records;
use crate::import::derive::overlay::Overlay;
use crate::import::derive::place::Gazetteer;
use crate::import::report::Report;
use chrono::NaiveDate;
use entity::resource;
use sea_orm::{ActiveModelTrait, ActiveValue, ColumnTrait, DbErr, Iterable, ModelTrait, QueryFilter};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Facilities that differ from what follows from the records.
#[derive(Default)]
pub struct Differing {
    /// Keys of facilities that are not stored.
    pub missing: Vec<String>,
    /// Keys of facilities that are stored with other facts.
    pub other: Vec<String>,
    /// Public ids of all facilities that follow from the records.
    pub expected: HashSet<Uuid>,
}

/// Derives facilities again and compares, without writing.
pub async fn differing(db: &impl Unscoped, keys: &[String], today: NaiveDate) -> Result<Differing, DbErr> {
    let mut report = Report::default();
    let mut writer = Writer::new(db, Gazetteer::only_reading(), today, &mut report).await?;
    let mut differing = Differing::default();
    for batch in hours_records::facilities_of(db, &Overlay::default(), keys).await?.chunks(BATCH) {
        let derived = writer.derived(db, batch).await?;
        let (new, changed) = writer.differing(&derived.drafts, &derived.existing, &derived.kept);
        differing.missing.extend(new.into_iter().map(|draft| draft.key.clone()));
        // A withdrawal of consent that removes a stored text empties the digest: the facility then rightly
        // differs from its records.
        let changed = changed.into_iter().filter(|(known, _)| known.digest.as_deref() != Some(""));
        differing.other.extend(changed.map(|(_, draft)| draft.key.clone()));
        let stored = stored(&derived);
        differing.other.extend(writer.altered(db, &stored).await?);
        differing.other.extend(writer.altered_below(db, &stored).await?);
        differing.expected.extend(derived.drafts.iter().map(Draft::uuid));
    }
    Ok(differing)
}

/// Stored facilities whose digest is that of the draft.
fn stored(derived: &Derived) -> Vec<(&Existing, &Draft)> {
    let known = |draft| Some((derived.existing.get(&Draft::uuid(draft))?, draft));
    let is_stored = |(known, draft): &(&Existing, &Draft)| known.digest.as_deref() == Some(&draft.digest());
    derived.drafts.iter().filter_map(known).filter(is_stored).collect()
}

impl Writer<'_> {
    /// Keys of facilities whose row contradicts its own digest.
    async fn altered(
        &self,
        db: &impl Unscoped,
        stored: &[(&Existing, &Draft)],
    ) -> Result<Vec<String>, DbErr> {
        let all = db.every::<resource::Entity>();
        let found = all.filter(resource::Column::Uuid.is_in(stored.iter().map(|(_, draft)| draft.uuid())));
        let rows: HashMap<Uuid, resource::Model> =
            found.all(db).await?.into_iter().map(|row| (row.uuid, row)).collect();
        let is_altered = |(known, draft): &&(&Existing, &Draft)| {
            let Some(row) = rows.get(&draft.uuid()) else { return false };
            let expected = known.overwrite(self.row(draft), draft.local.is_some());
            let mut compared =
                resource::Column::iter().filter(|column| !matches!(column, resource::Column::OrganizationId));
            compared.any(|column| match expected.get(column) {
                ActiveValue::Set(value) => value != row.get(column),
                _ => false,
            })
        };
        Ok(stored.iter().filter(is_altered).map(|(_, draft)| draft.key.clone()).collect())
    }

    /// Keys of facilities whose child rows (contacts, services, schedules) contradict the digest.
    async fn altered_below(
        &self,
        db: &impl Unscoped,
        stored: &[(&Existing, &Draft)],
    ) -> Result<Vec<String>, DbErr> {
        let drafts: Vec<(i64, &Draft)> = stored.iter().map(|(known, draft)| (known.id, *draft)).collect();
        let altered = children::altered(db, &drafts, &self.ledger).await?;
        let is_altered = |(id, _): &&(i64, &Draft)| altered.contains(id);
        Ok(drafts.iter().filter(is_altered).map(|(_, draft)| draft.key.clone()).collect())
    }
}
