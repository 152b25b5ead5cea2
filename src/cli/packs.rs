//! `connlint packs`: the built-in packs, and which of them fit a folder.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};

use super::list::{ListFormat, write_json};
use super::{Error, output};
use crate::dialect::Dialect;
use crate::pack::Pack;
use crate::profile::Profile;
use crate::workspace;

const EXAMPLES: &str = "\
Examples:
  connlint packs                list the built-in packs; a star marks those that match this folder
  connlint packs vendor/guides  the same for another folder";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct PacksArguments {
    /// The folder to compare the packs with
    #[arg(default_value = ".")]
    path: PathBuf,
    /// How to print the list
    #[arg(long, value_enum, default_value = "text")]
    format: ListFormat,
}

/// Prints the built-in packs.
pub(super) fn run(arguments: &PacksArguments) -> Result<ExitCode, Error> {
    let default = Profile::builtin();
    let mut rows = vec![(default.name.to_lowercase(), default.dialect, false)];
    let packs = Pack::builtin();
    rows.extend(packs.iter().map(|pack| (pack.name.clone(), pack.dialect, workspace::fits(pack, &arguments.path))));
    let mut out = output();
    match arguments.format {
        ListFormat::Text => {
            for (name, dialect, fits) in rows {
                let mark = if fits { "*" } else { " " };
                writeln!(out, "{mark} {name:16} {}", dialect.name())?;
            }
        }
        ListFormat::Json => {
            let row = |(name, dialect, fits): &(String, Dialect, bool)| json!({ "name": name, "dialect": dialect.name(), "fits": fits });
            let rows: Vec<Value> = rows.iter().map(row).collect();
            write_json(&mut out, &rows)?;
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
