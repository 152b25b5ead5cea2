//! `connlint inspect`: what was read from a file.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use serde_json::Value;

use super::settings::SettingsSource;
use super::{Error, inputs, output, read_each};
use crate::contract::Contract;
use crate::contract::extract::extract;
use crate::engine;
use crate::inspect;
use crate::project::options;
use crate::report::visible_lines;
use crate::settings::Settings;
use crate::source::{FileId, SourceFile};
use crate::workspace::{FileKind, Named, Workspace};

const EXAMPLES: &str = "\
Examples:
  connlint inspect guide.md                the facts that connlint reads from a guide
  connlint inspect --format json guide.md  the same for a program";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct InspectArguments {
    /// Files and folders; `-` reads one file from standard input
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// How to print the facts
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
    let (stdin, paths): (Vec<_>, Vec<_>) = arguments.paths.iter().cloned().partition(|path| path == Path::new("-"));
    let mut options = options(&loaded)?;
    let mut memory = Vec::new();
    if !stdin.is_empty() {
        let bytes = inputs::stdin(options.max_file_size)?;
        memory.push((inputs::name_of(&bytes, loaded.settings.shape.as_ref().map(|_| true)).to_owned(), bytes));
        options.named = Named::ByName;
    }
    let workspace = Workspace::open(options, &paths, memory)?;
    let files: Vec<FileId> = workspace.checked().collect();
    let (read, faulty) = read_each(&workspace, &files, |source| read(&workspace, &loaded.settings, source))?;
    if read.is_empty() && faulty == 0 {
        let mut named = workspace.named().filter(|id| !workspace.file(*id).excluded);
        if let Some(id) = named.next() {
            return Err(Error::File(format!("`{}` is not a guide or connector configuration", workspace.display(id))));
        }
        return Err(workspace.nothing_to_check(&arguments.paths).into());
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
    Ok(ExitCode::from(if faulty == 0 { 0 } else { 2 }))
}

fn read(workspace: &Workspace, settings: &Settings, source: Arc<SourceFile>) -> Option<Value> {
    let id = source.id();
    if let Some(own) = workspace.content(Arc::clone(&source)) {
        let connectors = workspace.pack_connectors(id, &own);
        return Some(inspect::pack_file(&own, &connectors, |guide| inspect::guide(guide, &Contract::default())));
    }
    match workspace.file(id).kind {
        FileKind::Guide(_) => {
            let guide = workspace.guide(source);
            let contract = extract(&guide, workspace.profile(), workspace.catalogues());
            Some(inspect::guide(&guide, &contract))
        }
        FileKind::Yaml | FileKind::Json => {
            let config = engine::config(workspace, settings, source);
            (workspace.file(id).kind_given || config.is_recognised()).then(|| inspect::config(&config))
        }
        FileKind::Page | FileKind::Data => None,
    }
}
