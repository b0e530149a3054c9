//! Who is asking, and what they may see.

pub mod policy;
mod viewer;

pub use viewer::Viewer;
