//! Import of files: official open data and lists are read, cleaned, compared, and written in one transaction
//! per file.
//!
//! Nothing is guessed. An impossible coordinate or a damaged 法人番号 is left out with a warning; words about
//! days that are not understood leave the days unknown; an ambiguous 町字 gives no position; a file without a
//! day never replaces dated facts.

mod cells;
pub mod check;
mod compare;
pub mod complaint;
pub mod demo;
mod derive;
mod file;
mod facts;
pub mod formats;
mod options;
mod read;
pub mod report;
pub mod review;
mod row;
mod run;
pub mod screening;
mod source;
pub mod tables;
pub mod template;
pub mod upgrade;
mod unscoped;

pub use crate::import::cells::clean::date_in_name;
pub use crate::import::derive::draft::uuid_of;
pub use crate::import::options::ImportOptions;
pub use crate::import::run::{Outcome, import};
