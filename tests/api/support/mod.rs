//! The harness: an App in process, its database, its clients, and small official files to fill it with.

mod accounts;
mod app;
mod client;
pub mod clock;
mod database;
pub mod desks;
pub mod fixtures;
mod graph;
pub mod liaison;
pub mod local;
mod marked_desks;
mod person;
pub mod professionals;
mod seen;
pub mod sheets;
mod statements;
pub mod viewers;
pub mod world;

pub use accounts::standing;
pub use app::{Answer, App, strict};
pub use client::Client;
pub use database::TestDatabase;
pub use graph::Graph;
pub use person::{BELIEVED, Person};
pub use seen::{Seen, holding, member, on};
pub use statements::Statements;
