//! The migrations that turn an empty database into the present one, in order.

#![warn(missing_docs)]

pub use sea_orm_migration::prelude::*;

mod dialect;
mod m20261120_000001_directory;
mod m20261120_000002_search;
mod m20261120_000003_map;
mod m20261120_000004_local;
mod m20261120_000005_identity;
mod m20261120_000006_sign_in;
mod m20261120_000007_liaison;
mod m20261128_000008_state;
mod m20261130_000009_numbers;
mod m20261130_000010_addresses;
mod m20261130_000011_days;
mod m20261130_000012_changes;
mod m20261130_000013_picture;
mod m20261201_000014_prepared;

/// Applies and reports the migrations.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261120_000001_directory::Migration),
            Box::new(m20261120_000002_search::Migration),
            Box::new(m20261120_000003_map::Migration),
            Box::new(m20261120_000004_local::Migration),
            Box::new(m20261120_000005_identity::Migration),
            Box::new(m20261120_000006_sign_in::Migration),
            Box::new(m20261120_000007_liaison::Migration),
            Box::new(m20261128_000008_state::Migration),
            Box::new(m20261130_000009_numbers::Migration),
            Box::new(m20261130_000010_addresses::Migration),
            Box::new(m20261130_000011_days::Migration),
            Box::new(m20261130_000012_changes::Migration),
            Box::new(m20261130_000013_picture::Migration),
            Box::new(m20261201_000014_prepared::Migration),
        ]
    }
}
