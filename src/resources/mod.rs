//! What all resources share: scope, filter, order, search, map, contacts.

pub mod calendar;
pub mod connection;
pub mod contacts;
pub mod facets;
pub mod facilities;
pub mod areas;
pub mod filter;
pub mod freshness;
pub mod kinds;
pub mod near;
pub mod location;
pub mod managed;
pub mod open_filter;
pub mod openness;
pub mod order;
pub mod phone_search;
pub mod provenance;
pub mod row;
pub mod search;
pub mod service_area;
pub mod store;

use row::Row;

/// A type that can be listed as a resource.
pub trait Listed: Sized + Send + Sync {
    /// Name of the type, to which `Connection` and `Edge` are added.
    const NAME: &'static str;

    /// Wraps a row; `None` when it is of another kind.
    fn from_row(row: Row) -> Option<Self>;

    /// The row.
    fn row(&self) -> &Row;
}
