//! Fields of mutual-aid groups.

use super::MutualAidGroup;
use super::details::{Helpers, Membership, Menu};
use super::terms::{AidCategory, Compensation};
use crate::error::Result;
use crate::graph::resource::resource_object;
use crate::local::partner::partner_fact;
use crate::local::terms::{Insurance, Intake, SogoJigyo};
use crate::local::{Eligibility, Fee, HowToApply, Season};
use crate::scalars::{Date, YearMonth};
use crate::terms::{Answer, Term};
use async_graphql::Context;

resource_object! {
    /// A mutual-aid group (支え合い活動・住民主体の助け合い・有償ボランティア・移動支援).
    MutualAidGroup {
        /// How many people help (担い手の人数). For partners and professionals.
        async fn helper_count(&self, ctx: &Context<'_>) -> Option<i32> {
            partner_fact(ctx, "MutualAidGroup.helperCount", self.0.id, |facts| facts.helpers).await
        }

        /// How many people have signed up to be helped (登録者数). For partners and professionals.
        async fn registered_count(&self, ctx: &Context<'_>) -> Option<i32> {
            partner_fact(ctx, "MutualAidGroup.registeredCount", self.0.id, |facts| facts.registered).await
        }

        /// How helpers are insured (保険). For partners and professionals.
        async fn insurance(&self, ctx: &Context<'_>) -> Option<Term<Insurance>> {
            partner_fact(ctx, "MutualAidGroup.insurance", self.0.id, |facts| facts.insurance).await
        }

        /// What it is within the comprehensive programme (総合事業の位置付け). For partners and professionals.
        async fn sogo_jigyo(&self, ctx: &Context<'_>) -> Option<Term<SogoJigyo>> {
            partner_fact(ctx, "MutualAidGroup.sogoJigyo", self.0.id, |facts| facts.sogo_jigyo).await
        }

        /// What help it gives (活動区分).
        async fn aid_categories(&self, ctx: &Context<'_>) -> Result<Vec<Term<AidCategory>>> {
            Ok(self.facts(ctx).await?.all_categories().into_iter().map(Term).collect())
        }

        /// Whether helpers are paid (有償・無償); null: not recorded.
        async fn compensation(&self, ctx: &Context<'_>) -> Result<Option<Term<Compensation>>> {
            Ok(self.facts(ctx).await?.compensation.map(Term))
        }

        /// What it does and what each costs (メニュー).
        async fn menus(&self, ctx: &Context<'_>) -> Result<Vec<Menu>> {
            Ok(self.facts(ctx).await?.menus.clone())
        }

        /// What it costs, beside what the menus say (料金). None: nobody has recorded it, which is not free.
        async fn fees(&self, ctx: &Context<'_>) -> Result<Vec<Fee>> {
            Ok(self.facts(ctx).await?.shown_fees())
        }

        /// What members pay (会員制度); null: no membership is recorded.
        async fn membership(&self, ctx: &Context<'_>) -> Result<Option<Membership>> {
            Ok(self.facts(ctx).await?.membership.clone())
        }

        /// Who can be helped (利用できる人).
        async fn eligibility(&self, ctx: &Context<'_>) -> Result<Eligibility> {
            Ok(self.facts(ctx).await?.eligibility.clone())
        }

        /// How one asks for help (申込み).
        async fn how_to_apply(&self, ctx: &Context<'_>) -> Result<Option<HowToApply>> {
            Ok(self.facts(ctx).await?.how_to_apply.clone())
        }

        /// People who help (担い手).
        async fn helpers(&self, ctx: &Context<'_>) -> Result<Helpers> {
            let facts = self.facts(ctx).await?;
            Ok(Helpers { recruiting: facts.recruiting, recruit_note: facts.recruit_note.clone() })
        }

        /// Whether new users are taken (新規受付).
        async fn intake(&self, ctx: &Context<'_>) -> Result<Term<Intake>> {
            Ok(Term(self.facts(ctx).await?.intake.unwrap_or(Intake::Unknown)))
        }

        /// As of which day that is known (受付状況の時点).
        async fn intake_as_of(&self, ctx: &Context<'_>) -> Result<Option<Date>> {
            Ok(self.facts(ctx).await?.intake_as_of)
        }

        /// Whether people with 要支援 or 要介護 are helped (要支援・要介護の方).
        async fn accepts_certified(&self, ctx: &Context<'_>) -> Result<Term<Answer>> {
            Ok(Term(self.facts(ctx).await?.accepts_certified.unwrap_or(Answer::Unknown)))
        }

        /// Only in this part of the year (季節限定); null: all year, or not recorded.
        async fn season(&self, ctx: &Context<'_>) -> Result<Option<Season>> {
            Ok(self.facts(ctx).await?.season.clone())
        }

        /// Since when it exists (開始年月).
        async fn started_on(&self, ctx: &Context<'_>) -> Result<Option<YearMonth>> {
            Ok(self.facts(ctx).await?.started_on.clone())
        }

        /// When it ended (終了年月).
        async fn ended_on(&self, ctx: &Context<'_>) -> Result<Option<YearMonth>> {
            Ok(self.facts(ctx).await?.ended_on.clone())
        }
    }
}
