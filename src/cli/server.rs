//! `connlint server`.

use std::process::ExitCode;

use clap::Args;
use lsp_server::Connection;

use super::Error;
use crate::server::{self, End};

const HELP: &str = "\
Examples:
  connlint server  speak the Language Server Protocol with the editor that starts this command

The chapter \"Editors\" of the book has the settings for each editor.";

#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub(super) struct ServerArguments {
    /// Use standard input and output, which is the default
    #[arg(long)]
    stdio: bool,
}

/// Serves an editor until it leaves.
pub(super) fn run(_: &ServerArguments) -> Result<ExitCode, Error> {
    let (connection, threads) = Connection::stdio();
    let served = server::serve(&connection);
    // The writing thread ends when all senders are gone.
    drop(connection);
    let end = served.map_err(|error| Error::File(format!("the editor broke the protocol: {error}")))?;
    if end == End::Clean {
        threads.join()?;
    }
    Ok(if end == End::Clean { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
