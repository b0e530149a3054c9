//! What every Japanese city has: its text, its official codes, its addresses, its numbers, its day. Plain types in, plain
//! types out; nothing of GraphQL or the database.

#![warn(missing_docs)]

/// Japanese addresses taken apart.
pub mod address;
/// What day it is in Japan.
pub mod clock;
/// Official code tables.
pub mod codes;
/// Folding and grams for Japanese search.
pub mod text;
/// Strings and numbers that have been parsed.
pub mod values;
