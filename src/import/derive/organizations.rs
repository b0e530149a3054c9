//! The organizations that run facilities: found by their keys, and prepared where the database lacks them.

use crate::auth::row_scope::Unscoped;
use crate::import::derive::draft::{Draft, uuid_of};
use crate::import::derive::parts::Corporation;
use crate::import::derive::staged::Staged;
use entity::enums::ChangedThing;
use entity::organization::{self, Column, Entity};
use japan::text::fold;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, QueryFilter, QuerySelect};
use std::collections::{BTreeMap, HashMap};

/// The organizations that an import has needed so far.
#[derive(Default)]
pub(super) struct Organizations {
    /// Internal keys and names, by key.
    known: HashMap<String, (i64, String)>,
    /// The last internal key that is stored or will be; none: not known yet.
    last: Option<i64>,
}

impl Organizations {
    /// The internal key of the organization of a draft.
    pub(super) fn id(&self, draft: &Draft) -> Option<i64> {
        self.of(draft).map(|(id, _)| *id)
    }

    /// Its name as it is stored.
    pub(super) fn name(&self, draft: &Draft) -> Option<String> {
        self.of(draft).map(|(_, name)| name.clone())
    }

    fn of(&self, draft: &Draft) -> Option<&(i64, String)> {
        self.known.get(&key(draft.organization.as_ref()?))
    }

    /// Finds the organizations of drafts, and prepares those that the database lacks.
    pub(super) async fn find<'d>(
        &mut self,
        read: &impl Unscoped,
        db: &impl ConnectionTrait,
        staged: &Staged,
        drafts: impl Iterator<Item = &'d Draft>,
    ) -> Result<(), DbErr> {
        let mut unknown: BTreeMap<String, &Corporation> = drafts
            .filter_map(|draft| draft.organization.as_ref())
            .map(|corporation| (key(corporation), corporation))
            .filter(|(key, _)| !self.known.contains_key(key))
            .collect();
        if unknown.is_empty() {
            return Ok(());
        }
        let stored = read.every::<Entity>().filter(Column::NameKey.is_in(unknown.keys().cloned()));
        for known in stored.all(read).await? {
            unknown.remove(&known.name_key);
            self.known.insert(known.name_key, (known.id, known.name));
        }
        let mut last = match self.last {
            Some(last) => last,
            None => last_stored(read).await?,
        };
        let mut new = Vec::new();
        for (key, corporation) in unknown {
            last += 1;
            let uuid = uuid_of(&format!("organization:{key}"));
            let row = organization::ActiveModel {
                id: Set(last),
                uuid: Set(uuid),
                name_key: Set(key.clone()),
                parent_id: Set(None),
                name: Set(corporation.name.clone()),
                corporate_number: Set(corporation.number.clone()),
                ..Default::default()
            };
            new.push((last, Some(uuid), row));
            self.known.insert(key, (last, corporation.name.clone()));
        }
        self.last = Some(last);
        staged.add(db, ChangedThing::Organization, new).await
    }
}

/// A corporation is its number, or without a valid one its name.
fn key(corporation: &Corporation) -> String {
    match &corporation.number {
        Some(number) => format!("number:{number}"),
        None => format!("name:{}", fold(&corporation.name)),
    }
}

async fn last_stored(db: &impl Unscoped) -> Result<i64, DbErr> {
    let last = db.every::<Entity>().select_only().column_as(Column::Id.max(), "last");
    let last: Option<Option<i64>> = last.into_tuple().one(db).await?;
    Ok(last.flatten().unwrap_or_default())
}
