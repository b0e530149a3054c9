//! Pages and cursors: the only code that knows how a list is cut.

use crate::error::{Error, Result};
use async_graphql::SimpleObject;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// Rows in a page when the caller does not say.
pub const DEFAULT_PAGE: usize = 20;
/// Rows in the largest page.
pub const LARGEST_PAGE: usize = 100;

/// The four arguments of a Relay connection as they came.
#[derive(Clone, Debug, Default)]
pub struct PageArguments {
    /// How many from the front.
    pub first: Option<i32>,
    /// After which cursor.
    pub after: Option<String>,
    /// How many from the back.
    pub last: Option<i32>,
    /// Before which cursor.
    pub before: Option<String>,
}

/// A page that makes sense.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// How many rows at most, 0 to 100.
    pub limit: usize,
    /// From the front or from the back.
    pub backward: bool,
    /// The row the page begins after (or, backward, ends before).
    pub from: Option<Cursor>,
}

/// Where a row stands in its list.
#[derive(Clone, Debug, PartialEq)]
pub struct Cursor {
    /// Lists that are several lists in a row (exact names, then beginnings, then the rest) count them.
    pub segment: u8,
    /// The sort key of the row.
    pub key: Key,
    /// The internal key that makes the order total.
    pub id: i64,
}

/// The sort key of a row, beside the internal key.
#[derive(Clone, Debug, PartialEq)]
pub enum Key {
    /// Only the internal key.
    None,
    /// A text, by code point.
    Text(String),
    /// A number: a distance, or of a list of who is reachable the minute at which it was made.
    Number(f64),
}

/// About a page of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, SimpleObject)]
pub struct PageInfo {
    /// Whether there is more after this page.
    pub has_next_page: bool,
    /// Whether there is more before this page.
    pub has_previous_page: bool,
    /// Cursor of the first row; empty page: null.
    pub start_cursor: Option<String>,
    /// Cursor of the last row; empty page: null.
    pub end_cursor: Option<String>,
}

impl PageArguments {
    /// Checks the arguments. `list` tells lists with different orders apart.
    ///
    /// # Errors
    /// `INVALID_INPUT` on the argument that makes no sense.
    pub fn page(&self, list: u32) -> Result<Page> {
        if self.first.is_some() && self.last.is_some() {
            return Err(Error::invalid("first", "Ask for `first` or for `last`, not for both."));
        }
        if self.after.is_some() && self.before.is_some() {
            return Err(Error::invalid("after", "Ask `after` or `before` a cursor, not both."));
        }
        let backward = self.last.is_some() || self.before.is_some();
        if backward && (self.first.is_some() || self.after.is_some()) {
            let field = if self.after.is_some() { "after" } else { "before" };
            return Err(Error::invalid(field, "`before` goes with `last`, `after` goes with `first`."));
        }
        let (field, size) = if backward { ("last", self.last) } else { ("first", self.first) };
        let (field_of_cursor, cursor) =
            if backward { ("before", &self.before) } else { ("after", &self.after) };
        let from = cursor.as_deref().map(|text| Cursor::parse(text, list, field_of_cursor)).transpose()?;
        Ok(Page { limit: page_size(field, size)?, backward, from })
    }
}

impl Page {
    /// A page of a list in the order of internal keys, of one row more than it holds if there is one: its rows with their
    /// cursors.
    pub fn forward<T>(
        &self,
        list: u32,
        rows: Vec<T>,
        id: impl Fn(&T) -> i64,
    ) -> (Vec<(String, T)>, PageInfo) {
        self.forward_by(list, rows, |row| Cursor { segment: 0, key: Key::None, id: id(row) })
    }

    /// The same of a list in another order.
    pub fn forward_by<T>(
        &self,
        list: u32,
        mut rows: Vec<T>,
        place: impl Fn(&T) -> Cursor,
    ) -> (Vec<(String, T)>, PageInfo) {
        let has_next_page = rows.len() > self.limit;
        rows.truncate(self.limit);
        let rows: Vec<(String, T)> = rows.into_iter().map(|row| (place(&row).encode(list), row)).collect();
        let cursor = |row: Option<&(String, T)>| row.map(|(cursor, _)| cursor.clone());
        let info = PageInfo {
            has_next_page,
            has_previous_page: self.from.is_some(),
            start_cursor: cursor(rows.first()),
            end_cursor: cursor(rows.last()),
        };
        (rows, info)
    }

    /// The internal key after which the page begins.
    pub fn after_id(&self) -> i64 {
        self.from.as_ref().map_or(i64::MIN, |cursor| cursor.id)
    }
}

/// A page size of 0 to 100; nothing means 20.
///
/// # Errors
/// `INVALID_INPUT` on `field`.
pub fn page_size(field: &'static str, size: Option<i32>) -> Result<usize> {
    match size.map(usize::try_from) {
        None => Ok(DEFAULT_PAGE),
        Some(Ok(n)) if n <= LARGEST_PAGE => Ok(n),
        _ => Err(Error::invalid(field, format!("`{field}` must be between 0 and {LARGEST_PAGE}."))),
    }
}

impl Cursor {
    /// The cursor as opaque text, valid for the same list in any page size.
    pub fn encode(&self, list: u32) -> String {
        let mut bytes = vec![1, self.segment];
        bytes.extend(list.to_be_bytes());
        bytes.extend(self.id.to_be_bytes());
        match &self.key {
            Key::None => bytes.push(0),
            Key::Text(text) => {
                bytes.push(1);
                bytes.extend(text.as_bytes());
            }
            Key::Number(number) => {
                bytes.push(2);
                bytes.extend(number.to_be_bytes());
            }
        }
        bytes.extend(checksum(&bytes));
        URL_SAFE_NO_PAD.encode(bytes)
    }

    fn parse(text: &str, list: u32, field: &'static str) -> Result<Self> {
        let decoded = URL_SAFE_NO_PAD.decode(text).ok();
        let Some((of, cursor)) = decoded.as_deref().and_then(Self::decode) else {
            return Err(Self::unknown(field));
        };
        if of != list {
            return Err(Error::invalid(
                field,
                "This cursor belongs to a list with another order or search text.",
            ));
        }
        Ok(cursor)
    }

    /// The error for a text that was never a cursor.
    pub fn unknown(field: &'static str) -> Error {
        Error::invalid(
            field,
            "This is not a cursor of this service. Take cursors from its answers, unchanged.",
        )
    }

    fn decode(bytes: &[u8]) -> Option<(u32, Self)> {
        let (payload, sum) = bytes.split_at_checked(bytes.len().checked_sub(4)?)?;
        let ([1, segment], rest) = payload.split_first_chunk::<2>()? else { return None };
        let (list, rest) = rest.split_first_chunk::<4>()?;
        let (id, rest) = rest.split_first_chunk::<8>()?;
        let key = match rest.split_first()? {
            (0, []) => Key::None,
            // PostgreSQL takes no text with a NUL in it.
            (1, text) if !text.contains(&0) => Key::Text(String::from_utf8(text.to_vec()).ok()?),
            (2, number) => Key::Number(f64::from_be_bytes(number.try_into().ok()?)),
            _ => return None,
        };
        let cursor = Self { segment: *segment, key, id: i64::from_be_bytes(*id) };
        (checksum(payload) == sum).then_some((u32::from_be_bytes(*list), cursor))
    }
}

/// Tells a cursor that was changed on the way from one that was not; it keeps no secret.
fn checksum(bytes: &[u8]) -> [u8; 4] {
    let digest = Sha256::new().chain_update(b"yui cursor").chain_update(bytes).finalize();
    [digest[0], digest[1], digest[2], digest[3]]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn arguments(first: Option<i32>, after: Option<String>) -> PageArguments {
        PageArguments { first, after, ..PageArguments::default() }
    }

    proptest! {
        #[test]
        fn a_cursor_survives_the_journey_and_nothing_else_does(id: i64, segment: u8, text: String, list: u32) {
            let cursor = Cursor { segment, key: Key::Text(text), id };
            let written = cursor.encode(list);
            prop_assert_eq!(arguments(None, Some(written.clone())).page(list).ok().and_then(|p| p.from), Some(cursor));
            prop_assert!(arguments(None, Some(written.clone())).page(list ^ 1).is_err());
            let mut tampered = written.into_bytes();
            tampered[3] = if tampered[3] == b'A' { b'B' } else { b'A' };
            let tampered = String::from_utf8(tampered).unwrap_or_default();
            prop_assert!(arguments(None, Some(tampered)).page(list).is_err());
        }

        #[test]
        fn no_text_makes_the_reader_panic(text: String) {
            let _ = arguments(None, Some(text)).page(0);
        }
    }

    #[test]
    fn sizes_that_make_no_sense_are_refused() {
        for first in [-1, 101, 100_000] {
            assert!(arguments(Some(first), None).page(0).is_err(), "{first}");
        }
        assert_eq!(arguments(None, None).page(0).map(|p| p.limit).ok(), Some(20));
        let both = PageArguments { first: Some(1), last: Some(1), ..PageArguments::default() };
        assert!(both.page(0).is_err());
    }
}
