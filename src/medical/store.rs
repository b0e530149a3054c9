//! The facts that only medical facilities have.

use super::{Beds, Department};
use crate::auth::row_scope::below;
use crate::context::{Batch, BatchError, grouped};
use async_graphql::dataloader::Loader;
use entity::{medical_facility, medical_facility_department as department};
use sea_orm::QueryOrder;
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
