//! Desks of care professionals (平時の連絡窓口, 退院調整担当者): the columns and their reading, and what is written of them.

pub mod form;
pub mod write;
