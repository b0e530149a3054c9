//! Who is asking, and what they may see and do.

pub mod conditions;
pub mod policy;
mod role;
mod standing;
mod viewer;

pub use role::{Role, Roles};
pub use standing::Standing;
pub use viewer::{Credential, Identity, Membership, Sight, Viewer};
