//! Fields of private services.

use super::PrivateService;
use super::details::Vouching;
use super::terms::PrivateServiceKind;
use crate::error::Result;
use crate::graph::resource::resource_object;
use crate::local::terms::Intake;
use crate::local::{Eligibility, HowToApply, ServiceMenu};
use crate::scalars::Date;
use crate::terms::Term;
use async_graphql::Context;

resource_object! {
    /// A private service outside of the care insurance (介護保険外サービス・自費サービス・配食・家事代行).
    PrivateService {
        /// What is offered (種類).
        async fn service_kinds(&self, ctx: &Context<'_>) -> Result<Vec<Term<PrivateServiceKind>>> {
            Ok(self.facts(ctx).await?.kinds.iter().copied().map(Term).collect())
        }

        /// What it offers and what each costs (メニュー).
        async fn menus(&self, ctx: &Context<'_>) -> Result<Vec<ServiceMenu>> {
            Ok(self.facts(ctx).await?.menus.clone())
        }

        /// For whom it is (対象).
        async fn eligibility(&self, ctx: &Context<'_>) -> Result<Eligibility> {
            Ok(self.facts(ctx).await?.eligibility.clone())
        }

        /// How one asks for it (申込み).
        async fn how_to_apply(&self, ctx: &Context<'_>) -> Result<Option<HowToApply>> {
            Ok(self.facts(ctx).await?.how_to_apply.clone())
        }

        /// Whether new users are taken (新規受付).
        async fn intake(&self, ctx: &Context<'_>) -> Result<Term<Intake>> {
            Ok(Term(self.facts(ctx).await?.intake.unwrap_or(Intake::Unknown)))
        }

        /// As of which day that is known (受付状況の時点).
        async fn intake_as_of(&self, ctx: &Context<'_>) -> Result<Option<Date>> {
            Ok(self.facts(ctx).await?.intake_as_of)
        }

        /// Takes people in wheelchairs (車いす対応); null: not recorded.
        async fn wheelchair(&self, ctx: &Context<'_>) -> Result<Option<bool>> {
            Ok(self.facts(ctx).await?.wheelchair)
        }

        /// Takes people on stretchers (ストレッチャー対応); null: not recorded.
        async fn stretcher(&self, ctx: &Context<'_>) -> Result<Option<bool>> {
            Ok(self.facts(ctx).await?.stretcher)
        }

        /// Who has checked the provider (信頼の裏付け). None: nothing is recorded.
        async fn vouching(&self, ctx: &Context<'_>) -> Result<Vec<Vouching>> {
            Ok(self.facts(ctx).await?.vouching.clone())
        }
    }
}
