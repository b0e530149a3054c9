//! Parsed and checked numbers and strings: a value of one of these types is valid and needs no further check.
//!
//! Plain types in, plain types out; they name neither GraphQL nor a database.

pub mod bounds;
pub mod cell;
pub mod contact_value;
pub mod corporate_number;
mod digits;
pub mod mentions;
pub mod municipality_code;
pub mod outline;
pub mod phone;
pub mod position;
mod postal_code;

pub use bounds::{Bounds, BoundsError};
pub use contact_value::ContactValue;
pub use corporate_number::{CorporateNumber, CorporateNumberError};
pub use municipality_code::{MunicipalityCode, MunicipalityCodeError};
pub use outline::Outline;
pub use phone::PhoneNumber;
pub use position::{Position, PositionError, meters_per_degree};
pub use postal_code::postal_code;

/// Whether a text has no NUL, which PostgreSQL does not accept in any text, not even in a comparison.
pub fn is_storable(text: &str) -> bool {
    !text.contains('\0')
}
