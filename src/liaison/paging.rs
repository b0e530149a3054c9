//! Pages of sheets and desks, which are listed by name.

use crate::error::{Error, Result};
use crate::pagination::{Cursor, Key, Page, PageArguments, PageInfo};

/// Rows in the largest page: smaller than elsewhere, since sheets are for looking up, not for copying in bulk.
pub const LARGEST_PAGE: usize = 50;

/// The page that is asked for of a list by name.
///
/// # Errors
/// `INVALID_INPUT` for a page that is too large, or a cursor of another list.
pub fn page_by_name(arguments: PageArguments, list: u32) -> Result<Page> {
    let page = arguments.page(list)?;
    if page.limit > LARGEST_PAGE {
        return Err(Error::invalid("first", format!("`first` must be between 0 and {LARGEST_PAGE}.")));
    }
    if page.from.as_ref().is_some_and(|cursor| !matches!(cursor.key, Key::Text(_))) {
        return Err(Cursor::unknown("after"));
    }
    Ok(page)
}

/// Name and internal key of a row.
pub type Place<'r> = (&'r str, i64);

/// The rows of a page of those that were found, with what lies before and after it.
pub fn cut<'f, T>(
    found: &[&'f T],
    page: &Page,
    list: u32,
    place: impl Fn(&'f T) -> Place<'f>,
) -> (Vec<(String, &'f T)>, PageInfo) {
    let from = match &page.from {
        Some(Cursor { key: Key::Text(name), id, .. }) => {
            found.partition_point(|one| place(one) <= (name.as_str(), *id))
        }
        _ => 0,
    };
    let cursor = |one: &'f T| {
        let (name, id) = place(one);
        Cursor { segment: 0, key: Key::Text(name.to_owned()), id }.encode(list)
    };
    let rows: Vec<_> = found.iter().skip(from).take(page.limit).map(|one| (cursor(one), *one)).collect();
    let page_info = PageInfo {
        has_next_page: found.len() > from + page.limit,
        has_previous_page: page.from.is_some(),
        start_cursor: rows.first().map(|(cursor, _)| cursor.clone()),
        end_cursor: rows.last().map(|(cursor, _)| cursor.clone()),
    };
    (rows, page_info)
}
