//! `connlint connectors`: the connectors that are known without any guide at hand.

use std::io::Write;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::{Error, output};
use crate::contract::bundle::{self, Listed};
use crate::inspect;

#[derive(Debug, Args)]
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

fn find<'a>(all: &'a [Listed], name: &str) -> Result<&'a Listed, Error> {
    let by_permalink = all.iter().find(|listed| listed.permalink == name);
    let by_name = || all.iter().find(|listed| listed.name.eq_ignore_ascii_case(name));
    by_permalink.or_else(by_name).ok_or_else(|| {
        let lower = name.to_lowercase();
        let distance = |listed: &&Listed| {
            let to_name = strsim::osa_distance(&listed.name.to_lowercase(), &lower);
            strsim::osa_distance(&listed.permalink, &lower).min(to_name)
        };
        let nearest = all.iter().min_by_key(distance).filter(|listed| distance(listed) * 3 <= lower.chars().count());
        let near = nearest.map(|listed| format!("; did you mean `{}`?", listed.permalink)).unwrap_or_default();
        Error::Unknown(format!("no connector `{name}` is known{near}"))
    })
}

fn row(listed: &Listed, with_contract: bool) -> Value {
    let mut row = json!({ "permalink": listed.permalink, "name": listed.name, "auth": listed.auth });
    if with_contract && let Some(contract) = bundle::builtin(&listed.permalink) {
        row["contract"] = inspect::contract_facts(&contract);
    }
    row
}
