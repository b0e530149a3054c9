//! When things are open or meet, through the graph.

mod calendar;
mod field;
mod filter;
mod new_year;
mod support;
mod visits;
