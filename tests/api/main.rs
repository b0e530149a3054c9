//! The tests of the service, in process: the real App on a database of its own per test. The tree
//! mirrors `src/`; `support/` is the harness.
//!
//! `YUI_TEST_DATABASE=postgres` with `YUI_TEST_POSTGRES=<URL of a server>` runs the same tests on
//! PostgreSQL; `scripts/test` does both.
#![allow(clippy::disallowed_methods, reason = "tests look at every row, whoever may see it")]

mod access;
mod accounts;
mod architecture;
mod audit;
mod care;
mod care_manager_tasks;
mod changes;
mod citizen_tasks;
mod consents;
mod demo;
mod districts;
mod districts_coordinators;
mod districts_desks;
mod districts_lookup;
mod exchange;
mod faults;
mod fixtures;
mod liaison;
mod medical;
mod organizations;
mod resources;
mod plans;
mod probe;
mod schedules;
mod schema;
mod server;
mod support;
mod tokens;
mod traps;
