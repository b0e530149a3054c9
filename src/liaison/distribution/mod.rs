//! Distribution lists (配布先): which organizations read the sheet of an institution. Only those who keep the
//! sheet see its list.
//!
//! A list belongs to one record, by its public id; a version of a sheet has a list of its own. Organizations
//! below a listed one are included only where its row says so (`covers_children`).

pub mod mutations;
pub mod store;

use crate::auth::policy;
use crate::context::RequestContext;
use crate::error::Nullable;
use crate::restricted::opened;
use async_graphql::{Context, SimpleObject};
use store::ReadersOf;

/// An organization on a distribution list (配布先).
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct DistributionEntry {
    /// Who reads it (配布先の団体).
    pub organization: ListedOrganization,
    /// Whether the organizations below it read it too (下位組織も).
    pub covers_children: bool,
    /// Internal key of the organization.
    #[graphql(skip)]
    pub organization_id: i64,
}

/// An organization as a list names it, whether or not it runs anything of the directory.
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct ListedOrganization {
    /// Its code (組織コード), by which lists and tokens name it.
    pub code: Option<String>,
    /// Its name (組織名).
    pub name: String,
}

/// The list of a version of a sheet, for the field of this name.
pub async fn of_sheet(
    ctx: &Context<'_>,
    sheet_id: i64,
    field: &'static str,
) -> Option<Vec<DistributionEntry>> {
    let context = RequestContext::of(ctx);
    let ever = policy::keeps(context.viewer.permissions()).exists();
    let readers = match ever {
        true => context.load(ReadersOf(sheet_id)).await.nullable(ctx),
        false => None,
    };
    opened(ctx, field, ever, readers.map(|readers| readers.to_vec()))
}
