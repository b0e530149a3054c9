//! Mutations for signing in and out, for passwords and for invitations.

use super::{SessionTokens, change_password, refresh, sign_in, sign_out};
use crate::accounts::invitations;
use crate::context::RequestContext;
use crate::error::{Nullable, Result};
use crate::user_error::{NotDone, UserError, with_user_errors};
use async_graphql::{Context, InputObject, Object, SimpleObject};

/// Mutations of the viewer's own session and password.
#[derive(Default)]
pub struct SessionMutations;

/// With what somebody signs in. Send it as a variable, never in the text of the document.
#[derive(InputObject)]
pub struct SignInInput {
    /// Mail address (メールアドレス), in any case.
    email: String,
    /// Password (パスワード).
    password: String,
}

/// With what a session goes on.
#[derive(InputObject)]
pub struct RefreshSessionInput {
    /// The latest refresh token (更新トークン); it is void afterwards.
    refresh_token: String,
}

/// An old and a new password.
#[derive(InputObject)]
pub struct ChangePasswordInput {
    /// The password until now (現在のパスワード).
    current_password: String,
    /// The password from now on (新しいパスワード): 12 to 128 characters.
    new_password: String,
}

/// What the holder of a link sends.
#[derive(InputObject)]
pub struct AcceptInvitationInput {
    /// What stands behind `#` in the link (招待リンクの秘密).
    secret: String,
    /// The password to sign in with from now on (パスワード): 12 to 128 characters.
    password: String,
}

/// What came of signing in.
#[derive(SimpleObject)]
pub struct SessionPayload {
    /// The tokens of the session (セッション); null when there is none.
    session: Option<SessionTokens>,
    /// Why not (入力などの問題).
    user_errors: Vec<UserError>,
}

/// What came of signing out.
#[derive(SimpleObject)]
pub struct SignOutPayload {
    /// Whether the session has ended (終了の成否).
    ended: bool,
    /// Why not (入力などの問題).
    user_errors: Vec<UserError>,
}

/// What came of changing a password.
#[derive(SimpleObject)]
pub struct ChangePasswordPayload {
    /// Whether it was changed (変更の成否). All other sessions have ended then.
    changed: bool,
    /// Why not (入力などの問題).
    user_errors: Vec<UserError>,
}

/// What came of an invitation.
#[derive(SimpleObject)]
pub struct AcceptInvitationPayload {
    /// The mail address to sign in with (メールアドレス); null when the password was not set.
    email: Option<String>,
    /// Why not (入力などの問題).
    user_errors: Vec<UserError>,
}

#[Object]
impl SessionMutations {
    /// Signs in with an own account (サインイン). After five wrong passwords in a row an address waits 30 seconds,
    /// then twice as long each time up to 15 minutes, whether or not it has an account.
    async fn sign_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Mail address and password.")] input: SignInInput,
    ) -> Option<SessionPayload> {
        let done = sign_in(RequestContext::of(ctx), &input.email, input.password).await;
        session(done).nullable(ctx)
    }

    /// Gets the next pair of tokens (トークンの更新). A refresh token is good once; used again it ends the session.
    async fn refresh_session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The latest refresh token.")] input: RefreshSessionInput,
    ) -> Option<SessionPayload> {
        session(refresh(RequestContext::of(ctx), &input.refresh_token).await).nullable(ctx)
    }

    /// Ends the session whose access token was sent (サインアウト), on every instance at once.
    async fn sign_out(&self, ctx: &Context<'_>) -> Option<SignOutPayload> {
        let payload = |(ended, user_errors): (Option<bool>, _)| {
            Some(SignOutPayload { ended: ended.unwrap_or_default(), user_errors })
        };
        with_user_errors(sign_out(RequestContext::of(ctx)).await).map(payload).nullable(ctx)
    }

    /// Changes the password of whoever asks (パスワードの変更) and ends all of their other sessions.
    async fn change_password(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The password until now, and the new one.")] input: ChangePasswordInput,
    ) -> Option<ChangePasswordPayload> {
        let done = change_password(RequestContext::of(ctx), input.current_password, input.new_password);
        let payload = |(changed, user_errors): (Option<bool>, _)| {
            Some(ChangePasswordPayload { changed: changed.unwrap_or_default(), user_errors })
        };
        with_user_errors(done.await).map(payload).nullable(ctx)
    }

    /// Sets the password of whoever holds an invitation link (招待の受諾). A link is good once.
    async fn accept_invitation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The secret of the link, and a password.")] input: AcceptInvitationInput,
    ) -> Option<AcceptInvitationPayload> {
        let done = invitations::accept(RequestContext::of(ctx), &input.secret, input.password);
        let payload = |(email, user_errors)| Some(AcceptInvitationPayload { email, user_errors });
        with_user_errors(done.await).map(payload).nullable(ctx)
    }
}

fn session(done: std::result::Result<SessionTokens, NotDone>) -> Result<Option<SessionPayload>> {
    with_user_errors(done).map(|(session, user_errors)| Some(SessionPayload { session, user_errors }))
}
