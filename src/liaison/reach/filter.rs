//! Whom `reachableNow` is about.

use crate::error::Result;
use crate::liaison::sheets::filter::{LiaisonSheetFilter, Wanted};
use crate::terms::labelled;
use async_graphql::InputObject;

labelled! {
    /// Whom one can turn to (連絡先の種類).
    ReachableKind {
        /// A physician, as their institution's liaison sheet says (医師).
        Physician = "医師",
        /// A desk of professionals (連絡窓口).
        Desk = "連絡窓口",
    }
}

/// Whom to judge: what a filter of liaison sheets has, and what only desks have.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ReachableFilter {
    #[graphql(flatten)]
    sheet: LiaisonSheetFilter,
    /// Only physicians, or only desks.
    kinds: Option<Vec<ReachableKind>>,
}

/// A checked filter.
pub struct Asked {
    /// Which physicians; `None`: none.
    pub physicians: Option<Wanted>,
}

impl ReachableFilter {
    /// Checks the filter.
    ///
    /// # Errors
    /// `INVALID_INPUT` on the field that makes no sense.
    pub fn resolve(&self, text: Option<&str>) -> Result<Asked> {
        let wants = |kind| self.kinds.as_ref().is_none_or(|kinds| kinds.is_empty() || kinds.contains(&kind));
        let physicians = wants(ReachableKind::Physician).then(|| self.sheet.resolve(text)).transpose()?;
        Ok(Asked { physicians })
    }
}
