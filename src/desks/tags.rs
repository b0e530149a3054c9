//! Tags of consultation desks: what filters and facets find in their facts.

use super::details::DeskDetails;
use super::terms::{ConsultationMethod, DeskTopic};
use crate::local::Fee;
use crate::local::tags::{self, LocalKind, Searchable, TagSet};

/// Topics of consultation desks (相談の種類): `topic:DEMENTIA`.
pub const TOPIC: TagSet<DeskTopic> = TagSet::named("topic");
/// Ways to consult a desk (相談方法): `method:TEL`.
pub const METHOD: TagSet<ConsultationMethod> = TagSet::named("method");

impl LocalKind for DeskDetails {
    fn searchable(&self) -> Searchable {
        let mut tags = METHOD.any_of(&self.methods);
        tags.extend(tags::accessibility(&self.access));
        let categories = tags::distinct(self.topics.iter().map(|topic| TOPIC.tag(*topic)));
        Searchable { categories, tags, visit_yen: tags::dearest(&self.fees, Fee::per_visit), hour_yen: None }
    }

    fn categories() -> Vec<(String, &'static str)> {
        TOPIC.all()
    }
}
