//! Lists that associations and institutions fill in for care professionals: desks, and what facilities take on.
//! What is wrong with a row is said in Japanese.

pub mod acceptances;
mod cells;
pub mod contacts;
mod readers;
mod times;

pub use cells::FacilityNumber;
pub use readers::{LIST as READER_LIST, Readers};
