//! Limits of a document, checked before it is executed and in time linear in its size.
//!
//! The library's own limits walk every fragment as often as it is spread: 800 bytes of nested
//! fragments keep it busy for a second. Here each fragment is measured once. The decision rests on
//! the parsed document, never on its text.

mod catalogue;
mod escapes;
mod literals;
mod measure;
mod merging;
mod nesting;
mod operation;
mod parsed;
mod words;

pub(super) use catalogue::Catalogue;
use nesting::check_nesting;
pub(super) use operation::{Writes, check_required_variables, choose, fill_defaults, kind_name, writes};
pub(super) use parsed::{Documents, Parsed};
pub(super) use words::explain;

use crate::error::{Error, Result};
use async_graphql::Variables;
use async_graphql::parser::types::ExecutableDocument;
use measure::{Measure, Size};

const FRAGMENTS: usize = 50;
/// Fields with every fragment written out where it is spread.
const FIELDS: u64 = 2_000;
const ALIASES: u64 = 50;
const DIRECTIVES: u64 = 50;
/// Each is a transaction of its own, and the library executes a field as often as it is written.
const CHANGES: u64 = 50;
const DEPTH: u64 = 16;
/// Lists of introspection within each other; `fields { type { fields` repeats grows with every level.
/// GraphiQL's own introspection has one.
const INTROSPECTION_LISTS: u64 = 2;
/// Fields visited when every page is full. At about 250 ns each this bounds one operation to some 5 ms of
/// execution beside the database; a page of 100 rows with 60 fields each visits 6,000.
pub(super) const VISITS: u32 = 20_000;
/// A byte takes some 100 ns to parse, so these are about as much work as a field to visit. The longest
/// text costs less than the largest document may.
const BYTES_PER_VISIT: u64 = 4;

/// The cost of parsing a text, in fields visited; charged before its document is measured.
pub(super) fn cost_of_reading(text: &str) -> u64 {
    text.len() as u64 / BYTES_PER_VISIT
}

/// Refuses a document that is larger than this server executes; else tells how many fields it visits.
pub(super) fn check(
    document: &ExecutableDocument,
    variables: &Variables,
    catalogue: &Catalogue,
) -> Result<u64> {
    at_most("fragments", document.fragments.len() as u64, FRAGMENTS as u64)?;
    let size = Measure::new(document, variables, catalogue).whole()?;
    let Size { fields, aliases, directives, depth, introspection, visits } = size;
    at_most("fields", fields, FIELDS)?;
    at_most("aliases", aliases, ALIASES)?;
    at_most("directives", directives, DIRECTIVES)?;
    at_most("levels", depth, DEPTH)?;
    at_most("introspection lists within each other", introspection, INTROSPECTION_LISTS)?;
    if visits > VISITS.into() {
        return Err(Error::LimitExceeded(format!(
            "With full pages this would visit {visits} fields; at most {VISITS} are allowed. \
             Ask for smaller pages (`first`) or fewer fields."
        )));
    }
    Ok(visits)
}

/// Refuses a mutation with more changes than `CHANGES` in one document.
pub(super) fn check_writes(writes: Writes) -> Result<()> {
    at_most("changes", writes.total(), CHANGES)
}

fn at_most(what: &str, found: u64, allowed: u64) -> Result<()> {
    if found <= allowed {
        return Ok(());
    }
    Err(Error::LimitExceeded(format!("The document has {found} {what}; at most {allowed} are allowed.")))
}
