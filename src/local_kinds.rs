//! The kinds that only a city knows, put together: the facts that one of them has and others have not.
//!
//! They are stored as one JSON text for each resource. What filters ask for follows from them (`tags.rs` of each kind)
//! and is stored as tags in `resource_tag`. What only partners and professionals may read is a second JSON text
//! (`local/partner.rs`).

use crate::desks::DeskDetails;
use crate::gatherings::GatheringDetails;
use crate::local::tags::{LocalKind, Searchable};
use crate::mutual_aid::MutualAidDetails;
use crate::private_services::PrivateServiceDetails;
use entity::enums::ResourceKind;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::LazyLock;

macro_rules! local_kinds {
    ($($(#[$doc:meta])* $variant:ident($facts:ty) = $kind:ident,)*) => {
        /// The facts of a resource of a local kind.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum Details {
            $($(#[$doc])* $variant(Box<$facts>),)*
        }

        impl Details {
            /// The kind of the resource.
            pub fn kind(&self) -> ResourceKind {
                match self { $(Self::$variant(_) => ResourceKind::$kind,)* }
            }

            /// The stored text: the facts alone, since the resource has its kind in a column.
            ///
            /// # Errors
            /// When they cannot be written as JSON.
            pub fn body(&self) -> serde_json::Result<String> {
                match self { $(Self::$variant(facts) => serde_json::to_string(facts),)* }
            }

            /// The facts as data, of which [`Details::body`] is the text.
            ///
            /// # Errors
            /// When they cannot be written as JSON.
            pub fn facts(&self) -> serde_json::Result<Value> {
                match self { $(Self::$variant(facts) => serde_json::to_value(facts),)* }
            }

            /// Reads the facts of a resource of a kind; `None` when the kind is not local.
            ///
            /// # Errors
            /// When the facts are not those of the kind.
            pub fn read(kind: ResourceKind, facts: Value) -> serde_json::Result<Option<Self>> {
                Ok(Some(match kind {
                    $(ResourceKind::$kind => Self::$variant(serde_json::from_value(facts)?),)*
                    ResourceKind::CareFacility | ResourceKind::MedicalFacility => return Ok(None),
                }))
            }

            fn of_kind(&self) -> Searchable {
                match self { $(Self::$variant(facts) => facts.searchable(),)* }
            }
        }

        /// The tags that say what a resource is, each with the kind that has it and its Japanese label.
        fn all_categories() -> &'static BTreeMap<String, (ResourceKind, &'static str)> {
            static ALL: LazyLock<BTreeMap<String, (ResourceKind, &'static str)>> = LazyLock::new(|| {
                let mut all = BTreeMap::new();
                $(all.extend(
                    <$facts>::categories().into_iter().map(|(tag, label)| (tag, (ResourceKind::$kind, label))),
                );)*
                all
            });
            &ALL
        }
    };
}

local_kinds! {
    /// Of a place of gathering.
    Gathering(GatheringDetails) = GatheringPlace,
    /// Of a mutual-aid group.
    MutualAid(MutualAidDetails) = MutualAidGroup,
    /// Of a private service.
    PrivateService(PrivateServiceDetails) = PrivateService,
    /// Of a consultation desk.
    Desk(DeskDetails) = ConsultationDesk,
}

/// The tags that say what a resource is, with their Japanese labels.
pub fn categories() -> impl Iterator<Item = (&'static str, &'static str)> {
    all_categories().iter().map(|(tag, (_, label))| (tag.as_str(), *label))
}

/// The kind of the resources with a tag, and the Japanese label of the tag, if it says what a resource is.
pub fn category(tag: &str) -> Option<(ResourceKind, &'static str)> {
    all_categories().get(tag).copied()
}

/// The Japanese label of a tag that says what a resource is.
pub fn label(tag: &str) -> Option<&'static str> {
    category(tag).map(|(_, label)| label)
}

impl Details {
    /// What filters ask for: each tag once, in order.
    pub fn searchable(&self) -> Searchable {
        let mut found = self.of_kind();
        found.tags.extend(found.categories.iter().cloned());
        found.tags.sort_unstable();
        found.tags.dedup();
        found
    }

    /// The labels of its tags and the names of its menus, for the text index.
    pub fn words(&self) -> Vec<&str> {
        let searchable = self.searchable();
        let all = searchable.categories.iter().chain(&searchable.tags);
        let labels = all.filter_map(|tag| label(tag));
        let menus = match self {
            Self::MutualAid(facts) => facts.menus.as_slice(),
            Self::Gathering(_) | Self::PrivateService(_) | Self::Desk(_) => &[],
        };
        labels.chain(menus.iter().map(|menu| menu.name.as_str())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gatherings::terms::GatheringKind;

    #[test]
    fn what_nobody_recorded_can_be_asked_for_as_unknown() {
        let details = Details::Gathering(Box::new(GatheringDetails::of(GatheringKind::Salon)));
        let found = details.searchable();
        assert_eq!(found.categories, ["gathering:SALON"]);
        assert_eq!(found.tags, ["certified:UNKNOWN", "gathering:SALON", "reservation:UNKNOWN"]);
    }
}
