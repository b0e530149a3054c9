//! Builds a segment from rows of the database.

use super::grams;
use super::index::put;
use super::raw::{self, NO_DAY, rows};
use super::segment::{Contact, Lists, Owner, Ranking, Rest, Schedule, Segment, Service, Sets, hash_of_code};
use super::texts::{ContactTexts, ResourceTexts};
use sea_orm::DbErr;
use std::collections::HashMap;
use std::iter::Peekable;
use std::vec::IntoIter;
use uuid::Uuid;

/// The JSON texts of some resources, in the order of the tables.
#[derive(Debug)]
pub(super) struct Batch {
    pub(super) main: String,
    pub(super) contacts: String,
    pub(super) services: String,
    pub(super) departments: String,
    pub(super) tags: String,
    pub(super) served: String,
    pub(super) schedules: String,
    pub(super) identifiers: String,
}

/// Collects rows, in the order of their keys.
#[derive(Debug, Default)]
pub(super) struct Builder {
    segment: Segment,
    grams: grams::Builder,
    categories: Words,
    owners: HashMap<i64, u32>,
    services: Words,
    departments: (Words, Lists<u32>),
    tags: (Words, Lists<u32>),
    /// The cell of each row; the greatest number: none.
    cells: Vec<i64>,
    /// Whether each row has beds, and whether it has published that it has none.
    beds: Vec<(bool, bool)>,
}

/// Texts of which each is kept once.
#[derive(Debug, Default)]
struct Words {
    all: Vec<String>,
    places: HashMap<String, u32>,
}

impl Words {
    fn place(&mut self, word: &str) -> u32 {
        if let Some(place) = self.places.get(word) {
            return *place;
        }
        let place = self.all.len() as u32;
        self.all.push(word.to_owned());
        self.places.insert(word.to_owned(), place);
        place
    }

    /// Rows by the words in their lists.
    fn sets(&self, lists: &Lists<u32>, rows: &[u32]) -> Sets<String> {
        let mut sets: Sets<u32> = Sets::new();
        for (row, added) in (0..).zip(rows) {
            lists.of(*added).iter().for_each(|word| put(&mut sets, *word, row));
        }
        let named = |(word, rows)| self.all.get(word as usize).map(|word| (word.clone(), rows));
        sets.into_iter().filter_map(named).collect()
    }
}

/// The rows of one table, of which each resource takes its own.
struct Below<R> {
    rows: Peekable<IntoIter<R>>,
    resource: fn(&R) -> i64,
}

impl<R> Below<R> {
    fn new(rows: Vec<R>, resource: fn(&R) -> i64) -> Self {
        Self { rows: rows.into_iter().peekable(), resource }
    }

    /// The next row of a resource. Those of resources before it have been taken, or have no resource.
    fn of(&mut self, id: i64) -> Option<R> {
        let resource = self.resource;
        while self.rows.next_if(|row| resource(row) < id).is_some() {}
        self.rows.next_if(|row| resource(row) == id)
    }
}

fn too_many<E>(_: E) -> DbErr {
    DbErr::Type("the directory is too large for one picture".into())
}

/// An internal key in half of its bits; 0: none.
fn key(id: Option<i64>) -> Result<u32, DbErr> {
    u32::try_from(id.unwrap_or_default()).map_err(too_many)
}

impl Builder {
    /// Adds resources with greater keys than those before.
    pub(super) fn push(&mut self, batch: &Batch) -> Result<(), DbErr> {
        let mut contacts: Vec<raw::Contact<'_>> =
            rows(&batch.contacts, |row: &raw::Contact<'_>| row.resource_id)?;
        contacts.sort_by_key(|contact| (contact.resource_id, contact.ordinal));
        let mut contacts = Below::new(contacts, |row| row.resource_id);
        let services = rows(&batch.services, |row: &raw::Service<'_>| row.resource_id)?;
        let mut services = Below::new(services, |row| row.resource_id);
        let departments = rows(&batch.departments, |row: &raw::Department<'_>| row.resource_id)?;
        let mut departments = Below::new(departments, |row| row.resource_id);
        let tags = rows(&batch.tags, |row: &raw::Tag<'_>| row.resource_id)?;
        let mut tags = Below::new(tags, |row| row.resource_id);
        let served = rows(&batch.served, |row: &raw::Served<'_>| row.resource_id)?;
        let mut served = Below::new(served, |row| row.resource_id);
        let schedules = rows(&batch.schedules, |row: &raw::Schedule<'_>| row.resource_id)?;
        let mut schedules = Below::new(schedules, |row| row.resource_id);
        let identifiers = rows(&batch.identifiers, |row: &raw::Identifier<'_>| row.resource_id)?;
        let mut identifiers = Below::new(identifiers, |row| row.resource_id);
        for main in rows(&batch.main, |row: &raw::Main<'_>| row.id)? {
            let row = self.segment.len();
            self.add(row, &main)?;
            while let Some(contact) = contacts.of(main.id) {
                self.add_contact(&contact)?;
            }
            self.segment.contacts.close();
            while let Some(service) = services.of(main.id) {
                self.add_service(&service)?;
            }
            self.segment.services.close();
            while let Some(department) = departments.of(main.id) {
                let (words, lists) = &mut self.departments;
                lists.all.extend(department.code.get().map(|code| words.place(code)));
            }
            self.departments.1.close();
            while let Some(tag) = tags.of(main.id) {
                let (words, lists) = &mut self.tags;
                lists.all.push(words.place(tag.tag.or_empty()));
            }
            self.tags.1.close();
            while let Some(district) = served.of(main.id) {
                self.segment.served.all.push(key(Some(district.district_id))?);
            }
            self.segment.served.close();
            while let Some(schedule) = schedules.of(main.id) {
                self.segment.schedules.all.push(Schedule { id: schedule.id, rule: schedule.rule_id });
            }
            self.segment.schedules.close();
            while let Some(code) = identifiers.of(main.id) {
                let hash = hash_of_code(code.system.or_empty(), code.value.or_empty());
                self.segment.identifiers.push((hash, row));
            }
        }
        Ok(())
    }

    fn add(&mut self, row: u32, main: &raw::Main<'_>) -> Result<(), DbErr> {
        let texts = self.push_texts(ResourceTexts::of(main))?;
        let organization = self.owner(main)?;
        let categories = self.categories.place(main.categories.or_empty());
        let prefecture: u8 = main.prefecture_code.or_empty().parse().unwrap_or_default();
        let (municipality, home) = (key(main.municipality_id)?, key(main.home_district_id)?);
        let columns = &mut self.segment.columns;
        columns.ids.push(main.id);
        columns.uuids.push(main.uuid.0);
        columns.kinds.push(main.kind.0);
        columns.states.push(main.state.0);
        columns.categories.push(categories);
        columns.prefectures.push(prefecture);
        columns.municipalities.push(municipality);
        columns.homes.push(home);
        columns.latitudes.push(main.latitude.unwrap_or(f64::NAN));
        columns.longitudes.push(main.longitude.unwrap_or(f64::NAN));
        columns.as_of.push(main.as_of.0);
        columns.verified.push(main.last_verified_on.0);
        columns.vanished.push(main.vanished_on.0);
        columns.suspended_from.push(main.suspended_from.0);
        columns.suspended_to.push(main.suspended_to.0);
        columns.rest.push(Rest {
            texts,
            organization,
            source: key(main.source_id)?,
            created_on: main.created_on.0,
            updated_on: main.updated_on.0,
            status: main.location_status.0,
            precision: main.precision.map(|precision| precision.0),
            service_area: main.service_area.0,
        });
        let any_beds = main.beds_total.max(main.beds_of_a_kind).is_some_and(|beds| beds > 0);
        self.beds.push((any_beds, main.beds_total == Some(0)));
        self.cells.push(main.cell.unwrap_or(i64::MAX));
        self.segment.visit_yen.extend(main.visit_yen.map(|yen| (row, yen)));
        self.segment.hour_yen.extend(main.hour_yen.map(|yen| (row, yen)));
        self.grams.push(main.search_names.or_empty(), main.search_others.or_empty());
        Ok(())
    }

    fn push_texts<'t>(&mut self, texts: impl Iterator<Item = Option<&'t str>>) -> Result<u32, DbErr> {
        let start = self.segment.texts.end().map_err(too_many)?;
        texts.for_each(|text| self.segment.texts.push(text));
        Ok(start)
    }

    fn owner(&mut self, main: &raw::Main<'_>) -> Result<u32, DbErr> {
        let Some(id) = main.organization_id else { return Ok(0) };
        if let Some(place) = self.owners.get(&id) {
            return Ok(*place);
        }
        let texts =
            self.push_texts([main.organization_name.get(), main.corporate_number.get()].into_iter())?;
        let uuid = Uuid::parse_str(main.organization_uuid.or_empty())
            .map_err(|cause| DbErr::Type(format!("the id of an organization cannot be read: {cause}")))?;
        self.segment.owners.push(Owner { id, uuid, texts, parent: main.organization_parent });
        let place = self.segment.owners.len() as u32;
        self.owners.insert(id, place);
        Ok(place)
    }

    fn add_contact(&mut self, contact: &raw::Contact<'_>) -> Result<(), DbErr> {
        let texts = self.push_texts(ContactTexts::of(contact))?;
        self.segment.contacts.all.push(Contact {
            texts,
            kind: contact.kind.0,
            visibility: contact.visibility.0,
            until: [contact.public_until.0, contact.partner_until.0, contact.care_until.0],
        });
        Ok(())
    }

    fn add_service(&mut self, service: &raw::Service<'_>) -> Result<(), DbErr> {
        let code = u16::try_from(self.services.place(service.service_code.or_empty())).map_err(too_many)?;
        let days = service.available_days.unwrap_or(-1);
        let is_gone = service.vanished_on.0 != NO_DAY;
        self.segment.services.all.push(Service { code, days, is_gone });
        Ok(())
    }

    /// The segment of all that was added, in the order of the map.
    pub(super) fn build(self) -> Segment {
        let cell = |row: u32| self.cells.get(row as usize).copied().unwrap_or(i64::MAX);
        let Ranking { sorted: rows, places } = Ranking::of(self.segment.len(), |row| (cell(row), row));
        let place = |row: u32| places.get(row as usize).copied().unwrap_or_default();
        let cells = rows.iter().map(|row| cell(*row)).take_while(|cell| *cell < i64::MAX).collect();
        let Self { segment: added, grams, categories, services, departments, tags, beds, .. } = self;
        let moved =
            |amounts: &HashMap<u32, i32>| amounts.iter().map(|(row, yen)| (place(*row), *yen)).collect();
        let mut segment = Segment {
            columns: added.columns.in_order(&rows),
            category_sets: categories.all,
            contacts: added.contacts.in_order(&rows),
            services: added.services.in_order(&rows),
            served: added.served.in_order(&rows),
            schedules: added.schedules.in_order(&rows),
            visit_yen: moved(&added.visit_yen),
            hour_yen: moved(&added.hour_yen),
            identifiers: added.identifiers.iter().map(|(hash, row)| (*hash, place(*row))).collect(),
            grams: grams.build(&rows),
            cells,
            texts: added.texts,
            owners: added.owners,
            ..Segment::default()
        };
        segment.index.departments = departments.0.sets(&departments.1, &rows);
        segment.index.tags = tags.0.sets(&tags.1, &rows);
        segment.service_codes = services.all;
        segment.texts.shrink();
        segment.identifiers.sort_unstable();
        segment.index_rows(&rows, &beds);
        segment.index_contacts();
        segment
    }
}
