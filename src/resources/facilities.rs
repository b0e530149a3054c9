//! The facilities that a filter finds, for lists of what belongs to facilities.

use super::areas::known_areas;
use super::filter::Filter;
use crate::context::RequestContext;
use crate::error::Result;
use crate::picture::{Matches, Wanted};

/// Finds facilities, among those of which the viewer may know.
///
/// # Errors
/// `INVALID_INPUT` on the field that names an area that does not exist.
pub async fn find(context: &RequestContext, filter: &Filter) -> Result<Matches> {
    let view = context.view().await?;
    known_areas(&view, context.viewer.today(), &filter.named)?;
    Ok(view.matching(&Wanted::all(&filter.criteria)))
}

/// The same for a filter that need not be there; `None`: any facility will do.
///
/// # Errors
/// As [`find`].
pub async fn find_if_asked(context: &RequestContext, filter: Option<&Filter>) -> Result<Option<Matches>> {
    match filter {
        Some(filter) => find(context, filter).await.map(Some),
        None => Ok(None),
    }
}
