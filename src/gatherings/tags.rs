//! Tags of the places of gathering: what filters and facets find in their facts.

use super::details::GatheringDetails;
use super::terms::{Activity, GatheringKind, OperatorType, VenueType};
use crate::local::Fee;
use crate::local::tags::{self, Flag, LocalKind, Searchable, TagSet};
use crate::local::terms::Reservation;
use crate::terms::Answer;

/// Kinds of gatherings (通いの場の種類): `gathering:SALON`.
pub const GATHERING: TagSet<GatheringKind> = TagSet::named("gathering");
/// Activities of gatherings (活動内容): `activity:EXERCISE`.
pub const ACTIVITY: TagSet<Activity> = TagSet::named("activity");
/// Kinds of venues of gatherings (場所の種類): `venue:SHOP`.
pub const VENUE: TagSet<VenueType> = TagSet::named("venue");
/// Kinds of bodies that run gatherings (運営主体).
pub const OPERATOR: TagSet<OperatorType> = TagSet::named("operator");

impl LocalKind for GatheringDetails {
    fn searchable(&self) -> Searchable {
        let activities = self.main_activity.iter().chain(&self.activities);
        let mut tags: Vec<String> = activities.map(|activity| ACTIVITY.tag(*activity)).collect();
        tags.extend(self.venue.iter().filter_map(|venue| Some(VENUE.tag(venue.kind?.0))));
        tags.extend(self.operator_type.map(|operator| OPERATOR.tag(operator)));
        tags.extend(Flag::Pickup.when(self.pickup.as_ref().and_then(|pickup| pickup.available)));
        tags.push(tags::RESERVATION.tag(self.reservation.unwrap_or(Reservation::Unknown)));
        tags.push(tags::CERTIFIED.tag(self.accepts_certified.unwrap_or(Answer::Unknown)));
        tags.extend(tags::accessibility(&self.access));
        tags.extend(tags::welcome(&self.eligibility));
        Searchable {
            categories: vec![GATHERING.tag(self.kind)],
            tags,
            visit_yen: tags::dearest(&self.fees, Fee::per_visit),
            hour_yen: None,
        }
    }

    fn categories() -> Vec<(String, &'static str)> {
        [GATHERING.all(), ACTIVITY.all()].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::local::terms::FeeKind;

    #[test]
    fn a_fee_that_is_not_certain_hides_the_others() {
        let fixed = Fee { amount_yen: Some(100), ..Fee::of(FeeKind::Fixed) };
        let with = |fees| GatheringDetails { fees, ..GatheringDetails::of(GatheringKind::Salon) };
        let yen = |fees| with(fees).searchable().visit_yen;
        assert_eq!(yen(vec![]), None);
        assert_eq!(yen(vec![Fee::of(FeeKind::Free), fixed.clone()]), Some(100));
        assert_eq!(yen(vec![fixed, Fee::of(FeeKind::ActualCost)]), None);
    }
}
