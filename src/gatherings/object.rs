//! Fields of places of gathering.

use super::GatheringPlace;
use super::details::{Pickup, Venue};
use super::terms::{Activity, GatheringKind, OperatorType};
use crate::error::Result;
use crate::graph::resource::resource_object;
use crate::local::partner::partner_fact;
use crate::local::terms::{Insurance, Reservation, SogoJigyo};
use crate::local::{Access, Eligibility, Fee};
use crate::scalars::YearMonth;
use crate::terms::{Answer, Term};
use async_graphql::Context;

resource_object! {
    /// A place of gathering (通いの場・サロン・体操教室・認知症カフェ・子ども食堂・こども食堂).
    GatheringPlace {
        /// How many people have signed up (登録者数). For partners and professionals.
        async fn registered_count(&self, ctx: &Context<'_>) -> Option<i32> {
            partner_fact(ctx, "GatheringPlace.registeredCount", self.0.id, |facts| facts.registered).await
        }

        /// How many come each time, on average (平均参加者数). For partners and professionals.
        async fn average_attendance(&self, ctx: &Context<'_>) -> Option<i32> {
            partner_fact(ctx, "GatheringPlace.averageAttendance", self.0.id, |facts| facts.attendance).await
        }

        /// How many people help (担い手の人数). For partners and professionals.
        async fn helper_count(&self, ctx: &Context<'_>) -> Option<i32> {
            partner_fact(ctx, "GatheringPlace.helperCount", self.0.id, |facts| facts.helpers).await
        }

        /// How people are insured (保険). For partners and professionals.
        async fn insurance(&self, ctx: &Context<'_>) -> Option<Term<Insurance>> {
            partner_fact(ctx, "GatheringPlace.insurance", self.0.id, |facts| facts.insurance).await
        }

        /// What it is within the comprehensive programme (総合事業の位置付け). For partners and professionals.
        async fn sogo_jigyo(&self, ctx: &Context<'_>) -> Option<Term<SogoJigyo>> {
            partner_fact(ctx, "GatheringPlace.sogoJigyo", self.0.id, |facts| facts.sogo_jigyo).await
        }

        /// What kind of gathering it is (種類).
        async fn gathering_kind(&self, ctx: &Context<'_>) -> Result<Term<GatheringKind>> {
            Ok(Term(self.facts(ctx).await?.kind))
        }

        /// What people mainly do (主な活動内容); null: not recorded.
        async fn main_activity(&self, ctx: &Context<'_>) -> Result<Option<Term<Activity>>> {
            Ok(self.facts(ctx).await?.main_activity.map(Term))
        }

        /// What else they do (その他の活動).
        async fn activities(&self, ctx: &Context<'_>) -> Result<Vec<Term<Activity>>> {
            Ok(self.facts(ctx).await?.activities.iter().copied().map(Term).collect())
        }

        /// Who runs it (運営主体); null: not recorded.
        async fn operator_type(&self, ctx: &Context<'_>) -> Result<Option<Term<OperatorType>>> {
            Ok(self.facts(ctx).await?.operator_type.map(Term))
        }

        /// Where it is held (会場).
        async fn venue(&self, ctx: &Context<'_>) -> Result<Option<Venue>> {
            Ok(self.facts(ctx).await?.venue.clone())
        }

        /// For whom it is (対象).
        async fn eligibility(&self, ctx: &Context<'_>) -> Result<Eligibility> {
            Ok(self.facts(ctx).await?.eligibility.clone())
        }

        /// What it costs (参加費). None: nobody has recorded it, which is not free.
        async fn fees(&self, ctx: &Context<'_>) -> Result<Vec<Fee>> {
            Ok(self.facts(ctx).await?.fees.clone())
        }

        /// For how many people there is room (定員).
        async fn capacity(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
            Ok(self.facts(ctx).await?.capacity)
        }

        /// Whether one has to announce oneself (予約).
        async fn reservation(&self, ctx: &Context<'_>) -> Result<Term<Reservation>> {
            Ok(Term(self.facts(ctx).await?.reservation.unwrap_or(Reservation::Unknown)))
        }

        /// How and until when (予約の方法・締切).
        async fn reservation_note(&self, ctx: &Context<'_>) -> Result<Option<String>> {
            Ok(self.facts(ctx).await?.reservation_note.clone())
        }

        /// Whether one may just have a look (見学・体験); null: not recorded.
        async fn trial_possible(&self, ctx: &Context<'_>) -> Result<Option<bool>> {
            Ok(self.facts(ctx).await?.trial_possible)
        }

        /// What to bring (持ち物).
        async fn bring(&self, ctx: &Context<'_>) -> Result<Option<String>> {
            Ok(self.facts(ctx).await?.bring.clone())
        }

        /// Whether people are fetched (送迎); null: not recorded.
        async fn pickup(&self, ctx: &Context<'_>) -> Result<Option<Pickup>> {
            Ok(self.facts(ctx).await?.pickup.clone())
        }

        /// How allergies are handled where people eat (アレルギーへの対応).
        async fn allergy_policy(&self, ctx: &Context<'_>) -> Result<Option<String>> {
            Ok(self.facts(ctx).await?.allergy_policy.clone())
        }

        /// Whether people with 要支援 or 要介護 are welcome (要支援・要介護の方の参加).
        async fn accepts_certified(&self, ctx: &Context<'_>) -> Result<Term<Answer>> {
            Ok(Term(self.facts(ctx).await?.accepts_certified.unwrap_or(Answer::Unknown)))
        }

        /// How one gets there and in (アクセス・バリアフリー).
        async fn access(&self, ctx: &Context<'_>) -> Result<Access> {
            Ok(self.facts(ctx).await?.access.clone())
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
