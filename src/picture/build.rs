//! Builds a segment from rows of the database.

use super::grams;
use super::raw::{self, NO_DAY, Text, rows};
use super::segment::{Contact, Owner, Rest, Rows, Schedule, Segment, Service, Sets, hash_of, hash_of_code};
use entity::enums::{LocationStatus, PublicationState};
use sea_orm::DbErr;
use std::collections::HashMap;
use std::hash::Hash;
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

/// Collects rows.
#[derive(Debug, Default)]
pub(super) struct Builder {
    segment: Segment,
    grams: grams::Builder,
    category_sets: HashMap<String, u32>,
    owners: HashMap<i64, u32>,
    service_codes: HashMap<String, u16>,
    cells: Vec<(i64, u32)>,
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

fn put<K: Eq + Hash>(sets: &mut Sets<K>, key: K, row: u32) {
    // Rows come in order, each key at most a few times in one.
    sets.entry(key).or_default().insert(row);
}

fn put_text(sets: &mut Sets<String>, key: &str, row: u32) {
    match sets.get_mut(key) {
        Some(rows) => _ = rows.insert(row),
        None => _ = sets.insert(key.to_owned(), Rows::from_iter([row])),
    }
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
                self.add_service(row, &service)?;
            }
            self.segment.services.close();
            while let Some(department) = departments.of(main.id) {
                department
                    .code
                    .get()
                    .into_iter()
                    .for_each(|code| put_text(&mut self.segment.index.departments, code, row));
            }
            while let Some(tag) = tags.of(main.id) {
                put_text(&mut self.segment.index.tags, tag.tag.or_empty(), row);
            }
            while let Some(district) = served.of(main.id) {
                let district = key(Some(district.district_id))?;
                self.segment.served.all.push(district);
                put(&mut self.segment.index.served, district, row);
            }
            self.segment.served.close();
            while let Some(schedule) = schedules.of(main.id) {
                self.segment.schedules.all.push(Schedule { id: schedule.id, rule: schedule.rule_id });
                put(&mut self.segment.index.rules, schedule.rule_id, row);
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
        let texts = self.push_texts(&[
            &main.name,
            &main.name_kana,
            &main.alias,
            &main.description,
            &main.url,
            &main.postal_code,
            &main.address,
            &main.building,
            &main.note,
            &main.suspension_reason,
            &main.sort_key,
        ])?;
        let organization = self.owner(main)?;
        let categories = self.category_set(main.categories.or_empty());
        let prefecture: u8 = main.prefecture_code.or_empty().parse().unwrap_or_default();
        let (municipality, home) = (key(main.municipality_id)?, key(main.home_district_id)?);
        let Segment { columns, index, .. } = &mut self.segment;
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
        index.all.insert(row);
        put(&mut index.states, main.state.0, row);
        put(&mut index.kinds, main.kind.0, row);
        put(&mut index.prefectures, prefecture, row);
        put(&mut index.municipalities, municipality, row);
        put(&mut index.homes, home, row);
        put(&mut index.areas, main.service_area.0, row);
        let is_suspended = main.state.0 == PublicationState::Suspended || main.suspended_from.0 != NO_DAY;
        let any_beds = main.beds_total.max(main.beds_of_a_kind).is_some_and(|beds| beds > 0);
        for (has, rows) in [
            (main.location_status.0 == LocationStatus::Located, &mut index.located),
            (main.cell.is_some(), &mut index.with_cell),
            (is_suspended, &mut index.suspended),
            (main.vanished_on.0 != NO_DAY, &mut index.vanished),
            (any_beds, &mut index.with_beds),
            (main.beds_total == Some(0), &mut index.without_beds),
        ] {
            if has {
                rows.insert(row);
            }
        }
        self.cells.extend(main.cell.map(|cell| (cell, row)));
        self.segment.visit_yen.extend(main.visit_yen.map(|yen| (row, yen)));
        self.segment.hour_yen.extend(main.hour_yen.map(|yen| (row, yen)));
        self.segment.by_uuid.push((hash_of(main.uuid.0), row));
        self.grams.push(main.search_names.or_empty(), main.search_others.or_empty());
        Ok(())
    }

    fn push_texts(&mut self, texts: &[&Text<'_>]) -> Result<u32, DbErr> {
        let start = self.segment.texts.end().map_err(too_many)?;
        texts.iter().for_each(|text| self.segment.texts.push(text.get()));
        Ok(start)
    }

    fn owner(&mut self, main: &raw::Main<'_>) -> Result<u32, DbErr> {
        let Some(id) = main.organization_id else { return Ok(0) };
        if let Some(place) = self.owners.get(&id) {
            return Ok(*place);
        }
        let texts = self.push_texts(&[&main.organization_name, &main.corporate_number])?;
        let uuid = Uuid::parse_str(main.organization_uuid.or_empty())
            .map_err(|cause| DbErr::Type(format!("the id of an organization cannot be read: {cause}")))?;
        self.segment.owners.push(Owner { id, uuid, texts, parent: main.organization_parent });
        let place = self.segment.owners.len() as u32;
        self.owners.insert(id, place);
        Ok(place)
    }

    fn category_set(&mut self, set: &str) -> u32 {
        if let Some(place) = self.category_sets.get(set) {
            return *place;
        }
        let place = self.segment.category_sets.len() as u32;
        self.segment.category_sets.push(set.to_owned());
        self.category_sets.insert(set.to_owned(), place);
        place
    }

    fn add_contact(&mut self, contact: &raw::Contact<'_>) -> Result<(), DbErr> {
        let texts = self.push_texts(&[
            &contact.service_code,
            &contact.label,
            &contact.phone,
            &contact.phone_e164,
            &contact.fax,
            &contact.fax_e164,
            &contact.email,
            &contact.person_name,
        ])?;
        let place = self.segment.contacts.all.len() as u32;
        for number in [&contact.phone_e164, &contact.fax_e164].into_iter().filter_map(|number| number.get()) {
            let digits = number.strip_prefix('+').and_then(|digits| digits.parse().ok());
            self.segment.numbers.extend(digits.map(|digits| (digits, place)));
        }
        self.segment.contacts.all.push(Contact {
            texts,
            kind: contact.kind.0,
            visibility: contact.visibility.0,
            until: [contact.public_until.0, contact.partner_until.0, contact.care_until.0],
        });
        Ok(())
    }

    fn add_service(&mut self, row: u32, service: &raw::Service<'_>) -> Result<(), DbErr> {
        let code = service.service_code.or_empty();
        put_text(&mut self.segment.index.services, code, row);
        let place = match self.service_codes.get(code) {
            Some(place) => *place,
            None => {
                let place = u16::try_from(self.segment.service_codes.len()).map_err(too_many)?;
                self.segment.service_codes.push(code.to_owned());
                self.service_codes.insert(code.to_owned(), place);
                place
            }
        };
        let days = service.available_days.unwrap_or(-1);
        let is_gone = service.vanished_on.0 != NO_DAY;
        self.segment.services.all.push(Service { code: place, days, is_gone });
        Ok(())
    }

    /// The segment of all that was added.
    pub(super) fn build(self) -> Segment {
        let Self { mut segment, grams, mut cells, .. } = self;
        segment.grams = grams.build();
        cells.sort_unstable();
        segment.cells = cells.iter().map(|(cell, _)| *cell).collect();
        segment.cell_rows = cells.into_iter().map(|(_, row)| row).collect();
        segment.identifiers.sort_unstable();
        segment.by_uuid.sort_unstable();
        segment.shrink();
        segment
    }
}

impl Segment {
    /// Gives back what was reserved and is not used; makes sets of neighbours short.
    fn shrink(&mut self) {
        let Self { columns, index, .. } = self;
        columns.shrink();
        let each = index
            .states
            .values_mut()
            .chain(index.kinds.values_mut())
            .chain(index.prefectures.values_mut())
            .chain(index.municipalities.values_mut())
            .chain(index.homes.values_mut())
            .chain(index.areas.values_mut())
            .chain([&mut index.all, &mut index.located, &mut index.with_cell]);
        each.for_each(|rows| _ = rows.optimize());
        self.texts.shrink();
        self.contacts.shrink();
        self.services.shrink();
        self.served.shrink();
        self.schedules.shrink();
        self.numbers.shrink_to_fit();
        self.identifiers.shrink_to_fit();
        self.by_uuid.shrink_to_fit();
    }
}
