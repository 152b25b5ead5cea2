//! `connlint contract`: the contract of a guide as JSON Schema, or the facts of a whole site as a bundle.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::list::write_json;
use super::settings::SettingsSource;
use super::{Error, inputs, print, print_text, read_each, say};
use crate::contract::bundle;
use crate::contract::extract::{extract, extract_all};
use crate::dialects::{self, kramdown};
use crate::fault;
use crate::inspect;
use crate::profile::GuideKind;
use crate::project::options;
use crate::secrets;
use crate::source::{FileId, SourceFile};
use crate::workspace::{self, FileKind, Options, Workspace};

const EXAMPLES: &str = "\
Examples:
  connlint contract guide.md                the contract of a guide, as a JSON Schema
  connlint contract guide.md > schema.json  for an editor or another validator";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct ContractArguments {
    /// The guide, `-` for standard input, or with `--all` the folder
    path: PathBuf,
    /// Print the facts of all setup guides under the folder as one bundle
    #[arg(long)]
    all: bool,
    #[command(flatten, next_help_heading = "Settings")]
    source: SettingsSource,
}

/// Prints the contract of a guide, or the bundle of a folder.
pub(super) fn run(arguments: &ContractArguments) -> Result<ExitCode, Error> {
    let options = options(&arguments.source.load(std::slice::from_ref(&arguments.path))?)?;
    if arguments.all { print_bundle(options, &arguments.path) } else { print_schema(&options, &arguments.path) }
}

/// Prints the contract of one guide, and its gaps on standard error.
fn print_schema(options: &Options, path: &Path) -> Result<ExitCode, Error> {
    if path.is_dir() {
        let path = path.display();
        return Err(Error::File(format!("`{path}` is a folder; use `--all` to print the facts of all its guides")));
    }
    if workspace::is_data(path) {
        let path = path.display();
        let help = "`connlint schema contract NAME` prints the schema of a connector's configurations";
        return Err(Error::File(format!("`{path}` is not a guide; {help}")));
    }
    let source = if path == Path::new("-") {
        SourceFile::from_bytes(FileId::default(), workspace::STDIN, inputs::stdin(options.max_file_size)?)
    } else {
        workspace::read_text(FileId::default(), path, options.max_file_size)?
    };
    let path = source.path().to_owned();
    if let Some(excess) = source.excess() {
        return Err(Error::File(format!("`{path}`: {excess}")));
    }
    let read = fault::guard(|| {
        fault::provoke(source.text());
        let guide = dialects::read(source.into(), options.profile.dialect, &kramdown::Options::default());
        let contract = extract(&guide, &options.profile, &options.catalogues);
        (guide, contract)
    });
    let (guide, contract) = read.map_err(|fault| Error::File(format!("`{path}`: {fault}")))?;
    let schema = contract.schema(&contract.catalogues(&options.profile, &options.catalogues));
    let done = print(|out| write_json(out, &inspect::redacted(schema, &guide.source)))?;
    for gap in &contract.gaps {
        let place = gap.span.map(|span| format!(":{}", guide.source.line(span.start))).unwrap_or_default();
        let note = format!("note: {}{place}: {} unknown: {}", guide.source.path(), gap.fact, gap.reason);
        say(&guide.source.redact(&note))?;
    }
    Ok(done)
}

fn print_bundle(options: Options, folder: &Path) -> Result<ExitCode, Error> {
    let workspace = Workspace::open(options, &[folder.to_owned()], Vec::new())?;
    let guides: Vec<FileId> =
        workspace.checked().filter(|id| workspace.file(*id).kind == FileKind::Guide(GuideKind::Setup)).collect();
    if guides.is_empty() {
        return Err(workspace.nothing_to_check(&[folder.to_owned()]).into());
    }
    let (contracts, faulty) = read_each(&workspace, &guides, |source| {
        Some(extract_all(&workspace.guide(source), workspace.profile(), workspace.catalogues()))
    })?;
    let done = print_text(&secrets::redact_known(bundle::write(&contracts)))?;
    Ok(if faulty == 0 { done } else { ExitCode::from(2) })
}
