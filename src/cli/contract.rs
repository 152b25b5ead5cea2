//! `connlint contract`: what a guide promises, as JSON Schema.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::options::options;
use super::settings::SettingsSource;
use super::{Error, output};
use crate::contract::extract::extract;
use crate::guide::Guide;
use crate::source::FileId;
use crate::workspace::{self, Options};

#[derive(Debug, Args)]
pub(super) struct ContractArguments {
    /// The guide
    guide: PathBuf,
    #[command(flatten)]
    source: SettingsSource,
}

/// Prints the contract of a guide. What could not be read is said on standard error.
pub(super) fn run(arguments: &ContractArguments) -> Result<ExitCode, Error> {
    let loaded = arguments.source.load(std::slice::from_ref(&arguments.guide))?;
    let Options { profile, catalogues, .. } = options(&loaded)?;
    let source = workspace::read_source(FileId::default(), &arguments.guide)?;
    let guide = Guide::parse(source.into());
    let contract = extract(&guide, &profile, &catalogues);
    let mut out = output();
    serde_json::to_writer_pretty(&mut out, &contract.schema()).map_err(std::io::Error::from)?;
    writeln!(out)?;
    out.flush()?;
    let mut notes = std::io::stderr().lock();
    for gap in &contract.gaps {
        let place = gap.span.map(|span| format!(":{}", guide.source.line(span.start))).unwrap_or_default();
        writeln!(notes, "note: {}{place}: {} left open: {}", guide.source.path(), gap.fact, gap.reason)?;
    }
    Ok(ExitCode::SUCCESS)
}
