//! Desks of care professionals (平時の連絡窓口, 退院調整担当者): reads the columns and writes the rows.

pub mod form;
pub mod write;
