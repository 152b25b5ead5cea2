//! `connlint server`.

use std::io::ErrorKind;
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
    let end = server::serve(&connection);
    // The writing thread ends when all senders are gone.
    drop(connection);
    match (end, threads.join()) {
        (End::Clean, joined) => Ok(joined.map(|()| ExitCode::SUCCESS)?),
        // The error repeats the message, which may have a secret.
        (End::Abrupt, Err(error)) if error.kind() == ErrorKind::InvalidData => {
            let message = "invalid message from the editor: expected a `Content-Length` header and a JSON-RPC message";
            Err(Error::Arguments(message))
        }
        (End::Abrupt, _) => Ok(ExitCode::from(1)),
    }
}
