//! Areas: 町字 and outlines of municipalities, daily-life districts.

pub mod boundaries;
pub mod keys;
pub mod districts;
pub mod file;
pub mod towns;
pub mod write;
