//! Who reads the sheets of which institution (配布先): the columns and their reading, and what is written of them.

pub mod form;
pub mod write;
