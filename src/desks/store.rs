//! Desks by the district or municipality for which they answer, within the viewer's scope.

use super::ConsultationDesk;
use super::tags::TOPIC;
use super::terms::DeskTopic;
use crate::auth::Viewer;
use crate::auth::row_scope::{below, visible_to};
use crate::context::{Batch, BatchError, grouped};
use crate::database::packed;
use crate::error::Result;
use crate::local::store::tagged;
use crate::resources::Listed;
use crate::resources::contacts::ContactPoint;
use crate::resources::kinds::ContactKind;
use crate::resources::row::{Columns, Row};
use async_graphql::dataloader::Loader;
use entity::enums::{PublicationState, ResourceKind};
use entity::resource::{self, Column};
use entity::{district, municipality, resource_district};
use sea_orm::sea_query::{Query, SelectStatement, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, DatabaseConnection, DbErr, JoinType, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, RelationTrait, Select,
};
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
    /// One of these districts.
    Districts(SelectStatement),
    /// One of these municipalities, or the desk stands in it.
    Municipalities(SelectStatement),
}

/// Desks that can be offered: visible and not ended.
fn current(viewer: &Viewer) -> Select<resource::Entity> {
    visible_to::<resource::Entity>(viewer)
        .filter(Column::Kind.eq(ResourceKind::ConsultationDesk))
        .filter(Column::State.is_in([PublicationState::Published, PublicationState::Suspended]))
}

/// Desks with a topic.
fn about(topic: DeskTopic) -> SelectStatement {
    tagged(vec![TOPIC.tag(topic)])
}

/// The desks about a topic that answer for an area, in order of precedence.
pub async fn answering(
    db: &DatabaseConnection,
    viewer: &Viewer,
    area: &Answering,
    topic: DeskTopic,
    most: usize,
) -> Result<Vec<ConsultationDesk>> {
    let answers_for = |districts: SelectStatement| {
        let served = Query::select()
            .column(resource_district::Column::ResourceId)
            .from(resource_district::Entity)
            .and_where(resource_district::Column::DistrictId.in_subquery(districts))
            .to_owned();
        Column::Id.in_subquery(served)
    };
    let here = match area {
        Answering::Districts(districts) => Condition::any().add(answers_for(districts.clone())),
        Answering::Municipalities(municipalities) => {
            let of_these = Query::select()
                .column(district::Column::Id)
                .from(district::Entity)
                .and_where(district::Column::MunicipalityId.in_subquery(municipalities.clone()))
                .to_owned();
            let stands = Column::MunicipalityId.in_subquery(municipalities.clone());
            Condition::any().add(answers_for(of_these)).add(stands)
        }
    };
    let found = current(viewer).filter(here).filter(Column::Id.in_subquery(about(topic)));
    let mut rows = read(db, viewer, found).await?;
    rows.sort_by_key(precedence);
    rows.truncate(most);
    Ok(rows.into_iter().filter_map(ConsultationDesk::from_row).collect())
}

/// The precedence of a desk: published before suspended, listed before missing, then in the order of entry.
fn precedence(row: &Row) -> (bool, bool, i64) {
    (row.state != Some(PublicationState::Published), row.vanished_on.is_some(), row.id)
}

async fn read(
    db: &DatabaseConnection,
    viewer: &Viewer,
    select: Select<resource::Entity>,
) -> std::result::Result<Vec<Row>, DbErr> {
    let mut select = select.into_query();
    select.clear_selects();
    let expressions = Columns::ALL.expressions(viewer, db.get_database_backend());
    let found = packed::rows(db, select, expressions).await?;
    found.into_iter().map(|mut cells| Row::read(&mut cells, Columns::ALL)).collect()
}

/// Desks by the districts they answer for, in order of precedence: two statements, however many districts.
async fn by_district(
    batch: &Batch,
    districts: Vec<i64>,
    topic: Option<DeskTopic>,
) -> std::result::Result<Vec<(i64, ConsultationDesk)>, DbErr> {
    let db = batch.db();
    let mut select = current(&batch.viewer);
    if let Some(topic) = topic {
        select = select.filter(Column::Id.in_subquery(about(topic)));
    }
    let served = resource_district::Relation::Resource.def().rev();
    let pairs: Vec<(i64, i64)> = select
        .join(JoinType::InnerJoin, served)
        .filter(resource_district::Column::DistrictId.is_in(districts))
        .select_only()
        .column(resource_district::Column::DistrictId)
        .column(Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    if pairs.is_empty() {
        return Ok(Vec::new());
    }
    let ids: HashSet<i64> = pairs.iter().map(|(_, desk)| *desk).collect();
    let mut rows = read(db, &batch.viewer, current(&batch.viewer).filter(Column::Id.is_in(ids))).await?;
    rows.sort_by_key(precedence);
    let served = rows.into_iter().flat_map(|row| {
        let here = pairs.iter().filter(|(_, desk)| *desk == row.id).map(|(district, _)| *district);
        here.map(|district| (district, row.clone())).collect::<Vec<_>>()
    });
    Ok(served.filter_map(|(district, row)| Some((district, ConsultationDesk::from_row(row)?))).collect())
}

impl Loader<SupportCenterOf> for Batch {
    type Value = ConsultationDesk;
    type Error = BatchError;

    async fn load(
        &self,
        keys: &[SupportCenterOf],
    ) -> std::result::Result<HashMap<SupportCenterOf, ConsultationDesk>, BatchError> {
        let districts = keys.iter().map(|key| key.0).collect();
        let found = by_district(self, districts, Some(DeskTopic::SupportCenter)).await.map_err(Arc::new)?;
        let mut first = HashMap::new();
        for (district, desk) in found {
            first.entry(SupportCenterOf(district)).or_insert(desk);
        }
        Ok(first)
    }
}

impl Loader<DesksOf> for Batch {
    type Value = Arc<Vec<ConsultationDesk>>;
    type Error = BatchError;

    async fn load(&self, keys: &[DesksOf]) -> std::result::Result<HashMap<DesksOf, Self::Value>, BatchError> {
        let districts = keys.iter().map(|key| key.0).collect();
        let mut found = by_district(self, districts, None).await.map_err(Arc::new)?;
        let center = TOPIC.tag(DeskTopic::SupportCenter);
        let is_center = |desk: &ConsultationDesk| {
            desk.0.categories.as_deref().is_some_and(|all| all.split(',').any(|one| one == center))
        };
        found.sort_by_key(|(_, desk)| !is_center(desk));
        Ok(grouped(found.into_iter().map(|(district, desk)| (DesksOf(district), desk))))
    }
}

/// The districts of some resources, each with that in which it stands first.
async fn districts_of(batch: &Batch, ids: &[i64]) -> std::result::Result<HashMap<i64, Vec<i64>>, DbErr> {
    let standing: Vec<(i64, Option<i64>)> = visible_to::<resource::Entity>(&batch.viewer)
        .filter(Column::Id.is_in(ids.iter().copied()))
        .select_only()
        .columns([Column::Id, Column::HomeDistrictId])
        .into_tuple()
        .all(batch.db())
        .await?;
    let mut districts: HashMap<i64, Vec<i64>> =
        standing.into_iter().map(|(id, home)| (id, home.into_iter().collect())).collect();
    let of_district = resource_district::Relation::District.def();
    let served = below::<resource_district::Entity>(districts.keys().copied())
        .join(JoinType::InnerJoin, of_district)
        .order_by_asc(district::Column::Code);
    for pair in served.all(batch.db()).await? {
        districts.entry(pair.resource_id).or_default().push(pair.district_id);
    }
    Ok(districts)
}

/// The contact of a desk that may stand in for another resource: never that of a person, nor one for care
/// professionals, even if the viewer may read those at the desk itself.
fn passing_on(desk: &ConsultationDesk) -> Option<ContactPoint> {
    let open = |contact: &&ContactPoint| {
        contact.tel.is_some() && contact.professional.is_none() && contact.kind != ContactKind::LeaderPersonal
    };
    let line = desk.0.contacts.iter().find(open)?;
    let label = Some(desk.0.name.clone());
    Some(ContactPoint {
        kind: ContactKind::Intermediary,
        label,
        service_code: None,
        confidential: None,
        ..line.clone()
    })
}

impl Loader<IntermediaryOf> for Batch {
    type Value = ContactPoint;
    type Error = BatchError;

    async fn load(
        &self,
        keys: &[IntermediaryOf],
    ) -> std::result::Result<HashMap<IntermediaryOf, ContactPoint>, BatchError> {
        let ids: Vec<i64> = keys.iter().map(|key| key.0).collect();
        let districts = districts_of(self, &ids).await.map_err(Arc::new)?;
        let all: HashSet<i64> = districts.values().flatten().copied().collect();
        let desks = by_district(self, all.into_iter().collect(), Some(DeskTopic::SupportCenter));
        let mut lines: HashMap<i64, ContactPoint> = HashMap::new();
        for (district, desk) in desks.await.map_err(Arc::new)? {
            if let Some(line) = passing_on(&desk) {
                lines.entry(district).or_insert(line);
            }
        }
        let first = |districts: Vec<i64>| districts.iter().find_map(|district| lines.get(district).cloned());
        let found =
            districts.into_iter().filter_map(|(id, districts)| Some((IntermediaryOf(id), first(districts)?)));
        Ok(found.collect())
    }
}

impl Loader<DeskKey> for Batch {
    type Value = ConsultationDesk;
    type Error = BatchError;

    async fn load(
        &self,
        keys: &[DeskKey],
    ) -> std::result::Result<HashMap<DeskKey, ConsultationDesk>, BatchError> {
        let wanted = current(&self.viewer).filter(Column::Uuid.is_in(keys.iter().map(|key| key.0)));
        let rows = read(self.db(), &self.viewer, wanted).await.map_err(Arc::new)?;
        let desk = |row: Row| Some((DeskKey(row.uuid), ConsultationDesk::from_row(row)?));
        Ok(rows.into_iter().filter_map(desk).collect())
    }
}

impl Answering {
    /// For municipalities by key.
    pub fn of_municipalities(ids: &[i64]) -> Self {
        Self::Municipalities(municipalities(municipality::Column::Id.is_in(ids.iter().copied())))
    }

    /// For municipalities by official code.
    pub fn of_codes(codes: &[String]) -> Self {
        Self::Municipalities(municipalities(municipality::Column::Code.is_in(codes.iter().cloned())))
    }
}

fn municipalities(wanted: SimpleExpr) -> SelectStatement {
    Query::select().column(municipality::Column::Id).from(municipality::Entity).and_where(wanted).to_owned()
}
