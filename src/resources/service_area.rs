//! Districts a resource can be used from.

use super::row::Row;
use crate::districts::District;

/// The districts from which a resource can be used, by code.
pub fn served(row: &Row) -> Vec<District> {
    let areas = row.record.view().areas();
    let mut districts: Vec<District> =
        row.record.served_districts().filter_map(|id| areas.district(id)).cloned().map(District).collect();
    districts.sort_by(|one, other| (&one.0.code, one.0.id).cmp(&(&other.0.code, other.0.id)));
    districts
}
