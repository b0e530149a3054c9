//! Root fields about consultation desks.

use super::ConsultationDesk;
use super::tags::{METHOD, TOPIC};
use super::terms::{ConsultationMethod, DeskTopic};
use crate::error::Result;
use crate::graph::list_field::list_field;
use crate::local::tags;
use crate::local::terms::Accessibility;
use crate::picture::Criterion;
use crate::resources::filter::given;
use async_graphql::InputObject;
use entity::enums::ResourceKind;

/// Which consultation desks to list, by what only they have.
#[derive(Clone, Debug, Default, InputObject)]
pub struct DeskCriteria {
    /// For one of these (相談の種類).
    topics: Option<Vec<DeskTopic>>,
    /// One can consult in one of these ways (相談方法).
    methods: Option<Vec<ConsultationMethod>>,
    /// Has all of this (バリアフリー). What is not recorded does not match.
    accessible: Option<Vec<Accessibility>>,
}

impl DeskCriteria {
    /// What must hold.
    ///
    /// # Errors
    /// `INVALID_INPUT` on the field that makes no sense.
    pub fn criteria(&self) -> Result<Vec<Criterion>> {
        let mut all = Vec::new();
        if let Some(wanted) = given("topics", &self.topics)? {
            all.push(Criterion::Tagged(TOPIC.any_of(wanted)));
        }
        if let Some(wanted) = given("methods", &self.methods)? {
            all.push(Criterion::Tagged(METHOD.any_of(wanted)));
        }
        for wanted in given("accessible", &self.accessible)?.unwrap_or_default() {
            all.push(Criterion::Tagged(tags::ACCESS.any_of(std::slice::from_ref(wanted))));
        }
        Ok(all)
    }
}

list_field! {
    /// Queries about consultation desks.
    DeskQueries {}
    /// Consultation desks (相談窓口).
    consultation_desks(Some(&[ResourceKind::ConsultationDesk])) -> ConsultationDesk;
    {}
}
