//! Root fields with which an admin manages accounts.

use super::invitations::store::Link;
use super::store::{self, Changes, Draft};
use super::{Account, inputs};
use crate::auth::Role;
use crate::auth::policy::Action;
use crate::context::RequestContext;
use crate::error::{Nullable, Result};
use crate::id::{NodeId, NodeType};
use crate::scalars::DateTime;
use crate::user_error::{NotDone, UserError, with_user_errors};
use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, SimpleObject};
use uuid::Uuid;

/// Changes to accounts.
#[derive(Default)]
pub struct AccountMutations;

/// Who is invited once more.
#[derive(Clone, Debug, InputObject)]
pub struct ResendInvitationInput {
    /// Id of the account.
    id: ID,
}

/// Which account is closed.
#[derive(Clone, Debug, InputObject)]
pub struct CloseAccountInput {
    /// Id of the account.
    id: ID,
}

/// Somebody to be invited.
#[derive(InputObject)]
pub struct InviteAccountInput {
    /// The mail address they will sign in with (メールアドレス). Nothing is sent to it.
    email: String,
    /// Their name (氏名).
    name: String,
    /// What they are trusted with (役割), at least one.
    roles: Vec<Role>,
    /// Code of the organization they belong to (所属組織のコード).
    organization_code: Option<String>,
    /// Codes of the districts they work for (担当圏域のコード): `D09`, or `062031:D09` with the municipality.
    #[graphql(default)]
    district_codes: Vec<String>,
}

/// What changes of an account; what is left out stays.
#[derive(InputObject)]
pub struct UpdateAccountInput {
    /// Which account.
    id: ID,
    /// Their name (氏名).
    name: Option<String>,
    /// What they are trusted with (役割), at least one.
    roles: Option<Vec<Role>>,
    /// Code of the organization they belong to (所属組織のコード); null for none.
    organization_code: MaybeUndefined<String>,
    /// Codes of the districts they work for (担当圏域のコード).
    district_codes: Option<Vec<String>>,
}

/// What came of an invitation.
#[derive(SimpleObject)]
pub struct InvitationPayload {
    /// The account (アカウント); null when nobody was invited.
    account: Option<Account>,
    /// The link to hand over (招待リンク), from the address of this service on: `/invite#…`. It is shown only now.
    invite_path: Option<String>,
    /// Until when the link is good (有効期限).
    expires_at: Option<DateTime>,
    /// Why not (入力などの問題).
    user_errors: Vec<UserError>,
}

/// What came of a change to an account.
#[derive(SimpleObject)]
pub struct AccountPayload {
    /// The account as it is now (アカウント); null when nothing was changed.
    account: Option<Account>,
    /// Why not (入力などの問題).
    user_errors: Vec<UserError>,
}

#[Object]
impl AccountMutations {
    /// Makes an account and a link by which its holder sets the password (アカウントへの招待). No mail is sent: hand
    /// the link over. It is good once, for seven days. A closed account is opened again. For ADMIN.
    async fn invite_account(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who is invited, as what.")] input: InviteAccountInput,
    ) -> Option<InvitationPayload> {
        let context = RequestContext::of(ctx);
        invitation(invite(context, input).await).nullable(ctx)
    }

    /// Makes a new link for an account, and voids the old one (招待リンクの再発行): for who lost the link, or the
    /// password. For ADMIN.
    async fn resend_invitation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which account.")] input: ResendInvitationInput,
    ) -> Option<InvitationPayload> {
        invitation(invite_again(RequestContext::of(ctx), &input.id).await).nullable(ctx)
    }

    /// Changes what somebody may do (アカウントの変更), from their next request on. For ADMIN.
    async fn update_account(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What changes.")] input: UpdateAccountInput,
    ) -> Option<AccountPayload> {
        account(update(RequestContext::of(ctx), input).await).nullable(ctx)
    }

    /// Closes an account and ends its sessions (アカウントの終了), on every instance at once. For ADMIN.
    async fn close_account(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which account.")] input: CloseAccountInput,
    ) -> Option<AccountPayload> {
        account(close(RequestContext::of(ctx), &input.id).await).nullable(ctx)
    }
}

type Done<T> = std::result::Result<T, NotDone>;

async fn invite(context: &RequestContext, input: InviteAccountInput) -> Done<(Account, Link)> {
    context.require(Action::ManageAccounts)?;
    let draft = Draft {
        email: inputs::email(&input.email)?,
        name: inputs::name(&input.name)?,
        standing: inputs::standing(&input.roles, input.organization_code, input.district_codes)?,
    };
    let tx = context.begin_write().await?;
    let invited = store::invite(&tx, &context.author(), draft).await?;
    tx.commit().await?;
    Ok(invited)
}

async fn invite_again(context: &RequestContext, id: &ID) -> Done<(Account, Link)> {
    context.require(Action::ManageAccounts)?;
    let uuid = uuid_of(id)?;
    let tx = context.begin_write().await?;
    let invited = store::invite_again(&tx, &context.author(), uuid).await?;
    tx.commit().await?;
    Ok(invited)
}

async fn update(context: &RequestContext, input: UpdateAccountInput) -> Done<Account> {
    context.require(Action::ManageAccounts)?;
    let uuid = uuid_of(&input.id)?;
    let changes = changes(input)?;
    let tx = context.begin_write().await?;
    let account = store::update(&tx, &context.author(), uuid, changes).await?;
    tx.commit().await?;
    Ok(account)
}

async fn close(context: &RequestContext, id: &ID) -> Done<Account> {
    context.require(Action::ManageAccounts)?;
    let uuid = uuid_of(id)?;
    let tx = context.begin_write().await?;
    let account = store::close(&tx, &context.author(), uuid, false).await?;
    tx.commit().await?;
    Ok(account)
}

fn changes(input: UpdateAccountInput) -> Done<Changes> {
    let organization = match &input.organization_code {
        MaybeUndefined::Value(code) => Some(code.clone()),
        MaybeUndefined::Null | MaybeUndefined::Undefined => None,
    };
    // Roles, organization and districts are checked together; kept roles are not empty, so that any one
    // stands in.
    let roles = input.roles.as_deref().unwrap_or(&[Role::Partner]);
    let districts = input.district_codes.clone().unwrap_or_default();
    let standing = inputs::standing(roles, organization, districts)?;
    Ok(Changes {
        name: input.name.as_deref().map(inputs::name).transpose()?,
        roles: input.roles.map(|_| standing.roles),
        organization_code: (!input.organization_code.is_undefined()).then_some(standing.organization_code),
        district_codes: input.district_codes.map(|_| standing.district_codes),
    })
}

fn uuid_of(id: &ID) -> Done<Uuid> {
    match NodeId::parse(id, "id")? {
        NodeId { node: NodeType::Account, uuid } => Ok(uuid),
        _ => Err(UserError::not_found("id", "This is not the id of an account.").into()),
    }
}

fn invitation(done: Done<(Account, Link)>) -> Result<Option<InvitationPayload>> {
    let (invited, user_errors) = with_user_errors(done)?;
    let (account, link) = invited.unzip();
    let (invite_path, expires_at) = link.map(|link| (link.path, link.expires_at)).unzip();
    Ok(Some(InvitationPayload { account, invite_path, expires_at, user_errors }))
}

fn account(done: Done<Account>) -> Result<Option<AccountPayload>> {
    with_user_errors(done).map(|(account, user_errors)| Some(AccountPayload { account, user_errors }))
}
