//! `connlint connectors`: the connectors that are known without any guide at hand.

use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::{Error, output};
use crate::contract::KnownContract;
use crate::contract::bundle::{self, Listed};
use crate::inspect;
use crate::nearest;
use crate::workspace::Workspace;

const EXAMPLES: &str = "\
Examples:
  connlint connectors                all connectors that are known
  connlint connectors --format json  the same for a program";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct ConnectorsArguments {
    /// Print what is known of one connector: the permalink of its guide, or its name
    name: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value = "text")]
    format: ListFormat,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ListFormat {
    Text,
    Json,
}

/// Prints the known connectors, or the contract of one.
pub(super) fn run(arguments: &ConnectorsArguments) -> Result<ExitCode, Error> {
    let all = bundle::list();
    let shown: Vec<&Listed> = match &arguments.name {
        Some(name) => vec![find(&all, name)?],
        None => all.iter().collect(),
    };
    let mut out = output();
    match (arguments.format, &arguments.name) {
        (ListFormat::Json, _) => {
            let rows: Vec<Value> = shown.iter().map(|listed| row(listed, arguments.name.is_some())).collect();
            serde_json::to_writer_pretty(&mut out, &rows).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
        (ListFormat::Text, Some(_)) => {
            for listed in shown {
                inspect::write_tree(&mut out, &row(listed, true), 0)?;
            }
        }
        (ListFormat::Text, None) => {
            let width = shown.iter().map(|listed| listed.permalink.len()).max().unwrap_or_default();
            for listed in shown {
                let auth = listed.auth.map_or("-", |auth| auth.config_name());
                writeln!(out, "{:width$}  {auth:10}  {}", listed.permalink, listed.name)?;
            }
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// A connector of the guides at hand or, where they have none, of the built-in ones: its permalink and contract.
pub(super) fn resolve(workspace: &Workspace, name: &str) -> Result<(String, Arc<KnownContract>), Error> {
    if let Some(known) = workspace.contract(name) {
        return Ok((name.to_owned(), known));
    }
    let all = if workspace.profile().is_builtin() { bundle::list() } else { Vec::new() };
    let is_named =
        |listed: &&Listed| [&listed.permalink, &listed.name].iter().any(|known| known.eq_ignore_ascii_case(name));
    let named = all.iter().find(is_named);
    let found = named.and_then(|listed| Some((listed.permalink.clone(), workspace.contract(&listed.permalink)?)));
    found.ok_or_else(|| {
        let own = workspace.connectors().map(|permalink| (permalink, permalink));
        unknown(name, own.chain(names(&all)))
    })
}

fn find<'a>(all: &'a [Listed], name: &str) -> Result<&'a Listed, Error> {
    let by_permalink = all.iter().find(|listed| listed.permalink == name);
    let by_name = || all.iter().find(|listed| listed.name.eq_ignore_ascii_case(name));
    by_permalink.or_else(by_name).ok_or_else(|| unknown(name, names(all)))
}

/// What a connector may be called, and its permalink.
fn names(all: &[Listed]) -> impl Iterator<Item = (&str, &str)> {
    all.iter().flat_map(|listed| {
        let permalink = listed.permalink.as_str();
        [(permalink, permalink), (listed.name.as_str(), permalink)]
    })
}

fn unknown<'a>(name: &str, known: impl Iterator<Item = (&'a str, &'a str)>) -> Error {
    let known: Vec<(&str, &str)> = known.collect();
    let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
    let near = nearest::suggestion(name, &names).and_then(|near| known.iter().find(|(name, _)| *name == near));
    let near = near.map(|(_, permalink)| format!("; did you mean `{permalink}`?")).unwrap_or_default();
    Error::Unknown(format!("no connector `{name}` is known{near}"))
}

fn row(listed: &Listed, with_contract: bool) -> Value {
    let mut row = json!({ "permalink": listed.permalink, "name": listed.name, "auth": listed.auth });
    if with_contract && let Some(contract) = bundle::builtin(&listed.permalink) {
        row["contract"] = inspect::contract_facts(&contract);
    }
    row
}
