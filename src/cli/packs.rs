//! `connlint packs`: the built-in packs, and which of them fit a folder.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::Error;
use super::list::ListFormat;
use crate::dialect::Dialect;
use crate::pack::Pack;
use crate::profile::Profile;
use crate::workspace::{self, FileKind, Options, Workspace};

const EXAMPLES: &str = "\
Examples:
  connlint packs                list the built-in packs; a star marks those that match this folder
  connlint packs docs           the same for another folder";

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
    let mut rows = vec![(default.name.to_lowercase(), default.dialect, has_guides(&arguments.path)?)];
    let packs = Pack::builtin();
    rows.extend(packs.iter().map(|pack| (pack.name.clone(), pack.dialect, workspace::fits(pack, &arguments.path))));
    let line = |(name, dialect, fits): &(String, Dialect, bool)| {
        format!("{} {name:16} {}", if *fits { "*" } else { " " }, dialect.name())
    };
    let json = |(name, dialect, fits): &(String, Dialect, bool)| json!({ "name": name, "dialect": dialect.name(), "fits": fits });
    arguments.format.print(&rows, line, json)
}

/// Whether a folder has guides that follow the built-in conventions.
fn has_guides(folder: &Path) -> Result<bool, Error> {
    let workspace = Workspace::open(Options::from(Profile::builtin()), &[folder.to_owned()], Vec::new())?;
    Ok(workspace.checked().any(|id| matches!(workspace.file(id).kind, FileKind::Guide(_))))
}
