//! The readers of the formats: one row of a file to the facts of a facility or an activity.

pub mod municipal;
pub mod national;
pub mod own;
