//! The fields that care and medical facilities have besides those of every resource.

/// Declares the GraphQL object of a kind of facility: the fields for care professionals come between its own
/// fields.
macro_rules! facility_object {
    ($(#[$meta:meta])* $name:ident { $($before:tt)* } { $($after:tt)* }) => {
        crate::graph::resource::resource_object! {
            $(#[$meta])*
            $name {
                $($before)*

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
                ) -> crate::error::Result<Vec<crate::acceptances::MedicalAcceptance>> {
                    crate::acceptances::of_facility(ctx, self.0.id).await
                }

                /// The latest reports of vacancies (空き情報), one for each service: only what you may see.
                async fn vacancies(
                    &self,
                    ctx: &async_graphql::Context<'_>,
                ) -> crate::error::Result<Vec<crate::vacancies::VacancyReport>> {
                    crate::vacancies::of_facility(ctx, self.0.id).await
                }

                $($after)*
            }
        }
    };
}

pub(crate) use facility_object;
