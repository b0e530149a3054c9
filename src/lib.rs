//! Yui (結): a directory of who can help here and now, and how the viewer may reach them.
//!
//! The modules in reading order, from the outside in.

#![warn(missing_docs)]

/// The command line.
pub mod commands;
/// Settings, parsed once.
pub mod config;
/// GraphQL over HTTP, its limits, and the pages around it.
pub mod server;

/// The GraphQL schema, merged from the domains below.
pub mod schema;
/// The context of one request: the viewer, the databases, the loaders.
pub mod context;
/// Errors, and the only way in which they leave the program.
pub mod error;
/// What a caller may have meant by an unknown word or code.
mod nearest;
/// Restricted fields: their values and their errors.
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
/// The types of a page of a list.
mod connection;
/// Pages and cursors.
pub mod pagination;

/// Authentication, permissions and the row-level scope.
pub mod auth;
/// The audit: what was done and what was read.
pub mod audit;
/// The root field `viewer`: the viewer's own identity and permissions.
pub mod viewer;
/// Own accounts: invitations, passwords, sessions.
pub mod accounts;
/// Tokens made for programs of organizations.
pub mod api_tokens;

/// The picture: every resource of the directory in memory, from which lists, counts, searches and maps are answered.
pub mod picture;
/// Plans: how the plain fields of a document are written straight from the picture.
pub mod plan;
/// Any resource and any node: their fields, and the questions about all kinds together.
pub mod graph;
/// What all resources share: scope, filter, search, contacts.
pub mod resources;
/// The ledger of consents: agreements to publish contacts, and their withdrawals.
pub mod consents;
/// Text that is not shown because it looks private.
pub mod withheld;
/// Schedules: when resources are open or meet.
pub mod schedules;
/// What the kinds of resources from lists of cities share.
pub mod local;
pub mod local_kinds;
pub mod search_index;
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
/// Vacancies: whether facilities have room.
pub mod vacancies;
/// Acceptances: which care needs facilities take on.
pub mod acceptances;
/// Organizations that run resources.
pub mod organizations;
/// Coordinators of everyday support.
pub mod coordinators;
/// Municipalities and daily-life districts.
pub mod districts;

/// Official files in.
pub mod import;

/// A small cache of recently computed values.
pub mod cache;
/// The two handles to the database.
pub mod database;
