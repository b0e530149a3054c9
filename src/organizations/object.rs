//! Fields of organizations.

use super::{Organization, store};
use crate::context::RequestContext;
use crate::error::Result;
use crate::id::{NodeId, NodeType};
use async_graphql::{Context, ID, Object};

/// A corporation or office that runs resources (運営団体・運営法人・事業者).
#[Object]
impl Organization {
    /// Opaque id, the same in every database that knows the organization.
    pub async fn id(&self) -> ID {
        NodeId::new(NodeType::Organization, self.uuid).into()
    }

    /// Name (名称), `社会福祉法人…`.
    async fn name(&self) -> &str {
        &self.name
    }

    /// Corporate number (法人番号), 13 digits, only when its check digit is right.
    async fn corporate_number(&self) -> Option<&str> {
        self.corporate_number.as_deref()
    }

    /// The organization it is part of (上位組織).
    async fn parent(&self, ctx: &Context<'_>) -> Result<Option<Organization>> {
        let Some(parent) = self.parent_id else { return Ok(None) };
        RequestContext::of(ctx).load(store::OrganizationKey(parent)).await
    }
}
