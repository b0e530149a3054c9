//! Decisions of the policy as SQL conditions.

use super::policy::{self, Action, Audience, LiaisonScope, RowScope};
use super::{Permissions, Viewer};
use crate::terms::Labelled;
use entity::enums;
use entity::enums::{PublicationState, Visibility};
use entity::{contact_point, distribution, liaison_sheet, resource, resource_district};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, IntoSimpleExpr, Iterable};

/// Resources this viewer may know about; `resource` is a table of the statement.
pub fn resources(viewer: &Viewer) -> Condition {
    let permissions = viewer.permissions();
    let mut condition = Condition::any();
    for (scope, states) in by_scope(permissions) {
        let in_state = resource::Column::State.is_in(states);
        condition = match bound(permissions, scope) {
            None => condition.add(in_state),
            Some(tie) => condition.add(Condition::all().add(in_state).add(tie)),
        };
    }
    condition
}

/// Contacts this viewer may read: by their visibility, or by a consent that holds today.
pub fn contacts(viewer: &Viewer) -> Condition {
    use contact_point::Column;
    let permissions = viewer.permissions();
    let mut condition = Condition::any();
    let anywhere = Visibility::iter().filter(|visibility| policy::reads(permissions, *visibility).anywhere);
    condition = condition.add(Column::Visibility.is_in(anywhere));
    for visibility in Visibility::iter() {
        let scope = policy::reads(permissions, visibility);
        if scope.anywhere || !scope.exists() {
            continue;
        }
        let Some(tie) = bound(permissions, scope) else { continue };
        let resource = Query::select()
            .expr(Expr::value(1))
            .from(resource::Entity)
            .and_where(resource::Column::Id.into_simple_expr().eq(Column::ResourceId.into_simple_expr()))
            .cond_where(tie)
            .to_owned();
        condition = condition
            .add(Condition::all().add(Column::Visibility.eq(visibility)).add(Expr::exists(resource)));
    }
    for purpose in policy::consents(permissions) {
        let until = match purpose {
            Visibility::Public => Column::PublicUntil,
            Visibility::Partner => Column::PartnerUntil,
            _ => Column::CareUntil,
        };
        condition = condition.add(until.gte(viewer.today()));
    }
    condition
}

/// Whether a restricted field of the resource a statement is about may be read; `None` means of no resource.
pub fn field(viewer: &Viewer, visibility: Visibility) -> Option<Condition> {
    let scope = policy::reads(viewer.permissions(), visibility);
    if !scope.exists() {
        return None;
    }
    Some(bound(viewer.permissions(), scope).unwrap_or_else(Condition::all))
}

/// Whether the viewer may do an action to the resource of a statement; `None` means to no resource.
pub fn acting(viewer: &Viewer, action: Action) -> Option<Condition> {
    let scope = policy::row_scope(viewer.permissions(), action);
    if !scope.exists() {
        return None;
    }
    Some(bound(viewer.permissions(), scope).unwrap_or_else(Condition::all))
}

/// Versions of sheets this viewer may read, of resources they may know about; `liaison_sheet` and `resource`
/// are tables of the statement. A withdrawn consent leaves them to the institution and the city.
pub fn sheets(viewer: &Viewer) -> Condition {
    use liaison_sheet::Column;
    let permissions = viewer.permissions();
    let reading = policy::sheets(permissions);
    let agreed = || Column::ConsentWithdrawnOn.is_null();
    let listed = |condition: SimpleExpr| condition.and(agreed());
    readable(permissions, reading, Column::Uuid.into_simple_expr(), listed).add(resources(viewer))
}

/// Records with an audience of their own that this viewer may read; the table of the records and `resource`
/// are tables of the statement, `resource` perhaps without a row (outer join). `owner` is a further tie to
/// the organization.
pub fn audience(
    viewer: &Viewer,
    audience: SimpleExpr,
    uuid: SimpleExpr,
    owner: Option<SimpleExpr>,
) -> Condition {
    let permissions = viewer.permissions();
    let mut any = Condition::any();
    for one in Audience::ALL {
        let reading = policy::heard_by(permissions, *one);
        if !reading.exists() {
            continue;
        }
        let mut scope = readable(permissions, reading, uuid.clone(), |listed| listed);
        if reading.owner
            && !reading.anywhere
            && let Some(owner) = owner.clone()
        {
            scope = Condition::any().add(scope).add(owner.eq(permissions.organization));
        }
        any = any.add(Condition::all().add(audience.clone().eq(enums::Audience::from(*one))).add(scope));
    }
    nothing_or(any)
}

/// Desks of professionals, or facts of them, that this viewer may read, by the audience of each.
pub fn desk_audience(viewer: &Viewer, of: SimpleExpr) -> Condition {
    use entity::liaison_contact::Column;
    let owner = Column::OrganizationId.into_simple_expr();
    audience(viewer, of, Column::Uuid.into_simple_expr(), Some(owner))
}

/// Whether the viewer keeps the institution of a statement: may change its distribution list, consent and
/// vacancies; `None` means of no institution.
pub fn keeps(viewer: &Viewer) -> Option<Condition> {
    match policy::keeps(viewer.permissions()) {
        LiaisonScope { anywhere: true, .. } => Some(Condition::all()),
        LiaisonScope { owner: true, .. } => Some(Condition::all().add(owned(viewer.permissions()))),
        _ => None,
    }
}

/// The condition under which liaison data may be read.
fn readable(
    permissions: &Permissions,
    scope: LiaisonScope,
    uuid: SimpleExpr,
    when_listed: impl Fn(SimpleExpr) -> SimpleExpr,
) -> Condition {
    if scope.anywhere {
        return Condition::all();
    }
    let mut any = Condition::any();
    if scope.listed {
        any = any.add(when_listed(is_listed(permissions, uuid)));
    }
    if scope.owner {
        any = any.add(owned(permissions));
    }
    Condition::all().add(nothing_or(any))
}

/// An empty list of alternatives is none, not all.
fn nothing_or(any: Condition) -> Condition {
    if any.is_empty() { Condition::all().add(Expr::value(false)) } else { any }
}

fn is_listed(permissions: &Permissions, uuid: SimpleExpr) -> SimpleExpr {
    use distribution::Column;
    let above = permissions.organizations_above.iter().copied();
    let reads = Condition::any()
        .add(Column::OrganizationId.eq(permissions.organization))
        .add(Condition::all().add(Column::CoversChildren.eq(true)).add(Column::OrganizationId.is_in(above)));
    let list = Query::select()
        .expr(Expr::value(1))
        .from(distribution::Entity)
        .and_where(Column::ThingUuid.into_simple_expr().eq(uuid))
        .cond_where(reads)
        .to_owned();
    Expr::exists(list)
}

/// States by the scope in which they are known.
fn by_scope(permissions: &Permissions) -> Vec<(RowScope, Vec<PublicationState>)> {
    let mut groups: Vec<(RowScope, Vec<PublicationState>)> = Vec::new();
    for state in PublicationState::iter() {
        let scope = policy::record(permissions, state);
        if !scope.exists() {
            continue;
        }
        match groups.iter_mut().find(|(known, _)| *known == scope) {
            Some((_, states)) => states.push(state),
            None => groups.push((scope, vec![state])),
        }
    }
    groups
}

/// The condition of a scope on `resource`; `None` where it holds every record.
fn bound(permissions: &Permissions, scope: RowScope) -> Option<Condition> {
    if scope.anywhere {
        return None;
    }
    let mut any = Condition::any();
    if scope.own_district {
        let id = resource::Column::Id.into_simple_expr();
        any = any
            .add(resource::Column::HomeDistrictId.is_in(permissions.districts.iter().copied()))
            .add(id.in_subquery(used_from(&permissions.districts)));
    }
    if scope.owner {
        any = any.add(owned(permissions));
    }
    Some(any)
}

fn used_from(districts: &[i64]) -> SelectStatement {
    Query::select()
        .column(resource_district::Column::ResourceId)
        .from(resource_district::Entity)
        .and_where(resource_district::Column::DistrictId.is_in(districts.iter().copied()))
        .to_owned()
}

fn owned(permissions: &Permissions) -> SimpleExpr {
    let run = resource::Column::OrganizationId.eq(permissions.organization);
    if permissions.own_resources.is_empty() {
        return run;
    }
    run.or(resource::Column::Id.is_in(permissions.own_resources.iter().copied()))
}
