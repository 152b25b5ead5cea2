//! `connlint check`.

use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressDrawTarget};

use super::fix::{self, FixArguments};
use super::formats::{FormatArguments, Reports, Target};
use super::known::KnownArguments;
use super::options::options;
use super::settings::{Loaded, SettingsSource};
use super::{Error, SeverityArgument};
use crate::config::Shape;
use crate::engine::{self, Checked, Filter};
use crate::paths;
use crate::report::{Context, Renderer, RuleDescription, Sources, Summary, Terminal};
use crate::rules::RULES;
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
    #[command(flatten)]
    source: SettingsSource,
    #[command(flatten)]
    formats: FormatArguments,
    /// Report findings of this severity and above [default: warning]
    #[arg(long, value_enum)]
    severity: Option<SeverityArgument>,
    /// Exit with 1 if there is a finding of this severity or above [default: error]
    #[arg(long, value_enum)]
    fail_on: Option<SeverityArgument>,
    #[command(flatten)]
    fixes: FixArguments,
    #[command(flatten)]
    known: KnownArguments,
    /// Treat literal secrets as errors
    #[arg(long)]
    strict: bool,
    /// Treat values that are left empty as errors: nobody is asked when the connector is installed
    #[arg(long)]
    unattended: bool,
    /// Read configurations as this shape, whatever their keys tell
    #[arg(long, value_parser = Shape::ALL.map(Shape::name))]
    shape: Option<String>,
    /// Succeed if there is nothing to check
    #[arg(long)]
    allow_empty: bool,
    /// When to use colours
    #[arg(long, value_enum, default_value = "auto")]
    color: ColorArgument,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ColorArgument {
    Auto,
    Always,
    Never,
}

/// Checks the given files, mends them if asked to, and prints what was found.
pub(super) fn run(arguments: &CheckArguments) -> Result<ExitCode, Error> {
    let loaded = settings(arguments)?;
    let settings = &loaded.settings;
    let targets = arguments.formats.targets(&loaded)?;
    let (paths, memory) = inputs(arguments)?;
    if arguments.fixes.writes() && !memory.is_empty() {
        return Err(Error::Arguments("standard input cannot be mended; `--diff` shows what fixes would change"));
    }
    let open = || Ok(Workspace::open(options(&loaded)?, &paths, memory.clone())?);
    if arguments.fixes.diff {
        let any = fix::diff(&arguments.fixes, settings, &open()?)?;
        return Ok(ExitCode::from(u8::from(any)));
    }
    if arguments.fixes.writes() {
        fix::mend(&arguments.fixes, settings, open)?;
        if arguments.fixes.fix_only {
            return Ok(ExitCode::SUCCESS);
        }
    }
    let mut filter = arguments.known.filter(settings, &starts(&paths, &memory))?;
    let summary = report(arguments, &targets, &open()?, settings, &mut filter)?;
    if summary.files == 0 && !arguments.allow_empty {
        return Err(workspace::Error::NothingToCheck(arguments.paths.clone()).into());
    }
    KnownArguments::finish(filter, settings)?;
    Ok(if summary.worst() >= Some(settings.fail_on) { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// The settings file with the arguments put over it.
fn settings(arguments: &CheckArguments) -> Result<Loaded, Error> {
    let mut loaded = arguments.source.load(&arguments.paths)?;
    arguments.formats.override_settings(&mut loaded);
    let settings = &mut loaded.settings;
    if let Some(severity) = arguments.severity {
        settings.severity = severity.into();
        settings.given("severity");
    }
    if let Some(fail_on) = arguments.fail_on {
        settings.fail_on = fail_on.into();
        settings.given("fail-on");
    }
    if let Some(baseline) = &arguments.known.baseline {
        settings.baseline = Some(baseline.clone());
        settings.given("baseline");
    }
    settings.shape.clone_from(&arguments.shape);
    if arguments.unattended {
        settings.unattended = true;
        settings.given("unattended");
    }
    if arguments.strict {
        settings.strict = true;
        settings.given("strict");
    }
    Ok(loaded)
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

/// What is checked, standard input by its name.
fn starts(paths: &[PathBuf], memory: &[workspace::InMemory]) -> Vec<PathBuf> {
    paths.iter().cloned().chain(memory.iter().map(|(path, _)| PathBuf::from(path))).collect()
}

/// Checks, and writes each file's findings as soon as those of the files before it are written.
fn report(
    arguments: &CheckArguments,
    targets: &[Target],
    workspace: &Workspace,
    settings: &Settings,
    filter: &mut Filter,
) -> Result<Summary, Error> {
    let (rules, folder) = (described_rules(), workspace::display_path(&paths::absolute(Path::new(""))));
    let context = Context { rules: &rules, folder: &folder };
    let mut reports = Reports::start(targets, |target| {
        Renderer::new(target.format, terminal(arguments.color, target)).with(context)
    })?;
    let mut summary = Summary::default();
    let progress = Progress::new(workspace.checked().count());
    let renderers = reports.renderers();
    engine::run(
        workspace,
        settings,
        filter,
        |checked| render(&renderers, workspace, settings, checked),
        |(texts, part)| {
            summary.add(&part);
            progress.advance();
            reports.file(&texts);
        },
    )?;
    progress.finish();
    reports.end(&summary)?;
    Ok(summary)
}

/// All rules as they are told to other programs.
fn described_rules() -> Vec<RuleDescription> {
    let described = RULES.iter().map(|rule| RuleDescription {
        name: rule.name,
        severity: rule.severity,
        summary: rule.summary(),
        why: rule.why(),
        page: rule.page(),
        url: rule.url(),
    });
    described.collect()
}

/// One file's part of each report, made on the thread that checked it.
fn render(
    renderers: &[Renderer],
    workspace: &Workspace,
    settings: &Settings,
    checked: Checked,
) -> (Vec<String>, Summary) {
    let mut part =
        Summary { files: 1, suppressed: checked.suppressed, baselined: checked.baselined, ..Summary::default() };
    checked.diagnostics.iter().for_each(|diagnostic| part.count(diagnostic));
    let sources = CheckedSources { workspace, settings, own: checked.source };
    (renderers.iter().map(|renderer| renderer.file(&checked.diagnostics, &sources)).collect(), part)
}

/// The file that was checked and the others that its findings point to, all with their secrets marked.
struct CheckedSources<'a> {
    workspace: &'a Workspace,
    settings: &'a Settings,
    own: Arc<SourceFile>,
}

impl Sources for CheckedSources<'_> {
    fn source(&self, id: FileId) -> Arc<SourceFile> {
        if id == self.own.id() {
            return Arc::clone(&self.own);
        }
        // A file that vanished since it was indexed is shown without its text.
        let other = engine::source(self.workspace, self.settings, id);
        other.unwrap_or_else(|_| Arc::new(SourceFile::new(id, self.workspace.display(id), "")))
    }
}

fn terminal(color: ColorArgument, target: &Target) -> Terminal {
    let on_terminal = target.file.is_none();
    let color = match color {
        ColorArgument::Auto => on_terminal && supports_color::on(supports_color::Stream::Stdout).is_some(),
        ColorArgument::Always => true,
        ColorArgument::Never => false,
    };
    let size = terminal_size::terminal_size().filter(|_| on_terminal);
    let width = size.map_or(Terminal::default().width, |(width, _)| width.0.into());
    Terminal { color, width, unicode: true, hyperlinks: false }
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
