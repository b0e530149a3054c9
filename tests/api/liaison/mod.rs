//! Liaison sheets, desks and what facilities take on, as care professionals use them.

mod sheets;
mod withdrawal;
