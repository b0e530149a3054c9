//! Fields that not everybody may read: null, and one error for each field in an answer, not one for each row.
//!
//! Whether a field is refused depends on the field and the roles, never on the row.

use crate::auth::policy;
use crate::context::RequestContext;
use crate::error::Nullable;
use async_graphql::Context;
use entity::enums::Visibility;

/// The value of a restricted field, named `Type.field`. Whoever can never read it learns so once. Of a
/// thing the viewer has no tie to there is no value, because none was selected, and no error.
pub fn restricted<T>(
    ctx: &Context<'_>,
    field: &'static str,
    visibility: Visibility,
    value: Option<T>,
) -> Option<T> {
    let reads = policy::reads(RequestContext::of(ctx).viewer.sight(), visibility).exist();
    opened(ctx, field, reads, value)
}

/// The same of a field whose roles are decided otherwise.
pub fn opened<T>(ctx: &Context<'_>, field: &'static str, ever: bool, value: Option<T>) -> Option<T> {
    let context = RequestContext::of(ctx);
    if ever {
        return value;
    }
    if context.refuses_first(field) {
        return Err(context.refusal()).nullable(ctx);
    }
    None
}
