//! Liaison sheets, desks and what facilities take on, as care professionals use them.

mod reach;
mod distribution;
mod complaints;
mod people;
mod questionnaire;
mod sheets;
mod support;
mod withdrawal;
