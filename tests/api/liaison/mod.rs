//! Liaison sheets, desks and what facilities take on, as care professionals use them.

mod acceptances;
mod contacts;
pub mod lists;
mod sheets;
mod vacancies;
