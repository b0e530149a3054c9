//! Desks by the district or municipality for which they answer, within the viewer's scope.

use super::ConsultationDesk;
use super::tags::TOPIC;
use super::terms::DeskTopic;
use crate::context::{Batch, BatchError, grouped};
use crate::picture::{Criterion, Record, View, Wanted};
use crate::resources::Listed;
use crate::resources::contacts::ContactPoint;
use crate::resources::kinds::ContactKind;
use crate::resources::row::Row;
use async_graphql::dataloader::Loader;
use entity::enums::{PublicationState, ResourceKind};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use uuid::Uuid;

/// The support centre that answers for a district.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SupportCenterOf(pub i64);

/// The desks that answer for a district, support centres first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DesksOf(pub i64);

/// The contact that stands in for a resource without a visible phone number: of the support centre of the
/// district it stands in, else of a district it can be used from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct IntermediaryOf(pub i64);

/// A desk by public id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DeskKey(pub Uuid);

/// The area for which desks answer.
pub enum Answering {
    /// One of these districts, by internal key.
    Districts(Vec<i64>),
    /// One of these municipalities, or the desk stands in it, by internal key.
    Municipalities(Vec<i64>),
}

/// Whether a desk can be offered: it has not ended.
fn is_current(desk: &Record) -> bool {
    desk.kind() == ResourceKind::ConsultationDesk
        && matches!(desk.state(), PublicationState::Published | PublicationState::Suspended)
}

/// The desks that can be offered and meet some criteria, in order of precedence.
fn current(view: &Arc<View>, criteria: Vec<Criterion>) -> Vec<ConsultationDesk> {
    let offered = [
        Criterion::Kinds(vec![ResourceKind::ConsultationDesk]),
        Criterion::States(vec![PublicationState::Published, PublicationState::Suspended]),
    ];
    let criteria: Vec<Criterion> = offered.into_iter().chain(criteria).collect();
    let found = view.records(&view.matching(&Wanted::all(&criteria)));
    let mut rows: Vec<Row> = found.into_iter().map(Row::from).collect();
    rows.sort_by_key(precedence);
    rows.into_iter().filter_map(ConsultationDesk::from_row).collect()
}

/// The precedence of a desk: published before suspended, listed before missing, then in the order of entry.
fn precedence(row: &Row) -> (bool, bool, i64) {
    (row.state != PublicationState::Published, row.vanished_on.is_some(), row.id)
}

fn about(topic: DeskTopic) -> Criterion {
    Criterion::Tagged(vec![TOPIC.tag(topic)])
}

/// The desks about a topic that answer for an area, in order of precedence.
pub fn answering(view: &Arc<View>, area: &Answering, topic: DeskTopic, most: usize) -> Vec<ConsultationDesk> {
    let here = match area {
        Answering::Districts(districts) => Criterion::Serves(districts.clone()),
        Answering::Municipalities(municipalities) => {
            let areas = view.areas();
            let of_these = areas.districts().filter(|own| municipalities.contains(&own.municipality_id));
            let serves = Criterion::Serves(of_these.map(|district| district.id).collect());
            Criterion::Any(vec![serves, Criterion::MunicipalityKeys(municipalities.clone())])
        }
    };
    let mut desks = current(view, vec![here, about(topic)]);
    desks.truncate(most);
    desks
}

/// Desks by the districts they answer for, in order of precedence.
fn by_district(
    view: &Arc<View>,
    districts: &HashSet<i64>,
    topic: Option<DeskTopic>,
) -> Vec<(i64, ConsultationDesk)> {
    let here = Criterion::Serves(districts.iter().copied().collect());
    let desks = current(view, std::iter::once(here).chain(topic.map(about)).collect());
    let served = |desk: ConsultationDesk| {
        let here: Vec<i64> = desk.0.record.served_districts().filter(|id| districts.contains(id)).collect();
        here.into_iter().map(move |district| (district, desk.clone()))
    };
    desks.into_iter().flat_map(served).collect()
}

impl Loader<SupportCenterOf> for Batch {
    type Value = ConsultationDesk;
    type Error = BatchError;

    async fn load(
        &self,
        keys: &[SupportCenterOf],
    ) -> Result<HashMap<SupportCenterOf, ConsultationDesk>, BatchError> {
        let districts = keys.iter().map(|key| key.0).collect();
        let mut first = HashMap::new();
        for (district, desk) in by_district(&self.view().await?, &districts, Some(DeskTopic::SupportCenter)) {
            first.entry(SupportCenterOf(district)).or_insert(desk);
        }
        Ok(first)
    }
}

impl Loader<DesksOf> for Batch {
    type Value = Arc<Vec<ConsultationDesk>>;
    type Error = BatchError;

    async fn load(&self, keys: &[DesksOf]) -> Result<HashMap<DesksOf, Self::Value>, BatchError> {
        let districts = keys.iter().map(|key| key.0).collect();
        let mut found = by_district(&self.view().await?, &districts, None);
        let center = TOPIC.tag(DeskTopic::SupportCenter);
        let is_center = |desk: &ConsultationDesk| desk.0.categories.split(',').any(|one| one == center);
        found.sort_by_key(|(_, desk)| !is_center(desk));
        Ok(grouped(found.into_iter().map(|(district, desk)| (DesksOf(district), desk))))
    }
}

/// The districts of a resource, that in which it stands first, the others by code.
fn districts_of(view: &View, resource: &Record) -> Vec<i64> {
    let mut served: Vec<i64> = resource.served_districts().collect();
    served.sort_by_key(|id| view.areas().district(*id).map(|district| district.code.clone()));
    resource.home_district_id().into_iter().chain(served).collect()
}

/// The contact of a desk that may stand in for another resource: never that of a person, nor one for care
/// professionals, even if the viewer may read those at the desk itself.
fn passing_on(desk: &ConsultationDesk) -> Option<ContactPoint> {
    let open = |contact: &ContactPoint| {
        contact.tel.is_some() && contact.professional.is_none() && contact.kind != ContactKind::LeaderPersonal
    };
    let line = desk.0.contacts().into_iter().find(open)?;
    let label = Some(desk.0.name.clone());
    Some(ContactPoint {
        kind: ContactKind::Intermediary,
        label,
        service_code: None,
        confidential: None,
        ..line
    })
}

impl Loader<IntermediaryOf> for Batch {
    type Value = ContactPoint;
    type Error = BatchError;

    async fn load(
        &self,
        keys: &[IntermediaryOf],
    ) -> Result<HashMap<IntermediaryOf, ContactPoint>, BatchError> {
        let view = self.view().await?;
        let resources = view.find(keys.iter().map(|key| key.0));
        let found = resources
            .iter()
            .filter_map(|resource| Some((IntermediaryOf(resource.id()), intermediary(&view, resource)?)));
        Ok(found.collect())
    }
}

/// The contact that stands in for a resource: see [`IntermediaryOf`].
pub fn intermediary(view: &Arc<View>, resource: &Record) -> Option<ContactPoint> {
    let districts = districts_of(view, resource);
    let all: HashSet<i64> = districts.iter().copied().collect();
    let mut lines: HashMap<i64, ContactPoint> = HashMap::new();
    for (district, desk) in by_district(view, &all, Some(DeskTopic::SupportCenter)) {
        if let Some(line) = passing_on(&desk) {
            lines.entry(district).or_insert(line);
        }
    }
    districts.iter().find_map(|district| lines.remove(district))
}

impl Loader<DeskKey> for Batch {
    type Value = ConsultationDesk;
    type Error = BatchError;

    async fn load(&self, keys: &[DeskKey]) -> Result<HashMap<DeskKey, ConsultationDesk>, BatchError> {
        let view = self.view().await?;
        let desk = |key: &DeskKey| {
            let record = view.find_by_uuid(key.0).filter(is_current)?;
            Some((*key, ConsultationDesk::from_row(Row::from(record))?))
        };
        Ok(keys.iter().filter_map(desk).collect())
    }
}
