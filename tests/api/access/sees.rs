//! Which records are seen through a field, by the state of the record and by the viewer.

use crate::support::viewers::Viewer;
use entity::enums::PublicationState::{self, Draft, Ended, Published, Suspended, Withdrawn};

/// The states of the records in an answer: for the public, and for viewers who may edit all of them. A viewer
/// who may know of some hidden records sees those.
#[derive(Clone, Copy)]
pub struct Sees {
    pub everybody: &'static [PublicationState],
    pub editors: &'static [PublicationState],
    pub liaison: Option<Liaison>,
}

/// Liaison data is seen by other people than records are.
#[derive(Clone, Copy)]
pub enum Liaison {
    /// Sheets, for viewers who may read them.
    Sheets,
    /// Institutions, for viewers who may watch.
    Watched,
    /// Physicians who can be reached at some time.
    Physicians,
    /// Those of them who can be reached now.
    PhysiciansNow,
    /// Desks of professionals.
    Desks,
    /// Those of them whose institution has not ended.
    DesksThatAreThere,
    /// Acceptances of facilities that have not ended.
    Taking,
    /// Acceptances and reports of vacancies of any facility.
    Said,
}

impl Sees {
    pub fn by(self, viewer: Viewer, state: PublicationState) -> bool {
        match self.liaison {
            Some(Liaison::Sheets) => return viewer.sheets().contains(&state),
            Some(Liaison::Physicians) => return viewer.physicians().contains(&state),
            Some(Liaison::PhysiciansNow) => {
                return viewer.physicians().contains(&state) && state != Suspended;
            }
            Some(Liaison::Desks) => return viewer.desks().contains(&state),
            Some(Liaison::DesksThatAreThere) => return viewer.desks().contains(&state) && state != Ended,
            Some(Liaison::Taking) => {
                return viewer.taking().contains(&state) && state == Published;
            }
            Some(Liaison::Said) => return viewer.taking().contains(&state),
            Some(Liaison::Watched) => return viewer.watches() && viewer.states().contains(&state),
            None => {}
        }
        self.everybody.contains(&state) || (self.editors.contains(&state) && viewer.states().contains(&state))
    }
}

/// The same for every viewer.
pub const fn all(states: &'static [PublicationState]) -> Sees {
    Sees { everybody: states, editors: states, liaison: None }
}

/// Everything a viewer may know of.
pub const KNOWN: Sees = Sees {
    everybody: &[Published, Suspended, Ended],
    editors: &[Draft, Published, Suspended, Ended, Withdrawn],
    liaison: None,
};
/// The records of a list without a filter of states.
pub const CURRENT: Sees = all(&[Published, Suspended]);
/// The records that meet or are open: suspended ones do not.
pub const OPEN: Sees = all(&[Published]);
/// Drafts and ended records, with a filter of states.
pub const DRAFT_AND_ENDED: Sees = Sees { everybody: &[Ended], editors: &[Draft, Ended], liaison: None };
/// Hidden states, with a filter of states.
pub const DRAFTS: Sees = Sees { everybody: &[], editors: &[Draft], liaison: None };
pub const HIDDEN: Sees = Sees { everybody: &[], editors: &[Withdrawn], liaison: None };
/// The same, and the desks that are named beside them because they answer for the district.
pub const DESKS: Sees = Sees {
    everybody: &[Published, Suspended, Ended],
    editors: &[Draft, Published, Suspended, Ended],
    liaison: None,
};
/// No records: reference data, the same for every viewer.
pub const NOTHING: Sees = all(&[]);
/// Sheets, through any field.
pub const SHEETS: Sees = Sees { liaison: Some(Liaison::Sheets), ..NOTHING };
pub const WATCHED: Sees = Sees { liaison: Some(Liaison::Watched), ..NOTHING };
/// Of institutions that are there and not suspended.
pub const PHYSICIANS_NOW: Sees = Sees { liaison: Some(Liaison::PhysiciansNow), ..NOTHING };
pub const PHYSICIANS: Sees = Sees { liaison: Some(Liaison::Physicians), ..NOTHING };
pub const DESKS_OF_PROFESSIONALS: Sees = Sees { liaison: Some(Liaison::Desks), ..NOTHING };
pub const DESKS_THAT_ARE_THERE: Sees = Sees { liaison: Some(Liaison::DesksThatAreThere), ..NOTHING };
pub const TAKING: Sees = Sees { liaison: Some(Liaison::Taking), ..NOTHING };
pub const SAID: Sees = Sees { liaison: Some(Liaison::Said), ..NOTHING };
