//! Numbers and strings that have been parsed: whoever holds one of these types need not check it again.
//!
//! Plain types in, plain types out; nothing here names GraphQL or the database.

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

pub use bounds::{Bounds, BoundsError};
pub use contact_value::ContactValue;
pub use corporate_number::{CorporateNumber, CorporateNumberError};
pub use municipality_code::{MunicipalityCode, MunicipalityCodeError};
pub use outline::Outline;
pub use phone::PhoneNumber;
pub use position::{Position, PositionError, meters_per_degree};

/// PostgreSQL takes no NUL in a text, not even to compare with.
pub fn is_storable(text: &str) -> bool {
    !text.contains('\0')
}
