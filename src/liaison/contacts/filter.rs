//! The filter of desks of professionals.

use crate::error::{Error, Result};
use crate::id::{NodeId, NodeType};
use crate::liaison::terms::{ContactChannel, LiaisonContactKind, LiaisonOrganizationType, LiaisonTopic};
use crate::resources::filter::{CommonFilter, Filter, given};
use crate::resources::search::TextSearch;
use crate::scalars::Date;
use crate::terms::Labelled;
use async_graphql::{ID, InputObject};
use chrono::NaiveDate;
use entity::enums;
use uuid::Uuid;

/// Which desks of professionals to list. Conditions are combined with AND, the values of one list with OR.
#[derive(Clone, Debug, Default, InputObject)]
pub struct LiaisonContactFilter {
    /// For these purposes (窓口の種類).
    pub kinds: Option<Vec<LiaisonContactKind>>,
    /// Of organizations of these kinds (機関の種類).
    pub organization_types: Option<Vec<LiaisonOrganizationType>>,
    /// Answering one of these (相談の内容).
    pub topics: Option<Vec<LiaisonTopic>>,
    /// Reached by one of these channels (望ましい連絡手段).
    pub channels: Option<Vec<ContactChannel>>,
    /// Of these facilities (施設): their ids.
    pub facilities: Option<Vec<ID>>,
    /// Of facilities usable from these districts (利用できる地区): `D01`, or `062031:D01`.
    pub service_districts: Option<Vec<String>>,
    /// Of facilities that stand in these districts (所在地の圏域).
    pub home_districts: Option<Vec<String>>,
    /// Of facilities that stand in these municipalities (市区町村): official codes.
    pub municipality_codes: Option<Vec<String>>,
    /// That hold on this day (有効な日); today without it.
    pub valid_on: Option<Date>,
}

/// A checked filter.
#[derive(Clone, Debug)]
pub struct ContactCriteria {
    /// Of these kinds.
    pub kinds: Option<Vec<enums::LiaisonContactKind>>,
    /// Of these types of organizations.
    pub organization_types: Option<Vec<enums::LiaisonOrganizationType>>,
    /// Groups of tags: a desk has a tag of each group.
    pub tags: Vec<Vec<String>>,
    /// Of these facilities.
    pub facilities: Option<Vec<Uuid>>,
    /// Of some facilities, by their areas.
    pub resource: Option<Filter>,
    /// Text that its names must match.
    pub text: Option<TextSearch>,
    /// The day on which it is valid.
    pub valid_on: NaiveDate,
}

impl LiaisonContactFilter {
    /// Checks the filter.
    ///
    /// # Errors
    /// `INVALID_INPUT` on the field that makes no sense.
    pub fn resolve(&self, text: Option<&str>, today: NaiveDate) -> Result<ContactCriteria> {
        let groups = [tags("topics", "topic", &self.topics)?, tags("channels", "channel", &self.channels)?];
        let facilities = given("facilities", &self.facilities)?;
        Ok(ContactCriteria {
            kinds: stored("kinds", &self.kinds)?,
            organization_types: stored("organizationTypes", &self.organization_types)?,
            tags: groups.into_iter().flatten().collect(),
            facilities: facilities.map(|ids| ids.iter().map(facility).collect()).transpose()?,
            resource: self.resource(today)?,
            text: text.map(TextSearch::parse).transpose()?.flatten(),
            valid_on: self.valid_on.map_or(today, |day| day.0),
        })
    }

    fn resource(&self, today: NaiveDate) -> Result<Option<Filter>> {
        let lists = [&self.service_districts, &self.home_districts, &self.municipality_codes];
        if lists.iter().all(|list| list.as_ref().is_none_or(Vec::is_empty)) {
            return Ok(None);
        }
        let filter = CommonFilter {
            service_districts: self.service_districts.clone(),
            home_districts: self.home_districts.clone(),
            municipality_codes: self.municipality_codes.clone(),
            ..CommonFilter::default()
        };
        filter.resolve(today).map(Some)
    }
}

fn stored<T: Copy + Into<S>, S>(field: &'static str, list: &Option<Vec<T>>) -> Result<Option<Vec<S>>> {
    Ok(given(field, list)?.map(|values| values.iter().map(|value| (*value).into()).collect()))
}

fn tags<T: Labelled>(field: &'static str, mark: &str, list: &Option<Vec<T>>) -> Result<Option<Vec<String>>> {
    let tag = |value: &T| format!("{mark}:{}", value.code());
    Ok(given(field, list)?.map(|values| values.iter().map(tag).collect()))
}

fn facility(id: &ID) -> Result<Uuid> {
    match NodeId::parse(id, "facilities")? {
        NodeId { node: NodeType::Resource(_), uuid } => Ok(uuid),
        _ => Err(Error::invalid("facilities", "This is the id of something else than a facility.")),
    }
}
