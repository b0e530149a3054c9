//! Liaison sheets, desks and acceptances, as care professionals use them.

mod acceptances;
mod complaints;
mod contacts;
mod distribution;
pub mod lists;
mod people;
mod print;
mod questionnaire;
mod reach;
mod sheets;
mod support;
mod vacancies;
mod watches;
mod withdrawal;
