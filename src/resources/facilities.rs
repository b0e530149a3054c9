//! The facilities that a filter finds, for lists of what belongs to facilities.

use super::areas::known_areas;
use super::filter::Filter;
use crate::context::RequestContext;
use crate::database::packed;
use crate::error::Result;
use crate::picture::Wanted;
use entity::resource::Column;
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{DbBackend, IntoSimpleExpr};

/// Facilities, by what they are looked for.
#[derive(Clone, Debug)]
pub enum Facilities {
    /// Not looked for yet.
    Wanted(Filter),
    /// Internal keys of those that were found.
    Found(Vec<i64>),
}

impl Facilities {
    /// Finds them, among those of which the viewer may know.
    ///
    /// # Errors
    /// `INVALID_INPUT` on the field that names an area that does not exist.
    pub async fn find(&mut self, context: &RequestContext) -> Result<()> {
        let Self::Wanted(filter) = self else { return Ok(()) };
        let view = context.view().await?;
        known_areas(context.db(), &context.viewer, view.areas(), &filter.named).await?;
        let found = view.matching(&Wanted::all(&filter.criteria));
        *self = Self::Found(view.ids(&found));
        Ok(())
    }

    /// That `resource`, a table of a statement, is one of them. Before they were found it is none.
    pub fn condition(&self, backend: DbBackend) -> SimpleExpr {
        match self {
            Self::Wanted(_) => Expr::value(false),
            Self::Found(ids) => packed::among(backend, Column::Id.into_simple_expr(), ids),
        }
    }
}
