//! The demo dataset, embedded, loaded through the same importers as official files.
