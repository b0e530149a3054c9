//! Reads the sheets that hold now and the desks from the database, all of them or some.

use super::build::{DeskTexts, RawDesk, RawEntry, RawReader, RawSheet, RawTag, SheetTexts};
use super::{Desk, Liaison, Sheet, Touched};
use crate::picture::load::next;
use crate::picture::raw::{Which, read};
use sea_orm::{ConnectionTrait, DbErr};
use std::collections::HashMap;
use std::sync::Arc;

/// `FROM` of the statements for sheets: replaced versions are not kept.
const SHEETS: &str = "(SELECT * FROM liaison_sheet WHERE replaced_at IS NULL) s";

impl Liaison {
    /// All of it.
    pub(in crate::picture) async fn everything(db: &impl ConnectionTrait) -> Result<Self, DbErr> {
        let mut all = Self::default();
        let mut range = next(db, "liaison_sheet", i64::MIN).await?;
        while let Some((first, last)) = range {
            all.add_sheets(sheets(db, &Which::Between(first, last)).await?);
            range = next(db, "liaison_sheet", last).await?;
        }
        let mut range = next(db, "liaison_contact", i64::MIN).await?;
        while let Some((first, last)) = range {
            all.add_desks(desks(db, &Which::Between(first, last)).await?);
            range = next(db, "liaison_contact", last).await?;
        }
        Ok(all)
    }

    /// It after a change.
    pub(in crate::picture) async fn after(
        &self,
        mut touched: Touched,
        db: &impl ConnectionTrait,
    ) -> Result<Self, DbErr> {
        let mut all = self.clone();
        if !touched.physicians.is_empty() {
            let named = |sheet: &&Arc<Sheet>| {
                sheet.entries.iter().any(|entry| touched.physicians.contains(&entry.physician))
            };
            touched.sheets.extend(self.sheets.values().filter(named).map(|sheet| sheet.id));
        }
        if !touched.sheets.is_empty() {
            all.sheets.retain(|id, _| !touched.sheets.contains(id));
            all.add_sheets(sheets(db, &Which::among(touched.sheets.into_iter())).await?);
        }
        if !touched.desks.is_empty() {
            all.desks.retain(|id, _| !touched.desks.contains(id));
            all.add_desks(desks(db, &Which::among(touched.desks.into_iter())).await?);
        }
        Ok(all)
    }

    fn add_sheets(&mut self, sheets: Vec<Sheet>) {
        add(&mut self.sheets, sheets, |sheet| sheet.id);
    }

    fn add_desks(&mut self, desks: Vec<Desk>) {
        add(&mut self.desks, desks, |desk| desk.id);
    }
}

fn add<T>(all: &mut HashMap<i64, Arc<T>>, things: Vec<T>, key: fn(&T) -> i64) {
    all.extend(things.into_iter().map(|thing| (key(&thing), Arc::new(thing))));
}

async fn sheets(db: &impl ConnectionTrait, which: &Which) -> Result<Vec<Sheet>, DbErr> {
    let entries = format!("{SHEETS} JOIN liaison_entry e ON e.sheet_id = s.id");
    let named = format!(
        "{entries} JOIN affiliation a ON a.id = e.affiliation_id JOIN physician p ON p.id = a.physician_id"
    );
    let tagged = format!(
        "(SELECT s.id AS thing, e.id AS owner, t.tag FROM {entries} JOIN liaison_entry_tag t ON t.entry_id = e.id) t"
    );
    let listed = listed(SHEETS, "s");
    let texts = SheetTexts {
        sheets: read(db, (SHEETS, "s.id"), RawSheet::COLUMNS, which).await?,
        entries: read(db, (&named, "s.id"), RawEntry::COLUMNS, which).await?,
        tags: read(db, (&tagged, "t.thing"), RawTag::COLUMNS, which).await?,
        distribution: read(db, (&listed, "d.thing"), RawReader::COLUMNS, which).await?,
    };
    texts.build()
}

/// `FROM` of the statement for the distribution lists of a table.
fn listed(table: &str, alias: &str) -> String {
    format!(
        "(SELECT {alias}.id AS thing, d.organization_id, d.covers_children \
         FROM {table} JOIN distribution d ON d.thing_uuid = {alias}.uuid) d"
    )
}

async fn desks(db: &impl ConnectionTrait, which: &Which) -> Result<Vec<Desk>, DbErr> {
    let tagged = "(SELECT contact_id AS owner, tag FROM liaison_contact_tag) t";
    let listed = listed("liaison_contact c", "c");
    let texts = DeskTexts {
        desks: read(db, ("liaison_contact c", "c.id"), RawDesk::COLUMNS, which).await?,
        tags: read(db, (tagged, "t.owner"), RawTag::COLUMNS, which).await?,
        distribution: read(db, (&listed, "d.thing"), RawReader::COLUMNS, which).await?,
    };
    texts.build()
}
