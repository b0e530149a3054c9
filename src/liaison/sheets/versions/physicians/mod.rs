//! Physicians as versions of sheets name them.

pub mod store;
