//! `connlint check`.

use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressDrawTarget};

use super::{Error, SeverityArgument, output, profile};
use crate::engine::{self, Checked};
use crate::report::{Format, Renderer, Sources, Stream, Summary, Terminal};
use crate::settings::Settings;
use crate::source::{FileId, SourceFile};
use crate::workspace::{self, Workspace};

/// How long a run may take before its progress is shown.
const PATIENCE: Duration = Duration::from_secs(1);

#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    /// Files and folders; `-` reads one file from standard input
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// The name under which standard input is checked
    #[arg(long, value_name = "PATH", default_value = "stdin.md")]
    stdin_filename: String,
    /// How to print the findings
    #[arg(long, value_enum, default_value = "text")]
    format: FormatArgument,
    /// Report findings of this severity and above
    #[arg(long, value_enum, default_value = "warning")]
    severity: SeverityArgument,
    /// Exit with 1 if there is a finding of this severity or above
    #[arg(long, value_enum, default_value = "error")]
    fail_on: SeverityArgument,
    /// Treat literal secrets as errors
    #[arg(long)]
    strict: bool,
    /// A profile other than the built-in one
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,
    /// Succeed if there is nothing to check
    #[arg(long)]
    allow_empty: bool,
    /// When to use colours
    #[arg(long, value_enum, default_value = "auto")]
    color: ColorArgument,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatArgument {
    Text,
    Json,
}

impl From<FormatArgument> for Format {
    fn from(argument: FormatArgument) -> Self {
        match argument {
            FormatArgument::Text => Self::Text,
            FormatArgument::Json => Self::Json,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ColorArgument {
    Auto,
    Always,
    Never,
}

/// Checks the given files and prints what was found.
pub(super) fn run(arguments: &CheckArguments) -> Result<ExitCode, Error> {
    let settings = settings(arguments);
    let (paths, memory) = inputs(arguments)?;
    let workspace = Workspace::open(profile(arguments.profile.as_deref())?, &paths, memory)?;
    let summary = report(arguments, &workspace, &settings)?;
    if summary.files == 0 && !arguments.allow_empty {
        return Err(workspace::Error::NothingToCheck(arguments.paths.clone()).into());
    }
    Ok(if summary.worst() >= Some(settings.fail_on) { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn settings(arguments: &CheckArguments) -> Settings {
    Settings {
        severity: arguments.severity.into(),
        fail_on: arguments.fail_on.into(),
        strict: arguments.strict,
        ..Settings::default()
    }
}

/// The paths to read, and standard input where `-` stands among them.
fn inputs(arguments: &CheckArguments) -> Result<(Vec<PathBuf>, Vec<workspace::InMemory>), Error> {
    let (stdin, paths): (Vec<_>, Vec<_>) = arguments.paths.iter().cloned().partition(|path| path == Path::new("-"));
    let mut memory = Vec::new();
    if !stdin.is_empty() {
        let mut bytes = Vec::new();
        let read = io::stdin().lock().read_to_end(&mut bytes);
        read.map_err(|error| workspace::Error::Unreadable(PathBuf::from("-"), error))?;
        memory.push((arguments.stdin_filename.clone(), bytes));
    }
    Ok((paths, memory))
}

/// Checks, and prints each file's findings as soon as those of the files before it are printed.
fn report(arguments: &CheckArguments, workspace: &Workspace, settings: &Settings) -> Result<Summary, Error> {
    let renderer = Renderer::new(arguments.format.into(), terminal(arguments.color));
    let mut stream = Stream::start(renderer, output())?;
    let mut summary = Summary::default();
    let mut broken = Ok(());
    let progress = Progress::new(workspace.checked().count());
    engine::run(
        workspace,
        settings,
        |checked| render(&renderer, workspace, checked),
        |(text, part)| {
            summary.add(&part);
            progress.advance();
            if broken.is_ok() {
                broken = stream.file(&text);
            }
        },
    )?;
    broken?;
    progress.finish();
    stream.end(&summary)?;
    Ok(summary)
}

/// One file's part of the report, made on the thread that checked it.
fn render(renderer: &Renderer, workspace: &Workspace, checked: Checked) -> (String, Summary) {
    let mut part = Summary { files: 1, suppressed: checked.suppressed, ..Summary::default() };
    checked.diagnostics.iter().for_each(|diagnostic| part.count(diagnostic));
    let sources = CheckedSources { workspace, own: checked.source };
    (renderer.file(&checked.diagnostics, &sources), part)
}

/// The file that was checked, with its secrets marked, and the others as they are on disk.
struct CheckedSources<'a> {
    workspace: &'a Workspace,
    own: Arc<SourceFile>,
}

impl Sources for CheckedSources<'_> {
    fn source(&self, id: FileId) -> Arc<SourceFile> {
        if id == self.own.id() {
            return Arc::clone(&self.own);
        }
        // A file that vanished since it was indexed is shown without its text.
        self.workspace.source(id).unwrap_or_else(|_| Arc::new(SourceFile::new(id, self.workspace.display(id), "")))
    }
}

fn terminal(color: ColorArgument) -> Terminal {
    let color = match color {
        ColorArgument::Auto => supports_color::on(supports_color::Stream::Stdout).is_some(),
        ColorArgument::Always => true,
        ColorArgument::Never => false,
    };
    let width = terminal_size::terminal_size().map_or(Terminal::default().width, |(width, _)| width.0.into());
    Terminal { color, width }
}

/// A bar on standard error, shown only on a terminal and only once a run tries the patience.
struct Progress {
    bar: ProgressBar,
    start: Instant,
}

impl Progress {
    fn new(files: usize) -> Self {
        let bar = ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::hidden());
        Self { bar, start: Instant::now() }
    }

    fn advance(&self) {
        self.bar.inc(1);
        if self.bar.is_hidden() && self.start.elapsed() > PATIENCE && io::stderr().is_terminal() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
