//! Which desks of professionals match a filter.

use super::filter::ContactCriteria;
use crate::context::RequestContext;
use crate::error::Result;
use crate::liaison::sheets::select::is_named;
use crate::picture::{Desk, Matches, ReadableDesk, TagGroup};
use crate::resources::facilities;
use crate::resources::search::TextSearch;

/// A filter over the desks that the viewer may read.
pub struct Selection {
    wanted: ContactCriteria,
    readable: Vec<ReadableDesk>,
    /// The facilities of the areas that are asked for.
    of_areas: Option<Matches>,
    /// Words of which each desk has one of every group.
    tags: Vec<TagGroup>,
}

impl Selection {
    /// Reads the desks of a filter, and finds the facilities that it is about.
    ///
    /// # Errors
    /// `INVALID_INPUT` on the field that names an area that does not exist.
    pub async fn of(context: &RequestContext, wanted: ContactCriteria) -> Result<Self> {
        let of_areas = facilities::find_if_asked(context, wanted.resource.as_ref()).await?;
        let readable = context.view().await?.professional_desks();
        let tags = wanted.tags.iter().map(|group| TagGroup::of(group)).collect();
        Ok(Self { wanted, readable, of_areas, tags })
    }

    /// The filter.
    pub fn wanted(&self) -> &ContactCriteria {
        &self.wanted
    }

    /// The desks that match, by the name of the organization.
    pub fn desks(&self) -> impl Iterator<Item = &ReadableDesk> {
        self.readable.iter().filter(|readable| self.is_of_facility(readable) && self.matches(&readable.desk))
    }

    fn is_of_facility(&self, ReadableDesk { facility, .. }: &ReadableDesk) -> bool {
        let is_among = |uuids: &Vec<_>| facility.as_ref().is_some_and(|one| uuids.contains(&one.uuid()));
        let is_there = |areas: &Matches| facility.as_ref().is_some_and(|one| areas.contains(one));
        self.wanted.facilities.as_ref().is_none_or(is_among) && self.of_areas.as_ref().is_none_or(is_there)
    }

    fn matches(&self, desk: &Desk) -> bool {
        let wanted = &self.wanted;
        let mut words = wanted.text.iter().flat_map(TextSearch::words);
        desk.holds_on(wanted.valid_on)
            && wanted.kinds.as_ref().is_none_or(|kinds| kinds.contains(&desk.kind))
            && wanted.organization_types.as_ref().is_none_or(|types| types.contains(&desk.organization_type))
            && self.tags.iter().all(|group| group.is_in(&desk.tags))
            && words.all(|word| is_named(&desk.search_key, word))
    }
}
