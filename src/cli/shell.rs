//! `connlint completions` and `connlint man`: made of the one definition of the command line.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::PossibleValuesParser;
use clap::{Args, Command};
use clap_complete::Shell;

use super::{Error, print};
use crate::contract::bundle;
use crate::rule::Rule;
use crate::rules::RULES;

const EXAMPLES: &str = "\
Examples:
  connlint completions bash > ~/.local/share/bash-completion/completions/connlint
  connlint completions fish > ~/.config/fish/completions/connlint.fish";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct CompletionsArguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  connlint man | man -l -     read it here\n  connlint man --output man1  a page for each command, into this folder"
)]
pub(super) struct ManArguments {
    /// Write a page for each command to this folder
    #[arg(long, value_name = "FOLDER")]
    output: Option<PathBuf>,
}

/// Prints a script that a shell reads.
pub(super) fn completions(arguments: &CompletionsArguments, command: Command) -> Result<ExitCode, Error> {
    let mut command = completed(command);
    // The generator panics where it cannot write: a closed pipe must not reach it.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, env!("CARGO_PKG_NAME"), &mut script);
    if arguments.shell == Shell::Fish {
        script.extend(fish_values(&command, "").bytes());
    }
    print(|out| out.write_all(&script))
}

/// The values of arguments without a name: the generator for fish leaves them out. `condition` is that of the command.
fn fish_values(command: &Command, condition: &str) -> String {
    let mut out = String::new();
    for argument in command.get_positionals().filter(|_| !condition.is_empty()) {
        let values: Vec<_> = argument.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
        if !values.is_empty() {
            let values = values.join(" ");
            out.extend(["complete -c connlint -n \"", condition, "\" -f -a \"", &values, "\"\n"]);
        }
    }
    for command in command.get_subcommands() {
        let name = command.get_name();
        let condition = match condition {
            "" => format!("__fish_connlint_using_subcommand {name}"),
            outer => format!("{outer}; and __fish_seen_subcommand_from {name}"),
        };
        out += &fish_values(command, &condition);
    }
    out
}

/// The command line with the values that a shell can offer, beyond those that parsing insists on.
fn completed(command: Command) -> Command {
    let rules = || PossibleValuesParser::new(RULES.iter().map(|rule| rule.name));
    let selectors = || {
        let groups: BTreeSet<&str> = RULES.iter().map(Rule::group).collect();
        PossibleValuesParser::new(groups.into_iter().chain(RULES.iter().map(|rule| rule.name)))
    };
    let connectors = || PossibleValuesParser::new(bundle::list().into_iter().map(|listed| listed.permalink));
    let connector = |command: Command| command.mut_arg("connector", |it| it.value_parser(connectors()));
    command
        // zsh takes a colon or bracket in the name of a value for a part of its own notation.
        .mut_subcommand("check", |check| {
            let check = check.mut_arg("format", |format| format.value_name("FORMAT"));
            let select = |check: Command, name| check.mut_arg(name, |it| it.value_parser(selectors()));
            ["select", "ignore", "extend_select", "fixable", "unfixable"].into_iter().fold(check, select)
        })
        .mut_subcommand("explain", |explain| explain.mut_arg("rule", |rule| rule.value_parser(rules())))
        .mut_subcommand("connectors", |command| command.mut_arg("name", |name| name.value_parser(connectors())))
        .mut_subcommand("new", |new| new.mut_subcommand("config", connector))
        .mut_subcommand("schema", |schema| schema.mut_subcommand("contract", connector))
}

/// Prints the page of the program, or writes it and those of its commands.
pub(super) fn man(arguments: &ManArguments, command: Command) -> Result<ExitCode, Error> {
    if let Some(folder) = &arguments.output {
        let unwritable = |error| Error::Unwritable(folder.clone(), error);
        std::fs::create_dir_all(folder).map_err(unwritable)?;
        clap_mangen::generate_to(command, folder).map_err(unwritable)?;
        return Ok(ExitCode::SUCCESS);
    }
    print(|mut out| clap_mangen::Man::new(command).render(&mut out))
}
