//! Reports: findings and what they sum up to, as text for people or in the formats of other programs.
//!
//! Knows diagnostics and sources only; which rules ran and in what order files come is the engine's
//! business, and the descriptions of rules are given as data ([`Context`]). Every diagnostic
//! passes `redact` first, so no renderer ever holds a secret in a message.
//!
//! A report is a stream: [`Renderer::start`], then one string per file ([`Renderer::file`], callable
//! from any thread), then [`Renderer::end`]. [`Stream`] writes them down in order.

mod azure;
mod change;
mod checkstyle;
mod command;
mod concise;
mod encode;
mod format;
mod github;
mod gitlab;
mod html;
mod json;
mod junit;
mod markdown;
mod narrated;
mod overview;
mod rdjson;
mod redact;
mod sarif;
mod snippet;
mod statistics;
mod stream;
mod style;
mod summary;
mod text;
mod totals;
mod visible;
mod xml;

use std::sync::{Arc, LazyLock};

use self::overview::Brief;
use crate::diagnostic::{Diagnostic, Severity};
use crate::secrets;
use crate::source::{FileId, SourceFile};

pub use command::Command;
pub use format::{Format, MOST_IN_FULL};
pub use redact::{Entry, Place, entry};
pub use stream::{Part, Stream};
pub use summary::{FixedFinding, RuleCount, Summary};
pub use totals::pack_hint;
pub use visible::visible_lines;

/// Where a renderer finds the files that diagnostics point into.
pub trait Sources: Sync {
    /// The file with this number; every number in a diagnostic names a file of the run.
    fn source(&self, id: FileId) -> Arc<SourceFile>;

    /// What readers of this file get, a line for each heading, list of steps and table; without secrets.
    fn outline(&self, _: FileId) -> Vec<String> {
        Vec::new()
    }
}

/// What a text report may use of the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terminal {
    /// Whether to write ANSI colors.
    pub color: bool,
    /// Columns to fit the text into.
    pub width: usize,
    /// Whether lines are drawn with characters outside ASCII.
    pub unicode: bool,
    /// Whether names of rules link to their published pages (OSC 8).
    pub hyperlinks: bool,
}

impl Default for Terminal {
    /// What suits a pipe or a file: no colors, 100 columns.
    fn default() -> Self {
        Self { color: false, width: 100, unicode: true, hyperlinks: false }
    }
}

/// The parts of a report other than findings.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// The rules that can have findings: described when a report first names one.
    pub rules: Option<&'a LazyLock<Vec<RuleDescription>>>,
    /// The folder, from the root and with `/` between its parts, that paths below it are given from;
    /// empty to give all paths as they are.
    pub folder: &'a str,
    /// The command that makes this report again, if there is one.
    pub command: Option<&'a Command>,
}

impl Context<'_> {
    fn rules(&self) -> &[RuleDescription] {
        self.rules.map_or(&[], |rules| rules)
    }

    /// The description of the rule with this name.
    fn rule(&self, name: &str) -> Option<&RuleDescription> {
        self.rules().iter().find(|rule| rule.name == name)
    }
}

/// A rule in the form for other programs.
#[derive(Clone, Debug)]
pub struct RuleDescription {
    /// `group/name`, as in a diagnostic.
    pub name: &'static str,
    /// How bad its findings are unless something else is said.
    pub severity: Severity,
    /// One sentence on what is wrong, for its name. A report asks for the sentences of the rules that it has.
    pub summary: fn(&str) -> String,
    /// One sentence on why that matters, for its name.
    pub why: fn(&str) -> String,
    /// Its documentation in Markdown, for its name.
    pub page: fn(&str) -> String,
    /// Where that is published, if it is.
    pub url: Option<String>,
}

/// Turns diagnostics into the text of a report.
#[derive(Clone, Copy, Debug)]
pub struct Renderer<'a> {
    /// The form of the report.
    pub format: Format,
    /// It matters for [`Format::Text`] and its two forms only.
    pub terminal: Terminal,
    /// Further parts of the report.
    pub context: Context<'a>,
    /// Locations of each rule that an overview shows.
    pub max_per_rule: usize,
    /// Whether the findings of each rule are counted instead of reported: in [`Format::Json`] as JSON, in
    /// [`Format::Markdown`] as Markdown, in all others as a table.
    pub statistics: bool,
    /// Whether nothing is added to the findings where people read them.
    pub without_summary: bool,
}

impl Default for Renderer<'_> {
    fn default() -> Self {
        Self::new(Format::default(), Terminal::default())
    }
}

impl<'a> Renderer<'a> {
    /// A renderer of findings with their summary.
    pub fn new(format: Format, terminal: Terminal) -> Self {
        let context = Context::default();
        Self { format, terminal, context, max_per_rule: 10, statistics: false, without_summary: false }
    }

    /// The renderer with further parts of a report.
    #[must_use]
    pub fn with(self, context: Context<'a>) -> Self {
        Self { context, ..self }
    }

    /// The text before the first file.
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

    /// The part of one file with these diagnostics, in the order given; empty if there are none.
    pub fn file(&self, diagnostics: &[Diagnostic], sources: &dyn Sources) -> Part {
        if self.statistics || diagnostics.is_empty() {
            return Part::default();
        }
        let entries = diagnostics.iter().map(|diagnostic| redact::entry(diagnostic, sources));
        if self.is_by_finding() {
            return self.by_finding(entries, diagnostics.len());
        }
        let entries: Vec<Entry> = entries.collect();
        if self.format == Format::Html {
            let page = html::page(&entries, &sources.outline(entries[0].primary.file.id()), self.context);
            return Part { page, ..Part::default() };
        }
        Part { text: self.clean(self.by_file(&entries)), ..Part::default() }
    }

    /// Whether the part of a file is made of those of its findings, so that they can be rendered a few at a time.
    pub fn is_by_finding(&self) -> bool {
        use Format::{Checkstyle, Gitlab, Html, Junit, Markdown};
        !matches!(self.format, Gitlab | Junit | Checkstyle | Markdown | Html)
    }

    /// The part of a file with so many findings. Of each only its text is kept.
    fn by_finding<'e>(&self, entries: impl Iterator<Item = Entry<'e>>, count: usize) -> Part {
        let is_briefed = matches!(self.format, Format::Text | Format::Overview);
        let is_drawn = match self.format {
            Format::Text => count <= MOST_IN_FULL,
            format => format != Format::Overview,
        };
        let (mut text, mut briefs) = (String::new(), Vec::new());
        for (at, entry) in entries.enumerate() {
            if is_briefed {
                briefs.push(Brief::new(&entry));
            }
            if is_drawn {
                text.push_str(if at > 0 { self.separator() } else { "" });
                text.push_str(&self.finding(&entry));
            }
        }
        // File names, which are not text of a file, are printed too.
        Part { text: self.clean(text), briefs, page: None }
    }

    /// The part of one finding.
    fn finding(&self, entry: &Entry) -> String {
        let folder = self.context.folder;
        match self.format {
            Format::Text | Format::Full => text::entry(entry, self.context, self.terminal),
            Format::Narrated => narrated::entry(entry, self.context),
            Format::Concise => concise::entry(entry),
            Format::Json => json::entry(entry),
            Format::Jsonl => json::entry(entry) + "\n",
            Format::Sarif => sarif::entry(entry, self.context),
            Format::Github => github::entry(entry, folder),
            Format::Rdjson => rdjson::entry(entry, folder),
            Format::Azure => azure::entry(entry, folder),
            Format::Overview
            | Format::Html
            | Format::Gitlab
            | Format::Junit
            | Format::Checkstyle
            | Format::Markdown => String::new(),
        }
    }

    /// The part of one file, in a format that puts its findings together.
    fn by_file(&self, entries: &[Entry]) -> String {
        let folder = self.context.folder;
        let parts: Vec<String> = match self.format {
            Format::Gitlab => gitlab::file(entries, folder),
            Format::Junit => junit::file(entries, folder).into_iter().collect(),
            Format::Checkstyle => checkstyle::file(entries, folder).into_iter().collect(),
            Format::Markdown => markdown::file(entries, folder).into_iter().collect(),
            _ => Vec::new(),
        };
        parts.join(self.separator())
    }

    /// A text of the report without secrets, and without commands to the service whose log it is printed to.
    fn clean(&self, text: String) -> String {
        use Format::{Concise, Full, Markdown, Narrated, Overview, Text};
        let text = secrets::redact_known(text);
        if self.format == Format::Html {
            visible::inert_xml(text)
        } else if matches!(self.format, Text | Full | Overview | Narrated | Concise | Markdown) {
            visible::inert(text)
        } else {
            text
        }
    }

    /// The text between two diagnostics, and so between two files that have any.
    pub fn separator(&self) -> &'static str {
        match self.format {
            Format::Text | Format::Full | Format::Narrated => "\n",
            Format::Json | Format::Sarif | Format::Gitlab | Format::Rdjson => ",\n",
            // In the other formats each part ends its own line.
            _ => "",
        }
    }

    /// The text after the last file.
    pub fn end(&self, summary: &Summary) -> String {
        match self.format {
            Format::Json if self.statistics => statistics::json(summary),
            Format::Markdown if self.statistics => statistics::markdown(summary, !self.without_summary),
            _ if self.statistics => statistics::table(summary, self.terminal, !self.without_summary),
            _ if self.without_summary && self.is_for_people() => String::new(),
            Format::Overview => totals::end(summary, self.terminal),
            Format::Text if summary.findings() > MOST_IN_FULL => totals::end(summary, self.terminal),
            Format::Text | Format::Full => totals::end(summary, self.terminal) + &totals::reasons(summary),
            Format::Narrated | Format::Markdown => totals::end(summary, Terminal::default()),
            Format::Concise | Format::Github | Format::Azure => totals::line(summary),
            Format::Json => json::end(summary),
            Format::Jsonl | Format::Html => String::new(),
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
        use Format::{Azure, Concise, Full, Github, Markdown, Narrated, Overview, Text};
        matches!(self.format, Text | Full | Overview | Narrated | Concise | Github | Azure | Markdown)
    }

    /// Whether an empty line is between the findings and what closes the report.
    fn separates_end(&self) -> bool {
        matches!(self.format, Format::Text | Format::Full | Format::Overview | Format::Narrated)
    }
}
