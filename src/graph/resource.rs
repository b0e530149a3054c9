//! The interface `Resource`, and the fields that every kind of resource has.
//!
//! A GraphQL interface needs each of its fields on each of its types. `resource_object!` puts them
//! in front of the fields of one kind; the type must be a newtype around [`crate::resources::row::Row`].

use crate::care::CareFacility;
use crate::desks::ConsultationDesk;
use crate::districts::District;
use crate::gatherings::GatheringPlace;
use crate::medical::MedicalFacility;
use crate::mutual_aid::MutualAidGroup;
use crate::organizations::Organization;
use crate::private_services::PrivateService;
use crate::resources::row::Row;
use crate::resources::{Listed, contacts, freshness, kinds, location, openness, provenance};
use crate::scalars::{Date, DateTime};
use crate::schedules::weekly::WeeklyTimeInput;
use crate::schedules::{OpenState, Schedule, TimeWindow};
use crate::terms::Term;
use crate::withheld::WithheldField;
use async_graphql::{ID, Interface};
use entity::enums;

/// Anything a person can be pointed to (地域資源).
#[expect(clippy::duplicated_attributes, reason = "two fields of one type are no duplicates")]
#[derive(Clone, Interface)]
#[graphql(
    field(name = "id", ty = "ID", desc = "Opaque id, the same in every database that knows the resource."),
    field(name = "kind", ty = "Term<kinds::ResourceKind>", desc = "Kind of resource (種別)."),
    field(name = "name", ty = "&str", desc = "Name (名称)."),
    field(name = "name_kana", ty = "Option<&str>", desc = "Reading of the name as published (名称カナ)."),
    field(name = "alias", ty = "Option<&str>", desc = "What people call it (通称)."),
    field(name = "description", ty = "Option<&str>", desc = "What it offers, in words (説明)."),
    field(name = "url", ty = "Option<&str>", desc = "Web page, http or https (ホームページ)."),
    field(name = "state", ty = "Term<kinds::PublicationState>", desc = "Publication state (掲載状態)."),
    field(name = "location", ty = "&location::Location", desc = "Where it is (所在地)."),
    field(
        name = "service_area",
        ty = "Term<kinds::ServiceArea>",
        desc = "From where it can be used (利用できる範囲)."
    ),
    field(
        name = "service_districts",
        ty = "Vec<District>",
        desc = "Districts it can be used from (利用できる地区)."
    ),
    field(name = "organization", ty = "Option<Organization>", desc = "Who runs it (運営団体)."),
    field(
        name = "contacts",
        ty = "Vec<contacts::ContactPoint>",
        desc = "How to reach it (連絡先): only what you may see."
    ),
    field(
        name = "withheld",
        ty = "Vec<WithheldField>",
        desc = "What is not shown because it looks private (非公開にした項目), and why."
    ),
    field(
        name = "schedules",
        ty = "Vec<Schedule>",
        desc = "When it is open or meets (開催日時・営業時間). None: nobody has recorded it."
    ),
    field(
        name = "open_state",
        ty = "OpenState",
        desc = "Whether one may come (開いているか). UNKNOWN means: call first.",
        arg(name = "at", ty = "Option<DateTime>", desc = "At which instant; now without it.")
    ),
    field(
        name = "next_open",
        ty = "Option<TimeWindow>",
        desc = "The next time when one may surely come within one's free times (次に行ける日時): an hour or more without a \
                break by one of its schedules, in the next four weeks; null: there is none. The filter `openDuring` lists what has one.",
        arg(name = "during", ty = "Vec<WeeklyTimeInput>", desc = "One's free times, week by week.")
    ),
    field(
        name = "suspension",
        ty = "Option<openness::Suspension>",
        desc = "From when to when it is suspended (休止期間); null: it is not."
    ),
    field(name = "identifiers", ty = "Vec<provenance::Identifier>", desc = "Official codes (識別子)."),
    field(name = "source", ty = "Option<provenance::Source>", desc = "The data set it comes from (出典)."),
    field(
        name = "disclaimer",
        ty = "String",
        desc = "What to bear in mind when using the record (注意書き), in Japanese."
    ),
    field(
        name = "as_of",
        ty = "Option<Date>",
        desc = "The day the facts are from (情報時点); null: unknown."
    ),
    field(
        name = "last_verified_on",
        ty = "Option<Date>",
        desc = "The day somebody last verified them (最終確認日)."
    ),
    field(
        name = "vanished_on",
        ty = "Option<Date>",
        desc = "Since when the complete list of its publisher no longer has it (公表一覧から消えた日)."
    ),
    field(
        name = "created_on",
        ty = "Option<Date>",
        desc = "The day it came into this directory (登録日); null: before such days were kept."
    ),
    field(
        name = "updated_on",
        ty = "Option<Date>",
        desc = "The day its facts last changed here (更新日); null: before such days were kept."
    ),
    field(name = "freshness", ty = "Term<freshness::Freshness>", desc = "How fresh the record is (鮮度)."),
    field(name = "note", ty = "Option<&str>", desc = "Remarks (備考).")
)]
pub enum Resource {
    /// A place of gathering (通いの場).
    GatheringPlace(GatheringPlace),
    /// A mutual-aid group (支え合い活動).
    MutualAidGroup(MutualAidGroup),
    /// A private service outside of the care insurance (介護保険外サービス・自費サービス・配食・家事代行).
    PrivateService(PrivateService),
    /// A care facility (介護事業所).
    CareFacility(CareFacility),
    /// A medical facility (医療機関・病院・診療所・クリニック・歯科・薬局).
    MedicalFacility(MedicalFacility),
    /// A consultation desk (相談窓口).
    ConsultationDesk(ConsultationDesk),
}

impl Listed for Resource {
    const NAME: &'static str = "Resource";

    fn from_row(row: Row) -> Option<Self> {
        Some(match row.kind {
            enums::ResourceKind::GatheringPlace => Self::GatheringPlace(GatheringPlace(row)),
            enums::ResourceKind::MutualAidGroup => Self::MutualAidGroup(MutualAidGroup(row)),
            enums::ResourceKind::PrivateService => Self::PrivateService(PrivateService(row)),
            enums::ResourceKind::MedicalFacility => Self::MedicalFacility(MedicalFacility(row)),
            enums::ResourceKind::CareFacility => Self::CareFacility(CareFacility(row)),
            enums::ResourceKind::ConsultationDesk => Self::ConsultationDesk(ConsultationDesk(row)),
        })
    }

    fn row(&self) -> &Row {
        match self {
            Self::GatheringPlace(place) => &place.0,
            Self::MutualAidGroup(group) => &group.0,
            Self::PrivateService(service) => &service.0,
            Self::CareFacility(facility) => &facility.0,
            Self::MedicalFacility(facility) => &facility.0,
            Self::ConsultationDesk(desk) => &desk.0,
        }
    }
}

/// Declares the GraphQL object of a kind of resource: its description, its name, its own fields.
macro_rules! resource_object {
    ($(#[$meta:meta])* $name:ident { $($own:tt)* }) => {
        $(#[$meta])*
        #[async_graphql::Object]
        impl $name {
            /// Opaque id, the same in every database that knows the resource.
            pub async fn id(&self) -> async_graphql::ID {
                crate::id::NodeId::new(crate::id::NodeType::Resource(self.0.kind), self.0.uuid).into()
            }

            /// Kind of resource (種別).
            pub async fn kind(&self) -> crate::terms::Term<crate::resources::kinds::ResourceKind> {
                crate::terms::Term(self.0.kind.into())
            }

            /// Name (名称).
            pub async fn name(&self) -> &str {
                &self.0.name
            }

            /// Reading of the name as published (名称カナ).
            pub async fn name_kana(&self) -> Option<&str> {
                self.0.name_kana.as_deref()
            }

            /// What people call it (通称).
            pub async fn alias(&self) -> Option<&str> {
                self.0.alias.as_deref()
            }

            /// What it offers, in words (説明).
            pub async fn description(&self) -> Option<&str> {
                self.0.description.as_deref()
            }

            /// Web page, http or https (ホームページ).
            pub async fn url(&self) -> Option<&str> {
                self.0.url.as_deref()
            }

            /// Publication state (掲載状態).
            pub async fn state(&self) -> crate::terms::Term<crate::resources::kinds::PublicationState> {
                use crate::resources::kinds::PublicationState;
                crate::terms::Term(PublicationState::from(self.0.state))
            }

            /// Where it is (所在地).
            pub async fn location(&self) -> &crate::resources::location::Location {
                &self.0.location
            }

            /// From where it can be used (利用できる範囲), which is not where it stands.
            pub async fn service_area(&self) -> crate::terms::Term<crate::resources::kinds::ServiceArea> {
                use crate::resources::kinds::ServiceArea;
                crate::terms::Term(ServiceArea::from(self.0.service_area))
            }

            /// Districts it can be used from (利用できる地区), when `serviceArea` is DISTRICTS.
            pub async fn service_districts(&self) -> Vec<crate::districts::District> {
                crate::resources::service_area::served(&self.0)
            }

            /// Who runs it (運営団体).
            pub async fn organization(&self) -> Option<crate::organizations::Organization> {
                self.0.organization.clone()
            }

            /// How to reach it (連絡先): only what you may see. Of a local activity at which you may ring
            /// nobody directly, the support centre of its district stands in (仲介).
            pub async fn contacts(
                &self,
                ctx: &async_graphql::Context<'_>,
            ) -> crate::error::Result<Vec<crate::resources::contacts::ContactPoint>> {
                crate::graph::contact_point::shown(ctx, &self.0).await
            }

            /// What is not shown because it looks private (非公開にした項目), and why.
            pub async fn withheld(
                &self,
                ctx: &async_graphql::Context<'_>,
            ) -> crate::error::Result<Vec<crate::withheld::WithheldField>> {
                let key = crate::withheld::store::WithheldOf(self.0.id);
                let withheld = crate::context::RequestContext::of(ctx).load_list(key).await?;
                Ok(withheld.to_vec())
            }

            /// When it is open or meets (開催日時・営業時間). None: nobody has recorded it.
            pub async fn schedules(
                &self,
                ctx: &async_graphql::Context<'_>,
            ) -> crate::error::Result<Vec<crate::schedules::Schedule>> {
                crate::resources::openness::schedules(ctx, &self.0).await
            }

            /// Whether one may come (開いているか). UNKNOWN means: call first.
            pub async fn open_state(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "At which instant; now without it.")] at: Option<crate::scalars::DateTime>,
            ) -> crate::error::Result<crate::schedules::OpenState> {
                crate::resources::openness::open_state(ctx, &self.0, at).await
            }

            /// The next time when one may surely come within one's free times (次に行ける日時): an hour or more without a
            /// break, in the next four weeks; null: there is none. The filter `openDuring` lists what has one.
            pub async fn next_open(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "One's free times, week by week.")] during: Vec<
                    crate::schedules::weekly::WeeklyTimeInput,
                >,
            ) -> Option<crate::schedules::TimeWindow> {
                let found = crate::resources::openness::next_open(ctx, &self.0, &during).await;
                crate::error::Nullable::nullable(found, ctx)
            }

            /// From when to when it is suspended (休止期間); null: it is not.
            pub async fn suspension(&self) -> Option<crate::resources::openness::Suspension> {
                crate::resources::openness::Suspension::of(&self.0)
            }

            /// Official codes (識別子).
            pub async fn identifiers(
                &self,
                ctx: &async_graphql::Context<'_>,
            ) -> crate::error::Result<Vec<crate::resources::provenance::Identifier>> {
                let key = crate::resources::provenance::IdentifiersOf(self.0.id);
                let codes = crate::context::RequestContext::of(ctx).load_list(key).await?;
                Ok(codes.to_vec())
            }

            /// The data set it comes from (出典).
            pub async fn source(
                &self,
                ctx: &async_graphql::Context<'_>,
            ) -> Option<crate::resources::provenance::Source> {
                use crate::error::Nullable;
                let key = crate::resources::provenance::SourceKey(self.0.source_id?);
                crate::context::RequestContext::of(ctx).load(key).await.nullable(ctx)
            }

            /// What to bear in mind when using the record (注意書き), in Japanese: where it comes from, of
            /// which day it is, and to ask before going. Show it beside the record.
            pub async fn disclaimer(&self, ctx: &async_graphql::Context<'_>) -> crate::error::Result<String> {
                let source = match self.0.source_id {
                    Some(id) => {
                        let key = crate::resources::provenance::SourceKey(id);
                        crate::context::RequestContext::of(ctx).load(key).await?
                    }
                    None => None,
                };
                Ok(crate::resources::provenance::disclaimer(source.as_ref(), self.0.as_of))
            }

            /// The day the facts are from (情報時点); null: unknown.
            pub async fn as_of(&self) -> Option<crate::scalars::Date> {
                self.0.as_of.map(crate::scalars::Date)
            }

            /// The day somebody last verified them (最終確認日); editing is not verifying.
            pub async fn last_verified_on(&self) -> Option<crate::scalars::Date> {
                self.0.last_verified_on.map(crate::scalars::Date)
            }

            /// Since when the complete list of its publisher no longer has it (公表一覧から消えた日).
            pub async fn vanished_on(&self) -> Option<crate::scalars::Date> {
                self.0.vanished_on.map(crate::scalars::Date)
            }

            /// The day it came into this directory (登録日), in Japan; null: before such days were kept.
            pub async fn created_on(&self) -> Option<crate::scalars::Date> {
                self.0.created_on.map(crate::scalars::Date)
            }

            /// The day its facts last changed here (更新日), in Japan; null: before such days were kept. The day the facts are
            /// from is `asOf`.
            pub async fn updated_on(&self) -> Option<crate::scalars::Date> {
                self.0.updated_on.map(crate::scalars::Date)
            }

            /// How fresh the record is (鮮度), from the later of `asOf` and `lastVerifiedOn`; at best DUE when its source no longer
            /// lists it (`vanishedOn`).
            pub async fn freshness(
                &self,
                ctx: &async_graphql::Context<'_>,
            ) -> crate::terms::Term<crate::resources::freshness::Freshness> {
                let today = crate::context::RequestContext::of(ctx).viewer.today();
                let row = &self.0;
                crate::terms::Term(crate::resources::freshness::Freshness::of(
                    row.last_verified_on,
                    row.as_of,
                    row.vanished_on,
                    today,
                ))
            }

            /// Remarks (備考).
            pub async fn note(&self) -> Option<&str> {
                self.0.note.as_deref()
            }

            $($own)*
        }
    };
}

pub(crate) use resource_object;
