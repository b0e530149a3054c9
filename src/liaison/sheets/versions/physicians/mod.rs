//! Physicians and their affiliations, as drafts of sheets name them.

pub mod store;
