//! Vacancy reports in the database: reads within the viewer's scope, and new reports.

use super::VacancyReport;
use super::terms::VacancyStatus;
use crate::audit::{self, Author, Change};
use crate::auth::policy::Audience;
use crate::auth::row_scope::{Unscoped, WithoutViewer, below, find_visible, visible_to};
use crate::auth::{Viewer, conditions};
use crate::context::{Batch, BatchError, grouped};
use crate::database::WriteTransaction;
use crate::error::Result;
use crate::id::{NodeId, NodeType};
use crate::terms::Labelled;
use crate::user_error::{NotDone, UserError};
use async_graphql::dataloader::Loader;
use chrono::NaiveDate;
use entity::enums;
use entity::enums::AuditAction;
use entity::vacancy_report::{Column, Entity, Model};
use entity::{care_service, distribution, medical_acceptance, resource};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, DatabaseConnection, DbErr, EntityTrait,
    IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
};
use serde_json::json;
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// The valid reports of a facility, and the last of each service, by its internal key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct VacanciesOf(pub i64);

/// Of each facility and service the last report that the viewer may see, and all valid ones.
fn latest(viewer: &Viewer, of: impl Fn(Select<Entity>) -> Select<Entity>) -> Select<Entity> {
    let last = of(visible_to::<Entity>(viewer))
        .select_only()
        .column_as(Column::Id.max(), "last")
        .group_by(Column::ResourceId)
        .group_by(Column::ServiceCode);
    let wanted = Condition::any()
        .add(Column::Id.in_subquery(last.into_query()))
        .add(Column::ExpiresAt.gt(viewer.clock().now_ms()));
    of(visible_to::<Entity>(viewer)).filter(wanted)
}

/// The latest reports of all facilities that a statement finds.
pub async fn latest_of(
    db: &DatabaseConnection,
    viewer: &Viewer,
    facilities: SelectStatement,
) -> Result<Vec<VacancyReport>> {
    let of = |select: Select<Entity>| select.filter(Column::ResourceId.in_subquery(facilities.clone()));
    Ok(latest(viewer, of).all(db).await?.into_iter().map(VacancyReport::from).collect())
}

/// Reports by public id, in no particular order.
pub async fn find_many(db: &DatabaseConnection, viewer: &Viewer, ids: &[Uuid]) -> Result<Vec<VacancyReport>> {
    let rows = find_visible::<Entity>(db, viewer, Column::Uuid, ids).await?;
    Ok(rows.into_iter().map(VacancyReport::from).collect())
}

impl Loader<VacanciesOf> for Batch {
    type Value = Arc<Vec<VacancyReport>>;
    type Error = BatchError;

    async fn load(
        &self,
        keys: &[VacanciesOf],
    ) -> std::result::Result<HashMap<VacanciesOf, Self::Value>, BatchError> {
        let of =
            |select: Select<Entity>| select.filter(Column::ResourceId.is_in(keys.iter().map(|key| key.0)));
        let found = latest(&self.viewer, of)
            .order_by_asc(Column::ResourceId)
            .order_by_asc(Column::ServiceCode)
            .order_by_desc(Column::ReportedAt)
            .order_by_desc(Column::Id)
            .all(self.db())
            .await
            .map_err(Arc::new)?;
        Ok(grouped(found.into_iter().map(|row| (VacanciesOf(row.resource_id), row.into()))))
    }
}

/// A report to be made, checked.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Public id of the facility.
    pub facility: Uuid,
    /// Of which service; empty: of the whole facility.
    pub service_code: String,
    /// Whether there is room.
    pub status: VacancyStatus,
    /// How many places.
    pub places: Option<i32>,
    /// The first day it speaks of.
    pub period_from: Option<NaiveDate>,
    /// The last day it speaks of.
    pub period_to: Option<NaiveDate>,
    /// Remarks (備考).
    pub note: Option<String>,
    /// Who reads it (閲覧範囲).
    pub audience: Audience,
}

/// Adds a report, whoever makes it; its `id` and `expires_at` are set here.
///
/// # Errors
/// When the database fails.
pub async fn add(db: &impl Unscoped, report: Model) -> std::result::Result<Model, DbErr> {
    let expires_at = super::expiry(report.reported_at, report.period_to);
    let mut row = Model { expires_at, ..report }.into_active_model();
    row.not_set(Column::Id);
    row.insert(db).await
}

/// Adds a report of a facility for which the viewer may report. Older reports stay as they are.
///
/// # Errors
/// When it is another facility or has no such service, or when the audience is LISTED and there is no list to
/// inherit.
pub async fn report(
    tx: &WriteTransaction,
    viewer: &Viewer,
    author: &Author,
    draft: Draft,
) -> std::result::Result<VacancyReport, NotDone> {
    let facility = kept(tx, viewer, draft.facility).await?;
    offers(tx, facility.id, &draft.service_code).await?;
    let now = author.clock.now_ms();
    let report = Model {
        id: 0,
        uuid: Uuid::now_v7(),
        resource_id: facility.id,
        service_code: draft.service_code.clone(),
        status: draft.status.into(),
        places: draft.places,
        period_from: draft.period_from,
        period_to: draft.period_to,
        note: draft.note,
        audience: draft.audience.into(),
        reported_at: now,
        expires_at: 0,
        reported_by: author.subject.clone(),
    };
    let report = add(&unscoped(tx), report).await?;
    if draft.audience == Audience::Listed {
        inherit_list(tx, facility.id, &report).await?;
    }
    let report = VacancyReport::from(report);
    let change = Change {
        action: AuditAction::ReportVacancy,
        things: vec![NodeId::new(NodeType::Resource(facility.kind), facility.uuid), report.node_id()],
        before: None,
        after: Some(json!({ "service": draft.service_code, "status": draft.status.code() })),
    };
    audit::record(tx, author, change).await?;
    Ok(report)
}

/// The facility, if the viewer may report for it; another one is treated like one that does not exist.
async fn kept(
    tx: &WriteTransaction,
    viewer: &Viewer,
    facility: Uuid,
) -> std::result::Result<resource::Model, NotDone> {
    let nothing = || UserError::not_found("facility", "There is no such facility that you speak for.");
    let Some(kept) = conditions::keeps(viewer) else { return Err(nothing().into()) };
    let found =
        visible_to::<resource::Entity>(viewer).filter(kept).filter(resource::Column::Uuid.eq(facility));
    Ok(found.one(tx).await?.ok_or_else(nothing)?)
}

#[expect(clippy::disallowed_methods, reason = "permission to report for the facility was checked")]
fn unscoped<C: ConnectionTrait>(db: &C) -> WithoutViewer<'_, C> {
    WithoutViewer::of(db)
}

async fn offers(tx: &WriteTransaction, facility: i64, code: &str) -> std::result::Result<(), NotDone> {
    if code.is_empty() {
        return Ok(());
    }
    let offered = below::<care_service::Entity>([facility])
        .filter(care_service::Column::ServiceCode.eq(code))
        .filter(care_service::Column::VanishedOn.is_null());
    match offered.count(tx).await? {
        0 => Err(UserError::invalid("serviceType", "The facility does not offer this service.").into()),
        _ => Ok(()),
    }
}

/// Copies the distribution list for a report with the audience LISTED: that of the facility's acceptances, or
/// else of its last such report.
async fn inherit_list(
    tx: &WriteTransaction,
    facility: i64,
    report: &entity::vacancy_report::Model,
) -> std::result::Result<(), NotDone> {
    use medical_acceptance::Column as Acceptance;
    let listed = enums::Audience::Listed;
    let before = unscoped(tx)
        .every::<Entity>()
        .select_only()
        .column(Column::Uuid)
        .filter(Column::ResourceId.eq(facility))
        .filter(Column::Audience.eq(listed))
        .filter(Column::Id.ne(report.id))
        .order_by_desc(Column::Id);
    let accepted = unscoped(tx)
        .every::<medical_acceptance::Entity>()
        .select_only()
        .column(Acceptance::Uuid)
        .filter(Acceptance::ResourceId.eq(facility))
        .filter(Acceptance::Audience.eq(listed))
        .order_by_asc(Acceptance::Id);
    // The maintained list comes first: an organization that was removed from it must not return through an
    // earlier report.
    let source: Option<Uuid> = match accepted.into_tuple().one(tx).await? {
        Some(uuid) => Some(uuid),
        None => before.into_tuple().one(tx).await?,
    };
    let list = match source {
        Some(uuid) => {
            unscoped(tx)
                .every::<distribution::Entity>()
                .filter(distribution::Column::ThingUuid.eq(uuid))
                .all(tx)
                .await?
        }
        None => Vec::new(),
    };
    if list.is_empty() {
        let reason = "No organization is on a list of this facility yet.";
        return Err(UserError::invalid("audience", reason).into());
    }
    let same = |row: distribution::Model| distribution::ActiveModel {
        thing_uuid: Set(report.uuid),
        organization_id: Set(row.organization_id),
        covers_children: Set(row.covers_children),
    };
    distribution::Entity::insert_many(list.into_iter().map(same)).exec_without_returning(tx).await?;
    Ok(())
}
