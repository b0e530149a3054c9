//! Files in: official open data, read, cleaned, compared, and written in one transaction per file.

mod areas;
mod clean;
mod contact;
mod coordinators;
pub mod demo;
pub mod formats;
mod import;
mod input;
mod official;
pub mod report;
mod row;
mod source;
mod table;
mod timing;

pub use crate::address;
pub use clean::date_in_name;
pub use import::{ImportOptions, Outcome, import};
pub use official::draft::uuid_of;
