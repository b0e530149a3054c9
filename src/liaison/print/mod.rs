//! A liaison sheet on paper: A4 portrait in black and white, ready for FAX.
//!
//! Nothing is cut off and no letter is smaller than 9 points. A sheet that fits one page is set in 10.5 points where
//! that suffices, else in 9. Physicians who do not fit go to a further page, with the same head (and 「2/2」 in
//! it) and the same foot; a physician is split across pages only where one alone is longer than a page.

pub mod html;
mod layout;
pub mod paper;

use super::sheets::LiaisonSheet;
use crate::auth::ticket;
use crate::context::RequestContext;
use crate::error::{Error, Result};
use crate::scalars::DateTime;
use async_graphql::SimpleObject;

/// A link to the printed sheet (印刷用リンク), good for five minutes in any browser. It works only for whoever asked
/// for it, as long as they may read the sheet.
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct PrintLink {
    /// From the address of this service on (印刷用リンク): `/liaison-sheets/…/print#…`. What stands behind # reaches no log.
    pub url: String,
    /// Until when it is good (有効期限).
    pub expires_at: DateTime,
}

/// A link for the viewer to a sheet that was read within their scope.
///
/// # Errors
/// When none can be signed.
pub fn link(context: &RequestContext, sheet: &LiaisonSheet) -> Result<PrintLink> {
    let issued = ticket::issue(context.keys(), &context.viewer, sheet.row().uuid);
    let issued = issued.map_err(|refusal| Error::internal(format!("no ticket: {}", refusal.class())))?;
    let url = format!("/liaison-sheets/{}/print#{}", sheet.node_id().text(), issued.text);
    Ok(PrintLink { url, expires_at: DateTime::of_ms(issued.ends_at * 1000) })
}
