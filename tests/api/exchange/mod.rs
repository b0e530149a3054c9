//! Official files in: what becomes of every row, whatever state its file is in.

mod areas;
mod atomic;
mod bad_files;
mod command;
mod complete;
mod containers;
mod coordinates;
mod districts;
mod formats;
mod gathering;
mod gatherings;
mod hours;
mod keys;
mod lists;
mod merging;
mod municipal;
mod municipal_medical;
mod real_data;
mod real_lists;
mod refusals;
mod same_answers;
mod snapshots;
mod support;
mod template;
mod texts;
mod verified;
