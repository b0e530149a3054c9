//! What a part of the change log means for the picture, and the picture after it.

use super::areas::Areas;
use super::liaison;
use super::load;
use super::segment::{Rows, Segment};
use super::snapshot::{Part, Picture};
use crate::database::changes::{self, Version};
use entity::enums::ChangedThing;
use sea_orm::{ConnectionTrait, DbErr};
use std::collections::HashSet;
use std::sync::Arc;

/// Changes of more resources are not read one by one.
const MOST: usize = 10_000;
/// A segment that is at most so many times larger than what follows it is read again with it.
const MERGED: u64 = 4;

/// What changed since a picture.
#[derive(Debug, Default)]
pub(super) struct Touched {
    resources: HashSet<i64>,
    /// Those of which some viewer may see less than before.
    closed: HashSet<i64>,
    organizations: HashSet<i64>,
    areas: bool,
    liaison: liaison::Touched,
    /// Changes of large transactions, of which only what closes something was read.
    large: u64,
    /// Nobody knows what.
    pub(super) everything: bool,
    /// They are more than can be read before others are answered: until the next picture they are absent.
    absent: bool,
}

impl Touched {
    /// Reads the rest of the log; answers the number of the newest transaction too.
    pub(super) async fn since(seq: i64, db: &impl ConnectionTrait) -> Result<(i64, Self), DbErr> {
        let Ok(marks) = changes::marks(db, seq, MOST as i32).await? else {
            return Ok((seq, Self { everything: true, ..Self::default() }));
        };
        let mut touched = Self { everything: marks.everything, large: marks.large, ..Self::default() };
        for mark in marks.marks {
            touched.note(mark.thing, mark.id, mark.closes);
        }
        Ok((marks.seq, touched))
    }

    fn note(&mut self, thing: ChangedThing, id: i64, closes: bool) {
        match thing {
            ChangedThing::Resource => {
                self.resources.insert(id);
                if closes {
                    self.closed.insert(id);
                }
            }
            ChangedThing::Organization => _ = self.organizations.insert(id),
            ChangedThing::District | ChangedThing::Municipality => self.areas = true,
            ChangedThing::Sheet => _ = self.liaison.sheets.insert(id),
            ChangedThing::LiaisonContact => _ = self.liaison.desks.insert(id),
            ChangedThing::Physician => _ = self.liaison.physicians.insert(id),
            ChangedThing::Coordinator
            | ChangedThing::Source
            | ChangedThing::Acceptance
            | ChangedThing::Vacancy => {}
        }
    }

    /// Whether there are too many to read them one by one.
    pub(super) fn is_large(&self) -> bool {
        self.large > 0 || self.resources.len() > MOST
    }

    /// How many changes there are.
    pub(super) fn count(&self) -> u64 {
        self.large + self.resources.len() as u64
    }

    /// The rest of it, when all but what closes something is left for later.
    pub(super) fn only_closed(mut self) -> Self {
        self.resources = std::mem::take(&mut self.closed);
        self.absent = self.resources.len() > MOST;
        self
    }
}

impl Picture {
    /// How many resources it holds.
    pub fn count(&self) -> u64 {
        self.parts.iter().map(|part| part.alive.len()).sum()
    }

    /// Whether so much has changed since the large segment was built that it should be built again.
    pub(super) fn is_scattered(&self) -> bool {
        let (Some(first), rest) = (self.parts.first(), self.parts.iter().skip(1)) else { return false };
        let later: u64 = rest.map(|part| part.alive.len()).sum();
        later > (MOST as u64).max(first.alive.len() / 8)
    }

    /// The picture after a change.
    pub(super) async fn after(
        &self,
        touched: Touched,
        version: Version,
        db: &impl ConnectionTrait,
    ) -> Result<Self, DbErr> {
        let areas: Arc<Areas> = match touched.areas {
            true => Arc::new(load::areas(db).await?),
            false => Arc::clone(&self.areas),
        };
        let liaison = match touched.liaison.is_empty() {
            true => Arc::clone(&self.liaison),
            false => Arc::new(self.liaison.after(touched.liaison, db).await?),
        };
        let mut ids = touched.resources;
        if !touched.organizations.is_empty() {
            for part in &self.parts {
                let run = part.segment.run_by(|id| touched.organizations.contains(&id)) & &*part.alive;
                ids.extend(run.iter().map(|row| part.segment.id(row)));
            }
        }
        if ids.is_empty() {
            return Ok(Self::new(version, self.parts.clone(), areas, liaison));
        }
        let mut parts: Vec<Part> = self.parts.iter().map(|part| part.without(&ids)).collect();
        if touched.absent {
            return Ok(Self::new(version, parts, areas, liaison));
        }
        while let Some(last) = parts.pop_if(|last| last.alive.len() <= MERGED * ids.len() as u64) {
            ids.extend(last.alive.iter().map(|row| last.segment.id(row)));
        }
        let segment = load::some(db, ids.into_iter()).await?;
        parts.extend((segment.len() > 0).then(|| Part::whole(segment)));
        Ok(Self::new(version, parts, areas, liaison))
    }
}

impl Part {
    /// A segment of which nothing is replaced.
    pub(super) fn whole(segment: Segment) -> Self {
        Self { alive: Arc::new(segment.index.all.clone()), segment: Arc::new(segment) }
    }

    fn without(&self, ids: &HashSet<i64>) -> Self {
        let replaced: Rows = ids.iter().filter_map(|id| self.segment.row_of(*id)).collect();
        if self.alive.is_disjoint(&replaced) {
            return self.clone();
        }
        Self { segment: Arc::clone(&self.segment), alive: Arc::new(&*self.alive - replaced) }
    }
}
