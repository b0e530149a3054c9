//! Tags of private services: what filters and facets find in their facts.

use super::details::PrivateServiceDetails;
use super::terms::{PrivateServiceKind, VouchedBy};
use crate::local::tags::{self, Flag, LocalKind, Searchable, TagSet};
use crate::local::terms::Intake;

/// Kinds of private services (介護保険外サービスの種類).
pub const PRIVATE_SERVICE: TagSet<PrivateServiceKind> = TagSet::named("private");
/// Bodies that vouch for a provider (信頼の裏付け): `vouched:CITY_LIST`.
pub const VOUCHED: TagSet<VouchedBy> = TagSet::named("vouched");

impl LocalKind for PrivateServiceDetails {
    fn searchable(&self) -> Searchable {
        let mut tags: Vec<String> = tags::welcome(&self.eligibility).collect();
        tags.push(tags::INTAKE.tag(self.intake.unwrap_or(Intake::Unknown)));
        tags.extend(Flag::Wheelchair.when(self.wheelchair));
        tags.extend(Flag::Stretcher.when(self.stretcher));
        tags.extend(self.vouching.iter().map(|vouching| VOUCHED.tag(vouching.by.0)));
        let categories = tags::distinct(self.kinds.iter().map(|kind| PRIVATE_SERVICE.tag(*kind)));
        Searchable { categories, tags, visit_yen: None, hour_yen: None }
    }

    fn categories() -> Vec<(String, &'static str)> {
        PRIVATE_SERVICE.all()
    }
}
