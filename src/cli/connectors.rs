//! `connlint connectors`: the connectors that are known without a guide.

use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use serde_json::{Value, json};

use super::list::ListFormat;
use super::{Error, print};
use crate::contract::KnownContract;
use crate::contract::bundle::{self, Listed};
use crate::inspect;
use crate::workspace::{Lookup, Workspace, builtin_connector};

const EXAMPLES: &str = "\
Examples:
  connlint connectors                all known connectors
  connlint connectors --format json  the same for a program";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct ConnectorsArguments {
    /// Print the contract of one connector: the permalink of its guide, or its name
    name: Option<String>,
    /// How to print the list
    #[arg(long, value_enum, default_value = "text")]
    format: ListFormat,
}

/// Prints the known connectors, or the contract of one.
pub(super) fn run(arguments: &ConnectorsArguments) -> Result<ExitCode, Error> {
    let all = bundle::list();
    let shown: Vec<&Listed> = match &arguments.name {
        Some(name) => vec![find(&all, name)?],
        None => all.iter().collect(),
    };
    let is_one = arguments.name.is_some();
    if is_one && matches!(arguments.format, ListFormat::Text) {
        return print(|mut out| {
            shown.iter().try_for_each(|listed| inspect::write_tree(&mut out, &row(listed, true), 0))
        });
    }
    let width = shown.iter().map(|listed| listed.permalink.len()).max().unwrap_or_default();
    let line = |listed: &&Listed| {
        let auth = listed.auth.map_or("-", |auth| auth.config_name());
        format!("{:width$}  {auth:10}  {}", listed.permalink, listed.name)
    };
    arguments.format.print(&shown, line, |listed| row(listed, is_one))
}

/// The permalink and contract of a connector, from the checked guides, otherwise from the built-in contracts.
pub(super) fn resolve(workspace: &Workspace, name: &str) -> Result<(String, Arc<KnownContract>), Error> {
    let is_builtin = workspace.profile().is_builtin();
    let permalink = meant(name, workspace.connector(name), is_builtin)?;
    match workspace.contract(&permalink) {
        Some(known) => Ok((permalink, known)),
        None => Err(unknown(name, &[], is_builtin)),
    }
}

fn find<'a>(all: &'a [Listed], name: &str) -> Result<&'a Listed, Error> {
    let permalink = meant(name, builtin_connector(name), true)?;
    all.iter().find(|listed| listed.permalink == permalink).ok_or_else(|| unknown(name, &[], true))
}

/// The one connector that a name can mean.
fn meant(name: &str, lookup: Lookup, is_builtin: bool) -> Result<String, Error> {
    match lookup {
        Lookup::Known => Ok(name.to_owned()),
        Lookup::Meant(permalink) => Ok(permalink),
        Lookup::Misspelled(permalink) => Err(unknown(name, &[permalink], is_builtin)),
        Lookup::Several(candidates) => Err(unknown(name, &candidates, is_builtin)),
        Lookup::Unknown => Err(unknown(name, &[], is_builtin)),
    }
}

/// `is_builtin`: whether the known connectors are the built-in ones.
fn unknown(name: &str, candidates: &[String], is_builtin: bool) -> Error {
    let names: Vec<String> = candidates.iter().map(|candidate| format!("`{candidate}`")).collect();
    let near = match names.as_slice() {
        [] if is_builtin => "; `connlint connectors` lists them".to_owned(),
        [] => String::new(),
        names => format!("; did you mean {}?", names.join(" or ")),
    };
    Error::Unknown(format!("unknown connector `{name}`{near}"))
}

fn row(listed: &Listed, with_contract: bool) -> Value {
    let mut row = json!({ "permalink": listed.permalink, "name": listed.name, "auth": listed.auth });
    if with_contract && let Some(contract) = bundle::builtin(&listed.permalink) {
        row["contract"] = inspect::contract_facts(&contract);
    }
    row
}
