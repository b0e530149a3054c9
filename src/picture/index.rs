//! Makes the sets of a segment, when its columns and lists are complete.

use super::raw::NO_DAY;
use super::segment::{Index, Ranking, Rows, Segment, Sets, hash_of};
use super::texts::ContactTexts;
use entity::enums::{LocationStatus, PublicationState};
use std::hash::Hash;

impl Segment {
    /// Makes the sets, each of which takes its rows in order.
    pub(super) fn index_rows(&mut self, rows: &[u32], beds: &[(bool, bool)]) {
        let Self { columns, index, .. } = self;
        for (row, added) in (0_u32..).zip(rows) {
            let at = row as usize;
            let (Some(state), Some(kind), Some(rest)) =
                (columns.states.get(at), columns.kinds.get(at), columns.rest.get(at))
            else {
                continue;
            };
            index.all.insert(row);
            put(&mut index.states, *state, row);
            put(&mut index.kinds, *kind, row);
            put(&mut index.areas, rest.service_area, row);
            columns.prefectures.get(at).into_iter().for_each(|key| put(&mut index.prefectures, *key, row));
            columns
                .municipalities
                .get(at)
                .into_iter()
                .for_each(|key| put(&mut index.municipalities, *key, row));
            columns.homes.get(at).into_iter().for_each(|key| put(&mut index.homes, *key, row));
            self.served.of(row).iter().for_each(|key| put(&mut index.served, *key, row));
            self.schedules.of(row).iter().for_each(|schedule| put(&mut index.rules, schedule.rule, row));
            for service in self.services.of(row) {
                if let Some(code) = self.service_codes.get(usize::from(service.code)) {
                    put_text(&mut index.services, code, row);
                }
            }
            let has = |column: &[i32]| column.get(at).is_some_and(|day| *day != NO_DAY);
            let is_suspended = *state == PublicationState::Suspended || has(&columns.suspended_from);
            let (with, without) = beds.get(*added as usize).copied().unwrap_or_default();
            for (has, rows) in [
                (rest.status == LocationStatus::Located, &mut index.located),
                (at < self.cells.len(), &mut index.with_cell),
                (is_suspended, &mut index.suspended),
                (has(&columns.vanished), &mut index.vanished),
                (with, &mut index.with_beds),
                (without, &mut index.without_beds),
            ] {
                if has {
                    rows.insert(row);
                }
            }
        }
        self.by_uuid = (0..).zip(&columns.uuids).map(|(row, uuid)| (hash_of(*uuid), row)).collect();
        self.by_uuid.sort_unstable();
        index.shrink();
        let id = |row: u32| columns.ids.get(row as usize).copied();
        self.by_entry = Ranking::of(rows.len() as u32, id);
    }

    /// Makes the list of phone and fax numbers.
    pub(super) fn index_contacts(&mut self) {
        let international = [ContactTexts::NUMBERS.phone_e164, ContactTexts::NUMBERS.fax_e164];
        for (place, contact) in (0..).zip(&self.contacts.all) {
            let texts = self.texts.from(contact.texts);
            for number in international.into_iter().filter_map(|at| texts.nth(at)) {
                let digits = number.strip_prefix('+').and_then(|digits| digits.parse().ok());
                self.numbers.extend(digits.map(|digits| (digits, place)));
            }
        }
        self.numbers.shrink_to_fit();
    }
}

impl Index {
    /// Makes sets of neighbours short.
    fn shrink(&mut self) {
        fn short<K>(sets: &mut Sets<K>) {
            sets.values_mut().for_each(|rows| _ = rows.optimize());
        }
        short(&mut self.states);
        short(&mut self.kinds);
        short(&mut self.areas);
        short(&mut self.prefectures);
        short(&mut self.municipalities);
        short(&mut self.homes);
        short(&mut self.served);
        short(&mut self.services);
        short(&mut self.departments);
        for rows in [&mut self.all, &mut self.located, &mut self.with_cell] {
            rows.optimize();
        }
    }
}

fn put_text(sets: &mut Sets<String>, key: &str, row: u32) {
    match sets.get_mut(key) {
        Some(rows) => _ = rows.insert(row),
        None => _ = sets.insert(key.to_owned(), Rows::from_iter([row])),
    }
}

/// Adds a row to the set of a key.
pub(super) fn put<K: Eq + Hash>(sets: &mut Sets<K>, key: K, row: u32) {
    sets.entry(key).or_default().insert(row);
}
