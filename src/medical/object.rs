//! Fields of medical facilities.

use super::{Beds, Department, InstitutionType, MedicalFacility, store};
use crate::context::RequestContext;
use crate::error::Nullable;
use crate::graph::facility::facility_object;
use crate::terms::{Labelled, Term};

facility_object! {
    /// A medical facility (医療機関・病院・診療所・クリニック・歯科・薬局).
    MedicalFacility {
        /// Kind of institution (機関区分).
        async fn institution_type(&self) -> crate::error::Result<Term<InstitutionType>> {
            let category = self.0.categories.as_str();
            let unknown = || crate::error::Error::internal(format!("institution type {category} is not known"));
            InstitutionType::of_code(category).map(Term).ok_or_else(unknown)
        }

        /// Departments it declares (診療科目), in published order. Not declared does not mean not offered.
        async fn departments(
            &self,
            ctx: &async_graphql::Context<'_>,
        ) -> crate::error::Result<Vec<Department>> {
            let departments = RequestContext::of(ctx).load_list(store::DepartmentsOf(self.0.id)).await?;
            Ok(departments.to_vec())
        }

        /// The liaison sheet that holds now (連携シート): how its physicians want to be consulted. For those who may
        /// read it; null: there is none for you. Reading it is logged.
        async fn liaison_sheet(
            &self,
            ctx: &async_graphql::Context<'_>,
        ) -> Option<crate::liaison::sheets::LiaisonSheet> {
            crate::liaison::sheets::of_institution(ctx, self.0.id, "MedicalFacility.liaisonSheet").await
        }
    } {
        /// Beds (病床数); null: nothing published.
        async fn beds(&self, ctx: &async_graphql::Context<'_>) -> Option<Beds> {
            let details = RequestContext::of(ctx).load(store::DetailsOf(self.0.id)).await.nullable(ctx)?;
            details.beds.clone()
        }

        /// Closed days beyond the weekly ones, in the publisher's words (その他の休診日).
        async fn closed_days_note(&self, ctx: &async_graphql::Context<'_>) -> Option<String> {
            let details = RequestContext::of(ctx).load(store::DetailsOf(self.0.id)).await.nullable(ctx)?;
            details.closed_days_note.clone()
        }
    }
}
