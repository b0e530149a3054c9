//! Root fields with which an admin makes and revokes tokens of programs.

use super::ApiToken;
use super::store::{self, Draft};
use crate::accounts::inputs;
use crate::auth::Role;
use crate::auth::policy::Action;
use crate::context::RequestContext;
use crate::error::Nullable;
use crate::id::{NodeId, NodeType};
use crate::scalars::Date;
use crate::user_error::{NotDone, UserError, with_user_errors};
use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

/// Changes to tokens of programs.
#[derive(Default)]
pub struct ApiTokenMutations;

/// Which token is revoked.
#[derive(Clone, Debug, InputObject)]
pub struct RevokeApiTokenInput {
    /// Id of the token.
    id: ID,
}

/// A token to be made.
#[derive(InputObject)]
pub struct CreateApiTokenInput {
    /// What it is for (名称).
    name: String,
    /// What the program is trusted with (役割), at least one.
    roles: Vec<Role>,
    /// Code of the organization whose program it is (所属組織のコード).
    organization_code: Option<String>,
    /// Codes of the districts it is for (担当圏域のコード): `D09`, or `062031:D09` with the municipality.
    #[graphql(default)]
    district_codes: Vec<String>,
    /// The last day on which it is taken (有効期限); without it, it lasts until it is revoked.
    expires_on: Option<Date>,
}

/// What came of making a token.
#[derive(SimpleObject)]
pub struct CreateApiTokenPayload {
    /// The token (APIトークン); null when none was made.
    api_token: Option<ApiToken>,
    /// Its text (トークン), for `Authorization: Bearer …`. It is shown only now.
    token: Option<String>,
    /// Why not (入力などの問題).
    user_errors: Vec<UserError>,
}

/// What came of revoking a token.
#[derive(SimpleObject)]
pub struct ApiTokenPayload {
    /// The token as it is now (APIトークン); null when nothing was changed.
    api_token: Option<ApiToken>,
    /// Why not (入力などの問題).
    user_errors: Vec<UserError>,
}

#[Object]
impl ApiTokenMutations {
    /// Makes a token for a program of an organization (APIトークンの発行). For ADMIN.
    async fn create_api_token(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is for, and what it opens.")] input: CreateApiTokenInput,
    ) -> Option<CreateApiTokenPayload> {
        let done = with_user_errors(create(RequestContext::of(ctx), input).await);
        let payload = |(made, user_errors): (Option<(ApiToken, String)>, _)| {
            let (api_token, token) = made.unzip();
            Some(CreateApiTokenPayload { api_token, token, user_errors })
        };
        done.map(payload).nullable(ctx)
    }

    /// Takes a token of a program back (APIトークンの失効), on every instance at once. For ADMIN.
    async fn revoke_api_token(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which token.")] input: RevokeApiTokenInput,
    ) -> Option<ApiTokenPayload> {
        let payload = |(api_token, user_errors)| Some(ApiTokenPayload { api_token, user_errors });
        with_user_errors(revoke(RequestContext::of(ctx), &input.id).await).map(payload).nullable(ctx)
    }
}

type Done<T> = std::result::Result<T, NotDone>;

async fn create(context: &RequestContext, input: CreateApiTokenInput) -> Done<(ApiToken, String)> {
    context.require(Action::ManageApiTokens)?;
    let draft = Draft {
        name: inputs::name(&input.name)?,
        standing: inputs::standing(&input.roles, input.organization_code, input.district_codes)?,
        expires_on: input.expires_on.map(|day| day.0),
    };
    let tx = context.begin_write().await?;
    let made = store::create(&tx, &context.author(), draft).await?;
    tx.commit().await?;
    Ok(made)
}

async fn revoke(context: &RequestContext, id: &ID) -> Done<ApiToken> {
    context.require(Action::ManageApiTokens)?;
    let NodeId { node: NodeType::ApiToken, uuid } = NodeId::parse(id, "id")? else {
        return Err(UserError::not_found("id", "This is not the id of a token.").into());
    };
    let tx = context.begin_write().await?;
    let token = store::revoke(&tx, &context.author(), uuid).await?;
    tx.commit().await?;
    Ok(token)
}
