//! Permissions beside reading.

use super::{Permissions, Role, RowScope, in_own_districts};
use crate::terms::labelled;

labelled! {
    /// Something that not everybody may do (操作).
    Action {
        /// Read what was done and what was looked at (監査記録の閲覧).
        ReadAudit = ("監査記録の閲覧", "かんさきろくのえつらん", "だれが 何を したかを 見る", "Read the audit log"),
        /// Invite people, change what they may do, close accounts (アカウントの管理).
        ManageAccounts = ("アカウントの管理", "あかうんとのかんり", "使う 人を 決める", "Manage accounts"),
        /// Make and revoke tokens for programs of organizations (APIトークンの管理).
        ManageApiTokens = ("APIトークンの管理", "えーぴーあいとーくんのかんり", "プログラムの かぎを 決める", "Manage API tokens"),
        /// Record that somebody agreed to be reached, or withdrew it (同意の記録・取下げ).
        RecordConsent = ("同意の記録・取下げ", "どういのきろくとりさげ", "「よい」と 言った ことを 書く・消す", "Record and withdraw consents"),
    }
}

/// The ties of a viewer to the one record of an action.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Relation {
    /// It belongs to a district they work for.
    pub own_district: bool,
    /// Their organization owns it.
    pub owner: bool,
}

/// The scope in which a viewer may do an action.
pub fn row_scope(permissions: &Permissions, action: Action) -> RowScope {
    let admin = permissions.roles.has(Role::Admin);
    match action {
        Action::ReadAudit | Action::ManageAccounts | Action::ManageApiTokens => {
            RowScope { anywhere: admin, own_district: false, owner: false }
        }
        // Not the owner: a group must not decide for its leader.
        Action::RecordConsent => {
            RowScope { anywhere: admin, own_district: in_own_districts(permissions), owner: false }
        }
    }
}

/// Whether a viewer may do an action to a record with these ties to them.
pub fn may(permissions: &Permissions, action: Action, relation: Relation) -> bool {
    row_scope(permissions, action).reaches(relation)
}
