//! Which sheets and desks a viewer may read: those of the policy, about resources that the viewer may know of.

use super::{Desk, Sheet};
use crate::auth::policy::{self, Audience, LiaisonTies};
use crate::picture::record::Record;
use crate::picture::snapshot::Picture;
use crate::picture::view::View;
use std::collections::HashMap;
use std::sync::Arc;

/// A sheet that the viewer may read.
#[derive(Clone, Debug)]
pub struct ReadableSheet {
    /// The sheet.
    pub sheet: Arc<Sheet>,
    /// Its institution.
    pub institution: Record,
    /// Its place among all sheets and desks by name; those of one name share it.
    pub place: u32,
}

/// A desk that the viewer may read.
#[derive(Clone, Debug)]
pub struct ReadableDesk {
    /// The desk.
    pub desk: Arc<Desk>,
    /// The facility whose desk it is.
    pub facility: Option<Record>,
    /// Its place among all sheets and desks by name; those of one name share it.
    pub place: u32,
}

/// A row of a segment.
type Row = (usize, u32);

/// Sheets and desks with their resources in one picture, by name and in the order of entry.
#[derive(Debug)]
pub(in crate::picture) struct ByName {
    sheets: Vec<(u32, Arc<Sheet>, Row)>,
    desks: Vec<(u32, Arc<Desk>, Option<Row>)>,
}

impl Picture {
    fn row_of(&self, id: i64) -> Option<Row> {
        self.parts.iter().enumerate().find_map(|(at, part)| {
            part.segment.row_of(id).filter(|row| part.alive.contains(*row)).map(|row| (at, row))
        })
    }

    fn sort_key(&self, (part, row): Row) -> &str {
        self.parts.get(part).map_or("", |part| part.segment.sort_key(row))
    }

    /// A thing about a resource that is not in the picture is in none of its lists.
    fn by_name(&self) -> &ByName {
        self.by_name.get_or_init(|| {
            let found = |sheet: &Arc<Sheet>| Some((Arc::clone(sheet), self.row_of(sheet.institution)?));
            let sheets: Vec<_> = self.liaison.sheets.values().filter_map(found).collect();
            let found = |desk: &Arc<Desk>| match desk.facility {
                None => Some((Arc::clone(desk), None)),
                Some(id) => Some((Arc::clone(desk), Some(self.row_of(id)?))),
            };
            let desks: Vec<_> = self.liaison.desks.values().filter_map(found).collect();
            let keys = sheets.iter().map(|(_, row)| self.sort_key(*row));
            let mut keys: Vec<&str> = keys.chain(desks.iter().map(|(desk, _)| &*desk.sort_key)).collect();
            keys.sort_unstable();
            keys.dedup();
            let places: HashMap<&str, u32> = keys.into_iter().zip(0..).collect();
            let place = |key: &str| places.get(key).copied().unwrap_or_default();
            let mut by_name = ByName {
                sheets: sheets.iter().map(|(s, row)| (place(self.sort_key(*row)), s.clone(), *row)).collect(),
                desks: desks.iter().map(|(d, row)| (place(&d.sort_key), d.clone(), *row)).collect(),
            };
            by_name.sheets.sort_unstable_by_key(|(place, sheet, _)| (*place, sheet.id));
            by_name.desks.sort_unstable_by_key(|(place, desk, _)| (*place, desk.id));
            by_name
        })
    }
}

impl View {
    /// The sheets that hold now and that the viewer may read, by the name of the institution.
    pub fn sheets(self: &Arc<Self>) -> Vec<ReadableSheet> {
        let permissions = self.permissions();
        let scope = policy::sheets(permissions);
        if !scope.exists() {
            return Vec::new();
        }
        let is_readable = |sheet: &Sheet, row: Row| {
            scope.reaches(LiaisonTies {
                listed: sheet.is_agreed && policy::is_on(permissions, &sheet.distribution),
                owner: scope.owner && self.owns(row),
            })
        };
        let all = self.picture().by_name().sheets.iter();
        all.filter(|(_, sheet, row)| self.knows_of(*row) && is_readable(sheet, *row))
            .map(|(place, sheet, (part, row))| {
                let institution = Record::new(Arc::clone(self), *part, *row);
                ReadableSheet { sheet: Arc::clone(sheet), institution, place: *place }
            })
            .collect()
    }

    /// The desks of professionals that the viewer may read, by the name of the organization.
    pub fn professional_desks(self: &Arc<Self>) -> Vec<ReadableDesk> {
        let permissions = self.permissions();
        let is_readable = |desk: &Desk, row: Option<Row>| {
            let scope = policy::heard_by(permissions, Audience::from(desk.audience));
            let is_own = desk.organization.is_some() && desk.organization == permissions.organization;
            scope.reaches(LiaisonTies {
                listed: scope.listed && policy::is_on(permissions, &desk.distribution),
                owner: scope.owner && (is_own || row.is_some_and(|row| self.owns(row))),
            })
        };
        let all = self.picture().by_name().desks.iter();
        all.filter(|(_, desk, row)| row.is_none_or(|row| self.knows_of(row)) && is_readable(desk, *row))
            .map(|(place, desk, row)| {
                let facility = row.map(|(part, row)| Record::new(Arc::clone(self), part, row));
                ReadableDesk { desk: Arc::clone(desk), facility, place: *place }
            })
            .collect()
    }
}
