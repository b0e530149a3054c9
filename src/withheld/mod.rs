//! Withheld text: not shown because it holds a phone number or mail address that looks private.
//!
//! A text is withheld whole, with its reason; of a name only the private part. Drafts of an import are
//! screened before their digest and the text index are made (`import/derive/privacy.rs`), stored texts when a
//! consent is withdrawn (`stored.rs`). A resource's own public contacts are not private in its texts. A
//! released text passes by its digest, until a number in it is withdrawn.

pub mod facts;
pub mod rules;
pub mod store;
pub mod stored;
pub mod texts;

pub use rules::{Released, Rules, digest};
pub use texts::{Texts, WithheldText};

use crate::terms::{Term, labelled};
use async_graphql::SimpleObject;

labelled! {
    /// Why something is not shown (非公開の理由).
    WithheldReason as entity::enums::HeldReason {
        /// It holds what looks like somebody's own phone number (個人の電話番号らしい記載).
        PrivatePhone = ("個人の電話番号らしい記載があるため", "こじんのでんわばんごうらしいきさいがあるため", "だれかの 電話番号が あるかも しれないから", "It may hold a private phone number"),
        /// It holds a mail address (メールアドレスの記載).
        PrivateMail = ("メールアドレスの記載があるため", "めーるあどれすのきさいがあるため", "メールアドレスが あるから", "It holds a mail address"),
        /// It holds a number or address that somebody no longer wants to be public (同意の取下げ).
        Withdrawn = ("公開の同意が取り下げられた連絡先の記載があるため", "こうかいのどういがとりさげられたれんらくさきのきさいがあるため", "「もう 見せないで」と 言われた 連絡先が あるから", "It holds a contact whose consent was withdrawn"),
    }
}

/// Something that is not shown because it looks private (非公開にした項目). The city reads it and releases
/// what is not.
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct WithheldField {
    /// Which field, in the words of the schema (項目): `description`, `menus[0].name`. Of a list, the number is
    /// that of the source.
    pub field: String,
    /// Why (理由).
    pub reason: Term<WithheldReason>,
}
