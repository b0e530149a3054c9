//! Fields of support coordinators.

use super::SupportCoordinator;
use super::terms::CoordinatorTier;
use crate::context::RequestContext;
use crate::desks::ConsultationDesk;
use crate::desks::store::DeskKey;
use crate::districts::store::{DistrictsOf, MunicipalityKey};
use crate::districts::{District, Municipality};
use crate::error::{Nullable, Result};
use crate::resources::contacts::ContactPoint;
use crate::resources::kinds::ContactKind;
use crate::scalars::Date;
use crate::terms::Term;
use async_graphql::{Context, ID, Object};

/// A coordinator of everyday support (生活支援コーディネーター・地域支え合い推進員): knows what help there is in an area, brings
/// people together and starts what is missing.
#[Object]
impl SupportCoordinator {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        self.node_id().into()
    }

    /// First or second layer (層).
    async fn tier(&self) -> Term<CoordinatorTier> {
        Term(self.tier)
    }

    /// Name of the person (氏名); null unless the list says that the city itself prints it.
    async fn name(&self) -> Option<&str> {
        self.row.name.as_deref()
    }

    /// Where the coordinator works (所属).
    async fn organization(&self) -> Option<&str> {
        self.row.organization.as_deref()
    }

    /// The phone at work (職場の電話); null: none was published. Never a private number.
    async fn contact(&self) -> Option<ContactPoint> {
        self.row.phone.as_ref()?;
        Some(ContactPoint {
            kind: ContactKind::Staff,
            label: self.row.organization.clone(),
            tel: self.row.phone.clone(),
            tel_e164: self.row.phone_e164.clone(),
            fax: None,
            fax_e164: None,
            email: None,
            service_code: None,
            professional: None,
            confidential: None,
        })
    }

    /// The districts (担当地区) the coordinator is responsible for, by code. Of the first layer without a list:
    /// all districts of the municipality that are valid today.
    async fn districts(&self, ctx: &Context<'_>) -> Result<Vec<District>> {
        if !self.districts.is_empty() || self.tier != CoordinatorTier::First {
            return Ok(self.districts.clone());
        }
        let context = RequestContext::of(ctx);
        let all = context.load_list(DistrictsOf(self.row.municipality_id)).await?;
        let today = context.viewer.today();
        Ok(all.iter().filter(|district| district.is_valid(today)).cloned().collect())
    }

    /// The support centre (地域包括支援センター) the coordinator works at; null: none was named.
    async fn support_center(&self, ctx: &Context<'_>) -> Option<ConsultationDesk> {
        RequestContext::of(ctx).load(DeskKey(self.row.desk_uuid?)).await.nullable(ctx)
    }

    /// Municipality (市区町村).
    async fn municipality(&self, ctx: &Context<'_>) -> Option<Municipality> {
        RequestContext::of(ctx).load(MunicipalityKey(self.row.municipality_id)).await.nullable(ctx)
    }

    /// The day the facts are from (情報時点); null: unknown.
    async fn as_of(&self) -> Option<Date> {
        self.row.as_of.map(Date)
    }

    /// Since when the complete list of the city no longer has the coordinator (公表一覧から消えた日).
    async fn vanished_on(&self) -> Option<Date> {
        self.row.vanished_on.map(Date)
    }
}
