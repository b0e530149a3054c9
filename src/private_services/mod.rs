//! Private services outside of the care insurance (介護保険外サービス): delivery, rides, meals, hairdressing.

mod details;
pub mod queries;
pub mod terms;

pub use details::{PrivateServiceDetails, Vouching};

use crate::error::Result;
use crate::graph::fields::resource_object;
use crate::local::store::facts;
use crate::local::terms::Intake;
use crate::local::{Eligibility, HowToApply, ServiceMenu};
use crate::resources::Listed;
use crate::resources::row::Row;
use crate::scalars::Date;
use crate::terms::Term;
use async_graphql::Context;
use entity::enums::ResourceKind;
use std::sync::Arc;
use terms::PrivateServiceKind;

/// A private service.
#[derive(Clone, Debug)]
pub struct PrivateService(pub Row);

impl PrivateService {
    async fn facts(&self, ctx: &Context<'_>) -> Result<Arc<PrivateServiceDetails>> {
        facts(ctx, self.0.id).await
    }
}

resource_object! {
    /// A private service outside of the care insurance (介護保険外サービス).
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

        /// As of which day that is known.
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

impl Listed for PrivateService {
    const NAME: &'static str = "PrivateService";

    fn from_row(row: Row) -> Option<Self> {
        (row.kind == ResourceKind::PrivateService).then_some(Self(row))
    }

    fn row(&self) -> &Row {
        &self.0
    }
}
