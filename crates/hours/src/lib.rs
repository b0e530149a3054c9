//! Opening hours and meetings in Japanese time: plain types in, plain types out; it names neither GraphQL nor
//! a database.
//!
//! A `Recurrence` describes a schedule in the terms of leaflets. `compile` checks it and turns it into a
//! `Schedule`, which is stored. A `Timetable` made from that gives the windows that start on a date; `open`
//! and `occurrences` use nothing else. `words` renders a schedule in Japanese.
//!
//! Facts that a source does not state are never guessed: they stay UNKNOWN, with the reason.

#![warn(missing_docs)]

/// Recurrences as people fill them in and as the reader of prose returns them.
pub mod recurrence;
/// Compiles a recurrence into a schedule, or lists its mistakes.
pub mod compile;
/// Schedules as they are stored.
pub mod schedule;
/// The regular rule in the grammar of OpenStreetMap.
pub mod opening_hours;
/// Public holidays and the turn of the year.
pub mod calendar;
/// The windows that start on a date.
pub mod timetable;
/// Open, closed or unknown at an instant, with the reason.
pub mod open;
/// Reasons for a state, with Japanese sentences.
pub mod reason;
/// The dated meetings of a period.
pub mod occurrences;
/// Reads schedules from Japanese prose where they are certain.
pub mod prose;
/// Renders a schedule in Japanese, standard and easy.
pub mod words;

#[cfg(test)]
mod tests;
