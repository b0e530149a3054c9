//! Organizations whose people sign in (組織): reads the columns and writes the rows.

pub mod form;
pub mod write;
