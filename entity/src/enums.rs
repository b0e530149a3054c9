//! Closed sets of values, stored as small numbers that never change their meaning.

use sea_orm::entity::prelude::*;

/// What kind of thing a resource is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum ResourceKind {
    #[sea_orm(num_value = 1)]
    GatheringPlace = 1,
    #[sea_orm(num_value = 2)]
    MutualAidGroup = 2,
    #[sea_orm(num_value = 3)]
    PrivateService = 3,
    #[sea_orm(num_value = 4)]
    MedicalFacility = 4,
    #[sea_orm(num_value = 5)]
    CareFacility = 5,
    #[sea_orm(num_value = 6)]
    ConsultationDesk = 6,
}

impl ResourceKind {
    /// Whether no national list holds it: a record that was confirmed too long ago is not sure any more.
    pub fn is_local(self) -> bool {
        match self {
            Self::GatheringPlace | Self::MutualAidGroup | Self::PrivateService | Self::ConsultationDesk => {
                true
            }
            Self::MedicalFacility | Self::CareFacility => false,
        }
    }

    /// Whether people at home may run it: where nobody can be rung directly, an intermediary passes a message on.
    pub fn is_run_from_home(self) -> bool {
        match self {
            Self::GatheringPlace | Self::MutualAidGroup | Self::PrivateService => true,
            Self::MedicalFacility | Self::CareFacility | Self::ConsultationDesk => false,
        }
    }
}

/// Where a record stands between a first note and its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum PublicationState {
    #[sea_orm(num_value = 1)]
    Draft = 1,
    #[sea_orm(num_value = 2)]
    InReview = 2,
    #[sea_orm(num_value = 3)]
    Published = 3,
    #[sea_orm(num_value = 4)]
    Suspended = 4,
    #[sea_orm(num_value = 5)]
    Ended = 5,
    #[sea_orm(num_value = 6)]
    Withdrawn = 6,
}

/// Whether and why a resource has a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum LocationStatus {
    #[sea_orm(num_value = 1)]
    Located = 1,
    #[sea_orm(num_value = 2)]
    NoFixedPlace = 2,
    #[sea_orm(num_value = 3)]
    Unknown = 3,
    #[sea_orm(num_value = 4)]
    Withheld = 4,
}

/// How a position was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum PositionPrecision {
    #[sea_orm(num_value = 1)]
    Source = 1,
    #[sea_orm(num_value = 2)]
    Building = 2,
    #[sea_orm(num_value = 3)]
    Block = 3,
    #[sea_orm(num_value = 4)]
    Town = 4,
}

/// From where a resource can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum ServiceArea {
    #[sea_orm(num_value = 1)]
    Everywhere = 1,
    #[sea_orm(num_value = 2)]
    Districts = 2,
    #[sea_orm(num_value = 3)]
    Unknown = 3,
}

/// 機関区分 of 医療情報ネット, with its published numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum InstitutionType {
    #[sea_orm(num_value = 1)]
    Hospital = 1,
    #[sea_orm(num_value = 2)]
    Clinic = 2,
    #[sea_orm(num_value = 3)]
    Dental = 3,
    #[sea_orm(num_value = 4)]
    Maternity = 4,
    #[sea_orm(num_value = 5)]
    Pharmacy = 5,
}

/// Who answers at a contact point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum ContactKind {
    #[sea_orm(num_value = 1)]
    Representative = 1,
    #[sea_orm(num_value = 2)]
    Application = 2,
    #[sea_orm(num_value = 3)]
    Intermediary = 3,
    #[sea_orm(num_value = 4)]
    Staff = 4,
    #[sea_orm(num_value = 5)]
    LeaderPersonal = 5,
}

/// Who may know of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum Visibility {
    #[sea_orm(num_value = 1)]
    Public = 1,
    #[sea_orm(num_value = 2)]
    Partner = 2,
    #[sea_orm(num_value = 3)]
    CareProfessional = 3,
    #[sea_orm(num_value = 4)]
    Coordinator = 4,
    #[sea_orm(num_value = 5)]
    Admin = 5,
}

/// For what somebody agreed to be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum ConsentPurpose {
    #[sea_orm(num_value = 1)]
    PublicWeb = 1,
    #[sea_orm(num_value = 2)]
    PrintedBooklet = 2,
    #[sea_orm(num_value = 3)]
    Partner = 3,
    #[sea_orm(num_value = 4)]
    Care = 4,
    #[sea_orm(num_value = 5)]
    DisasterOnly = 5,
}

/// Who agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum ConsentSubject {
    #[sea_orm(num_value = 1)]
    Person = 1,
    #[sea_orm(num_value = 2)]
    Group = 2,
}

/// How they agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum ConsentMethod {
    #[sea_orm(num_value = 1)]
    Written = 1,
    #[sea_orm(num_value = 2)]
    Oral = 2,
    #[sea_orm(num_value = 3)]
    Email = 3,
}

/// Why text is held back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum HeldReason {
    #[sea_orm(num_value = 1)]
    PrivatePhone = 1,
    #[sea_orm(num_value = 2)]
    PrivateMail = 2,
    #[sea_orm(num_value = 3)]
    Withdrawn = 3,
}

/// What kind of event an audit entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum AuditKind {
    #[sea_orm(num_value = 1)]
    Read = 1,
    #[sea_orm(num_value = 2)]
    Change = 2,
}
