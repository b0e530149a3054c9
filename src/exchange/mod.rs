//! Files in: official open data, read, cleaned, compared, and written in one transaction per file.

pub mod address;
mod areas;
mod clean;
pub mod demo;
pub mod formats;
mod import;
mod input;
mod official;
pub mod report;
mod row;
mod source;
mod table;

pub use clean::date_in_name;
pub use import::{ImportOptions, Outcome, import};
pub use official::draft::uuid_of;
