//! Coordinators of everyday support (生活支援コーディネーター): the columns and their reading, and what is written of them.

pub mod form;
pub mod write;
