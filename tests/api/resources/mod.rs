//! Shared by all resources: ids, pages, filters, search, map.

mod cursors;
mod differential;
mod errors;
mod facets;
mod filter;
mod map;
mod near;
mod nodes;
mod oracle;
mod paging;
mod selection;
mod statements;
mod suggest;
pub mod support;
mod synonyms;
mod text;
