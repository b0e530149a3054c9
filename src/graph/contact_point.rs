//! Further fields of a contact, and the contacts that a resource shows.

use crate::consents::Consent;
use crate::consents::store::ConsentsOf;
use crate::context::RequestContext;
use crate::desks::store::IntermediaryOf;
use crate::error::{Nullable, Result};
use crate::resources::contacts::{ContactPoint, distinct, note_reading};
use crate::resources::kinds;
use crate::resources::row::Row;
use crate::restricted::restricted;
use crate::terms::Term;
use async_graphql::{ComplexObject, Context};
use entity::enums::Visibility;

#[ComplexObject]
impl ContactPoint {
    /// Who answers (種別).
    async fn kind(&self) -> Term<kinds::ContactKind> {
        Term(self.kind)
    }

    /// Name of the person (担当者名). For coordinators of its districts, its organization and the city.
    async fn person_name(&self, ctx: &Context<'_>) -> Option<String> {
        let name = self.confidential.as_ref().and_then(|known| known.person_name.clone());
        restricted(ctx, "ContactPoint.personName", Visibility::Coordinator, name)
    }

    /// Who may always know this contact (公開範囲); `consents` may open it to more. For coordinators of its
    /// districts, its organization and the city.
    async fn visibility(&self, ctx: &Context<'_>) -> Option<Term<kinds::Visibility>> {
        let visibility = self.confidential.as_ref().map(|known| Term(known.visibility.into()));
        restricted(ctx, "ContactPoint.visibility", Visibility::Coordinator, visibility)
    }

    /// Who agreed to what about its numbers and address (公開同意), the newest first. For coordinators of its
    /// districts, its organization and the city.
    async fn consents(&self, ctx: &Context<'_>) -> Option<Vec<Consent>> {
        let known =
            restricted(ctx, "ContactPoint.consents", Visibility::Coordinator, self.confidential.as_ref())?;
        consents_to(ctx, self, known.resource_id).await.nullable(ctx)
    }
}

/// The consents to a number or the address of a contact.
async fn consents_to(
    ctx: &Context<'_>,
    contact: &ContactPoint,
    resource_id: i64,
) -> Result<Option<Vec<Consent>>> {
    let values = contact.values();
    let all = RequestContext::of(ctx).load_list(ConsentsOf(resource_id)).await?;
    let shared = |consent: &&Consent| consent.values().iter().any(|value| values.contains(value));
    Ok(Some(all.iter().filter(shared).cloned().collect()))
}

/// The contacts of a resource without repeating the same numbers. Where no phone number is visible to the
/// viewer, the support centre of the district stands in, whether or not there is a hidden number, so that the
/// answer does not reveal its existence.
pub async fn shown(ctx: &Context<'_>, row: &Row) -> Result<Vec<ContactPoint>> {
    let mut shown: Vec<_> = distinct(&row.record).iter().map(|own| ContactPoint::of(own, row)).collect();
    if row.kind.is_run_from_home() && shown.iter().all(|contact| contact.tel.is_none()) {
        shown.extend(RequestContext::of(ctx).load(IntermediaryOf(row.id)).await?);
    }
    note_reading(ctx, &shown);
    Ok(shown)
}
