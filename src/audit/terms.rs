//! Closed sets of words of the audit.

use crate::id::NodeType;
use crate::terms::labelled;

labelled! {
    /// What kind of event an entry of the audit is about (種別).
    AuditKind as entity::enums::AuditKind {
        /// Something was looked at (閲覧).
        Read = ("閲覧", "えつらん", "見た", "Read"),
        /// Something was changed (変更).
        Change = ("変更", "へんこう", "かえた", "Change"),
    }

    /// What was done (操作): a mutation, a command of the operator, or READ.
    AuditAction as entity::enums::AuditAction {
        /// Data for care professionals was read (閲覧).
        Read = ("閲覧", "えつらん", "見た", "Read"),
        /// A file of resources was imported (資源の取り込み).
        ImportResources = ("資源の取り込み", "しげんのとりこみ", "場所の リストを 入れた", "Import of resources"),
        /// A list of organizations was imported (団体の取り込み).
        ImportOrganizations = ("団体の取り込み", "だんたいのとりこみ", "団体の リストを 入れた", "Import of organizations"),
        /// A list of towns was imported (町字の取り込み).
        ImportTowns = ("町字の取り込み", "まちあざのとりこみ", "町の 名前の リストを 入れた", "Import of towns"),
        /// Boundaries of municipalities were imported (境界の取り込み).
        ImportBoundaries = ("境界の取り込み", "きょうかいのとりこみ", "町の さかいめを 入れた", "Import of boundaries"),
        /// A list of districts was imported (圏域の取り込み).
        ImportDistricts = ("圏域の取り込み", "けんいきのとりこみ", "地区の リストを 入れた", "Import of districts"),
        /// A list of coordinators was imported (コーディネーターの取り込み).
        ImportCoordinators = ("コーディネーターの取り込み", "こーでぃねーたーのとりこみ", "コーディネーターの リストを 入れた", "Import of coordinators"),
        /// A list of desks of professionals was imported (連携窓口の取り込み).
        ImportLiaisonContacts = ("連携窓口の取り込み", "れんけいまどぐちのとりこみ", "専門職の 窓口の リストを 入れた", "Import of liaison contacts"),
        /// Lists of readers of sheets were imported (配布先の取り込み).
        ImportLiaisonDistribution = ("配布先の取り込み", "はいふさきのとりこみ", "シートを 見る 人の リストを 入れた", "Import of distribution lists"),
        /// The survey of sheets was imported (連携シートの取り込み).
        ImportLiaisonSheets = ("連携シートの取り込み", "れんけいしーとのとりこみ", "連携シートを 入れた", "Import of liaison sheets"),
        /// A list of acceptances was imported (受け入れの取り込み).
        ImportMedicalAcceptances = ("受け入れの取り込み", "うけいれのとりこみ", "できる ことの リストを 入れた", "Import of medical acceptances"),
        /// Stored texts were screened again for private numbers (個人情報の再点検).
        ScreenAgain = ("個人情報の再点検", "こじんじょうほうのさいてんけん", "個人の 番号を もう一度 調べた", "Screening of stored texts"),
        /// A withheld text was released (保留した記載の公開).
        ReleaseText = ("保留した記載の公開", "ほりゅうしたきさいのこうかい", "とめて いた 文を 出した", "Release of a withheld text"),
        /// A new version of a sheet was written (連携シートの改訂).
        ReplaceLiaisonSheet = ("連携シートの改訂", "れんけいしーとのかいてい", "連携シートを 新しく した", "New version of a liaison sheet"),
        /// A name of a physician was corrected (医師名の訂正).
        RenamePhysician = ("医師名の訂正", "いしめいのていせい", "医師の 名前を 直した", "Correction of the name of a physician"),
        /// The readers of a sheet were set (配布先の変更).
        SetLiaisonDistribution = ("配布先の変更", "はいふさきのへんこう", "シートを 見る 人を かえた", "Change of a distribution list"),
        /// The consent to a sheet was withdrawn (連携シートの同意撤回).
        WithdrawLiaisonConsent = ("連携シートの同意撤回", "れんけいしーとのどういてっかい", "連携シートの 同意を やめた", "Withdrawal of the consent to a liaison sheet"),
        /// A consent was recorded (同意の記録).
        RecordConsent = ("同意の記録", "どういのきろく", "同意を 書いた", "Record of a consent"),
        /// A consent was withdrawn (同意の撤回).
        WithdrawConsent = ("同意の撤回", "どういのてっかい", "同意を やめた", "Withdrawal of a consent"),
        /// Vacancies were reported (空き状況の報告).
        ReportVacancy = ("空き状況の報告", "あきじょうきょうのほうこく", "空きを 知らせた", "Report of vacancies"),
        /// An institution was put on a watch list (見守りの登録).
        Watch = ("見守りの登録", "みまもりのとうろく", "見守りを 始めた", "Watch of an institution"),
        /// An institution was taken off a watch list (見守りの解除).
        Unwatch = ("見守りの解除", "みまもりのかいじょ", "見守りを やめた", "End of a watch"),
        /// A person was invited (アカウントの招待).
        InviteAccount = ("アカウントの招待", "あかうんとのしょうたい", "人を 招いた", "Invitation of an account"),
        /// An invitation was renewed (招待の再発行).
        ResendInvitation = ("招待の再発行", "しょうたいのさいはっこう", "もう一度 招いた", "Renewal of an invitation"),
        /// An invitation was accepted (招待の承諾).
        AcceptInvitation = ("招待の承諾", "しょうたいのしょうだく", "招きを 受けた", "Acceptance of an invitation"),
        /// An account was changed (アカウントの変更).
        UpdateAccount = ("アカウントの変更", "あかうんとのへんこう", "アカウントを かえた", "Change of an account"),
        /// An account was closed (アカウントの停止).
        CloseAccount = ("アカウントの停止", "あかうんとのていし", "アカウントを とめた", "Closing of an account"),
        /// A password was changed (パスワードの変更).
        ChangePassword = ("パスワードの変更", "ぱすわーどのへんこう", "パスワードを かえた", "Change of a password"),
        /// A session was begun, or refused (サインイン).
        SignIn = ("サインイン", "さいんいん", "サインイン（入る）", "Sign-in"),
        /// A session was renewed, or ended for a stolen token (セッションの更新).
        RefreshSession = ("セッションの更新", "せっしょんのこうしん", "サインインを つづけた", "Renewal of a session"),
        /// A session was ended (サインアウト).
        SignOut = ("サインアウト", "さいんあうと", "サインアウト（出る）", "Sign-out"),
        /// A token of a program was made (APIトークンの発行).
        CreateApiToken = ("APIトークンの発行", "えーぴーあいとーくんのはっこう", "プログラムの かぎを 作った", "Creation of an API token"),
        /// A token of a program was revoked (APIトークンの失効).
        RevokeApiToken = ("APIトークンの失効", "えーぴーあいとーくんのしっこう", "プログラムの かぎを とめた", "Revocation of an API token"),
        /// A token of an identity provider was revoked (外部トークンの失効).
        RevokeToken = ("外部トークンの失効", "がいぶとーくんのしっこう", "外の かぎを とめた", "Revocation of an external token"),
    }

    /// The type of a thing in the audit (対象の種類).
    AuditedType {
        /// A resource (資源).
        Resource = ("資源", "しげん", "場所や 活動", "Resource"),
        /// A corporation or office (運営団体).
        Organization = ("運営団体", "うんえいだんたい", "団体", "Organization"),
        /// A municipality (市区町村).
        Municipality = ("市区町村", "しくちょうそん", "市・町・村", "Municipality"),
        /// A daily-life district (日常生活圏域).
        District = ("日常生活圏域", "にちじょうせいかつけんいき", "地区", "District"),
        /// A coordinator of everyday support (生活支援コーディネーター).
        SupportCoordinator = ("生活支援コーディネーター", "せいかつしえんこーでぃねーたー", "くらしを 助ける コーディネーター", "Support coordinator"),
        /// An account of a person (アカウント).
        Account = ("アカウント", "あかうんと", "アカウント（人）", "Account"),
        /// A token of a program (APIトークン).
        ApiToken = ("APIトークン", "えーぴーあいとーくん", "プログラムの かぎ", "API token"),
        /// A line of the ledger of consents (同意).
        Consent = ("同意", "どうい", "同意", "Consent"),
        /// A version of a liaison sheet (連携シート).
        LiaisonSheet = ("連携シート", "れんけいしーと", "連携シート", "Liaison sheet"),
        /// The entry of a version of a sheet about a physician (医師ごとの記載).
        PhysicianEntry = ("医師ごとの記載", "いしごとのきさい", "医師に ついて 書いた こと", "Entry about a physician"),
        /// A physician (医師).
        Physician = ("医師", "いし", "医師", "Physician"),
        /// A desk of professionals (連携窓口).
        LiaisonContact = ("連携窓口", "れんけいまどぐち", "専門職の 窓口", "Liaison contact"),
        /// What a service of a facility takes on (医療ニーズの受け入れ).
        MedicalAcceptance = ("医療ニーズの受け入れ", "いりょうにーずのうけいれ", "できる 医療の 世話", "Medical acceptance"),
        /// A report of vacancies (空き情報).
        VacancyReport = ("空き情報", "あきじょうほう", "空きの 知らせ", "Vacancy report"),
    }
}

impl From<NodeType> for AuditedType {
    fn from(node: NodeType) -> Self {
        match node {
            NodeType::Resource(_) => Self::Resource,
            NodeType::Organization => Self::Organization,
            NodeType::Municipality => Self::Municipality,
            NodeType::District => Self::District,
            NodeType::SupportCoordinator => Self::SupportCoordinator,
            NodeType::Account => Self::Account,
            NodeType::ApiToken => Self::ApiToken,
            NodeType::Consent => Self::Consent,
            NodeType::LiaisonSheet => Self::LiaisonSheet,
            NodeType::PhysicianEntry => Self::PhysicianEntry,
            NodeType::Physician => Self::Physician,
            NodeType::LiaisonContact => Self::LiaisonContact,
            NodeType::MedicalAcceptance(_) => Self::MedicalAcceptance,
            NodeType::VacancyReport => Self::VacancyReport,
        }
    }
}
