//! `connlint contract`: what a guide promises, as JSON Schema.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{Error, output, profile};
use crate::contract::extract::extract;
use crate::guide::Guide;
use crate::scopes::Catalogues;
use crate::source::FileId;
use crate::workspace;

#[derive(Debug, Args)]
pub(super) struct ContractArguments {
    /// The guide
    guide: PathBuf,
    /// A profile other than the built-in one
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,
}

/// Prints the contract of a guide. What could not be read is said on standard error.
pub(super) fn run(arguments: &ContractArguments) -> Result<ExitCode, Error> {
    let profile = profile(arguments.profile.as_deref())?;
    let source = workspace::read_source(FileId::default(), &arguments.guide)?;
    let guide = Guide::parse(source.into());
    let contract = extract(&guide, &profile, &Catalogues::builtin());
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
