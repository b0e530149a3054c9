//! The mutation with which an institution or the city withdraws the institution's consent to its sheet.

use super::versions::store as versions;
use super::{LiaisonSheet, store};
use crate::auth::policy;
use crate::auth::row_scope::WithoutViewer;
use crate::context::RequestContext;
use crate::error::Nullable;
use crate::id::{NodeId, NodeType};
use crate::user_error::{NotDone, UserError, with_user_errors};
use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use uuid::Uuid;

/// One message for both cases, no sheet and no permission, so that it does not reveal which.
const NO_SHEET: &str = "There is no such institution with a liaison sheet, or you do not speak for it.";

/// Changes to liaison sheets.
#[derive(Default)]
pub struct LiaisonSheetMutations;

/// Whose consent is taken back.
#[derive(InputObject)]
pub struct WithdrawLiaisonConsentInput {
    /// Id of the institution (医療機関).
    institution: ID,
}

/// What came of taking a consent back.
#[derive(SimpleObject)]
pub struct WithdrawLiaisonConsentPayload {
    /// The sheet as it is now (連携シート); null when nothing was changed.
    liaison_sheet: Option<LiaisonSheet>,
    /// Why not (入力などの問題).
    user_errors: Vec<UserError>,
}

#[Object]
impl LiaisonSheetMutations {
    /// Records that an institution takes its consent to its liaison sheet back (連携シートの承諾の取り下げ). From that
    /// moment those on its distribution list read no version of it. For the institution itself and ADMIN.
    async fn withdraw_liaison_consent(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose consent is taken back.")] input: WithdrawLiaisonConsentInput,
    ) -> Option<WithdrawLiaisonConsentPayload> {
        let payload =
            |(liaison_sheet, user_errors)| Some(WithdrawLiaisonConsentPayload { liaison_sheet, user_errors });
        with_user_errors(withdraw(RequestContext::of(ctx), &input.institution).await)
            .map(payload)
            .nullable(ctx)
    }
}

#[expect(clippy::disallowed_methods, reason = "find_kept checks that the viewer keeps the sheet")]
async fn withdraw(context: &RequestContext, institution: &ID) -> Result<LiaisonSheet, NotDone> {
    let viewer = &context.viewer;
    if !policy::keeps(viewer.permissions()).exists() {
        return Err(context.refusal().into());
    }
    let no_sheet = || NotDone::from(UserError::not_found("institution", NO_SHEET));
    let institution = uuid_of(institution).ok_or_else(no_sheet)?;
    // The same lock as imports of returned forms take, so that the two never interleave.
    let tx = context.begin_rewrite().await?;
    let sheet = store::find_kept(&tx, viewer, institution).await?.ok_or_else(no_sheet)?;
    let withdrawn = versions::withdraw(
        &WithoutViewer::of(&tx),
        &context.author(),
        sheet.row().resource_id,
        viewer.today(),
    )
    .await?;
    let withdrawn = withdrawn.ok_or_else(|| {
        UserError::conflict("institution", "The consent to this sheet was taken back before.")
    })?;
    tx.commit().await?;
    Ok(LiaisonSheet::read(withdrawn)?.handed_to(context))
}

fn uuid_of(institution: &ID) -> Option<Uuid> {
    match NodeId::parse(institution, "institution").ok()? {
        NodeId { node: NodeType::Resource(_), uuid } => Some(uuid),
        _ => None,
    }
}
