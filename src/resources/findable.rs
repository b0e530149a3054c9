//! Builds the search document of a resource from its facts.

use super::search::{self, Document};
use japan::text::search_key;
use japan::{address, codes};
use std::collections::HashSet;

/// The texts of a resource that are indexed.
#[derive(Clone, Debug, Default)]
pub struct Findable<'t> {
    /// Names, readings and aliases of the resource and its services.
    pub names: Vec<&'t str>,
    /// Two digits.
    pub prefecture_code: Option<&'t str>,
    /// Six digits.
    pub municipality_code: Option<&'t str>,
    /// Its address.
    pub address: Option<&'t str>,
    /// Codes of its services, three digits each.
    pub services: Vec<&'t str>,
    /// Codes of its departments, five digits each.
    pub departments: Vec<&'t str>,
    /// Building, organization, description, and its categories in the words people use.
    pub others: Vec<&'t str>,
}

impl Findable<'_> {
    /// Its document for the text index.
    pub fn document(&self) -> Document {
        let mut names: Vec<String> = self.names.iter().map(|name| search_key(name)).collect();
        let mut seen = HashSet::new();
        names.retain(|name| !name.is_empty() && seen.insert(name.clone()));
        let municipality = self.municipality_code.and_then(codes::municipality);
        let prefecture = self.prefecture_code.and_then(codes::prefecture);
        let area = format!("{}{}", prefecture.map_or("", |p| p.name), municipality.map_or("", |m| m.name));
        let rest = address::split(self.address.unwrap_or_default(), prefecture).rest;
        let mut others = vec![search_key(&format!("{area}{rest}"))];
        others.extend(self.others.iter().map(|word| search_key(word)));
        Document {
            names,
            others,
            codes: search::codes(self.services.iter().copied(), self.departments.iter().copied()),
            prefecture_code: self.prefecture_code.map(str::to_owned),
            municipality_code: self.municipality_code.map(str::to_owned),
        }
    }
}
