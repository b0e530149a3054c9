//! Private contacts and private text: who sees them, and what a consent or a withdrawal changes.

mod due;
mod effects;
mod fields;
mod intermediary;
mod mutations;
mod review;
mod support;
mod text;
