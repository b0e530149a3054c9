//! The part of the picture for care professionals: the liaison sheets that hold now and the desks of professionals, with
//! what they are looked for by and how they want to be reached.
//!
//! There are thousands of them, not hundreds of thousands: they are kept one by one, and looked through from end to end.
//! Where they stand and what they are called is taken from the resources. What one of them says beyond that is read by
//! key for the rows of a page.

mod build;
mod load;
mod tags;
mod view;

pub use tags::{TagGroup, Tags};
pub(super) use view::ByName;
pub use view::{ReadableDesk, ReadableSheet};

use crate::liaison::reach::judge::Wishes;
use chrono::NaiveDate;
use entity::enums::{Audience, LiaisonContactKind, LiaisonOrganizationType};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// A distribution list: internal keys of organizations, each with whether it stands for those below it.
type Distribution = Vec<(i64, bool)>;

/// The sheet of an institution that holds now.
#[derive(Debug)]
pub struct Sheet {
    /// Internal key.
    pub id: i64,
    /// By when it is to be reviewed (見直しの期限).
    pub review_due_on: NaiveDate,
    /// Whether the institution agrees to its distribution.
    pub is_agreed: bool,
    /// What it says of each physician, in its order.
    pub entries: Vec<Entry>,
    /// Internal key of the institution.
    institution: i64,
    distribution: Distribution,
}

/// The entry of a sheet about a physician.
#[derive(Debug)]
pub struct Entry {
    /// Internal key.
    pub id: i64,
    /// Its place on the sheet.
    pub ordinal: i32,
    /// Code of the physician (医師コード).
    pub code: String,
    /// Folded name and reading of the physician.
    pub search_key: String,
    /// First day on which the physician no longer works there; `None`: still there.
    pub ended_on: Option<NaiveDate>,
    /// Words of closed sets that filters ask for.
    pub tags: Tags,
    /// How and when the physician wants to be reached.
    pub wishes: Arc<Wishes>,
    /// Internal key of the physician.
    physician: i64,
}

impl Entry {
    /// Whether the physician works there on a day.
    pub fn works_there(&self, day: NaiveDate) -> bool {
        self.ended_on.is_none_or(|ended| ended > day)
    }
}

/// A desk of professionals.
#[derive(Debug)]
pub struct Desk {
    /// Internal key.
    pub id: i64,
    /// What it is for (窓口の種類).
    pub kind: LiaisonContactKind,
    /// Kind of its organization (機関の種類).
    pub organization_type: LiaisonOrganizationType,
    /// Folded names of organization and facility, department and ward.
    pub search_key: String,
    /// Folded name of the organization; the order of lists.
    pub sort_key: String,
    /// The day the facts are from (情報時点).
    pub as_of: NaiveDate,
    /// First day on which it holds; `None`: not said.
    pub valid_from: Option<NaiveDate>,
    /// Last day on which it holds; `None`: no end is set.
    pub valid_to: Option<NaiveDate>,
    /// Words of closed sets that filters ask for.
    pub tags: Tags,
    /// How and when it wants to be reached.
    pub wishes: Arc<Wishes>,
    /// Internal key of the facility whose desk it is.
    facility: Option<i64>,
    /// Internal key of the organization whose desk it is.
    organization: Option<i64>,
    audience: Audience,
    distribution: Distribution,
}

impl Desk {
    /// Whether it holds on a day.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }
}

/// All sheets that hold now and all desks, by internal key.
#[derive(Clone, Debug, Default)]
pub(super) struct Liaison {
    sheets: HashMap<i64, Arc<Sheet>>,
    desks: HashMap<i64, Arc<Desk>>,
}

/// What changed of them, by internal keys.
#[derive(Debug, Default)]
pub(super) struct Touched {
    pub(super) sheets: HashSet<i64>,
    pub(super) desks: HashSet<i64>,
    pub(super) physicians: HashSet<i64>,
}

impl Touched {
    /// Whether it is nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.sheets.is_empty() && self.desks.is_empty() && self.physicians.is_empty()
    }
}
