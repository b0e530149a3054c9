//! Root fields about medical facilities.

use super::{InstitutionType, MedicalDepartment, MedicalFacility, store};
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

/// Which medical facilities to list: everything a resource filter has, and what only they have.
#[derive(Clone, Debug, Default, InputObject)]
pub struct MedicalFacilityFilter {
    #[graphql(flatten)]
    resource: ResourceFilter,
    /// Kinds of institutions (機関区分).
    institution_types: Option<Vec<InstitutionType>>,
    /// Declares one of these departments (診療科目): official codes of five digits, `01001`.
    departments: Option<Vec<String>>,
    /// Has beds (有床), or has published that it has none (無床). Where nothing is published neither matches.
    has_beds: Option<bool>,
}

impl MedicalFacilityFilter {
    fn resolve(&self, today: NaiveDate) -> Result<Filter> {
        let mut filter = self.resource.resolve(today)?.and(Column::Kind.eq(ResourceKind::MedicalFacility));
        if let Some(types) = given("institutionTypes", &self.institution_types)? {
            filter = filter.and(Column::Categories.is_in(types.iter().map(|t| t.category())));
        }
        if let Some(codes) = given("departments", &self.departments)? {
            filter = filter.and(Column::Id.in_subquery(store::with_department(known_codes(codes)?)));
        }
        if let Some(has_beds) = self.has_beds {
            filter = filter.and(Column::Id.in_subquery(store::with_beds(has_beds)));
        }
        Ok(filter)
    }
}

fn known_codes(codes: &[String]) -> Result<Vec<String>> {
    let known = |code: &String| match codes::medical_department(code) {
        Some(department) => Ok(department.code.to_owned()),
        None => Err(Error::invalid(
            "departments",
            format!("「{code}」 is no department code. The field `medicalDepartments` lists them."),
        )),
    };
    codes.iter().map(known).collect()
}

/// Queries about medical facilities.
#[derive(Default)]
pub struct MedicalQueries;

#[Object]
impl MedicalQueries {
    /// Medical facilities (医療機関).
    #[expect(clippy::too_many_arguments, reason = "the arguments of a list field")]
    async fn medical_facilities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to list.")] filter: Option<MedicalFacilityFilter>,
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
    ) -> Result<Connection<MedicalFacility>> {
        let filter = filter.unwrap_or_default().resolve(RequestContext::of(ctx).viewer.today())?;
        let page = PageArguments { first, after, last, before };
        connect(ctx, filter, ListArguments { text, near, order_by, page }).await
    }

    /// Departments of medical facilities (診療科目) with their official codes.
    async fn medical_departments(&self) -> Vec<MedicalDepartment> {
        let department = |d: &codes::MedicalDepartment| MedicalDepartment { code: d.code, name: d.name };
        codes::medical_departments().iter().map(department).collect()
    }
}
