//! Files in: official open data, read, cleaned, compared, and written in one transaction per file.

mod areas;
mod cells;
pub mod check;
mod clean;
pub mod complaint;
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
mod options;
mod organizations;
mod private;
mod professionals;
pub mod report;
pub mod review;
mod row;
pub mod sheets;
mod side_table;
mod source;
mod table;
mod tabular;
pub mod template;
mod timing;
mod weekly;
mod workbook;

pub use clean::date_in_name;
pub use import::{Outcome, import};
pub use official::draft::uuid_of;
pub use options::ImportOptions;
