//! Liaison sheets, desks and what facilities take on, as care professionals use them.

mod reach;
mod distribution;
mod sheets;
mod withdrawal;
