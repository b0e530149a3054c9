//! Closed sets of values, stored as small numbers or codes that never change their meaning.

use sea_orm::entity::prelude::*;

mod audit;
mod changes;

pub use audit::{AuditAction, AuditKind};
pub use changes::{ChangeType, ChangedThing};

/// Kind of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum ResourceKind {
    /// Place of gathering (通いの場).
    #[sea_orm(num_value = 1)]
    GatheringPlace = 1,
    /// Mutual-aid group (支え合い活動).
    #[sea_orm(num_value = 2)]
    MutualAidGroup = 2,
    /// Private service outside of the care insurance (介護保険外サービス).
    #[sea_orm(num_value = 3)]
    PrivateService = 3,
    /// Medical facility (医療機関).
    #[sea_orm(num_value = 4)]
    MedicalFacility = 4,
    /// Care facility (介護事業所).
    #[sea_orm(num_value = 5)]
    CareFacility = 5,
    /// Consultation desk (相談窓口).
    #[sea_orm(num_value = 6)]
    ConsultationDesk = 6,
}

impl ResourceKind {
    /// Whether it is a local kind, which no national list contains; its records become uncertain when they
    /// were confirmed too long ago.
    pub fn is_local(self) -> bool {
        match self {
            Self::GatheringPlace | Self::MutualAidGroup | Self::PrivateService | Self::ConsultationDesk => {
                true
            }
            Self::MedicalFacility | Self::CareFacility => false,
        }
    }

    /// Whether people may run it from home; if no phone number is visible, an intermediary passes messages
    /// on.
    pub fn is_run_from_home(self) -> bool {
        match self {
            Self::GatheringPlace | Self::MutualAidGroup | Self::PrivateService => true,
            Self::MedicalFacility | Self::CareFacility | Self::ConsultationDesk => false,
        }
    }
}

/// State of a record from its first draft to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum PublicationState {
    /// Draft (下書き).
    #[sea_orm(num_value = 1)]
    Draft = 1,
    /// Published (公開中).
    #[sea_orm(num_value = 3)]
    Published = 3,
    /// Suspended for a while (一時休止).
    #[sea_orm(num_value = 4)]
    Suspended = 4,
    /// Ended (終了).
    #[sea_orm(num_value = 5)]
    Ended = 5,
    /// Withdrawn from publication (掲載取下げ).
    #[sea_orm(num_value = 6)]
    Withdrawn = 6,
}

/// Whether and why a resource has a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum LocationStatus {
    /// It has a position (位置あり).
    #[sea_orm(num_value = 1)]
    Located = 1,
    /// It comes to its users and has no fixed place (固定所在地なし).
    #[sea_orm(num_value = 2)]
    NoFixedPlace = 2,
    /// The position is not known (位置未確認).
    #[sea_orm(num_value = 3)]
    Unknown = 3,
    /// The position is not public, for example of a private home (非公開).
    #[sea_orm(num_value = 4)]
    Withheld = 4,
}

/// How a position was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum PositionPrecision {
    /// As published by the source (原典).
    #[sea_orm(num_value = 1)]
    Source = 1,
    /// The representative point of the 町字: the real place may be a kilometre away.
    #[sea_orm(num_value = 4)]
    Town = 4,
}

/// Area from which a resource can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum ServiceArea {
    /// From everywhere.
    #[sea_orm(num_value = 1)]
    Everywhere = 1,
    /// From the districts in `resource_district`.
    #[sea_orm(num_value = 2)]
    Districts = 2,
    /// Not recorded.
    #[sea_orm(num_value = 3)]
    Unknown = 3,
}

/// 機関区分 of 医療情報ネット, with its published numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum InstitutionType {
    /// Hospital (病院).
    #[sea_orm(num_value = 1)]
    Hospital = 1,
    /// Clinic (診療所).
    #[sea_orm(num_value = 2)]
    Clinic = 2,
    /// Dental clinic (歯科診療所).
    #[sea_orm(num_value = 3)]
    Dental = 3,
    /// Maternity home (助産所).
    #[sea_orm(num_value = 4)]
    Maternity = 4,
    /// Pharmacy (薬局).
    #[sea_orm(num_value = 5)]
    Pharmacy = 5,
}

/// Person or desk that answers at a contact point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum ContactKind {
    /// The main line (代表).
    #[sea_orm(num_value = 1)]
    Representative = 1,
    /// The place to apply (申込先).
    #[sea_orm(num_value = 2)]
    Application = 2,
    /// An office that passes messages on, such as a support centre (仲介).
    #[sea_orm(num_value = 3)]
    Intermediary = 3,
    /// A member of staff (担当者).
    #[sea_orm(num_value = 4)]
    Staff = 4,
    /// The leader in person (代表者個人).
    #[sea_orm(num_value = 5)]
    LeaderPersonal = 5,
}

/// Visibility: the audience that may read something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum Visibility {
    /// Everybody (公開).
    #[sea_orm(num_value = 1)]
    Public = 1,
    /// Partner organisations and holders of any other role (連携団体限り).
    #[sea_orm(num_value = 2)]
    Partner = 2,
    /// Care and medical professionals (医療介護専門職限り).
    #[sea_orm(num_value = 3)]
    CareProfessional = 3,
    /// Coordinators of the districts of the resource (生活支援コーディネーター限り).
    #[sea_orm(num_value = 4)]
    Coordinator = 4,
    /// The city (市担当者限り).
    #[sea_orm(num_value = 5)]
    Admin = 5,
}

/// Purpose of a consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum ConsentPurpose {
    /// The public web (公開サイト): opens the contact to everybody.
    #[sea_orm(num_value = 1)]
    PublicWeb = 1,
    /// The printed booklet (情報誌): changes nothing here.
    #[sea_orm(num_value = 2)]
    PrintedBooklet = 2,
    /// Partner organisations (連携団体): opens the contact to holders of any role.
    #[sea_orm(num_value = 3)]
    Partner = 3,
    /// Care and medical professionals (医療介護専門職): opens the contact to them.
    #[sea_orm(num_value = 4)]
    Care = 4,
    /// A disaster only (災害時のみ): changes nothing here.
    #[sea_orm(num_value = 5)]
    DisasterOnly = 5,
}

/// Person or group that consented.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum ConsentSubject {
    /// The person whose number it is (本人).
    #[sea_orm(num_value = 1)]
    Person = 1,
    /// The group, for its own line (団体).
    #[sea_orm(num_value = 2)]
    Group = 2,
}

/// Method of a consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum ConsentMethod {
    /// In writing (書面).
    #[sea_orm(num_value = 1)]
    Written = 1,
    /// By word of mouth, noted down (口頭).
    #[sea_orm(num_value = 2)]
    Oral = 2,
    /// By mail (メール).
    #[sea_orm(num_value = 3)]
    Email = 3,
}

/// Reason for which a text is withheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum HeldReason {
    /// It holds a number that looks like the phone of a person (個人の電話番号らしい記載).
    #[sea_orm(num_value = 1)]
    PrivatePhone = 1,
    /// It holds a mail address (メールアドレスの記載).
    #[sea_orm(num_value = 2)]
    PrivateMail = 2,
    /// It holds a number or address whose consent was withdrawn (同意の取下げ).
    #[sea_orm(num_value = 3)]
    Withdrawn = 3,
}

/// Who reads a desk of professionals, an acceptance or a report of vacancies (閲覧範囲).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Audience {
    /// Every care professional (医療・介護専門職).
    AllCareProfessionals,
    /// Care professionals of the organizations on its list (配布先に限る).
    Listed,
    /// Everybody; its owner has opened it (公開). Names of persons never are.
    Public,
}

/// Whether a facility has room (空き状況).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum VacancyStatus {
    /// There is room (◎).
    Available,
    /// There is little room (△).
    Few,
    /// There is none (×).
    Full,
    /// To be asked case by case (要相談).
    Consult,
    /// Nobody knows: not reported, or reported too long ago (不明).
    Unknown,
}

/// A care need that not every facility takes on (医療ニーズ).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CareNeed {
    /// Feeding through a gastrostomy (胃ろう).
    Gastrostomy,
    /// Feeding through a jejunostomy (腸ろう).
    Jejunostomy,
    /// Feeding through a nasogastric tube (経鼻胃管).
    Nasogastric,
    /// Tracheostomy tube (気管カニューレ).
    Tracheostomy,
    /// Indwelling urinary catheter (バルーンカテーテル).
    Catheter,
    /// Colostomy (人工肛門).
    Colostomy,
    /// Urostomy (人工膀胱).
    Urostomy,
    /// Dialysis (人工透析).
    Dialysis,
    /// Oxygen (在宅酸素).
    HomeOxygen,
    /// Central venous nutrition (中心静脈栄養).
    Ivh,
    /// Insulin (インスリン).
    Insulin,
    /// Ventilation through a mask (在宅NIPPV).
    Nippv,
    /// Suction (吸引).
    Suction,
    /// Pressure ulcers (褥瘡).
    PressureUlcer,
    /// Ventilator (人工呼吸器).
    Ventilator,
    /// Pain control with opioids (疼痛管理).
    Opioid,
    /// Care at the end of life (看取り).
    EndOfLife,
    /// Infectious diseases (感染症).
    Infection,
    /// Behavioural and psychological symptoms of dementia (認知症の行動・心理症状).
    Bpsd,
}

/// Whether a facility takes people with a care need (受け入れの可否). No answer is UNKNOWN, never NO.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AcceptanceAnswer {
    /// Takes them (○可).
    Yes,
    /// To be discussed case by case (△個別に検討). It is no YES.
    Consult,
    /// Does not take them (×不可).
    No,
    /// A medical institution is the right place (医療機関が適切).
    Medical,
    /// Nobody has said (未確認).
    Unknown,
}

/// What a desk of professionals is for (窓口の種類).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LiaisonContactKind {
    /// For everyday questions (平時の連絡窓口).
    General,
    /// For admission and discharge, named anew every fiscal year (退院調整担当者).
    Discharge,
}

/// Whose desk it is (機関の種類).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LiaisonOrganizationType {
    /// Medical institution with beds (医療機関（有床）).
    HospitalWithBeds,
    /// Medical institution without beds (医療機関（無床）).
    ClinicNoBeds,
    /// Dental clinic (歯科医院).
    Dental,
    /// Pharmacy (調剤薬局).
    Pharmacy,
    /// Care management office (居宅介護支援事業所).
    CareManagementOffice,
    /// Community support centre (地域包括支援センター).
    SupportCenter,
    /// Small multifunctional home (小規模多機能).
    SmallMultifunction,
    /// Visiting nurses (訪問看護).
    VisitingNurse,
    /// Another one (その他).
    Other,
}

/// For how large an area a coordinator works (層).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum CoordinatorTier {
    /// For the whole municipality (第1層).
    #[sea_orm(num_value = 1)]
    First = 1,
    /// For daily-life districts (第2層).
    #[sea_orm(num_value = 2)]
    Second = 2,
}
