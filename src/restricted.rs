//! Restricted fields: null without permission, and one error per field of an answer, not one per row.
//!
//! Whether a field is refused depends on the field and the roles, never on the row.

use crate::auth::policy;
use crate::context::RequestContext;
use crate::error::Nullable;
use async_graphql::Context;
use entity::enums::Visibility;

/// The value of a restricted field, named `Type.field`. A viewer whose roles never open the field gets one
/// error per request. For a record to which the viewer has no tie the value is null without an error: it was
/// not selected.
pub fn restricted<T>(
    ctx: &Context<'_>,
    field: &'static str,
    visibility: Visibility,
    value: Option<T>,
) -> Option<T> {
    let reads = policy::reads(RequestContext::of(ctx).viewer.permissions(), visibility).exists();
    opened(ctx, field, reads, value)
}

/// The same for a field whose permission was decided elsewhere: `ever` is whether the viewer can ever read
/// it.
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
