//! Organizations whose people sign in (組織): the columns and their reading, and what is written of them.

pub mod form;
pub mod write;
