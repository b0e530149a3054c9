//! The harness: an App in process, its database, who asks it, and small official files to fill it with.

mod app;
mod client;
mod database;
pub mod desks;
pub mod fixtures;
mod graph;
mod local;
mod seen;
mod statements;
pub mod world;

pub use app::{App, strict};
pub use client::Client;
pub use database::TestDatabase;
pub use graph::Graph;
pub use seen::{Seen, holding, member, on};
pub use statements::Statements;
