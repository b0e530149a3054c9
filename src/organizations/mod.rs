//! Who runs something: corporations (法人) and, below them, offices.

pub mod store;

use crate::context::RequestContext;
use crate::error::Nullable;
use crate::id::{NodeId, NodeType};
use async_graphql::{Context, ID, Object};
use entity::organization::Model;

/// Somebody who runs resources.
#[derive(Clone, Debug)]
pub struct Organization(pub Model);

/// A corporation or office that runs resources (運営団体).
#[Object]
impl Organization {
    /// Opaque id, the same in every database that knows the organization.
    pub async fn id(&self) -> ID {
        NodeId::new(NodeType::Organization, self.0.uuid).into()
    }

    /// Name (名称), `社会福祉法人…`.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Corporate number (法人番号), 13 digits, only when its check digit is right.
    async fn corporate_number(&self) -> Option<&str> {
        self.0.corporate_number.as_deref()
    }

    /// The organization it is part of (上位組織).
    async fn parent(&self, ctx: &Context<'_>) -> Option<Organization> {
        RequestContext::of(ctx).load(store::OrganizationKey(self.0.parent_id?)).await.nullable(ctx)
    }
}
