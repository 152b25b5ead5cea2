//! `connlint schema`: JSON Schemas for editors and other validators.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::connectors::resolve;
use super::settings::SettingsSource;
use super::{Error, print_text};
use crate::config;
use crate::project::options;
use crate::workspace::Workspace;

const EXAMPLES: &str = "\
Examples:
  connlint schema config                   all configurations
  connlint schema contract acme-connector  those of one connector";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct SchemaArguments {
    #[command(subcommand)]
    kind: Kind,
}

#[derive(Debug, Subcommand)]
enum Kind {
    /// Connector configurations of every shape
    Config,
    /// Configurations of one connector, by its guide
    Contract(ContractArguments),
    /// The settings, `connlint.toml`
    Settings,
    /// Packs: a vendor's files, pages and data
    Pack,
    /// Scope catalogs
    ScopeCatalogue,
    /// The JSON report
    Report,
}

#[derive(Debug, Args)]
struct ContractArguments {
    /// The connector: the permalink of its guide, or its name
    connector: String,
    #[command(flatten, next_help_heading = "Settings")]
    source: SettingsSource,
}

/// Prints a schema.
pub(super) fn run(arguments: &SchemaArguments) -> Result<ExitCode, Error> {
    match &arguments.kind {
        Kind::Config => print_text(config::SCHEMA_TEXT),
        Kind::Contract(arguments) => contract(arguments),
        Kind::Settings => print_text(include_str!("../../schemas/settings.schema.json")),
        Kind::Pack => print_text(include_str!("../../schemas/pack.schema.json")),
        Kind::ScopeCatalogue => print_text(include_str!("../../schemas/scope-catalogue.schema.json")),
        Kind::Report => print_text(include_str!("../../schemas/report.schema.json")),
    }
}

fn contract(arguments: &ContractArguments) -> Result<ExitCode, Error> {
    let here = [PathBuf::from(".")];
    let workspace = Workspace::open(options(&arguments.source.load(&here)?)?, &here, Vec::new())?;
    let (_, known) = resolve(&workspace, &arguments.connector)?;
    let contract = &known.contract;
    let catalogues = contract.catalogues(workspace.profile(), workspace.catalogues());
    print_text(&format!("{:#}\n", config::manifest_schema(contract, &catalogues)))
}
