//! The kinds of viewers of the marked world, and what each of them may read.

use super::{App, Client, Person};
use entity::enums::PublicationState::{self, Draft, Ended, Published, Suspended, Withdrawn};
use entity::enums::Visibility;
use yui::auth::Role;

/// A kind of viewer. All records stand in the district D01; the office OWNER runs those of the marks 甲 and 丙.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Viewer {
    Anonymous,
    NoRole,
    Partner,
    CareProfessional,
    CoordinatorHere,
    CoordinatorElsewhere,
    CoordinatorNowhere,
    PartnerAndCoordinator,
    ForeignMember,
    Owner,
    Admin,
    Listed,
}

impl Viewer {
    /// A viewer of this kind.
    pub fn of(self, app: &App) -> Client<'_> {
        let person = match self {
            Self::Anonymous => return app.as_anonymous(),
            Self::NoRole => Person::default(),
            Self::Partner => Person::with(&[Role::Partner]),
            Self::CareProfessional => Person::with(&[Role::CareProfessional]),
            Self::CoordinatorHere => Person::with(&[Role::Coordinator]).in_district("D01"),
            Self::CoordinatorElsewhere => Person::with(&[Role::Coordinator]).in_district("062031:D02"),
            Self::CoordinatorNowhere => Person::with(&[Role::Coordinator]),
            Self::PartnerAndCoordinator => {
                Person::with(&[Role::Partner, Role::Coordinator]).in_district("062031:D01")
            }
            Self::ForeignMember => Person::with(&[Role::CareProfessional]).of("FOREIGN"),
            Self::Owner => Person::default().of("OWNER"),
            Self::Admin => Person::with(&[Role::Admin]),
            Self::Listed => Person::with(&[Role::CareProfessional]).of("LISTED"),
        };
        app.as_person(&person)
    }

    /// The states of records that exist for this viewer.
    pub fn states(self) -> &'static [PublicationState] {
        match self {
            Self::CoordinatorHere | Self::PartnerAndCoordinator | Self::Admin => {
                &[Draft, Published, Suspended, Ended, Withdrawn]
            }
            // Only that of the mark 甲, which is a draft.
            Self::Owner => &[Draft, Published, Suspended, Ended],
            _ => &[Published, Suspended, Ended],
        }
    }

    /// The visibilities of contacts this viewer may read, at the record of the mark 丙.
    pub fn contacts(self) -> &'static [Visibility] {
        use Visibility::{Admin, CareProfessional, Coordinator, Partner, Public};
        match self {
            Self::Anonymous | Self::NoRole => &[Public],
            Self::Partner | Self::CoordinatorElsewhere | Self::CoordinatorNowhere => &[Public, Partner],
            Self::CareProfessional | Self::ForeignMember | Self::Listed => {
                &[Public, Partner, CareProfessional]
            }
            Self::CoordinatorHere | Self::PartnerAndCoordinator => &[Public, Partner, Coordinator],
            Self::Owner => &[Public, Partner, CareProfessional, Coordinator],
            Self::Admin => &[Public, Partner, CareProfessional, Coordinator, Admin],
        }
    }

    /// The states of the clinics whose sheets this viewer reads.
    pub fn sheets(self) -> &'static [PublicationState] {
        match self {
            // Not of the suspended clinic, on whose list they are not, nor of that which took back its consent.
            Self::Listed => &[Published],
            Self::Owner => &[Draft, Published],
            Self::Admin => &[Draft, Published, Suspended, Ended, Withdrawn],
            _ => &[],
        }
    }

    /// The states of the clinics of whose physicians they are told when one can turn to them: never of one that took
    /// back its consent.
    pub fn physicians(self) -> Vec<PublicationState> {
        self.sheets().iter().copied().filter(|state| *state != Ended).collect()
    }

    /// The states of the clinics whose desks this viewer sees.
    pub fn desks(self) -> &'static [PublicationState] {
        match self {
            Self::Listed => &[Published, Suspended, Ended],
            Self::Owner => &[Draft, Published],
            Self::Admin => &[Draft, Published, Suspended, Ended],
            _ => &[],
        }
    }

    /// The states of the care facilities whose acceptances this viewer reads.
    pub fn taking(self) -> &'static [PublicationState] {
        match self {
            Self::CareProfessional | Self::ForeignMember => &[Published, Suspended, Ended],
            _ => self.desks(),
        }
    }

    /// Whether they read the first versions of sheets too.
    pub fn reads_history(self) -> bool {
        matches!(self, Self::Owner | Self::Admin)
    }

    /// Whether there could be a sheet for them.
    pub fn watches(self) -> bool {
        matches!(self, Self::ForeignMember | Self::CareProfessional) || !self.sheets().is_empty()
    }

    /// Whether no record could ever show this viewer something of a visibility.
    pub fn never_reads(self, visibility: Visibility) -> bool {
        let somewhere = matches!(self, Self::CoordinatorElsewhere) && visibility == Visibility::Coordinator;
        let if_owned = matches!(self, Self::ForeignMember | Self::Owner | Self::Listed)
            && visibility != Visibility::Admin;
        !(self.contacts().contains(&visibility) || somewhere || if_owned)
    }
}
