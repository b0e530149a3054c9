//! The arrows between modules, read from the sources.
