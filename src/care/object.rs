//! Fields of care facilities and their services.

use super::{AvailableDay, CareFacility, CareService, CareServiceGroup, CareServiceType, store};
use crate::context::RequestContext;
use crate::error::Result;
use crate::graph::facility::facility_object;
use crate::resources::contacts::{ContactPoint, note_reading};
use crate::resources::store::ResourceKey;
use crate::scalars::Date;
use crate::terms::{Labelled, Term};
use async_graphql::{Context, Object};

facility_object! {
    /// A care facility (介護事業所・介護施設・デイサービス・ケアマネ事業所): the services of one office number at one place.
    CareFacility {
        /// Its services (介護サービス), the one that names the facility first.
        async fn services(&self, ctx: &async_graphql::Context<'_>) -> crate::error::Result<Vec<CareService>> {
            let services = RequestContext::of(ctx).load_list(store::ServicesOf(self.0.id)).await?;
            Ok(services.to_vec())
        }
    } {}
}

/// A kind of care insurance service (介護サービスの種類).
#[Object]
impl CareServiceType {
    /// Official code, three digits, `150` (サービス種類コード).
    async fn code(&self) -> &str {
        self.0.code
    }

    /// Official name, `通所介護`.
    async fn name(&self) -> &str {
        self.0.name
    }

    /// What people say, `デイサービス`.
    async fn short_name(&self) -> &str {
        self.0.short_name
    }

    /// What kind of help it is (分類).
    async fn group(&self) -> Term<CareServiceGroup> {
        Term(self.0.group.into())
    }
}

/// One service of a care facility (介護サービス), keyed by office number and service code. It keeps
/// its own name, contacts, capacity and days.
#[Object]
impl CareService {
    /// Office number (介護保険事業所番号), ten characters.
    async fn office_number(&self) -> &str {
        &self.0.office_number
    }

    /// Kind of service (サービスの種類).
    async fn service_type(&self) -> Result<CareServiceType> {
        let unknown = || {
            crate::error::Error::internal(format!("service code {} is not in the table", self.0.service_code))
        };
        CareServiceType::of_code(&self.0.service_code).ok_or_else(unknown)
    }

    /// Name under which the service is published (事業所名).
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Reading of the name (事業所名カナ).
    async fn name_kana(&self) -> Option<&str> {
        self.0.name_kana.as_deref()
    }

    /// Address of the service where it differs from that of the facility (所在地); null: at the facility.
    async fn address(&self) -> Option<&str> {
        self.0.address.as_deref()
    }

    /// Building and floor at that address (方書); null: none, or at the facility.
    async fn building(&self) -> Option<&str> {
        self.0.building.as_deref()
    }

    /// How to reach the service (連絡先): only what you may see.
    async fn contacts(&self, ctx: &Context<'_>) -> Result<Vec<ContactPoint>> {
        let facility = RequestContext::of(ctx).load(ResourceKey(self.0.resource_id)).await?;
        let mine = |contact: &ContactPoint| contact.service_code.as_deref() == Some(&self.0.service_code);
        let contacts = facility.map(|facility| facility.contacts()).unwrap_or_default();
        let shown: Vec<ContactPoint> = contacts.into_iter().filter(mine).collect();
        note_reading(ctx, &shown);
        Ok(shown)
    }

    /// Web page, http or https (ホームページ).
    async fn url(&self) -> Option<&str> {
        self.0.url.as_deref()
    }

    /// Capacity in persons (定員); null: none published.
    async fn capacity(&self) -> Option<i32> {
        self.0.capacity
    }

    /// Days on which it is available (利用可能曜日); null: not published.
    async fn available_days(&self) -> Option<Vec<Term<AvailableDay>>> {
        let bits = self.0.available_days?;
        Some(AvailableDay::ALL.iter().filter(|day| bits & day.bit() != 0).map(|day| Term(*day)).collect())
    }

    /// What the publisher says about the days, in its own words (利用可能曜日特記事項).
    async fn available_days_note(&self) -> Option<&str> {
        self.0.available_days_note.as_deref()
    }

    /// Whether older and disabled persons use it together (共生型サービス); null: not published.
    async fn is_kyosei(&self) -> Option<bool> {
        self.0.is_kyosei
    }

    /// Whether it meets the usual standard of care insurance (介護保険の通常の指定基準).
    async fn meets_kaigo_standard(&self) -> Option<bool> {
        self.0.meets_kaigo_standard
    }

    /// Whether it meets the usual standard of disability welfare (障害福祉の通常の指定基準).
    async fn meets_shogai_standard(&self) -> Option<bool> {
        self.0.meets_shogai_standard
    }

    /// Remarks (備考).
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// The day the facts are from (情報時点); null: unknown.
    async fn as_of(&self) -> Option<Date> {
        self.0.as_of.map(Date)
    }

    /// Since when the complete list of its publisher no longer has it (公表一覧から消えた日).
    async fn vanished_on(&self) -> Option<Date> {
        self.0.vanished_on.map(Date)
    }
}
