//! Makes sheets and desks of the rows of the database.

use super::{Desk, Distribution, Entry, Sheet};
use crate::cache::Cache;
use crate::liaison::facts::Reach;
use crate::liaison::reach::judge::{Rule, Times, Way, Wishes};
use crate::picture::raw::{Day, Member, Text, Truth, day, raw_row, rows};
use chrono::NaiveDate;
use entity::enums::{Audience, LiaisonContactKind, LiaisonOrganizationType};
use hours::schedule::Schedule;
use hours::timetable::Timetable;
use sea_orm::DbErr;
use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::sync::{Arc, LazyLock};

/// Capacity of the cache of lists of rules, some 1 kB each.
const KEPT: NonZeroUsize = NonZeroUsize::MIN.saturating_add(19_999);

/// Parsed lists of rules, by their JSON texts: those who have the same hours share the list.
static TIMES: LazyLock<Cache<Vec<String>, Times>> = LazyLock::new(|| Cache::with_capacity(KEPT));

raw_row! {
    /// A sheet.
    RawSheet {
        id: i64 = "s.id",
        institution: i64 = "s.resource_id",
        review_due_on: Day = "s.review_due_on",
        consent_withdrawn_on: Day = "s.consent_withdrawn_on",
    }
}

raw_row! {
    /// An entry of a sheet.
    RawEntry {
        sheet: i64 = "s.id",
        id: i64 = "e.id",
        ordinal: i32 = "e.ordinal",
        physician: i64 = "p.id",
        code: Text<'t> = "p.code",
        search_key: Text<'t> = "p.search_key",
        ended_on: Day = "a.ended_on",
        reach: Text<'t> = "e.reach",
    }
}

raw_row! {
    /// A desk.
    RawDesk {
        id: i64 = "c.id",
        kind: Member<LiaisonContactKind> = "c.kind",
        organization_type: Member<LiaisonOrganizationType> = "c.organization_type",
        facility: Option<i64> = "c.resource_id",
        organization: Option<i64> = "c.organization_id",
        search_key: Text<'t> = "c.search_key",
        sort_key: Text<'t> = "c.sort_key",
        audience: Member<Audience> = "c.audience",
        as_of: Day = "c.as_of",
        valid_from: Day = "c.valid_from",
        valid_to: Day = "c.valid_to",
        reach: Text<'t> = "c.reach",
    }
}

raw_row! {
    /// A tag of an entry or of a desk.
    RawTag {
        owner: i64 = "t.owner",
        tag: Text<'t> = "t.tag",
    }
}

raw_row! {
    /// A line of the distribution list of a sheet or of a desk.
    RawReader {
        thing: i64 = "d.thing",
        organization: i64 = "d.organization_id",
        covers: Truth = "d.covers_children",
    }
}

/// The JSON texts of some sheets.
pub(super) struct SheetTexts {
    pub(super) sheets: String,
    pub(super) entries: String,
    pub(super) tags: String,
    pub(super) distribution: String,
}

/// The JSON texts of some desks.
pub(super) struct DeskTexts {
    pub(super) desks: String,
    pub(super) tags: String,
    pub(super) distribution: String,
}

impl SheetTexts {
    /// The sheets.
    pub(super) fn build(&self) -> Result<Vec<Sheet>, DbErr> {
        let (mut tags, mut readers) = (tags(&self.tags)?, readers(&self.distribution)?);
        let mut entries: HashMap<i64, Vec<Entry>> = HashMap::new();
        for row in rows(&self.entries, |row: &RawEntry<'_>| row.sheet)? {
            let tags = tags.remove(&row.id).unwrap_or_default();
            entries.entry(row.sheet).or_default().push(row.entry(&tags)?);
        }
        let sheet = |row: RawSheet<'_>| {
            let mut entries = entries.remove(&row.id).unwrap_or_default();
            entries.sort_by_key(|entry| (entry.ordinal, entry.id));
            let readers = readers.remove(&row.id).unwrap_or_default();
            row.sheet(entries, readers)
        };
        rows(&self.sheets, |row: &RawSheet<'_>| row.id)?.into_iter().map(sheet).collect()
    }
}

impl DeskTexts {
    /// The desks.
    pub(super) fn build(&self) -> Result<Vec<Desk>, DbErr> {
        let (mut tags, mut readers) = (tags(&self.tags)?, readers(&self.distribution)?);
        let desk = |row: RawDesk<'_>| {
            let (tags, readers) = (tags.remove(&row.id), readers.remove(&row.id));
            row.desk(&tags.unwrap_or_default(), readers.unwrap_or_default())
        };
        rows(&self.desks, |row: &RawDesk<'_>| row.id)?.into_iter().map(desk).collect()
    }
}

/// The tags of each entry or desk.
fn tags(text: &str) -> Result<HashMap<i64, Vec<Box<str>>>, DbErr> {
    let rows = rows(text, |row: &RawTag<'_>| row.owner)?;
    Ok(grouped(rows, |row| (row.owner, row.tag.or_empty().into())))
}

/// The distribution list of each sheet or desk.
fn readers(text: &str) -> Result<HashMap<i64, Distribution>, DbErr> {
    let rows = rows(text, |row: &RawReader<'_>| row.thing)?;
    Ok(grouped(rows, |row| (row.thing, (row.organization, row.covers.0))))
}

fn grouped<R, V>(rows: Vec<R>, value: impl Fn(&R) -> (i64, V)) -> HashMap<i64, Vec<V>> {
    let mut groups: HashMap<i64, Vec<V>> = HashMap::new();
    for (key, value) in rows.iter().map(value) {
        groups.entry(key).or_default().push(value);
    }
    groups
}

/// A day that no row is without.
fn stated(of: Day) -> Result<NaiveDate, DbErr> {
    day(of.0).ok_or_else(|| DbErr::Type("a sheet or desk has no date".into()))
}

impl RawSheet<'_> {
    fn sheet(self, entries: Vec<Entry>, distribution: Distribution) -> Result<Sheet, DbErr> {
        Ok(Sheet {
            id: self.id,
            review_due_on: stated(self.review_due_on)?,
            is_agreed: day(self.consent_withdrawn_on.0).is_none(),
            entries,
            institution: self.institution,
            distribution,
        })
    }
}

impl RawEntry<'_> {
    fn entry(self, tags: &[Box<str>]) -> Result<Entry, DbErr> {
        Ok(Entry {
            id: self.id,
            ordinal: self.ordinal,
            code: self.code.or_empty().to_owned(),
            search_key: self.search_key.or_empty().to_owned(),
            ended_on: day(self.ended_on.0),
            tags: tags.iter().map(|tag| &**tag).collect(),
            wishes: wishes(self.reach.or_empty())?,
            physician: self.physician,
        })
    }
}

impl RawDesk<'_> {
    fn desk(self, tags: &[Box<str>], distribution: Distribution) -> Result<Desk, DbErr> {
        Ok(Desk {
            id: self.id,
            kind: self.kind.0,
            organization_type: self.organization_type.0,
            search_key: self.search_key.or_empty().to_owned(),
            sort_key: self.sort_key.or_empty().to_owned(),
            as_of: stated(self.as_of)?,
            valid_from: day(self.valid_from.0),
            valid_to: day(self.valid_to.0),
            tags: tags.iter().map(|tag| &**tag).collect(),
            wishes: wishes(self.reach.or_empty())?,
            facility: self.facility,
            organization: self.organization,
            audience: self.audience.0,
            distribution,
        })
    }
}

fn unreadable(cause: impl std::fmt::Display) -> DbErr {
    DbErr::Type(format!("the channels of a sheet or desk cannot be read: {cause}"))
}

/// Channels and times of their short form.
fn wishes(reach: &str) -> Result<Arc<Wishes>, DbErr> {
    let reach: Reach = serde_json::from_str(reach).map_err(unreadable)?;
    let mut ways = Vec::with_capacity(reach.c.len());
    for (rank, (channel, purposes, rules)) in (1..).zip(reach.c) {
        ways.push(Way { rank, channel, purposes, times: times(rules)? });
    }
    Ok(Arc::new(Wishes { ways, avoid: times(reach.a)? }))
}

fn times(rules: Vec<String>) -> Result<Times, DbErr> {
    if let Some(known) = TIMES.get(&rules) {
        return Ok(known);
    }
    let parsed =
        |text: &String| Ok(Arc::new(Timetable::new(&Schedule::from_json(text).map_err(unreadable)?)));
    let times: Times = rules.iter().map(parsed).collect::<Result<Vec<Rule>, DbErr>>()?.into();
    TIMES.put(rules, Arc::clone(&times));
    Ok(times)
}
