//! Derives the directory from the records of official files.
//!
//! Every file's rows are kept as they were cleaned (`records`); facilities are derived from all of their
//! records (`care`, `medical`, `place`) and prepared only where they differ (`facilities`). What is prepared is published in
//! one transaction (`staged`, `publish`), after what others wrote meanwhile was taken in (`catch_up`). Deriving is pure,
//! so the order in which files arrive does not matter.
//!
//! The records are kept and the directory is derived from them: later data of an area (町字, an outline, a
//! district) changes facilities without a second import of their files, and two files give the same facility
//! in either order.

mod area_rows;
pub mod care;
mod catch_up;
mod children;
mod differences;
pub mod draft;
mod facilities;
mod hours_records;
mod leftovers;
pub mod local;
pub mod local_ids;
pub mod matching;
pub mod medical;
pub mod medical_hours;
mod numbered;
pub mod observation;
mod organizations;
pub mod overlay;
pub mod parts;
pub mod place;
mod privacy;
mod publish;
pub mod records;
mod rehearsal;
mod rejected;
mod search_keys;
pub mod service_addresses;
mod staged;

pub use crate::import::derive::area_rows::AreaRows;
pub use crate::import::derive::catch_up::{Import, Point, prepare};
pub use crate::import::derive::differences::differing;
pub use crate::import::derive::facilities::{Facilities, derive, derive_municipalities};
pub use crate::import::derive::overlay::Overlay;
pub use crate::import::derive::rehearsal::{rehearse, rehearse_municipalities};
pub use crate::import::derive::rejected::warn_of_rejected;
