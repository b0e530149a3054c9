//! The HTTP side: databases, limits, headers, pages.

mod budget;
mod databases;
mod errors;
mod graphql;
mod headers;
mod limits;
mod pages;
mod public;
mod specification;
mod support;
