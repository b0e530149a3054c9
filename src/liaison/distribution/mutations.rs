//! The mutation with which an institution or the city sets the distribution list of a sheet.

use super::ListedOrganization;
use super::store::{self, Difference, WantedReader};
use crate::auth::policy;
use crate::context::RequestContext;
use crate::error::Nullable;
use crate::liaison::institution_of;
use crate::liaison::sheets::LiaisonSheet;
use crate::user_error::{NotDone, UserError, with_user_errors};
use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use std::collections::HashSet;

/// The most organizations on one list.
const MOST: usize = 1_000;

/// Changes to distribution lists.
#[derive(Default)]
pub struct DistributionMutations;

/// Who is to read the sheet of an institution.
#[derive(InputObject)]
pub struct SetLiaisonDistributionInput {
    /// Whose sheet (医療機関): its id.
    institution: ID,
    /// The whole list (配布先), at most 1,000; whoever is not on it reads no version any more.
    organizations: Vec<DistributionInput>,
}

/// An organization to be put on a distribution list.
#[derive(InputObject)]
pub struct DistributionInput {
    /// Its code (組織コード).
    code: String,
    /// Whether the organizations below it read it too (下位組織も).
    #[graphql(default = false)]
    covers_children: bool,
}

/// What came of a new distribution list.
#[derive(SimpleObject)]
pub struct SetLiaisonDistributionPayload {
    /// The sheet that holds (連携シート); null when nothing was changed because of a problem.
    liaison_sheet: Option<LiaisonSheet>,
    /// Who was not on the list before (追加した配布先).
    added: Vec<ListedOrganization>,
    /// Who is no longer on it (外した配布先).
    removed: Vec<ListedOrganization>,
    /// Why not (入力などの問題).
    user_errors: Vec<UserError>,
}

#[Object]
impl DistributionMutations {
    /// Replaces the distribution list of a sheet (配布先の変更), on every instance at once. Whoever is removed
    /// reads no version any more; whoever is added reads the version that holds, not the history. For ADMIN and
    /// the institution itself.
    async fn set_liaison_distribution(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose sheet, and who is to read it.")] input: SetLiaisonDistributionInput,
    ) -> Option<SetLiaisonDistributionPayload> {
        let context = RequestContext::of(ctx);
        let payload = |(done, user_errors): (Option<(LiaisonSheet, Difference)>, _)| {
            let (liaison_sheet, difference) = done.unzip();
            let difference = difference.unwrap_or_default();
            let named = |list: Vec<super::DistributionEntry>| {
                list.into_iter().map(|entry| entry.organization).collect()
            };
            Some(SetLiaisonDistributionPayload {
                liaison_sheet: liaison_sheet.map(|sheet| sheet.handed_to(context)),
                added: named(difference.added),
                removed: named(difference.removed),
                user_errors,
            })
        };
        with_user_errors(set(context, input).await).map(payload).nullable(ctx)
    }
}

async fn set(
    context: &RequestContext,
    input: SetLiaisonDistributionInput,
) -> Result<(LiaisonSheet, Difference), NotDone> {
    if !policy::keeps(context.viewer.permissions()).exists() {
        return Err(context.refusal().into());
    }
    let institution = institution_of(&input.institution)?;
    let wanted = wanted(input.organizations)?;
    let tx = context.begin_rewrite().await?;
    let done = store::replace(&tx, &context.viewer, &context.author(), institution, &wanted).await?;
    tx.commit().await?;
    Ok(done)
}

/// Each organization once.
fn wanted(organizations: Vec<DistributionInput>) -> Result<Vec<WantedReader>, UserError> {
    if organizations.len() > MOST {
        return Err(UserError::invalid("organizations", format!("A list has at most {MOST} organizations.")));
    }
    let mut seen = HashSet::new();
    for one in &organizations {
        if !seen.insert(one.code.as_str()) {
            let message = format!("「{}」 stands in the list twice.", one.code);
            return Err(UserError::invalid("organizations", message));
        }
    }
    Ok(organizations.into_iter().map(|one| (one.code, one.covers_children)).collect())
}
