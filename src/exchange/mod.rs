//! Files in: official open data, read, cleaned, compared, and written in one transaction per file.

mod areas;
mod beside;
pub mod check;
mod clean;
mod contact;
mod coordinators;
pub mod demo;
mod distribution;
mod eligibility;
mod fee;
pub mod formats;
mod import;
mod input;
mod json;
mod official;
mod organizations;
mod private;
mod professionals;
pub mod report;
pub mod review;
mod row;
pub mod sheets;
mod source;
mod table;
mod tabular;
pub mod template;
mod timing;
mod weekly;
mod workbook;

pub use crate::address;
pub use clean::date_in_name;
pub use import::{ImportOptions, Outcome, import};
pub use official::draft::uuid_of;
