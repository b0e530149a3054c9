//! Yui (結): who can help here, now, and how do I reach them, given who I am?
//!
//! The modules in reading order, from the outside in.

#![warn(missing_docs)]

/// What can be done on the command line.
pub mod commands;
/// Settings, parsed once.
pub mod config;
/// GraphQL over HTTP, its limits, and the pages around it.
pub mod server;

/// The whole graph, merged from the domains below.
pub mod schema;
/// What one request carries: the viewer, the databases, the loaders.
pub mod context;
/// What can go wrong, and the only way out for an error.
pub mod error;
/// Fields that not everybody may read.
pub mod restricted;
/// Why a change was not made, as data.
pub mod user_error;
/// Public ids.
pub mod id;
/// Scalars of the graph.
pub mod scalars;
/// Closed sets of words with their Japanese labels.
pub mod terms;
/// All closed sets, as the graph answers them.
pub mod vocabularies;
/// Pages, cursors, connections.
pub mod pagination;

/// Who is asking, and what they may see and do.
pub mod auth;
/// What was done and looked at.
pub mod audit;
/// Who is asking, as they themselves see it.
pub mod viewer;
/// Own accounts: invitations, passwords, sessions.
pub mod accounts;
/// Tokens made for programs of organizations.
pub mod api_tokens;

/// Any resource and any node: their fields, and the questions about all kinds together.
pub mod graph;
/// What every listed thing shares: scope, filter, search, contacts.
pub mod resources;
/// Who agreed to be reached for what, and who took it back.
pub mod consents;
/// Text that is not shown because it looks private.
pub mod withheld;
/// When they are open or meet.
pub mod schedules;
/// What the kinds a city knows itself share.
pub mod local;
/// Places of gathering.
pub mod gatherings;
/// Mutual-aid groups.
pub mod mutual_aid;
/// Private services outside of the care insurance.
pub mod private_services;
/// Consultation desks.
pub mod desks;
/// Care facilities and their services.
pub mod care;
/// Medical facilities and their departments.
pub mod medical;
/// How physicians and desks want to be reached, and who can be reached now.
pub mod liaison;
/// Whether facilities have room.
pub mod vacancies;
/// What care needs facilities take on.
pub mod acceptances;
/// Who runs them.
pub mod organizations;
/// Coordinators of everyday support.
pub mod coordinators;
/// Municipalities and daily-life districts.
pub mod districts;

/// Official files in.
pub mod import;

/// What was made lately, kept for the next who asks.
pub mod lately;
/// The two handles to the database.
pub mod database;
