//! Root fields about care facilities.

use super::{AvailableDay, CareFacility, CareServiceGroup, CareServiceType, store};
use crate::context::RequestContext;
use crate::error::{Error, Result};
use crate::pagination::PageArguments;
use crate::resources::connection::{Connection, ListArguments, connect};
use crate::resources::filter::{Filter, Near, ResourceFilter, given};
use crate::resources::kinds::ResourceOrder;
use async_graphql::{Context, InputObject, Object};
use chrono::NaiveDate;
use entity::enums::ResourceKind;
use entity::resource::Column;
use japan::codes;
use sea_orm::ColumnTrait;

/// Which care facilities to list: everything a resource filter has, and what only they have. The
/// conditions on services hold for one and the same service.
#[derive(Clone, Debug, Default, InputObject)]
pub struct CareFacilityFilter {
    #[graphql(flatten)]
    resource: ResourceFilter,
    /// Offers one of these services: official codes of three digits, `110`.
    service_types: Option<Vec<String>>,
    /// Offers a service of one of these groups.
    service_groups: Option<Vec<CareServiceGroup>>,
    /// Offers it on all of these days, as published. Unpublished days do not match.
    available_on: Option<Vec<AvailableDay>>,
}

impl CareFacilityFilter {
    fn resolve(&self, today: NaiveDate) -> Result<Filter> {
        let mut filter = self.resource.resolve(today)?.and(Column::Kind.eq(ResourceKind::CareFacility));
        let mut conditions = Vec::new();
        if let Some(codes) = given("serviceTypes", &self.service_types)? {
            conditions.push(store::is_of_type(known_codes(codes)?));
        }
        if let Some(groups) = given("serviceGroups", &self.service_groups)? {
            let wanted = |t: &&codes::CareServiceType| groups.iter().any(|g| *g == t.group.into());
            let codes = codes::care_service_types().iter().filter(wanted).map(|t| t.code.to_owned());
            conditions.push(store::is_of_type(codes.collect()));
        }
        if let Some(days) = given("availableOn", &self.available_on)? {
            conditions.push(store::available_on(days.iter().fold(0, |bits, day| bits | day.bit())));
        }
        if !conditions.is_empty() {
            filter = filter.and(Column::Id.in_subquery(store::with_service(conditions)));
        }
        Ok(filter)
    }
}

fn known_codes(codes: &[String]) -> Result<Vec<String>> {
    let known = |code: &String| match codes::care_service_type(code) {
        Some(service) => Ok(service.code.to_owned()),
        None => Err(Error::invalid(
            "serviceTypes",
            format!("「{code}」 is no care service code. The field `careServiceTypes` lists them."),
        )),
    };
    codes.iter().map(known).collect()
}

/// Queries about care facilities.
#[derive(Default)]
pub struct CareQueries;

#[Object]
impl CareQueries {
    /// Care facilities (介護事業所).
    #[expect(clippy::too_many_arguments, reason = "the arguments of a list field")]
    async fn care_facilities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to list.")] filter: Option<CareFacilityFilter>,
        #[graphql(
            desc = "Words that must all occur in names, readings, address or organization; kana, width and old kanji do not matter."
        )]
        text: Option<String>,
        #[graphql(desc = "Only within a circle; also gives distances.")] near: Option<Near>,
        #[graphql(desc = "Without it: by distance with `near`, by relevance with `text`, else as entered.")]
        order_by: Option<ResourceOrder>,
        #[graphql(desc = "Page size from the front, 0 to 100; 20 without it.")] first: Option<i32>,
        #[graphql(desc = "Cursor after which the page begins.")] after: Option<String>,
        #[graphql(desc = "Page size from the back, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Cursor before which the page ends.")] before: Option<String>,
    ) -> Result<Connection<CareFacility>> {
        let filter = filter.unwrap_or_default().resolve(RequestContext::of(ctx).viewer.today())?;
        let page = PageArguments { first, after, last, before };
        connect(ctx, filter, ListArguments { text, near, order_by, page }).await
    }

    /// Kinds of care insurance services (介護サービスの種類) with their official codes.
    async fn care_service_types(&self) -> Vec<CareServiceType> {
        codes::care_service_types().iter().map(CareServiceType).collect()
    }
}
