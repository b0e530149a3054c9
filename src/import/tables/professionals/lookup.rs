//! Looks up the facilities and organizations that rows refer to: facilities by number or name, organizations
//! by code.

use crate::auth::row_scope::Unscoped;
use crate::import::complaint::{Flaw, Words};
use crate::import::tables::professionals::cells::FacilityNumber;
use entity::enums::{PublicationState, ResourceKind};
use entity::{care_service, identifier, organization, resource};
use japan::text::{fold, is_part_of_the_other};
use sea_orm::{ColumnTrait, DbErr, JoinType, QueryFilter, QuerySelect, RelationTrait};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Values per statement.
const AT_ONCE: usize = 500;

/// A facility that rows may refer to.
#[derive(Clone, Debug)]
pub struct Facility {
    /// Internal key.
    pub id: i64,
    /// Public id.
    pub uuid: Uuid,
    /// Its name.
    pub name: String,
    /// The names of its services.
    pub services: Vec<String>,
}

impl Facility {
    fn of(row: resource::Model) -> Self {
        Self { id: row.id, uuid: row.uuid, name: row.name, services: Vec::new() }
    }

    /// Whether a written name fits the facility or one of its services; a
    /// corporation may stand before the name.
    fn is_called(&self, written: &str) -> bool {
        let mut names = std::iter::once(&self.name).chain(&self.services);
        names.any(|name| is_part_of_the_other(name, written))
    }
}

/// The facilities and organizations that rows refer to.
pub struct Named {
    facilities: HashMap<(String, String), Vec<Facility>>,
    by_name: HashMap<String, Vec<Facility>>,
    organizations: HashMap<String, i64>,
}

impl Named {
    /// Looks up numbers of facilities, and all organizations with a code.
    pub async fn load<'n>(
        db: &impl Unscoped,
        numbers: impl Iterator<Item = &'n FacilityNumber>,
    ) -> Result<Self, DbErr> {
        let values: HashSet<&str> = numbers.map(|number| number.value.as_str()).collect();
        let values: Vec<&str> = values.into_iter().collect();
        let mut facilities: HashMap<(String, String), Vec<Facility>> = HashMap::new();
        for chunk in values.chunks(AT_ONCE) {
            let found = db
                .every::<identifier::Entity>()
                .join(JoinType::InnerJoin, identifier::Relation::Resource.def())
                .select_also(resource::Entity)
                .filter(identifier::Column::Value.is_in(chunk.iter().copied()))
                .filter(resource::Column::State.ne(PublicationState::Withdrawn))
                .all(db)
                .await?;
            for (code, facility) in found {
                let Some(row) = facility else { continue };
                facilities.entry((code.system, code.value)).or_default().push(Facility::of(row));
            }
        }
        name_services(db, facilities.values_mut().flatten()).await?;
        let codes = db.every::<organization::Entity>().filter(organization::Column::Code.is_not_null());
        let codes = codes.all(db).await?.into_iter().filter_map(|row| Some((row.code?, row.id)));
        Ok(Self { facilities, by_name: HashMap::new(), organizations: codes.collect() })
    }

    /// Also looks up facilities by name.
    pub async fn with_names<'n>(
        mut self,
        db: &impl Unscoped,
        names: impl Iterator<Item = &'n str>,
    ) -> Result<Self, DbErr> {
        let names: HashSet<&str> = names.collect();
        let names: Vec<&str> = names.into_iter().collect();
        for chunk in names.chunks(AT_ONCE) {
            let found = db
                .every::<resource::Entity>()
                .filter(resource::Column::Name.is_in(chunk.iter().copied()))
                .filter(
                    resource::Column::Kind.is_in([ResourceKind::CareFacility, ResourceKind::MedicalFacility]),
                )
                .filter(resource::Column::State.ne(PublicationState::Withdrawn));
            for row in found.all(db).await? {
                let facility = Facility::of(row);
                self.by_name.entry(facility.name.clone()).or_default().push(facility);
            }
        }
        Ok(self)
    }

    /// The facility with a name.
    ///
    /// # Errors
    /// When there is none, or more than one.
    pub fn facility_named(&self, name: &str) -> Result<&Facility, Flaw> {
        match self.by_name.get(name).map(Vec::as_slice) {
            Some([only]) => Ok(only),
            None | Some([]) => Err(Flaw::NoFacilityNamed { name: name.to_owned() }),
            Some(_) => Err(Flaw::SeveralFacilitiesNamed { name: name.to_owned() }),
        }
    }

    /// The facility with a number. Where one number belongs to several facilities, the name decides.
    ///
    /// # Errors
    /// When there is none, its name does not fit, or the name does not decide between several.
    pub fn facility(&self, number: &FacilityNumber, name: &str) -> Result<&Facility, Flaw> {
        let key = (number.system.to_owned(), number.value.clone());
        match self.facilities.get(&key).map(Vec::as_slice) {
            None | Some([]) => Err(Flaw::UnknownFacility { number: number.value.clone() }),
            Some([only]) if only.is_called(name) => Ok(only),
            Some([only]) => Err(Flaw::OtherFacility {
                number: number.value.clone(),
                name: only.name.clone(),
                written: name.to_owned(),
            }),
            Some(several) => {
                let mut named = several.iter().filter(|facility| fold(&facility.name) == fold(name));
                match (named.next(), named.next()) {
                    (Some(only), None) => Ok(only),
                    _ => Err(Flaw::SeveralFacilities {
                        number: number.value.clone(),
                        count: several.len(),
                        names: Words::of(several.iter().map(|facility| facility.name.as_str())),
                    }),
                }
            }
        }
    }

    /// The organization with a code.
    ///
    /// # Errors
    /// When there is none.
    pub fn organization(&self, code: &str) -> Result<i64, Flaw> {
        let unknown = || Flaw::UnknownOrganization { code: code.to_owned() };
        self.organizations.get(code).copied().ok_or_else(unknown)
    }
}

/// Ids of facilities with the codes of the services that they offer now.
pub async fn services(db: &impl Unscoped, facilities: &[i64]) -> Result<HashSet<(i64, String)>, DbErr> {
    let mut found = HashSet::new();
    for chunk in facilities.chunks(AT_ONCE) {
        let rows = db
            .every::<care_service::Entity>()
            .filter(care_service::Column::ResourceId.is_in(chunk.iter().copied()))
            .filter(care_service::Column::VanishedOn.is_null());
        found.extend(rows.all(db).await?.into_iter().map(|row| (row.resource_id, row.service_code)));
    }
    Ok(found)
}

async fn name_services(
    db: &impl Unscoped,
    facilities: impl Iterator<Item = &mut Facility>,
) -> Result<(), DbErr> {
    let mut facilities: HashMap<i64, &mut Facility> = facilities.map(|one| (one.id, one)).collect();
    let ids: Vec<i64> = facilities.keys().copied().collect();
    for chunk in ids.chunks(AT_ONCE) {
        let found = db
            .every::<care_service::Entity>()
            .filter(care_service::Column::ResourceId.is_in(chunk.iter().copied()))
            .all(db)
            .await?;
        for service in found {
            if let Some(facility) = facilities.get_mut(&service.resource_id) {
                facility.services.push(service.name);
            }
        }
    }
    Ok(())
}
