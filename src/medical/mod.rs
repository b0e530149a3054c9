//! Medical facilities (医療機関): hospitals, clinics, dental clinics, maternity homes, pharmacies.

pub mod queries;
pub mod store;

use crate::context::RequestContext;
use crate::error::Nullable;
use crate::graph::fields::resource_object;
use crate::resources::Listed;
use crate::resources::row::Row;
use async_graphql::{Enum, SimpleObject};
use entity::enums;
use entity::enums::ResourceKind;

/// A medical facility.
#[derive(Clone, Debug)]
pub struct MedicalFacility(pub Row);

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

impl Listed for MedicalFacility {
    const NAME: &'static str = "MedicalFacility";

    fn from_row(row: Row) -> Option<Self> {
        (row.kind == ResourceKind::MedicalFacility).then_some(Self(row))
    }

    fn row(&self) -> &Row {
        &self.0
    }
}

/// Kind of medical institution (機関区分).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "enums::InstitutionType")]
pub enum InstitutionType {
    /// Hospital (病院).
    Hospital,
    /// Clinic (診療所).
    Clinic,
    /// Dental clinic (歯科診療所).
    Dental,
    /// Maternity home (助産所).
    Maternity,
    /// Pharmacy (薬局).
    Pharmacy,
}

const CATEGORIES: [(InstitutionType, &str, &str); 5] = [
    (InstitutionType::Hospital, "HOSPITAL", "病院"),
    (InstitutionType::Clinic, "CLINIC", "診療所"),
    (InstitutionType::Dental, "DENTAL", "歯科診療所"),
    (InstitutionType::Maternity, "MATERNITY", "助産所"),
    (InstitutionType::Pharmacy, "PHARMACY", "薬局"),
];

impl InstitutionType {
    /// Under which category it is stored.
    pub fn category(self) -> &'static str {
        CATEGORIES.iter().find(|(t, _, _)| *t == self).map_or("", |(_, category, _)| category)
    }

    /// The type stored under a category.
    pub fn of_category(category: &str) -> Option<Self> {
        CATEGORIES.iter().find(|(_, c, _)| *c == category).map(|(t, _, _)| *t)
    }
}

/// What people call a category of medical facilities.
pub fn label(category: &str) -> Option<&'static str> {
    CATEGORIES.iter().find(|(_, c, _)| *c == category).map(|(_, _, label)| *label)
}

/// A department with its official code (診療科目).
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct MedicalDepartment {
    /// Official code, five digits, `01001`.
    pub code: &'static str,
    /// Official name, `内科`.
    pub name: &'static str,
}

/// A department as a facility declares it (診療科目).
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct FacilityDepartment {
    /// Official code; null when the published name is not an official one.
    pub code: Option<String>,
    /// Name as published.
    pub name: String,
}

/// Beds by kind (病床数); null: not published.
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct Beds {
    /// General (一般病床).
    pub general: Option<i32>,
    /// Long-term care (療養病床).
    pub long_term: Option<i32>,
    /// Psychiatric (精神病床).
    pub psychiatric: Option<i32>,
    /// Tuberculosis (結核病床).
    pub tuberculosis: Option<i32>,
    /// Infectious diseases (感染症病床).
    pub infectious: Option<i32>,
    /// All together (合計病床数).
    pub total: Option<i32>,
}
