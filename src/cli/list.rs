//! How lists are printed.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::ValueEnum;
use serde::Serialize;
use serde_json::Value;

use super::{Error, print};
use crate::secrets::redact_known;

/// The formats of lists.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum ListFormat {
    Text,
    Json,
}

impl ListFormat {
    /// Prints a list: a line of text for each row, or the rows as JSON.
    pub(super) fn print<T>(
        self,
        rows: &[T],
        line: impl Fn(&T) -> String,
        json: impl Fn(&T) -> Value,
    ) -> Result<ExitCode, Error> {
        print(|out| match self {
            Self::Text => rows.iter().try_for_each(|row| writeln!(out, "{}", redact_known(line(row)))),
            Self::Json => {
                let list = serde_json::to_string_pretty(&rows.iter().map(json).collect::<Vec<_>>())?;
                writeln!(out, "{}", redact_known(list))
            }
        })
    }
}

/// Writes a value as JSON for a program.
pub(super) fn write_json(mut out: impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut out, value)?;
    writeln!(out)
}
