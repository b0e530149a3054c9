//! Fields of districts and municipalities.

use super::{District, DistrictTown, Municipality, Prefecture, store};
use crate::context::RequestContext;
use crate::coordinators::SupportCoordinator;
use crate::desks::ConsultationDesk;
use crate::desks::store::DesksOf;
use crate::error::{Nullable, Result};
use crate::id::{NodeId, NodeType};
use crate::scalars::Date;
use async_graphql::{Context, ID, Object};
use std::sync::Arc;

/// A municipality (市区町村); wards of designated cities are municipalities of their own.
#[Object]
impl Municipality {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        NodeId::new(NodeType::Municipality, self.0.uuid).into()
    }

    /// Official code (全国地方公共団体コード), six digits with check digit, `062031`.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Name as in an address after the prefecture, `鶴岡市`, `最上郡金山町`.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Reading in hiragana (よみ).
    async fn name_kana(&self) -> Option<&str> {
        self.0.name_kana.as_deref()
    }

    /// Prefecture (都道府県).
    async fn prefecture(&self) -> Option<Prefecture> {
        Prefecture::of_code(&self.0.prefecture_code)
    }

    /// Daily-life districts (日常生活圏域) valid on a day; without a day, today.
    async fn districts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; without it, today in Japan.")] as_of: Option<Date>,
    ) -> Result<Vec<District>> {
        let context = RequestContext::of(ctx);
        let all = context.load_list(store::DistrictsOf(self.0.id)).await?;
        let day = as_of.map_or(context.viewer.today(), |day| day.0);
        Ok(all.iter().filter(|district| district.is_valid(day)).cloned().collect())
    }
}

/// A daily-life district (日常生活圏域・圏域・中学校区): the 町字 for which one support centre (地域包括支援センター) answers.
#[Object]
impl District {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        NodeId::new(NodeType::District, self.0.uuid).into()
    }

    /// Code, unique within its municipality, `D01` (圏域コード).
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Name (圏域名).
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Municipality (市区町村).
    async fn municipality(&self, ctx: &Context<'_>) -> Option<Municipality> {
        let key = store::MunicipalityKey(self.0.municipality_id);
        RequestContext::of(ctx).load(key).await.nullable(ctx)
    }

    /// The 町字 it consists of, with the days from and to which they belong to it, by name.
    async fn towns(&self, ctx: &Context<'_>) -> Result<Vec<DistrictTown>> {
        let towns: Arc<Vec<DistrictTown>> =
            RequestContext::of(ctx).load_list(store::TownsOf(self.0.id)).await?;
        Ok(towns.to_vec())
    }

    /// First day of the district (適用開始日); null: since ever.
    async fn valid_from(&self) -> Option<Date> {
        self.0.valid_from.map(Date)
    }

    /// Last day of the district (適用終了日); null: until further notice.
    async fn valid_to(&self) -> Option<Date> {
        self.0.valid_to.map(Date)
    }

    /// The support centre (地域包括支援センター) that answers for it today, wherever its office stands; null:
    /// none is recorded. Of several, the one entered first; `desks` has all.
    async fn support_center(&self, ctx: &Context<'_>) -> Option<ConsultationDesk> {
        self.center(ctx).await.nullable(ctx)
    }

    /// The consultation desks (相談窓口) that answer for it today, support centres first. Desks for
    /// everybody everywhere are not among them; `consultationDesks` lists them.
    async fn desks(&self, ctx: &Context<'_>) -> Result<Vec<ConsultationDesk>> {
        let desks: Arc<Vec<ConsultationDesk>> = RequestContext::of(ctx).load_list(DesksOf(self.0.id)).await?;
        Ok(desks.to_vec())
    }

    /// Who coordinates everyday support in it (生活支援コーディネーター), first layer first.
    async fn coordinators(&self, ctx: &Context<'_>) -> Result<Vec<SupportCoordinator>> {
        self.coordinators_of(ctx).await
    }
}
