//! What the kinds a city knows itself have in common: fees, eligibility, accessibility, and how
//! their own facts are stored. National lists hold none of these kinds.

pub mod access;
pub mod eligibility;
pub mod fee;
pub mod menu;
pub mod partner;
pub mod store;
pub mod tags;
pub mod terms;

pub use access::{Access, Parking};
pub use eligibility::Eligibility;
pub use fee::{Fee, Surcharge};
pub use menu::{HowToApply, Season, ServiceMenu};
pub use partner::PartnerFacts;
