//! Which rows of which table a viewer may read.

use super::super::policy::{self, Action};
use super::super::{Viewer, conditions};
use super::{Below, Public, Scoped};
use entity::{
    account, api_token, audit_entry, consent, contact_point, liaison_contact, liaison_sheet, liaison_watch,
    medical_acceptance, organization, resource, vacancy_report,
};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, IntoSimpleExpr, JoinType, QueryFilter, QuerySelect, RelationDef,
    RelationTrait, Select,
};

/// Declares the public tables, and those whose rows belong to resources.
macro_rules! tables {
    (public: $($public:ident),* $(,)?; below: $($below:ident),* $(,)?;) => {
        $(impl Public for entity::$public::Entity {})*
        $(impl Below for entity::$below::Entity {
            const RESOURCE: Self::Column = entity::$below::Column::ResourceId;
        })*
    };
}

tables! {
    // Names of coordinators are stored only if the city publishes them; a rule of opening hours reveals
    // nothing about the resources that follow it.
    public: coordinator, coordinator_district, district, district_town, municipality, municipality_boundary,
        schedule_rule, source, town;
    // Of a withheld text only its existence is selected; facts for partners have the condition of their
    // field.
    below: care_service, held_text, identifier, local_details, medical_facility, medical_facility_department,
        resource_district, schedule;
}

impl Scoped for resource::Entity {
    fn scope(select: Select<Self>, viewer: &Viewer) -> Select<Self> {
        select.filter(conditions::resources(viewer))
    }
}

/// Of resources that the viewer may know about: the statement names those.
impl Scoped for contact_point::Entity {
    fn scope(select: Select<Self>, viewer: &Viewer) -> Select<Self> {
        select.filter(conditions::contacts(viewer))
    }
}

/// With the resource that a line is about.
impl Scoped for consent::Entity {
    fn scope(select: Select<Self>, viewer: &Viewer) -> Select<Self> {
        select
            .join(JoinType::InnerJoin, consent::Relation::Resource.def())
            .filter(conditions::resources(viewer))
    }
}

/// Organizations that run a resource which the viewer may know about.
impl Scoped for organization::Entity {
    fn scope(select: Select<Self>, viewer: &Viewer) -> Select<Self> {
        let id = organization::Column::Id.into_simple_expr();
        let runs = Query::select()
            .expr(Expr::value(1))
            .from(resource::Entity)
            .and_where(resource::Column::OrganizationId.into_simple_expr().eq(id))
            .cond_where(conditions::resources(viewer))
            .to_owned();
        select.filter(Expr::exists(runs))
    }
}

/// Versions of sheets, with the institution as `resource`.
impl Scoped for liaison_sheet::Entity {
    fn scope(select: Select<Self>, viewer: &Viewer) -> Select<Self> {
        select
            .join(JoinType::InnerJoin, liaison_sheet::Relation::Resource.def())
            .filter(conditions::sheets(viewer))
    }
}

/// With the facility as `resource`, where there is one.
impl Scoped for liaison_contact::Entity {
    fn scope(select: Select<Self>, viewer: &Viewer) -> Select<Self> {
        use liaison_contact::Column;
        let facility = Condition::any().add(Column::ResourceId.is_null()).add(conditions::resources(viewer));
        select
            .join(JoinType::LeftJoin, liaison_contact::Relation::Resource.def())
            .filter(conditions::desk_audience(viewer, Column::Audience.into_simple_expr()))
            .filter(facility)
    }
}

/// With the facility as `resource`.
impl Scoped for medical_acceptance::Entity {
    fn scope(select: Select<Self>, viewer: &Viewer) -> Select<Self> {
        use medical_acceptance::Column;
        let (audience, uuid) = (Column::Audience.into_simple_expr(), Column::Uuid.into_simple_expr());
        of_facility(select, viewer, medical_acceptance::Relation::Resource.def(), audience, uuid)
    }
}

/// With the facility as `resource`.
impl Scoped for vacancy_report::Entity {
    fn scope(select: Select<Self>, viewer: &Viewer) -> Select<Self> {
        use vacancy_report::Column;
        let (audience, uuid) = (Column::Audience.into_simple_expr(), Column::Uuid.into_simple_expr());
        of_facility(select, viewer, vacancy_report::Relation::Resource.def(), audience, uuid)
    }
}

/// The viewer's own.
impl Scoped for liaison_watch::Entity {
    fn scope(select: Select<Self>, viewer: &Viewer) -> Select<Self> {
        match viewer.identity() {
            Some(identity) => select.filter(liaison_watch::Column::Subject.eq(&*identity.subject)),
            None => select.filter(Expr::value(false)),
        }
    }
}

impl Scoped for account::Entity {
    fn scope(select: Select<Self>, viewer: &Viewer) -> Select<Self> {
        all_or_none(select, viewer, Action::ManageAccounts)
    }
}

impl Scoped for api_token::Entity {
    fn scope(select: Select<Self>, viewer: &Viewer) -> Select<Self> {
        all_or_none(select, viewer, Action::ManageApiTokens)
    }
}

impl Scoped for audit_entry::Entity {
    fn scope(select: Select<Self>, viewer: &Viewer) -> Select<Self> {
        all_or_none(select, viewer, Action::ReadAudit)
    }
}

fn all_or_none<E: EntityTrait>(select: Select<E>, viewer: &Viewer, action: Action) -> Select<E> {
    select.filter(Expr::value(policy::row_scope(viewer.permissions(), action).anywhere))
}

fn of_facility<E: EntityTrait>(
    select: Select<E>,
    viewer: &Viewer,
    facility: RelationDef,
    audience: SimpleExpr,
    uuid: SimpleExpr,
) -> Select<E> {
    select
        .join(JoinType::InnerJoin, facility)
        .filter(conditions::audience(viewer, audience, uuid, None))
        .filter(conditions::resources(viewer))
}
