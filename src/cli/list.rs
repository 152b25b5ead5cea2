//! How lists are printed.

use std::io::{self, Write};

use clap::ValueEnum;
use serde::Serialize;

/// The formats of lists.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum ListFormat {
    Text,
    Json,
}

/// Writes a value as JSON for a program.
pub(super) fn write_json(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)
}
