//! Closed sets of words of the change log, as they are stored.

use sea_orm::entity::prelude::*;

/// A kind of thing whose changes are logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum ChangedThing {
    /// A resource of any kind (地域資源).
    #[sea_orm(num_value = 1)]
    Resource = 1,
    /// A district (日常生活圏域).
    #[sea_orm(num_value = 2)]
    District = 2,
    /// A municipality with its towns and boundary (市区町村).
    #[sea_orm(num_value = 3)]
    Municipality = 3,
    /// A coordinator (生活支援コーディネーター).
    #[sea_orm(num_value = 4)]
    Coordinator = 4,
    /// An organization (運営団体).
    #[sea_orm(num_value = 5)]
    Organization = 5,
    /// A data set (出典).
    #[sea_orm(num_value = 6)]
    Source = 6,
    /// A physician with the institutions they work at (医師).
    #[sea_orm(num_value = 7)]
    Physician = 7,
    /// A version of a sheet (連携シート).
    #[sea_orm(num_value = 8)]
    Sheet = 8,
    /// A desk of professionals (連携窓口).
    #[sea_orm(num_value = 9)]
    LiaisonContact = 9,
    /// An answer about a care need (受け入れ).
    #[sea_orm(num_value = 10)]
    Acceptance = 10,
    /// A report of vacancies (空き情報).
    #[sea_orm(num_value = 11)]
    Vacancy = 11,
}

/// What happened to a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum ChangeType {
    /// It is new.
    #[sea_orm(num_value = 1)]
    Created = 1,
    /// Fields of it, or its readers, are others.
    #[sea_orm(num_value = 2)]
    Updated = 2,
    /// It was deleted or withdrawn from publication.
    #[sea_orm(num_value = 3)]
    Gone = 3,
    /// It was withdrawn, and is published again.
    #[sea_orm(num_value = 4)]
    Restored = 4,
}
