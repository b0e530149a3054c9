//! Basics of Japanese data: text, official codes, addresses, numbers, and the day. Plain types in, plain
//! types out; it names neither GraphQL nor a database.

#![warn(missing_docs)]

/// Splits Japanese addresses.
pub mod address;
/// The present day in Japan.
pub mod clock;
/// Official code tables.
pub mod codes;
/// Folding and grams for Japanese search.
pub mod text;
/// Parsed and checked strings and numbers.
pub mod values;
