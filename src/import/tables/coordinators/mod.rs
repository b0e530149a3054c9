//! Coordinators of everyday support (生活支援コーディネーター): reads the columns and writes the rows.

pub mod form;
pub mod write;
