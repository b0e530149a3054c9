//! The root field `viewer`: identity and permissions of the viewer.

use crate::auth::policy::{self, Action};
use crate::auth::{Identity, Role};
use crate::context::RequestContext;
use crate::terms::{Labelled, Term};
use async_graphql::{Context, Object, SimpleObject};

/// Queries about the viewer.
#[derive(Default)]
pub struct ViewerQueries;

/// Who is asking (閲覧者), by the token that was sent.
#[derive(SimpleObject)]
#[graphql(name = "Viewer")]
pub struct ViewerAnswer {
    /// Whether they have shown who they are (サインイン済みか).
    signed_in: bool,
    /// What to call them (名前).
    name: Option<String>,
    /// What they are trusted with (役割).
    roles: Vec<Term<Role>>,
    /// The organization they belong to (所属組織).
    organization: Option<ViewerOrganization>,
    /// Codes of the districts they work for (担当圏域のコード).
    districts: Vec<String>,
    /// What they may do beside reading, somewhere at least (できる操作).
    may: Vec<Term<Action>>,
}

/// The organization of whoever asks (所属組織).
#[derive(SimpleObject)]
pub struct ViewerOrganization {
    /// Its name (名称).
    name: String,
    /// The code by which tokens name it (コード).
    code: String,
}

#[Object]
impl ViewerQueries {
    /// Who is asking (閲覧者), by the token that was sent; without any it is the public.
    async fn viewer(&self, ctx: &Context<'_>) -> ViewerAnswer {
        let viewer = &RequestContext::of(ctx).viewer;
        let identity = viewer.identity();
        let may = |action: &&Action| policy::row_scope(viewer.permissions(), **action).exists();
        ViewerAnswer {
            signed_in: identity.is_some(),
            name: identity.and_then(|identity| identity.name.clone()),
            roles: viewer.permissions().roles.iter().map(Term).collect(),
            organization: identity.and_then(organization),
            districts: identity.map(|identity| identity.district_codes.clone()).unwrap_or_default(),
            may: Action::ALL.iter().filter(may).copied().map(Term).collect(),
        }
    }
}

fn organization(identity: &Identity) -> Option<ViewerOrganization> {
    let organization = identity.organization.as_ref()?;
    Some(ViewerOrganization { name: organization.name.clone(), code: organization.code.clone() })
}
