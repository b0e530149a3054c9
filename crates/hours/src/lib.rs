//! When something is open or meets, in Japanese time: plain types in, plain types out; nothing of GraphQL or the database.
//!
//! A `Recurrence` says what a leaflet says. `compile` checks it and turns it
//! into a `Schedule`, which is stored. Read once into a `Timetable`, it answers
//! which windows start on a date; `open` and `occurrences` ask nothing else. `words` say it in Japanese.
//!
//! What nobody has said is never guessed: it stays UNKNOWN, with the reason.

#![warn(missing_docs)]

/// What people fill in and what the reader of prose answers.
pub mod recurrence;
/// From a recurrence to a schedule, or to what is wrong with it.
pub mod compile;
/// What is stored.
pub mod schedule;
/// The regular rule in the grammar of OpenStreetMap.
pub mod opening_hours;
/// Public holidays and the turn of the year.
pub mod calendar;
/// Which windows start on a date.
pub mod timetable;
/// Open, closed or unknown at an instant, and why.
pub mod open;
/// Why something is as it is, in words.
pub mod reason;
/// The dated meetings of a period.
pub mod occurrences;
/// Schedules as people write them, read where they are certain.
pub mod prose;
/// A schedule in Japanese, standard and easy.
pub mod words;

#[cfg(test)]
mod tests;
