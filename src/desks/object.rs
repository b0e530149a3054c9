//! Fields of consultation desks.

use super::ConsultationDesk;
use super::terms::{ConsultationMethod, DeskTopic};
use crate::error::Result;
use crate::graph::resource::resource_object;
use crate::local::{Access, Fee};
use crate::terms::Term;
use async_graphql::Context;

resource_object! {
    /// A consultation desk (相談窓口・地域包括支援センター・総合相談); it answers for its `serviceDistricts`.
    ConsultationDesk {
        /// What it is for (相談の種類).
        async fn topics(&self, ctx: &Context<'_>) -> Result<Vec<Term<DeskTopic>>> {
            Ok(self.facts(ctx).await?.topics.iter().copied().map(Term).collect())
        }

        /// How one can consult (相談方法).
        async fn methods(&self, ctx: &Context<'_>) -> Result<Vec<Term<ConsultationMethod>>> {
            Ok(self.facts(ctx).await?.methods.iter().copied().map(Term).collect())
        }

        /// Languages spoken beside Japanese (対応言語), in Japanese words.
        async fn languages(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
            Ok(self.facts(ctx).await?.languages.clone())
        }

        /// What it costs (料金). None: nobody has recorded it.
        async fn fees(&self, ctx: &Context<'_>) -> Result<Vec<Fee>> {
            Ok(self.facts(ctx).await?.fees.clone())
        }

        /// What to do while it is closed (時間外の対応).
        async fn after_hours(&self, ctx: &Context<'_>) -> Result<Option<String>> {
            Ok(self.facts(ctx).await?.after_hours.clone())
        }

        /// Who can come, in words (対象).
        async fn eligibility_text(&self, ctx: &Context<'_>) -> Result<Option<String>> {
            Ok(self.facts(ctx).await?.eligibility.clone())
        }

        /// How one gets there and in (アクセス・バリアフリー).
        async fn access(&self, ctx: &Context<'_>) -> Result<Access> {
            Ok(self.facts(ctx).await?.access.clone())
        }
    }
}
