//! How much is said and how it looks: `--quiet`, `--verbose`, `--statistics`, `--color`, and what the
//! terminal can show.

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::{Args, ColorChoice};
use indicatif::{ProgressBar, ProgressDrawTarget};

use super::Error;
use super::formats::{Place, Target};
use super::say;
use crate::report::{Context, Format, Renderer, Terminal};
use crate::workspace;

/// How many locations of a rule an overview shows by default.
const MOST_PER_RULE: usize = 10;

/// How long a run may take before its progress is shown.
const PATIENCE: Duration = Duration::from_secs(1);

#[derive(Debug, Args)]
pub(super) struct DisplayArguments {
    /// Count the findings of each rule and severity instead of reporting them, as text, JSON or Markdown
    #[arg(long, conflicts_with_all = ["diff", "fix_only"])]
    statistics: bool,
    #[arg(long, value_name = "N|all", value_parser = most, help = "Locations of each rule that an overview shows, or `all` [default: 10]")]
    max_per_rule: Option<Most>,
    /// Print only findings and errors
    #[arg(long, short, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Print settings, pack, and timing
    #[arg(long, short)]
    pub(super) verbose: bool,
    /// When to use colors and links
    #[arg(long, value_enum, default_value = "auto")]
    color: ColorChoice,
}

/// How many locations of a rule are shown.
#[derive(Debug, Clone, Copy)]
struct Most(usize);

fn most(text: &str) -> Result<Most, &'static str> {
    let number = if text == "all" { Some(usize::MAX) } else { text.parse().ok().filter(|number| *number > 0) };
    number.map(Most).ok_or("expected a number above 0, or `all`")
}

impl DisplayArguments {
    /// Refuses what cannot be shown together.
    pub(super) fn check(&self, targets: &[Target]) -> Result<(), Error> {
        let countable = |target: &Target| matches!(target.format, Format::Text | Format::Json | Format::Markdown);
        if self.statistics && !targets.iter().all(countable) {
            return Err(Error::Arguments("`--statistics` needs the format `text`, `json` or `markdown`"));
        }
        Ok(())
    }

    /// Whether the number of locations in an overview was given.
    pub(super) fn limits_overview(&self) -> bool {
        self.max_per_rule.is_some()
    }

    /// What renders the report of a target.
    pub(super) fn renderer<'a>(&self, target: &Target, context: Context<'a>) -> Renderer<'a> {
        Renderer {
            format: target.format,
            terminal: self.terminal(target),
            context,
            max_per_rule: self.max_per_rule.map_or(MOST_PER_RULE, |most| most.0),
            statistics: self.statistics,
            without_summary: self.quiet,
        }
    }

    /// Whether what is printed to standard output has colors.
    pub(super) fn colors_output(&self) -> bool {
        match self.color {
            // https://no-color.org: whatever the variable is set to, unless it is empty.
            ColorChoice::Auto if is_set("NO_COLOR") => false,
            ColorChoice::Auto => supports_color::on(supports_color::Stream::Stdout).is_some(),
            ColorChoice::Always => true,
            ColorChoice::Never => false,
        }
    }

    fn terminal(&self, target: &Target) -> Terminal {
        let to_output = target.place == Place::Output;
        let color = self.colors_output() && (to_output || matches!(self.color, ColorChoice::Always));
        let links = to_output && !matches!(self.color, ColorChoice::Never);
        let width = columns().or_else(|| Some(terminal_size::terminal_size_of(io::stdout())?.0.0.into()));
        Terminal {
            color,
            width: width.filter(|_| to_output).unwrap_or(Terminal::default().width),
            unicode: !to_output || supports_unicode::on(supports_unicode::Stream::Stdout),
            hyperlinks: links && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout),
        }
    }

    /// Says something that is not a finding or error.
    pub(super) fn remark(&self, message: &str) -> io::Result<()> {
        if self.quiet { Ok(()) } else { say(message) }
    }

    /// Says something that only matters to who wonders about the run.
    pub(super) fn detail(&self, message: &str) -> io::Result<()> {
        if self.verbose { say(message) } else { Ok(()) }
    }
}

/// Whether a variable of the environment has a value.
fn is_set(name: &str) -> bool {
    #[allow(clippy::disallowed_methods, reason = "the command line is where the environment is read")]
    std::env::var_os(name).is_some_and(|value| !value.is_empty())
}

/// The folder of the checkout, where a job of GitHub or GitLab runs.
pub(super) fn checkout() -> Option<PathBuf> {
    #[allow(clippy::disallowed_methods, reason = "the command line is where the environment is read")]
    let root = ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"]
        .into_iter()
        .find_map(|name| std::env::var_os(name).filter(|root| !root.is_empty()))
        .map(PathBuf::from)?;
    // A job may check its repository out below its folder.
    let here = std::env::current_dir().ok();
    let repository = here.as_deref().and_then(workspace::repository_of);
    Some(repository.filter(|folder| folder.starts_with(&root)).map_or(root, PathBuf::from))
}

/// The width that the environment asks for.
fn columns() -> Option<usize> {
    #[allow(clippy::disallowed_methods, reason = "the command line is where the environment is read")]
    std::env::var("COLUMNS").ok()?.parse().ok()
}

/// Whether somebody looks at the report while it is written.
pub(super) fn is_on_terminal() -> bool {
    io::stdout().is_terminal()
}

/// A bar on standard error, shown only on a terminal and only once a run tries the patience.
pub(super) struct Progress {
    bar: ProgressBar,
    start: Instant,
    wanted: bool,
}

impl Progress {
    pub(super) fn new(files: usize, wanted: bool) -> Self {
        let bar = ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::hidden());
        Self { bar, start: Instant::now(), wanted }
    }

    pub(super) fn advance(&self) {
        self.bar.inc(1);
        let late = self.wanted && self.bar.is_hidden() && self.start.elapsed() > PATIENCE;
        if late && io::stderr().is_terminal() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
