//! Files in: official open data, read, cleaned, compared, and written in one transaction per file.

pub mod address;
mod areas;
mod clean;
mod contact;
pub mod demo;
pub mod formats;
mod import;
mod input;
mod json;
mod official;
pub mod report;
mod row;
mod source;
mod table;
mod tabular;
mod timing;
mod workbook;

pub use clean::date_in_name;
pub use import::{ImportOptions, Outcome, import};
pub use official::draft::uuid_of;
