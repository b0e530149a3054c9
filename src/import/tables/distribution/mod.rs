//! Distribution lists of liaison sheets (配布先): reads the columns and writes the rows.

pub mod form;
pub mod write;
