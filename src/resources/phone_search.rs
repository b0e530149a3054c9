//! Search by a phone or fax number, among the contacts that the viewer may read.

use crate::auth::row_scope::visible_to;
use crate::auth::{Viewer, conditions};
use entity::contact_point::{self, Column};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, Condition, QueryFilter, QueryTrait};

/// Shorter numbers are searched in texts.
const FEWEST_DIGITS: usize = 6;

/// The digits of a number to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PhoneSearch {
    /// From the area code on, perhaps not to the end; in E.164, `+81235`.
    Begins(String),
    /// Without the area code: `220000`.
    Ends(String),
}

impl PhoneSearch {
    /// Reads a search key; `None` when it is not six to fifteen digits, perhaps after 電話 or TEL.
    pub fn of(key: &str) -> Option<Self> {
        let key =
            ["電話番号", "電話", "tel", "fax"].iter().find_map(|word| key.strip_prefix(word)).unwrap_or(key);
        let digits =
            (FEWEST_DIGITS..=15).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_digit());
        if !digits {
            return None;
        }
        let number =
            key.strip_prefix("0081").or_else(|| key.strip_prefix("81").filter(|rest| rest.len() >= 9));
        let number = number.or_else(|| key.strip_prefix('0'));
        match number.map(|number| number.trim_start_matches('0')) {
            Some(number) => (number.len() + 1 >= FEWEST_DIGITS).then(|| Self::Begins(format!("+81{number}"))),
            None => Some(Self::Ends(key.to_owned())),
        }
    }

    /// A statement for the resources with a contact of this number. Contacts for care professionals are left out:
    /// to find a resource by one would be to read it, which is written to the audit.
    pub fn resources(&self, viewer: &Viewer) -> SelectStatement {
        let among = |column: Column| match self {
            // No digit sorts after 9, so these are the numbers that begin with it, in any collation.
            Self::Begins(start) => column.between(start.clone(), format!("{start}999999999999999")),
            Self::Ends(end) => column.like(format!("%{end}")),
        };
        let number = Condition::any().add(among(Column::PhoneE164)).add(among(Column::FaxE164));
        let select = visible_to::<contact_point::Entity>(viewer).filter(number);
        let mut select = select.filter(conditions::for_professionals(viewer).not()).into_query();
        select.clear_selects().column((contact_point::Entity, Column::ResourceId));
        select
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_with_and_without_the_area_code() {
        let begins = |text: &str| Some(PhoneSearch::Begins(text.to_owned()));
        assert_eq!(PhoneSearch::of("0235265111"), begins("+81235265111"));
        assert_eq!(PhoneSearch::of("023526"), begins("+8123526"));
        assert_eq!(PhoneSearch::of("81235265111"), begins("+81235265111"));
        assert_eq!(PhoneSearch::of("0081235265111"), begins("+81235265111"));
        assert_eq!(PhoneSearch::of("tel0235265111"), begins("+81235265111"));
        assert_eq!(PhoneSearch::of("265111"), Some(PhoneSearch::Ends("265111".to_owned())));
        assert_eq!(PhoneSearch::of("810000"), Some(PhoneSearch::Ends("810000".to_owned())));
        for text in ["100", "12345", "000000", "0081000", "百歳", "0235a", "1234567890123456"] {
            assert_eq!(PhoneSearch::of(text), None, "{text}");
        }
    }
}
