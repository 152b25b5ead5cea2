//! Reports: findings and what they sum up to, as text for people or in the formats of other programs.
//!
//! Knows diagnostics and sources only; which rules ran and in what order files come is the engine's
//! business, and what a format tells about rules is given as data ([`Context`]). Every diagnostic
//! passes `redact` first, so no renderer ever holds a secret in a message.
//!
//! A report is a stream: [`Renderer::start`], then one string per file ([`Renderer::file`], callable
//! from any thread), then [`Renderer::end`]. [`Stream`] writes them down in order.

mod azure;
mod change;
mod checkstyle;
mod concise;
mod encode;
mod format;
mod github;
mod gitlab;
mod json;
mod junit;
mod markdown;
mod narrated;
mod rdjson;
mod redact;
mod sarif;
mod snippet;
mod statistics;
mod summary;
mod text;
mod totals;
mod visible;
mod xml;

use std::io::{self, Write};
use std::sync::{Arc, LazyLock};

use self::redact::Entry;
use crate::diagnostic::{Diagnostic, Severity};
use crate::secrets;
use crate::source::{FileId, SourceFile};

pub use format::Format;
pub use summary::{RuleCount, Summary};
pub use visible::visible_lines;

/// Where a renderer finds the files that diagnostics point into.
pub trait Sources: Sync {
    /// The file with this number; every number in a diagnostic names a file of the run.
    fn source(&self, id: FileId) -> Arc<SourceFile>;
}

/// What a text report may use of the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terminal {
    /// Whether to write ANSI colours.
    pub color: bool,
    /// Columns to fit the text into.
    pub width: usize,
    /// Whether lines are drawn with characters outside ASCII.
    pub unicode: bool,
    /// Whether names of rules link to their pages (OSC 8); without, the address is written out.
    pub hyperlinks: bool,
}

impl Default for Terminal {
    /// What suits a pipe or a file: no colours, 100 columns.
    fn default() -> Self {
        Self { color: false, width: 100, unicode: true, hyperlinks: false }
    }
}

/// What formats for other programs tell besides findings.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// The rules that can have findings: described when a report first tells of one.
    pub rules: Option<&'a LazyLock<Vec<RuleDescription>>>,
    /// The folder, from the root and with `/` between its parts, that paths below it are given from;
    /// empty to give all paths as they are.
    pub folder: &'a str,
}

impl Context<'_> {
    fn rules(&self) -> &[RuleDescription] {
        self.rules.map_or(&[], |rules| rules)
    }

    /// What is told about the rule with this name.
    fn rule(&self, name: &str) -> Option<&RuleDescription> {
        self.rules().iter().find(|rule| rule.name == name)
    }
}

/// A rule as it is told to other programs.
#[derive(Clone, Debug)]
pub struct RuleDescription {
    /// `group/name`, as in a diagnostic.
    pub name: &'static str,
    /// How bad its findings are unless something else is said.
    pub severity: Severity,
    /// One sentence on what is wrong.
    pub summary: String,
    /// One sentence on why that matters.
    pub why: String,
    /// Gives its documentation in Markdown for its name: few reports print that.
    pub page: fn(&str) -> String,
    /// Where that is published.
    pub url: String,
}

/// Turns diagnostics into the text of a report.
#[derive(Clone, Copy, Debug, Default)]
pub struct Renderer<'a> {
    format: Format,
    terminal: Terminal,
    context: Context<'a>,
    statistics: bool,
    without_summary: bool,
}

impl<'a> Renderer<'a> {
    /// A renderer; `terminal` matters for [`Format::Text`] only.
    pub fn new(format: Format, terminal: Terminal) -> Self {
        Self { format, terminal, ..Self::default() }
    }

    /// The renderer with something to tell besides findings.
    #[must_use]
    pub fn with(self, context: Context<'a>) -> Self {
        Self { context, ..self }
    }

    /// The renderer that tells how often each rule was found in place of the findings: in
    /// [`Format::Json`] as JSON, in all others as a table.
    #[must_use]
    pub fn with_statistics(self) -> Self {
        Self { statistics: true, ..self }
    }

    /// The renderer that adds nothing to the findings where people read them.
    #[must_use]
    pub fn without_summary(self) -> Self {
        Self { without_summary: true, ..self }
    }

    /// What stands before the first file.
    pub fn start(&self) -> String {
        if self.statistics {
            return String::new();
        }
        match self.format {
            Format::Json => json::start(),
            Format::Sarif => sarif::start(self.context),
            Format::Gitlab => "[\n".to_owned(),
            Format::Junit => junit::start(),
            Format::Checkstyle => checkstyle::start(),
            Format::Rdjson => rdjson::start(),
            _ => String::new(),
        }
    }

    /// The diagnostics of one file, in the order given; empty if there are none.
    pub fn file(&self, diagnostics: &[Diagnostic], sources: &dyn Sources) -> String {
        if self.statistics {
            return String::new();
        }
        let entries: Vec<Entry> = diagnostics.iter().map(|diagnostic| redact::entry(diagnostic, sources)).collect();
        let folder = self.context.folder;
        let each = |part: &dyn Fn(&Entry) -> String| entries.iter().map(part).collect::<Vec<_>>();
        let parts = match self.format {
            Format::Text => each(&|entry| text::entry(entry, self.context, self.terminal)),
            Format::Narrated => each(&|entry| narrated::entry(entry, self.context)),
            Format::Concise => each(&concise::entry),
            Format::Json => each(&json::entry),
            Format::Jsonl => each(&|entry| json::entry(entry) + "\n"),
            Format::Sarif => each(&|entry| sarif::entry(entry, self.context)),
            Format::Github => each(&|entry| github::entry(entry, folder)),
            Format::Gitlab => gitlab::file(&entries, folder),
            Format::Junit => junit::file(&entries, folder).into_iter().collect(),
            Format::Checkstyle => checkstyle::file(&entries, folder).into_iter().collect(),
            Format::Rdjson => each(&|entry| rdjson::entry(entry, folder)),
            Format::Azure => each(&|entry| azure::entry(entry, folder)),
            Format::Markdown => markdown::file(&entries, folder).into_iter().collect(),
        };
        // File names, which are no text of a file, are printed too.
        let text = secrets::redact_known(parts.join(self.separator()));
        if matches!(self.format, Format::Text | Format::Narrated | Format::Concise | Format::Markdown) {
            visible::inert(text)
        } else {
            text
        }
    }

    /// What stands between two diagnostics, and so between two files that have any.
    pub fn separator(&self) -> &'static str {
        match self.format {
            Format::Text | Format::Narrated => "\n",
            Format::Json | Format::Sarif | Format::Gitlab | Format::Rdjson => ",\n",
            // In the other formats each part ends its own line.
            _ => "",
        }
    }

    /// What stands behind the last file.
    pub fn end(&self, summary: &Summary) -> String {
        match self.format {
            Format::Json if self.statistics => statistics::json(summary),
            _ if self.statistics => statistics::table(summary, self.terminal, !self.without_summary),
            _ if self.without_summary && self.is_for_people() => String::new(),
            Format::Text => totals::end(summary, self.terminal),
            Format::Narrated | Format::Concise | Format::Github | Format::Azure | Format::Markdown => {
                totals::end(summary, Terminal::default())
            }
            Format::Json => json::end(summary),
            Format::Jsonl => String::new(),
            Format::Sarif => sarif::end(),
            Format::Gitlab => "\n]\n".to_owned(),
            Format::Junit => junit::end(summary),
            Format::Checkstyle => checkstyle::end(),
            Format::Rdjson => rdjson::end(),
        }
    }
}

impl Renderer<'_> {
    /// Whether the report ends with a line that sums it up.
    fn is_for_people(&self) -> bool {
        use Format::{Azure, Concise, Github, Markdown, Narrated, Text};
        matches!(self.format, Text | Narrated | Concise | Github | Azure | Markdown)
    }
}

/// Writes the parts of a report in order, with separators where they are due.
#[derive(Debug)]
pub struct Stream<'a, W> {
    out: W,
    renderer: Renderer<'a>,
    any: bool,
}

impl<'a, W: Write> Stream<'a, W> {
    /// Opens a report on `out`.
    pub fn start(renderer: Renderer<'a>, mut out: W) -> io::Result<Self> {
        out.write_all(renderer.start().as_bytes())?;
        Ok(Self { out, renderer, any: false })
    }

    /// Writes what [`Renderer::file`] gave for the next file.
    pub fn file(&mut self, rendered: &str) -> io::Result<()> {
        if rendered.is_empty() {
            return Ok(());
        }
        if self.any {
            self.out.write_all(self.renderer.separator().as_bytes())?;
        }
        self.any = true;
        self.out.write_all(rendered.as_bytes())
    }

    /// Closes the report and gives back what it was written to.
    pub fn end(mut self, summary: &Summary) -> io::Result<W> {
        let end = self.renderer.end(summary);
        if self.any && !end.is_empty() && matches!(self.renderer.format, Format::Text | Format::Narrated) {
            self.out.write_all(b"\n")?;
        }
        self.out.write_all(end.as_bytes())?;
        self.out.flush()?;
        Ok(self.out)
    }
}
