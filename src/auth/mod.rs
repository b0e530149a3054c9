//! Authentication and permissions: who the viewer is, and what they may read and do.

mod authenticate;
pub mod conditions;
pub mod own;
pub mod policy;
mod refusal;
mod role;
pub mod row_scope;
pub mod secret;
pub mod signing;
mod standing;
pub mod ticket;
pub mod token;
mod viewer;

pub use authenticate::Authenticator;
pub use refusal::Refusal;
pub use role::{Role, Roles};
pub use standing::{Shown, Standing, UnknownCodes};
pub use viewer::{Credential, Identity, Membership, Permissions, Viewer};
