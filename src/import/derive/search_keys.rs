//! The search keys of a draft, as `search_index` writes them from the stored rows.

use crate::import::derive::draft::Draft;
use crate::search_index;
use entity::resource_search;

/// The row of the text index of a draft with an internal key, and with the name of its organization as it is stored.
pub(super) fn keys(id: i64, draft: &Draft, organization: Option<String>) -> resource_search::ActiveModel {
    let row = search_index::Row {
        id,
        kind: draft.kind,
        name: draft.name.clone(),
        name_kana: draft.name_kana.clone(),
        alias: draft.alias.clone(),
        prefecture_code: draft.prefecture_code.clone(),
        municipality_code: draft.municipality_code.clone(),
        address: draft.address.clone(),
        building: draft.building.clone(),
        organization,
        description: draft.local.as_ref().and_then(|local| local.description.clone()),
    };
    let services = draft.services.iter().map(|service| search_index::Service {
        resource_id: id,
        name: service.name.clone(),
        name_kana: service.name_kana.clone(),
        address: service.address.clone(),
        building: service.building.clone(),
    });
    let departments = draft.medical.iter().flat_map(|medical| &medical.departments);
    let departments = departments.map(|(code, name)| search_index::Department {
        resource_id: id,
        code: code.clone(),
        name: name.clone(),
    });
    let (services, departments): (Vec<_>, Vec<_>) = (services.collect(), departments.collect());
    let details = draft.local.as_ref().map(|local| &local.details);
    search_index::keys(&row, &services, &departments, details)
}
