//! The filter of `reachableNow`.

use crate::error::Result;
use crate::liaison::contacts::filter::{self as desks, LiaisonContactFilter};
use crate::liaison::sheets::filter::{LiaisonFilter, SheetCriteria, says};
use crate::liaison::terms::{LiaisonContactKind, LiaisonOrganizationType, LiaisonTopic};
use crate::terms::labelled;
use async_graphql::InputObject;
use chrono::NaiveDate;

labelled! {
    /// Whom one can turn to (連絡先の種類).
    ReachableKind {
        /// A physician, as their institution's liaison sheet says (医師).
        Physician = ("医師", "いし", "医者", "Physician"),
        /// A desk of professionals (連絡窓口).
        Desk = ("連絡窓口", "れんらくまどぐち", "連絡する 場所", "Contact desk"),
    }
}

/// Whom to judge: what liaison sheets are looked for by, and what only desks have. What only physicians have leaves
/// out the desks, and the other way round.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ReachableFilter {
    #[graphql(flatten)]
    people: LiaisonFilter,
    /// Only physicians, or only desks (連絡先の種類).
    kinds: Option<Vec<ReachableKind>>,
    /// Desks for these purposes (窓口の種類).
    desk_kinds: Option<Vec<LiaisonContactKind>>,
    /// Desks of organizations of these kinds (機関の種類).
    organization_types: Option<Vec<LiaisonOrganizationType>>,
    /// Desks that answer one of these (相談の内容).
    topics: Option<Vec<LiaisonTopic>>,
}

/// A checked filter.
pub struct Asked {
    /// The filter for physicians; `None`: no physicians.
    pub physicians: Option<SheetCriteria>,
    /// The filter for desks; `None`: no desks.
    pub desks: Option<desks::ContactCriteria>,
}

impl ReachableFilter {
    /// Checks the filter; desks hold on the day.
    ///
    /// # Errors
    /// `INVALID_INPUT` on the field that makes no sense.
    pub fn resolve(&self, text: Option<&str>, day: NaiveDate, today: NaiveDate) -> Result<Asked> {
        let wants = |kind| self.kinds.as_ref().is_none_or(|kinds| kinds.is_empty() || kinds.contains(&kind));
        let physicians = wants(ReachableKind::Physician) && !self.is_about_desks();
        let desks = wants(ReachableKind::Desk) && !self.people.is_about_physicians();
        Ok(Asked {
            physicians: physicians.then(|| self.people.resolve(text, today)).transpose()?,
            desks: desks.then(|| self.desks().resolve(text, day)).transpose()?,
        })
    }

    fn is_about_desks(&self) -> bool {
        says(&self.desk_kinds) || says(&self.organization_types) || says(&self.topics)
    }

    fn desks(&self) -> LiaisonContactFilter {
        LiaisonContactFilter {
            kinds: self.desk_kinds.clone(),
            organization_types: self.organization_types.clone(),
            topics: self.topics.clone(),
            channels: self.people.channels.clone(),
            facilities: self.people.institutions.clone(),
            service_districts: self.people.service_districts.clone(),
            home_districts: self.people.home_districts.clone(),
            municipality_codes: self.people.municipality_codes.clone(),
            valid_on: None,
        }
    }
}
