//! Official codes of a resource and the data set it comes from.

use crate::auth::row_scope::{below, public};
use crate::context::{Batch, BatchError, grouped};
use crate::scalars::Date;
use crate::terms::{Labelled, Term, labelled};
use async_graphql::SimpleObject;
use async_graphql::dataloader::Loader;
use chrono::NaiveDate;
use entity::{identifier, source};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use std::collections::HashMap;
use std::sync::Arc;

/// An official code (識別子).
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct Identifier {
    /// Which code it is (種類).
    pub system: Term<IdentifierSystem>,
    /// The code itself, in the form of its system (コード).
    pub value: String,
}

labelled! {
    /// The system of an official code (識別子の種類).
    IdentifierSystem {
        /// Number of a care office, ten characters (介護保険事業所番号).
        CareOfficeNumber = (
            "介護保険事業所番号",
            "かいごほけんじぎょうしょばんごう",
            "介護の 会社の 番号",
            "Care office number",
        ),
        /// ID of 医療情報ネット with the code of its prefecture before it, `06:61107990001` (医療機関ID).
        MedicalInstitutionId = ("医療機関ID", "いりょうきかんあいでぃー", "病院などの 番号", "Medical institution ID"),
        /// Number of an entry in the list of a city: the list, the six digits of the municipality and 管理番号 as published,
        /// `gathering-places:062031:K-001` (一覧の管理番号).
        LocalId = ("一覧の管理番号", "いちらんのかんりばんごう", "リストの 番号", "Number in a list"),
    }
}

impl IdentifierSystem {
    /// The system as it is stored.
    pub fn stored(self) -> &'static str {
        match self {
            Self::CareOfficeNumber => identifier::CARE_OFFICE_NUMBER,
            Self::MedicalInstitutionId => identifier::MEDICAL_INSTITUTION_ID,
            Self::LocalId => identifier::LOCAL_ID,
        }
    }

    fn of_stored(stored: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|system| system.stored() == stored)
    }
}

/// The data set a record comes from (出典).
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct Source {
    /// Title of the data set (データセット名).
    pub title: String,
    /// Who publishes it (公表者).
    pub publisher: Option<String>,
    /// Where it is offered (公表ページ).
    pub url: Option<String>,
    /// Licence as stated by the publisher. Records are 加工して作成, processed from it.
    pub license: Option<String>,
    /// The day the data set is from (情報時点); null: unknown.
    pub as_of: Option<Date>,
}

impl From<source::Model> for Source {
    fn from(row: source::Model) -> Self {
        Self {
            title: row.title,
            publisher: row.publisher,
            url: row.url,
            license: row.license,
            as_of: row.as_of.map(Date),
        }
    }
}

/// The disclaimer beside every record: source, day, and the advice to ask before going.
pub fn disclaimer(source: Option<&Source>, as_of: Option<NaiveDate>) -> String {
    let day = match as_of {
        Some(day) => day.format("%Y年%-m月%-d日時点").to_string(),
        None => "時点不明".to_owned(),
    };
    let origin = source.map(|source| {
        let publisher = source.publisher.as_deref().unwrap_or("出典不明");
        format!("{publisher}「{}」（{day}）を加工して作成。", source.title)
    });
    let origin = origin.unwrap_or_else(|| format!("情報は{day}のもの。"));
    format!("{origin}最新の状況は、利用する前に直接お確かめください。")
}

/// The codes of a resource that was read within the viewer's scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct IdentifiersOf(pub i64);

/// A data set by internal key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SourceKey(pub i64);

impl Loader<IdentifiersOf> for Batch {
    type Value = Arc<Vec<Identifier>>;
    type Error = BatchError;

    async fn load(&self, keys: &[IdentifiersOf]) -> Result<HashMap<IdentifiersOf, Self::Value>, BatchError> {
        let select = below::<identifier::Entity>(keys.iter().map(|key| key.0))
            .order_by_asc(identifier::Column::System)
            .order_by_asc(identifier::Column::Value);
        let found = select.all(self.db()).await.map_err(Arc::new)?;
        let code = |row: identifier::Model| {
            let system = IdentifierSystem::of_stored(&row.system)?;
            Some((IdentifiersOf(row.resource_id), Identifier { system: Term(system), value: row.value }))
        };
        Ok(grouped(found.into_iter().filter_map(code)))
    }
}

impl Loader<SourceKey> for Batch {
    type Value = Source;
    type Error = BatchError;

    async fn load(&self, keys: &[SourceKey]) -> Result<HashMap<SourceKey, Source>, BatchError> {
        let select =
            public::<source::Entity>().filter(source::Column::Id.is_in(keys.iter().map(|key| key.0)));
        let found = select.all(self.db()).await.map_err(Arc::new)?;
        Ok(found.into_iter().map(|row| (SourceKey(row.id), row.into())).collect())
    }
}
