//! `connlint completions` and `connlint man`: made of the one definition of the command line.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Command};
use clap_complete::Shell;

use super::{Error, output};

const EXAMPLES: &str = "\
Examples:
  connlint completions bash > ~/.local/share/bash-completion/completions/connlint
  connlint completions fish > ~/.config/fish/completions/connlint.fish";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct CompletionsArguments {
    /// The shell that is to complete
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
pub(super) fn completions(arguments: &CompletionsArguments, mut command: Command) -> Result<ExitCode, Error> {
    // The generator panics where it cannot write: a closed pipe must not reach it.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, env!("CARGO_PKG_NAME"), &mut script);
    let mut out = output();
    out.write_all(&script)?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Prints the page of the program, or writes it and those of its commands.
pub(super) fn man(arguments: &ManArguments, command: Command) -> Result<ExitCode, Error> {
    if let Some(folder) = &arguments.output {
        let unwritable = |error| Error::Unwritable(folder.clone(), error);
        clap_mangen::generate_to(command, folder).map_err(unwritable)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut out = output();
    clap_mangen::Man::new(command).render(&mut out)?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
