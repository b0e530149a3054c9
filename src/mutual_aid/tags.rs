//! Tags of mutual-aid groups: what filters and facets find in their facts.

use super::details::MutualAidDetails;
use super::terms::{AidCategory, Compensation};
use crate::local::Fee;
use crate::local::tags::{self, Flag, LocalKind, Searchable, TagSet};
use crate::local::terms::Intake;
use crate::terms::Answer;

/// Help of mutual-aid groups (活動区分): `aid:SHOPPING`.
pub const AID: TagSet<AidCategory> = TagSet::named("aid");
/// Pay of helpers (有償・無償): `compensation:UNPAID`.
pub const COMPENSATION: TagSet<Compensation> = TagSet::named("compensation");

impl LocalKind for MutualAidDetails {
    fn searchable(&self) -> Searchable {
        let categories = AID.any_of(&self.all_categories());
        let mut tags: Vec<String> = tags::welcome(&self.eligibility).collect();
        tags.extend(self.compensation.map(|compensation| COMPENSATION.tag(compensation)));
        tags.extend(Flag::Recruiting.when(self.recruiting));
        tags.push(tags::INTAKE.tag(self.intake.unwrap_or(Intake::Unknown)));
        tags.push(tags::CERTIFIED.tag(self.accepts_certified.unwrap_or(Answer::Unknown)));
        let shown: Vec<Fee> =
            self.menus.iter().flat_map(|menu| menu.shown_fees()).chain(self.shown_fees()).collect();
        Searchable { categories, tags, visit_yen: None, hour_yen: tags::cheapest(&shown, Fee::per_hour) }
    }

    fn categories() -> Vec<(String, &'static str)> {
        AID.all()
    }
}
