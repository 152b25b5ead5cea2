//! Beginnings of files: a configuration for a known connector, a guide for a new one.
//!
//! Only texts are made here; where they are written to is left to the command line.

pub mod guide;
pub mod manifest;
pub mod pack;
