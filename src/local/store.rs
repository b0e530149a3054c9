//! The stored facts of local kinds.

use super::PartnerFacts;
use crate::auth::conditions;
use crate::auth::row_scope::below;
use crate::context::{Batch, BatchError, RequestContext};
use crate::database::json;
use crate::error::{Error, Result};
use async_graphql::Context;
use async_graphql::dataloader::Loader;
use entity::enums::Visibility;
use entity::local_details;
use sea_orm::{ColumnTrait, JoinType, QueryFilter, QuerySelect, RelationTrait};
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::sync::Arc;

/// The facts of a resource of a local kind the viewer has been given.
pub struct FactsOf<T>(i64, PhantomData<fn() -> T>);

impl<T> Clone for FactsOf<T> {
    fn clone(&self) -> Self {
        Self(self.0, PhantomData)
    }
}

impl<T> PartialEq for FactsOf<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T> Eq for FactsOf<T> {}

impl<T> Hash for FactsOf<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<T: DeserializeOwned + Send + Sync + 'static> Loader<FactsOf<T>> for Batch {
    type Value = Arc<T>;
    type Error = BatchError;

    async fn load(
        &self,
        keys: &[FactsOf<T>],
    ) -> std::result::Result<HashMap<FactsOf<T>, Arc<T>>, BatchError> {
        let select = below::<local_details::Entity>(keys.iter().map(|key| key.0))
            .select_only()
            .column(local_details::Column::ResourceId)
            .column(local_details::Column::Body);
        let rows: Vec<(i64, String)> = select.into_tuple().all(self.db()).await.map_err(Arc::new)?;
        let mut found = HashMap::new();
        for (id, body) in rows {
            let facts = json::read(&body, "local_details", id).map_err(Arc::new)?;
            found.insert(FactsOf(id, PhantomData), Arc::new(facts));
        }
        Ok(found)
    }
}

/// What partners may know of a resource, as far as the viewer is one or owns it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PartnerFactsOf(pub i64);

impl Loader<PartnerFactsOf> for Batch {
    type Value = Arc<PartnerFacts>;
    type Error = BatchError;

    async fn load(
        &self,
        keys: &[PartnerFactsOf],
    ) -> std::result::Result<HashMap<PartnerFactsOf, Self::Value>, BatchError> {
        let Some(readable) = conditions::field(&self.viewer, Visibility::Partner) else {
            return Ok(HashMap::new());
        };
        let its_resource = local_details::Relation::Resource.def();
        let select = below::<local_details::Entity>(keys.iter().map(|key| key.0))
            .select_only()
            .column(local_details::Column::ResourceId)
            .column(local_details::Column::Partner)
            .join(JoinType::InnerJoin, its_resource)
            .filter(local_details::Column::Partner.is_not_null())
            .filter(readable);
        let rows: Vec<(i64, String)> = select.into_tuple().all(self.db()).await.map_err(Arc::new)?;
        let mut found = HashMap::new();
        for (id, text) in rows {
            let facts = json::read(&text, "local_details", id).map_err(Arc::new)?;
            found.insert(PartnerFactsOf(id), Arc::new(facts));
        }
        Ok(found)
    }
}

/// The facts of one resource; all that one level of a list asks for come in one statement.
pub async fn facts<T>(ctx: &Context<'_>, resource_id: i64) -> Result<Arc<T>>
where
    T: DeserializeOwned + Send + Sync + 'static,
{
    let found = RequestContext::of(ctx).load(FactsOf(resource_id, PhantomData)).await?;
    found.ok_or_else(|| Error::internal("a resource of a local kind without its facts"))
}
