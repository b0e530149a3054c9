//! Yui (結): who can help here, now, and how do I reach them, given who I am?

pub mod auth;
pub mod care;
pub mod clock;
pub mod codes;
pub mod commands;
pub mod config;
pub mod context;
pub mod database;
pub mod districts;
pub mod error;
pub mod exchange;
pub mod id;
pub mod medical;
pub mod organizations;
pub mod pagination;
pub mod resources;
pub mod schema;
pub mod server;
pub mod text;
pub mod values;
