//! The facts that only medical facilities have.

use super::{Beds, Department};
use crate::auth::row_scope::below;
use crate::context::{Batch, BatchError, grouped};
use async_graphql::dataloader::Loader;
use entity::{medical_facility, medical_facility_department as department};
use sea_orm::sea_query::{ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, QueryOrder};
use std::collections::HashMap;
use std::sync::Arc;

/// The departments of a facility that was read within the viewer's scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DepartmentsOf(pub i64);

/// Beds and closed days of a facility that was read within the viewer's scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DetailsOf(pub i64);

/// Published facts of a medical facility beside those of every resource.
pub struct Details {
    /// Beds by kind (病床数); `None`: none published.
    pub beds: Option<Beds>,
    /// Closed days beyond the weekly ones (その他の休診日); `None`: none published.
    pub closed_days_note: Option<String>,
}

impl Loader<DepartmentsOf> for Batch {
    type Value = Arc<Vec<Department>>;
    type Error = BatchError;

    async fn load(&self, keys: &[DepartmentsOf]) -> Result<HashMap<DepartmentsOf, Self::Value>, BatchError> {
        let select = below::<department::Entity>(keys.iter().map(|key| key.0))
            .order_by_asc(department::Column::ResourceId)
            .order_by_asc(department::Column::Ordinal);
        let found = select.all(self.db()).await.map_err(Arc::new)?;
        let declared = |row: department::Model| {
            (DepartmentsOf(row.resource_id), Department { code: row.code, name: row.name })
        };
        Ok(grouped(found.into_iter().map(declared)))
    }
}

impl Loader<DetailsOf> for Batch {
    type Value = Arc<Details>;
    type Error = BatchError;

    async fn load(&self, keys: &[DetailsOf]) -> Result<HashMap<DetailsOf, Arc<Details>>, BatchError> {
        let select = below::<medical_facility::Entity>(keys.iter().map(|key| key.0));
        let found = select.all(self.db()).await.map_err(Arc::new)?;
        Ok(found.into_iter().map(|row| (DetailsOf(row.resource_id), Arc::new(details(row)))).collect())
    }
}

fn details(row: medical_facility::Model) -> Details {
    let beds = Beds {
        general: row.beds_general,
        long_term: row.beds_long_term,
        psychiatric: row.beds_psychiatric,
        tuberculosis: row.beds_tuberculosis,
        infectious: row.beds_infectious,
        total: row.beds_total,
    };
    let nothing = Beds {
        general: None,
        long_term: None,
        psychiatric: None,
        tuberculosis: None,
        infectious: None,
        total: None,
    };
    Details { beds: Some(beds).filter(|beds| *beds != nothing), closed_days_note: row.closed_days_note }
}

/// Facilities that declare one of these departments.
pub fn with_department(codes: Vec<String>) -> SelectStatement {
    Query::select()
        .column(department::Column::ResourceId)
        .from(department::Entity)
        .and_where(department::Column::Code.is_in(codes))
        .to_owned()
}

/// Facilities with beds, or with the published fact that they have none.
pub fn with_beds(has_beds: bool) -> SelectStatement {
    use medical_facility::Column;
    let kinds = [
        Column::BedsGeneral,
        Column::BedsLongTerm,
        Column::BedsPsychiatric,
        Column::BedsTuberculosis,
        Column::BedsInfectious,
    ];
    let any = kinds.into_iter().fold(Column::BedsTotal.gt(0), |any, kind| any.or(kind.gt(0)));
    let condition = if has_beds { any } else { Column::BedsTotal.eq(0) };
    Query::select().column(Column::ResourceId).from(medical_facility::Entity).and_where(condition).to_owned()
}
