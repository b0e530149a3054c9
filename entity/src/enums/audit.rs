//! Closed sets of words of the audit, as they are stored.

use sea_orm::entity::prelude::*;

/// Kind of an audit entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum AuditKind {
    /// Data was read (閲覧).
    #[sea_orm(num_value = 1)]
    Read = 1,
    /// Data was changed (変更).
    #[sea_orm(num_value = 2)]
    Change = 2,
}

/// What an audit entry is about: the field of a mutation, or the action of a command. Stored in camel case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "camelCase")]
pub enum AuditAction {
    /// Data for care professionals was read (閲覧).
    #[sea_orm(string_value = "READ")]
    Read,
    /// A file of resources was imported (資源の取り込み).
    ImportResources,
    /// A list of organizations was imported (団体の取り込み).
    ImportOrganizations,
    /// A list of towns was imported (町字の取り込み).
    ImportTowns,
    /// Boundaries of municipalities were imported (境界の取り込み).
    ImportBoundaries,
    /// A list of districts was imported (圏域の取り込み).
    ImportDistricts,
    /// A list of coordinators was imported (コーディネーターの取り込み).
    ImportCoordinators,
    /// A list of desks of professionals was imported (連携窓口の取り込み).
    ImportLiaisonContacts,
    /// Lists of readers of sheets were imported (配布先の取り込み).
    ImportLiaisonDistribution,
    /// The survey of sheets was imported (連携シートの取り込み).
    ImportLiaisonSheets,
    /// A list of acceptances was imported (受け入れの取り込み).
    ImportMedicalAcceptances,
    /// Stored texts were screened again for private numbers (個人情報の再点検).
    ScreenAgain,
    /// A withheld text was released (保留した記載の公開).
    ReleaseText,
    /// A new version of a sheet was written (連携シートの改訂).
    ReplaceLiaisonSheet,
    /// A name of a physician was corrected (医師名の訂正).
    RenamePhysician,
    /// The readers of a sheet were set (配布先の変更).
    SetLiaisonDistribution,
    /// The consent to a sheet was withdrawn (連携シートの同意撤回).
    WithdrawLiaisonConsent,
    /// A consent was recorded (同意の記録).
    RecordConsent,
    /// A consent was withdrawn (同意の撤回).
    WithdrawConsent,
    /// Vacancies were reported (空き状況の報告).
    ReportVacancy,
    /// An institution was put on a watch list (見守りの登録).
    Watch,
    /// An institution was taken off a watch list (見守りの解除).
    Unwatch,
    /// A person was invited (アカウントの招待).
    InviteAccount,
    /// An invitation was renewed (招待の再発行).
    ResendInvitation,
    /// An invitation was accepted (招待の承諾).
    AcceptInvitation,
    /// An account was changed (アカウントの変更).
    UpdateAccount,
    /// An account was closed (アカウントの停止).
    CloseAccount,
    /// A password was changed (パスワードの変更).
    ChangePassword,
    /// A session was begun, or refused (サインイン).
    SignIn,
    /// A session was renewed, or ended for a stolen token (セッションの更新).
    RefreshSession,
    /// A session was ended (サインアウト).
    SignOut,
    /// A token of a program was made (APIトークンの発行).
    CreateApiToken,
    /// A token of a program was revoked (APIトークンの失効).
    RevokeApiToken,
    /// A token of an identity provider was revoked (外部トークンの失効).
    RevokeToken,
}
