//! `connlint inspect`: what was read from a file.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use rayon::prelude::*;
use serde_json::Value;

use super::options::options;
use super::settings::SettingsSource;
use super::{Error, output, part, say};
use crate::config::{Config, Reading};
use crate::contract::extract::extract;
use crate::fault;
use crate::inspect;
use crate::report::visible_lines;
use crate::source::FileId;
use crate::workspace::{self, FileKind, Workspace};

const EXAMPLES: &str = "\
Examples:
  connlint inspect guide.md                how a guide is read
  connlint inspect --format json guide.md  the same for a program";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct InspectArguments {
    /// Files and folders
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// How to print what was read
    #[arg(long, value_enum, default_value = "text")]
    format: InspectFormat,
    #[command(flatten, next_help_heading = "Settings")]
    source: SettingsSource,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum InspectFormat {
    /// A tree
    Text,
    /// One JSON array
    Json,
}

/// Prints what is read from each file.
pub(super) fn inspect(arguments: &InspectArguments) -> Result<ExitCode, Error> {
    let loaded = arguments.source.load(&arguments.paths)?;
    let workspace = Workspace::open(options(&loaded)?, &arguments.paths, Vec::new())?;
    let files: Vec<FileId> = workspace.checked().collect();
    let each = |id: &FileId| {
        fault::guard(|| read(&workspace, *id)).map_or_else(|fault| Ok(Err((*id, fault))), |read| Ok(Ok(read?)))
    };
    let outcomes: Vec<Result<Option<Value>, _>> =
        files.par_iter().map(each).collect::<Result<_, workspace::Error>>()?;
    let (read, faulty) = part(outcomes);
    faulty.iter().try_for_each(|(id, fault)| say(&format!("error: `{}`: {fault}", workspace.display(*id))))?;
    if read.is_empty() && faulty.is_empty() {
        return Err(workspace::Error::NothingToCheck(arguments.paths.clone()).into());
    }
    let mut out = output();
    match arguments.format {
        InspectFormat::Json => {
            serde_json::to_writer(&mut out, &read).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
        InspectFormat::Text => {
            let mut tree = Vec::new();
            read.iter().try_for_each(|file| inspect::write_tree(&mut tree, file, 0))?;
            out.write_all(visible_lines(&String::from_utf8_lossy(&tree)).as_bytes())?;
        }
    }
    out.flush()?;
    Ok(ExitCode::from(if faulty.is_empty() { 0 } else { 2 }))
}

fn read(workspace: &Workspace, id: FileId) -> Result<Option<Value>, workspace::Error> {
    Ok(match workspace.file(id).kind {
        FileKind::Guide(_) => {
            let guide = workspace.guide(workspace.source(id)?);
            let contract = extract(&guide, workspace.profile(), workspace.catalogues());
            Some(inspect::guide(&guide, &contract))
        }
        FileKind::Yaml | FileKind::Json => {
            let file = workspace.file(id);
            let reading =
                Reading { json: file.kind == FileKind::Json, references: workspace.references(), ..Reading::default() };
            let config =
                Config::parse(workspace.source(id)?, reading, &|connector| workspace.contract_meant(connector, id));
            (file.kind_given || config.is_recognised()).then(|| inspect::config(&config))
        }
        FileKind::Page => None,
    })
}
