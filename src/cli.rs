//! The command line: arguments, what each command does, and the exit code.
//!
//! The only module that prints and writes files. Exit codes: 0 nothing at or above `--fail-on`,
//! 1 findings, 2 the tool failed.

mod check;
mod connectors;
mod contract;
mod display;
mod fix;
mod fixed;
mod formats;
mod init;
mod inputs;
mod known;
mod list;
mod new;
mod packs;
mod read;
mod replace;
mod report;
mod reports;
mod rules;
mod schema;
mod selection;
mod server;
mod settings;
mod shell;
mod temporary;
mod watch;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::builder::PossibleValue;
use clap::{CommandFactory, Parser, Subcommand, ValueEnum};
use rayon::prelude::*;

use crate::changes;
use crate::diagnostic::Severity;
use crate::engine::RunError;
use crate::fault;
use crate::project;
use crate::report::visible_lines;
use crate::secrets;
use crate::source::{FileId, SourceFile};
use crate::workspace::{self, Workspace};

/// A linter and validator for connector guides and connector configuration files.
#[derive(Debug, Parser)]
#[command(name = "connlint", version, max_term_width = 100, after_help = AFTER_HELP)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "\
Examples:
  connlint check docs/                    check all guides and configurations under docs/
  connlint check acme.connector.yaml      check one configuration before installing
  connlint new config acme-connector      create a configuration for a connector
  connlint explain guide/link-broken      what a rule reports and how to fix it

Exit codes: 0: nothing to report, 1: findings, 2: the tool failed.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Check guides and configuration files
    Check(Box<check::CheckArguments>),
    /// Write settings, a hook, a workflow and a baseline for the current folder
    Init(init::InitArguments),
    /// Print the contract of a guide as a JSON Schema
    Contract(contract::ContractArguments),
    /// Print the facts that connlint reads from a file: outline, tables, links, fields, callback URL, scopes
    Inspect(read::InspectArguments),
    /// Print the settings for a file and their sources
    Settings(settings::SettingsArguments),
    /// List the built-in connectors, available without a guide
    Connectors(connectors::ConnectorsArguments),
    /// List the built-in packs, and mark those that match a folder
    Packs(packs::PacksArguments),
    /// Create a configuration or a guide
    New(new::NewArguments),
    /// Print a JSON Schema for editors and other validators
    Schema(schema::SchemaArguments),
    /// Print the page of a rule
    Explain(rules::ExplainArguments),
    /// List all rules
    Rules(rules::RulesArguments),
    /// Serve an editor: findings while you type, fixes, completion
    Server(server::ServerArguments),
    /// Print completions for a shell
    Completions(shell::CompletionsArguments),
    /// Print the manual page, or write those of all commands to a folder
    Man(shell::ManArguments),
}

impl ValueEnum for Severity {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Info, Self::Warning, Self::Error]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

/// A failure of the tool, which ends a command early.
#[derive(Debug, thiserror::Error)]
enum Error {
    /// A path or file.
    #[error(transparent)]
    Workspace(#[from] workspace::Error),
    /// Settings, or what they name.
    #[error(transparent)]
    Project(#[from] project::Error),
    /// A run that ended early.
    #[error(transparent)]
    Run(#[from] RunError),
    /// Git could not list the changes.
    #[error(transparent)]
    Changes(#[from] changes::Error),
    /// A file of the tool's own that cannot be used.
    #[error("{0}")]
    File(String),
    /// An argument that names nothing.
    #[error("{0}")]
    Unknown(String),
    /// Arguments that do not go together.
    #[error("{0}")]
    Arguments(&'static str),
    /// A file could not be replaced.
    #[error("cannot write `{}`: {}", .0.display(), cause(.1))]
    Unwritable(PathBuf, io::Error),
    /// Output could not be written.
    #[error("cannot write the output: {0}")]
    Output(#[from] io::Error),
}

/// Why a file cannot be written.
fn cause(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "the folder does not exist".to_owned(),
        _ => workspace::cause(error),
    }
}

/// Runs the program with the given arguments (the first is the program's name) and returns its exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are printed this way too; a closed pipe is not an error here.
            let _ = if error.use_stderr() { say(error.render().to_string().trim_end()) } else { error.print() };
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    fault::listen(|fault| drop(writeln!(io::stderr(), "error: {fault}")));
    // A fault that no file can be blamed for was reported when it happened.
    let Ok(outcome) = std::panic::catch_unwind(|| run_command(arguments.command)) else { return ExitCode::from(2) };
    match outcome {
        Ok(code) => code,
        // The reader of a pipe has seen enough: `connlint check | head`.
        Err(Error::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            let _ = say(&format!("error: {error}"));
            ExitCode::from(2)
        }
    }
}

fn run_command(command: Command) -> Result<ExitCode, Error> {
    match command {
        Command::Check(arguments) if arguments.watch => watch::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::Contract(arguments) => contract::run(&arguments),
        Command::Inspect(arguments) => read::inspect(&arguments),
        Command::Settings(arguments) => settings::show(&arguments),
        Command::Connectors(arguments) => connectors::run(&arguments),
        Command::Packs(arguments) => packs::run(&arguments),
        Command::New(arguments) => new::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Explain(arguments) => rules::explain(&arguments),
        Command::Rules(arguments) => rules::list(&arguments),
        Command::Server(arguments) => server::run(&arguments),
        Command::Completions(arguments) => shell::completions(&arguments, Arguments::command()),
        Command::Man(arguments) => shell::man(&arguments, Arguments::command()),
    }
}

/// Buffered standard output.
fn output() -> io::BufWriter<io::StdoutLock<'static>> {
    buffered(io::stdout().lock())
}

/// Writes the output of a command that then ends well.
fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<ExitCode, Error> {
    let mut out = output();
    write(&mut out)?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Prints a text as it is.
fn print_text(text: &str) -> Result<ExitCode, Error> {
    print(|out| out.write_all(text.as_bytes()))
}

/// Reports are large, so they are written in large pieces.
fn buffered<W: io::Write>(out: W) -> io::BufWriter<W> {
    io::BufWriter::with_capacity(1 << 16, out)
}

/// Says something about the run itself, apart from the report; without secrets.
fn say(message: &str) -> io::Result<()> {
    writeln!(io::stderr(), "{}", visible_lines(&secrets::redact(message)))
}

/// A word as a POSIX shell reads it.
fn for_shell(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "_-./+@:,%".contains(c);
    let needs_none = !word.is_empty() && word.chars().all(is_plain);
    if needs_none { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}

/// What `read` makes of each file, and how many it cannot read: for their size, or because of a fault of the program.
/// These are reported.
fn read_each<T: Send>(
    workspace: &Workspace,
    files: &[FileId],
    read: impl Fn(Arc<SourceFile>) -> Option<T> + Sync,
) -> Result<(Vec<T>, usize), Error> {
    let each = |id: &FileId| {
        let source = workspace.source(*id)?;
        let excess = source.excess().map(ToString::to_string);
        Ok(match (fault::guard(|| read(source)), excess) {
            (Err(fault), _) => Some(Err((*id, fault.to_string()))),
            (Ok(Some(_)), Some(excess)) => Some(Err((*id, excess))),
            (Ok(read), _) => read.map(Ok),
        })
    };
    let outcomes = files.par_iter().map(each).collect::<Result<Vec<_>, workspace::Error>>()?;
    let (mut all, mut unread) = (Vec::new(), workspace.unreadable().len());
    workspace.unreadable().iter().try_for_each(|error| say(&format!("error: {error}")))?;
    for outcome in outcomes.into_iter().flatten() {
        match outcome {
            Ok(read) => all.push(read),
            Err((id, reason)) => {
                say(&format!("error: `{}`: {reason}", workspace.display(id)))?;
                unread += 1;
            }
        }
    }
    Ok((all, unread))
}

/// Ends a run in which files or folders could not be read.
fn refuse_unreadable(workspace: &Workspace) -> Result<(), Error> {
    let Some((last, others)) = workspace.unreadable().split_last() else { return Ok(()) };
    others.iter().try_for_each(|error| say(&format!("error: {error}")))?;
    Err(Error::File(last.to_string()))
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
