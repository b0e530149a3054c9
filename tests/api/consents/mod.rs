//! Private contacts and withheld text: who reads them, and the effect of consents and withdrawals.

mod due;
mod effects;
mod fields;
mod intermediary;
mod mutations;
mod review;
pub mod support;
mod text;
