//! Fields of medical facilities.

use super::{Beds, FacilityDepartment, InstitutionType, MedicalFacility, store};
use crate::context::RequestContext;
use crate::error::Nullable;
use crate::graph::fields::resource_object;

resource_object! {
    /// A medical facility (医療機関).
    MedicalFacility {
        /// Kind of institution (機関区分).
        async fn institution_type(&self) -> crate::error::Result<InstitutionType> {
            let category = self.0.categories.as_deref().unwrap_or_default();
            let unknown = || crate::error::Error::internal(format!("institution type {category} is not known"));
            InstitutionType::of_category(category).ok_or_else(unknown)
        }

        /// Departments it declares (診療科目), in published order. Not declared does not mean not offered.
        async fn departments(
            &self,
            ctx: &async_graphql::Context<'_>,
        ) -> crate::error::Result<Vec<FacilityDepartment>> {
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

        /// Desks that care professionals turn to (平時の連絡窓口・退院調整担当者), those that hold today: only what you may
        /// see. Reading one that is not public is logged.
        async fn liaison_contacts(
            &self,
            ctx: &async_graphql::Context<'_>,
        ) -> crate::error::Result<Vec<crate::liaison::contacts::LiaisonContact>> {
            crate::liaison::contacts::of_facility(ctx, self.0.id).await
        }

        /// What its services take on (医療ニーズの受け入れ): only what you may see. Reading what is not public is logged.
        async fn medical_acceptances(
            &self,
            ctx: &async_graphql::Context<'_>,
            #[graphql(desc = "The needs asked about; without them, all that somebody has answered.")] needs: Option<
                Vec<crate::acceptances::terms::CareNeed>,
            >,
        ) -> crate::error::Result<Vec<crate::acceptances::MedicalAcceptance>> {
            crate::acceptances::of_facility(ctx, self.0.id, needs).await
        }

        /// The latest reports of vacancies (空き情報), one for each service: only what you may see.
        async fn vacancies(
            &self,
            ctx: &async_graphql::Context<'_>,
        ) -> crate::error::Result<Vec<crate::vacancies::VacancyReport>> {
            crate::vacancies::of_facility(ctx, self.0.id).await
        }

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
