//! Liaison sheets, desks and what facilities take on, as care professionals use them.

mod distribution;
mod print;
mod sheets;
mod watches;
